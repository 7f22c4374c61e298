"""Wishes: the windows of time they ask for, and which sessions meet them.

23 November 2026 is a Monday of an even week; Stockholm is then an hour ahead of UTC.
"""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from centres.hours_values import Holiday, Schedule, ScheduleException, Slot, State, Why
from centres.opening_hours import OpeningHours
from centres.wish import TODAY, Part, Wish, ask
from tests.centres.test_opening_hours_properties import entered_rows, many, moment, moments_away
from tests.factories import STOCKHOLM, WEEKDAYS, _clock, stockholm

MONDAY = date(2026, 11, 23)
DAY = timedelta(days=1)


def slots(*texts, **fields):
    """ "mon 9-15" of a week, "9-15" of an exception."""
    return tuple(_slot(text, **fields) for text in texts)


def _slot(text, **fields):
    *weekday, hours = text.split()
    opens, closes = map(_clock, hours.split("-"))
    return Slot(opens, closes, weekday=WEEKDAYS[weekday[0]] if weekday else None, **fields)


def regular(*texts, first=date(2026, 1, 1), last=None, **fields):
    return Schedule(first, last, slots(*texts, **fields))


def hours_of(*rows, holidays=None):
    schedules = [row for row in rows if isinstance(row, Schedule)]
    exceptions = [row for row in rows if isinstance(row, ScheduleException)]
    return OpeningHours(schedules, exceptions, zone=STOCKHOLM, holidays=holidays or {})


def asked(wish, at, *rows, holidays=None):
    """ "yes", "no" or "unknown"."""
    answer = ask(hours_of(*rows, holidays=holidays), wish, wish.windows(at, STOCKHOLM))
    assert not (answer.is_met and answer.is_unknown)
    return "yes" if answer.is_met else "unknown" if answer.is_unknown else "no"


# --- Windows ----------------------------------------------------------------------------------


def local_windows(wish, at):
    """The last list of windows by the clock on the wall: "23 17-24"."""
    found = []
    for start, end in wish.windows(at, STOCKHOLM)[-1]:
        start, end = start.astimezone(STOCKHOLM), end.astimezone(STOCKHOLM)
        ends = "24" if end.date() > start.date() else f"{end:%H}"
        found.append(f"{start.day} {start:%H}-{ends}")
    return found


@pytest.mark.parametrize(
    ("wish", "at", "expected"),
    [
        (Wish(weekday=TODAY), (23, 10), ["23 10-24"]),
        (Wish(weekday=TODAY, part=Part.MORNING), (23, 10), ["23 10-12"]),
        (Wish(weekday=TODAY, part=Part.AFTERNOON), (23, 10), ["23 12-17"]),
        (Wish(weekday=TODAY, part=Part.EVENING), (23, 10), ["23 17-24"]),
        (Wish(weekday=TODAY, part=Part.MORNING), (23, 12), []),
        (Wish(weekday=TODAY, evenings_and_weekends=True), (23, 10), ["23 17-24"]),
        (Wish(weekday=TODAY, evenings_and_weekends=True), (28, 10), ["28 10-24"]),
        (Wish(weekday=2), (23, 10), ["24 00-24"]),
        (Wish(weekday=7), (23, 10), ["29 00-24"]),
        # Who names today's weekday may also mean the one in a week.
        (Wish(weekday=1), (23, 10), ["23 10-24", "30 00-24"]),
        (Wish(weekday=1, part=Part.MORNING), (23, 13), ["30 00-12"]),
        (Wish(weekday=6, evenings_and_weekends=True, part=Part.MORNING), (23, 10), ["28 00-12"]),
        (Wish(weekday=3, evenings_and_weekends=True, part=Part.MORNING), (23, 10), []),
        (Wish(weekday=3, evenings_and_weekends=True, part=Part.AFTERNOON), (23, 10), []),
        (Wish(weekday=3, evenings_and_weekends=True, part=Part.EVENING), (23, 10), ["25 17-24"]),
    ],
)
def test_windows_are_the_hours_asked_for_that_are_left(wish, at, expected):
    assert local_windows(wish, stockholm(2026, 11, *at)) == expected


def test_windows_of_a_part_cover_two_weeks():
    found = local_windows(Wish(part=Part.EVENING), stockholm(2026, 11, 15, 20))
    assert found == ["15 20-24", *(f"{day} 17-24" for day in range(16, 29))]


