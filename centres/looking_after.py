"""Whose it is to confirm what: the rules of freshness for what a person may change."""

from collections.abc import Iterable
from datetime import datetime

from .freshness import HouseToDo, load_houses
from .models import FamilyCentre, ServiceAtCentre
from .permissions import centres_open_to, may_add_or_remove, rooms_open_to


def houses_looked_after(user, at: datetime) -> list[HouseToDo]:
    """The houses in use that `user` may change, with those of their rooms that `user` may change.

    Constantly many queries.
    """
    houses = load_houses(at).filter(pk__in=centres_open_to(user).values("pk"))
    return _of_user(user, houses, at)


def looked_after_among(user, houses: Iterable[FamilyCentre], at: datetime) -> list[HouseToDo]:
    """The same, of `houses` that have been loaded once for many people."""
    own = set(centres_open_to(user).values_list("pk", flat=True))
    return _of_user(user, [house for house in houses if house.pk in own], at)


def _of_user(user, houses: Iterable[FamilyCentre], at: datetime) -> list[HouseToDo]:
    own_rooms = set(rooms_open_to(user).values_list("pk", flat=True))
    plans = may_add_or_remove(user, ServiceAtCentre)
    return [HouseToDo(house, at, own_rooms, plans=plans) for house in houses]
