"""Who can be reached at this moment: in this house, in the next one, and by telephone."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import chain, islice

from django.utils import timezone
from django.utils.translation import gettext as _

from . import hours_text as words
from .channel_hours import Sign
from .finding import Finder, HouseRow, RoomRow
from .hours_values import State
from .house import House
from .lines import LineNow, lines_now
from .models import Channel
from .nearest import Kind, Point, Spot
from .rooms import Room
from .spans import merge
from .unchecked_hours import unchecked
from .way import way_to
from .wish import Match, Wish

ASKED_FIRST = ("1177", "socialjouren", "112")
"""The lines that answer when no house does, by slug, in the order in which to try them."""


@dataclass(frozen=True)
class OpenHouse:
    """A house where somebody is reached, the way there ("" if not known), whom and until when."""

    row: HouseRow
    way: str
    rooms: list[str]


@dataclass(frozen=True)
class Reach:
    """Who answers now in a house, of whom nobody knows, the next house, and the lines."""

    rooms: list[tuple[Room, list[Sign]]]
    unsure: list[Room]
    next_house: OpenHouse | None
    lines: list[LineNow]


def reach_from(house: House, finder: Finder) -> Reach:
    """From a house; `finder` looks from where it stands."""
    rooms = house.rooms if house.receives_visitors else []
    others = (found for found in open_houses(finder, 2) if found.row.slug != house.centre.slug)
    return Reach(
        rooms=[(room, signs) for room in rooms if (signs := _open_signs(room))],
        unsure=[room for room in rooms if _is_unsure(room)],
        next_house=next(others, None),
        lines=lines_to_try(lines_now(house.at)),
    )


def _open_signs(room: Room) -> list[Sign]:
    return [channel.sign for channel in room.contacts if channel.status.is_open]


def _is_unsure(room: Room) -> bool:
    """Whether nobody can say that a room is closed, and none of its ways is known to be open."""
    if _open_signs(room):
        return False
    states = [channel.status.state for channel in room.contacts]
    return room.hours_unknown or State.UNKNOWN in states


def lines_to_try(lines: Iterable[LineNow], slugs: Iterable[str] = ASKED_FIRST) -> list[LineNow]:
    """Those of `slugs`, in that order, that are not known to be closed now."""
    by_slug = {line.line.slug: line for line in lines}
    found = (by_slug.get(slug) for slug in slugs)
    return [line for line in found if line and not line.is_closed]


# --- Other houses ----------------------------------------------------------------------------


def open_houses(finder: Finder, most: int) -> list[OpenHouse]:
    """The first `most` houses where somebody is known to be reached now, in the finder's order."""
    doors, phones = (_open_now(finder, channel) for channel in (Channel.DROP_IN, Channel.PHONE))
    by_house: dict[str, list[str]] = {}
    for key in sorted({*doors, *phones}, key=lambda key: finder.rooms[key].service.position):
        by_house.setdefault(finder.rooms[key].house, []).append(key)
    shown = list(islice((house for house in finder.houses if house in by_house), most))
    advice = unchecked(chain.from_iterable(by_house[house] for house in shown), finder.at)
    return [
        OpenHouse(
            finder.houses[house],
            way_to(finder, finder.houses[house]),
            [_who_and_how(finder.rooms[key], doors, phones, advice) for key in by_house[house]],
        )
        for house in shown
    ]


def _open_now(finder: Finder, channel: str) -> dict[str, datetime]:
    """Until when, by room."""
    return {
        key: until
        for key, matches in finder.open_today(Wish(channel=channel)).items()
        if (until := open_until(matches, finder.at))
    }


def open_until(matches: list[Match], at: datetime) -> datetime | None:
    """The end of the open span that holds `at`, touching ones joined, or None."""
    spans = merge(match.span for match in matches)
    return next((end for start, end in spans if start <= at < end), None)


def _who_and_how(room: RoomRow, doors: dict, phones: dict, advice: dict) -> str:
    """ "öppna förskolan har öppet till 15.00 (ring före besök)"; `doors`, `phones`: until when."""
    ways = [
        (channel, text % {"until": words.clock(timezone.localtime(ends[room.key]))})
        for channel, text, ends in (
            (Channel.DROP_IN, _("öppet till %(until)s"), doors),
            (Channel.PHONE, _("telefontid till %(until)s"), phones),
        )
        if room.key in ends
    ]
    text = room.service.text
    name = words.lowered(text.definite_name) if text else str(room.service)
    said = _("%(name)s har %(ways)s") % {"name": name, "ways": words.listed([w for _c, w in ways])}
    checks = (advice.get((room.key, channel)) for channel, _way in ways)
    note = next(filter(None, checks), "")
    return f"{said} ({note})" if note else said


def spot_of(house: House) -> Spot:
    """Where a house stands; without a point its district is near."""
    centre = house.centre
    known = centre.latitude is not None
    return Spot(
        centre.name,
        Kind.CENTRE if known else Kind.DISTRICT,
        Point(float(centre.latitude), float(centre.longitude)) if known else None,
        centre.district.slug,
        centre.district.city_area.slug,
        is_island=centre.stop_kind == "ferry",
        centre=centre.slug,
    )
