"""Where the names of districts and waters stand on the map."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from .ground import DATA, drawn_at
from .placing import Box

LINE = 38
_LETTER = 18  # what a letter takes at the size the style sheet gives names on a phone


@dataclass(frozen=True, slots=True)
class Label:
    """A name around (`x`, `y`), its lines broken after hyphens and between words.

    With a `look` the word for it is one more line.
    """

    lines: tuple[str, ...]
    x: int
    y: int
    look: str = ""
    is_water: bool = False

    @property
    def rise(self) -> str:
        """From (x, y) to the first line's baseline, in ems: all lines stand around the point."""
        return f"{0.35 - 0.55 * (self._line_count - 1):.2f}"

    @property
    def box(self) -> Box:
        width = max(len(line) for line in self.lines) * _LETTER
        height = self._line_count * LINE
        return Box(self.x - width / 2, self.y - height / 2, width, height)

    @property
    def _line_count(self) -> int:
        return len(self.lines) + bool(self.look)


def placed_labels(looks: Mapping[str, str], full: Sequence[Box]) -> list[Label]:
    """Each name at the first of its places that is clear of `full`; without one it is left out.

    `looks` by the district's name.
    """
    labels: list[Label] = []
    for row in [*DATA["districts"], *DATA["waters"]]:
        taken = [*full, *(label.box for label in labels)]
        for label in _possible_labels(row, looks.get(row["name"], "")):
            if not any(label.box.meets(box) for box in taken):
                labels.append(label)
                break
    return labels


def _possible_labels(row: Mapping[str, Any], look: str) -> Iterator[Label]:
    is_water = row in DATA["waters"]
    breaks = row["name"].replace("-", "-\n").replace(" ", "\n")
    lines = (row["name"],) if is_water else tuple(breaks.split("\n"))
    for point in row["labels"]:
        x, y = drawn_at(*point)
        yield Label(lines, round(x), round(y), look, is_water)
