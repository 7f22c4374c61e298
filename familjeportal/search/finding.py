"""Asks the table of terms: what fits a question, the best first.

Any part of a question may be found. What more parts fit counts for more, a rare term more than a
common one, a name more than a text (`index` says how much each place weighs), and a name that is
the whole question most. What holds too little of the question is no answer. One query of terms,
grouped by entry, for which the index on terms has every column it reads.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from django.db import connection
from django.db.models import Count, Max, Sum

from services.languages import Language

from .models import SearchEntry, SearchTerm, Synonym, UrgentWord, phrases_of, shown_at
from .reading import Part, Reading, read
from .vocabulary import Vocabulary

MOST_HITS = 60
_WHOLE_QUESTION = 2.0
_ALL_PARTS = 0.6  # of the points are for how many of the parts are found
_OF_A_NAME = 8.0  # what a word weighs in a name of one or two
_MORE_THAN_TEXT = 1.5  # what it weighs in more than running text
_MOST_ASKED = 5  # parts: of a long question one need not find more


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
    return vocabulary_of(newest, version["count"], version["total"])


@lru_cache(maxsize=2)
def vocabulary_of(newest: datetime | None, count: int, total: int | None) -> Vocabulary:
    terms = SearchTerm.objects.order_by().values_list("term")
    counted = terms.annotate(held=Count("*"), one=Max("word"))
    return Vocabulary(
        count=count,
        terms={term: (held, word) for term, held, word in counted},
        synonyms=phrases_of(Synonym.objects.all()),
        urgent=phrases_of(UrgentWord.objects.all()),
    )


# --- What is found --------------------------------------------------------------------------------


def _hits(reading: Reading, known: Vocabulary, at: datetime, language: str) -> list[Hit]:
    asked = list(_asked(reading, known))
    if not asked:
        return []
    quote = connection.ops.quote_name
    shown, moments = SearchEntry.objects.filter(shown_at(at)).values("pk").query.sql_with_params()
    sql = _BEST.format(
        asked=", ".join([f"(%s, %s, {_NUMBER}, {_NUMBER})"] * len(asked)),
        terms=quote(SearchTerm._meta.db_table),
        shown=shown,
        number=_NUMBER,
    )
    values = [value for row in asked for value in row]
    shares = (1 - _ALL_PARTS, _ALL_PARTS / max(len(reading.parts), 1))
    with connection.cursor() as cursor:
        cursor.execute(sql, [*values, *shares, *moments, MOST_HITS])
        found = cursor.fetchall()
    scores = {pk: score for pk, score, *fit in found if _is_answer(reading, *fit)}
    return _best_of_each(scores, language)


_NUMBER = "CAST(%s AS double precision)"  # PostgreSQL counts far slower with its decimals
_BEST = """
    WITH asked (term, part, likeness, rarity) AS (VALUES {asked}),
    fits AS (
        SELECT
            entry_id,
            part,
            MAX(weight * likeness * rarity) AS points,
            MAX(weight * likeness) AS strength
        FROM asked CROSS JOIN {terms} AS held
        WHERE held.term = asked.term
        GROUP BY entry_id, part
    )
    SELECT
        entry_id,
        SUM(points) * ({number} + {number} * COUNT(CASE WHEN part > 0 THEN 1 END)) AS score,
        COUNT(CASE WHEN part > 0 THEN 1 END),
        MAX(strength)
    FROM fits
    WHERE entry_id IN ({shown})
    GROUP BY entry_id
    ORDER BY score DESC, entry_id
    LIMIT %s
"""


def _asked(reading: Reading, known: Vocabulary) -> Iterator[tuple[str, int, float, float]]:
    """Each term with the number of its part (0: the question as a name), likeness and rarity."""
    parts = [Part(dict.fromkeys(reading.whole, _WHOLE_QUESTION)), *reading.parts]
    for number, part in enumerate(parts):
        for term, weight in part.terms.items():
            yield term, number, weight, known.rarity(term)


def _is_answer(reading: Reading, parts: int, strength: float) -> bool:
    """Whether so many parts, the strongest so strong, are more than a word by chance.

    "Köpa begagnad bil" is not answered by what says how a child sits in one. A guess of what was
    misspelt is no reason either.
    """
    if reading.means or reading.whole or strength >= _OF_A_NAME:
        return True
    asked = min(reading.asked, _MOST_ASKED)
    is_said = strength > _MORE_THAN_TEXT and not reading.corrected
    return parts * 3 > asked and (parts * 2 > asked or is_said)


def _best_of_each(scores: dict[int, float], language: str) -> list[Hit]:
    """Each thing once: in the reader's language if that was found, else as it fits best."""
    entries = SearchEntry.objects.in_bulk(scores)
    ranked = sorted(scores, key=lambda pk: (-scores[pk], entries[pk].language != language, pk))
    best: dict[tuple[str, str], SearchEntry] = {}
    most: dict[tuple[str, str], float] = {}
    for pk in ranked:
        entry = entries[pk]
        its = (entry.kind, entry.key)
        most.setdefault(its, scores[pk])
        if its not in best or (entry.language == language != best[its].language):
            best[its] = entry
    return [Hit(e.kind, e.key, e.title, e.url, e.summary, most[its]) for its, e in best.items()]
