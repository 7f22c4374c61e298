"""Who can be reached at a moment: here, of whom nobody knows, in the next house, by telephone."""

from datetime import date, time

import pytest

from centres.finder_page import services_with_texts
from centres.finding import Finder
from centres.house import houses_of
from centres.lines import lines_now
from centres.models import Confirmation, FamilyCentre, ServiceAtCentre
from centres.reach import ASKED_FIRST, lines_to_try, open_houses, reach_from, spot_of
from services.models import LineHours
from tests.factories import (
    make_centre,
    make_confirmation,
    make_exception,
    make_line,
    make_schedule,
    make_service_at_centre,
    stockholm,
)

pytestmark = pytest.mark.django_db
MONDAY_TEN = stockholm(2026, 11, 23, 10)
SUNDAY_NIGHT = stockholm(2026, 11, 22, 23)
HERE = {"name": "Här", "latitude": "57.750", "longitude": "12.030"}
NEAR = {"name": "Nära", "latitude": "57.760", "longitude": "12.030"}
FAR = {"name": "Längre bort", "latitude": "57.800", "longitude": "12.030"}


def make_room(place, *slots, channel="drop_in", kind="open_preschool", **fields):
    centre = FamilyCentre.objects.filter(name=place["name"]).first()
    room = make_service_at_centre(kind, centre=centre or make_centre(**{**place, **fields}))
    if slots:
        make_schedule(room, slots=slots, channel=channel)
        make_confirmation(room, channel=channel)
    return room


def reach(room, at=MONDAY_TEN):
    [house] = houses_of(FamilyCentre.objects.filter(pk=room.centre_id), at)
    return reach_from(house, Finder(at, near=spot_of(house), services=services_with_texts()))


def here(room, at=MONDAY_TEN):
    """The signs of those who answer here, and how many may."""
    found = reach(room, at)
    return [sign.text for _room, signs in found.rooms for sign in signs], len(found.unsure)


def next_house(room, at=MONDAY_TEN):
    found = reach(room, at).next_house
    return found and (found.row.name, found.rooms)


# --- Here -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("slot", "channel", "at", "expected"),
    [
        ("mon 9-15", "drop_in", MONDAY_TEN, 1),
        ("mon 9-15", "phone", MONDAY_TEN, 1),
        ("mon 9-15", "digital", MONDAY_TEN, 1),
        ("mon 9-15", "booked", MONDAY_TEN, 0),
        ("mon 9-15", "group", MONDAY_TEN, 0),
        ("mon 9-10", "drop_in", MONDAY_TEN, 0),
        ("mon 10-11", "drop_in", MONDAY_TEN, 1),
        ("sun 9-15", "drop_in", SUNDAY_NIGHT, 0),
        ("sat 20-2", "drop_in", stockholm(2026, 11, 22, 1), 1),
        ("sat 20-2", "drop_in", stockholm(2026, 11, 22, 2), 0),
    ],
)
def test_only_who_is_known_to_answer_stands_there(slot, channel, at, expected):
    signs, unsure = here(make_room(HERE, slot, channel=channel), at)
    assert (len(signs), unsure) == (expected, 0)


def test_known_closed_stands_nowhere_on_a_sunday_night():
    room = make_room(HERE, "mon 9-15")
    make_room(HERE, "mon 9-15", kind="child_health_care", channel="phone")
    make_room(NEAR, "mon 9-15")
    found = reach(room, SUNDAY_NIGHT)
    assert (found.rooms, found.unsure, found.next_house) == ([], [], None)


@pytest.mark.parametrize(
    ("fields", "at"),
    [
        ({"valid_to": date(2026, 6, 1)}, MONDAY_TEN),
        ({"valid_from": date(2027, 1, 1)}, MONDAY_TEN),
        ({}, stockholm(2026, 12, 24, 10)),
    ],
)
def test_room_of_unknown_hours_is_told_apart(fields, at):
    room = make_room(HERE)
    make_schedule(room, slots=["mon 9-15", "thu 9-15"], **fields)
    assert here(room, at) == ([], 1)


def test_room_that_answers_in_one_way_is_not_unsure_of_another():
    room = make_room(HERE, "mon 9-15")
    make_schedule(room, channel="phone", valid_to=date(2026, 6, 1))
    signs, unsure = here(room)
    assert (len(signs), unsure) == (1, 0)


def test_room_without_any_hours_is_unsure_unless_visits_are_booked():
    room = make_room(HERE)
    assert here(room) == ([], 1)
    room.booking_url = "https://www.1177.se/"
    room.save()
    assert here(room) == ([], 0)


@pytest.mark.parametrize("status", ["building", "temporarily_closed"])
def test_nobody_answers_in_a_house_that_is_not_in_use(status):
    assert here(make_room(HERE, "mon 9-15", status=status)) == ([], 0)


