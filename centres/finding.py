"""Which houses meet a wish, in order, at a moment; made for thousands of them.

Everything is read as plain values in a constant number of queries. A house meets a wish when one
of its rooms does. Where nobody can say whether it does, it is told apart from those that do not.
"""

import json
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property, lru_cache
from itertools import chain
from math import inf
from typing import NamedTuple

from django.db.models import FloatField, Q
from django.db.models.functions import Cast
from django.utils import timezone

from services.languages import SpokenLanguage
from services.models import Service

from .hours_of_many import HoursOfMany, Key, key_of
from .hours_values import Slot
from .models import Channel, FamilyCentre, ServiceAtCentre, TimeSlot
from .nearest import Kind, Point, Spot, distance
from .wish import Answer, Match, Wish

_STATUS = FamilyCentre.Status
Languages = frozenset[str]


class HouseRow(NamedTuple):
    """What finding needs to know of a house."""

    key: Key
    slug: str
    name: str
    kind: str
    status: str
    latitude: float | None
    longitude: float | None
    step_free: bool | None
    stop_kind: str
    district: str
    district_name: str
    city_area: str
    city_area_name: str

    @property
    def point(self) -> Point | None:
        if self.latitude is None or self.longitude is None:
            return None
        return Point(self.latitude, self.longitude)

    @property
    def is_planned(self) -> bool:
        return self.status in FamilyCentre.PLANNED

    @property
    def by_ferry(self) -> bool:
        return self.stop_kind == "ferry"


class RoomRow(NamedTuple):
    key: Key
    house: Key
    service: Service
    languages: Languages


@dataclass(frozen=True)
class Finding:
    """The houses that meet a wish, in order, and those of which nobody can say.

    `services` and `languages` count the houses that would be found with each of them chosen instead
    of what is chosen of its kind now.
    """

    houses: list[HouseRow]
    unknown: list[HouseRow]
    services: list[tuple[Service, int]]
    languages: list[tuple[str, int]]


