"""The rules of the programme."""

from dataclasses import replace
from datetime import date, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from centres.holiday_calendar import holidays_between
from centres.hours_values import Schedule, ScheduleException, Slot
from centres.opening_hours import OpeningHours
from centres.programme import occurrences, sessions
from centres.programme_values import Activity, Change, Closures, Rule, State, Why
from tests.factories import STOCKHOLM, stockholm

HOLIDAYS = holidays_between(2025, 2028)
YEAR = date(2026, 1, 1), date(2026, 12, 31)
TUESDAY = date(2026, 11, 24)


def rule(weekday: int | None, starts=time(13), ends=time(15), *, dates=YEAR, **more) -> Rule:
    awaits = more.pop("awaits", False)
    return Rule(*dates, Slot(starts, ends, weekday, **more), awaits)


def single(day: date, starts=time(13), ends=time(15)) -> Rule:
    return rule(None, starts, ends, dates=(day, day))


def activity(*rules: Rule, **fields) -> Activity:
    return Activity("a", "room", rules or (rule(2),), **fields)


def of(planned: Activity, first: date = TUESDAY, last: date | None = None, *exceptions, **closures):
    """Of one day unless told otherwise."""
    return occurrences(
        planned,
        first,
        last or first,
        zone=STOCKHOLM,
        closures=Closures(exceptions, **closures),
        holidays=HOLIDAYS,
    )


def one(planned: Activity, day: date = TUESDAY, *exceptions, **closures):
    found = of(planned, day, day, *exceptions, **closures)
    assert len(found) == 1, found
    return found[0]


def days(planned: Activity, first: date, last: date) -> list[str]:
    return [f"{found.day:%m-%d}" for found in of(planned, first, last)]


# --- Dates -----------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("when", "first", "last", "expected"),
    [
        (rule(2), date(2026, 11, 1), date(2026, 11, 30), ["11-03", "11-10", "11-17", "11-24"]),
        (rule(2, nth_in_month=1), date(2026, 11, 1), date(2026, 12, 31), ["11-03", "12-01"]),
        (rule(1, nth_in_month=5), date(2026, 10, 1), date(2026, 11, 30), ["11-30"]),
        (rule(1, nth_in_month=-1), date(2026, 11, 1), date(2026, 12, 31), ["11-30", "12-28"]),
        (
            rule(2, week_parity="odd", dates=(date(2026, 12, 1), date(2027, 1, 31))),
            date(2026, 12, 14),
            date(2027, 1, 20),
            ["12-15", "12-29", "01-05", "01-19"],  # weeks 51, 53, 1, 3
        ),
        (
            rule(2, week_parity="even", dates=(date(2026, 12, 1), date(2027, 1, 31))),
            date(2026, 12, 14),
            date(2027, 1, 20),
            ["12-22", "01-12"],  # weeks 52, 2
        ),
        (single(TUESDAY), date(2026, 11, 1), date(2026, 11, 30), ["11-24"]),
        (single(TUESDAY), date(2026, 11, 25), date(2026, 11, 30), []),
        (
            rule(2, dates=(date(2026, 11, 10), date(2026, 11, 17))),
            date(2026, 11, 1),
            date(2026, 11, 30),
            ["11-10", "11-17"],
        ),
    ],
)
def test_dates_of_a_rule(when, first, last, expected):
    assert days(activity(when), first, last) == expected


# --- What becomes of a date ----------------------------------------------------------------------
CLOSED = ScheduleException("closed", TUESDAY, TUESDAY, reason="sjukdom", cause="illness")
HOUSE = replace(CLOSED, of_centre=True)
LIBRARY = {"venue": "library"}
AWAY = Change("changed", TUESDAY, time(13), new_venue="library")
ANYWAY = Change("changed", TUESDAY, time(13), despite_closing=True)


@pytest.mark.parametrize(
    ("fields", "exceptions", "state", "why"),
    [
        ({}, [], State.SCHEDULED, Why.PLAN),
        ({}, [CLOSED], State.SUSPENDED, Why.EXCEPTION),
        ({}, [HOUSE], State.SUSPENDED, Why.EXCEPTION),
        (
            {},
            [replace(HOUSE, last_day=None), replace(CLOSED, kind="as_usual")],
            "scheduled",
            "plan",
        ),
        ({}, [replace(CLOSED, channel="phone")], State.SCHEDULED, Why.PLAN),
        ({}, [replace(CLOSED, cause="booked")], State.SUSPENDED, Why.EXCEPTION),
        ({"is_drop_in": False}, [replace(CLOSED, cause="booked")], State.SCHEDULED, Why.PLAN),
        (LIBRARY, [CLOSED], State.SUSPENDED, Why.EXCEPTION),
        (LIBRARY, [HOUSE], State.SCHEDULED, Why.PLAN),
        (LIBRARY, [replace(CLOSED, cause="premises")], State.SCHEDULED, Why.PLAN),
        ({"changes": (AWAY,)}, [HOUSE], State.CHANGED, Why.CHANGE),
        ({"changes": (AWAY,)}, [CLOSED], State.SUSPENDED, Why.EXCEPTION),
        ({"changes": (ANYWAY,)}, [CLOSED, HOUSE], State.CHANGED, Why.CHANGE),
        (
            {"changes": (Change("cancelled", TUESDAY, time(13)),)},
            [replace(CLOSED, kind="as_usual")],
            State.CANCELLED,
            Why.CHANGE,
        ),
    ],
)
def test_closings(fields, exceptions, state, why):
    found = one(activity(**fields), TUESDAY, *exceptions)
    assert (found.state, found.why) == (state, why)
    assert found.happens == (state in ("scheduled", "changed"))


