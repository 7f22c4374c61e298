"""Hours as readers will see them, for staff to check what they have saved."""

from datetime import datetime, time

from django.template.loader import render_to_string
from django.utils import timezone

from .. import hours_text
from ..house import House, days_needed
from ..models import FamilyCentre, Schedule, ServiceAtCentre
from ..rooms import Room


def as_readers_see(service_at_centre: ServiceAtCentre, *, at: datetime) -> str:
    """Every channel of a room: its sentence and its week around the moment `at`."""
    house, room = _house_and_room(service_at_centre, at)
    context = {"room": room, "at": at, "is_shown": house.receives_visitors}
    return render_to_string("admin/centres/hours_preview.html", context)


def schedule_as_readers_see(schedule: Schedule, *, at: datetime) -> str:
    """One schedule's sentence, and its channel's week at `at` or when the schedule begins."""
    begins = datetime.combine(schedule.valid_from, time(12), tzinfo=timezone.get_default_timezone())
    _house, room = _house_and_room(schedule.service_at_centre, max(at, begins))
    channel = next(c for c in room.channels if c.channel == schedule.channel)
    return render_to_string(
        "admin/centres/hours_preview_of_schedule.html",
        {
            "sentence": hours_text.week_sentence(schedule.as_value()),
            "channel": channel,
            "is_now": at >= begins,
        },
    )


def _house_and_room(service_at_centre: ServiceAtCentre, at: datetime) -> tuple[House, Room]:
    centre = FamilyCentre.objects.with_hours(*days_needed(at)).get(pk=service_at_centre.centre_id)
    house = House(centre, at)
    return house, next(room for room in house.rooms if room.place.pk == service_at_centre.pk)
