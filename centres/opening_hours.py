"""The rules of opening hours: pure, with the zone, the holidays and the moment as arguments.

The rules, in the order the code has them:

1.  *Clock.* Hours are wall time. They become UTC instants date by date, and only instants are
    compared. A time in the hour that spring skips means the end of the gap; one in the hour that
    autumn repeats means its first occurrence.
2.  *Slots.* A slot belongs to the day it starts on. Closing at or before the opening time is on the
    next day, so equal times are 24 hours. Odd and even are the ISO week of that day.
3.  *Who wins* among exceptions that decide a day (closed, replaced, as_usual): the shorter range,
    then service over centre, then that order of kinds, then the later first day.
4.  *What decides a day:* the winning exception, else a public holiday or eve, else the season (the
    shorter one), else the regular schedule, else nothing: the day is unknown. Holidays act only
    where the schedule has a slot; public ones close, eves and squeeze days are unknown until
    answered.
5.  *Adding.* `extra` adds its hours unless a one-day `closed` of the service itself covers it.
6.  *Cutting.* `part_closed` is subtracted last, as instants, from whatever is open, the tail of the
    night before included. `as_usual` exempts a service from wider part closures.
7.  *States.* Unknown never becomes closed. At a moment: open inside a span; closed inside a part
    closure; else as the day is. The tail of an unanswered night is as unknown as its evening.
8.  *Now.* Open until when, else the next confirmed opening within 400 days and the first
    unconfirmed day before it.
9.  *How long an answer holds:* at most to the next local midnight.

Spans are half-open `[start, end)`: at the closing minute it is closed.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from functools import cached_property, lru_cache
from typing import Generic, TypeVar
from zoneinfo import ZoneInfo

HORIZON = timedelta(days=400)
STALE_AFTER = timedelta(days=180)
_DAY = timedelta(days=1)
_MIDNIGHT = time(0)
_KIND_ORDER = {"closed": 0, "replaced": 1, "as_usual": 2}

Span = tuple[datetime, datetime]
"""A start and an end as UTC instants; the end is not part of it."""

Row = TypeVar("Row", "Schedule", "ScheduleException")


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
    """A range of dates (`valid_to` inclusive, None is without end) and the slots of its week."""

    valid_from: date
    valid_to: date | None
    slots: tuple[Slot, ...]
    kind: str = "regular"

    @property
    def dates(self) -> tuple[date, date | None]:
        return self.valid_from, self.valid_to

    def covers(self, day: date) -> bool:
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)

    def in_order(self) -> "Schedule":
        """The same with its slots in the order of a list."""
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

    `channel` "" is every channel. `of_centre` is True for the whole house.
    """

    kind: str
    first_day: date
    last_day: date | None
    slots: tuple[Slot, ...] = ()
    of_centre: bool = False
    channel: str = ""
    reason: str = ""
    note: str = ""

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
        kind, latest = _KIND_ORDER.get(self.kind, len(_KIND_ORDER)), -self.first_day.toordinal()
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