class Finder:
    """All listed houses and their rooms at a moment, to be asked for one wish after another."""

    def __init__(self, at: datetime, *, near: Spot | None = None, services: list[Service]):
        self.at = at
        self.near = near
        self.services = services
        self.today = timezone.localdate(at)
        self._asked: dict[Wish, list[tuple[Key, Answer]]] = {}

    # --- What there is -----------------------------------------------------------------------

    @cached_property
    def houses(self) -> dict[Key, HouseRow]:
        """By key, in the order in which they are shown."""
        district = ("district__slug", "district__name")
        point = (Cast("latitude", FloatField()), Cast("longitude", FloatField()))
        rows = (
            FamilyCentre.objects.listed(self.today)
            .annotate(key=key_of("pk"))
            .order_by("district__city_area__name", "district__name", "name")
            .values_list(
                "key",
                "slug",
                "name",
                "kind",
                "status_then",
                *point,
                "step_free_entrance",
                "stop_kind",
                *district,
                "district__city_area__slug",
                "district__city_area__name",
            )
        )
        found = [HouseRow(*row) for row in rows]
        return {house.key: house for house in sorted(found, key=self._order)}

    def _order(self, house: HouseRow) -> tuple:
        """Planned houses last. The nearest first, and where no distance is known those around.

        Without a place the family centres of each district first.
        """
        if self.near is None:
            is_other = house.kind != FamilyCentre.Kind.FAMILY_CENTRE
            return (house.is_planned, house.city_area_name, house.district_name, is_other)
        return (
            house.is_planned,
            not self._is_inside(house),
            self.distance_to(house),
            house.district != self.near.district,
            house.city_area != self.near.city_area,
        )

    def _is_inside(self, house: HouseRow) -> bool:
        """Whether the house is in the district or area that was asked for as a whole."""
        if self.near.kind is Kind.CITY_AREA:
            return house.city_area == self.near.city_area
        wide = self.near.kind in (Kind.DISTRICT, Kind.BOX_POSTCODE)
        return wide and house.district == self.near.district

    def distance_to(self, house: HouseRow) -> float:
        """Metres from the place asked for; infinite where one of the points is not known."""
        here = self.near.point if self.near else None
        return distance(here, house.point) if here and house.point else inf

    @cached_property
    def rooms(self) -> dict[Key, RoomRow]:
        """Those of houses in use."""
        services = {str(service.pk).replace("-", ""): service for service in self.services}
        in_use = {key for key, house in self.houses.items() if house.status == _STATUS.OPEN}
        rows = ServiceAtCentre.objects.order_by().annotate(
            key=key_of("pk"),
            house=key_of("centre_id"),
            of=key_of("service_id"),
            spoken=key_of("languages"),
        )
        return {
            key: RoomRow(key, house, services[of.replace("-", "")], _codes(spoken))
            for key, house, of, spoken in rows.values_list("key", "house", "of", "spoken")
            if house in in_use
        }

    # --- Finding -----------------------------------------------------------------------------

    def find(self, wish: Wish) -> Finding:
        spoken, unknown = self._rooms_that_meet(wish)
        meeting = {key for key, languages in spoken.items() if speaks(languages, wish)}
        of_service = {key for key in spoken if self._is_of(key, wish)}
        return Finding(
            houses=self._houses_of(meeting & of_service, wish),
            unknown=self._houses_that_may(wish, meeting & of_service, unknown),
            services=self._count_services(meeting, wish),
            languages=self._count_languages({key: spoken[key] for key in of_service}, wish),
        )

    def _is_of(self, room: Key, wish: Wish) -> bool:
        return not wish.service or wish.service == self.rooms[room].service.slug

    def _houses_of(self, rooms: set[Key], wish: Wish) -> list[HouseRow]:
        """In order. A wish that is not about rooms is met by houses without any too."""
        keys = {self.rooms[room].house for room in rooms} if wish.is_about_rooms else self.houses
        return [
            house
            for key, house in self.houses.items()
            if key in keys and (house.step_free or not wish.step_free)
        ]

    def _houses_that_may(self, wish: Wish, meeting: set[Key], unknown: set[Key]) -> list[HouseRow]:
        """Those that do not meet the wish as far as is known, but of which somebody must ask."""
        if not unknown and not wish.step_free:
            return []
        fits = {self.rooms[room].house for room in meeting}
        may = {self.rooms[room].house for room in unknown if self._is_of(room, wish)}
        maybe_step_free = fits if wish.is_about_rooms else set(self.houses)
        return [
            house
            for key, house in self.houses.items()
            if not house.is_planned
            and (
                (key in may - fits and (house.step_free is not False or not wish.step_free))
                or (wish.step_free and house.step_free is None and key in maybe_step_free)
            )
        ]

    def with_booking(self, wish: Wish) -> list[HouseRow]:
        """The houses in use where the service wished for is met at booked times, in order."""
        rooms = ServiceAtCentre.objects.filter(
            Q(schedules__channel=Channel.BOOKED) | ~Q(booking_url=""), service__slug=wish.service
        )
        keys = set(rooms.annotate(house=key_of("centre_id")).values_list("house", flat=True))
        return [
            house
            for key, house in self.houses.items()
            if key in keys and house.status == _STATUS.OPEN
        ]

    def _count_services(self, rooms: set[Key], wish: Wish) -> list[tuple[Service, int]]:
        houses = defaultdict(set)
        for key in rooms:
            room = self.rooms[key]
            if not wish.step_free or self.houses[room.house].step_free:
                houses[room.service.slug].add(room.house)
        return [(service, len(houses[service.slug])) for service in self.services]

    def _count_languages(self, spoken: dict[Key, Languages], wish: Wish) -> list[tuple[str, int]]:
        of_houses = defaultdict(set)
        for key, languages in spoken.items():
            house = self.rooms[key].house
            if not wish.step_free or self.houses[house].step_free:
                of_houses[house] |= languages
        houses = Counter(chain.from_iterable(of_houses.values()))
        return [(code, houses[code]) for code in SpokenLanguage.values if houses[code]]

    # --- Rooms -------------------------------------------------------------------------------

    def _rooms_that_meet(self, wish: Wish) -> tuple[dict[Key, Languages], set[Key]]:
        """Of rooms that meet a wish, whatever its service and language: the languages in which.

        And those of which nobody can say.
        """
        slugs = {service.slug for service in self.services if welcomes(service, wish)}
        welcome = {key for key, room in self.rooms.items() if room.service.slug in slugs}
        if not wish.has_time:
            return self._rooms_for_somebody(wish, welcome), set()
        answers = {key: answer for key, answer in self._answers(wish) if key in welcome}
        spoken = {
            key: _languages_of(answer.matches, self.rooms[key])
            for key, answer in answers.items()
            if answer.is_met
        }
        unsure = {key for key, answer in answers.items() if answer.is_unknown}
        return spoken, self._that_otherwise_meet(wish, unsure)

    def _that_otherwise_meet(self, wish: Wish, rooms: set[Key]) -> set[Key]:
        """Those of the rooms that meet all but the time of a wish, whatever its service."""
        if not wish.language and not wish.is_for_somebody:
            return rooms
        found = self._rooms_for_somebody(wish, rooms)
        return {key for key, languages in found.items() if speaks(languages, wish)}

    def _answers(self, wish: Wish) -> list[tuple[Key, Answer]]:
        """Asked once, whatever service and language are wished for."""
        wish = wish.without("service", "language", "step_free")
        if wish not in self._asked:
            houses = {key: room.house for key, room in self.rooms.items()}
            self._asked[wish] = list(HoursOfMany(wish, self.at).answers(houses))
        return self._asked[wish]

    def _rooms_for_somebody(self, wish: Wish, welcome: set[Key]) -> dict[Key, Languages]:
        """By the sessions of this term and later, if a room has any: one must take the age."""
        sessions = self._sessions(wish)
        found = {}
        for key in welcome:
            room, its = self.rooms[key], sessions.get(key, [])
            taken = [code for lowest, highest, code in its if wish.takes_ages(lowest, highest)]
            if taken or not its or not wish.is_for_somebody:
                spoken = set(filter(None, taken))
                found[key] = room.languages | spoken if spoken else room.languages
        return found

    def _sessions(self, wish: Wish) -> dict[Key, list[tuple]]:
        """Lowest and highest age and language of the sessions of the wish's channel, by room."""
        slots = TimeSlot.objects.filter(schedule__channel=wish.channel).ending_from(self.today)
        if not wish.is_for_somebody:
            slots = slots.exclude(language="")
        found = defaultdict(list)
        rows = slots.order_by().annotate(room=key_of("schedule__service_at_centre_id"))
        for room, *session in rows.values_list(
            "room", "min_age_months", "max_age_months", "language"
        ).distinct():
            found[room].append(session)
        return found

    # --- Now and today -----------------------------------------------------------------------

    def open_today(self, wish: Wish) -> dict[Key, list[Match]]:
        """What meets a wish for the rest of today, by room in the order of houses.

        Of the wish the channel, the age and the language count.
        """
        found = {
            key: [
                match
                for match in answer.matches[0]
                if speaks(spoken_in(match.slot, self.rooms[key].languages), wish)
            ]
            for key, answer in self._answers(wish.for_today())
            if welcomes(self.rooms[key].service, wish)
        }
        position = {key: n for n, key in enumerate(self.houses)}
        return {
            key: found[key]
            for key in sorted(found, key=lambda key: position[self.rooms[key].house])
            if found[key]
        }


def welcomes(service: Service, wish: Wish) -> bool:
    """Whether a service is for the age or the pregnancy asked for; no ages are all ages.

    A midwife is for who expects a child, not for the child.
    """
    if wish.expecting:
        return service.for_expectant_parents
    if wish.age is not None and service.kind == Service.Kind.MATERNITY_CARE:
        return False
    return wish.takes_ages(service.min_age_months, service.max_age_months)


def _languages_of(matches: tuple[tuple[Match, ...], ...], room: RoomRow) -> Languages:
    """Those that are spoken at each of the times: that of the session, else those of the room."""
    each = [
        frozenset().union(*(spoken_in(match.slot, room.languages) for match in found))
        for found in matches
    ]
    return frozenset.intersection(*each)


def spoken_in(slot: Slot, of_room: Iterable[str]) -> Languages:
    """The languages of a session: its own, else those of its room."""
    return frozenset([slot.language] if slot.language else of_room)


def speaks(languages: Languages, wish: Wish) -> bool:
    return not wish.language or wish.language in languages


@lru_cache(maxsize=8192)
def _codes(text: str) -> Languages:
    return frozenset(json.loads(text))
