"""Whom one can turn to by an outcome, where one is and at a moment.

1. Of each service the outcome names, the best first: the rooms nearest to the place asked for.
   Without a place those where somebody is reached now.
2. Where the district has no such room, that is said, and the nearest others are shown.
3. Where nobody knows of any room, how one comes to the service is told.
4. The supports outside the houses that it names, where they reach the place. One whose number
   nobody knows is reached through the city's switchboard.
5. The lines it names, with what is known of now; where all of this gives nobody, the lines that
   answer when no house does.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from centres.finder_form import service_name
from centres.finding import Finder, HouseRow
from centres.hits import hits_of
from centres.house import House
from centres.lines import LineNow, lines_now
from centres.models import Channel
from centres.reach import lines_to_try, open_until
from centres.rooms import Room
from centres.wish import Wish
from services.models import Service

from .models.support_contact import SupportContact
from .pathways import Outcome
from .urgent import SWITCHBOARD

MOST_OF_THE_BEST = 3
MOST_OF_THE_OTHERS = 2


@dataclass(frozen=True)
class Nearby:
    """A room to turn to; `way` is "" where it is not known."""

    house: House
    room: Room
    way: str

    @property
    def can_be_reached(self) -> bool:
        """Whether it is known when somebody is there, or how to reach them."""
        place = self.room.place
        ways = (place.phone, place.email, place.booking_url, self.house.centre.street)
        return self.room.has_known_hours or any(ways)


@dataclass(frozen=True)
class Help:
    """A service that an outcome names, and the rooms of it that are shown.

    `is_in_district` is also true where no place is asked for; `is_known` says whether any house in
    the city has it, `is_now` whether the rooms are those where somebody is reached now.
    """

    service: Service
    nearby: list[Nearby]
    is_in_district: bool
    is_known: bool
    is_now: bool

    @property
    def name(self) -> str:
        return service_name(self.service)

    @property
    def how_to_come(self) -> str:
        return self.service.text.how_to_come if self.service.text else ""


@dataclass(frozen=True)
class Ending:
    """An outcome as it is now: services with their rooms, supports outside the houses, and lines.

    `switchboard` knows the numbers that nobody here knows. `fallback` are the lines to try where
    all of this gives nobody.
    """

    outcome: Outcome
    help: list[Help]
    contacts: list[SupportContact]
    lines: list[LineNow]
    switchboard: LineNow | None
    fallback: list[LineNow]

    @property
    def leads_to_somebody(self) -> bool:
        rooms = (nearby for one in self.help for nearby in one.nearby)
        return (
            bool(self.lines)
            or any(nearby.can_be_reached for nearby in rooms)
            or any(contact.has_own_way or self.switchboard for contact in self.contacts)
        )

    @property
    def houses(self) -> list[House]:
        return [nearby.house for one in self.help for nearby in one.nearby]


def endings(outcomes: Iterable[Outcome], finder: Finder) -> dict[str, Ending]:
    """Each outcome as it is at the finder's moment and place, by key.

    Asks the database the same number of questions however many outcomes and houses there are.
    """
    outcomes = list(outcomes)
    rows = {
        (outcome.key, kind): rows_of(kind, finder)[: MOST_OF_THE_OTHERS if n else MOST_OF_THE_BEST]
        for outcome in outcomes
        for n, kind in enumerate(outcome.services)
    }
    shown = list({row.key: row for found in rows.values() for row in found}.values())
    hits = {hit.row.key: hit for hit in hits_of(shown, finder=finder, wish=Wish())}
    services = {service.kind: service for service in finder.services}
    all_lines = lines_now(finder.at)
    lines = {line.line.slug: line for line in all_lines}
    fallback = lines_to_try(all_lines)
    contacts = contacts_named(outcomes, finder)

    def helped(outcome: Outcome, kind: str) -> Help:
        service = services[kind]
        found = [hits[row.key] for row in rows[outcome.key, kind] if row.key in hits]
        nearby = [Nearby(hit.house, hit.house.room_for(service), hit.way) for hit in found]
        district = finder.near.district if finder.near else ""
        there = [row.district for row in all_rows_of(kind, finder)]
        return Help(
            service=service,
            nearby=nearby,
            is_in_district=not district or district in there,
            is_known=bool(there),
            is_now=finder.near is None and bool(nearby),
        )

    return {
        outcome.key: Ending(
            outcome=outcome,
            help=[helped(outcome, kind) for kind in outcome.services if kind in services],
            contacts=[contacts[slug] for slug in outcome.contacts if slug in contacts],
            lines=[lines[slug] for slug in outcome.lines if slug in lines],
            switchboard=lines.get(SWITCHBOARD),
            fallback=fallback,
        )
        for outcome in outcomes
    }


def contacts_named(outcomes: list[Outcome], finder: Finder) -> dict[str, SupportContact]:
    """By slug the supports that the outcomes name, those that reach the finder's place."""
    slugs = {slug for outcome in outcomes for slug in outcome.contacts}
    near = finder.near
    where = (near.district, near.city_area) if near else ("", "")
    found = SupportContact.objects.filter(slug__in=slugs).with_texts()
    return {contact.slug: contact for contact in found if contact.reaches(*where)}


# --- Rooms ---------------------------------------------------------------------------------------


def all_rows_of(kind: str, finder: Finder) -> list[HouseRow]:
    """The houses in use with a service of the kind, in the finder's order."""
    keys = {room.house for room in finder.rooms.values() if room.service.kind == kind}
    return [house for key, house in finder.houses.items() if key in keys]


def rows_of(kind: str, finder: Finder) -> list[HouseRow]:
    """Those to show: all in order where a place is known, else those that answer now."""
    if finder.near:
        return all_rows_of(kind, finder)
    now = {
        finder.rooms[key].house
        for channel in (Channel.DROP_IN, Channel.PHONE)
        for key, matches in finder.open_today(Wish(channel=channel)).items()
        if finder.rooms[key].service.kind == kind and open_until(matches, finder.at)
    }
    return [house for house in all_rows_of(kind, finder) if house.key in now]
