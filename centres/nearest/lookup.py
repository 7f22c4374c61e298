"""From what a person writes to where that is: place and postcode look-up, and distance. Pure.

The rules, in the order the code has them; the first that finds anything answers:

1.  *Exactly*, but for case, accents, hyphens and spaces: a label, a name, another name. A name both
    inside and outside the city is the one inside.
2.  *Digits.* A listed postcode is found. Two to four digits are the districts they lie in. An
    unlisted code is unknown where its neighbours are listed, else outside the city.
3.  *The town's name* around another name is left out, and small words before it. By itself the
    town is too wide: the city areas are the choice.
4.  *Addresses.* The part before the first comma, a place outside in any part, a postcode, the rest.
5.  *Beginnings* of a name (two letters or more), then *words inside* it in any order and with a
    genitive's s, then beginnings of a name outside.
6.  A street at *another number* is a guess.
7.  *Misspelt*, as `misspelt` has it, is a guess where one is best. What is as near outside the city
    as inside is only suggested.
8.  *A name inside the question* ("jag bor i Tuve") is a guess. Else the answer is unknown, and what
    begins alike or is a mistake further off is suggested.

Among equally good matches areas come before houses, an area before what only adds a word to its
name, and a house before its street. What lies at the same point is one. The rest is a choice.
"""

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from functools import cached_property

from .choices import (
    AREAS,
    MOST_SUGGESTIONS,
    distinct,
    guess,
    one_or_choices,
    shortest,
    unless_unknown,
)
from .labels import told_apart
from .misspelt import Misspelt
from .postcodes import POSTCODES, Postcodes
from .spelling import cleaned, folded, squeezed
from .spots import Answer, Found, Kind, Outside, Spot

SHOWN = 100  # characters of the question that come back

_TOWN = ("goteborg", "goteborgs")
_SMALL_WORDS = ("i", "nara", "pa", "vid")
_AROUND_TOWN = (*_TOWN, *_SMALL_WORDS, "stad", "kommun", "sverige")
_HOUSE_NUMBER = re.compile(r"(.*[^\W\d]) \d{1,4} ?[a-z]?")
_MOST_WORDS = 12