@pytest.mark.parametrize(
    ("day", "exceptions", "state", "name"),
    [
        (date(2026, 12, 25), [], State.SUSPENDED, "juldagen"),
        (date(2026, 12, 24), [], State.UNCONFIRMED, "julafton"),
        (date(2026, 12, 24), ["as_usual"], State.SCHEDULED, None),
        (date(2026, 12, 24), ["closed"], State.SUSPENDED, "julafton"),
        (date(2026, 12, 25), ["as_usual"], State.SCHEDULED, None),
    ],
)
@pytest.mark.parametrize("venue", [None, "library"])
def test_holidays(day, exceptions, state, name, venue):
    planned = activity(rule(day.isoweekday()), venue=venue)
    found = one(planned, day, *(ScheduleException(kind, day, day) for kind in exceptions))
    assert found.state is state
    assert (found.holiday and str(found.holiday.name)) == name


def test_moved_away_here_and_into_a_closed_day():
    wednesday = date(2026, 11, 25)
    moved = activity(changes=(Change("moved", TUESDAY, time(13), wednesday, time(9), time(11)),))
    away, here = of(moved, TUESDAY, wednesday)
    assert (away.state, here.state) == (State.MOVED_AWAY, State.MOVED)
    assert (away.uid, away.key) == (here.uid, here.key)
    assert here.starts == stockholm(2026, 11, 25, 9)
    assert here.planned[0] == stockholm(2026, 11, 24, 13)
    assert of(moved, wednesday)[0].state is State.MOVED
    closed = ScheduleException("closed", wednesday, wednesday)
    assert of(moved, wednesday, wednesday, closed)[0].state is State.SUSPENDED
    # out of one: where it was to be is closed, where it is now is not
    assert [found.state for found in of(moved, TUESDAY, wednesday, CLOSED)] == [
        State.MOVED_AWAY,
        State.MOVED,
    ]


def test_part_closure_leaves_what_remains_and_other_hours_leave_doubt():
    cut = replace(CLOSED, kind="part_closed", slots=(Slot(time(14), time(16)),))
    found = one(activity(), TUESDAY, cut)
    assert (found.state, found.ends, found.reason) == (
        State.CHANGED,
        stockholm(2026, 11, 24, 14),
        "sjukdom",
    )
    whole = replace(cut, slots=(Slot(time(12), time(16)),))
    assert one(activity(), TUESDAY, whole).state is State.SUSPENDED
    around, before = (
        replace(CLOSED, kind="replaced", channel="drop_in", slots=(Slot(time(9), time(end)),))
        for end in (16, 12)
    )
    assert one(activity(), TUESDAY, around).state is State.SCHEDULED
    assert one(activity(), TUESDAY, before).state is State.UNCONFIRMED


def test_seasons_houses_and_copied_terms():
    summer = Schedule(date(2026, 11, 1), date(2026, 11, 30), (), "season")
    closed = {"seasons": (("drop_in", summer),)}
    assert one(activity(), TUESDAY, **closed).why is Why.SEASON
    assert one(activity(single(TUESDAY)), TUESDAY, **closed).happens
    shut = {"shut": ((TUESDAY, None),)}
    assert one(activity(), TUESDAY, **shut).why is Why.HOUSE
    assert one(activity(**LIBRARY), TUESDAY, **shut).happens
    assert one(activity(), date(2026, 11, 17), **shut).happens
    copied = activity(rule(2, awaits=True))
    assert (one(copied).state, one(copied).why) == (State.UNCONFIRMED, Why.AWAITS)
    assert one(copied, TUESDAY, CLOSED).state is State.SUSPENDED


@pytest.mark.parametrize(
    ("day", "starts", "ends", "hours", "state"),
    [
        (date(2026, 3, 29), time(1), time(4), 2, State.SCHEDULED),
        (date(2026, 3, 29), time(2), time(3), 0, State.UNCONFIRMED),
        (date(2026, 3, 29), time(2, 30), time(4), 1, State.SCHEDULED),
        (date(2026, 10, 25), time(1), time(4), 4, State.SCHEDULED),
        (date(2026, 11, 24), time(22), time(2), 4, State.SCHEDULED),
    ],
)
def test_clock(day, starts, ends, hours, state):
    found = one(activity(single(day, starts, ends)), day)
    assert found.state is state
    assert (found.ends - found.starts).total_seconds() == hours * 3600


