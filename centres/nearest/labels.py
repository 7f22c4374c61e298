"""Labels: names that lead back to the very same spot, also where two spots share a name. Pure."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from itertools import chain, count

from .spelling import folded
from .spots import Kind, Spot

_RANKS = {kind: rank for rank, kind in enumerate(Kind)}
_KIND_WORDS = {
    Kind.CITY_AREA: "stadsområde",
    Kind.DISTRICT: "stadsdel",
    Kind.PLACE: "plats",
    Kind.POSTCODE: "postnummer",
    Kind.BOX_POSTCODE: "boxpostnummer",
    Kind.CENTRE: "hus",
    Kind.STREET: "gata",
}


def told_apart(spots: Iterable[Spot]) -> list[Spot]:
    """The spots by kind, each with a label of its own; a name without letters is left out."""
    spots = sorted(spots, key=lambda spot: _RANKS[spot.kind])
    uses = Counter(folded(spot.name) for spot in spots)
    houses = {spot.centre: spot.name for spot in spots if spot.kind is Kind.CENTRE}
    labels: set[str] = set()
    apart = []
    for spot in spots:
        key = folded(spot.name)
        if not key:
            continue
        if uses[key] > 1 or key in labels:
            house = houses.get(spot.centre, "") if spot.kind is Kind.STREET else ""
            spot = _labelled(spot, (house or _KIND_WORDS[spot.kind]), labels)
        labels.add(folded(spot.label))
        apart.append(spot)
    return apart


def _labelled(spot: Spot, word: str, taken: set[str]) -> Spot:
    words = chain([word], (f"{word} {number}" for number in count(2)))
    tries = (replace(spot, apart=word) for word in words)
    return next(spot for spot in tries if folded(spot.label) not in taken)
