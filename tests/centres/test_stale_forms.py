"""Two people with the same page of the admin open: the second is shown what the first saved."""

from datetime import date, time

import pytest
from django.contrib import admin
from django.contrib.auth.models import update_last_login

from centres.models import ContactPerson, District, Notice, Schedule, ScheduleException
from familjeportal.accounts.models import User
from services.forms import VersionedForm
from services.models import Line, Organisation, ServiceText
from services.versions import version_of, version_of_row
from tests.centres.staff.people import signed_in
from tests.centres.test_admin import centre_data, change, room_data
from tests.factories import (
    make_contact_person,
    make_exception,
    make_line,
    make_notice,
    make_schedule,
    make_service_at_centre,
    make_user,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def room():
    return make_service_at_centre()


def data_of(page) -> dict:
    """What the browser would send from a page of the admin."""
    forms = [page.context["adminform"].form]
    for inline in page.context["inline_admin_formsets"]:
        forms += [inline.formset.management_form, *inline.formset.forms]
    data = {}
    for form in forms:
        for field in form:
            widget = field.field.widget
            data |= _sent(widget, field.html_name, field.value())
    return data


def versions_of(page) -> dict:
    """The hidden versions that the page came back with."""
    return {name: value for name, value in data_of(page).items() if name.endswith("version")}


def _sent(widget, name, value) -> dict:
    parts = getattr(widget, "widgets_names", None)
    if parts:
        values = value if isinstance(value, list) else widget.decompress(value)
        pairs = zip(widget.widgets, parts, values, strict=True)
        return {f"{name}{end}": part.format_value(each) or "" for part, end, each in pairs}
    if isinstance(value, bool):
        return {name: "on"} if value else {}
    shown = widget.format_value(value)
    shown = shown[0] if isinstance(shown, list) and shown else shown
    return {name: shown if shown is not None and shown != [] else ""}


def with_week(line) -> Line:
    line.week.create(weekday=1, opens_at=time(9), closes_at=time(15))
    return line


ROWS = {
    "schedule": (
        lambda room: make_schedule(room, slots=["mon 9-15"]),
        ("slots-0-closes_at", "14", "13"),
        "Måndag 9–14",
        lambda: str(Schedule.objects.get().slots.get()),
        ("måndag 09.00–14.00", "måndag 09.00–13.00"),
    ),
    "exception": (
        lambda room: make_exception(room, first_day=date(2099, 1, 7)),
        ("note", "Vattenläcka", "Planering"),
        "7 januari 2099: stängt (Vattenläcka)",
        lambda: ScheduleException.objects.get().note,
        ("Vattenläcka", "Planering"),
    ),
    "person": (
        make_contact_person,
        ("role", "barnmorska", "sjuksköterska"),
        ": barnmorska",
        lambda: ContactPerson.objects.get().role,
        ("barnmorska", "sjuksköterska"),
    ),
    "organisation": (
        lambda room: room.organisation,
        ("website", "https://ett.example", "https://tva.example"),
        "https://ett.example",
        lambda: Organisation.objects.get().website,
        ("https://ett.example", "https://tva.example"),
    ),
    "district": (
        lambda room: room.centre.district,
        ("name", "Gunnared", "Angered och Bergum"),
        "Namn: Gunnared",
        lambda: District.objects.get().name,
        ("Gunnared", "Angered och Bergum"),
    ),
    "words of a service": (
        lambda room: room.service,
        ("texts-0-summary", "Lek och sång.", "Sång och lek."),
        "ändringarna som står under ”Historik”",
        lambda: ServiceText.objects.get().summary,
        ("Lek och sång.", "Sång och lek."),
    ),
    "week of a line": (
        lambda room: with_week(make_line(hours="weekly")),
        ("week-0-closes_at", "14", "13"),
        "ändringarna som står under ”Historik”",
        lambda: Line.objects.get().week.get().closes_at.hour,
        (14, 13),
    ),
    "account": (
        lambda room: make_user(centres=[room.centre], email="eva@goteborg.example"),
        ("last_name", "Ek", "Alm"),
        "Efternamn: Ek",
        lambda: User.objects.get(email="eva@goteborg.example").last_name,
        ("Ek", "Alm"),
    ),
    "notice on the page of its house": (
        lambda room: make_notice(room.centre, heading="Hissen är trasig").centre,
        ("notices-0-heading", "Hissen lagas", "Hissen går"),
        "Sparat nu",
        lambda: Notice.objects.get().text.heading,
        ("Hissen lagas", "Hissen går"),
    ),
    "notice": (
        lambda room: make_notice(room, heading="Hissen är trasig"),
        ("heading", "Hissen lagas", "Hissen går"),
        "Hissen lagas",
        lambda: Notice.objects.get().text.heading,
        ("Hissen lagas", "Hissen går"),
    ),
}


@pytest.mark.parametrize("name", ROWS)
def test_second_save_is_refused_once_with_what_is_saved(room, name):
    make, (field, first, second), saved, now, (of_first, of_second) = ROWS[name]
    row = make(room)
    address = change(row)
    anna, bo = (signed_in(make_user("administrator", first_name=who)) for who in ("Anna", "Bo"))
    own = data_of(bo.get(address)) | {field: second}
    assert anna.post(address, data_of(anna.get(address)) | {field: first}).status_code == 302
    page = bo.post(address, own)
    said = page.content.decode()
    assert "Sparat nu (Anna " in said
    assert saved in said
    assert now() == of_first
    again = bo.post(address, own | versions_of(page))
    assert again.status_code == 302
    assert now() == of_second


@pytest.mark.parametrize("name", ROWS)
def test_page_that_nobody_else_has_changed_is_saved(room, name):
    row = ROWS[name][0](room)
    address = change(row)
    client = signed_in(make_user("administrator"))
    assert client.post(address, data_of(client.get(address))).status_code == 302


def test_every_form_of_the_admin_carries_a_version():
    without = {
        page.model.__name__
        for page in admin.site._registry.values()
        if not issubclass(page.form, VersionedForm)
    }
    # Read there, or made and never changed; feedback is handled under /personal/inkommet/.
    assert without == {"Invitation", "SignInEvent"}


def test_signing_in_meanwhile_is_no_other_version_of_an_account():
    user, client = make_user(), signed_in(make_user("administrator"))
    data = data_of(client.get(change(user)))
    update_last_login(None, user)
    assert client.post(change(user), data).status_code == 302


# --- Versions ------------------------------------------------------------------------------------
def test_equal_values_have_equal_versions():
    assert version_of("a", 1, date(2026, 1, 1)) == version_of("a", 1, date(2026, 1, 1))
    assert version_of("a", 1) != version_of("a1")


def test_version_changes_with_the_row_and_with_what_is_under_it(room):
    schedule = make_schedule(room, slots=["mon 9-15", "tue 9-15"])
    versions = [version_of_row(schedule, "slots")]
    schedule.slots.filter(weekday=2).update(label="Babyöppet")
    versions.append(version_of_row(schedule, "slots"))
    schedule.valid_to = date(2026, 12, 18)
    versions.append(version_of_row(schedule, "slots"))
    assert len(set(versions)) == 3
    assert version_of_row(schedule, "slots") == versions[-1]


def test_facts_of_a_house_and_a_room_are_not_overwritten_silently(client, room):
    """The second is told what the first saved, by name of the field, and may choose."""
    ways = {room: (room_data, "phone", "031-365 00 01", "031-365 00 02")}
    ways[room.centre] = (centre_data, "stop_name", "Hjällbo", "Eriksbo")
    for row, (data_for, name, first, second) in ways.items():
        client.force_login(make_user("coordinator"))
        address = change(row)
        version = client.get(address).context["adminform"].form.initial["version"]
        client.post(address, data_for(row, version=version, **{name: first}))
        stale = client.post(address, data_for(row, version=version, **{name: second}))
        assert stale.status_code == 200
        assert first in str(stale.context["errors"])
        row.refresh_from_db()
        assert getattr(row, name) == first
        now = stale.context["adminform"].form.data["version"]
        client.post(address, data_for(row, version=now, **{name: second}))
        row.refresh_from_db()
        assert getattr(row, name) == second


@pytest.mark.parametrize("key", ["", "x", "\0", "9" * 600])
def test_new_row_with_a_junk_key_is_made_all_the_same(room, key):
    client = signed_in(make_user("coordinator"))
    data = data_of(client.get(ADD_NOTICE)) | new_notice(room) | {"version": key}
    client.post(ADD_NOTICE, data)
    assert Notice.objects.count() == ("\0" not in key)


def test_new_row_sent_twice_is_made_once(room):
    client = signed_in(make_user("coordinator"))
    data = data_of(client.get(ADD_NOTICE)) | new_notice(room)
    assert client.post(ADD_NOTICE, data).status_code == 302
    page = client.post(ADD_NOTICE, data)
    assert "Det är redan sparat: formuläret kom fram två gånger." in page.content.decode()
    assert Notice.objects.count() == 1
    data |= {"version": versions_of(client.get(ADD_NOTICE))["version"]}
    assert client.post(ADD_NOTICE, data).status_code == 302


ADD_NOTICE = "/admin/centres/notice/add/"


def new_notice(room) -> dict:
    return {"service_at_centre": str(room.pk), "heading": "Hissen lagas"}
