"""What the index knows of words: every term, phrases that mean the same, urgent ones. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import log

from rapidfuzz import process
from rapidfuzz.distance import OSA

from .analyser import folded, key_of, stem, words
from .compounds import Compounds

SYNONYM, WHOLE = "§", "="
_SHORTEST_MISSPELT = 4
_LIKELY = 5
_GENITIVES = ("ens", "ets")  # "Sannegårdens": one misspells "Sannegården"


@dataclass(frozen=True)
class Phrase:
    """A phrase on a row of words: as somebody wrote it, and what it means (a short name)."""

    written: str
    means: str


def keys_of(phrases: Iterable[Phrase]) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for phrase in phrases:
        key = key_of(words(phrase.written))
        found[key] = tuple(dict.fromkeys((*found.get(key, ()), phrase.means)))
    return found


@dataclass(frozen=True)
class Vocabulary:
    """`terms` gives of each term in how many of the `count` entries it is, and a word of it."""

    count: int
    terms: Mapping[str, tuple[int, str]]
    synonyms: Sequence[Phrase] = ()
    urgent: Sequence[Phrase] = ()

    def knows(self, term: str) -> bool:
        return term in self.terms

    def rarity(self, term: str) -> float:
        """More for what fewer entries hold; about 0.7 for what all do."""
        held, _word = self.terms.get(term, (1, ""))
        return log(1 + max(self.count, 1) / held)

    @cached_property
    def keys(self) -> dict[str, tuple[str, ...]]:
        """By the key of a phrase what it means: most often one thing."""
        return keys_of(self.synonyms)

    @cached_property
    def names(self) -> dict[str, str]:
        """By what is meant the phrase it is shown as."""
        return {phrase.means: phrase.written for phrase in reversed(self.synonyms)}

    @cached_property
    def urgent_words(self) -> list[tuple[list[str], str]]:
        """The folded words of each urgent phrase, and what it means."""
        return [(words(phrase.written), phrase.means) for phrase in self.urgent]

    @cached_property
    def compounds(self) -> Compounds:
        return Compounds(term for term in self.terms if term[0] not in SYNONYM + WHOLE)

    @cached_property
    def spellings(self) -> dict[str, str]:
        """Every folded word, and how it is written."""
        written = [word for _held, word in self.terms.values() if word]
        known = dict(zip(folded(" ".join(written)).split(), written, strict=True))
        known |= {w[:-1]: one[:-1] for w, one in known.items() if w.endswith(_GENITIVES)}
        every = (*self.synonyms, *self.urgent)
        phrases = (one for phrase in every for one in phrase.written.lower().split())
        return known | {word: one for one in phrases for word in words(one)}

    @cached_property
    def stems_of_phrases(self) -> frozenset[str]:
        every = (*self.synonyms, *self.urgent)
        return frozenset(stem(word) for phrase in every for word in words(phrase.written))

    def meant(self, word: str) -> str:
        """The nearest folded word to a misspelt one, "" if none is near.

        The first letter is seldom wrong: "night" is no "fight".
        """
        if len(word) < _SHORTEST_MISSPELT or word.isdigit():
            return ""
        found = process.extract(
            word,
            [other for other in self._spelled if other[0] == word[0]],
            scorer=OSA.distance,
            score_cutoff=_mistakes_forgiven(word),
            limit=_LIKELY,
        )
        return min(found, key=self._unlikely, default=("",))[0]

    @cached_property
    def _spelled(self) -> list[str]:
        return [word for word in self.spellings if len(word) >= _SHORTEST_MISSPELT - 1]

    def _unlikely(self, near: tuple[str, float, int]) -> tuple[float, int]:
        other, mistakes, _position = near
        return mistakes, -self.terms.get(stem(other), (0, ""))[0]


def _mistakes_forgiven(word: str) -> int:
    return 1 if len(word) < 6 else 2 if len(word) < 12 else 3
