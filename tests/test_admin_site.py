"""Every page of the admin: drawn for whoever may see it, and never broken."""

from datetime import date

import pytest
from django.contrib import admin
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from centres.models import (
    FamilyCentreText,
    Feedback,
    FormerSlug,
    Schedule,
    ServiceAtCentre,
)
from familjeportal.accounts.models import Invitation, SignInEvent
from services.models import ConfidentialityFact, LineHours
from tests.factories import (
    make_activity,
    make_centre,
    make_change,
    make_confirmation,
    make_contact_person,
    make_exception,
    make_feedback,
    make_guide,
    make_invitation,
    make_line,
    make_notice,
    make_organisation,
    make_place,
    make_schedule,
    make_service_at_centre,
    make_support_contact,
    make_synonym,
    make_topic,
    make_urgent_word,
    make_user,
    make_venue,
)

pytestmark = pytest.mark.django_db

MODELS = sorted(admin.site._registry, key=lambda model: model._meta.label)
# Nobody adds the first two, nobody changes the second, and nobody deletes the last.
WRITTEN_BY_READERS = {Feedback}
LOOKED_AT = {SignInEvent}
NEVER_ADDED = WRITTEN_BY_READERS | LOOKED_AT
NEVER_DELETED = {Invitation, SignInEvent}


def page(model, name, *args) -> str:
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{name}", args=args)


@pytest.fixture
def room():
    """A room with one of everything around it."""
    room = make_service_at_centre()
    fill(room)
    return room


def fill(room):
    centre = room.centre
    FamilyCentreText.objects.create(centre=centre, summary="Ett hus.")
    FormerSlug.objects.create(centre=centre, slug=f"{centre.slug}-gammal")
    make_place()
    make_contact_person(room, approved_on=date(2026, 1, 1), name="Anna Exempel")
    make_schedule(room, slots=["mon 9-15", "wed 13-16 odd", "fri 22-2"])
    make_schedule(room, channel="phone", slots=["mon 8-9"])
    make_exception(room, kind="extra", first_day=date(2099, 1, 1), slots=["9-10"])
    make_exception(room, kind="as_usual", first_day=date(2099, 1, 2))
    make_exception(centre, first_day=date(2099, 1, 2), last_day=date(2099, 1, 9))
    make_confirmation(room, confirmed_by=make_user("coordinator"))
    make_confirmation(centre)
    SignInEvent.objects.create(what="signed_in", how="password+totp")
    make_notice(room)
    make_notice(centre)
    make_feedback(room)
    make_feedback(centre)
    make_change(make_activity(room, venue=make_venue()), "2026-11-24 13")
    make_guide(home_topic=make_topic(f"Ämnet {centre.name}"), words={})
    make_support_contact(topics=[make_topic()], districts=[centre.district])
    make_synonym(f"ord-{centre.slug}", "bvc")
    make_urgent_word(f"fara-{centre.slug}", "slår")
    make_invitation(by=make_user("administrator"), centres=[centre])
    line = make_line(hours="weekly")
    LineHours.objects.create(line=line, weekday=1, opens_at="09:00", closes_at="12:00")
    ConfidentialityFact.objects.get_or_create(
        service=room.service, question="record", defaults={"source": "OSL 25 kap."}
    )


@pytest.fixture
def people(room):
    return {
        "administrator": make_user("administrator"),
        "coordinator": make_user("coordinator"),
        "editor": make_user(centres=[room.centre], organisations=[room.organisation]),
        "translator": make_user("translator"),
        "stranger": make_user(),
    }


@pytest.mark.parametrize("role", ["administrator", "coordinator", "editor", "stranger"])
def test_front_page_of_staff_lists_what_there_is(client, people, role):
    client.force_login(people[role])
    html = client.get(reverse("admin:index")).content.decode()
    assert "Familjeportalen – personal" in html
    assert "Avvikande öppettider" in html
    assert ("Personalkonton" in html) == (role == "administrator")


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_pages_are_drawn_whoever_reads_them(client, people, model):
    """Who gets there is told by test_access."""
    for person in people.values():
        client.force_login(person)
        for url in (page(model, "changelist"), page(model, "add")):
            assert client.get(url).status_code in (200, 403)
        for row in model.objects.all():
            assert client.get(page(model, "change", row.pk)).status_code in (200, 302, 403)


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
@pytest.mark.parametrize("name", ["history", "delete"])
def test_other_pages_of_a_row_are_drawn_for_an_administrator(client, people, model, name):
    client.force_login(people["administrator"])
    for row in model.objects.exclude(pk=people["administrator"].pk):
        status = client.get(page(model, name, row.pk)).status_code
        assert status == (403 if model in NEVER_DELETED and name == "delete" else 200)


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_longer_list_asks_the_database_no_more(client, people, model):
    client.force_login(people["administrator"])
    few = queries_of(client, model)
    for _ in range(3):
        fill(make_service_at_centre())
        make_organisation(f"Huvudman {make_centre().name}")
    assert queries_of(client, model) == few


