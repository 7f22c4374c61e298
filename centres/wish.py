"""What somebody looks for (a wish), and whether hours meet it. Pure.

A time is looked for in windows: spans of time of which one must meet the open hours. Everything
asked of a session must hold for one and the same session: open then, for that age, in that
language.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from functools import lru_cache
from zoneinfo import ZoneInfo

from .hours_values import Entry, Slot
from .opening_hours import OpeningHours
from .spans import Span, instant

_DAY = timedelta(days=1)
_NO_TIME = timedelta(microseconds=1)
DAYS_AHEAD = 14
NOON, EVENING, MIDNIGHT = time(12), time(17), time(0)
_SATURDAY = 6
TODAY = 0
"""As `Wish.weekday`: today, whatever day it is."""


class Part(StrEnum):
    """A part of the day by the clock on the wall."""

    MORNING = "morning"  # to 12
    AFTERNOON = "afternoon"  # 12 to 17
    EVENING = "evening"  # from 17


_HOURS = {
    Part.MORNING: (MIDNIGHT, NOON),
    Part.AFTERNOON: (NOON, EVENING),
    Part.EVENING: (EVENING, MIDNIGHT),
}


@dataclass(frozen=True, slots=True)
class Wish:
    """What is looked for; a field left as it is asks for nothing.

    `service` is the slug of one, `channel` the way of contact whose hours count, `weekday` ISO or
    TODAY, `age` a child's completed months, `language` a code of `SpokenLanguage`. The weekday that
    is today's is also the one in a week: who names it when the doors have closed means that.
    """

    service: str = ""
    channel: str = "drop_in"
    now: bool = False
    weekday: int | None = None
    part: Part | None = None
    evenings_and_weekends: bool = False
    age: int | None = None
    expecting: bool = False
    language: str = ""
    step_free: bool = False

    @property
    def has_time(self) -> bool:
        return self.now or self.has_later_time

    @property
    def has_later_time(self) -> bool:
        return self.weekday is not None or self.part is not None or self.evenings_and_weekends

    @property
    def is_about_rooms(self) -> bool:
        """Whether anything is asked of a room, and not only of the house."""
        return self.without("step_free") != Wish()

    @property
    def is_for_somebody(self) -> bool:
        """Whether an age or a pregnancy is given."""
        return self.age is not None or self.expecting

    def without(self, *fields: str) -> "Wish":
        blank = Wish()
        return replace(self, **{name: getattr(blank, name) for name in fields})

    def for_today(self) -> "Wish":
        """The same for any time that is left of today."""
        return replace(self, now=False, weekday=TODAY, part=None, evenings_and_weekends=False)

    # --- Times -------------------------------------------------------------------------------

    def days(self, today: date) -> list[date]:
        """The local dates on which a session may start that meets a later time."""
        if not self.has_later_time:
            return []
        if self.weekday == TODAY:
            return [today]
        if self.weekday is not None:
            ahead = (self.weekday - today.isoweekday()) % 7
            return [today + ahead * _DAY] if ahead else [today, today + 7 * _DAY]
        return [today + n * _DAY for n in range(DAYS_AHEAD)]

    def windows(self, at: datetime, zone: ZoneInfo) -> list[list[Span]]:
        """Lists of spans, as UTC instants: of each list one span must meet an open hour."""
        at = at.astimezone(UTC)
        today = at.astimezone(zone).date()
        asked = [[(at, at + _NO_TIME)]] if self.now else []
        later = [
            (max(start, at), end)
            for day in self.days(today)
            for start, end in self._spans_of(day, zone)
            if end > at
        ]
        return [*asked, later] if self.has_later_time else asked

    def _spans_of(self, day: date, zone: ZoneInfo) -> Iterator[Span]:
        first, last = _HOURS[self.part] if self.part else (MIDNIGHT, MIDNIGHT)
        if self.evenings_and_weekends and day.isoweekday() < _SATURDAY:
            first = max(first, EVENING)
        if last in (NOON, EVENING) and first >= last:
            return
        ends_on = day if last > MIDNIGHT else day + _DAY
        yield instant(day, first, zone), instant(ends_on, last, zone)

    # --- Sessions ----------------------------------------------------------------------------

    def takes_ages(self, lowest: int | None, highest: int | None) -> bool:
        """Whether a range of completed months, both ends included, holds the age asked for.

        Who expects a child has one of no age yet.
        """
        if self.expecting:
            return not lowest
        if self.age is None:
            return True
        return (lowest or 0) <= self.age and (highest is None or self.age <= highest)

    def takes(self, slot: Slot) -> bool:
        return self.takes_ages(slot.min_age_months, slot.max_age_months)


@dataclass(frozen=True, slots=True)
class Match:
    """An open span of a session that meets a wish, as UTC instants, and the day it starts on."""

    day: date
    span: Span
    slot: Slot


@dataclass(frozen=True, slots=True)
class Answer:
    """The sessions of each list of windows, and whether nobody can say instead."""

    matches: tuple[tuple[Match, ...], ...]
    is_unknown: bool = False

    @property
    def is_met(self) -> bool:
        return all(self.matches)


def ask(hours: OpeningHours, wish: Wish, windows: Sequence[Sequence[Span]]) -> Answer:
    """Which open sessions of one room meet a wish in its `windows`, whatever their language.

    Nobody can say where each list of windows is met or may be, and one of them only may.
    """
    matches = tuple(
        tuple(_matches(lambda day: hours.day(day).entries, wish, spans, hours.zone))
        for spans in windows
    )
    may_be_met = (
        found or any(_matches(hours.unanswered, wish, spans, hours.zone))
        for found, spans in zip(matches, windows, strict=True)
    )
    return Answer(matches, not all(matches) and all(may_be_met))


def _matches(
    entries_of: Callable[[date], Iterable[Entry]],
    wish: Wish,
    windows: Sequence[Span],
    zone: ZoneInfo,
) -> Iterator[Match]:
    """Every session once, also where it reaches from one window into the next."""
    found = (
        Match(day, span, entry.slot)
        for window in windows
        for day in _days_meeting(window, zone)
        for entry in entries_of(day)
        for span in entry.spans
        if _meet(span, window) and wish.takes(entry.slot)
    )
    yield from dict.fromkeys(found)


@lru_cache(maxsize=256)
def _days_meeting(window: Span, zone: ZoneInfo) -> list[date]:
    """The days whose sessions may reach into a window: its own, and the night before."""
    first, last = (moment.astimezone(zone).date() for moment in (window[0], window[1] - _NO_TIME))
    count = (last - first).days + 2
    return [first + (n - 1) * _DAY for n in range(count)]


def _meet(span: Span, window: Span) -> bool:
    return span[0] < window[1] and span[1] > window[0]
