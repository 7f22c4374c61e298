"""Who helps with what a guide is about: near a place, and at this moment."""

from collections import defaultdict
from dataclasses import dataclass

from centres.finding import Finder, HouseRow
from centres.hits import Hit, hits_of
from centres.models import Channel
from centres.reach import open_until
from centres.rooms import Room
from centres.wish import Wish
from services.models import Service

from .models import Guide

NEAREST = 2


@dataclass(frozen=True)
class Helper:
    """A service that helps, and in how many houses: in all, with open doors, with a phone hour.

    `nearby` is empty where nobody has said where they are: then no house is nearer than another.
    """

    service: Service
    houses: int
    open_now: int
    phone_now: int
    nearby: list[tuple[Hit, Room]]


def helpers_of(guide: Guide, finder: Finder) -> list[Helper]:
    """The best first; the number of queries is constant."""
    ids = [helped.service_id for helped in guide.helped_by.all()]
    services = {service.pk: service for service in finder.services}
    doors, phones = (_open_now(finder, channel) for channel in (Channel.DROP_IN, Channel.PHONE))
    places = _houses_by_service(finder)
    chosen = {
        pk: _nearest(finder, places[services[pk].slug], doors | phones) if finder.near else []
        for pk in ids
    }
    rows = {row.slug: row for found in chosen.values() for row in found}
    hits = {hit.row.slug: hit for hit in hits_of(list(rows.values()), finder=finder, wish=Wish())}
    return [
        Helper(
            services[pk],
            houses=len(places[services[pk].slug]),
            open_now=len(doors & set(places[services[pk].slug].values())),
            phone_now=len(phones & set(places[services[pk].slug].values())),
            nearby=[(hits[row.slug], hits[row.slug].house.room_for(services[pk])) for row in found],
        )
        for pk, found in chosen.items()
    ]


def _houses_by_service(finder: Finder) -> dict[str, dict[str, str]]:
    """By slug of service: the keys of houses in use, the nearest first, with that of the room."""
    position = {key: n for n, key in enumerate(finder.houses)}
    found: dict[str, dict[str, str]] = defaultdict(dict)
    for room in sorted(finder.rooms.values(), key=lambda room: position[room.house]):
        found[room.service.slug][room.house] = room.key
    return found


def _open_now(finder: Finder, channel: str) -> set[str]:
    """The keys of the rooms that are known to answer at the finder's moment."""
    today = finder.open_today(Wish(channel=channel))
    return {room for room, matches in today.items() if open_until(matches, finder.at)}


def _nearest(finder: Finder, places: dict[str, str], is_open: set[str]) -> list[HouseRow]:
    """The nearest houses and, if none of them answers now, the nearest that does."""
    nearest = list(places)[:NEAREST]
    if not any(places[house] in is_open for house in nearest):
        nearest += [house for house in places if places[house] in is_open][:1]
    return [finder.houses[house] for house in nearest]