class OpeningHours:
    """The hours of one service and one channel, asked by day, by span or by moment.

    `exceptions` may hold those of the whole centre and of other channels; what does not concern
    `channel` is left out. `confirmed_at` is when someone last said that the hours are right.
    """

    def __init__(
        self,
        schedules: Iterable[Schedule],
        exceptions: Iterable[ScheduleException] = (),
        *,
        zone: ZoneInfo,
        holidays: Mapping[date, Holiday],
        channel: str = "drop_in",
        confirmed_at: datetime | None = None,
    ):
        self.zone = zone
        self.holidays = holidays
        self.channel = channel
        self.confirmed_at = confirmed_at
        self.schedules = sorted((s.in_order() for s in schedules), key=lambda s: s.priority)
        self._schedules = _ByDay(self.schedules)
        concerned = sorted(
            (e for e in exceptions if e.channel in ("", channel)), key=lambda e: e.rank
        )
        self._deciding = _ByDay([e for e in concerned if e.kind in _KIND_ORDER])
        self._extra = _ByDay([e for e in concerned if e.kind == "extra"])
        self._part = _ByDay([e for e in concerned if e.kind == "part_closed"])
        self._days: dict[date, Day] = {}

    # --- Days --------------------------------------------------------------------------------

    def schedule_on(self, day: date) -> Schedule | None:
        """The schedule that decides `day` where no exception does."""
        return next(iter(self._schedules.on(day)), None)

    def day(self, day: date) -> Day:
        """What is known of `day`, a local date."""
        if day not in self._days:
            self._days[day] = self._evaluate(day)
        return self._days[day]

    def days(self, first: date, count: int) -> list[Day]:
        """`count` days from `first`."""
        return [self.day(first + n * _DAY) for n in range(count)]

    def _evaluate(self, day: date) -> Day:
        winner = next(iter(self._deciding.on(day)), None)
        base, why, slots, usual = self._decide(day, winner)
        extra = self._extra_hours(day, winner)
        cuts = self._cuts_around(day)
        entries = [Entry(slot, self._open_spans(day, slot, cuts)) for slot in slots]
        entries += [
            Entry(slot, self._open_spans(day, slot, cuts), is_extra=True)
            for exception in extra
            for slot in exception.slots
        ]
        if extra or winner:  # those of a schedule are in order
            entries.sort(key=lambda entry: (entry.slot.order, entry.is_extra))
        if base is not State.UNKNOWN:
            base = State.OPEN if any(entry.spans for entry in entries) else State.CLOSED
        return Day(
            day,
            base,
            why,
            tuple(entries),
            usual,
            self.holidays.get(day),
            winner,
            (*extra, *self._part_closures(day)),
        )

    def _decide(
        self, day: date, winner: ScheduleException | None
    ) -> tuple[State, Why, tuple[Slot, ...], tuple[Slot, ...]]:
        """The state before extra hours and part closures, why, the slots, those set aside."""
        schedule = self.schedule_on(day)
        usual = tuple(s for s in schedule.slots if s.occurs_on(day)) if schedule else ()
        if winner and winner.kind != "as_usual":
            replaced = winner.slots if winner.kind == "replaced" else ()
            return State.CLOSED, Why.EXCEPTION, replaced, usual
        if schedule is None:
            return State.UNKNOWN, Why.NO_SCHEDULE, (), ()
        holiday = self.holidays.get(day)
        if holiday and usual and not winner:
            if holiday.public:
                return State.CLOSED, Why.HOLIDAY, (), usual
            return State.UNKNOWN, Why.HOLIDAY_UNANSWERED, (), usual
        return State.CLOSED, Why.EXCEPTION if winner else Why.SCHEDULE, usual, ()

    def _extra_hours(self, day: date, winner: ScheduleException | None) -> list[ScheduleException]:
        if winner and winner.kind == "closed" and winner.width <= (1, False):
            return []
        return self._extra.on(day)

    def _open_spans(self, day: date, slot: Slot, cuts: list[Span]) -> tuple[Span, ...]:
        start, end = self.span(day, slot)
        return tuple(_subtract(start, end, cuts))

    def span(self, day: date, slot: Slot) -> Span:
        """The instants of a slot that starts on `day`; empty where the clock skips it whole."""
        last_day = day if slot.closes_at > slot.opens_at else day + _DAY
        return instant(day, slot.opens_at, self.zone), instant(last_day, slot.closes_at, self.zone)

    def _part_closures(self, day: date) -> list[ScheduleException]:
        """Those in force on `day`: a narrower or equally narrow `as_usual` exempts from wider."""
        usual = [e.width for e in self._deciding.on(day) if e.kind == "as_usual"]
        return [e for e in self._part.on(day) if not any(width < e.width for width in usual)]

    def _cuts(self, day: date) -> list[Span]:
        return [self.span(day, slot) for e in self._part_closures(day) for slot in e.slots]

    def _cuts_around(self, day: date) -> list[Span]:
        """All cuts that can meet a slot that starts on `day`, in order."""
        if not self._part.rows:
            return []
        return sorted(cut for n in (-1, 0, 1) for cut in self._cuts(day + n * _DAY))

    # --- Spans -------------------------------------------------------------------------------

    def intervals(self, start: datetime, end: datetime) -> list[Span]:
        """The merged open spans between two aware moments, clipped to them, as UTC instants."""
        start, end = start.astimezone(UTC), end.astimezone(UTC)
        first = start.astimezone(self.zone).date() - _DAY
        last = end.astimezone(self.zone).date()
        return [
            (max(a, start), min(b, end))
            for a, b in self._merged_spans(first, last)
            if a < end and b > start
        ]

    def _merged_spans(self, first: date, last: date) -> Iterator[Span]:
        """Merged open spans of the slots that start on `first`..`last`, in order, lazily."""
        current: Span | None = None
        for start, end in self._ordered_spans(first, last):
            if current and start <= current[1]:
                current = (current[0], max(current[1], end))
                continue
            if current:
                yield current
            current = (start, end)
        if current:
            yield current

    def _ordered_spans(self, first: date, last: date) -> Iterator[Span]:
        """Spans by their start: what is left of a night may start after the next day's first."""
        waiting: list[Span] = []
        for ordinal in range(first.toordinal(), last.toordinal() + 1):
            day = self.day(date.fromordinal(ordinal))
            if not waiting and not day.entries:
                continue
            waiting = sorted([*waiting, *(span for e in day.entries for span in e.spans)])
            next_midnight = instant(day.date + _DAY, _MIDNIGHT, self.zone)
            while waiting and waiting[0][0] < next_midnight:
                yield waiting.pop(0)
        yield from waiting

    # --- Moments -----------------------------------------------------------------------------

    def status(self, at: datetime) -> Status:
        """Open, closed or unknown at the aware moment `at`, and what comes next."""
        at = at.astimezone(UTC)
        today = at.astimezone(self.zone).date()
        limit = instant(today + HORIZON, _MIDNIGHT, self.zone)
        span = self._span_at_or_after(at, today)
        if span and span[0] <= at:
            return self._open_status(at, today, span[1], limit)
        opening = span[0] if span and span[0] < limit else None
        state = self._state_between_spans(at, self.day(today))
        return Status(
            state=state,
            at=at,
            day=self.day(today),
            next_opening=opening,
            unconfirmed=self._first_unconfirmed(at, today, opening),
            needs_check=self.needs_check(at),
            holds_until=self._holds_until(at, today, [opening] if opening else []),
        )

    def _open_status(self, at: datetime, today: date, end: datetime, limit: datetime) -> Status:
        return Status(
            state=State.OPEN,
            at=at,
            day=self.day(today),
            until=end if end < limit else None,
            needs_check=self.needs_check(at),
            holds_until=self._holds_until(at, today, [end]),
        )

    def _span_at_or_after(self, at: datetime, today: date) -> Span | None:
        """The merged span that holds `at`, else the next one as far as the horizon."""
        spans = self._merged_spans(today - _DAY, today + HORIZON)
        return next((span for span in spans if span[1] > at), None)

    def _state_between_spans(self, at: datetime, today: Day) -> State:
        if any(start <= at < end for start, end in self._cuts_around(today.date)):
            return State.CLOSED
        if today.state is State.UNKNOWN or self._is_in_unanswered_tail(at, today.date):
            return State.UNKNOWN
        return State.CLOSED

    def _is_in_unanswered_tail(self, at: datetime, today: date) -> bool:
        return any(start <= at < end for start, end in self._unanswered_tails(today))

    def _unanswered_tails(self, today: date) -> list[Span]:
        """The usual hours of the evening before, where nobody has answered for that holiday."""
        evening = self.day(today - _DAY)
        if evening.why is not Why.HOLIDAY_UNANSWERED:
            return []
        return [self.span(evening.date, slot) for slot in evening.usual]

    def _first_unconfirmed(self, at: datetime, today: date, opening: datetime | None) -> Day | None:
        """The evening before where `at` is in its unanswered tail, else from today onwards."""
        first = today - _DAY if self._is_in_unanswered_tail(at, today) else today
        last = opening.astimezone(self.zone).date() if opening else today + HORIZON
        for ordinal in range(first.toordinal(), last.toordinal() + 1):
            day = self.day(date.fromordinal(ordinal))
            if day.state is State.UNKNOWN:
                return day
        return None

    def needs_check(self, at: datetime) -> bool:
        """Whether the hours were confirmed 180 days before `at`, earlier, or never."""
        if self.confirmed_at is None:
            return True
        return at.astimezone(UTC) - self.confirmed_at.astimezone(UTC) >= STALE_AFTER

    def _holds_until(self, at: datetime, today: date, edges: list[datetime]) -> datetime:
        spans = self._cuts_around(today) + self._unanswered_tails(today)
        edges = [*edges, *(edge for span in spans for edge in span)]
        if self.confirmed_at:
            edges.append(self.confirmed_at.astimezone(UTC) + STALE_AFTER)
        edges.append(instant(today + _DAY, _MIDNIGHT, self.zone))
        return min(edge for edge in edges if edge > at)

    # --- Lists -------------------------------------------------------------------------------

    def next_dates(self, slot: Slot, first: date, count: int = 4) -> list[date]:
        """The next `count` dates from `first`, within 400 days, on which `slot` has open time."""
        dates: list[date] = []
        for day in self.days(first, HORIZON.days):
            if any(entry.slot == slot and entry.spans for entry in day.entries):
                dates.append(day.date)
                if len(dates) == count:
                    break
        return dates

    @cached_property
    def last_known(self) -> Schedule | None:
        """The schedule that ends last, to name when hours were known."""
        ended = [s for s in self.schedules if s.valid_to is not None]
        return max(ended, key=lambda s: s.valid_to or date.min, default=None)


