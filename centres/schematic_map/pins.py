"""The houses of the map: a sign for each, placed so that all can be seen and tapped.

A pin that must give way has a line to its point. When it is too crowded, all grow smaller.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias

from centres.house_sign import HouseSign, Window

from .ground import FRAME, INSET, drawn_at, projected
from .placing import Box, Wish, place_pins

# A house sign is 64 wide. On a map as wide as a phone of 360 CSS pixels a pin is then 27 of them.
_SIGN_SCALE = 1.3
_SIGN_WIDTH = 64
_GABLE = 15  # the wall between the eaves and the first windows, where the number stands
_NUMBER_Y = 38  # its baseline, from the top of the sign
_MOVED = 3  # a pin nearer than this to its point needs no line to it

_ROOF = 64  # how far a pin of the inset may rise over its edge
_INSET_ROOM = Box(
    INSET.frame.x + 6, INSET.frame.y - _ROOF, INSET.frame.width - 12, INSET.frame.height + _ROOF
)
# (scale, where the core's pins stand), best first: they leave the inset before they get too small
# to tap.
_ATTEMPTS = (
    (1.0, _INSET_ROOM),
    (0.85, _INSET_ROOM),
    *((scale, FRAME) for scale in (0.85, 0.7, 0.55, 0.4)),
)
_PACKING = 0.75  # how much of a room pins fill at best before one finds no place

_SignKey: TypeAlias = tuple[tuple[str, bool], ...]


@dataclass(frozen=True, slots=True)
class Marker:
    """A house to put on the map; `number` is its number in the list, `href` leads to its card."""

    number: int | None
    name: str
    href: str
    latitude: float
    longitude: float
    sign: HouseSign
    is_planned: bool = False


@dataclass(frozen=True, slots=True)
class PinSign:
    """A house sign with a gable for the number, drawn once for all pins that have the same."""

    id: str
    windows: list[Window]
    height: int

    @property
    def wall(self) -> int:
        return self.height - 28

    @property
    def transform(self) -> str:
        """Puts the middle of the number's baseline at the origin."""
        return f"scale({_SIGN_SCALE})translate({-_SIGN_WIDTH // 2} {-_NUMBER_Y})"


@dataclass(frozen=True, slots=True)
class Pin:
    """A placed marker. (`x`, `y`) is the middle of its number's baseline.

    `point` and `leader` are path data where it stands beside its point: "" where on it.
    """

    marker: Marker
    sign: PinSign
    box: Box
    scale: float
    point: str = ""
    leader: str = ""

    @property
    def x(self) -> int:
        return round(self.box.x + self.box.width / 2)

    @property
    def y(self) -> int:
        return round(self.box.y + _NUMBER_Y * _SIGN_SCALE * self.scale)

    @property
    def transform(self) -> str:
        return f"translate({self.x} {self.y})" + (f"scale({self.scale})" if self.scale < 1 else "")


def placed_pins(markers: Sequence[Marker], taken: Sequence[Box]) -> list[Pin]:
    """The markers inside the map, in their order, clear of `taken`, as large as there is room."""
    spots = _spots(markers)
    core = [spot for spot in spots if spot.is_in_core]
    rest = [spot for spot in spots if not spot.is_in_core]
    pins: list[Pin] = []
    likely = [attempt for attempt in _ATTEMPTS if _may_fit(core, *attempt)]
    for scale, room in likely or _ATTEMPTS[-1:]:
        inner = _placed(core, scale, room, taken)
        full = [*taken, INSET.frame, *(pin.box for pin in inner)]
        pins = [*inner, *_placed(rest, scale, FRAME, full)]
        if len(pins) == len(spots):
            break
    order = {id(marker): n for n, marker in enumerate(markers)}
    return sorted(pins, key=lambda pin: order[id(pin.marker)])


@dataclass(frozen=True, slots=True)
class _Spot:
    """A marker with its sign at its true point."""

    marker: Marker
    sign: PinSign
    x: float
    y: float

    @property
    def is_in_core(self) -> bool:
        return INSET.core.has(self.x, self.y)

    def wish(self, scale: float) -> Wish:
        size = _SIGN_SCALE * scale
        x, y = drawn_at(self.x, self.y)
        return Wish(x, y, round(_SIGN_WIDTH * size), round(self.sign.height * size))


def _spots(markers: Sequence[Marker]) -> list[_Spot]:
    signs = _signs(markers)
    spots = (
        _Spot(marker, signs[_key(marker)], *projected(marker.latitude, marker.longitude))
        for marker in markers
    )
    return [spot for spot in spots if FRAME.has(spot.x, spot.y)]


def _key(marker: Marker) -> _SignKey:
    return tuple((window.kind, window.is_filled) for window in marker.sign.windows)


def _signs(markers: Sequence[Marker]) -> dict[_SignKey, PinSign]:
    signs: dict[_SignKey, PinSign] = {}
    for marker in markers:
        windows = [replace(window, y=window.y + _GABLE) for window in marker.sign.windows]
        height = marker.sign.height + _GABLE
        signs.setdefault(_key(marker), PinSign(f"map-sign-{len(signs) + 1}", windows, height))
    return signs


def _may_fit(spots: Sequence[_Spot], scale: float, room: Box) -> bool:
    """Spares the search for places in a room that is too small."""
    area = sum(wish.width * wish.height for wish in (spot.wish(scale) for spot in spots))
    return area < _PACKING * room.width * room.height


def _placed(spots: Sequence[_Spot], scale: float, frame: Box, taken: Sequence[Box]) -> list[Pin]:
    wishes = [spot.wish(scale) for spot in spots]
    boxes = place_pins(wishes, frame, taken)
    return [
        Pin(spot.marker, spot.sign, box, scale, *_way(wish, box))
        for spot, wish, box in zip(spots, wishes, boxes, strict=True)
        if box
    ]


def _way(wish: Wish, box: Box) -> tuple[str, str]:
    """(point, leader) of a pin that had to leave its point; the pin hides the leader's end."""
    dx = box.x + box.width / 2 - wish.x
    dy = box.bottom - wish.y
    if abs(dx) <= _MOVED and abs(dy) <= _MOVED:
        return "", ""
    point = f"M{wish.x:.0f} {wish.y:.0f}h0"
    return point, f"{point[:-2]}l{dx:.0f} {dy - box.height / 3:.0f}"
