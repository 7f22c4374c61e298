"""Which houses meet a wish, of which nobody can say, in which order, and what is counted."""

from dataclasses import replace
from datetime import date
from itertools import product

import pytest
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext

from centres.finder_page import FinderPage, services_with_texts
from centres.finding import Finder
from centres.nearest import Kind, Point, Spot
from centres.wish import TODAY, Part, Wish
from familjeportal.home.demo.seeding import seed
from tests.factories import (
    make_centre,
    make_district,
    make_exception,
    make_schedule,
    make_service,
    make_service_at_centre,
    stockholm,
)

pytestmark = pytest.mark.django_db
MONDAY = date(2026, 11, 23)
AT = stockholm(2026, 11, 23, 10)


def make_room(name, *slots, kind="open_preschool", languages=(), channel="drop_in", **house):
    """A room in a house of that name, with hours if any are given."""
    room = make_service_at_centre(kind, centre=make_centre(name=name, **house), languages=languages)
    if slots:
        make_schedule(room, slots=slots, channel=channel)
    return room


def find(wish, at=AT, near=None):
    return Finder(at, near=near, services=services_with_texts()).find(wish)


def names(rows):
    return [row.name for row in rows]


def found(wish, at=AT, near=None):
    """The houses that are found, and those of which nobody can say."""
    finding = find(wish, at, near)
    return names(finding.houses), names(finding.unknown)


# --- Which houses there are -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("status", "listed"),
    [
        ("open", True),
        ("building", True),
        ("decided", True),
        ("temporarily_closed", True),
        ("idea", False),
        ("moved", False),
        ("closed", False),
    ],
)
def test_only_a_house_in_use_meets_a_wish_about_its_rooms(status, listed):
    make_room("Huset", "mon 9-15", languages=["so"], status=status)
    assert found(Wish()) == (["Huset"] if listed else [], [])
    in_use = ["Huset"] if status == "open" else []
    for wish in (Wish(service="open-preschool"), Wish(now=True), Wish(age=3), Wish(language="so")):
        assert found(wish) == (in_use, [])


def test_house_that_opens_today_is_found_today():
    switch = {
        "next_status": "open",
        "next_status_on": MONDAY,
        "next_status_certainty": "decided",
    }
    make_room("Nya huset", "mon 9-15", "sun 9-15", status="building", **switch)
    assert found(Wish(now=True)) == (["Nya huset"], [])
    assert found(Wish(now=True), stockholm(2026, 11, 22, 10)) == ([], [])


def test_house_of_unknown_hours_in_a_planned_house_is_not_unknown():
    room = make_room("Huset", status="building")
    make_schedule(room, valid_from=date(2026, 1, 1), valid_to=date(2026, 6, 1))
    assert found(Wish(now=True)) == ([], [])


@pytest.mark.parametrize(
    ("wish", "expected"),
    [
        (Wish(step_free=True), (["Ja"], ["Vet inte"])),
        (Wish(step_free=True, now=True), (["Ja"], ["Okänt ja", "Okänt vet inte", "Vet inte"])),
        (Wish(now=True), (["Ja", "Nej", "Vet inte"], ["Okänt ja", "Okänt nej", "Okänt vet inte"])),
        (Wish(step_free=True, service="open-preschool"), None),
    ],
)
def test_steps_that_nobody_has_told_of_are_unknown(wish, expected):
    for answer, value in {"Ja": True, "Nej": False, "Vet inte": None}.items():
        make_room(answer, "mon 9-15", step_free_entrance=value)
        if wish.now:
            room = make_room(f"Okänt {answer.lower()}", step_free_entrance=value)
            make_schedule(room, valid_to=date(2026, 6, 1))
    assert found(wish) == (expected or (["Ja"], ["Vet inte"]))


# --- Times ------------------------------------------------------------------------------------


def test_house_is_found_by_any_of_its_rooms():
    room = make_room("Huset", "tue 9-15")
    bvc = make_service_at_centre("child_health_care", centre=room.centre)
    make_schedule(bvc, slots=["mon 9-15"])
    assert found(Wish(now=True)) == (["Huset"], [])
    assert found(Wish(now=True, service="open-preschool")) == ([], [])


