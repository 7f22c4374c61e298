from datetime import date, timedelta

import pytest

from centres.models import FamilyCentre
from centres.rooms import House, load_window
from services.models import Service
from tests.factories import (
    make_centre,
    make_confirmation,
    make_exception,
    make_schedule,
    make_service_at_centre,
    stockholm,
)

pytestmark = pytest.mark.django_db
WEEK = ["mon 9-15", "tue 9-15", "wed 9-15", "thu 9-15", "fri 9-15"]
TUESDAY = stockholm(2026, 11, 24, 10)


def house(centre, at=TUESDAY):
    loaded = FamilyCentre.objects.with_place().with_everything(*load_window(at), at=at)
    return House(loaded.get(pk=centre.pk), at)


def room(place, at=TUESDAY):
    return house(place.centre, at).rooms[0]


def test_open_door_comes_before_a_phone_hour():
    place = make_service_at_centre(Service.Kind.CHILD_HEALTH_CARE)
    make_schedule(place, channel="phone", slots=WEEK)
    make_schedule(place, slots=["tue 9-12"])
    assert room(place).sign.text == "Öppet till 12.00"
    assert room(place, stockholm(2026, 11, 24, 13)).sign.text == "Telefontid nu, till 15.00"


def test_booked_visits_never_say_open_or_closed():
    place = make_service_at_centre(Service.Kind.MATERNITY_CARE)
    make_schedule(place, channel="booked", slots=WEEK)
    assert (room(place).sign.text, room(place).sign.look) == ("Tid bokas", "booked")


def test_room_without_any_hours_is_unknown():
    sign = room(make_service_at_centre()).sign
    assert (sign.text, sign.look) == ("Tiderna är inte kända", "unknown")


def test_ended_schedule_is_unknown_and_tells_when_hours_were_last_known():
    place = make_service_at_centre()
    make_schedule(
        place, slots=["mon 9-12"], valid_from=date(2024, 1, 1), valid_to=date(2024, 6, 30)
    )
    found = room(place)
    assert found.hours_unknown
    assert found.sign.look == "unknown"
    assert found.drop_in.last_known == ("Måndag 9–12", "30 juni 2024")


def test_week_marks_today_and_what_is_past():
    place = make_service_at_centre()
    make_schedule(place, slots=WEEK)
    week = room(place).drop_in.week
    assert [(row.name, row.is_today, row.is_past) for row in week[:3]] == [
        ("Måndag", False, True),
        ("I dag, tisdag", True, False),
        ("Onsdag", False, False),
    ]
    assert [line.hours for line in week[1].lines] == ["9.00–15.00"]
    assert [line.hours for line in week[6].lines] == ["Stängt"]


def test_week_on_a_sunday_shows_the_days_to_come():
    place = make_service_at_centre()
    make_schedule(place, slots=WEEK)
    week = room(place, stockholm(2026, 11, 22, 10)).drop_in.week
    assert week[0].name == "I dag, söndag"
    assert week[1].day.date == date(2026, 11, 23)


def test_week_of_one_open_day_leaves_out_the_others_but_today():
    place = make_service_at_centre()
    make_schedule(place, slots=["thu 13-14"])
    assert [row.name for row in room(place).drop_in.week] == ["I dag, tisdag", "Torsdag"]


def test_part_closure_splits_the_day_in_the_week():
    place = make_service_at_centre()
    make_schedule(place, slots=WEEK)
    make_exception(place, kind="part_closed", first_day=date(2026, 11, 24), slots=["12-13"])
    today = room(place).drop_in.week[1]
    assert [line.hours for line in today.lines] == ["9.00–12.00", "13.00–15.00"]


def test_changes_tell_of_exceptions_holidays_and_unanswered_eves():
    place = make_service_at_centre()
    make_schedule(place, slots=WEEK)
    make_exception(place, first_day=date(2026, 11, 27), reason="planning")
    found = [(c.when, c.what) for c in room(place).changes]
    assert found == [
        ("fredag 27 november", "stängt (planeringsdag)"),
        ("torsdag 24 december", "inte bekräftat om det är öppet (julafton)"),
        ("fredag 25 december", "stängt (juldagen)"),
    ]


def test_exempted_service_does_not_announce_the_houses_closure():
    place = make_service_at_centre()
    make_schedule(place, slots=WEEK)
    make_exception(place.centre, first_day=date(2026, 11, 24))
    make_exception(place, kind="as_usual", first_day=date(2026, 11, 24))
    assert room(place).sign.text == "Öppet till 15.00"
    assert [c.what for c in room(place).changes if c.is_today] == ["öppet som vanligt"]


def test_closure_of_the_house_is_told_once():
    centre = make_centre()
    for kind in (Service.Kind.OPEN_PRESCHOOL, Service.Kind.SOCIAL_SERVICES):
        make_schedule(make_service_at_centre(kind, centre=centre), slots=WEEK)
    make_exception(centre, first_day=date(2026, 11, 24), note="strömavbrott")
    changes = house(centre).changes_today
    assert [(who, change.what) for who, change in changes] == [
        ("Hela huset", "stängt (strömavbrott)")
    ]


def test_old_confirmation_asks_to_call_first():
    place = make_service_at_centre(phone="031-390 06 01")
    make_schedule(place, slots=WEEK)
    make_confirmation(
        place, fact_group="hours", channel="drop_in", confirmed_at=TUESDAY - timedelta(days=180)
    )
    found = room(place)
    assert found.needs_check
    assert "Ring före besök: 031-390 06 01" in found.check_words


def test_fresh_confirmation_asks_nothing():
    place = make_service_at_centre()
    make_schedule(place, slots=WEEK)
    make_confirmation(
        place, fact_group="hours", channel="drop_in", confirmed_at=TUESDAY - timedelta(days=179)
    )
    assert not room(place).needs_check


def test_facts_nobody_has_stated_are_not_shown_as_no():
    centre = make_centre(lift=True, hearing_loop=False)
    found = dict(house(centre).accessibility)
    assert found == {"Hiss": True, "Hörslinga": False}


def test_page_holds_until_the_first_thing_on_it_may_change():
    place = make_service_at_centre()
    make_schedule(place, slots=["tue 9-10.30"])
    assert house(place.centre).holds_until == stockholm(2026, 11, 24, 10, 30)


def test_planned_house_has_no_status():
    place = make_service_at_centre(centre=make_centre(status="building"))
    make_schedule(place, slots=WEEK)
    assert house(place.centre).front_room is None
    assert house(place.centre).status_words == "Byggs – inte öppen ännu"