def test_windows_of_evenings_and_weekends_take_whole_weekend_days():
    found = local_windows(Wish(evenings_and_weekends=True), stockholm(2026, 11, 16, 9))
    assert found[:7] == [*(f"{day} 17-24" for day in range(16, 21)), "21 00-24", "22 00-24"]


def test_windows_of_now_and_a_day_are_two_lists():
    assert len(Wish(now=True, weekday=3).windows(stockholm(2026, 11, 23, 9), STOCKHOLM)) == 2


def test_wish_without_a_time_has_no_windows():
    assert Wish(service="bvc", age=3).windows(stockholm(2026, 11, 23, 9), STOCKHOLM) == []


@pytest.mark.parametrize(
    ("day", "hours"), [(date(2027, 3, 28), 23), (date(2026, 10, 25), 25), (MONDAY, 24)]
)
def test_window_of_a_day_is_as_long_as_the_day(day, hours):
    at = datetime(day.year, day.month, day.day, tzinfo=STOCKHOLM)
    [[(start, end)]] = Wish(weekday=TODAY).windows(at, STOCKHOLM)
    assert end - start == timedelta(hours=hours)


# --- Hours ------------------------------------------------------------------------------------

now = Wish(now=True)
night = regular("fri 22-2")
christmas_eve = {date(2026, 12, 24): Holiday("julafton", public=False)}
christmas = {date(2026, 12, 25): Holiday("juldagen", public=True)}


@pytest.mark.parametrize(
    ("wish", "at", "rows", "expected"),
    [
        # Half-open: at the closing minute it is closed.
        (now, (23, 9), [regular("mon 9-15")], "yes"),
        (now, (23, 8, 59), [regular("mon 9-15")], "no"),
        (now, (23, 14, 59), [regular("mon 9-15")], "yes"),
        (now, (23, 15), [regular("mon 9-15")], "no"),
        (Wish(weekday=2, part=Part.AFTERNOON), (23, 9), [regular("tue 9-12")], "no"),
        (Wish(weekday=2, part=Part.AFTERNOON), (23, 9), [regular("tue 9-12.15")], "yes"),
        (Wish(weekday=2, part=Part.MORNING), (23, 9), [regular("tue 12-15")], "no"),
        (Wish(weekday=2, part=Part.EVENING), (23, 9), [regular("tue 9-17")], "no"),
        (Wish(weekday=2, part=Part.EVENING), (23, 9), [regular("tue 9-17.30")], "yes"),
        # A day that is over.
        (Wish(weekday=TODAY), (23, 15), [regular("mon 9-15")], "no"),
        (Wish(weekday=1), (23, 15), [regular("mon 9-15")], "yes"),
        (Wish(weekday=TODAY, part=Part.MORNING), (23, 13), [regular("mon 9-15")], "no"),
        # Nights.
        (now, (28, 1, 59), [night], "yes"),
        (now, (28, 2), [night], "no"),
        (Wish(weekday=6), (23, 9), [night], "yes"),
        (Wish(weekday=6, part=Part.MORNING), (23, 9), [night], "yes"),
        (Wish(weekday=6, part=Part.AFTERNOON), (23, 9), [night], "no"),
        (Wish(weekday=7), (23, 9), [night], "no"),
        (Wish(weekday=1, evenings_and_weekends=True), (24, 9), [regular("sun 22-2")], "no"),
        (Wish(evenings_and_weekends=True), (23, 9), [night], "yes"),
        (Wish(evenings_and_weekends=True), (23, 9), [regular("fri 9-17")], "no"),
        (Wish(evenings_and_weekends=True), (23, 9), [regular("sat 9-10")], "yes"),
        (Wish(weekday=6), (23, 9), [regular("fri 22-0")], "no"),
        (Wish(weekday=2), (23, 9), [regular("mon 9-9")], "yes"),
        # Both a moment and a day.
        (Wish(now=True, weekday=2), (23, 9), [regular("mon 9-15", "tue 9-15")], "yes"),
        (Wish(now=True, weekday=2), (23, 9), [regular("mon 9-15")], "no"),
        (Wish(now=True, weekday=2), (23, 9), [regular("tue 9-15")], "no"),
    ],
)
def test_wish_is_met_by_open_hours(wish, at, rows, expected):
    assert asked(wish, stockholm(2026, 11, *at), *rows) == expected


