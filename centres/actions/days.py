"""What holds on one day instead of the usual: its hours, or the answer for a holiday."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID, uuid4

from django.db import transaction

from ..models import ExceptionSlot, ScheduleException, ServiceAtCentre
from .exceptions import DECIDING, save_exception
from .saving import lock, remove_by, revise


@transaction.atomic
def save_day(
    *,
    room: ServiceAtCentre,
    channel: str,
    day: date,
    kind: str,
    by,
    slots: Iterable[ExceptionSlot] = (),
    key: UUID | None = None,
) -> ScheduleException:
    """Let `kind` decide the day for the room, on one channel or ("") all: one row says so.

    A row of its own for that day and channel is changed, others that decide the same are removed.
    `key` becomes that of a new row. ValidationError if it is refused.
    """
    lock(room)
    first, *others = [*_rows(room, channel, day), None]
    for row in filter(None, others):
        remove_by(row, by)
    row = first or ScheduleException(
        id=key or uuid4(), service_at_centre=room, channel=channel, first_day=day, last_day=day
    )
    if row.kind != kind:
        row.kind, row.reason, row.note = kind, "", ""
    return save_exception(exception=row, by=by, slots=slots)


@transaction.atomic
def clear_day(*, room: ServiceAtCentre, channel: str, day: date, by) -> None:
    """Let the day be as if nobody had decided it for the room and channel."""
    lock(room)
    for row in _rows(room, channel, day):
        remove_by(row, by)
    revise(room)


def _rows(room: ServiceAtCentre, channel: str, day: date) -> list[ScheduleException]:
    rows = ScheduleException.objects.filter(
        service_at_centre=room, channel=channel, first_day=day, last_day=day, kind__in=DECIDING
    )
    return sorted(rows, key=lambda row: DECIDING.index(row.kind))
