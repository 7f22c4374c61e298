"""How far it is from the place asked for to a house, and what water is on the way, in words."""

from math import inf

from django.utils.translation import gettext as _

from .finding import Finder, HouseRow
from .nearest import Crossing, Kind, crossing, distance_words


def way_to(finder: Finder, row: HouseRow) -> str:
    """ "ungefär 3 km, på andra sidan älven", "i stadsdelen", or "" where nothing can be said.

    A whole district or area has no point that one could be at: within it nothing is measured.
    """
    near = finder.near
    if near is None or near.kind is Kind.CITY_AREA:
        return ""
    if near.kind is Kind.DISTRICT and row.district == near.district:
        return _("i stadsdelen")
    metres = finder.distance_to(row)
    if metres == inf:
        return ""
    way = crossing(near, city_area=row.city_area, by_ferry=row.by_ferry, metres=metres)
    return ", ".join(filter(None, [distance_words(metres), _WATER[way]()]))


_WATER = {
    Crossing.NONE: lambda: "",
    Crossing.RIVER: lambda: _("på andra sidan älven"),
    Crossing.BOAT: lambda: _("du behöver ta båt"),
}