@pytest.mark.parametrize(
    ("wish", "at", "expected"),
    [
        (now, (12, 24, 10), "unknown"),
        (now, (12, 24, 16), "no"),
        (Wish(weekday=4), (12, 21, 10), "unknown"),
        (Wish(weekday=4, part=Part.EVENING), (12, 21, 10), "no"),
        (Wish(weekday=5), (12, 21, 10), "no"),
        # What cannot be met is not unknown, and what is met in one of the days is met.
        (Wish(now=True, weekday=4), (12, 21, 16), "no"),
        (Wish(now=True, weekday=4), (12, 21, 10), "unknown"),
        (Wish(now=True, weekday=5), (12, 24, 10), "no"),
        (Wish(part=Part.MORNING), (12, 24, 8), "yes"),
    ],
)
def test_unanswered_eve_is_unknown_in_its_usual_hours_only(wish, at, expected):
    hours = regular("mon 9-15", "thu 9-15", "fri 9-15")
    days = christmas_eve | christmas
    assert asked(wish, stockholm(2026, *at), hours, holidays=days) == expected


@pytest.mark.parametrize(
    ("kind", "expected"), [("as_usual", "yes"), ("closed", "no"), (None, "unknown")]
)
def test_answered_eve_is_as_answered(kind, expected):
    eve = date(2026, 12, 24)
    rows = [regular("thu 9-15")] + ([ScheduleException(kind, eve, eve)] if kind else [])
    found = asked(Wish(weekday=4), stockholm(2026, 12, 21), *rows, holidays=christmas_eve)
    assert found == expected


@pytest.mark.parametrize(
    ("wish", "hour", "expected"),
    [
        (now, 11, "unknown"),
        (now, 12, "no"),
        (now, 14, "unknown"),
        (Wish(weekday=TODAY, part=Part.MORNING), 12, "no"),
        (Wish(weekday=TODAY), 12, "unknown"),
    ],
)
@pytest.mark.parametrize("knows", ["nothing", "usual hours"])
def test_part_closure_of_an_unknown_day_is_closed(wish, hour, expected, knows):
    eve = date(2026, 12, 24)
    lunch = ScheduleException("part_closed", eve, eve, slots("12-13"))
    rows = [regular("thu 9-15")] if knows == "usual hours" else [regular(last=date(2026, 6, 1))]
    at = stockholm(2026, 12, 24, hour)
    assert asked(wish, at, *rows, lunch, holidays=christmas_eve) == expected


@pytest.mark.parametrize(
    ("wish", "rows", "expected"),
    [
        (now, [], "unknown"),
        (Wish(weekday=3), [], "unknown"),
        (Wish(weekday=3), [ScheduleException("closed", MONDAY, None)], "no"),
        (now, [ScheduleException("extra", MONDAY, MONDAY, slots("9-12"))], "yes"),
        (Wish(weekday=TODAY, part=Part.MORNING), [], "unknown"),
        # Last night's hours are not those of today.
        (Wish(weekday=2, part=Part.MORNING), [regular("tue 9-12", first=MONDAY + DAY)], "yes"),
        (Wish(weekday=2, part=Part.EVENING), [regular("tue 9-12", first=MONDAY + DAY)], "no"),
    ],
)
def test_day_without_a_schedule_is_unknown(wish, rows, expected):
    assert asked(wish, stockholm(2026, 11, 23, 10), *rows) == expected


def test_second_of_the_repeated_hours_is_told_from_the_first():
    hours = regular("sun 2.30-4")
    first = datetime(2026, 10, 25, 2, 10, tzinfo=STOCKHOLM)
    assert asked(now, first, hours) == "no"
    assert asked(now, first.replace(fold=1), hours) == "yes"
    assert asked(now, first.replace(fold=1).astimezone(UTC), hours) == "yes"


def test_session_that_reaches_into_the_next_window_is_found_once():
    wish = Wish(evenings_and_weekends=True)
    at = stockholm(2026, 11, 23, 9)
    found = ask(hours_of(regular("sat 20-2")), wish, wish.windows(at, STOCKHOLM))
    assert [match.day.day for match in found.matches[0]] == [28, 5]


# --- Ages -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("wish", "lowest", "highest", "expected"),
    [
        (Wish(), 12, 24, True),
        (Wish(age=0), None, None, True),
        (Wish(age=0), 0, 8, True),
        (Wish(age=8), 0, 8, True),
        (Wish(age=9), 0, 8, False),
        (Wish(age=11), 12, None, False),
        (Wish(age=12), 12, None, True),
        (Wish(expecting=True), None, None, True),
        (Wish(expecting=True), 0, 8, True),
        (Wish(expecting=True), 1, None, False),
    ],
)
def test_ages_are_completed_months_with_both_ends(wish, lowest, highest, expected):
    assert wish.takes_ages(lowest, highest) is expected


