"""A new term from an old one."""

from collections.abc import Iterable
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from ..models import Confirmation, Schedule, TimeSlot
from .facts import confirm
from .saving import lock
from .schedules import end_before, save_schedule


@transaction.atomic
def copy_schedule(
    *,
    source: Schedule,
    key: UUID,
    valid_from: date,
    valid_to: date | None,
    slots: Iterable[TimeSlot],
    by,
    at: datetime,
    is_confirmed: bool = False,
    ends_source: bool = False,
) -> Schedule:
    """Save a schedule like `source` for other dates, with `slots` as its week.

    Until somebody has confirmed it, it says so to readers. `ends_source` lets the old ones end
    on the day before. ValidationError if the new one clashes with another.
    """
    lock(source.service_at_centre)
    if ends_source:
        end_before(valid_from, room=source.service_at_centre, channel=source.channel, by=by)
    copy = Schedule(
        id=key,
        service_at_centre=source.service_at_centre,
        channel=source.channel,
        kind=source.kind,
        valid_from=valid_from,
        valid_to=valid_to,
        awaits_confirmation=not is_confirmed,
    )
    save_schedule(schedule=copy, slots=slots, by=by)
    if is_confirmed:
        confirm(
            target=source.service_at_centre,
            fact_group=Confirmation.FactGroup.HOURS,
            channel=source.channel,
            at=at,
            by=by,
            ends_waiting=False,  # nobody has looked at what else was copied
        )
    return copy
