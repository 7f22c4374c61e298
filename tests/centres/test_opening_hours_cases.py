"""Replays cases of three public systems; `data/opening_hours.json` says how they map."""

import json
from datetime import date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from centres.holiday_calendar import holidays_between
from centres.hours_values import Holiday, Schedule, ScheduleException, Slot, State, Status
from centres.opening_hours import OpeningHours

CASES = json.loads((Path(__file__).parent / "data/opening_hours.json").read_text())["cases"]
EARLY = date(2000, 1, 1)
EVERY_DAY = range(1, 8)
DAY = timedelta(days=1)

# Case ids that the model cannot express, with the reason.
LEFT_OUT: dict[str, str] = {}


class NotInOurModelError(Exception):
    """The case says something that staff cannot enter."""


# --- From a case to our rows ------------------------------------------------------------------


def hours_of(case):
    """The case's periods as schedules and exceptions, asked in its own time zone."""
    ordinary = [p for p in case["periods"] if not p.get("override") and not p.get("subtract")]
    changed = [p for p in case["periods"] if p not in ordinary]
    schedules, exceptions = [], []
    for period in ordinary:
        if any(overlap(period, schedule) for schedule in schedules):
            exceptions += extra_per_date(period)
        else:
            schedules.append(schedule_of(period, "regular"))
    for period in changed:
        row = part_closures(case, period) if period.get("subtract") else override(period)
        exceptions += [r for r in row if isinstance(r, ScheduleException)]
        schedules += [r for r in row if isinstance(r, Schedule)]
    return OpeningHours(
        schedules,
        exceptions,
        zone=ZoneInfo(case["tz"]),
        holidays={
            date.fromisoformat(day): Holiday("helgdag", True) for day in case.get("holidays", [])
        },
        confirmed_at=moment(case, case["ask"].get("at") or case["ask"]["from"]),
    )


def first_and_last(period):
    first, last = period["from"], period["to"]
    return date.fromisoformat(first) if first else EARLY, date.fromisoformat(last) if last else None


def overlap(period, schedule):
    first, last = first_and_last(period)
    return first <= (schedule.valid_to or date.max) and schedule.valid_from <= (last or date.max)


def schedule_of(period, kind):
    slots = [slot for span in period["spans"] for slot in slots_of_week(span)]
    return Schedule(*first_and_last(period), tuple(slots), kind)


def slots_of_week(span):
    for weekday in span["weekdays"] or EVERY_DAY:
        for nth in span.get("nth", [None]):
            yield slot(span, weekday=weekday, nth_in_month=nth)


def slot(span, **recurrence):
    """A start or an end that is missing, and 24:00, are midnight."""
    opens, closes = (span[edge] or "00:00" for edge in ("start", "end"))
    opens_at, closes_at = (
        time.fromisoformat(opens),
        time.fromisoformat(closes.replace("24:", "00:")),
    )
    ends_next_day = bool(span.get("next_day") or closes_at == time(0))
    if (closes_at <= opens_at) != ends_next_day:
        raise NotInOurModelError("longer than 24 hours")
    parity = span.get("iso_week", "every")
    return Slot(opens_at, closes_at, week_parity=parity if recurrence else "every", **recurrence)


def extra_per_date(period):
    for day in dates(*first_and_last(period)):
        for span in on_weekday(period, day):
            yield ScheduleException("extra", day, day, (slot(span),))


def part_closures(case, period):
    """One for the whole range if every day is alike, else one for each date asked about."""
    first, last = first_and_last(period)
    if all(span["weekdays"] is None for span in period["spans"]):
        return [ScheduleException("part_closed", first, last, tuple(map(slot, period["spans"])))]
    asked = (datetime.fromisoformat(case["ask"][edge]).date() for edge in ("from", "to"))
    return [
        ScheduleException("part_closed", day, day, (slot(span),))
        for day in dates(*asked)
        for span in on_weekday(period, day)
    ]


def override(period):
    first, last = first_and_last(period)
    if any(span.get("on_holidays") for span in period["spans"]):
        return []  # an unanswered public holiday is closed by the calendar
    if all(span.get("state") == "closed" for span in period["spans"]):
        return [ScheduleException("closed", first, last)]
    if last is None:
        raise NotInOurModelError("changed hours without an end: a season has one")
    if first == last:
        slots = tuple(slot(span) for span in on_weekday(period, first))
        return [ScheduleException("replaced", first, last, slots)]
    return [schedule_of(period, "season")]


def on_weekday(period, day):
    return [s for s in period["spans"] if day.isoweekday() in (s["weekdays"] or EVERY_DAY)]


def dates(first, last):
    return [first + n * DAY for n in range((last - first).days + 1)]


def moment(case, text):
    """Times without an offset are wall clock in the zone of the case."""
    parsed = datetime.fromisoformat(text)
    return parsed if parsed.tzinfo else parsed.replace(tzinfo=ZoneInfo(case["tz"]))


# --- From our answers to the case's -----------------------------------------------------------


def answer(case):
    return ANSWERS[case["ask"]["kind"]](case)


def intervals(case):
    start, end = (moment(case, case["ask"][edge]) for edge in ("from", "to"))
    return [[wall(case, a), wall(case, b)] for a, b in hours_of(case).intervals(start, end)]


def is_open(case):
    return status(case).is_open


def next_change(case):
    now = status(case)
    return wall(case, now.until if now.state is State.OPEN else now.next_opening)


def next_open(case):
    return wall(case, status(case).next_opening)


def public_holidays(case):
    first, last = (date.fromisoformat(case["ask"][edge]) for edge in ("from", "to"))
    days = holidays_between(first.year, last.year).items()
    return sorted(str(d) for d, holiday in days if holiday.public and first <= d <= last)


def status(case) -> Status:
    return hours_of(case).status(moment(case, case["ask"]["at"]))


def wall(case, instant):
    return instant and f"{instant.astimezone(ZoneInfo(case['tz'])):%Y-%m-%dT%H:%M}"


ANSWERS = {
    "intervals": intervals,
    "is_open": is_open,
    "next_change": next_change,
    "next_open": next_open,
    "holidays": public_holidays,
}


def is_expressible(case):
    try:
        hours_of(case)
    except NotInOurModelError:
        return False
    return True


# --- The tests --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "case", [c for c in CASES if c["id"] not in LEFT_OUT], ids=lambda case: case["id"]
)
def test_case(case):
    assert answer(case) == case["expect"]


def test_only_what_the_model_cannot_express_is_left_out():
    assert {case["id"] for case in CASES if not is_expressible(case)} == LEFT_OUT.keys()


def test_all_cases_are_there_and_none_twice():
    assert len({case["id"] for case in CASES}) == len(CASES) == 36
