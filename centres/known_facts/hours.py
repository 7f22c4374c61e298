"""Schedules and closures as they stand in a facts file."""

from dataclasses import dataclass
from datetime import date, time

from services.languages import SpokenLanguage
from services.validators import HIGHEST_AGE

from ..models import Channel, ScheduleException, TimeSlot
from .rows import Row


@dataclass(frozen=True)
class KnownSchedule:
    """The hours of one channel over some dates; `slots` are fields of `TimeSlot`."""

    channel: str
    valid_from: date
    valid_to: date
    slots: list[dict]
    confirmation: dict

    def overlaps(self, other: "KnownSchedule") -> bool:
        return (
            self.channel == other.channel
            and self.valid_from <= other.valid_to
            and other.valid_from <= self.valid_to
        )


def schedules_in(row: Row, read_confirmation) -> list[KnownSchedule]:
    schedules: list[KnownSchedule] = []
    for inner in row.rows("schedules", []):
        schedule = _schedule(inner, read_confirmation)
        if any(schedule.overlaps(other) for other in schedules):
            inner.refuse("overlaps another schedule of the same channel")
        schedules.append(schedule)
    return schedules


def _schedule(row: Row, read_confirmation) -> KnownSchedule:
    schedule = KnownSchedule(
        channel=row.one_of("channel", Channel.values, "channel"),
        **_range(row, "valid_from", "valid_to"),
        slots=[slot_fields(slot) for slot in row.rows("slots")],
        confirmation=read_confirmation(row.row("confirmation")),
    )
    row.finish()
    return schedule


def slot_fields(row: Row) -> dict:
    """The fields of a `TimeSlot`: wall time, ages in completed months, both ends included."""
    fields = {
        "weekday": row.number("weekday", 1, 7),
        "opens_at": row.clock("opens_at"),
        "closes_at": row.clock("closes_at"),
        "week_parity": row.one_of(
            "week_parity", TimeSlot.WeekParity.values, "week parity", TimeSlot.WeekParity.EVERY
        ),
        "nth_in_month": row.number("nth_in_month", -5, 5, None),
        "label": row.text("label", "", of=TimeSlot),
        "min_age_months": row.number("min_age_months", 0, HIGHEST_AGE, None),
        "max_age_months": row.number("max_age_months", 0, HIGHEST_AGE, None),
        "siblings": row.one_of(
            "siblings", TimeSlot.Siblings.values, "sibling rule", TimeSlot.Siblings.UNSTATED
        ),
        "language": row.one_of("language", ("", *SpokenLanguage.values), "spoken language", ""),
    }
    row.finish()
    _refuse_contradictions(row, **fields)
    return fields


def _refuse_contradictions(
    row: Row,
    *,
    opens_at: time,
    closes_at: time,
    week_parity: str,
    nth_in_month: int | None,
    min_age_months: int | None,
    max_age_months: int | None,
    **_others,
) -> None:
    if closes_at <= opens_at:
        row.refuse("closes before it opens")
    if nth_in_month == 0:
        row.refuse("bad number in 'nth_in_month': no day is the 0th of its month")
    if nth_in_month and week_parity != TimeSlot.WeekParity.EVERY:
        row.refuse("odd or even weeks and once a month do not go together")
    if None not in (min_age_months, max_age_months) and max_age_months < min_age_months:
        row.refuse(f"the highest age, {max_age_months} months, is under the lowest")


def closures_in(row: Row) -> list[dict]:
    """Days on which the whole service was closed, as fields of `ScheduleException`."""
    return [_closure(inner) for inner in row.rows("closures", [])]


def _closure(row: Row) -> dict:
    fields = {
        "kind": ScheduleException.Kind.CLOSED,
        **_range(row, "first_day", "last_day"),
        "reason": row.one_of("reason", ScheduleException.Reason.values, "reason", ""),
    }
    row.finish()
    return fields


def _range(row: Row, first_key: str, last_key: str) -> dict[str, date]:
    first, last = row.day(first_key), row.day(last_key)
    if last < first:
        row.refuse(f"{last_key!r} {last} is before {first_key!r} {first}")
    return {first_key: first, last_key: last}
