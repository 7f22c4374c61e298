"""From the spots that a question matches equally well to one of them, or to a choice. Pure."""

from collections.abc import Iterable
from dataclasses import replace

from .spelling import folded
from .spots import Answer, Found, Kind, Spot

MOST_CHOICES = 8
MOST_SUGGESTIONS = 4
AREAS = (Kind.CITY_AREA, Kind.DISTRICT, Kind.PLACE)


def one_or_choices(spots: Iterable[Spot]) -> Answer | None:
    found = distinct(spots)
    if len(found) > 1:
        return Answer(Found.CHOICES, choices=found[:MOST_CHOICES])
    return Answer(Found.FOUND, spot=found[0]) if found else None


def distinct(spots: Iterable[Spot]) -> tuple[Spot, ...]:
    """Areas if there are any, else houses; of those that mean the same the first."""
    spots = list(spots)
    spots = [spot for spot in spots if spot.kind in AREAS] or spots
    houses = {spot.centre for spot in spots if spot.kind is Kind.CENTRE}
    meanings: dict[object, Spot] = {}
    for spot in spots:
        if spot.kind is not Kind.STREET or spot.centre not in houses:
            meanings.setdefault(_meaning(spot), spot)
    return tuple(meanings.values())


def _meaning(spot: Spot) -> object:
    """Equal for spots that are one to a reader."""
    if spot.kind is Kind.CENTRE or not spot.point:
        return spot.label
    if spot.kind is Kind.STREET:
        return spot.name, spot.point
    return spot.kind is Kind.CITY_AREA, spot.point


def shortest(names: list[tuple[str, Spot]]) -> list[Spot]:
    """Without areas whose name is that of another and a word: Angereds centrum beside Angered.

    `names` are folded, and any name that the spot matched by.
    """
    areas = {key for key, spot in names if spot.kind in AREAS}
    longer = tuple(f"{area}{ending}" for area in areas for ending in (" ", "s "))
    return [spot for _, spot in names if not folded(spot.name).startswith(longer)]


def guess(answer: Answer | None, others: Iterable[Spot] = ()) -> Answer | None:
    """What is found is only meant, and `others` may be it instead."""
    if not answer or answer.found is not Found.FOUND:
        return answer
    choices = [spot for spot in distinct(others) if spot != answer.spot]
    return replace(answer, found=Found.MEANT, choices=tuple(choices[:MOST_SUGGESTIONS]))


def unless_unknown(answer: Answer | None) -> Answer | None:
    return answer if answer and answer.found is not Found.UNKNOWN else None