class Gazetteer:
    """Every spot a person may mean, and the well-known places outside the city.

    Where two spots mean the same the earlier one is preferred; see the rules above.
    """

    def __init__(self, spots: Iterable[Spot], outside: Iterable[Outside] = ()):
        self.spots = told_apart(spots)
        self._labels = {folded(spot.label): spot for spot in self.spots}
        self._names = [
            (key, spot)
            for spot in self.spots
            if spot.kind not in POSTCODES
            for key in map(folded, (spot.name, *spot.also))
            if key
        ]
        self._exact: defaultdict[str, list[Spot]] = defaultdict(list)
        for key, spot in self._names:
            self._exact[squeezed(key)].append(spot)
        outside = list(outside)
        self._outside = {squeezed(folded(place.name)): place for place in outside}
        self._postcodes = Postcodes(self.spots, outside)

    def look_up(self, text: str) -> Answer:
        """What `text` may mean; any text has an answer, and none is an error."""
        asked = cleaned(text)
        if not asked:
            return Answer(Found.NOTHING_ASKED)
        answer = self._find(asked) or Answer(Found.UNKNOWN)
        return replace(answer, asked=asked[:SHOWN].rstrip())

    def _find(self, text: str) -> Answer | None:
        key = folded(text)
        if not key:
            return None
        return (
            self._exactly(key)
            or self._postcodes.find(key)
            or self._around_town(key)
            or self._address(text, key)
            or self._beginning(squeezed(key))
            or self._words_inside(key)
            or self._beginning_outside(squeezed(key))
            or self._another_number(key)
            or self._misspelt(key)
            or self._name_inside(key)
            or self._suggestions(key)
        )

    # --- 1. Exactly --------------------------------------------------------------------------

    def _exactly(self, key: str) -> Answer | None:
        if spot := self._labels.get(key):
            return Answer(Found.FOUND, spot=spot)
        if spots := self._exact.get(squeezed(key)):
            return one_or_choices(spots)
        return self._exactly_outside(key)

    def _exactly_outside(self, key: str) -> Answer | None:
        place = self._outside.get(squeezed(key))
        return Answer(Found.OUTSIDE, outside=place.words) if place else None

    # --- 3. The town's name ------------------------------------------------------------------

    def _around_town(self, key: str) -> Answer | None:
        words = key.split()
        names_town = any(word in _TOWN for word in words)
        if not names_town and words[0] not in _SMALL_WORDS:
            return None
        while words and words[0] in _AROUND_TOWN:
            words.pop(0)
        while words and words[-1] in _AROUND_TOWN:
            words.pop()
        if not words and names_town:
            return one_or_choices([s for s in self.spots if s.kind is Kind.CITY_AREA])
        rest = " ".join(words)
        if not rest or rest == key:
            return None
        return self._exactly(rest) or self._misspelt(key) or unless_unknown(self._find(rest))

    # --- 4. Addresses ------------------------------------------------------------------------

    def _address(self, text: str, key: str) -> Answer | None:
        first, *others = (part for part in map(folded, text.split(",")) if part)
        return (
            (self._exactly(first) if others else None)
            or next(filter(None, map(self._exactly_outside, others)), None)
            or self._postcode_inside(key)
            or (unless_unknown(self._find(first)) if others else None)
            or next(filter(None, map(self._exactly, others)), None)
        )

    def _postcode_inside(self, key: str) -> Answer | None:
        """A postcode that is not listed says less than a name beside it."""
        answer, rest = self._postcodes.find_inside(key)
        return (unless_unknown(answer) or self._exactly(rest) or answer) if answer else None

    # --- 5. Beginnings and words inside ------------------------------------------------------

    def _beginning(self, letters: str) -> Answer | None:
        if len(letters) < 2:
            return None
        names = [(k, spot) for k, spot in self._names if squeezed(k).startswith(letters)]
        return one_or_choices(shortest(names))

    def _words_inside(self, key: str) -> Answer | None:
        words = {word for word in key.split() if word not in _SMALL_WORDS}
        if max(map(len, words), default=0) < 3:
            return None
        names = [(k, s) for k, s in self._names if all(_has_word(k, word) for word in words)]
        return one_or_choices(shortest(names))

    def _beginning_outside(self, letters: str) -> Answer | None:
        if len(letters) < 4:
            return None
        places = [place for key, place in self._outside.items() if key.startswith(letters)]
        if not places:
            return None
        return Answer(Found.OUTSIDE, outside=places[0].words if len(places) == 1 else "")

    # --- 6. Another number -------------------------------------------------------------------

    def _another_number(self, key: str) -> Answer | None:
        match = _HOUSE_NUMBER.fullmatch(key)
        return guess(self._beginning(squeezed(match[1]))) if match else None

    # --- 7. Misspelt -------------------------------------------------------------------------

    def _misspelt(self, key: str) -> Answer | None:
        near = [match for match in self._by_mistakes.near(key) if match.is_forgiven]
        if not near:
            return None
        best = [match.means for match in near if match.mistakes == near[0].mistakes]
        inside = _inside(best)
        if not inside:
            return Answer(Found.OUTSIDE, outside=_first_outside(best).words)
        if len(inside) < len(best):
            return Answer(Found.UNKNOWN, choices=distinct(inside)[:MOST_SUGGESTIONS])
        return guess(one_or_choices(inside), _inside(match.means for match in near))

    @cached_property
    def _by_mistakes(self) -> Misspelt:
        return Misspelt([*self._names, *self._outside.items()])

    # --- 8. A name inside, and suggestions ---------------------------------------------------

    def _name_inside(self, key: str) -> Answer | None:
        words = key.split()[:_MOST_WORDS]
        parts = [
            " ".join(words[start : start + length])
            for length in range(len(words) - 1, 0, -1)
            for start in range(len(words) - length + 1)
        ]
        parts = [form for part in parts if len(part) > 3 for form in (part, _plain(part))]
        outside = next(filter(None, map(self._exactly_outside, parts)), None)
        return outside or guess(next(filter(None, map(self._exactly, parts)), None))

    def _suggestions(self, key: str) -> Answer:
        """Unknown, but these begin alike or are near."""
        letters = squeezed(key)
        alike = [s for k, s in self._names if s.kind in AREAS and _begins_with(letters, k)]
        near = _inside(match.means for match in self._by_mistakes.near(key))
        return Answer(Found.UNKNOWN, choices=distinct([*alike, *near])[:MOST_SUGGESTIONS])


# --- Words ---------------------------------------------------------------------------------------


def _has_word(name: str, word: str) -> bool:
    """Whether a word of the name begins so, or is it without a genitive's s."""
    return f" {word}" in f" {name}" or f" {_plain(word)} " in f" {name} "


def _plain(word: str) -> str:
    """Without a genitive's s: "hammarkullens"."""
    return word[:-1] if len(word) > 5 and word.endswith("s") else word


def _begins_with(letters: str, name: str) -> bool:
    """ "gamlestadstorget" begins with Gamlestaden, "kortedalavagen" with Kortedala."""
    stem = squeezed(name)
    stem = stem[:-2] if len(stem) >= 8 else stem
    return len(stem) >= 5 and letters.startswith(stem)


def _inside(found: Iterable[Spot | Outside]) -> list[Spot]:
    return [spot for spot in found if isinstance(spot, Spot)]


def _first_outside(found: Iterable[Spot | Outside]) -> Outside:
    return next(place for place in found if isinstance(place, Outside))
