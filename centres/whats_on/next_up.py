"""The next activities of a house, or near a place, for pages that are about something else."""

from dataclasses import replace
from datetime import datetime, timedelta

from django.utils import timezone

from ..models import FamilyCentre
from ..nearest import Spot
from .asked import Looked
from .happening import Happening, happenings_of
from .sieve import Sieve, sieve_of

MOST = 5
_AHEAD = timedelta(days=13)


def next_in_house(centre: FamilyCentre, at: datetime) -> list[Happening]:
    """What it holds in the coming two weeks; labelled slots stand in its hours already."""
    return _next(sieve_of(Looked(centre=centre.slug), timezone.localdate(at)), at)


def next_near(spot: Spot | None, at: datetime) -> list[Happening]:
    """What is held near a place, or anywhere, in the coming two weeks."""
    has_place = spot is not None and bool(spot.point or spot.district)
    return _next(sieve_of(Looked(), timezone.localdate(at), spot if has_place else None), at)


def _next(sieve: Sieve, at: datetime) -> list[Happening]:
    today = timezone.localdate(at)
    only_activities = replace(sieve, rooms=sieve.rooms.none())
    programme = only_activities.programme(today, today + _AHEAD)
    return happenings_of(only_activities.first(MOST, programme, at), at)
