"""What one can walk in to for the rest of today."""

from datetime import datetime

from .channel_hours import Session
from .finding import Finder, welcomes
from .house import House, houses_of
from .models import FamilyCentre
from .rooms import Room
from .wish import Wish

MOST = 10
NEAREST = 3


def sessions_today(
    finder: Finder, wish: Wish | None = None
) -> tuple[list[tuple[House, Room, Session]], bool]:
    """The next sessions without booking in the order of time, and whether there are more.

    Of the wish the age counts. With a place those of the nearest houses that have any; never of
    more than ten houses.
    """
    wish = wish or Wish()
    starts: dict[str, datetime] = {}
    for key, matches in finder.open_today(wish).items():
        house = finder.houses[finder.rooms[key].house].slug
        first = min(match.span[0] for match in matches)
        starts[house] = min(first, starts.get(house, first))
    slugs = list(starts)[:NEAREST] if finder.near else sorted(starts, key=starts.get)[:MOST]
    found = [
        (house, room, session)
        for house in houses_of(FamilyCentre.objects.filter(slug__in=slugs), finder.at)
        for room in house.rooms
        if welcomes(room.service, wish)
        for session in room.sessions_left_today
        if wish.takes(session.slot)
    ]
    found.sort(key=lambda session: session[2].starts)
    return found[:MOST], len(found) > MOST or len(starts) > len(slugs)