# --- The next house ---------------------------------------------------------------------------


def test_next_house_is_the_nearest_where_somebody_answers():
    room = make_room(HERE, "mon 9-15")
    make_room(FAR, "mon 9-15")
    make_room(NEAR, "tue 9-15")
    assert next_house(room) == ("Längre bort", ["öppen förskola har öppet till 15.00"])
    make_room(NEAR, "mon 9-11", channel="phone", kind="child_health_care")
    assert next_house(room) == ("Nära", ["barnhälsovård (bvc) har telefontid till 11.00"])


def test_next_house_says_door_and_telephone_of_each_room():
    room = make_room(HERE)
    near = make_room(NEAR, "mon 9-15")
    make_schedule(near, channel="phone", slots=["mon 8-11"])
    make_confirmation(near, channel="phone")
    make_room(NEAR, "mon 9-10.30", kind="child_health_care")
    assert next_house(room) == (
        "Nära",
        [
            "öppen förskola har öppet till 15.00 och telefontid till 11.00",
            "barnhälsovård (bvc) har öppet till 10.30",
        ],
    )


@pytest.mark.parametrize(
    ("slots", "until"),
    [
        (["mon 9-12", "mon 12-15"], "15.00"),
        (["mon 9-12", "mon 12.30-15"], "12.00"),
        (["mon 9-12", "mon 9-11"], "12.00"),
        (["mon 9-2"], "2.00"),
    ],
)
def test_next_house_is_open_until_its_doors_close(slots, until):
    room = make_room(HERE)
    make_room(NEAR, *slots)
    _name, [how] = next_house(room)
    assert how == f"öppen förskola har öppet till {until}"


@pytest.mark.parametrize(
    ("change", "note"),
    [
        ({"confirmed_at": stockholm(2026, 5, 27, 11)}, " (ring före besök)"),  # to the second
        ({"confirmed_at": stockholm(2026, 5, 27, 11, 1)}, ""),
        ({"confirmed_at": None}, " (ring före besök)"),
        ({"channel": "phone"}, " (ring före besök)"),
    ],
)
def test_hours_of_the_next_house_that_nobody_has_confirmed_say_so(change, note):
    room, near = make_room(HERE), make_room(NEAR, "mon 9-15")
    ServiceAtCentre.objects.filter(pk=near.pk).update(phone="031-365 00 00")
    Confirmation.objects.update(**change)
    assert next_house(room) == ("Nära", [f"öppen förskola har öppet till 15.00{note}"])


def test_copied_hours_that_nobody_has_gone_through_say_so():
    room, near = make_room(HERE), make_room(NEAR, "mon 9-15")
    near.schedules.update(awaits_confirmation=True)
    assert next_house(room) == (
        "Nära",
        ["öppen förskola har öppet till 15.00 (kontrollera före besök)"],
    )


def test_part_closure_ends_what_is_open():
    room = make_room(HERE)
    make_exception(make_room(NEAR, "mon 9-15").centre, kind="part_closed", slots=["11-13"])
    assert next_house(room) == ("Nära", ["öppen förskola har öppet till 11.00"])
    assert next_house(room, stockholm(2026, 11, 23, 11)) is None
    assert next_house(room, stockholm(2026, 11, 23, 13)) == (
        "Nära",
        ["öppen förskola har öppet till 15.00"],
    )


def test_houses_of_unknown_hours_are_not_open():
    eve = stockholm(2026, 12, 24, 10)
    make_room(NEAR, "thu 9-15")
    assert open_houses(Finder(eve, services=services_with_texts()), 3) == []


def test_house_without_a_point_has_no_distance():
    room = make_room({"name": "Här"})
    make_room(NEAR, "mon 9-15")
    assert reach(room).next_house.way == "i stadsdelen"


# --- Lines ------------------------------------------------------------------------------------


def test_lines_are_those_not_known_to_be_closed_in_their_order():
    make_line(slug="112")
    social = make_line(slug="socialjouren", hours="weekly")
    LineHours.objects.create(line=social, weekday=7, opens_at=time(14), closes_at=time(2))
    make_line(slug="1177", hours="not_known")
    make_line(slug="nagon-annan")
    assert [line.line.slug for line in lines_to_try(lines_now(SUNDAY_NIGHT))] == list(ASKED_FIRST)
    assert [line.line.slug for line in lines_to_try(lines_now(MONDAY_TEN))] == ["1177", "112"]


def test_line_of_unknown_hours_says_so():
    make_line(slug="1177", hours="not_known")
    [line] = lines_to_try(lines_now(MONDAY_TEN))
    assert not line.is_open
    assert line.when == "Vi vet inte när någon svarar"
