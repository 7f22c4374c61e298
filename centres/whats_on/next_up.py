"""The next activities of a house, or near a place, for pages that are about something else."""

from dataclasses import replace
from datetime import datetime, timedelta

from django.utils import timezone

from ..models import FamilyCentre
from ..nearest import Spot
from ..programme_of_many import ProgrammeOfMany
from .asked import Looked
from .happening import Happening, happenings_of
from .sieve import Sieve, sieve_of

MOST = 5
_AHEAD = timedelta(days=13)


def next_in_house(centre: FamilyCentre, at: datetime) -> list[Happening]:
    """What it holds in the coming two weeks; labelled slots stand in its hours already."""
    sieve = sieve_of(Looked(centre=centre.slug), timezone.localdate(at))
    # A house holds so little that all of it is weighed sooner than the first are picked out.
    found = [one for one in _activities(sieve, at).between() if one.ends > at]
    return happenings_of(found[:MOST], at)


def next_near(spot: Spot | None, at: datetime) -> list[Happening]:
    """What is held near a place, or anywhere, in the coming two weeks."""
    near = spot if spot and spot.is_placed else None
    sieve = sieve_of(Looked(), timezone.localdate(at), near)
    return happenings_of(sieve.first(MOST, _activities(sieve, at), at), at)


def _activities(sieve: Sieve, at: datetime) -> ProgrammeOfMany:
    today = timezone.localdate(at)
    only_activities = replace(sieve, rooms=sieve.rooms.none())
    return only_activities.programme(today, today + _AHEAD)
