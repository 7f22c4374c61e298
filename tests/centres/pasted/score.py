"""How much of texts with known answers is read right.

`python -m tests.centres.pasted.score DIR` prints for each NN.txt beside its NN.json the rows that
are right of those wanted, the false ones, and the lines lost; `-v` also which. A row is right when
kind, weekday or dates, times, ages and parity agree. A line is lost when rows are wanted from it,
and the reader neither gives any nor says that it speaks of times.
"""

import json
import sys
from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from django.conf import settings

from centres.pasted.reading import read
from centres.pasted.values import Row, Use

_COMPARED = (
    "kind",
    "weekday",
    "date",
    "last_date",
    "starts_at",
    "ends_at",
    "min_age_months",
    "max_age_months",
    "parity",
)


@dataclass
class Score:
    right: int = 0
    wanted: int = 0
    false: list[tuple] = field(default_factory=list)
    missing: list[tuple] = field(default_factory=list)
    lost: list[int] = field(default_factory=list)


def score(text_file: Path) -> Score:
    answers = json.loads(text_file.with_suffix(".json").read_text())
    lines = read(text_file.read_text(), today=date.fromisoformat(answers["pasted_on"]))
    wanted = Counter(tuple(row[name] for name in _COMPARED) for row in answers["rows"])
    given = Counter(compared(row) for line in lines for row in line.rows)
    unseen = {line.number for line in lines if line.use in (Use.OTHER, Use.EMPTY)}
    return Score(
        right=sum((wanted & given).values()),
        wanted=sum(wanted.values()),
        false=list((given - wanted).elements()),
        missing=list((wanted - given).elements()),
        lost=sorted({row["line"] for row in answers["rows"]} & unseen),
    )


def compared(row: Row) -> tuple:
    """What of a row must be right, as the answers write it."""
    return tuple(_written(getattr(row, name)) for name in _COMPARED)


def _written(value):
    if hasattr(value, "hour"):
        return value.strftime("%H:%M")
    return value.isoformat() if hasattr(value, "isoformat") else value


def main(folder: str, *options: str) -> None:
    scores = {path.name: score(path) for path in sorted(Path(folder).glob("*.txt"))}
    for name, found in scores.items():
        print(
            f"{name}: {found.right}/{found.wanted} rows, "
            f"{len(found.false)} false, {len(found.lost)} lines lost"
        )
        if "-v" in options:
            for row in found.missing:
                print("   missing", row)
            for row in found.false:
                print("   false  ", row)
            print("   lost   ", found.lost) if found.lost else None
    right, wanted = (sum(getattr(s, what) for s in scores.values()) for what in ("right", "wanted"))
    false, lost = (
        sum(len(getattr(s, what)) for s in scores.values()) for what in ("false", "lost")
    )
    share = f"{right / wanted:.1%}" if wanted else "no rows"
    print(f"all: {right}/{wanted} rows ({share}), {false} false, {lost} lines lost")


if __name__ == "__main__":
    settings.configure(USE_I18N=False)  # the words of doubts need no catalogue here
    main(*sys.argv[1:])
