"""Asks the table of terms: what fits a question, the best first.

Any part of a question may be found. What more parts fit counts for more, a rare term more than a
common one, a name more than a text (`index` says how much each place weighs), and a name that is
the whole question most. One query of terms, grouped by entry.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from django.db.models import Case, Count, F, FloatField, Max, Sum, Value, When
from django.db.models.functions import Coalesce

from services.languages import Language

from .models import SearchEntry, SearchTerm, Synonym, UrgentWord, shown_at
from .reading import Part, Reading, read
from .vocabulary import Phrase, Vocabulary

MOST_HITS = 60
_WHOLE_QUESTION = 2.0
_ALL_PARTS = 0.6  # of the points are for how many of the parts are found


@dataclass(frozen=True)
class Hit:
    """Something found. `score` compares within one search only."""

    kind: str
    key: str
    title: str
    url: str
    summary: str
    score: float


@dataclass(frozen=True)
class Search:
    """A question as it was read, and what was found."""

    reading: Reading
    hits: list[Hit]


def search(text: str, *, at: datetime, language: str = Language.SWEDISH) -> Search:
    """What `text` finds of what is shown at the moment `at`."""
    known = vocabulary()
    reading = read(text, known)
    return Search(reading, _hits(reading, known, at, language))


# --- What is known of words -----------------------------------------------------------------------


def vocabulary() -> Vocabulary:
    """Read anew when anything has been indexed since; two cheap queries each time to see that."""
    entries = SearchEntry.objects
    newest = entries.order_by("-id").values_list("made_at", flat=True).first()
    version = entries.aggregate(count=Count("id"), total=Sum("id"))
    return _vocabulary(newest, version["count"], version["total"])


@lru_cache(maxsize=2)
def _vocabulary(newest: datetime | None, count: int, total: int | None) -> Vocabulary:
    terms = SearchTerm.objects.order_by().values_list("term")
    counted = terms.annotate(Count("entry"), Max("word"))
    return Vocabulary(
        count=count,
        terms={term: (held, word) for term, held, word in counted},
        synonyms=_phrases(Synonym.objects.all()),
        urgent=_phrases(UrgentWord.objects.all()),
    )


def _phrases(rows: Iterable[Synonym | UrgentWord]) -> tuple[Phrase, ...]:
    return tuple(Phrase(phrase, row.slug) for row in rows for phrase in row.phrases)


# --- What is found --------------------------------------------------------------------------------


def _hits(reading: Reading, known: Vocabulary, at: datetime, language: str) -> list[Hit]:
    if reading.is_empty:
        return []
    parts = [*reading.parts, Part(dict.fromkeys(reading.whole, _WHOLE_QUESTION))]
    columns = {f"part_{n}": _best(part, known) for n, part in enumerate(parts) if part.terms}
    found = (
        SearchTerm.objects.filter(
            shown_at(at, "entry__"), term__in={t for part in parts for t in part.terms}
        )
        .order_by()
        .values("entry")
        .annotate(**columns)
        .annotate(points=sum((F(name) for name in columns), Value(0.0)))
        .order_by("-points", "entry")
        .values_list("entry", *columns)[:MOST_HITS]
    )
    scores = {entry: _score(points, len(reading.parts)) for entry, *points in found}
    return _best_of_each(scores, language)


def _best(part: Part, known: Vocabulary) -> Coalesce:
    """The points of the term of a part that fits an entry best, 0 when none does."""
    whens = [
        When(term=term, then=F("weight") * Value(weight * known.rarity(term)))
        for term, weight in part.terms.items()
    ]
    best = Max(Case(*whens, output_field=FloatField()))
    return Coalesce(best, Value(0.0), output_field=FloatField())


def _score(points: list[float], parts: int) -> float:
    share = sum(1 for some in points[:parts] if some) / max(parts, 1)
    return sum(points) * (1 - _ALL_PARTS + _ALL_PARTS * share)


def _best_of_each(scores: dict[int, float], language: str) -> list[Hit]:
    """Each thing once: in the reader's language if that was found, else as it fits best."""
    entries = SearchEntry.objects.in_bulk(scores)
    ranked = sorted(scores, key=lambda pk: (-scores[pk], entries[pk].language != language, pk))
    best: dict[tuple[str, str], SearchEntry] = {}
    for pk in ranked:
        entry = entries[pk]
        its = (entry.kind, entry.key)
        if its not in best or (entry.language == language != best[its].language):
            best[its] = entry
    first = {its: max(scores[pk] for pk in ranked if _is(entries[pk], its)) for its in best}
    return [Hit(e.kind, e.key, e.title, e.url, e.summary, first[its]) for its, e in best.items()]


def _is(entry: SearchEntry, its: tuple[str, str]) -> bool:
    return (entry.kind, entry.key) == its