class _ByDay(Generic[Row]):
    """Which of some rows cover a day, in the order given.

    Between two days on which a range starts or has ended the answer is the same, so it is made once
    for each such stretch and found by bisection.
    """

    def __init__(self, rows: list[Row]):
        self.rows: list[Row] = rows
        ranges = [row.dates for row in rows]
        ends = {last + _DAY for _first, last in ranges if last}
        self._edges = sorted({first for first, _last in ranges} | ends)
        self._covering: list[list[Row]] = [
            [row for row in rows if row.covers(edge)] for edge in self._edges
        ]

    def on(self, day: date) -> list[Row]:
        index = bisect_right(self._edges, day) - 1
        return self._covering[index] if index >= 0 else []


@lru_cache(maxsize=65_536)
def instant(day: date, wall: time, zone: ZoneInfo) -> datetime:
    """The UTC instant at which clocks in `zone` show `wall` on `day`.

    A time that the clocks skip is the end of the gap, one they show twice its first occurrence.
    """
    local = datetime.combine(day, wall, tzinfo=zone)
    return _end_of_gap(local) if _is_skipped(local) else local.astimezone(UTC)


def _is_skipped(local: datetime) -> bool:
    """Whether the clocks go forward over this time: the offset after it is then the larger."""
    before, after = local.utcoffset(), local.replace(fold=1).utcoffset()
    return (before or timedelta()) < (after or timedelta())


