"""The rules of the programme."""

from datetime import date, time

import pytest

from centres.holiday_calendar import holidays_between
from centres.hours_values import Slot
from centres.programme import occurrences
from centres.programme_values import Activity, Closures, Rule
from tests.factories import STOCKHOLM

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
