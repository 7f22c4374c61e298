"""What the rules of opening hours take and give: plain values, without a database. Pure."""

from dataclasses import dataclass, replace
from datetime import date, datetime, time
from enum import StrEnum

from .spans import Span, merge

DECIDING_KINDS = ("closed", "replaced", "as_usual")
"""Kinds of exceptions that decide a day, in the order in which they win."""


class State(StrEnum):
    OPEN = "open"
    CLOSED = "closed"
    UNKNOWN = "unknown"


class Why(StrEnum):
    """What decided the state of a day."""

    SCHEDULE = "schedule"
    EXCEPTION = "exception"
    HOLIDAY = "holiday"
    HOLIDAY_UNANSWERED = "holiday_unanswered"
    NO_SCHEDULE = "no_schedule"


@dataclass(frozen=True, slots=True)
class Slot:
    """Hours of one day. `weekday` is ISO (1 is Monday) and None in an exception.

    Ages are completed months, both ends included.
    """

    opens_at: time
    closes_at: time
    weekday: int | None = None
    week_parity: str = "every"
    nth_in_month: int | None = None
    label: str = ""
    min_age_months: int | None = None
    max_age_months: int | None = None
    siblings: str = "unstated"
    language: str = ""

    @property
    def order(self) -> tuple[object, ...]:
        """Where it stands in a list, whatever the order it was entered in."""
        lowest, highest = (
            -1 if age is None else age for age in (self.min_age_months, self.max_age_months)
        )
        times = (self.opens_at, self.closes_at, self.label, lowest, highest)
        return (*times, self.siblings, self.language, self.week_parity, self.nth_in_month or 0)

    def occurs_on(self, day: date) -> bool:
        """Whether this slot of a week starts on `day`."""
        if self.weekday != day.isoweekday():
            return False
        if self.week_parity != "every":
            return (day.isocalendar().week % 2 == 1) == (self.week_parity == "odd")
        return self.nth_in_month is None or self.nth_in_month in _nth_of_month(day)


@dataclass(frozen=True, slots=True)
class Schedule:
    """A range of dates (`valid_to` inclusive, None is without end) and the slots of its week.

    `awaits_confirmation`: made from another term, and nobody has said yet that it is right.
    """

    valid_from: date
    valid_to: date | None
    slots: tuple[Slot, ...]
    kind: str = "regular"
    awaits_confirmation: bool = False

    @property
    def dates(self) -> tuple[date, date | None]:
        return self.valid_from, self.valid_to

    def covers(self, day: date) -> bool:
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)

    def in_order(self) -> "Schedule":
        """The same with its slots in the order of a list."""
        if len(self.slots) < 2:
            return self
        return replace(self, slots=tuple(sorted(self.slots, key=lambda slot: slot.order)))

    @property
    def priority(self) -> tuple[bool, int, int]:
        """Seasons before regular ones, shorter before longer, later before earlier."""
        return (
            self.kind != "season",
            _length(self.valid_from, self.valid_to),
            -self.valid_from.toordinal(),
        )


@dataclass(frozen=True, slots=True)
class ScheduleException:
    """A day or some days that differ; `last_day` None is until further notice.

    `channel` "" is every channel. `of_centre` is True for the whole house. `reason` is in words,
    `cause` the same as the code of `models.ScheduleException.Reason`.
    """

    kind: str
    first_day: date
    last_day: date | None
    slots: tuple[Slot, ...] = ()
    of_centre: bool = False
    channel: str = ""
    reason: str = ""
    note: str = ""
    cause: str = ""

    @property
    def dates(self) -> tuple[date, date | None]:
        return self.first_day, self.last_day

    def covers(self, day: date) -> bool:
        return self.first_day <= day and (self.last_day is None or day <= self.last_day)

    @property
    def width(self) -> tuple[int, bool]:
        """The shorter range is narrower; then the service is narrower than the centre."""
        return _length(self.first_day, self.last_day), self.of_centre

    @property
    def rank(self) -> tuple[object, ...]:
        """The lowest decides. What comes after the later first day only keeps the order of rows
        from mattering."""
        kind, latest = _kind_rank(self.kind), -self.first_day.toordinal()
        slots = [slot.order for slot in self.slots]
        return self.width, kind, latest, slots, self.channel, self.reason, self.note


@dataclass(frozen=True, slots=True)
class Holiday:
    """A public holiday (`public`), or an eve or squeeze day that must be answered."""

    name: str
    public: bool


@dataclass(frozen=True, slots=True)
class Entry:
    """A slot as it stands on a day, and what remains of it when part closures are cut out.

    A slot left without minutes has no spans: it is listed and never open.
    """

    slot: Slot
    spans: tuple[Span, ...]
    is_extra: bool = False


@dataclass(frozen=True, slots=True)
class Day:
    """What is known of one day for one service and channel.

    `usual` are the schedule's own slots where a holiday or an exception sets them aside,
    `exception` the one that decided, `adjustments` the extra hours and part closures in force.
    """

    date: date
    state: State
    why: Why
    entries: tuple[Entry, ...] = ()
    usual: tuple[Slot, ...] = ()
    holiday: Holiday | None = None
    exception: ScheduleException | None = None
    adjustments: tuple[ScheduleException, ...] = ()

    @property
    def spans(self) -> list[Span]:
        """When it is open, of the slots that start this day, merged and in order."""
        return merge(span for entry in self.entries for span in entry.spans)


@dataclass(frozen=True, slots=True)
class Status:
    """The answer at a moment. Instants are UTC.

    `until` is None while open when no end is in sight for 400 days. Unless open, `next_opening` is
    the next confirmed one within 400 days, and `unconfirmed` the first unknown day before it.
    `needs_check` says that the hours were confirmed 180 days ago or never. The answer is the same
    until `holds_until`.
    """

    state: State
    at: datetime
    day: Day
    holds_until: datetime
    until: datetime | None = None
    next_opening: datetime | None = None
    unconfirmed: Day | None = None
    needs_check: bool = False

    @property
    def is_open(self) -> bool:
        return self.state is State.OPEN


def _kind_rank(kind: str) -> int:
    return DECIDING_KINDS.index(kind) if kind in DECIDING_KINDS else len(DECIDING_KINDS)


def _nth_of_month(day: date) -> tuple[int, int]:
    """Which of its weekday in the month `day` is, from the start and from the end (negative)."""
    next_month = date(day.year + day.month // 12, day.month % 12 + 1, 1)
    days_left = (next_month - day).days - 1
    return (day.day - 1) // 7 + 1, -(days_left // 7 + 1)


def _length(first: date, last: date | None) -> int:
    """Days in an inclusive range; without an end longer than any other."""
    return (last - first).days + 1 if last else 10**9
