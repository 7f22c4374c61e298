"""The list of centres as a reader asked for it: where, what, in which order, on which page."""

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from django.core.paginator import Page, Paginator
from django.utils import timezone
from django.utils.translation import gettext as _

from services.languages import spoken
from services.models import Service

from . import hours_text as words
from .finder_form import FIELDS, Asked, ChosenFilter, Option, service_name
from .finding import Finder, Finding, HouseRow
from .gazetteer import look_up
from .hits import Hit, hits_of
from .house import House
from .lines import LineNow, lines_now
from .list_map import map_of, name_of_here
from .nearest import Answer, Kind, Spot
from .reach import lines_to_try
from .schematic_map import SchematicMap
from .wish import Wish

PAGE_SIZE = 24
MOST_UNKNOWN = 6
NEAREST_SHOWN = 3
IN_FIELDS = ("verksamhet", "dag", "tid", "alder", "sprak")
GIVEN_UP_FIRST = ("nu", "tid", "kvallhelg", "dag", "sprak", "trappfritt", "alder", "verksamhet")
"""In which order filters go where it is not enough to take one away."""


def services_with_texts() -> list[Service]:
    return list(Service.objects.prefetch_related("texts"))


@dataclass(frozen=True)
class Loosening:
    """Filters without which something is found, and the houses."""

    filters: list[ChosenFilter]
    href: str
    finding: Finding

    @property
    def count(self) -> int:
        return len(self.finding.houses)

    @property
    def label(self) -> str:
        return words.listed([f"”{chosen.label}”" for chosen in self.filters])


