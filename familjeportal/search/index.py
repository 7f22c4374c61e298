"""Fills the table of terms from what the apps say can be found, and follows what changes.

A term is the stem of a word (`analyser`), "§" and a short name for words that mean the same
(`Synonym`), or "=" and a whole title. What it weighs depends on where in a document it stands; the
heaviest place counts.
"""

from collections.abc import Collection, Iterator

from django.db import transaction
from django.db.models import Model

from centres.search import SOURCES as CENTRES
from guidance.search import SOURCES as GUIDANCE
from services.search import SOURCES as SERVICES
from services.searchable import Document, Source

from .analyser import LONGEST_TERM, is_stop_word, key_of, phrases, stem, words, written_words
from .models import SearchEntry, SearchTerm, Synonym, UrgentWord, phrases_of
from .vocabulary import SYNONYM, WHOLE, keys_of

SOURCES: tuple[Source, ...] = (*GUIDANCE, *CENTRES, *SERVICES)

_NAME, _SHORT_NAME, _WHOLE_NAME = 6.0, 4.0, 16.0
_WORDS, _SUMMARY, _TEXT = 4.0, 3.0, 1.0
_PHRASE = 1.5  # times: says more than a word
_BATCH = 500

Same = dict[str, tuple[str, ...]]


# --- Following ------------------------------------------------------------------------------------


def follow(rows: tuple[Model, ...] | None) -> None:
    """Write anew what the rows are part of, in the transaction of who changed them."""
    if rows is None or any(isinstance(row, Synonym | UrgentWord) for row in rows):
        rebuild()
        return
    for source in SOURCES:
        parts = [source.ids_of(row) for row in rows]
        ids = None if None in parts else {pk for part in parts for pk in part}
        if ids is None or ids:
            write(source, ids)


def rebuild() -> int:
    """Write everything anew; returns how many entries there are."""
    with transaction.atomic():
        known = {source.name for source in SOURCES}
        SearchEntry.objects.exclude(source__in=known).delete()
        same = synonym_keys()
        return sum(write(source, None, same) for source in SOURCES)


@transaction.atomic
def write(source: Source, ids: Collection[object] | None, same: Same | None = None) -> int:
    """Write the objects with these keys anew, or all of the source; returns how many entries.

    Two who write the same object at once take turns: the later one waits for the old entries, and
    then removes what the earlier one wrote.
    """
    rows = SearchEntry.objects.filter(source=source.name)
    if ids is not None:
        rows = rows.filter(object_id__in=[str(pk) for pk in ids])
    list(rows.order_by("pk").select_for_update().values_list("pk", flat=True))
    rows.delete()
    documents = list(source.documents(ids))
    entries = SearchEntry.objects.bulk_create(_entry(source, document) for document in documents)
    same = synonym_keys() if same is None else same
    SearchTerm.objects.bulk_create(
        (
            SearchTerm(entry=entry, term=term, weight=weight, word=word)
            for entry, document in zip(entries, documents, strict=True)
            for term, (weight, word) in terms_of(document, same).items()
        ),
        batch_size=_BATCH,
    )
    return len(entries)


def _entry(source: Source, document: Document) -> SearchEntry:
    return SearchEntry(
        source=source.name,
        object_id=str(document.id),
        kind=document.kind,
        key=document.key,
        language=document.language,
        title=document.title,
        url=document.url,
        summary=document.summary,
        shown_from=document.shown_from,
        shown_until=document.shown_until,
    )


# --- Terms ----------------------------------------------------------------------------------------


def synonym_keys() -> Same:
    """By the key of a phrase the short names of what it means."""
    return keys_of(phrases_of(Synonym.objects.all()))


def terms_of(document: Document, same: Same) -> dict[str, tuple[float, str]]:
    """Of each term its weight and the word that stands in the text."""
    found: dict[str, tuple[float, str]] = {}
    for term, weight, word in _weighed(document, same):
        if term not in found or found[term][0] < weight:
            found[term] = (weight, word)
    return found


def _weighed(document: Document, same: Same) -> Iterator[tuple[str, float, str]]:
    for name in (document.title, *document.also):
        its = words(name)
        if its:
            key = key_of(its)
            yield WHOLE + key[:LONGEST_TERM], _WHOLE_NAME, ""
            for means in same.get(key, ()):
                yield SYNONYM + means, _WHOLE_NAME, ""
            yield from _terms(name, _NAME + _SHORT_NAME / len(its), same)
    yield from _terms(document.words, _WORDS, same)
    yield from _terms(document.summary, _SUMMARY, same)
    yield from _terms(document.text, _TEXT, same)


def _terms(text: str, weight: float, same: Same) -> Iterator[tuple[str, float, str]]:
    its = written_words(text)
    for word, written in its:
        if not is_stop_word(word):
            yield stem(word), weight, written
    for _start, _end, key in phrases([word for word, _written in its]):
        for means in same.get(key, ()):
            yield SYNONYM + means, weight * _PHRASE, ""
