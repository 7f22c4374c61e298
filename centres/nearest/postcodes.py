"""From digits to a postcode, to the districts they lie in, or out of the city. Pure.

1.  A listed code of five digits is found.
2.  An unlisted one that begins like those of a known place is outside there. One whose first three
    digits are listed is unknown, with their districts as suggestions. Any other is outside.
3.  Two to four digits are the districts of the listed codes that begin so. Where most of what
    begins so lies outside, a single district is only suggested.
"""

import re
from collections import Counter
from collections.abc import Iterable

from .choices import MOST_CHOICES
from .spelling import squeezed
from .spots import Answer, Found, Kind, Outside, Spot

POSTCODES = (Kind.POSTCODE, Kind.BOX_POSTCODE)

_ONLY_DIGITS = re.compile(r"(?:se? ?)?([0-9 ]+)")  # "424 33", "SE-424 33"
_CODE_INSIDE = re.compile(r"(?<![0-9])([0-9]{3}) ?([0-9]{2})(?![0-9])")
_UNKNOWN = Answer(Found.UNKNOWN)


class Postcodes:
    """The postcodes among the spots, and how those of the places outside begin."""

    def __init__(self, spots: Iterable[Spot], outside: Iterable[Outside]):
        spots = list(spots)
        self._codes = {squeezed(spot.name): spot for spot in spots if spot.kind in POSTCODES}
        self._districts = {spot.district: spot for spot in spots if spot.kind is Kind.DISTRICT}
        self._outside = {code: place for place in outside for code in place.postcodes}

    def find(self, key: str) -> Answer | None:
        """What a folded text of nothing but digits means; None for any other."""
        match = _ONLY_DIGITS.fullmatch(key)
        digits = squeezed(match[1]) if match else ""
        if not digits:
            return None
        if len(digits) == 5:
            return self._whole(digits)
        return self._beginning(digits) if 2 <= len(digits) <= 4 else _UNKNOWN

    def find_inside(self, key: str) -> tuple[Answer | None, str]:
        """The first postcode in a folded text, and the words around it."""
        match = _CODE_INSIDE.search(key)
        if not match:
            return None, key
        words = f"{key[: match.start()]} {key[match.end() :]}".split()
        return self._whole(match[1] + match[2]), " ".join(words)

    def _whole(self, digits: str) -> Answer:
        if spot := self._codes.get(digits):
            return Answer(Found.FOUND, spot=spot)
        if place := self._place_with(digits):
            return Answer(Found.OUTSIDE, outside=place.municipality)
        if near := self._districts_of(digits[:3]):
            return Answer(Found.UNKNOWN, choices=near)
        return _UNKNOWN if digits.startswith("0") else Answer(Found.OUTSIDE)

    def _beginning(self, digits: str) -> Answer:
        districts = self._districts_of(digits)
        if not districts:
            place = self._place_with(digits)
            return Answer(Found.OUTSIDE, outside=place.municipality) if place else _UNKNOWN
        if len(districts) > 1:
            return Answer(Found.CHOICES, choices=districts)
        if any(code.startswith(digits) or digits.startswith(code) for code in self._outside):
            return Answer(Found.UNKNOWN, choices=districts)
        return Answer(Found.FOUND, spot=districts[0])

    def _place_with(self, digits: str) -> Outside | None:
        beginnings = (digits[:length] for length in (5, 4, 3))
        return next((self._outside[b] for b in beginnings if b in self._outside), None)

    def _districts_of(self, digits: str) -> tuple[Spot, ...]:
        """The districts with listed codes that begin so, those with most codes first."""
        listed = Counter(s.district for code, s in self._codes.items() if code.startswith(digits))
        spots = (self._districts.get(slug) for slug, _ in listed.most_common())
        return tuple(spot for spot in spots if spot)[:MOST_CHOICES]
