"""Two things in the same room of a house at the same time. Pure.

Rooms are known by the name that staff give them, in any case; what has no such name, is held
elsewhere, or is known not to be held, takes no room. What ends as the next begins does not clash.
"""

from collections import defaultdict
from collections.abc import Iterable

from .programme_values import NOT_HERE, Occurrence


def room_name(occurrence: Occurrence) -> str:
    """The room that it takes, as names are compared, or ""."""
    is_here = occurrence.venue is None and occurrence.state not in NOT_HERE
    return " ".join(occurrence.room.casefold().split()) if is_here else ""


def clashes(occurrences: Iterable[Occurrence]) -> list[tuple[Occurrence, Occurrence]]:
    """The pairs that need the same room at the same time, the earlier first, in order of time.

    All `occurrences` are of one house.
    """
    by_room: dict[str, list[Occurrence]] = defaultdict(list)
    for occurrence in sorted(occurrences, key=lambda one: one.order):
        if name := room_name(occurrence):
            by_room[name].append(occurrence)
    found = [pair for rows in by_room.values() for pair in _pairs(rows)]
    return sorted(found, key=lambda pair: (pair[1].order, pair[0].order))


def _pairs(rows: list[Occurrence]) -> Iterable[tuple[Occurrence, Occurrence]]:
    going_on: list[Occurrence] = []
    for row in rows:
        going_on = [one for one in going_on if one.ends > row.starts]
        yield from ((one, row) for one in going_on)
        going_on.append(row)
