"""Closed here, open there: the nearest room of the same kind that is open the same day."""

from dataclasses import dataclass, replace
from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from . import hours_text as words
from .finding import Finder, HouseRow, speaks, spoken_in, welcomes
from .hours_of_many import Key
from .house import House
from .reach import open_until
from .rooms import Room
from .unchecked_hours import unchecked
from .way import way_to
from .wish import Match, Wish, ask

WORTH_THE_WAY = timedelta(minutes=30)


@dataclass(frozen=True)
class Elsewhere:
    """A house to go to instead, the way there ("" if not known), and its hours today.

    Without a row it is open nowhere that we know of.
    """

    row: HouseRow | None = None
    way: str = ""
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
    rooms: dict[str, Key] = {}
    for key, matches in finder.open_today(wish).items():
        room = finder.rooms[key]
        row, slug = finder.houses[room.house], room.service.slug
        matches = [match for match in matches if _leaves_time(match, finder)]
        is_first = slug in needed and found[slug].row is None and row.slug != house.centre.slug
        if is_first and matches:
            found[slug] = Elsewhere(row, way_to(finder, row), _hours(matches, finder))
            rooms[slug] = key
    advice = unchecked(rooms.values(), finder.at)
    for slug, key in rooms.items():
        said = filter(None, [found[slug].hours, advice.get((key, wish.channel))])
        found[slug] = replace(found[slug], hours=", ".join(said))
    return found


def _leaves_time(match: Match, finder: Finder) -> bool:
    """Whether it is worth the way: half an hour is left when one sets out."""
    return match.span[1] - finder.at >= WORTH_THE_WAY


def needs_another(house: House, room: Room, wish: Wish) -> bool:
    """Whether a room with a door has none open for the rest of today, as far as is known.

    So it is where nothing is known of its hours, and in a house that is not in use. A service that
    is not for the age asked for has none anywhere.
    """
    if not welcomes(room.service, wish):
        return False
    if not house.receives_visitors or room.hours_unknown:
        return True
    return room.drop_in is not None and not _is_open_today(room, wish.for_today())


def _is_open_today(room: Room, wish: Wish) -> bool:
    hours = room.drop_in.hours
    return any(
        speaks(spoken_in(match.slot, room.place.languages), wish)
        for found in ask(hours, wish, wish.windows(room.at, hours.zone)).matches
        for match in found
    )


def _hours(matches: list[Match], finder: Finder) -> str:
    """ "öppet till 15.00", else "öppnar 13.00"; and for whom, where it is not for all."""
    first = min(matches, key=lambda match: match.span)
    for_whom = words.ages(first.slot.min_age_months, first.slot.max_age_months)
    if until := open_until(matches, finder.at):
        said = _("öppet till %(until)s") % {"until": words.clock(timezone.localtime(until))}
    else:
        start = words.clock(timezone.localtime(first.span[0]))
        said = _("öppnar %(start)s") % {"start": start}
    return f"{said}, {for_whom}" if for_whom else said
