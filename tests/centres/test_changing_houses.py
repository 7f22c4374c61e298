from datetime import date

import pytest

from centres.changing_houses import changing_houses
from centres.coverage import CoveringHouse
from centres.models import FamilyCentre
from services.models import Service
from tests.factories import make_centre, make_centre_text, make_service_at_centre

pytestmark = pytest.mark.django_db
DAY = date(2027, 3, 1)
BEFORE = date(2027, 2, 28)


def changing(day=BEFORE):
    houses = [CoveringHouse(centre, day) for centre in FamilyCentre.objects.with_knowledge()]
    return changing_houses(houses, day)


def on_its_way(status, next_status, certainty="decided", **fields):
    return make_centre(
        status=status,
        next_status=next_status,
        next_status_on=DAY,
        next_status_certainty=certainty,
        **fields,
    )


@pytest.mark.parametrize(
    ("status", "next_status", "certainty", "day", "word", "coming"),
    [
        ("idea", "", "", BEFORE, "Idé", "Ingen dag är känd"),
        ("decided", "", "", BEFORE, "Beslutad", "Ingen dag är känd"),
        (
            "building",
            "open",
            "expected",
            BEFORE,
            "Byggs",
            "Väntas öppna 1 mars 2027 (beräknad dag)",
        ),
        (
            "building",
            "open",
            "expected",
            DAY,
            "Byggs",
            "Väntades öppna 1 mars 2027, men vi vet inte om det blev så",
        ),
        ("building", "open", "decided", BEFORE, "Byggs", "Öppnar 1 mars 2027 (bestämd dag)"),
        ("building", "open", "decided", DAY, "Öppnad", ""),
        ("open", "moved", "decided", BEFORE, "I drift", "Flyttar 1 mars 2027 (bestämd dag)"),
        ("open", "moved", "decided", DAY, "Flyttad", ""),
        ("open", "closed", "decided", DAY, "Nedlagd", ""),
        ("temporarily_closed", "", "", BEFORE, "Tillfälligt stängd", ""),
    ],
)
def test_house_is_told_with_its_status_and_its_day(
    status, next_status, certainty, day, word, coming
):
    if next_status:
        on_its_way(status, next_status, certainty)
    else:
        make_centre(status=status)
    (house,) = changing(day)
    assert (house.word, house.coming) == (word, coming)


def test_house_in_use_without_a_change_to_come_is_not_among_them():
    make_centre()
    assert changing() == []


def test_those_on_their_way_to_open_stand_first():
    for status in ("closed", "building", "idea", "moved"):
        make_centre(status=status)
    assert [house.status for house in changing()] == ["idea", "building", "moved", "closed"]


@pytest.mark.parametrize(
    ("status", "here"), [("idea", "Idé"), ("building", "Byggs"), ("moved", None), ("closed", None)]
)
def test_only_a_house_on_its_way_to_open_has_steps(status, here):
    make_centre(status=status)
    steps = changing()[0].steps
    assert [step for step, is_here in steps if is_here] == ([here] if here else [])


def test_planned_house_says_where_to_go_meanwhile_and_what_is_planned():
    stand_in = make_centre(name="Grannhuset")
    centre = make_centre(status="decided", interim_centre=stand_in)
    make_centre_text(centre, interim_note="Öppna förskolan finns i biblioteket.")
    make_service_at_centre(Service.Kind.CHILD_HEALTH_CARE, centre=centre)
    make_service_at_centre(Service.Kind.LIBRARY, centre=centre)
    (house,) = changing()
    assert (house.interim_centre, house.interim_page) == (stand_in, True)
    assert house.interim_note == "Öppna förskolan finns i biblioteket."
    assert house.services == "barnhälsovård (BVC) och bibliotek"
    assert house.not_named == "öppen förskola, barnmorskemottagning och socialtjänst"


def test_nothing_stands_in_for_a_house_that_has_opened():
    on_its_way("building", "open", interim_centre=make_centre())
    house = next(house for house in changing(DAY) if house.has_opened)
    assert house.interim_centre is None


def test_idea_that_takes_over_is_named_without_a_page():
    on_its_way("open", "moved", moved_to=make_centre(status="idea"))
    house = next(house for house in changing() if house.moves_to)
    assert not house.moves_to_page
