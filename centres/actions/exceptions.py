"""Saving the days that differ."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID, uuid4, uuid5

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from .. import opening_hours
from ..models import ExceptionSlot, ScheduleException
from ..staff_words import days_in_words, exceptions_in_words
from .changed_dates import withdraw_despite_closing
from .saving import lock, replace_slots, revise, save_by

DECIDING = (
    ScheduleException.Kind.CLOSED,
    ScheduleException.Kind.REPLACED,
    ScheduleException.Kind.AS_USUAL,
)
OPENING = (
    ScheduleException.Kind.REPLACED,
    ScheduleException.Kind.AS_USUAL,
    ScheduleException.Kind.EXTRA,
)


@transaction.atomic
def save_exception(
    *,
    exception: ScheduleException,
    by,
    slots: Iterable[ExceptionSlot] | None = None,
    keep_narrower: bool = False,
) -> ScheduleException:
    """Save an exception; `slots`, when given, become all its hours.

    A `closed` also closes what `opening_exceptions_within` names, so that nothing opens on its
    days, and withdraws that a date of an activity is held all the same, unless `keep_narrower`.
    ValidationError if it is refused.
    """
    exception.full_clean()
    check_exception(exception)
    if slots is not None:
        slots = list(slots)
        check_exception_slots(exception, len(slots))
    save_by(exception, by)
    if slots is not None:
        replace_slots(exception, slots, by)
    if not keep_narrower:
        _close_narrower(exception, by)
        withdraw_despite_closing(exception, by)
    revise(exception.service_at_centre or exception.centre)
    return exception


@transaction.atomic
def check_exception(exception: ScheduleException) -> None:
    """Refuse a second exception that decides the same days in the same way."""
    lock(exception.service_at_centre or exception.centre)
    if exception.kind not in DECIDING:
        return
    twins = ScheduleException.objects.filter(
        centre=exception.centre_id,
        service_at_centre=exception.service_at_centre_id,
        channel=exception.channel,
        kind=exception.kind,
        first_day=exception.first_day,
        last_day=exception.last_day,
    ).exclude(pk=exception.pk)
    if twins.exists():
        raise ValidationError(
            {
                "first_day": _("”%(kind)s” finns redan för %(days)s. Ändra den raden i stället.")
                % {
                    "kind": str(exception.get_kind_display()).capitalize(),
                    "days": days_in_words(exception.first_day, exception.last_day),
                }
            }
        )


def check_exception_slots(exception: ScheduleException, count: int) -> None:
    """Hours are needed where an exception changes them, and mean nothing where it does not."""
    if exception.kind in exception.WITH_SLOTS and not count:
        raise ValidationError(_("Fyll i minst en tid: från när till när?"))
    if exception.kind not in exception.WITH_SLOTS and count:
        raise ValidationError(
            _(
                "”%(kind)s” gäller hela dagen och har inga tider. Ta bort tiderna, eller välj "
                "något annat som gäller."
            )
            % {"kind": str(exception.get_kind_display()).capitalize()}
        )


def opening_exceptions_within(closed: ScheduleException) -> list[ScheduleException]:
    """The exceptions that would open a service on days that `closed` covers.

    Those are the narrower ones (a shorter range, or a service in a closed house) that nothing else
    closes again. Empty unless `closed` is of that kind. It need not be saved.
    """
    if closed.kind != ScheduleException.Kind.CLOSED:
        return []
    touching = _exceptions_touching(closed)
    return [
        exception
        for exception in touching
        if exception.kind in OPENING
        and _width(exception) < _width(closed)
        and not any(_closes_again(other, exception, closed) for other in touching)
    ]


def check_nothing_opens(closed: ScheduleException) -> None:
    """Refuse to put back a closure in whose days something would open by now."""
    opening = opening_exceptions_within(closed)
    if opening:
        raise ValidationError(
            _(
                "De här dagarna skulle det ändå vara öppet: %(list)s. Ändra avvikelsen i dess "
                "formulär i stället: där väljer du om det också ska stängas."
            )
            % {"list": exceptions_in_words(opening)}
        )


def _exceptions_touching(closed: ScheduleException) -> list[ScheduleException]:
    """Of the services that `closed` covers, on a channel and a day that it covers."""
    exceptions = ScheduleException.objects.touching(closed.first_day, _end(closed.last_day))
    exceptions = exceptions.exclude(pk=closed.pk)
    if closed.centre_id:
        exceptions = exceptions.filter(service_at_centre__centre=closed.centre_id)
    else:
        exceptions = exceptions.filter(service_at_centre=closed.service_at_centre_id)
    if closed.channel:
        exceptions = exceptions.filter(channel__in=["", closed.channel])
    return list(
        exceptions.select_related("service_at_centre__service", "service_at_centre__centre")
    )


def _closes_again(other, exception, closed) -> bool:
    """Whether `other` already closes the days and the channel on which `exception` would open."""
    channel = closed.channel or exception.channel
    first, last = _shared_days(exception, closed)
    return (
        other.kind == ScheduleException.Kind.CLOSED
        and other.service_at_centre_id == exception.service_at_centre_id
        and other.channel in ("", channel)
        and other.first_day <= first
        and _end(other.last_day) >= _end(last)
        and _width(other) <= _width(exception)
    )


def _close_narrower(closed: ScheduleException, by) -> None:
    """Close each on the days it shares with `closed`. Its row stays, for other days and undoing."""
    made = set()
    for exception in opening_exceptions_within(closed):
        first, last = _shared_days(exception, closed)
        channel = closed.channel or exception.channel
        if (exception.service_at_centre_id, channel, first, last) in made:
            continue
        made.add((exception.service_at_centre_id, channel, first, last))
        save_by(
            ScheduleException(
                id=_free_id_beside(closed, exception.service_at_centre_id, channel, first, last),
                service_at_centre=exception.service_at_centre,
                channel=channel,
                kind=ScheduleException.Kind.CLOSED,
                first_day=first,
                last_day=last,
                reason=closed.reason,
                note=closed.note,
            ),
            by,
        )


def closed_beside(closing: ScheduleException) -> list[ScheduleException]:
    """What was closed because `closing` was, and has been left as it was made."""
    rooms = ScheduleException.objects.touching(closing.first_day, _end(closing.last_day)).filter(
        service_at_centre__centre=closing.centre or closing.service_at_centre.centre,
        kind=closing.kind,
    )
    return [
        row
        for row in rooms.select_related("service_at_centre__service", "service_at_centre__centre")
        if row.pk
        == id_beside(closing, row.service_at_centre_id, row.channel, row.first_day, row.last_day)
    ]


def id_beside(closing: ScheduleException, room, channel: str, first, last) -> UUID:
    """The key of what is closed together with `closing`, made of what it closes.

    So undoing finds exactly those rows, and none that somebody has moved to other days since.
    """
    return uuid5(closing.pk, f"{room} {channel} {first} {last}")


def _free_id_beside(closing: ScheduleException, *about) -> UUID:
    key = id_beside(closing, *about)
    return uuid4() if ScheduleException.objects.filter(pk=key).exists() else key


def _shared_days(one, other) -> tuple[date, date | None]:
    last = min(_end(one.last_day), _end(other.last_day))
    return max(one.first_day, other.first_day), None if last == date.max else last


def _end(last_day: date | None) -> date:
    return last_day or date.max


def _width(exception: ScheduleException) -> tuple[int, bool]:
    """As the rules of opening hours have it: the smaller is the narrower."""
    return opening_hours.ScheduleException(
        exception.kind,
        exception.first_day,
        exception.last_day,
        of_centre=exception.centre_id is not None,
    ).width
