"""Closed here, open there: the nearest room of the same kind that is open the same day."""

from dataclasses import dataclass, replace

from django.utils import timezone
from django.utils.translation import gettext as _

from . import hours_text as words
from .finding import Finder, HouseRow, speaks, spoken_in, welcomes
from .house import House
from .reach import distance_from, open_until
from .rooms import Room
from .wish import Match, Wish, ask


@dataclass(frozen=True)
class Elsewhere:
    """A house to go to instead, how far it is ("" if not known), and its hours today.

    Without a row it is open nowhere that we know of.
    """

    row: HouseRow | None = None
    distance: str = ""
    hours: str = ""


def open_elsewhere(house: House, finder: Finder, wish: Wish) -> dict[str, Elsewhere]:
    """By slug of each service that is not open here for the rest of today: where it is.

    The age and the language of `wish` are kept to.
    """
    wish = replace(wish, channel="drop_in")
    needed = {room.service.slug for room in house.rooms if needs_another(house, room, wish)}
    if not needed:
        return {}
    found = dict.fromkeys(needed, Elsewhere())
    for key, matches in finder.open_today(wish).items():
        room = finder.rooms[key]
        row, slug = finder.houses[room.house], room.service.slug
        if slug in needed and found[slug].row is None and row.slug != house.centre.slug:
            found[slug] = Elsewhere(row, distance_from(finder, row), _hours(matches, finder))
    return found


def needs_another(house: House, room: Room, wish: Wish) -> bool:
    """Whether a room with a door has none open for the rest of today, as far as is known.

    A service that is not for the age asked for has none anywhere.
    """
    if room.drop_in is None or not welcomes(room.service, wish):
        return False
    return not house.receives_visitors or not _is_open_today(room, wish.for_today())


def _is_open_today(room: Room, wish: Wish) -> bool:
    hours = room.drop_in.hours
    return any(
        speaks(spoken_in(match.slot, room.place.languages), wish)
        for found in ask(hours, wish, wish.windows(room.at, hours.zone)).matches
        for match in found
    )


def _hours(matches: list[Match], finder: Finder) -> str:
    """ "öppet till 15.00", else "öppnar 13.00"."""
    if until := open_until(matches, finder.at):
        return _("öppet till %(until)s") % {"until": words.clock(timezone.localtime(until))}
    start = min(match.span[0] for match in matches)
    return _("öppnar %(start)s") % {"start": words.clock(timezone.localtime(start))}