def _end_of_gap(local: datetime) -> datetime:
    """The instant at which the clocks jump over `local`, to the second."""
    earliest = local.replace(fold=1).astimezone(UTC)
    seconds = range(int((local.astimezone(UTC) - earliest).total_seconds()) + 1)
    after = local.replace(fold=1).utcoffset()

    def has_jumped(second: int) -> bool:
        return (earliest + timedelta(seconds=second)).astimezone(local.tzinfo).utcoffset() == after

    return earliest + timedelta(seconds=bisect_left(seconds, True, key=has_jumped))


def merge(spans: Iterable[Span]) -> list[Span]:
    """Overlapping and touching spans joined, in order; empty ones left out."""
    merged: list[Span] = []
    for start, end in sorted(spans):
        if end <= start:
            continue
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], end))
        else:
            merged.append((start, end))
    return merged


def long_iso_years(first: date, last: date) -> list[int]:
    """ISO years of 53 weeks that end in `first`..`last`: odd weeks then come twice in a row."""
    years = range(first.isocalendar().year, last.isocalendar().year)
    turns = ((year, date.fromisocalendar(year + 1, 1, 1)) for year in years)
    return [year for year, turn in turns if first < turn <= last and _weeks_in(year) == 53]


def _weeks_in(year: int) -> int:
    return date(year, 12, 28).isocalendar().week


def _subtract(start: datetime, end: datetime, cuts: list[Span]) -> Iterator[Span]:
    """What is left of `[start, end)` when the sorted `cuts` are taken out."""
    for cut_start, cut_end in cuts:
        if cut_end <= start or cut_start >= end or cut_end <= cut_start:
            continue
        if cut_start > start:
            yield start, cut_start
        start = cut_end
    if start < end:
        yield start, end


def _nth_of_month(day: date) -> tuple[int, int]:
    """Which of its weekday in the month `day` is, from the start and from the end (negative)."""
    next_month = date(day.year + day.month // 12, day.month % 12 + 1, 1)
    days_left = (next_month - day).days - 1
    return (day.day - 1) // 7 + 1, -(days_left // 7 + 1)


def _length(first: date, last: date | None) -> int:
    """Days in an inclusive range; without an end longer than any other."""
    return (last - first).days + 1 if last else 10**9
