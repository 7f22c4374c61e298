"""How far the goal has come: at least one family centre in every district (stadsdel).

The rules, in the order of the code:

1. Only family centres count, not an open preschool of its own; the view loads nothing else.
2. A house that is nothing but an invented example is shown as such and counts for nothing.
3. A house stands in the row of its district until it has moved away or closed for good.
4. A district is what that of its houses is that has come furthest: open, closed for a time,
   being built, decided, an idea; else none is known.
5. A core service is missing where no open house has it. Why is told only where somebody has said
   it: another house has the service and is not open, or the open house has words of its own.
6. What is known of a district is as new as the newest that is known of its open houses.
7. An area (stadsområde) has the houses and the children of its districts.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import chain

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from services.models import Service

from .hours_text import capitalised, day_with_year, listed
from .knowledge import last_known
from .models import CityArea, District, FamilyCentre, ServiceAtCentre
from .status_words import status_word

_STATUS = FamilyCentre.Status
# From the one that has come furthest.
FURTHEST_FIRST = (
    _STATUS.OPEN,
    _STATUS.TEMPORARILY_CLOSED,
    _STATUS.BUILDING,
    _STATUS.DECIDED,
    _STATUS.PROPOSED,
    _STATUS.IDEA,
)


class CoveringHouse:
    """A family centre as the goal sees it on a day; load it with `with_knowledge`."""

    def __init__(self, centre: FamilyCentre, today: date):
        self.centre = centre
        self.status = centre.status_on(today)
        self.known = last_known(centre)
        self.rooms = {room.service.kind: room for room in centre.services_here.all()}

    @property
    def is_open(self) -> bool:
        return self.status == _STATUS.OPEN

    @property
    def is_example(self) -> bool:
        return self.known is not None and self.known.is_example

    @property
    def has_page(self) -> bool:
        return self.status != _STATUS.IDEA

    @property
    def status_word(self) -> str:
        return status_word(self.status)

    @property
    def own_words(self) -> str:
        """What the house says of its status, without a full stop."""
        return self.centre.text.status_note.strip().rstrip(".") if self.centre.text else ""

    def why_not_yet(self, kind: str) -> str:
        """Why a service that belongs to this house cannot be met there now."""
        if self.status != _STATUS.TEMPORARILY_CLOSED:
            return _("planeras i %(house)s") % {"house": self.centre.name}
        said = _("%(house)s är tillfälligt stängd") % {"house": self.centre.name}
        own = _own_words_of_room(self.rooms[kind]) or self.own_words
        return _("%(said)s och skriver ”%(own)s”") % {"said": said, "own": own} if own else said


def _own_words_of_room(room: ServiceAtCentre) -> str:
    return room.text.description.strip().rstrip(".") if room.text else ""


@dataclass(frozen=True)
class Missing:
    """Core services that cannot be met, why, and in which house where others do have them."""

    services: str
    why: str
    house: str = ""


@dataclass(frozen=True)
class Children:
    """How many are under six, or None, and on what that rests."""

    count: int | None
    note: str


class CoverageRow:
    """A district or an area with its houses, those first that have come furthest."""

    def __init__(
        self,
        place: District | CityArea,
        districts: list[District],
        houses: list[CoveringHouse],
        *,
        href: str = "",
    ):
        self.name = place.name
        self.slug = place.slug
        self.href = href
        self.districts = districts
        ours = {district.pk for district in districts}
        self.houses = sorted(
            (h for h in houses if h.centre.district_id in ours and h.status in FURTHEST_FIRST),
            key=lambda house: (FURTHEST_FIRST.index(house.status), house.centre.name),
        )

    # --- How far it has come -----------------------------------------------------------------

    @property
    def counted(self) -> list[CoveringHouse]:
        return [house for house in self.houses if not house.is_example]

    @property
    def open_houses(self) -> list[CoveringHouse]:
        return [house for house in self.counted if house.is_open]

    @property
    def status(self) -> FamilyCentre.Status | None:
        """That of the house that has come furthest, or None where no house is known."""
        return next((house.status for house in self.counted), None)

    @property
    def look(self) -> str:
        """ "open", "planned" or "none": how it is drawn. Closed for a time is not open."""
        if self.status is None:
            return "none"
        return "open" if self.status == _STATUS.OPEN else "planned"

    @property
    def status_words(self) -> str:
        """ "3 familjecentraler", "Planeras", "Ingen vi vet om"; a house is never just "open"."""
        if self.status is None:
            return _("Ingen vi vet om")
        if self.open_houses:
            n = len(self.open_houses)
            return ngettext("%(n)d familjecentral", "%(n)d familjecentraler", n) % {"n": n}
        if self.status == _STATUS.IDEA:
            return _("Bara en idé")
        return status_word(self.status)

    @property
    def districts_words(self) -> str:
        """ "I 1 av 2 stadsdelar", for an area; "" for a district."""
        if len(self.districts) < 2:
            return ""
        reached = {house.centre.district_id for house in self.open_houses}
        known = {"n": len(reached), "all": len(self.districts)}
        return _("i %(n)d av %(all)d stadsdelar") % known

    @property
    def newest(self) -> CoveringHouse | None:
        """The open house that something was last heard of, if anything is known of any."""
        known = [house for house in self.open_houses if house.known]
        return max(known, key=lambda house: house.known.age_order, default=None)

    # --- What is missing ---------------------------------------------------------------------

    @cached_property
    def missing(self) -> list[Missing]:
        """In the whole row first, then in houses that lack what another one has."""
        return [*self._missing_here(), *chain(*map(self._missing_in, self.open_houses))]

    def _missing_here(self) -> list[Missing]:
        offered = set(chain.from_iterable(house.rooms for house in self.open_houses))
        by_reason: dict[str, list[str]] = {}
        for kind in Service.CORE_KINDS:
            if kind not in offered:
                by_reason.setdefault(self._why(kind), []).append(str(kind.label))
        return [Missing(_services(names), why) for why, names in by_reason.items()]

    def _why(self, kind: str) -> str:
        for house in self.counted:
            if not house.is_open and kind in house.rooms:
                return house.why_not_yet(kind)
        if not self.open_houses:
            return _("ingen öppen familjecentral, så vitt vi vet")
        return _own_words(self.open_houses) or _("vi vet inte varför")

    def _missing_in(self, house: CoveringHouse) -> list[Missing]:
        elsewhere = set(chain.from_iterable(h.rooms for h in self.open_houses if h is not house))
        names = [
            str(kind.label)
            for kind in Service.CORE_KINDS
            if kind in elsewhere and kind not in house.rooms
        ]
        why = _own_words([house]) or _("vi vet inte varför")
        return [Missing(_services(names), why, house.centre.name)] if names else []

    # --- For whom ----------------------------------------------------------------------------

    @property
    def children(self) -> Children:
        figures = [d for d in self.districts if d.children_under_six is not None]
        if not figures:
            return Children(None, _("ingen siffra inlagd"))
        if len(figures) < len(self.districts):
            known = {"n": len(figures), "all": len(self.districts)}
            return Children(
                None, _("siffra finns för %(n)d av %(all)d stadsdelar, ingen summa") % known
            )
        notes = dict.fromkeys(
            f"{d.children_source}, {day_with_year(d.children_counted_on)}" for d in figures
        )
        return Children(sum(d.children_under_six for d in figures), "; ".join(notes))


def _services(names: list[str]) -> str:
    every = len(names) == len(Service.CORE_KINDS)
    return _("Alla fyra") if every else capitalised(listed(names))


def _own_words(houses: list[CoveringHouse]) -> str:
    said = next((house for house in houses if house.own_words), None)
    return _("huset skriver ”%(words)s”") % {"words": said.own_words} if said else ""


class Coverage:
    """The goal on a day: a row for each district and each area, and the sum."""

    def __init__(self, districts: Iterable[District], houses: list[CoveringHouse]):
        self.houses = houses
        by_area: dict = {}
        self.districts = []
        for district in districts:
            by_area.setdefault(district.city_area, []).append(district)
            page = reverse("centres:district", args=[district.slug])
            self.districts.append(CoverageRow(district, [district], houses, href=page))
        self.areas = [
            CoverageRow(area, by_area[area], houses)
            for area in sorted(by_area, key=lambda area: area.name)
        ]

    @property
    def reached(self) -> list[CoverageRow]:
        return [row for row in self.districts if row.look == "open"]

    @property
    def areas_reached(self) -> list[CoverageRow]:
        return [row for row in self.areas if row.look == "open"]

    @property
    def furthest_first(self) -> list[CoverageRow]:
        """The districts as a row of small houses: the open ones, the planned, the rest."""
        return sorted(self.districts, key=lambda row: ("open", "planned", "none").index(row.look))

    # --- What the sum rests on ---------------------------------------------------------------

    @cached_property
    def _dated(self) -> list[CoveringHouse]:
        """The newest known house of each district that counts, the oldest knowledge first."""
        newest = (row.newest for row in self.reached)
        dated = [house for house in newest if house and house.known.day]
        return sorted(dated, key=lambda house: house.known.day)

    @property
    def oldest(self) -> CoveringHouse | None:
        return next(iter(self._dated), None)

    @property
    def newest(self) -> CoveringHouse | None:
        return next(reversed(self._dated), None)

    @property
    def undated(self) -> int:
        """How many of the districts that count rest on something without a date."""
        return len(self.reached) - len(self._dated)