def test_open_house_is_not_also_unknown():
    room = make_room("Huset", "mon 9-15")
    bvc = make_service_at_centre("child_health_care", centre=room.centre)
    make_schedule(bvc, valid_to=date(2026, 6, 1))
    assert found(Wish(now=True)) == (["Huset"], [])
    assert found(Wish(now=True, service="child-health-care")) == ([], ["Huset"])


@pytest.mark.parametrize(
    ("wish", "expected"),
    [(Wish(now=True), ["Dörren"]), (Wish(now=True, channel="phone"), ["Telefonen"])],
)
def test_telephone_hour_is_no_open_door(wish, expected):
    make_room("Dörren", "mon 9-15")
    make_room("Telefonen", "mon 9-15", channel="phone")
    assert found(wish) == (expected, [])


@pytest.mark.parametrize("channel", ["booked", "group"])
def test_booked_hours_never_open(channel):
    make_room("Huset", "mon 9-15", channel=channel)
    assert found(Wish(now=True)) == ([], [])


def test_unanswered_eve_is_unknown_and_a_public_holiday_closed():
    make_room("Huset", "thu 9-15", "fri 9-15")
    assert found(Wish(now=True), stockholm(2026, 12, 24, 10)) == ([], ["Huset"])
    assert found(Wish(now=True), stockholm(2026, 12, 25, 10)) == ([], [])


def test_closed_house_is_not_found():
    room = make_room("Huset", "mon 9-15")
    make_exception(room.centre)
    assert found(Wish(now=True)) == ([], [])
    assert found(Wish(weekday=1)) == (["Huset"], [])


# --- For whom ---------------------------------------------------------------------------------

BABIES = ("mon 9-11", {"max_age_months": 8})
OLDER = ("mon 13-15", {"min_age_months": 9})


@pytest.mark.parametrize(
    ("wish", "expected"),
    [
        (Wish(age=8), True),
        (Wish(age=9), True),
        (Wish(age=8, now=True), True),
        (Wish(age=9, now=True), False),
        (Wish(age=9, weekday=TODAY), True),
        (Wish(age=9, weekday=TODAY, part=Part.MORNING), False),
    ],
)
def test_age_and_time_hold_for_one_session(wish, expected):
    make_room("Huset", BABIES, OLDER)
    assert found(wish) == (["Huset"] if expected else [], [])


def test_age_that_no_session_takes_is_not_found():
    make_room("Huset", BABIES)
    assert found(Wish(age=9)) == ([], [])
    assert found(Wish(age=8)) == (["Huset"], [])


def test_sessions_that_have_ended_say_nothing_of_the_age():
    room = make_room("Huset")
    make_schedule(room, valid_to=date(2026, 6, 1), slots=[BABIES])
    assert found(Wish(age=9)) == (["Huset"], [])


def test_ages_of_the_service_count_too():
    make_service("child_health_care", min_age_months=0, max_age_months=83)
    make_room("Huset", "mon 9-15", kind="child_health_care")
    assert found(Wish(age=83)) == found(Wish(age=83, now=True)) == (["Huset"], [])
    assert found(Wish(age=84)) == found(Wish(age=84, now=True)) == ([], [])


def test_who_expects_a_child_finds_what_is_for_them():
    make_room("Barnmorskan", "mon 9-15", kind="maternity_care")
    make_room("Förskolan", "mon 9-15")
    for wish in (Wish(expecting=True), Wish(expecting=True, now=True)):
        assert found(wish) == (["Barnmorskan"], [])


# --- Languages --------------------------------------------------------------------------------

IN_ARABIC = ("mon 9-11", {"language": "ar"})


