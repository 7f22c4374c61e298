"""What the rules of the programme take and give: plain values, without a database. Pure."""

from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum
from typing import NamedTuple
from uuid import UUID, uuid5

from .hours_values import Holiday, Schedule, ScheduleException, Slot
from .spans import Span

_UIDS = UUID("6f0b2c1e-9c1d-4f0a-8a57-3d1f5f0c7a21")


class State(StrEnum):
    """What is known of something planned for a date."""

    SCHEDULED = "scheduled"
    CANCELLED = "cancelled"
    MOVED = "moved"  # here, from another time
    MOVED_AWAY = "moved_away"  # from here, to another time
    CHANGED = "changed"
    SUSPENDED = "suspended"
    UNCONFIRMED = "unconfirmed"


HAPPENING = frozenset({State.SCHEDULED, State.MOVED, State.CHANGED})
NOT_HERE = frozenset({State.CANCELLED, State.SUSPENDED, State.MOVED_AWAY})
"""States in which nothing is held at the time that was planned."""


class Why(StrEnum):
    """What decided the state."""

    PLAN = "plan"
    CHANGE = "change"
    EXCEPTION = "exception"
    SEASON = "season"
    HOUSE = "house"
    HOLIDAY = "holiday"
    HOLIDAY_UNANSWERED = "holiday_unanswered"
    AWAITS = "awaits"
    CLOCK = "clock"


@dataclass(frozen=True, slots=True)
class Rule:
    """When an activity is held: the slot's weekday between two dates, both included.

    A single date has the slot's weekday None and both dates the same.
    """

    first_day: date
    last_day: date
    slot: Slot
    awaits_confirmation: bool = False

    @property
    def order(self) -> tuple[object, ...]:
        """Where it stands among rules, whatever the order they were entered in."""
        return (
            self.awaits_confirmation,
            self.first_day,
            self.last_day,
            self.slot.weekday or 0,
            self.slot.order,
        )


@dataclass(frozen=True, slots=True)
class Change:
    """One date that differs: the occurrence planned for `day` and `starts_at`.

    What is None stays as it was. `reason` and `note` are in words.
    """

    kind: str
    day: date
    starts_at: time
    new_day: date | None = None
    new_starts_at: time | None = None
    new_ends_at: time | None = None
    new_venue: str | None = None
    at_organiser: bool = False
    new_room: str | None = None
    despite_closing: bool = False
    reason: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Activity:
    """An activity for the rules: `organiser` is the key of a room, `venue` that of another place.

    `is_drop_in` is False where one signs up.
    """

    key: str
    organiser: str
    rules: tuple[Rule, ...]
    changes: tuple[Change, ...] = ()
    venue: str | None = None
    room: str = ""
    is_drop_in: bool = True


@dataclass(frozen=True, slots=True)
class Closures:
    """What may close the organiser's room: its exceptions with those of its house, and its seasons.

    `channels` are those that the room has ever had hours for. `shut` are the days, both included
    and None without end, on which the house is not open at all: not yet, for a time or no more.
    """

    exceptions: tuple[ScheduleException, ...] = ()
    seasons: tuple[tuple[str, Schedule], ...] = ()
    channels: frozenset[str] = frozenset()
    shut: tuple[tuple[date, date | None], ...] = ()

    def is_shut_on(self, day: date) -> bool:
        """Whether the house is not open at all that day."""
        return any(first <= day and (last is None or day <= last) for first, last in self.shut)


class Key(NamedTuple):
    """Which occurrence it is, also when it has been moved.

    `owner` is the key of an activity, or of a room whose slot it is; `what` is then the slot's
    channel and label.
    """

    owner: str
    day: date
    starts_at: time
    what: str = ""


@dataclass(frozen=True, slots=True)
class Occurrence:
    """Something planned for a date: what is known of it. Instants are UTC.

    `starts` and `ends` are when it is held now, `planned` when it was to be; `spans` is what a part
    closure leaves. `venue` is the key of another place, None at the organiser's.
    """

    key: Key
    state: State
    why: Why
    day: date
    starts: datetime
    ends: datetime
    planned: Span
    spans: tuple[Span, ...] = ()
    venue: str | None = None
    room: str = ""
    planned_venue: str | None = None
    slot: Slot | None = None
    change: Change | None = None
    closure: ScheduleException | None = None
    holiday: Holiday | None = None

    @property
    def is_session(self) -> bool:
        """Whether it is a slot of opening hours, not an activity."""
        return bool(self.key.what)

    @property
    def happens(self) -> bool:
        """Whether it is known to be held at `starts`."""
        return self.state in HAPPENING

    @property
    def reason(self) -> str:
        """Why it is not as planned, in staff's words chosen from a list, or ""."""
        if self.why is Why.EXCEPTION and self.closure:
            return self.closure.reason
        return self.change.reason if self.change else ""

    @property
    def note(self) -> str:
        """The same in staff's own words, or ""."""
        if self.why is Why.EXCEPTION and self.closure:
            return self.closure.note
        return self.change.note if self.change else ""

    @property
    def uid(self) -> str:
        """The same for all time, also when it is moved, renamed or held by others."""
        return str(uuid5(_UIDS, "/".join(map(str, self.key))))

    @property
    def order(self) -> tuple[object, ...]:
        """Where it stands in a list."""
        return self.starts, self.ends, self.key, self.state