def test_time_and_age_must_hold_for_the_same_session():
    babies = regular("mon 9-11", max_age_months=8)
    week = replace(babies, slots=(*babies.slots, *slots("mon 13-15", min_age_months=9)))
    at = stockholm(2026, 11, 23, 10)
    assert asked(Wish(now=True, age=8), at, week) == "yes"
    assert asked(Wish(now=True, age=9), at, week) == "no"
    assert asked(Wish(weekday=TODAY, part=Part.AFTERNOON, age=9), at, week) == "yes"
    assert asked(Wish(weekday=TODAY, part=Part.AFTERNOON, age=8), at, week) == "no"


def test_unanswered_eve_is_unknown_only_to_the_ages_of_its_sessions():
    hours = regular("thu 9-15", max_age_months=8)
    at = stockholm(2026, 12, 21)
    assert asked(Wish(weekday=4, age=8), at, hours, holidays=christmas_eve) == "unknown"
    assert asked(Wish(weekday=4, age=9), at, hours, holidays=christmas_eve) == "no"


# --- What a wish is ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("wish", "about_rooms", "time"),
    [
        (Wish(), False, False),
        (Wish(step_free=True), False, False),
        (Wish(service="bvc"), True, False),
        (Wish(age=0), True, False),
        (Wish(expecting=True), True, False),
        (Wish(language="so"), True, False),
        (Wish(now=True), True, True),
        (Wish(weekday=TODAY), True, True),
        (Wish(part=Part.MORNING), True, True),
        (Wish(evenings_and_weekends=True), True, True),
    ],
)
def test_wish_knows_what_it_asks_for(wish, about_rooms, time):
    assert wish.is_about_rooms is about_rooms
    assert wish.has_time is time


def test_wish_without_fields_asks_for_the_rest():
    wish = Wish(service="bvc", now=True, channel="phone", age=3)
    assert wish.without("now", "channel") == Wish(service="bvc", age=3)


# --- For any hours that staff can enter -------------------------------------------------------


@many
@given(entered_rows(), moments_away)
def test_open_now_is_what_the_status_says(rows, seconds):
    hours, at = rows.asked(), moment(rows, seconds)
    answer = ask(hours, now, now.windows(at, rows.zone))
    status = hours.status(at)
    assert answer.is_met == status.is_open
    if answer.is_unknown:
        assert status.state is State.UNKNOWN
    # On an unanswered eve only the usual hours are in doubt.
    if status.state is State.UNKNOWN and status.day.why is Why.NO_SCHEDULE:
        assert answer.is_unknown


@many
@given(entered_rows(), moments_away)
def test_today_is_met_when_something_opens_before_midnight(rows, seconds):
    hours, at = rows.asked(), moment(rows, seconds)
    wish = Wish(weekday=TODAY)
    windows = wish.windows(at, rows.zone)
    [[(start, end)]] = windows
    answer = ask(hours, wish, windows)
    assert answer.is_met == bool(hours.intervals(start, end))


@st.composite
def wishes(draw):
    return Wish(
        now=draw(st.booleans()),
        weekday=draw(st.none() | st.integers(0, 7)),
        part=draw(st.none() | st.sampled_from(list(Part))),
        evenings_and_weekends=draw(st.booleans()),
        age=draw(st.none() | st.integers(0, 12)),
    )


@many
@given(wishes(), moments_away)
def test_windows_lie_ahead_in_order_and_apart(wish, seconds):
    at = stockholm(2026, 10, 25, 12) + timedelta(seconds=seconds)
    for windows in wish.windows(at, ZoneInfo("Europe/Stockholm")):
        edges = [edge for window in windows for edge in window]
        assert edges == sorted(edges)
        assert all(start < end for start, end in windows)
        assert not windows or windows[0][0] >= at


@many
@given(entered_rows(), wishes(), moments_away)
def test_every_match_is_open_then_and_takes_the_age(rows, wish, seconds):
    hours, at = rows.asked(), moment(rows, seconds)
    windows = wish.windows(at, rows.zone)
    answer = ask(hours, wish, windows)
    assert not (answer.is_met and answer.is_unknown)
    for found, spans in zip(answer.matches, windows, strict=True):
        assert len(set(found)) == len(found)
        for match in found:
            start, end = match.span
            assert any(start < last and end > first for first, last in spans)
            assert hours.intervals(start, end) == [(start, end)]
            assert wish.takes(match.slot)
