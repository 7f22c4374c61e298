"""What is recognised in a sentence, and where. Each recogniser takes its words out of the text."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

TAKEN = "\x00"  # a letter that a recogniser has taken; clean text holds none


class What(StrEnum):
    NOISE = "noise"
    AGES = "ages"  # (months or None, months or None)
    DATE = "date"  # (first date, last date)
    WEEKS = "weeks"  # (Monday, Sunday)
    WEEKDAYS = "weekdays"  # weekdays, 1–7
    TIMES = "times"  # (start, end)
    TIME = "time"  # a start alone
    SONG = "song"
    DURATION = "duration"  # minutes
    PARITY = "parity"  # odd, even, or other: every second week, unsaid which
    PART = "part"  # em, fm or evening
    CLOSED = "closed"
    CANCELLED = "cancelled"
    AS_USUAL = "as usual"
    MOVED = "moved"
    FROM = "from"
    UNTIL = "until"
    REOPENS = "reopens"
    LAST_DAY = "last day"
    EXCEPT = "except"
    DEADLINE = "deadline"  # by when to sign up
    NTH = "nth"  # 1–5 of the month, -1 the last
    BEGINS = "begins"
    COUNT = "count"  # how many times
    SIGN_UP = "sign up"  # needed, or expressly not
    LANGUAGE = "language"
    TERM = "term"  # ("vt" or "ht", year or None)
    CONTACT = "contact"


@dataclass(frozen=True, slots=True)
class Find:
    what: What
    start: int
    end: int
    value: Any = None


@dataclass(slots=True)
class Sentence:
    """`text` as written; `open` the same length in small letters without what has been taken."""

    text: str
    open: str = ""
    finds: list[Find] = field(default_factory=list)

    def __post_init__(self) -> None:
        small = (letter.lower() for letter in self.text)
        self.open = "".join(
            low if len(low) == 1 else letter for low, letter in zip(small, self.text, strict=True)
        )

    def take(
        self,
        what: What,
        pattern: re.Pattern[str],
        value: Callable[[re.Match[str]], Any] = lambda match: True,
    ) -> None:
        """Take all that matches, save where `value` gives None."""
        for match in pattern.finditer(self.open):
            if (found := value(match)) is not None:
                self.add(Find(what, match.start(), match.end(), found))

    def add(self, find: Find) -> None:
        self.finds.append(find)
        self.finds.sort(key=lambda each: each.start)
        hidden = TAKEN * (find.end - find.start)
        self.open = self.open[: find.start] + hidden + self.open[find.end :]
