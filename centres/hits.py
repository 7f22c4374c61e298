"""Houses as they stand in a list: with a number, the way there, and why they fit the wish."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _

from . import hours_text as words
from .channel_hours import about
from .finding import Finder, HouseRow, speaks, spoken_in, welcomes
from .house import House, houses_of
from .models import FamilyCentre
from .rooms import Room
from .way import way_to
from .wish import Match, Wish, ask

MOST_SESSIONS = 2


@dataclass(frozen=True)
class Hit:
    """A house in a list; `way` is "" where it is not known, `sessions` those that meet the wish."""

    number: int
    house: House
    row: HouseRow
    way: str
    sessions: list[str]


def hits_of(rows: list[HouseRow], *, finder: Finder, wish: Wish, first: int = 1) -> list[Hit]:
    """The houses with all that their cards show, in a constant number of queries."""
    shown = FamilyCentre.objects.filter(slug__in=[row.slug for row in rows])
    houses = {house.centre.slug: house for house in houses_of(shown, finder.at)}
    return [
        Hit(number, house, row, way_to(finder, row), sessions_of(house, wish))
        for number, row in enumerate(rows, first)
        if (house := houses.get(row.slug))
    ]


def sessions_of(house: House, wish: Wish) -> list[str]:
    """When and what, for a wish with a day or a time: the first two sessions."""
    if not wish.has_later_time or not house.receives_visitors:
        return []
    found = [
        (match.span, _in_words(match, room))
        for room in house.rooms
        if wish.service in ("", room.service.slug) and welcomes(room.service, wish)
        for match in _matches(room, wish)
    ]
    return [said for _span, said in sorted(found)[:MOST_SESSIONS]]


def _matches(room: Room, wish: Wish) -> Iterator[Match]:
    hours = next((c.hours for c in room.channels if c.channel == wish.channel), None)
    if hours is not None:
        for match in ask(hours, wish, wish.windows(room.at, hours.zone)).matches[-1]:
            if speaks(spoken_in(match.slot, room.place.languages), wish):
                yield match


def _in_words(match: Match, room: Room) -> str:
    """ "Onsdag 13.00–15.00: öppen förskola, babyöppet, 0–8 månader"."""
    zone = timezone.get_default_timezone()
    said = {
        "when": words.capitalised(words.relative_day(match.day, room.today)),
        "hours": words.span_words(*match.span, zone),
        "what": ", ".join(filter(None, [words.lowered(room.name), about(match.slot)])),
    }
    return _("%(when)s %(hours)s: %(what)s") % said
