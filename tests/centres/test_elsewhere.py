"""Closed here, open there: which services of a house name another, and which house they name."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from centres.elsewhere import open_elsewhere
from centres.finder_page import services_with_texts
from centres.finding import Finder
from centres.house import houses_of
from centres.models import FamilyCentre
from centres.reach import spot_of
from centres.wish import Part, Wish
from tests.factories import (
    make_centre,
    make_confirmation,
    make_exception,
    make_schedule,
    make_service,
    make_service_at_centre,
    stockholm,
)

pytestmark = pytest.mark.django_db
MONDAY_TEN = stockholm(2026, 11, 23, 10)
KIND = "open-preschool"
HERE = {"name": "Här", "latitude": "57.750", "longitude": "12.030"}
NEAR = {"name": "Nära", "latitude": "57.760", "longitude": "12.030"}
FAR = {"name": "Längre bort", "latitude": "57.800", "longitude": "12.030"}


def make_room(place, *slots, kind="open_preschool", languages=(), **fields):
    centre = make_centre(**{**place, **fields})
    room = make_service_at_centre(kind, centre=centre, languages=languages)
    if slots:
        make_schedule(room, slots=slots)
        make_confirmation(room)
    return room


def elsewhere(room, at=MONDAY_TEN, wish=None):
    [house] = houses_of(FamilyCentre.objects.filter(pk=room.centre_id), at)
    finder = Finder(at, near=spot_of(house), services=services_with_texts())
    return open_elsewhere(house, finder, wish or Wish())


def said(room, at=MONDAY_TEN, wish=None):
    """The house that is named with its hours; "nowhere"; or None where none is needed."""
    found = elsewhere(room, at, wish).get(KIND)
    if found is None:
        return None
    return f"{found.row.name}: {found.hours}" if found.row else "nowhere"


@pytest.mark.parametrize(
    ("slot", "at", "expected"),
    [
        ("mon 9-15", (23, 10), None),
        ("mon 11-15", (23, 10), None),
        ("mon 9-15", (23, 14, 59), None),
        ("mon 9-15", (23, 15), "Nära: öppet till 20.00"),
        ("tue 9-15", (23, 10), "Nära: öppet till 20.00"),
        ("tue 9-15", (23, 7, 30), "Nära: öppnar 8.00"),
        ("tue 9-15", (23, 20), "nowhere"),
        # Still open since last night.
        ("sun 22-2", (23, 1, 59), None),
        ("sun 22-2", (23, 2), "Nära: öppnar 8.00"),
    ],
)
def test_another_is_named_when_nothing_is_left_of_today(slot, at, expected):
    here = make_room(HERE, slot)
    make_room(NEAR, "mon 8-20")
    assert said(here, stockholm(2026, 11, *at)) == expected


def test_nearest_is_named_with_its_distance():
    here = make_room(HERE, "tue 9-15")
    make_room(FAR, "mon 8-20")
    make_room(NEAR, "mon 8-20")
    found = elsewhere(here)[KIND]
    assert found.row.name == "Nära"
    assert found.way


def test_house_without_a_point_names_one_of_its_district_without_a_distance():
    here = make_room({"name": "Här"}, "tue 9-15")
    make_room(NEAR, "mon 8-20")
    found = elsewhere(here)[KIND]
    assert (found.row.name, found.way) == ("Nära", "i stadsdelen")


def test_stand_alone_open_preschool_counts_as_much():
    here = make_room(HERE, "tue 9-15")
    make_room(FAR, "mon 8-20")
    make_room(NEAR, "mon 8-20", kind="open_preschool", **{"name": "Fristående"})
    FamilyCentre.objects.filter(name="Fristående").update(kind="open_preschool")
    assert said(here) == "Fristående: öppet till 20.00"


@pytest.mark.parametrize("status", ["building", "temporarily_closed", "moved", "closed", "idea"])
def test_only_a_house_in_use_is_named(status):
    here = make_room(HERE, "tue 9-15")
    make_room(NEAR, "mon 8-20", status=status)
    assert said(here) == "nowhere"


def test_house_that_is_closed_for_now_names_another():
    here = make_room(HERE, "mon 9-15", status="temporarily_closed")
    make_room(NEAR, "mon 8-20")
    assert said(here) == "Nära: öppet till 20.00"


def test_closed_house_names_another():
    here = make_room(HERE, "mon 9-15")
    make_exception(here.centre)
    make_room(NEAR, "mon 8-20")
    assert said(here) == "Nära: öppet till 20.00"


def test_unanswered_eve_names_one_that_has_answered():
    here = make_room(HERE, "thu 9-15")
    make_room(NEAR, "thu 9-15")
    answered = make_room(FAR, "thu 9-15")
    eve = date(2026, 12, 24)
    make_exception(answered, kind="as_usual", first_day=eve)
    assert said(here, stockholm(2026, 12, 24, 10)) == "Längre bort: öppet till 15.00"


def test_telephone_hour_is_not_named_nor_needed():
    here = make_service_at_centre(centre=make_centre(**HERE))
    make_schedule(here, channel="phone", slots=["tue 9-15"])
    make_room(NEAR, "mon 8-20")
    assert said(here) is None
    closed = make_room(FAR, "tue 9-15")
    assert said(closed) == "Nära: öppet till 20.00"


def test_another_service_is_not_named():
    here = make_room(HERE, "tue 9-15")
    make_room(NEAR, "mon 8-20", kind="child_health_care")
    assert said(here) == "nowhere"


# --- For somebody -----------------------------------------------------------------------------

BABIES = ("mon 8-20", {"max_age_months": 8})
IN_ARABIC = ("mon 8-20", {"language": "ar"})


@pytest.mark.parametrize(("age", "expected"), [(None, "Nära"), (8, "Nära"), (9, "Längre bort")])
def test_age_is_kept_to(age, expected):
    here = make_room(HERE, "tue 9-15")
    make_room(NEAR, BABIES)
    make_room(FAR, "mon 8-20")
    assert said(here, wish=Wish(age=age)).startswith(f"{expected}: öppet till 20.00")


@pytest.mark.parametrize(
    ("language", "expected"), [("", "Nära"), ("ar", "Nära"), ("so", "Längre bort")]
)
def test_language_is_kept_to(language, expected):
    here = make_room(HERE, "tue 9-15")
    make_room(NEAR, IN_ARABIC)
    make_room(FAR, "mon 8-20", languages=["so"])
    assert said(here, wish=Wish(language=language)).startswith(f"{expected}: öppet till 20.00")


@pytest.mark.parametrize(
    ("wish", "expected"),
    [
        (Wish(age=8), None),
        (Wish(age=9), "Nära: öppet till 20.00"),
        (Wish(language="so"), "Nära: öppet till 20.00"),
    ],
)
def test_session_here_that_is_not_for_them_does_not_count(wish, expected):
    here = make_room(HERE, BABIES)
    make_room(NEAR, "mon 8-20", languages=["so"])
    assert said(here, wish=wish) == expected


def test_service_that_is_not_for_the_age_names_none():
    make_service("open_preschool", max_age_months=83)
    here = make_room(HERE, "tue 9-15")
    make_room(NEAR, "mon 8-20")
    assert said(here, wish=Wish(age=84)) is None


@pytest.mark.parametrize(
    "wish",
    [
        Wish(now=True, channel="phone"),
        Wish(weekday=3),
        Wish(part=Part.EVENING),
        Wish(step_free=True),
    ],
)
def test_other_filters_do_not_matter(wish):
    here = make_room(HERE, "tue 9-15")
    make_room(NEAR, "mon 8-20")
    assert said(here, wish=wish) == "Nära: öppet till 20.00"


def test_hours_elsewhere_that_nobody_has_confirmed_say_so():
    here, there = make_room(HERE, "tue 9-15"), make_room(NEAR, "mon 9-15")
    there.confirmations.update(confirmed_at=stockholm(2026, 5, 27, 9))
    assert said(here) == "Nära: öppet till 15.00, kontrollera före besök"


def test_number_of_queries_does_not_follow_the_number_of_houses():
    here = make_room(HERE, "tue 9-15")
    [house] = houses_of(FamilyCentre.objects.all(), MONDAY_TEN)
    counts = []
    for number in range(3):
        make_room({**FAR, "name": f"Huset {number}"}, "mon 8-20")
        with CaptureQueriesContext(connection) as queries:
            finder = Finder(MONDAY_TEN, near=spot_of(house), services=services_with_texts())
            open_elsewhere(house, finder, Wish())
        counts.append(len(queries))
    assert here.centre == house.centre
    assert len(set(counts)) == 1
