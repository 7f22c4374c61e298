"""What an app says of what can be found in it: `SOURCES` in its own `search.py`.

A source gives documents, all or those with certain keys, and says which of them a changed row is
part of. The search asks; an app never calls it.
"""

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from django.db.models import Model

from .languages import Language


class Found(StrEnum):
    """What a document is.

    What is added here gets its name in familjeportal/search/names.py.
    """

    GUIDE = "guide"
    TOPIC = "topic"
    FLOW = "flow"
    SERVICE = "service"
    SUPPORT = "support"
    CENTRE = "centre"
    PLACE = "place"
    ACTIVITY = "activity"
    DOCUMENT = "document"
    NEWS = "news"
    FILM = "film"
    PAGE = "page"
    LINE = "line"


@dataclass(frozen=True)
class Document:
    """Something to find, in one language, as readers may see it.

    `id` is the primary key of its row; a page that is no row has "". `key` says which it is among
    its kind: a slug, or what else its page is loaded by. What has no page of its own has no `url`.
    `also` are other names and whole questions that it answers: each counts as much as the title.
    `words` are for finding only. `text` is the rest of the page. Shown from `shown_from` and until
    `shown_until` (an end that is left out is open); the same thing may have several documents with
    other times.
    """

    id: object
    kind: Found
    key: str
    title: str
    url: str = ""
    summary: str = ""
    also: tuple[str, ...] = ()
    words: str = ""
    text: str = ""
    language: str = Language.SWEDISH
    shown_from: datetime | None = None
    shown_until: datetime | None = None


Ids = Collection[object]


@dataclass(frozen=True)
class Source:
    """One model's part in the search.

    `documents(ids)` gives those of the objects with these primary keys, of all when it is None; an
    object that nobody may see has none. `ids_of(row)` gives the primary keys of the objects that a
    row of any model is part of, None when it may be all of them.
    """

    name: str
    documents: Callable[[Ids | None], Iterator[Document]]
    ids_of: Callable[[Model], Ids | None]
