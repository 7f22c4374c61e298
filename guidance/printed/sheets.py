"""Which sheets there are, in which languages, and the week a door sign is about. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True)
class Sheet:
    """A kind of print. `slug` stands in addresses; `scale` is how large its text is beside A4's.

    `weeks_ahead` is None for what names no hours, 0 for this week, 1 for the next.
    """

    slug: str
    name: str
    size: str
    scale: float
    weeks_ahead: int | None = None

    @property
    def is_door_sign(self) -> bool:
        return self.weeks_ahead is not None

    def week(self, today: date) -> date | None:
        """The Monday of its week."""
        if self.weeks_ahead is None:
            return None
        return today - timedelta(days=today.weekday()) + timedelta(weeks=self.weeks_ahead)


SHEETS: Mapping[str, Sheet] = {
    sheet.slug: sheet
    for sheet in (
        Sheet("kort", "Informationskort A6", "A6", 0.5),
        Sheet("affisch-a4", "Affisch A4", "A4", 1),
        Sheet("affisch-a3", "Affisch A3", "A3", 1.4142),
        Sheet("dorrskylt", "Dörrskylt A4, den här veckan", "A4", 1, weeks_ahead=0),
        Sheet("dorrskylt-nasta-vecka", "Dörrskylt A4, nästa vecka", "A4", 1, weeks_ahead=1),
    )
}

LANGUAGES: Mapping[str, tuple[str, ...]] = {
    "sv": ("sv",),
    "en": ("en",),
    "ar-sv": ("ar", "sv"),
}
"""What a sheet can be written in: the languages on it, the largest first."""