@pytest.mark.parametrize(
    ("slots", "languages", "wish", "expected"),
    [
        (["mon 9-15"], ["so"], Wish(language="so"), True),
        (["mon 9-15"], ["so"], Wish(language="so", now=True), True),
        (["mon 9-15"], [], Wish(language="so"), False),
        (["mon 9-15"], [], Wish(language="so", now=True), False),
        ([IN_ARABIC], [], Wish(language="ar"), True),
        ([IN_ARABIC], [], Wish(language="ar", now=True), True),
        ([IN_ARABIC], ["so"], Wish(language="so", now=True), False),
        ([IN_ARABIC, "mon 13-15"], ["so"], Wish(language="so", weekday=TODAY), True),
        ([IN_ARABIC, "tue 9-15"], [], Wish(language="ar", weekday=2), False),
        # Now and on Tuesday, each time in Arabic.
        ([IN_ARABIC, "tue 9-15"], [], Wish(language="ar", now=True, weekday=2), False),
        ([IN_ARABIC, "tue 9-15"], ["ar"], Wish(language="ar", now=True, weekday=2), True),
    ],
)
def test_language_is_that_of_the_session_else_of_the_room(slots, languages, wish, expected):
    make_room("Huset", *slots, languages=languages)
    assert found(wish) == (["Huset"] if expected else [], [])


def test_language_and_age_hold_for_one_session():
    make_room("Huset", ("mon 9-11", {"language": "ar", "max_age_months": 8}), OLDER)
    assert found(Wish(language="ar", age=8)) == (["Huset"], [])
    assert found(Wish(language="ar", age=9)) == ([], [])


@pytest.mark.parametrize(
    ("wish", "expected"),
    [
        (Wish(now=True), ["Arabiska", "Bara bebisar", "Somaliska", "Svenska"]),
        (Wish(now=True, language="so"), ["Somaliska"]),
        (Wish(now=True, language="ar"), ["Arabiska"]),
        (Wish(now=True, age=12), ["Somaliska", "Svenska"]),
    ],
)
def test_unknown_are_only_those_that_meet_the_rest_of_the_wish(wish, expected):
    to_come = {"valid_from": date(2027, 1, 1)}
    make_schedule(make_room("Somaliska", languages=["so"]), **to_come)
    make_schedule(make_room("Svenska"), **to_come)
    arabic = ("mon 9-11", {"language": "ar", "max_age_months": 11})
    make_schedule(make_room("Arabiska"), slots=[arabic], **to_come)
    make_schedule(make_room("Bara bebisar"), slots=[BABIES], **to_come)
    assert found(wish) == ([], expected)


def test_rooms_of_any_language_are_unknown_when_one_is_asked_of_an_eve():
    make_room("Huset", ("thu 9-15", {"language": "ar"}))
    eve = stockholm(2026, 12, 24, 10)
    assert found(Wish(now=True, language="ar"), eve) == ([], ["Huset"])
    assert found(Wish(now=True, language="so"), eve) == ([], [])


# --- Order ------------------------------------------------------------------------------------


def test_nearest_come_first_and_houses_without_a_point_last():
    make_room("Utan punkt")
    make_room("Fjärran", latitude="57.80", longitude="12.05")
    make_room("Nära", latitude="57.75", longitude="12.03")
    near = Spot("Här", Kind.PLACE, Point(57.75, 12.03), "annan", "annan")
    assert found(Wish(), near=near)[0] == ["Nära", "Fjärran", "Utan punkt"]


def test_district_that_was_asked_for_comes_first():
    here, there = make_district("Angered"), make_district("Örgryte-Härlanda")
    make_room("Utanför", district=there, latitude="57.75", longitude="12.03")
    make_room("I stadsdelen", district=here, latitude="57.80", longitude="12.05")
    near = Spot("Angered", Kind.DISTRICT, Point(57.75, 12.03), here.slug, "nordost")
    assert found(Wish(), near=near)[0] == ["I stadsdelen", "Utanför"]


# --- What the list shows ----------------------------------------------------------------------


