"""What an import would do, row by row, and everything that is wrong with it. Pure."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field

NEW, CHANGED, UNCHANGED, REMOVED = "new", "changed", "unchanged", "removed"


@dataclass(frozen=True)
class FieldChange:
    """Old and new as they stand in a file; empty where there is nothing."""

    heading: str
    old: str
    new: str


@dataclass(frozen=True)
class RowResult:
    """What one row does. A removal has no row: its `number` is None."""

    number: int | None
    what: str
    title: str
    changes: tuple[FieldChange, ...] = ()


@dataclass(frozen=True)
class Problem:
    """What is wrong in a row, and in which column if it is only one."""

    number: int
    heading: str
    message: str


@dataclass
class Plan:
    kind: str
    rows: list[RowResult] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    @property
    def changes(self) -> list[RowResult]:
        return [row for row in self.rows if row.what != UNCHANGED]

    @property
    def unchanged(self) -> list[int]:
        """The numbers of the rows that change nothing."""
        return [row.number for row in self.rows if row.what == UNCHANGED and row.number is not None]

    @property
    def may_be_carried_out(self) -> bool:
        return bool(self.changes) and not self.problems

    @property
    def digest(self) -> str:
        """The same only for the same file compared with the same facts."""
        told = [self.kind, [asdict(row) for row in self.rows]]
        return hashlib.sha256(json.dumps(told).encode()).hexdigest()

    def count(self, what: str) -> int:
        return sum(row.what == what for row in self.rows)


def in_ranges(numbers: Iterable[int]) -> str:
    """[2, 3, 4, 7] becomes "2–4, 7"."""
    spans: list[list[int]] = []
    for number in sorted(numbers):
        if spans and number == spans[-1][1] + 1:
            spans[-1][1] = number
        else:
            spans.append([number, number])
    return ", ".join(str(a) if a == b else f"{a}–{b}" for a, b in spans)
