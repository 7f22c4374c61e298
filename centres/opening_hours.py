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

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, date, datetime, time, timedelta
from functools import cached_property
from typing import Generic, TypeVar
from zoneinfo import ZoneInfo

from .hours_values import (
    DECIDING_KINDS,
    Day,
    Entry,
    Holiday,
    Schedule,
    ScheduleException,
    Slot,
    State,
    Status,
    Why,
)
from .spans import Span, instant, subtract

HORIZON = timedelta(days=400)
STALE_AFTER = timedelta(days=180)
_DAY = timedelta(days=1)
_MIDNIGHT = time(0)
_ANY_HOUR = Slot(_MIDNIGHT, _MIDNIGHT)

Row = TypeVar("Row", Schedule, ScheduleException)


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
        self._deciding = _ByDay([e for e in concerned if e.kind in DECIDING_KINDS])
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
        return tuple(subtract(start, end, cuts))

    def span(self, day: date, slot: Slot) -> Span:
        """The instants of a slot that starts on `day`; empty where the clock skips it whole."""
        last_day = day if slot.closes_at > slot.opens_at else day + _DAY
        return instant(day, slot.opens_at, self.zone), instant(last_day, slot.closes_at, self.zone)

    def _part_closures(self, day: date) -> list[ScheduleException]:
        """Those in force on `day`: a narrower or equally narrow `as_usual` exempts from wider."""
        if not (closures := self._part.on(day)):
            return []
        usual = [e.width for e in self._deciding.on(day) if e.kind == "as_usual"]
        return [e for e in closures if not any(width < e.width for width in usual)]

    def _cuts(self, day: date) -> list[Span]:
        return [self.span(day, slot) for e in self._part_closures(day) for slot in e.slots]

    def _cuts_around(self, day: date) -> list[Span]:
        """All cuts that can meet a slot that starts on `day`, in order."""
        if not self._part.rows:
            return []
        return sorted(cut for n in (-1, 0, 1) for cut in self._cuts(day + n * _DAY))

    def unanswered(self, day: date) -> list[Entry]:
        """What may be open on an unknown day: its usual hours, without a schedule any hour.

        Less the part closures; on other days nothing.
        """
        known = self.day(day)
        if known.state is not State.UNKNOWN:
            return []
        cuts = self._cuts_around(day)
        slots = known.usual or (_ANY_HOUR,)
        return [Entry(slot, self._open_spans(day, slot, cuts)) for slot in slots]

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
        days = (
            self.day(date.fromordinal(n)) for n in range(first.toordinal(), last.toordinal() + 1)
        )
        current: Span | None = None
        # A cut is the same for every slot, so the spans of one day start before those of the next.
        for start, end in (span for day in days for span in day.spans):
            if current and start <= current[1]:
                current = (current[0], max(current[1], end))
                continue
            if current:
                yield current
            current = (start, end)
        if current:
            yield current

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
        spans = self._merged_spans(today - _DAY, min(today + HORIZON, self._last_day))
        return next((span for span in spans if span[1] > at), None)

    @cached_property
    def _last_day(self) -> date:
        """No hours start after it."""
        changes = (*self._deciding.rows, *self._extra.rows)
        lasts = [row.dates[1] for row in self.schedules] + [row.dates[1] for row in changes]
        return max((last or date.max for last in lasts), default=date.min)

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
        schedule = self.schedule_on(at.astimezone(self.zone).date())
        if self.confirmed_at is None or (schedule and schedule.awaits_confirmation):
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
        self._edges: list[date] = []
        self._covering: list[list[Row]] = []
        if rows:  # there are none in most of thousands of rooms
            self._cut_into_stretches()

    def _cut_into_stretches(self) -> None:
        ranges = [row.dates for row in self.rows]
        ends = {last + _DAY for _first, last in ranges if last}
        self._edges = sorted({first for first, _last in ranges} | ends)
        self._covering = [[row for row in self.rows if row.covers(edge)] for edge in self._edges]

    def on(self, day: date) -> list[Row]:
        index = bisect_right(self._edges, day) - 1
        return self._covering[index] if index >= 0 else []


def long_iso_years(first: date, last: date) -> list[int]:
    """ISO years of 53 weeks that end in `first`..`last`: odd weeks then come twice in a row."""
    years = range(first.isocalendar().year, last.isocalendar().year)
    turns = ((year, date.fromisocalendar(year + 1, 1, 1)) for year in years)
    return [year for year, turn in turns if first < turn <= last and _weeks_in(year) == 53]


def _weeks_in(year: int) -> int:
    return date(year, 12, 28).isocalendar().week