class FinderPage:
    """Everything that the list shows, at a moment."""

    def __init__(self, query, at: datetime):
        self.at = at
        self.today = timezone.localdate(at)
        self.asked = Asked(query, services_with_texts())
        self.wish = self.asked.wish

    # --- Where -------------------------------------------------------------------------------

    @cached_property
    def where(self) -> Answer:
        """What the place asked for is."""
        return look_up(self.asked.place, self.today)

    @property
    def spot(self) -> Spot | None:
        return self.where.spot

    @property
    def near_name(self) -> str:
        """What headings call the place, or ""."""
        is_known = self.spot is not None and self.spot.kind is not Kind.BOX_POSTCODE
        return self.spot.name if is_known else ""

    @property
    def district_and_area(self) -> tuple[str, str]:
        """Their slugs, "" where no place is asked for."""
        return (self.spot.district, self.spot.city_area) if self.spot else ("", "")

    @property
    def suggestions(self) -> list[tuple[str, str]]:
        """Other places that may have been meant, with the list for each."""
        return [(spot.label, self.asked.href(plats=spot.label)) for spot in self.where.choices]

    # --- What is found -----------------------------------------------------------------------

    @cached_property
    def finder(self) -> Finder:
        return Finder(self.at, near=self.spot, services=list(self.asked.services.values()))

    @cached_property
    def finding(self) -> Finding:
        return self.finder.find(self.wish)

    @cached_property
    def page(self) -> Page:
        """A page beyond the last is the last."""
        return Paginator(self.finding.houses, PAGE_SIZE).get_page(self.asked.page)

    @cached_property
    def hits(self) -> list[Hit]:
        return self.as_hits(list(self.page), first=self.page.start_index())

    @property
    def count(self) -> int:
        return len(self.finding.houses) - self.planned

    @property
    def houses_shown(self) -> list[House]:
        return [hit.house for hit in (self.hits or self.nearest_that_would_fit)]

    @property
    def has_distances(self) -> bool:
        return any(hit.way for hit in self.hits)

    def as_hits(self, rows: list[HouseRow], *, first: int = 1) -> list[Hit]:
        return hits_of(rows, finder=self.finder, wish=self.wish, first=first)

    @property
    def carried(self) -> str:
        return self.asked.carried

    @property
    def planned(self) -> int:
        """How many of the houses are not there yet; they stand last."""
        return sum(row.is_planned for row in self.finding.houses)

    @cached_property
    def by_booking(self) -> list[HouseRow]:
        """Of a service at a time: the houses not found where one comes at a booked time."""
        if not (self.wish.service and self.wish.has_time):
            return []
        found = {row.key for row in self.finding.houses + self.finding.unknown}
        return [row for row in self.finder.with_booking(self.wish) if row.key not in found]

    @property
    def nobody_answers(self) -> list[LineNow]:
        """Where nobody is reached now: the lines to try instead."""
        if not self.wish.now or self.finding.houses:
            return []
        return lines_to_try(lines_now(self.at))

    # --- The map -----------------------------------------------------------------------------

    @cached_property
    def map(self) -> SchematicMap:
        return map_of(self.hits, self.spot)

    @property
    def here_name(self) -> str:
        return name_of_here(self.spot) or _("Här")

    @property
    def is_by_postcode(self) -> bool:
        return self.spot is not None and self.spot.kind is Kind.POSTCODE

    # --- What can be chosen ------------------------------------------------------------------

    @property
    def services(self) -> list[Option]:
        return [
            self._counted("verksamhet", service.slug, service_name(service), count)
            for service, count in self.finding.services
            if count or service.slug == self.wish.service
        ]

    @property
    def languages(self) -> list[Option]:
        """Every language but Swedish, which is spoken everywhere."""
        counts = dict(self.finding.languages)
        codes = sorted({*counts, *filter(None, [self.wish.language])} - {"sv"}, key=spoken)
        return [self._counted("sprak", code, spoken(code), counts.get(code, 0)) for code in codes]

    def _counted(self, name: str, value: str, label: str, count: int) -> Option:
        link = self.asked.toggle(name, value, label)
        return Option(link.label, value, link.is_chosen, link.href, count)

    @property
    def quick(self) -> list[Option]:
        """What a parent asks for most."""
        return [
            self.asked.toggle("nu", "oppet", _("Öppet nu")),
            self.asked.toggle("nu", "telefon", _("Telefontid nu")),
            self.asked.toggle("kvallhelg", "1", _("Kväll eller helg")),
            self.asked.toggle("trappfritt", "1", _("Utan trappsteg")),
        ]

    @property
    def hidden(self) -> list[tuple[str, str]]:
        """What the form must send along: what is chosen by links."""
        return self.asked.hidden("plats", *IN_FIELDS)

    @property
    def unread_words(self) -> str:
        return words.listed(self.asked.unread)

    @property
    def href_cleared(self) -> str:
        return self.asked.href(**dict.fromkeys(FIELDS, ""))

    # --- Where nothing is found --------------------------------------------------------------

    @cached_property
    def loosenings(self) -> list[Loosening]:
        """Where nothing is found: the filters of which it is enough to take one away.

        Where one is not enough: those to take away together, in the order of `GIVEN_UP_FIRST`.
        """
        if self.finding.houses:
            return []
        chosen = {chosen.name: chosen for chosen in self.asked.chosen}
        single = [self._without([chosen_filter]) for chosen_filter in chosen.values()]
        order = [chosen[name] for name in GIVEN_UP_FIRST if name in chosen]
        several = (self._without(order[:count]) for count in range(2, len(order)))
        return [one for one in single if one.count] or [one for one in several if one.count][:1]

    def _without(self, filters: list[ChosenFilter]) -> Loosening:
        fields = [field for chosen in filters for field in chosen.fields]
        href = self.asked.href(**{chosen.name: "" for chosen in filters})
        return Loosening(filters, href, self.finder.find(self.wish.without(*fields)))

    @cached_property
    def nearest_that_would_fit(self) -> list[Hit]:
        """Where nothing is found: the first houses that do when the filters above are gone."""
        found = {row.key for loosening in self.loosenings for row in loosening.finding.houses}
        rows = [row for key, row in self.finder.houses.items() if key in found]
        return hits_of(rows[:NEAREST_SHOWN], finder=self.finder, wish=Wish())

    @property
    def unknown(self) -> list[HouseRow]:
        return self.finding.unknown[:MOST_UNKNOWN]

    @property
    def more_unknown(self) -> int:
        return max(len(self.finding.unknown) - MOST_UNKNOWN, 0)

    # --- Pages -------------------------------------------------------------------------------

    def href_of_page(self, number: int) -> str:
        return self.asked.href(sida=str(number))

    @property
    def previous_href(self) -> str:
        return self.href_of_page(self.page.number - 1) if self.page.has_previous() else ""

    @property
    def next_href(self) -> str:
        return self.href_of_page(self.page.number + 1) if self.page.has_next() else ""