def test_key_says_the_same_for_all_time():
    found = one(activity())
    assert found.uid == one(replace(activity(rule(2, ends=time(17))), room="Nytt rum")).uid
    assert found.uid == "e585d2ee-1507-5224-8fc6-7cce8e0ffcf3"


# --- Labelled slots ------------------------------------------------------------------------------
BABIES = Slot(time(9), time(11), 2, label="Babyöppet")


@pytest.mark.parametrize(
    ("day", "exceptions", "state"),
    [
        (TUESDAY, [], State.SCHEDULED),
        (TUESDAY, [CLOSED], State.SUSPENDED),
        (TUESDAY, [HOUSE], State.SUSPENDED),
        (
            TUESDAY,
            [replace(CLOSED, kind="replaced", slots=(Slot(time(9), time(10)),))],
            "suspended",
        ),
        (date(2026, 12, 29), [], State.SCHEDULED),
        (date(2026, 6, 23), [], State.SCHEDULED),
        (date(2026, 1, 6), [], State.SUSPENDED),
        (date(2026, 4, 7), [], State.SCHEDULED),
    ],
)
def test_labelled_slots(day, exceptions, state):
    week = Schedule(date(2026, 1, 1), None, (BABIES, Slot(time(9), time(15), 1)))
    hours = OpeningHours([week], exceptions, zone=STOCKHOLM, holidays=HOLIDAYS)
    (found,) = sessions("room", "drop_in", hours, day, day, closures=Closures())
    assert found.state == state
    assert found.key.what == "drop_in/Babyöppet"


@pytest.mark.parametrize(("exceptions", "state"), [([], "scheduled"), ([CLOSED], "suspended")])
def test_two_slots_that_differ_in_ages_alone_are_two(exceptions, state):
    older = replace(BABIES, min_age_months=9, max_age_months=24)
    week = Schedule(date(2026, 1, 1), None, (older, BABIES))
    hours = OpeningHours([week], exceptions, zone=STOCKHOLM, holidays=HOLIDAYS)
    found = sessions("room", "drop_in", hours, TUESDAY, TUESDAY, closures=Closures())
    assert [(one.state, one.key.what, one.slot) for one in found] == [
        (state, "drop_in/Babyöppet", BABIES),
        (state, "drop_in/Babyöppet/2", older),
    ]
    assert len({one.uid for one in found}) == 2


# --- What always holds ---------------------------------------------------------------------------
DAYS = st.dates(date(2026, 11, 1), date(2027, 1, 10))
RULES = st.builds(
    lambda weekday, hour, parity: rule(weekday, time(hour), time(hour + 2), week_parity=parity),
    st.integers(1, 7),
    st.integers(8, 20),
    st.sampled_from(["every", "odd", "even"]),
)
CHANGES = st.builds(
    lambda kind, day, hour: Change(
        kind, day, time(hour), *((day, time(7), time(8)) * (kind == "moved"))
    ),
    st.sampled_from(["cancelled", "moved", "changed"]),
    DAYS,
    st.integers(8, 20),
)
EXCEPTIONS = st.builds(
    lambda kind, day, days, whole: ScheduleException(
        kind, day, day + timedelta(days), of_centre=whole and kind == "closed"
    ),
    st.sampled_from(["closed", "as_usual"]),
    DAYS,
    st.integers(0, 5),
    st.booleans(),
)


@given(
    st.lists(RULES, min_size=1, max_size=4),
    st.lists(CHANGES, max_size=4, unique_by=lambda change: (change.day, change.starts_at)),
    st.lists(EXCEPTIONS, max_size=3),
    st.randoms(use_true_random=False),
)
@settings(max_examples=60, deadline=None)
def test_order_does_not_matter_and_closed_is_closed(rules, changes, exceptions, dice):
    first, last = date(2026, 11, 15), date(2026, 12, 31)
    found = of(activity(*rules, changes=tuple(changes)), first, last, *exceptions)
    for rows in (rules, changes, exceptions):
        dice.shuffle(rows)
    assert of(activity(*rules, changes=tuple(changes)), first, last, *exceptions) == found
    cancelled = {(c.day, c.starts_at) for c in changes if c.kind == "cancelled"}
    always = [Slot(time(0), time(0), weekday) for weekday in range(1, 8)]
    open_ = OpeningHours(
        [Schedule(date(2026, 1, 1), None, tuple(always))],
        exceptions,
        zone=STOCKHOLM,
        holidays=HOLIDAYS,
    )
    for occurrence in found:
        assert not (occurrence.happens and occurrence.key[1:3] in cancelled)
        assert not (occurrence.happens and open_.day(occurrence.day).state != "open")
