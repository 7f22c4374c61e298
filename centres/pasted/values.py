"""What is read in a pasted text: each line, and the rows proposed from it. Pure."""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    WEEKLY = "weekly"
    SINGLE = "single"
    CLOSED = "closed"
    CANCELLED = "cancelled"


class Use(StrEnum):
    """What a line is to the programme."""

    ROWS = "rows"
    CONTEXT = "context"  # rows of other lines depend on it
    UNREAD = "unread"  # speaks of times, but nothing came of it
    OTHER = "other"  # greetings, rules, contact
    EMPTY = "empty"


@dataclass(slots=True)
class Row:
    """A proposed row: at certain weekdays, or on the dates `date`..`last_date`, both included.

    Ages are completed months, both ends included; None where the text says nothing. `weekday` is
    1–7, with `nth` only the nth of the month. A weekly row may hold `from_`..`until` only. `line`
    is the number of its line, from 1.
    """

    kind: Kind
    line: int
    name: str = ""
    weekday: int | None = None
    date: dt.date | None = None
    last_date: dt.date | None = None
    starts_at: dt.time | None = None
    ends_at: dt.time | None = None
    min_age_months: int | None = None
    max_age_months: int | None = None
    parity: str = "every"
    nth: int | None = None
    sign_up: bool | None = None
    song_at: dt.time | None = None
    language: str | None = None
    where: str | None = None
    from_: dt.date | None = None
    until: dt.date | None = None
    part_of_day: str = ""
    doubts: tuple[str, ...] = ()
    context: tuple[int, ...] = ()

    def doubt(self, why: str) -> None:
        """Say once in Swedish what somebody should look at."""
        if why not in self.doubts:
            self.doubts += (why,)


@dataclass(frozen=True, slots=True)
class ReadLine:
    """A line as it was pasted, its number from 1, and what it gave."""

    number: int
    text: str
    use: Use
    rows: tuple[Row, ...] = ()
    doubts: tuple[str, ...] = ()
