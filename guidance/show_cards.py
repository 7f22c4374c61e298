"""Cards to show to staff: what one wants to say, in one's own language and in Swedish.

They are read from a file. Which card is shown stands after the "#" of the address, which no browser
sends: the server learns the language and nothing more.
"""

import json
from dataclasses import dataclass
from functools import lru_cache

from django.conf import settings

from services.languages import spoken

CARDS = settings.BASE_DIR / "guidance" / "data" / "show_cards.json"
OWN_NAMES = {
    "en": "English",
    "ar": "العربية",
    "so": "Soomaali",
    "fa": "فارسی",
    "fi": "suomi",
    "uk": "українська",
    "pl": "polski",
    "es": "español",
}
RIGHT_TO_LEFT = frozenset({"ar", "fa"})


@dataclass(frozen=True)
class CardLanguage:
    """A language of the cards, by its ISO 639-1 code."""

    code: str

    @property
    def own_name(self) -> str:
        return OWN_NAMES[self.code]

    @property
    def swedish_name(self) -> str:
        return spoken(self.code)

    @property
    def direction(self) -> str:
        return "rtl" if self.code in RIGHT_TO_LEFT else "ltr"


@dataclass(frozen=True)
class ShowCard:
    """What a card says in a language and in Swedish, and whether somebody has reviewed that."""

    slug: str
    swedish: str
    text: str
    is_reviewed: bool


def card_languages() -> list[CardLanguage]:
    return [CardLanguage(code) for code in OWN_NAMES]


def cards_in(language: CardLanguage) -> list[ShowCard]:
    """In the order of the file; a card that is not translated is left out."""
    return [
        ShowCard(row["slug"], row["swedish"], translation["text"], translation["reviewed"])
        for row in _rows()
        if (translation := row["translations"].get(language.code))
    ]


@lru_cache(maxsize=1)
def _rows() -> list[dict]:
    return json.loads(CARDS.read_text(encoding="utf-8"))
