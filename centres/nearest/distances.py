"""How far it is, in words that promise no more than is known. Pure.

A distance is the great circle ("fågelvägen"). Points of places and postcodes stand for whole areas,
so it is rounded to 500 m, and from 10 km to whole kilometres.
"""

from enum import StrEnum
from math import asin, cos, floor, radians, sin, sqrt

from .spots import Point, Spot

_EARTH = 6_371_000  # its mean radius in metres
_STEP = 500
_HISINGEN = "hisingen"  # the city area that is an island in Göta älv
_SAME_ISLAND = 2_000  # metres; the islands are at most so long


def distance(a: Point, b: Point) -> float:
    """Metres along the great circle."""
    north, east = radians(b.latitude - a.latitude), radians(b.longitude - a.longitude)
    across = cos(radians(a.latitude)) * cos(radians(b.latitude)) * sin(east / 2) ** 2
    return 2 * _EARTH * asin(min(1.0, sqrt(sin(north / 2) ** 2 + across)))


def rounded(metres: float) -> int:
    """To the nearest 500 m, halves up; never 0: what is nearer than 500 m is 500 as well."""
    return max(_STEP, floor(metres / _STEP + 0.5) * _STEP)


def distance_words(metres: float) -> str:
    """ "mindre än 500 m", "ungefär 1,5 km", "ungefär 12 km"; give the metres unrounded."""
    if metres < _STEP:
        return f"mindre än {_unbroken(_STEP, 'm')}"
    near = rounded(metres)
    if near < 1_000:
        return f"ungefär {_unbroken(near, 'm')}"
    if near >= 10_000:
        return f"ungefär {_unbroken(floor(metres / 1_000 + 0.5), 'km')}"
    return f"ungefär {_unbroken(f'{near / 1_000:g}'.replace('.', ','), 'km')}"


def _unbroken(number: int | str, unit: str) -> str:
    return f"{number}\N{NO-BREAK SPACE}{unit}"


class Crossing(StrEnum):
    """The water on the way."""

    NONE = "none"
    RIVER = "river"
    BOAT = "boat"


def crossing(
    spot: Spot, *, city_area: str, by_ferry: bool, metres: float | None = None
) -> Crossing:
    """The water between a spot and a house in `city_area`, whose nearest stop is a ferry or not.

    Between two islands it takes a boat too; that they are two is judged by the distance, so
    without `metres` they count as one. Where a city area is not known nothing is said of the river.
    """
    if spot.is_island != by_ferry:
        return Crossing.BOAT
    if by_ferry:
        return Crossing.BOAT if metres is not None and metres > _SAME_ISLAND else Crossing.NONE
    areas = (spot.city_area, city_area)
    return Crossing.RIVER if all(areas) and areas.count(_HISINGEN) == 1 else Crossing.NONE
