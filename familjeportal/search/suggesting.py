"""What a question may become while it is written: names that hold words beginning so."""

from datetime import datetime

from django.db.models import Q

from .analyser import words
from .models import SearchEntry, SearchTerm, shown_at
from .names import LABELS
from .reading import LONGEST

MOST = 7
_SHORTEST = 2
_NAME = 6.0  # what a word of a title weighs at least


def suggestions(text: str, *, at: datetime) -> list[dict[str, str]]:
    """At most seven things with an address, the best first; [] for what is too short."""
    begun = words(text[:LONGEST])[:5]
    if not begun or len("".join(begun)) < _SHORTEST:
        return []
    rows = SearchEntry.objects.filter(shown_at(at)).exclude(url="")
    for word in begun:
        rows = rows.filter(pk__in=_named(word))
    found = rows.order_by("source", "title", "pk").values_list("kind", "title", "url")[: MOST * 4]
    names = sorted(dict.fromkeys(found), key=lambda row: (_place_of(begun[0], row[1]), len(row[1])))
    return [
        {"title": title, "url": url, "label": str(LABELS[kind])}
        for kind, title, url in names[:MOST]
    ]


def _named(word: str):
    begins = Q(word__startswith=word) | Q(term__startswith=word)
    return SearchTerm.objects.filter(begins, weight__gte=_NAME).values("entry")


def _place_of(word: str, title: str) -> int:
    """Where in a title a word begins so, after all of it where none does."""
    its = words(title)
    return next((n for n, other in enumerate(its) if other.startswith(word)), len(its))
