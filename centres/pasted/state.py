"""What has been read so far of a pasted text, for the lines after. Pure."""

from dataclasses import dataclass, field
from datetime import date, time

from .clauses import Clause
from .dates import Span
from .found import What
from .values import Row

_TIMELY = (What.TIMES, What.TIME, What.DATE, What.WEEKS, What.WEEKDAYS, What.CLOSED)


@dataclass(slots=True)
class Song:
    line: int
    at: time
    weekdays: tuple[int, ...]
    rows: list[Row]


@dataclass(slots=True)
class State:
    """What has been read so far. Numbers of lines are kept beside what they lend."""

    earliest: date
    rows: list[Row] = field(default_factory=list)
    last: list[Row] = field(default_factory=list)
    songs: list[Song] = field(default_factory=list)
    weekdays: tuple[int, ...] = ()
    dates: tuple[Span, ...] = ()
    dates_line: int = 0
    dates_stay: bool = False
    part: str = ""
    days_line: int = 0
    heading: str = ""
    heading_line: int = 0
    ages: tuple[int | None, int | None] | None = None
    ages_line: int = 0
    leads: bool | None = None
    closed_line: int = 0
    closed_used: bool = False
    last_day: date | None = None
    last_day_line: int = 0
    from_: date | None = None
    from_line: int = 0
    blank: bool = True
    day_heads: bool = False
    context: set[int] = field(default_factory=set)
    unread: dict[int, str] = field(default_factory=dict)


def say_unread(state: State, line: int, clause: Clause, why: str) -> None:
    if clause.has(*_TIMELY):
        state.unread.setdefault(line, why)
