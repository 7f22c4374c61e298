"""What a reader has chosen, as it stands in a page's address, and links that change it."""

from dataclasses import dataclass
from urllib.parse import urlencode


@dataclass(frozen=True)
class Option:
    """Something that can be chosen: as a link, or as a choice in a form."""

    label: str
    value: str
    is_chosen: bool
    href: str
    count: int | None = None


class AddressValues:
    """The fields that are set, by name: never empty, in the order in which the form has them."""

    values: dict[str, str]

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
