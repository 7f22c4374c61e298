"""Words inside words: "sömnproblem" holds "sömn", and who asks for "sömn" may mean it. Pure."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator

from .analyser import stem

_SHORTEST_HEAD, _SHORTEST_TAIL = 3, 4
_SHORTEST_INSIDE = 4  # letters of a word that is looked for inside others
_LINKS = ("s", "e", "o", "u", "a")  # between the parts: "barndomsminne"


class Compounds:
    """The terms there are, to be asked which hold a word and which a word is made of."""

    def __init__(self, terms: Iterable[str]):
        self._terms = sorted(terms)
        self._known = set(self._terms)
        self._backwards = sorted(term[::-1] for term in self._terms)

    def holding(self, term: str) -> list[str]:
        """Terms that begin or end with `term`, the shortest first."""
        if len(term) < _SHORTEST_INSIDE:
            return []
        found = {
            *_beginning(self._terms, term),
            *(other[::-1] for other in _beginning(self._backwards, term[::-1])),
        }
        return sorted(found - {term}, key=lambda other: (len(other), other))

    def parts(self, word: str) -> list[str]:
        """The terms that a word is made of: two, else the one it begins or ends with, else none."""
        cuts = range(len(word) - _SHORTEST_TAIL, _SHORTEST_HEAD - 1, -1)
        pairs = [(self._head(word[:cut]), self._term(word[cut:])) for cut in cuts]
        both = next((pair for pair in pairs if all(pair)), None)
        if both:
            return list(both)
        single = (part for pair in pairs for part in pair if len(part) > _SHORTEST_INSIDE)
        return [best] if (best := max(single, key=len, default="")) else []

    def _head(self, letters: str) -> str:
        bare = [letters[:-1]] if letters.endswith(_LINKS) else []
        return next((form for part in (letters, *bare) if (form := self._term(part))), "")

    def _term(self, letters: str) -> str:
        form = stem(letters) if len(letters) >= _SHORTEST_HEAD else ""
        return form if form in self._known else ""


def _beginning(some: list[str], letters: str) -> Iterator[str]:
    start = bisect_left(some, letters)
    while start < len(some) and some[start].startswith(letters):
        yield some[start]
        start += 1