def sessions(query, at=AT):
    return [hit.sessions for hit in FinderPage(QueryDict(query), at).hits]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        (
            "dag=mandag",
            ["I dag 9.00–11.00: öppen förskola, på arabiska", "I dag 13.00–15.00: öppen förskola"],
        ),
        ("dag=mandag&sprak=ar", ["I dag 9.00–11.00: öppen förskola, på arabiska", None]),
        ("dag=mandag&sprak=so", ["I dag 13.00–15.00: öppen förskola", None]),
        ("dag=idag&sprak=so", ["I dag 13.00–15.00: öppen förskola"]),
        ("dag=idag&tid=formiddag", ["I dag 9.00–11.00: öppen förskola, på arabiska"]),
    ],
)
def test_sessions_shown_are_those_that_meet_the_wish(query, expected):
    make_room("Huset", IN_ARABIC, "mon 13-15", languages=["so"])
    [shown] = sessions(query)
    assert len(shown) == len(expected)
    for said, text in zip(shown, expected, strict=True):
        assert text is None or said == text


def test_sessions_shown_are_of_services_for_whom_is_asked():
    room = make_room("Huset", "tue 9-15", kind="maternity_care")
    make_schedule(make_service_at_centre(centre=room.centre), slots=["tue 10-12"])
    assert sessions("dag=tisdag&alder=gravid") == [["I morgon 9.00–15.00: barnmorskemottagning"]]


def test_night_between_two_days_is_shown_once():
    make_room("Huset", "sat 20-2")
    [shown] = sessions("kvallhelg=1")
    assert len(shown) == len(set(shown)) == 2


@pytest.mark.parametrize("status", ["open", "building", "temporarily_closed"])
def test_house_that_is_not_in_use_shows_no_sessions(status):
    """It may stand among those that would fit with a filter less."""
    make_room("Huset", "tue 9-15", status=status)
    query = "dag=tisdag" if status != "open" else "dag=tisdag&sprak=so"
    [hit] = FinderPage(QueryDict(query), AT).nearest_that_would_fit
    assert hit.sessions == []


# --- Counts -----------------------------------------------------------------------------------

SERVICES = ["", "oppen-forskola", "bvc"]
TIMES = [
    Wish(),
    Wish(now=True),
    Wish(now=True, channel="phone"),
    Wish(weekday=3, part=Part.MORNING),
    Wish(evenings_and_weekends=True),
    Wish(now=True, part=Part.AFTERNOON),
]
FOR_WHOM = [{}, {"age": 5}, {"age": 40}, {"expecting": True}]
HOUSES = [{}, {"step_free": True}]


@pytest.fixture
def demo(db):
    seed(MONDAY)


@pytest.mark.parametrize("at", [AT, stockholm(2026, 12, 24, 10)], ids=["Monday", "eve"])
def test_counts_are_what_choosing_each_then_finds(demo, at):
    services = services_with_texts()
    finder = Finder(at, services=services)
    assert {service.slug for service in services}.issuperset(filter(None, SERVICES))
    for time, whom, house in product(TIMES, FOR_WHOM, HOUSES):
        for service, language in product(SERVICES, ["", "ar", "en"]):
            wish = replace(time, **whom, **house, service=service, language=language)
            finding = finder.find(wish)
            for other, count in finding.services:
                then = finder.find(replace(wish, service=other.slug))
                assert len(then.houses) == count, (wish, other.slug)
            counted = dict(finding.languages)
            for code in {*counted, "ar", "so", "en"}:
                then = finder.find(replace(wish, language=code))
                assert len(then.houses) == counted.get(code, 0), (wish, code)


def test_houses_found_and_unknown_are_apart(demo):
    finder = Finder(stockholm(2026, 12, 24, 10), services=services_with_texts())
    for time, whom in product(TIMES, FOR_WHOM):
        finding = finder.find(replace(time, **whom))
        assert not set(names(finding.houses)) & set(names(finding.unknown))


def test_number_of_queries_does_not_follow_the_number_of_houses():
    counts = []
    for number in range(3):
        make_room(f"Huset {number}", "mon 9-15", languages=["so"])
        with CaptureQueriesContext(connection) as queries:
            find(Wish(now=True, weekday=3, language="so", age=3))
        counts.append(len(queries))
    assert len(set(counts)) == 1
    assert counts[0] <= 10
