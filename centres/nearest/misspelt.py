"""Which names a misspelt text may mean. Pure.

1.  Compared are the letters, and the text as it sounds: a mistake is a letter or sound too many,
    missing, wrong, or two that have changed places.
2.  Forgiven is one in 4–6 letters or sounds, two up to 12, three above; none in three or fewer, nor
    for a name so short.
3.  Digits are never misspelt, and a street is never meant for a place.
4.  The first letter or sound must be right in short words, and for what lies outside the city.
5.  Nearest is what takes the fewest mistakes by either measure, then by both together.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from rapidfuzz import process
from rapidfuzz.distance import OSA

from .spelling import sound, squeezed
from .spots import Outside, Spot

_STREET_ENDINGS = ("gatan", "vagen", "granden", "stigen", "leden", "backen")
_SHORT = 5  # sounds
_LONGEST = 60  # letters; nobody misspells so long a name


@dataclass(frozen=True, slots=True)
class Match:
    """What a text may mean, and by how many mistakes: the fewer of the two measures, and both."""

    means: Spot | Outside
    mistakes: tuple[int, int]
    is_forgiven: bool


class Misspelt:
    """Folded names and what they mean."""

    def __init__(self, names: Iterable[tuple[str, Spot | Outside]]):
        self._names = list(names)
        self._letters = [squeezed(name) for name, _ in self._names]
        self._sounds = [sound(name) for name, _ in self._names]

    def near(self, key: str) -> list[Match]:
        """The nearest first, up to one mistake more than is forgiven."""
        letters, heard = squeezed(key), sound(key)
        if not forgiven(letters):
            return []
        found = {*_alike(letters, self._letters), *_alike(heard, self._sounds)}
        near = [
            self._match(letters, heard, index)
            for index in sorted(found)
            if _may_be_meant(key, *self._names[index])
        ]
        return sorted(near, key=lambda match: match.mistakes)

    def _match(self, letters: str, heard: str, index: int) -> Match:
        by_letters = OSA.distance(letters, self._letters[index])
        by_sound = OSA.distance(heard, self._sounds[index])
        is_forgiven = by_letters <= forgiven(letters) or by_sound <= forgiven(heard)
        mistakes = min(by_letters, by_sound), by_letters + by_sound
        return Match(self._names[index][1], mistakes, is_forgiven)


def forgiven(text: str) -> int:
    """How many mistakes are forgiven in a text without spaces."""
    letters = sum(map(str.isalpha, text))
    if letters <= 3 or len(text) > _LONGEST:
        return 0
    return 1 if letters <= 6 else 2 if letters <= 12 else 3


def _alike(text: str, names: list[str]) -> list[int]:
    """Where in the list the names are that differ little enough."""
    most = forgiven(text) + 1
    found = process.extract_iter(text, names, scorer=OSA.distance, score_cutoff=most)
    return [index for _, _, index in found]


def _may_be_meant(key: str, name: str, means: Spot | Outside) -> bool:
    if not forgiven(squeezed(name)) or _figures(key) != _figures(name):
        return False
    begins_alike = key[0] == name[0] or sound(key)[0] == sound(name)[0]
    if not begins_alike and (isinstance(means, Outside) or len(sound(key)) <= _SHORT):
        return False
    return all(name.endswith(ending) for ending in _STREET_ENDINGS if key.endswith(ending))


def _figures(key: str) -> str:
    return "".join(filter(str.isdigit, key))
