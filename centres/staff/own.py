"""Which houses and rooms a person may look after here; everything else is refused."""

from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef
from django.shortcuts import get_object_or_404

from ..house import House, days_needed
from ..models import CentreMembership, FamilyCentre, ScheduleException
from ..permissions import centres_open_to, may_change, rooms_open_to
from ..rooms import Room


def own_centres(user):
    """The centres that a person may change, those where they work first."""
    works_there = CentreMembership.objects.filter(user=user, centre=OuterRef("pk"))
    centres = centres_open_to(user).annotate(is_own=Exists(works_there))
    return centres.select_related("district").order_by("-is_own", "name")


def house_of(user, slug: str, at: datetime) -> House:
    """The house with all that its readers see. 404 if there is none, 403 if it is another's."""
    centres = FamilyCentre.objects.with_place().with_everything(*days_needed(at), at=at)
    centre = get_object_or_404(centres, slug=slug)
    if not may_change(user, centre):
        raise PermissionDenied
    return House(centre, at)


def room_of(user, house: House, service_slug: str) -> Room:
    """The room of that service. 403 where another organisation runs it."""
    room = get_object_or_404(house.centre.services_here, service__slug=service_slug)
    if not may_change(user, room):
        raise PermissionDenied
    return house.room_for(room.service)


def own_rooms(user, house: House) -> list[Room]:
    own = set(rooms_open_to(user).filter(centre=house.centre).values_list("pk", flat=True))
    return [room for room in house.rooms if room.place.pk in own]


def may_close_house(user, house: House) -> bool:
    return may_change(user, ScheduleException(centre=house.centre))
