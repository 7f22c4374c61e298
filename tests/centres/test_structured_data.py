from datetime import date

import pytest

from centres.house import House, days_needed
from centres.models import FamilyCentre
from centres.structured_data import as_script, centre_as_schema_org
from tests.factories import (
    make_centre,
    make_confirmation,
    make_exception,
    make_schedule,
    make_service_at_centre,
    stockholm,
)

pytestmark = pytest.mark.django_db
MONDAY = stockholm(2026, 11, 23, 8)


def rows(room, key="specialOpeningHoursSpecification", at=MONDAY):
    centre = FamilyCentre.objects.with_place().with_everything(*days_needed(at), at=at)
    house = House(centre.get(pk=room.centre_id), at)
    said = centre_as_schema_org(house)
    return said["containsPlace"][0].get(key, [])


def on(day, found):
    return [(r["opens"], r["closes"]) for r in found if r["validFrom"] == day.isoformat()]


def test_week_has_a_row_a_slot_and_ends_before_an_unanswered_eve():
    room = make_service_at_centre()
    make_schedule(room, slots=["mon 9-15", "thu 9-15"])
    week = rows(room, "openingHoursSpecification")
    assert {"validFrom": "2026-11-23", "validThrough": "2026-12-23"}.items() <= week[0].items()
    assert week[0]["dayOfWeek"] == "https://schema.org/Monday"
    assert (week[0]["opens"], week[0]["closes"]) == ("09:00", "15:00")
    # 24 and 31 December are unanswered: no row covers them.
    covered = [(r["validFrom"], r["validThrough"]) for r in week]
    assert not any(first <= "2026-12-24" <= last for first, last in covered)
    assert on(date(2026, 12, 24), rows(room)) == []


def test_closed_day_is_midnight_to_midnight():
    room = make_service_at_centre()
    make_schedule(room, slots=["tue 9-15"])
    make_exception(room, first_day=date(2026, 11, 24))
    assert on(date(2026, 11, 24), rows(room)) == [("00:00", "00:00")]


def test_part_closed_day_has_a_row_for_each_piece():
    room = make_service_at_centre()
    make_schedule(room, slots=["tue 9-16"])
    make_exception(room, kind="part_closed", first_day=date(2026, 11, 24), slots=["12-14"])
    assert on(date(2026, 11, 24), rows(room)) == [("09:00", "12:00"), ("14:00", "16:00")]


def test_whole_day_ends_a_minute_before_midnight():
    room = make_service_at_centre()
    make_schedule(room, slots=["tue 0-0"])
    week = rows(room, "openingHoursSpecification")
    assert (week[0]["opens"], week[0]["closes"]) == ("00:00", "23:59")


def test_24_hours_that_start_in_the_morning_are_not_said_to_be_closed():
    room = make_service_at_centre()
    make_schedule(room, slots=["tue 9-9"])
    week = rows(room, "openingHoursSpecification")
    assert (week[0]["opens"], week[0]["closes"]) == ("09:00", "08:59")


def test_two_groups_at_the_same_time_are_one_row():
    room = make_service_at_centre()
    make_schedule(room, slots=["mon 9-11", ("mon 9-11", {"label": "Sång"})])
    assert sum(r["validFrom"] == "2026-11-23" for r in rows(room, "openingHoursSpecification")) == 1


def test_public_holiday_is_closed():
    room = make_service_at_centre()
    make_schedule(room, slots=["fri 9-15"])
    assert on(date(2026, 12, 25), rows(room)) == [("00:00", "00:00")]


def test_odd_weeks_are_said_day_by_day():
    room = make_service_at_centre()
    make_schedule(room, slots=["sat 10-13 odd"])
    found = rows(room)
    assert on(date(2026, 12, 5), found) == [("10:00", "13:00")]
    assert on(date(2026, 11, 28), found) == []
    assert rows(room, "openingHoursSpecification") == []


def test_phone_hours_are_no_opening_hours():
    room = make_service_at_centre()
    make_schedule(room, channel="phone", slots=["mon 8-9"])
    assert rows(room) == rows(room, "openingHoursSpecification") == []


def test_planned_house_has_no_hours():
    room = make_service_at_centre(centre=make_centre(status="building"))
    make_schedule(room, slots=["mon 8-9"])
    assert rows(room, "openingHoursSpecification") == []


def test_script_cannot_be_closed_from_inside():
    assert "</script><" not in as_script({"name": "</script><b>"})


def test_point_is_said_only_where_staff_have_confirmed_it():
    room = make_service_at_centre(centre=make_centre(latitude="57.77", longitude="12.02"))
    centres = FamilyCentre.objects.with_place()

    def said():
        centre = centres.with_everything(*days_needed(MONDAY), at=MONDAY).get(pk=room.centre_id)
        return centre_as_schema_org(House(centre, MONDAY))

    assert "geo" not in said()
    make_confirmation(room.centre, fact_group="location")
    assert said()["geo"]["latitude"] == 57.77