def queries_of(client, model) -> int:
    with CaptureQueriesContext(
        connection,
    ) as queries:
        assert client.get(page(model, "changelist")).status_code == 200
    return len(queries)


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_pages_hold_nothing_that_the_content_policy_stops(client, people, model):
    client.force_login(people["administrator"])
    row = model.objects.first()
    for url in (
        page(model, "changelist"),
        page(model, "add"),
        page(model, "change", row.pk),
        page(model, "history", row.pk),
    ):
        html = client.get(url).content.decode()
        assert " style=" not in html
        assert "<style" not in html
        assert " onclick=" not in html
        assert "<script>" not in html


def test_old_versions_are_not_put_back_past_the_checks(client, people, room):
    client.force_login(people["administrator"])
    version = room.history.first().history_id
    url = page(ServiceAtCentre, "history", room.pk) + f"{version}/"
    assert client.get(url).status_code in (302, 404)


# --- Junk in addresses and forms ------------------------------------------------------------------
def links_with_junk():
    """Every model's empty form with each of its fields filled in by a link, from bad to worse."""
    junk = ("x", "\0", "9" * 30, "2027-01-01,12:00", "0001-01-01")
    for model in [m for m in MODELS if m not in NEVER_ADDED]:
        for field in model._meta.fields:
            yield from ((page(model, "add"), {field.name: value}) for value in junk)


def lists_with_junk():
    words = " ".join(f"ord{n}" for n in range(1200))
    for model in MODELS:
        for query in ({"q": words}, {"q": "\0"}, {"q": "a" * 60_000}, {"p": "x"}, {"o": "x.y"}):
            yield page(model, "changelist"), query
        for name in ("pk", "kind__exact", "starts_at__gte", "confirmed_at__gte"):
            for value in ("x", "\0", "9" * 30, "0001-01-01T00:00+02:00", "9999-12-31T23:59-02:00"):
                yield page(model, "changelist"), {name: value}
    yield page(Schedule, "changelist"), {"channel__exact": "x", "kind__exact": "\0"}


@pytest.mark.parametrize("pages", [links_with_junk, lists_with_junk])
def test_junk_in_an_address_breaks_no_page(client, people, pages):
    client.force_login(people["administrator"])
    for url, query in pages():
        status = client.get(url, query).status_code
        assert status in (200, 302, 400), (url, query)


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
@pytest.mark.parametrize("key", ["x", "%00", "9" * 30, "_00", "a" * 300])
def test_page_of_no_row_is_no_error(client, people, model, key):
    client.force_login(people["administrator"])
    for name in ("history", "change", "delete"):
        status = client.get(f"{page(model, 'changelist')}{key}/{name}/").status_code
        assert status in ((302, 403, 404) if model in NEVER_DELETED else (302, 404))


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
@pytest.mark.parametrize("junk", ["x", "\0", "9" * 30])
def test_junk_in_a_form_breaks_no_page(client, people, model, junk):
    client.force_login(people["administrator"])
    fields = [field.name for field in model._meta.fields]
    data = dict.fromkeys([*fields, *(f"{name}_{n}" for name in fields for n in "01")], junk)
    row = model.objects.first()
    add = [] if model in WRITTEN_BY_READERS else [page(model, "add")]
    for url in (*add, page(model, "change", row.pk)):
        # An area may be called x, and what is published is changed in a draft.
        statuses = (403,) if model in NEVER_ADDED else (200, 302)
        status = client.post(url, data).status_code
        assert status in statuses or (model, status) == (Invitation, 403)


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
@pytest.mark.parametrize("key", ["abc", "\0", "9" * 30])
def test_action_for_what_is_no_row_does_nothing(client, people, model, key):
    client.force_login(people["administrator"])
    count = model.objects.count()
    for action in ("delete_selected", "confirm_today", "remove_details"):
        chosen = {"action": action, "_selected_action": [key], "post": "yes"}
        assert client.post(page(model, "changelist"), chosen).status_code in (200, 302)
    assert model.objects.count() == count


def test_link_fills_in_what_the_form_takes(client, people, room):
    client.force_login(people["administrator"])
    query = {"service_at_centre": room.pk, "channel": "phone", "valid_from": "x"}
    initial = client.get(page(Schedule, "add"), query).context["adminform"].form.initial
    initial.pop("version")
    assert initial == {"service_at_centre": str(room.pk), "channel": "phone"}
