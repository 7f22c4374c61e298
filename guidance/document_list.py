"""The documents that readers can see, and which of them were asked for."""

from dataclasses import dataclass
from datetime import datetime

from django.http import QueryDict
from django.utils.http import urlencode

from .models import Document, DocumentVersion, shown_of

FILTERS = {"slag": "kind", "utgivare": "publisher"}


@dataclass(frozen=True)
class Choice:
    """One way to narrow the list, or to widen it again."""

    name: str
    url: str
    is_chosen: bool


class DocumentList:
    """`rows`: documents with the version that is shown. What is asked and does not exist is left
    out, as if it had not been asked."""

    def __init__(self, params: QueryDict, at: datetime):
        self._all = shown_of(Document.objects.shown(at), at)
        self._all.sort(key=lambda row: row[1].title)
        self._known = {
            "slag": dict(Document.Kind.choices),
            "utgivare": dict(Document.Publisher.choices),
            "ar": {str(v.year): str(v.year) for _document, v in self._all if v.year},
        }
        asked = {name: params.get(name, "") for name in self._known}
        self._asked = {k: v for k, v in asked.items() if v in self._known[k]}
        self.rows = [row for row in self._all if self._fits(*row, self._asked)]

    @property
    def is_narrowed(self) -> bool:
        return bool(self._asked)

    @property
    def kinds(self) -> list[Choice]:
        return self._choices("slag")

    @property
    def publishers(self) -> list[Choice]:
        return self._choices("utgivare")

    @property
    def years(self) -> list[Choice]:
        return sorted(self._choices("ar"), key=lambda choice: choice.name, reverse=True)

    def _choices(self, name: str) -> list[Choice]:
        """Only what leads to something."""
        return [
            self._choice(name, value, label)
            for value, label in self._known[name].items()
            if any(self._fits(*row, {name: value}) for row in self._all)
        ]

    def _choice(self, name: str, value: str, label: str) -> Choice:
        """A link that asks for `value` too, or no longer."""
        is_chosen = self._asked.get(name) == value
        others = {key: kept for key, kept in self._asked.items() if key != name}
        wanted = others if is_chosen else others | {name: value}
        return Choice(str(label), f"?{urlencode(sorted(wanted.items()))}", is_chosen)

    @staticmethod
    def _fits(document: Document, version: DocumentVersion, asked: dict) -> bool:
        year = asked.get("ar")
        facts = all(
            getattr(document, field) == asked[name]
            for name, field in FILTERS.items()
            if name in asked
        )
        return facts and (year is None or str(version.year) == year)
