"""A lasting change of the week, from one day on."""

from collections.abc import Iterable
from datetime import date, timedelta
from uuid import UUID

from django.db import transaction

from ..models import Schedule, ServiceAtCentre, TimeSlot
from .saving import lock
from .schedules import save_schedule


@transaction.atomic
def change_week(
    *,
    room: ServiceAtCentre,
    channel: str,
    key: UUID,
    first_day: date,
    slots: Iterable[TimeSlot],
    by,
) -> Schedule:
    """Let `slots` be the regular week from `first_day` on; seasons stay as they are.

    The schedule that holds that day ends the day before, and one with `key` goes on to where the
    old one ended. Regular schedules that begin later get the same week. Returns the one that holds
    `first_day`. ValidationError if a slot cannot be.
    """
    lock(room)
    slots = list(slots)
    schedules = list(Schedule.objects.regular_from(room, channel, first_day))
    later = [row for row in schedules if row.valid_from > first_day]
    present = next((row for row in schedules if row not in later), None)
    for row in later:
        save_schedule(schedule=row, slots=_copies(slots), by=by)
    if present and present.valid_from == first_day:
        return save_schedule(schedule=present, slots=slots, by=by)
    new = Schedule(id=key, service_at_centre=room, channel=channel, valid_from=first_day)
    if present:
        new.valid_to = present.valid_to
        present.valid_to = first_day - timedelta(days=1)
        save_schedule(schedule=present, by=by)
    elif later:
        new.valid_to = later[0].valid_from - timedelta(days=1)
    return save_schedule(schedule=new, slots=slots, by=by)


def _copies(slots: list[TimeSlot]) -> list[TimeSlot]:
    fields = [f.attname for f in TimeSlot._meta.concrete_fields if f.name not in ("id", "schedule")]
    return [TimeSlot(**{name: getattr(slot, name) for name in fields}) for slot in slots]
