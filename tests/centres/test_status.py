"""What a house is on a day: a decided change takes over by itself, an expected one is only told."""

from datetime import date

import pytest
import time_machine

from centres.models import FamilyCentre
from centres.status_words import next_status_words, words_of_status
from tests.factories import make_centre, make_centre_text, stockholm

pytestmark = pytest.mark.django_db
DAY = date(2027, 3, 1)
BEFORE, AFTER = date(2027, 2, 28), date(2027, 3, 2)


def changing(status, next_status, certainty="decided", **fields):
    return make_centre(
        status=status,
        next_status=next_status,
        next_status_on=DAY,
        next_status_certainty=certainty,
        **fields,
    )


@pytest.mark.parametrize(
    ("status", "next_status", "certainty", "day", "expected"),
    [
        ("building", "open", "decided", BEFORE, "building"),
        ("building", "open", "decided", DAY, "open"),
        ("building", "open", "decided", AFTER, "open"),
        ("building", "open", "expected", AFTER, "building"),
        ("open", "moved", "decided", BEFORE, "open"),
        ("open", "moved", "decided", DAY, "moved"),
        ("open", "closed", "expected", AFTER, "open"),
        ("idea", "decided", "decided", DAY, "decided"),
    ],
)
def test_status_of_a_day_is_the_same_in_the_database(status, next_status, certainty, day, expected):
    centre = changing(status, next_status, certainty)
    assert centre.status_on(day) == expected
    assert FamilyCentre.objects.on(day).get().status_then == expected


def test_status_without_a_next_one_stays():
    centre = make_centre(status="open")
    assert centre.status_on(date(2099, 1, 1)) == "open"
    assert FamilyCentre.objects.on(date(2099, 1, 1)).get().status_then == "open"


def test_lists_switch_on_the_day_of_a_move():
    new = changing("building", "open", name="Nya huset")
    old = changing("open", "moved", name="Gamla huset", moved_to=new)
    assert set(FamilyCentre.objects.listed(BEFORE)) == {old, new}
    assert list(FamilyCentre.objects.listed(DAY)) == [new]
    assert set(FamilyCentre.objects.published(DAY)) == {old, new}


def test_since_follows_the_change():
    centre = changing("open", "closed", status_since=date(2020, 1, 1))
    assert centre.status_since_on(BEFORE) == date(2020, 1, 1)
    assert centre.status_since_on(DAY) == DAY


@pytest.mark.parametrize(
    ("status", "next_status", "certainty", "day", "words"),
    [
        ("building", "open", "decided", BEFORE, "öppnar 1 mars 2027"),
        ("building", "open", "decided", DAY, ""),
        ("building", "open", "expected", BEFORE, "väntas öppna 1 mars 2027"),
        (
            "building",
            "open",
            "expected",
            AFTER,
            "väntades öppna 1 mars 2027, men vi vet inte om det blev så",
        ),
        ("open", "moved", "decided", BEFORE, "flyttar 1 mars 2027"),
        ("open", "temporarily_closed", "expected", BEFORE, "väntas stänga tillfälligt 1 mars 2027"),
        ("temporarily_closed", "open", "decided", BEFORE, "öppnar igen 1 mars 2027"),
        ("idea", "decided", "expected", BEFORE, "väntas beslutas 1 mars 2027"),
    ],
)
def test_change_to_come_is_told_with_its_certainty(status, next_status, certainty, day, words):
    assert next_status_words(changing(status, next_status, certainty), day) == words


def test_moved_house_says_since_when():
    assert words_of_status(changing("open", "moved"), AFTER) == "Flyttade 1 mars 2027"


def test_pages_of_a_move_explain_themselves_before_and_after(client):
    new = changing("building", "open", name="Nya huset")
    old = changing("open", "moved", name="Gamla huset", moved_to=new)
    with time_machine.travel(stockholm(2027, 2, 28, 12), tick=False):
        page = client.get(old.get_absolute_url()).content.decode()
        assert "Huset flyttar 1 mars 2027." in page
        assert new.get_absolute_url() in page
    with time_machine.travel(stockholm(2027, 3, 1, 0, 1), tick=False):
        page = client.get(old.get_absolute_url()).content.decode()
        assert "Flyttade 1 mars 2027" in page
        assert new.get_absolute_url() in page
        listed = client.get("/familjecentraler/").content.decode()
        assert "Nya huset" in listed
        assert "Gamla huset" not in listed


def test_planned_house_says_where_to_go_meanwhile(client):
    elsewhere = make_centre(name="Grannhuset")
    centre = make_centre(status="decided", interim_centre=elsewhere)
    make_centre_text(centre, interim_note="Öppna förskolan finns i biblioteket så länge.")
    page = client.get(centre.get_absolute_url()).content.decode()
    assert elsewhere.get_absolute_url() in page
    assert "finns i biblioteket så länge" in page
