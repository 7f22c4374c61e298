"""Where pins stand so that none covers another. Pure.

Boxes are in the units of a drawing with y down. Each pin wants to stand with its foot on its own
point. In the order given, a pin takes the free place that costs least: the way from its point,
and more where it would hide another's point or have another pin on its way.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import cos, hypot, pi, sin

_GAP = 5
_RING_STEP, _FARTHEST_RING = 12, 360
_TURNS = [2 * pi * n / 16 for n in range(16)]
_RINGS = [
    (way, way * cos(turn), -way * sin(turn))
    for way in range(_RING_STEP, _FARTHEST_RING + 1, _RING_STEP)
    for turn in _TURNS
]
_GRID_STEP = 20
_HIDDEN_POINT = 11
_CROSSED_PIN = 40
_STEPS = 6  # along a way


@dataclass(frozen=True, slots=True)
class Box:
    x: float
    y: float
    width: float
    height: float

    @property
    def right(self) -> float:
        return self.x + self.width

    @property
    def bottom(self) -> float:
        return self.y + self.height

    def has(self, x: float, y: float) -> bool:
        return self.x <= x <= self.right and self.y <= y <= self.bottom

    def covers(self, x: float, y: float) -> bool:
        """Like has(), but a point on the edge can still be seen."""
        return self.x < x < self.right and self.y < y < self.bottom

    def holds(self, other: "Box") -> bool:
        return self.has(other.x, other.y) and self.has(other.right, other.bottom)

    def meets(self, other: "Box", gap: float = 0) -> bool:
        """Whether the two have less than `gap` between them."""
        return (
            self.x < other.right + gap
            and other.x < self.right + gap
            and self.y < other.bottom + gap
            and other.y < self.bottom + gap
        )


@dataclass(frozen=True, slots=True)
class Wish:
    """A pin of a size that wants its foot's middle at (`x`, `y`)."""

    x: float
    y: float
    width: float
    height: float

    def at(self, x: float, y: float) -> Box:
        return Box(round(x - self.width / 2), round(y - self.height), self.width, self.height)


def place_pins(wishes: Sequence[Wish], frame: Box, taken: Sequence[Box] = ()) -> list[Box | None]:
    """A box inside `frame` for each wish, clear of `taken` and of each other; None without room."""
    return list(_boxes(tuple(wishes), frame, tuple(taken)))


@lru_cache(maxsize=256)
def _boxes(wishes: Sequence[Wish], frame: Box, taken: Sequence[Box]) -> list[Box | None]:
    """The search takes milliseconds, and most lists have the same few houses on their page."""
    full = list(taken)
    boxes: list[Box | None] = []
    for wish in wishes:
        box = _best(wish, wishes, frame, full)
        boxes.append(box)
        if box:
            full.append(box)
    return boxes


def _best(wish: Wish, wishes: Sequence[Wish], frame: Box, full: Sequence[Box]) -> Box | None:
    others = [other for other in wishes if (other.x, other.y) != (wish.x, wish.y)]
    near = list(full)
    best, least = None, float("inf")
    for way, x, y in _places(wish, frame):
        if way >= least:
            break
        box = wish.at(x, y)
        if not frame.holds(box) or _is_met(box, near):
            continue
        cost = way + _HIDDEN_POINT * sum(box.covers(other.x, other.y) for other in others)
        cost += _CROSSED_PIN * any(_crosses(wish, box, other) for other in full)
        if cost < least:
            best, least = box, cost
    return best


def _is_met(box: Box, near: list[Box]) -> bool:
    """Whether any of `near` is in the way; that one moves first, as the next place meets it too."""
    for n, other in enumerate(near):
        if box.meets(other, _GAP):
            near.insert(0, near.pop(n))
            return True
    return False


def _crosses(wish: Wish, box: Box, other: Box) -> bool:
    """Whether the way from the point to the middle of the pin's foot passes under another pin."""
    dx, dy = box.x + box.width / 2 - wish.x, box.bottom - wish.y
    return any(
        other.covers(wish.x + dx * n / _STEPS, wish.y + dy * n / _STEPS) for n in range(1, _STEPS)
    )


def _places(wish: Wish, frame: Box) -> Iterator[tuple[float, float, float]]:
    """(way, x, y): the point itself, rings around it, and at last anywhere in the frame."""
    yield 0, wish.x, wish.y
    for way, dx, dy in _RINGS:
        yield way, wish.x + dx, wish.y + dy
    yield from sorted(_grid(wish, frame))


def _grid(wish: Wish, frame: Box) -> Iterator[tuple[float, float, float]]:
    for y in range(round(frame.y + wish.height), round(frame.bottom) + 1, _GRID_STEP):
        for x in range(round(frame.x + wish.width / 2), round(frame.right) + 1, _GRID_STEP):
            way = hypot(x - wish.x, y - wish.y)
            if way > _FARTHEST_RING:
                yield way, x, y
