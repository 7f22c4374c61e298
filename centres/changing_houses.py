"""Family centres that are not yet, no longer, or not for long what they are: with what is known.

A house stands here while it is planned or built, closed for a time, about to move or close, and
once it has moved or closed. One that opened on its decided day stays until staff have entered the
new status.
"""

from datetime import date

from django.utils.translation import gettext as _

from services.models import Service

from .coverage import CoveringHouse
from .hours_text import capitalised, day_with_year, listed, lowered
from .house_sign import HouseSign, house_sign
from .models import FamilyCentre
from .status_words import next_status_words, status_word

_STATUS = FamilyCentre.Status
_STEPS = (_STATUS.IDEA, _STATUS.PROPOSED, _STATUS.DECIDED, _STATUS.BUILDING, _STATUS.OPEN)
_HAPPENED = (_STATUS.DECIDED, _STATUS.MOVED, _STATUS.CLOSED)


class ChangingHouse:
    """A family centre on its way to be something else, on a day."""

    def __init__(self, house: CoveringHouse, today: date):
        self.house = house
        self.centre = house.centre
        self.today = today
        self.status = house.status
        self.is_planned = self.status in FamilyCentre.PLANNED

    @property
    def has_opened(self) -> bool:
        """Whether it opened by itself, on the day that was decided."""
        return self.status == _STATUS.OPEN and self.centre.status != _STATUS.OPEN

    @property
    def is_changing(self) -> bool:
        return self.status != _STATUS.OPEN or self.has_opened or bool(self._coming)

    # --- What it is and will be --------------------------------------------------------------

    @property
    def word(self) -> str:
        return _("Öppnad") if self.has_opened else status_word(self.status)

    @property
    def steps(self) -> list[tuple[str, bool]]:
        """The way to an open door for a house that is on it: each step, and whether it is there."""
        if not (self.is_planned or self.has_opened):
            return []
        names = {_STATUS.OPEN: _("Öppnad")}
        return [(names.get(step) or status_word(step), step == self.status) for step in _STEPS]

    @property
    def since(self) -> str:
        """The day of what happened at once, else "sedan" and the day of what has lasted."""
        day = self.centre.status_since_on(self.today)
        if day is None:
            return ""
        happened = self.has_opened or self.status in _HAPPENED
        said = day_with_year(day)
        return said if happened else _("sedan %(day)s") % {"day": said}

    @property
    def _coming(self) -> str:
        return next_status_words(self.centre, self.today)

    @property
    def coming(self) -> str:
        """ "Väntas öppna 1 mars 2027 (beräknad dag)", or that no day is known or that it passed."""
        if not self._coming:
            return _("Ingen dag är känd") if self.is_planned else ""
        if self.centre.next_status_on <= self.today:
            return capitalised(self._coming)
        certainty = self.centre.get_next_status_certainty_display()
        return f"{capitalised(self._coming)} ({certainty})"

    @property
    def moves_to(self) -> FamilyCentre | None:
        return self.centre.moved_to

    @property
    def moves_to_page(self) -> bool:
        return self._has_page(self.centre.moved_to)

    # --- Meanwhile ---------------------------------------------------------------------------

    @property
    def interim_centre(self) -> FamilyCentre | None:
        """Where families can go until it opens."""
        return self.centre.interim_centre if self._needs_interim else None

    @property
    def interim_page(self) -> bool:
        return self._has_page(self.centre.interim_centre)

    @property
    def interim_note(self) -> str:
        return self.centre.text.interim_note if self._needs_interim and self.centre.text else ""

    @property
    def _needs_interim(self) -> bool:
        return self.is_planned or self.status == _STATUS.TEMPORARILY_CLOSED

    def _has_page(self, other: FamilyCentre | None) -> bool:
        return other is not None and other.status_on(self.today) != _STATUS.IDEA

    # --- What is in it -----------------------------------------------------------------------

    @property
    def services(self) -> str:
        """ "öppen förskola och barnhälsovård (BVC)", or ""."""
        return listed([str(Service.Kind(kind).label) for kind in self.house.rooms])

    @property
    def not_named(self) -> str:
        """The core services that nobody has said will be in a planned house."""
        missing = [kind for kind in Service.CORE_KINDS if kind not in self.house.rooms]
        return listed([lowered(str(kind.label)) for kind in missing]) if self.is_planned else ""

    @property
    def sign(self) -> HouseSign:
        core = [str(kind) for kind in Service.CORE_KINDS]
        return house_sign(list(self.house.rooms), core, capitalised(self.services))


def changing_houses(houses: list[CoveringHouse], today: date) -> list[ChangingHouse]:
    """Those of the houses that are changing, the ones on their way to open first."""
    changing = [ChangingHouse(house, today) for house in houses]
    order = list(FamilyCentre.Status)
    return sorted(
        (house for house in changing if house.is_changing),
        key=lambda house: (not house.is_planned, order.index(house.status), house.centre.name),
    )
