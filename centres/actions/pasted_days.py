"""Rows of a pasted text about single days: other hours, closed, and what is cancelled.

What is cancelled is the date of an activity, where one of that name is planned then; else it is a
labelled slot, or something the portal does not know, and its part of the day is closed.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, time
from uuid import UUID, uuid5

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from ..models import (
    Activity,
    Channel,
    ExceptionSlot,
    OccurrenceChange,
    ScheduleException,
    ServiceAtCentre,
)
from ..nearest.spelling import folded
from ..programme import days_of
from .changed_dates import change_date
from .exceptions import save_exception
from .pasted_rows import Becomes, PastedRow, hours_of, key_of, refused

_REASONS = {
    "planering": ScheduleException.Reason.PLANNING,
    "utbildning": ScheduleException.Reason.TRAINING,
    "studiedag": ScheduleException.Reason.TRAINING,
    "sommar": ScheduleException.Reason.SUMMER,
    "sjuk": ScheduleException.Reason.ILLNESS,
    "lov": ScheduleException.Reason.HOLIDAY,
    "jul": ScheduleException.Reason.HOLIDAY,
    "klämdag": ScheduleException.Reason.HOLIDAY,
}


Planned = tuple[Activity, date, time]


def save_day(room: ServiceAtCentre, row: PastedRow, key: UUID, by) -> None:
    """Save what the row says of its days. PastedRowError if it is refused."""
    planned = list(planned_dates(room, row)) if row.becomes == Becomes.CANCELLED else []
    with refused(row):
        if planned:
            _cancel(planned, row, key, by)
        elif row.becomes == Becomes.CANCELLED and not (row.starts_at and row.ends_at):
            raise ValidationError(_nothing_of_that_name(row))
        else:
            _save_exception(room, row, key, by)


def planned_dates(room: ServiceAtCentre, row: PastedRow) -> Iterator[Planned]:
    """The dates of the room's activities that the row means, by name, days and start if it has one.

    Of "Babycaféet" and "Babycafé i Hjällbo" the one is in the other: they are the same.
    """
    said = folded(row.name)
    last = row.last_day or row.first_day
    for activity in room.activities.published().prefetch_related("texts", "recurrences"):
        name = folded(str(activity))
        if not said or not name or (name not in said and said not in name):
            continue
        for time_ in activity.recurrences.all():
            if row.starts_at in (None, time_.starts_at):
                for day in days_of(time_.as_value(), row.first_day, last):
                    yield activity, day, time_.starts_at


def _cancel(planned: list[Planned], row: PastedRow, key: UUID, by) -> None:
    """What is cancelled already keeps its reason."""
    kind = OccurrenceChange.Kind.CANCELLED
    own_key = key_of(key, row)
    for activity, day, starts_at in planned:
        about = {"activity": activity, "day": day, "starts_at": starts_at, "kind": kind}
        if not OccurrenceChange.objects.filter(**about).exists():
            reason = _reason(row.name)
            change_date(change=OccurrenceChange(id=own_key, reason=reason, **about), by=by)
        own_key = uuid5(own_key, "next")


def _nothing_of_that_name(row: PastedRow) -> str:
    return _(
        "Ingen aktivitet som heter ”%(name)s” är planerad då. Rätta namnet eller dagen, eller fyll "
        "i från när till när så stängs den delen av dagen."
    ) % {"name": row.name}


def _save_exception(room: ServiceAtCentre, row: PastedRow, key: UUID, by) -> None:
    kinds = ScheduleException.Kind
    is_open = row.becomes == Becomes.OTHER_HOURS
    kind = kinds.REPLACED if is_open else kinds.PART_CLOSED if row.starts_at else kinds.CLOSED
    exception = ScheduleException(
        id=key_of(key, row),
        service_at_centre=room,
        channel="" if kind == kinds.CLOSED else Channel.DROP_IN,
        kind=kind,
        first_day=row.first_day,
        last_day=row.last_day or row.first_day,
        reason="" if is_open else _reason(row.name),
        note="" if is_open else _note(row),
    )
    hours = hours_of(row if is_open else replace(row, name="", song_at=None))
    slots = [] if kind == kinds.CLOSED else [ExceptionSlot(**hours)]
    save_exception(exception=exception, slots=slots, by=by)


def _reason(name: str) -> str:
    return next((reason for word, reason in _REASONS.items() if word in name.lower()), "")


def _note(row: PastedRow) -> str:
    if row.becomes == Becomes.CANCELLED:
        return _("%(name)s är inställt.") % {"name": row.name}
    return "" if row.name.lower().endswith("stängt") else row.name
