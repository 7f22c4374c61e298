import pytest
from django.db import DatabaseError
from django.utils import timezone

from familjeportal.search import counting
from familjeportal.search.counting import count
from familjeportal.search.index import rebuild
from familjeportal.search.models import SearchCount
from familjeportal.search.results import Results
from familjeportal.search.staff import rows_shown
from tests.factories import (
    make_centre,
    make_district,
    make_flow,
    make_place,
    make_service,
    make_synonym,
    make_user,
    stockholm,
)
from tests.guidance.test_flow_pages import GRAPH, room

pytestmark = pytest.mark.django_db
MONDAY = stockholm(2026, 11, 23, 10)


@pytest.fixture
def library():
    service = make_service("library", slug="bibliotek")
    service.texts.update(name="Bibliotek")
    make_synonym("bibliotek", "Bibliotek", "låna böcker")
    make_synonym("robotar", "robotar")
    make_place(name="Tuve", district=make_district("Norra Hisingen"))
    make_centre(name="Huset")
    rebuild()


def ask(text: str, times: int = 1, at=MONDAY):
    for _ in range(times):
        count(Results(text, at=at), at=at)


def test_what_is_recognised_is_counted_by_its_monday(library):
    ask("låna böcker", 2)
    ask("låna böcker", at=stockholm(2026, 11, 29, 23))
    ask("låna böcker", at=stockholm(2026, 11, 30, 0))
    kept = SearchCount.objects.filter(kind="synonym").order_by("week")
    assert [(str(row.week), row.asked) for row in kept] == [("2026-11-23", 3), ("2026-11-30", 1)]


def test_what_nobody_has_listed_leaves_no_trace(library):
    ask("min granne Karin Karlsson")
    assert not SearchCount.objects.exists()


def test_a_meaning_without_answer_is_unmet(library):
    ask("robotar")
    assert SearchCount.objects.get().unmet == 1


def test_a_service_that_no_house_in_the_district_has_is_unmet(library):
    ask("bibliotek tuve")
    row = SearchCount.objects.get(kind="synonym")
    assert (row.district, row.unmet) == ("norra-hisingen", 1)


def test_a_count_that_fails_does_not_break_the_page(library, client, monkeypatch, caplog):
    def fail(rows):
        raise DatabaseError("låna böcker")

    monkeypatch.setattr(counting, "_add", fail)
    assert client.get("/sok/", {"q": "låna böcker"}).status_code == 200
    assert "böcker" not in caplog.text


def test_staff_see_only_what_was_asked_five_times(library):
    ask("robotar", 4)
    assert rows_shown(MONDAY) == []
    ask("robotar")
    row = rows_shown(MONDAY)[0]
    assert (row.name, row.week, row.asked, row.unmet) == ("robotar", "vecka 48", 5, 5)


def test_the_page_of_counts(library, client):
    client.force_login(make_user("communicator"))
    assert "Ingenting har sökts" in client.get("/personal/sokningar/").content.decode()
    ask("robotar", 6, at=timezone.now())
    assert "Det som saknas" in client.get("/personal/sokningar/").content.decode()


# --- Outcomes of question flows -------------------------------------------------------------------
BVC = "/vagledning/vem/?a=vem.barnet&a=alder.liten"


@pytest.fixture
def flow():
    make_district("Lundby")
    room("Askim", "Askims familjecentral")
    return make_flow(GRAPH, slug="vem")


@pytest.mark.parametrize(("place", "unmet"), [("lundby", 1), ("askim", 0)])
def test_an_outcome_is_counted_by_district_with_nothing_of_the_answers(client, flow, place, unmet):
    assert client.get(f"{BVC}&plats={place}").status_code == 200
    row = SearchCount.objects.get()
    assert (row.kind, row.key, row.district) == ("outcome", "vem/bvc", place)
    assert (row.asked, row.unmet) == (1, unmet)


@pytest.mark.parametrize(
    "address",
    [
        BVC,  # no place
        f"{BVC}&plats=Min+gata+3+hos+Karin",
        "/vagledning/vem/?a=vem.barnet&plats=lundby",  # no outcome yet
        "/vagledning/vem/?a=vem.annan&plats=lundby",  # a number, which answers everywhere
    ],
)
def test_an_outcome_without_district_or_service_is_not_counted(client, flow, address):
    assert client.get(address).status_code == 200
    assert not SearchCount.objects.exists()


def test_a_sensitive_flow_is_never_counted(client, flow):
    make_flow(GRAPH, slug="kanslig", is_sensitive=True)
    for path in ("/vagledning/kanslig/", "/vagledning/kanslig/for-personal/"):
        client.get(path, {"a": ["vem.barnet", "alder.liten"], "plats": "lundby"})
    assert not SearchCount.objects.exists()


def test_an_outcome_that_cannot_be_counted_is_shown(client, flow, monkeypatch):
    def fail(rows):
        raise DatabaseError

    monkeypatch.setattr(counting, "_add", fail)
    assert client.get(f"{BVC}&plats=lundby").status_code == 200


def test_outcomes_without_local_service_are_shown_from_five_up(client, flow):
    for _ in range(4):
        client.get(f"{BVC}&plats=lundby")
    client.force_login(make_user("communicator"))
    assert "Utfall bvc" not in client.get("/personal/sokningar/").content.decode()
    client.get(f"{BVC}&plats=lundby")
    row = client.get("/personal/sokningar/").context["unmet"][0]
    assert (row.name, row.district, row.unmet) == ("Vem hjälper?: Utfall bvc", "Lundby", 5)
