"""What a reader has chosen, as it stands in a page's address, and links that change it."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django import forms
from django.http import QueryDict

LONGEST_PLACE = 100


@dataclass(frozen=True)
class Option:
    """Something that can be chosen: as a link, or as a choice in a form."""

    label: str
    value: str
    is_chosen: bool
    href: str
    count: int | None = None


class AddressValues:
    """The fields of an address that its form can read; the form has `plats` and `sida` too.

    `values` are those that are set, by name: never empty, in the order in which the form has them,
    and without the page. `unread` names those that could not be read.
    """

    def __init__(self, form_class: type[forms.Form], query: QueryDict):
        query = query.copy()
        query["plats"] = place_in(query)
        self._form = form_class(query)
        self._form.is_valid()
        read = self._form.cleaned_data
        self.values = {
            name: str(value)
            for name, value in read.items()
            if value not in (None, "") and name != "sida"
        }
        self.page = read.get("sida") or 1
        self.unread = [self._label(name) for name in self._form.errors]

    def pass_over(self, name: str) -> None:
        """Take a field that means nothing here for one that could not be read."""
        del self.values[name]
        self.unread.append(self._label(name))

    def _label(self, name: str) -> str:
        return str(self._form.fields[name].label)

    @property
    def place(self) -> str:
        return self.values.get("plats", "").strip()

    def href(self, **changes: str) -> str:
        """The address with some fields changed; an empty text leaves a field out."""
        values = {name: value for name, value in (self.values | changes).items() if value}
        return f"?{urlencode(values)}" if values else "?"

    def toggle(self, name: str, value: str, label: str) -> Option:
        """A link that chooses a value, or takes it away where it is chosen."""
        is_chosen = self.values.get(name) == value
        return Option(label, value, is_chosen, self.href(**{name: "" if is_chosen else value}))

    def hidden(self, *shown: str) -> list[tuple[str, str]]:
        """The fields that a form must send along with those that it shows."""
        return [(name, value) for name, value in self.values.items() if name not in shown]


def place_in(query: QueryDict) -> str:
    """The place that is asked for, as far as it may be read; at most 100 characters."""
    return query.get("plats", "").replace("\0", " ")[:LONGEST_PLACE]
