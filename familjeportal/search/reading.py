"""What a question asks for, as terms to look up. Pure.

1.  *Length*: 200 characters and 30 words are read.
2.  *Phrases* that mean something together, also joined or apart: words that mean the same, whole
    names, and compounds that were written apart. The longest first, none twice.
3.  *Misspelt*: a word that nothing else makes sense of is read as the nearest one.
4.  The *other words*, but for stop words: themselves, words that hold them, else their parts.
5.  What is asked is at most `MOST_PARTS` parts, those that say most. Any of them may be found.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from .analyser import is_stop_word, key_of, phrases, stem, written_words
from .vocabulary import SYNONYM, WHOLE, Vocabulary

LONGEST = 200
MOST_WORDS = 30
MOST_PARTS = 6
_MOST_HOLDING = 8

_WORD_OF_PHRASE, _PHRASE_INSIDE, _HOLDING, _PART_OF_WORD, _MISSPELT = 0.35, 0.6, 0.45, 0.6, 0.8


@dataclass(frozen=True)
class Part:
    """One thing that is asked for: terms that each would do, and how well."""

    terms: dict[str, float]


@dataclass
class Reading:
    """`whole` are terms for the question as a name; `corrected` is "" or the text as it was meant.

    `asked` counts the parts, also those that nothing here makes sense of. `means` and `urgent` are
    short names of the words that mean the same, and the urgent ones.
    """

    parts: list[Part] = field(default_factory=list)
    whole: list[str] = field(default_factory=list)
    means: list[str] = field(default_factory=list)
    urgent: list[str] = field(default_factory=list)
    corrected: str = ""
    asked: int = 0

    @property
    def is_empty(self) -> bool:
        return not (self.parts or self.whole)


@dataclass(frozen=True)
class _Run:
    """Words that belong together, from `start` and before `end`."""

    start: int
    end: int
    key: str


def read(text: str, known: Vocabulary) -> Reading:
    written = written_words(text[:LONGEST])[:MOST_WORDS]
    meant, is_corrected = _corrected(written, known)
    some = [word for word, _written in meant]
    runs = _runs(some, known)
    inside = {index for run in runs for index in range(run.start, run.end)}
    parts = [_of_run(some, run, known) for run in runs]
    parts += [
        _of_word(word, known)
        for index, word in enumerate(some)
        if index not in inside and not is_stop_word(word)
    ]
    asked = len(parts)
    parts = [part for part in parts if part.terms]
    if is_corrected:
        parts = [Part({term: w * _MISSPELT for term, w in part.terms.items()}) for part in parts]
    return Reading(
        parts=sorted(parts, key=lambda part: -_says(part, known))[:MOST_PARTS],
        whole=[term for term in _as_name(some) if known.knows(term)],
        means=list(dict.fromkeys(_meanings(some, runs, known))),
        urgent=_urgent(some, known),
        corrected=" ".join(one for _word, one in meant) if is_corrected else "",
        asked=asked,
    )


# --- Phrases --------------------------------------------------------------------------------------


def _runs(some: Sequence[str], known: Vocabulary) -> list[_Run]:
    taken: set[int] = set()
    runs = []
    found = (_Run(*one) for one in phrases(some))
    for run in sorted(found, key=lambda run: run.start - run.end):
        span = set(range(run.start, run.end))
        if not span & taken and _belongs_together(some, run, known):
            taken |= span
            runs.append(run)
    return sorted(runs, key=lambda run: run.start)


def _belongs_together(some: Sequence[str], run: _Run, known: Vocabulary) -> bool:
    if run.key in known.keys:
        return True
    if run.end - run.start == 1:
        return False
    if known.knows(WHOLE + run.key):
        return not all(map(is_stop_word, some[run.start : run.end]))
    apart = some[run.start : run.end]
    return not is_stop_word(apart[0]) and len(run.key) > 6 and known.knows(run.key)


def _of_run(some: Sequence[str], run: _Run, known: Vocabulary) -> Part:
    inside = some[run.start : run.end]
    terms = {
        stem(word): _WORD_OF_PHRASE
        for word in inside
        if not is_stop_word(word) and known.knows(stem(word))
    }
    for _start, _end, key in phrases(inside):
        terms |= {SYNONYM + means: _PHRASE_INSIDE for means in known.keys.get(key, ())}
    meant = [SYNONYM + means for means in known.keys.get(run.key, ())]
    for term in (WHOLE + run.key, run.key, *meant):
        if known.knows(term):
            terms[term] = 1.0
    return Part({term: weight for term, weight in terms.items() if known.knows(term)})


def _meanings(some: Sequence[str], runs: list[_Run], known: Vocabulary) -> Iterator[str]:
    for run in runs:
        yield from known.keys.get(run.key, ())


def _as_name(some: Sequence[str]) -> Iterator[str]:
    yield WHOLE + key_of(some)
    bare = [word for word in some if not is_stop_word(word)]
    yield WHOLE + key_of(bare)


# --- Words ----------------------------------------------------------------------------------------


def _of_word(word: str, known: Vocabulary) -> Part:
    its = stem(word)
    terms = dict.fromkeys(known.compounds.holding(its)[:_MOST_HOLDING], _HOLDING)
    if known.knows(its):
        terms[its] = 1.0
    elif not terms:
        terms = dict.fromkeys(known.compounds.parts(word), _PART_OF_WORD)
    return Part(terms)


def _says(part: Part, known: Vocabulary) -> float:
    return max((weight * known.rarity(term) for term, weight in part.terms.items()), default=0)


def _corrected(
    written: list[tuple[str, str]], known: Vocabulary
) -> tuple[list[tuple[str, str]], bool]:
    """The words as they were meant, and whether any was misspelt."""
    some = [word for word, _written in written]
    inside = {index for run in _runs(some, known) for index in range(run.start, run.end)}
    meant = [
        (word, one) if index in inside or _makes_sense(word, known) else _nearest(word, one, known)
        for index, (word, one) in enumerate(written)
    ]
    return meant, meant != written


def _makes_sense(word: str, known: Vocabulary) -> bool:
    its = stem(word)
    return (
        is_stop_word(word)
        or known.knows(its)
        or its in known.stems_of_phrases
        or bool(known.compounds.holding(its))
    )


def _nearest(word: str, written: str, known: Vocabulary) -> tuple[str, str]:
    near = known.meant(word)
    return (near, known.spellings[near]) if near else (word, written)


# --- Urgent ---------------------------------------------------------------------------------------


def _urgent(some: Sequence[str], known: Vocabulary) -> list[str]:
    """What is urgent: all words of a phrase, in order, whatever stands between them.

    A word by itself counts only as it is written: "rape" is no "rapa".
    """
    stems = [stem(word) for word in some]
    found = []
    for phrase, means in known.urgent_words:
        is_one = len(phrase) == 1
        if is_one and phrase[0] in some or not is_one and _in_order(map(stem, phrase), stems):
            found.append(means)
    return list(dict.fromkeys(found))


def _in_order(phrase: Iterable[str], stems: Sequence[str]) -> bool:
    rest = iter(stems)
    return all(word in rest for word in phrase)
