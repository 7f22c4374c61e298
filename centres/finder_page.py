"""The list of centres as a reader asked for it: where, what, in which order, on which page."""

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from math import inf
from urllib.parse import urlencode

from django.core.paginator import Page, Paginator
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from services.languages import spoken
from services.models import Service

from . import hours_text as words
from .channel_hours import about
from .finder_form import FIELDS, Asked, ChosenFilter, Option, service_name
from .finding import Finder, Finding, HouseRow, speaks, spoken_in, welcomes
from .gazetteer import gazetteer
from .house import House, houses_of
from .models import District, FamilyCentre
from .nearest import Answer, Crossing, Found, Kind, Spot, crossing, distance_words
from .rooms import Room
from .schematic_map import DistrictLink, Marker, SchematicMap, schematic_map
from .wish import Match, Wish, ask

PAGE_SIZE = 24
MOST_SESSIONS = 2
MOST_UNKNOWN = 6
NEAREST_SHOWN = 3
LONGEST_NAME_ON_MAP = 9
IN_FIELDS = ("verksamhet", "dag", "tid", "alder", "sprak")


def services_with_texts() -> list[Service]:
    return list(Service.objects.prefetch_related("texts"))


def district_links() -> dict[str, DistrictLink]:
    """By name: where each district of the map leads."""
    rows = District.objects.values_list("name", "slug")
    return {
        name: DistrictLink(name, reverse("centres:district", args=[slug])) for name, slug in rows
    }


@dataclass(frozen=True)
class Hit:
    """A house in the list: its number, how far it is, and the sessions that meet the wish."""

    number: int
    house: House
    row: HouseRow
    distance: str
    crossing: str
    sessions: list[str]
    href: str


@dataclass(frozen=True)
class Loosening:
    """A filter without which something is found, and how many houses."""

    filter: ChosenFilter
    finding: Finding

    @property
    def count(self) -> int:
        return len(self.finding.houses)


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
        if not self.asked.place:
            return Answer(Found.NOTHING_ASKED)
        return gazetteer(FamilyCentre.objects.listed(self.today)).look_up(self.asked.place)

    @property
    def spot(self) -> Spot | None:
        return self.where.spot

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
        return len(self.finding.houses)

    @property
    def houses_shown(self) -> list[House]:
        return [hit.house for hit in (self.hits or self.nearest_that_would_fit)]

    @property
    def has_distances(self) -> bool:
        return any(hit.distance for hit in self.hits)

    def as_hits(self, rows: list[HouseRow], *, first: int = 1) -> list[Hit]:
        """Houses with all that their cards show, in a constant number of queries."""
        shown = FamilyCentre.objects.filter(slug__in=[row.slug for row in rows])
        houses = {house.centre.slug: house for house in houses_of(shown, self.at)}
        return [
            self._hit(number, row, houses[row.slug])
            for number, row in enumerate(rows, first)
            if row.slug in houses
        ]

    def _hit(self, number: int, row: HouseRow, house: House) -> Hit:
        return Hit(
            number=number,
            house=house,
            row=row,
            distance=self._distance(row),
            crossing=self._crossing(row),
            sessions=list(self._sessions(house)),
            href=f"{house.centre.get_absolute_url()}{self.carried}",
        )

    @property
    def carried(self) -> str:
        """What a house's own page should know of the wish."""
        kept = {name: self.asked.values.get(name, "") for name in ("alder", "sprak")}
        kept = {name: value for name, value in kept.items() if value}
        return f"?{urlencode(kept)}" if kept else ""

    def _distance(self, row: HouseRow) -> str:
        metres = self.finder.distance_to(row)
        return "" if metres == inf else distance_words(metres)

    def _crossing(self, row: HouseRow) -> str:
        if self.spot is None or not self._distance(row):
            return ""
        way = crossing(
            self.spot,
            city_area=row.city_area,
            by_ferry=row.by_ferry,
            metres=self.finder.distance_to(row),
        )
        return {
            Crossing.RIVER: _("på andra sidan älven"),
            Crossing.BOAT: _("du behöver ta båt"),
            Crossing.NONE: "",
        }[way]

    def _sessions(self, house: House) -> list[str]:
        """When, for a wish with a day or a time: the first two sessions."""
        if not self.wish.has_later_time or not house.receives_visitors:
            return []
        found = [
            pair
            for room in house.rooms
            if self.wish.service in ("", room.service.slug) and welcomes(room.service, self.wish)
            for pair in self._sessions_of(room)
        ]
        return [said for _span, said in sorted(found)[:MOST_SESSIONS]]

    def _sessions_of(self, room: Room) -> list[tuple]:
        hours = next((c.hours for c in room.channels if c.channel == self.wish.channel), None)
        if hours is None:
            return []
        windows = self.wish.windows(self.at, hours.zone)
        return [
            (match.span, self._session_words(match, hours.zone))
            for match in ask(hours, self.wish, windows).matches[-1]
            if speaks(spoken_in(match.slot, room.place.languages), self.wish)
        ]

    def _session_words(self, match: Match, zone) -> str:
        day = words.capitalised(words.relative_day(match.day, self.today))
        what = about(match.slot)
        return f"{day} {words.span_words(*match.span, zone)}{f' {what}' if what else ''}"

    # --- The map -----------------------------------------------------------------------------

    @cached_property
    def map(self) -> SchematicMap:
        """The houses of this page of the list, with its numbers."""
        markers = [
            Marker(
                number=hit.number,
                name=hit.house.centre.name,
                href=f"#hus-{hit.number}",
                latitude=hit.row.point.latitude,
                longitude=hit.row.point.longitude,
                sign=hit.house.sign,
                is_planned=hit.house.is_planned,
            )
            for hit in self.hits
            if hit.row.point
        ]
        point = self.spot.point if self.spot else None
        here = (point.latitude, point.longitude) if point else None
        return schematic_map(markers, district_links(), here=here)

    @property
    def here_name(self) -> str:
        """What stands at the place asked for, where it is short enough."""
        name = self.spot.name if self.spot else ""
        return name if len(name) <= LONGEST_NAME_ON_MAP else ""

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

    @property
    def has_more_chosen(self) -> bool:
        return any(name in self.asked.values for name in IN_FIELDS)

    # --- Where nothing is found --------------------------------------------------------------

    @cached_property
    def loosenings(self) -> list[Loosening]:
        """Where nothing is found: the filters of which it is enough to take one away."""
        if self.finding.houses:
            return []
        tried = [
            Loosening(chosen, self.finder.find(self.wish.without(*chosen.fields)))
            for chosen in self.asked.chosen
        ]
        return [loosening for loosening in tried if loosening.count]

    @cached_property
    def nearest_that_would_fit(self) -> list[Hit]:
        """Where nothing is found: the first houses that do with one filter less, else with none."""
        if self.finding.houses:
            return []
        found = {row.key for loosening in self.loosenings for row in loosening.finding.houses}
        everything = self.finder.find(Wish()).houses
        rows = [row for row in everything if not found or row.key in found]
        return self.as_hits(rows[:NEAREST_SHOWN])

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
