"""Closing a room or a house, from today; and taking that back."""

from collections.abc import Iterable

from django.db import transaction

from ..models import ExceptionSlot, ScheduleException
from .changed_dates import hold_despite_closing_again
from .exceptions import closed_beside, id_beside, save_exception
from .saving import lock, remove_by, revise

Kind = ScheduleException.Kind


@transaction.atomic
def close(*, closing: ScheduleException, by, slots: Iterable[ExceptionSlot] = ()):
    """Close so that nothing that starts on its days is open, and return the row that says so.

    The same days closed before keep their row, with the new reason. ValidationError if refused.
    """
    lock(closing.service_at_centre or closing.centre)
    slots = list(slots)
    twin = _same_days_closed(closing)
    if twin:
        twin.reason, twin.note = closing.reason, closing.note
        closing = twin
    save_exception(exception=closing, by=by, slots=slots)
    if closing.centre_id and closing.kind == Kind.PART_CLOSED:
        _close_exempted_rooms(closing, slots, by)
    return closing


@transaction.atomic
def undo_closing(*, closing: ScheduleException, by) -> list[ScheduleException]:
    """Remove a closing and all that was closed because of it; returns the removed rows.

    What was to be held all the same, and was closed by it, is so again.
    """
    lock(closing.service_at_centre or closing.centre)
    rows = ScheduleException.objects.filter(pk=closing.pk)
    removed = [*rows, *closed_beside(closing)] if rows else []
    if removed:
        hold_despite_closing_again(closing, by)
    for row in removed:
        remove_by(row, by)
    if removed:
        revise(closing.centre or closing.service_at_centre)
    return removed


def already_closed(closing: ScheduleException) -> ScheduleException | None:
    """A row that says just what `closing` would."""
    twin = _same_days_closed(closing)
    is_same = twin and (twin.reason, twin.note) == (closing.reason, closing.note)
    return twin if is_same else None


def _same_days_closed(closing: ScheduleException) -> ScheduleException | None:
    if closing.kind != Kind.CLOSED:
        return None
    return ScheduleException.objects.filter(
        centre=closing.centre_id,
        service_at_centre=closing.service_at_centre_id,
        channel=closing.channel,
        kind=Kind.CLOSED,
        first_day=closing.first_day,
        last_day=closing.last_day,
    ).first()


def _close_exempted_rooms(closing: ScheduleException, slots, by) -> None:
    """A room that is open as usual that day is exempt from what closes its house for hours."""
    day = closing.first_day
    exempt = ScheduleException.objects.filter(
        service_at_centre__centre=closing.centre_id,
        kind=Kind.AS_USUAL,
        first_day=day,
        last_day=day,
    )
    for room, channel in sorted(set(exempt.values_list("service_at_centre", "channel")), key=str):
        also = ScheduleException(
            id=id_beside(closing, room, channel, day, day),
            service_at_centre_id=room,
            channel=channel,
            kind=Kind.PART_CLOSED,
            first_day=day,
            last_day=day,
            reason=closing.reason,
            note=closing.note,
        )
        if not ScheduleException.objects.filter(pk=also.pk).exists():
            save_exception(exception=also, by=by, slots=[_copied(slot) for slot in slots])


def _copied(slot: ExceptionSlot) -> ExceptionSlot:
    return ExceptionSlot(opens_at=slot.opens_at, closes_at=slot.closes_at)
