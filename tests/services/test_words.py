"""Who writes only words: communicators in every language, translators in others than Swedish."""

import pytest
from django.urls import reverse

from centres.models import FamilyCentreText, Notice
from centres.permissions import may_change as may_change_in_centres
from services.models import ConfidentialityFact, ConfidentialityFactText, LineText, ServiceText
from services.permissions import may_change
from tests.factories import make_centre, make_line, make_notice, make_service, make_user

pytestmark = pytest.mark.django_db

WORDS = {
    "name": "Öppen förskola",
    "definite_name": "Öppna förskolan",
    "summary": "Kort.",
    "what_it_is": "Vad.",
    "for_whom": "Alla.",
}


@pytest.fixture
def service():
    return make_service()


@pytest.fixture
def swedish(service):
    return service.texts.get()


def change(row) -> str:
    return reverse(f"admin:{row._meta.app_label}_{row._meta.model_name}_change", args=[row.pk])


def texts(*rows, initial=0, prefix="texts") -> dict:
    data = {f"{prefix}-TOTAL_FORMS": len(rows), f"{prefix}-INITIAL_FORMS": initial}
    for number, row in enumerate(rows):
        data |= {f"{prefix}-{number}-{name}": value for name, value in row.items()}
    return data


def as_written(service, *rows, initial=0) -> dict:
    shown = texts(prefix="texts-2") | texts(prefix="confidentiality_facts")
    return texts(*rows, initial=initial) | shown | {"kind": "library", "position": 99, "slug": "x"}


def test_communicator_writes_the_words_and_nothing_else(client, service, swedish):
    client.force_login(make_user("communicator"))
    row = WORDS | {"id": swedish.pk, "service": service.pk, "language": "sv", "name": "Nytt namn"}
    assert client.post(change(service), as_written(service, row, initial=1)).status_code == 302
    swedish.refresh_from_db()
    assert swedish.name == "Nytt namn"
    before = (service.kind, service.position, service.slug)
    service.refresh_from_db()
    assert (service.kind, service.position, service.slug) == before


def test_translator_adds_easy_swedish_and_sees_the_swedish(client, service, swedish):
    client.force_login(make_user("translator"))
    assert swedish.summary in client.get(change(service)).content.decode()
    row = WORDS | {"service": service.pk, "language": "sv-lattlast"}
    assert client.post(change(service), as_written(service, row)).status_code == 302
    assert service.texts.get(language="sv-lattlast").summary == "Kort."


@pytest.mark.parametrize("how", ["a row of its own", "the key of the Swedish row", "deleting it"])
def test_translator_does_not_touch_the_swedish(client, service, swedish, how):
    client.force_login(make_user("translator"))
    row = WORDS | {"service": service.pk, "language": "sv", "name": "Kapat"}
    if how != "a row of its own":
        row |= {"id": swedish.pk, "language": "sv-lattlast"}
    if how == "deleting it":
        row["DELETE"] = "on"
    client.post(change(service), as_written(service, row, initial="id" in row))
    assert service.texts.get() == swedish
    assert service.texts.get().name == swedish.name


def test_translator_writes_about_houses(client):
    house = make_centre(name="Familjecentralen Hjällbo")
    client.force_login(make_user("translator"))
    page = client.get(change(house))
    data = {
        field: formset.management_form[name].value()
        for formset in page.context["inline_admin_formsets"]
        for formset in [formset.formset]
        for name in ("TOTAL_FORMS", "INITIAL_FORMS")
        for field in [f"{formset.prefix}-{name}"]
    }
    row = {"centre": house.pk, "language": "sv-lattlast", "summary": "Ett hus för familjer."}
    data |= texts(row) | {"name": "Kapat", "status": "closed"}
    assert client.post(change(house), data).status_code == 302
    assert FamilyCentreText.objects.get().summary == "Ett hus för familjer."
    house.refresh_from_db()
    assert (house.name, house.status) == ("Familjecentralen Hjällbo", "open")


@pytest.mark.parametrize(
    ("role", "swedish", "translated"),
    [
        ("editor", (), ()),
        ("reviewer", (), ()),
        ("communicator", ("service", "line"), ("service", "line")),
        ("translator", (), ("service", "line", "answer")),
        ("coordinator", ("service", "line", "answer"), ("service", "line", "answer")),
    ],
)
def test_words_that_each_role_writes(service, role, swedish, translated):
    user, line = make_user(role, centres=[make_centre()]), make_line()
    fact = ConfidentialityFact(service=service, question="record")
    rows = {
        "service": lambda language: ServiceText(service=service, language=language),
        "line": lambda language: LineText(line=line, language=language),
        "answer": lambda language: ConfidentialityFactText(fact=fact, language=language),
    }
    for language, expected in (("sv", swedish), ("sv-lattlast", translated)):
        written = {name for name, row in rows.items() if may_change(user, row(language))}
        assert written == set(expected), language
    for row in (service, line, fact):
        assert may_change(user, row) is (role == "coordinator")


@pytest.mark.parametrize("role", ["communicator", "reviewer", "translator", "coordinator"])
def test_notices_and_houses_are_left_to_those_who_are_there(role):
    house = make_centre()
    user = make_user(role, centres=[house])
    expected = role == "coordinator"
    for row in (house, make_notice(house), Notice):
        assert may_change_in_centres(user, row) is expected


@pytest.mark.parametrize("role", ["communicator", "translator"])
def test_deactivated_account_writes_nothing(service, swedish, role):
    user = make_user(role, is_active=False)
    assert not any(may_change(user, row) for row in (None, ServiceText, swedish))
    assert not may_change_in_centres(user, FamilyCentreText)
