"""What staff have pasted and gone through, saved all or nothing."""

from collections.abc import Iterable
from datetime import date, datetime
from itertools import groupby
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _now

from ..hours_text import clock
from ..known_venues import KnownVenues
from ..models import (
    Activity,
    ActivityText,
    Channel,
    Confirmation,
    OccurrenceChange,
    Recurrence,
    Schedule,
    ScheduleException,
    ServiceAtCentre,
    TimeSlot,
)
from .activities import save_activity
from .facts import confirm
from .pasted_days import save_day
from .pasted_rows import Becomes, PastedRow, hours_of, key_of, refused
from .saving import lock
from .schedules import end_before, save_schedule


def was_pasted(key: UUID, rows: Iterable[PastedRow]) -> bool:
    """Whether what this key would make has been made before."""
    keys = [key, *(key_of(key, row) for row in rows)]
    made = (Schedule, Activity, ScheduleException, OccurrenceChange)
    return any(model.history.filter(id__in=keys, history_type="+").exists() for model in made)


@transaction.atomic
def save_pasted(
    *,
    room: ServiceAtCentre,
    rows: Iterable[PastedRow],
    first_day: date,
    last_day: date | None,
    key: UUID,
    by,
    at: datetime,
    ends_old: bool = False,
    is_confirmed: bool = False,
) -> None:
    """Save hours as one schedule, activities by name, and the days that differ.

    Hours and times wait to be confirmed unless `is_confirmed`. PastedRowError names the row that is
    refused, ValidationError what concerns them all; then nothing has been saved.
    """
    lock(room)
    rows = list(rows)
    week = [row for row in rows if row.becomes == Becomes.HOURS]
    if week:
        if ends_old:
            end_before(first_day, room=room, channel=Channel.DROP_IN, by=by)
        _save_week(room, week, first_day, last_day, key, is_confirmed, by)
    activities = [row for row in rows if row.becomes == Becomes.ACTIVITY]
    for _name, same in groupby(sorted(activities, key=_same), _same):
        _save_activity(room, list(same), first_day, last_day, key, is_confirmed, by)
    for row in rows:
        if row.becomes in (Becomes.OTHER_HOURS, Becomes.CLOSED, Becomes.CANCELLED):
            save_day(room, row, key, by)
    if is_confirmed:
        _confirm(room, bool(week), bool(activities), at, by)


def _save_week(room, rows, first_day, last_day, key, is_confirmed, by) -> None:
    schedule = Schedule(
        id=key,
        service_at_centre=room,
        channel=Channel.DROP_IN,
        valid_from=first_day,
        valid_to=last_day,
        awaits_confirmation=not is_confirmed,
    )
    slots = [_slot(row) for row in rows]
    for row, slot in zip(rows, slots, strict=True):
        with refused(row):
            slot.full_clean(exclude=["schedule"], validate_unique=False)
    save_schedule(schedule=schedule, slots=slots, by=by, slots_checked=True)


def _slot(row: PastedRow) -> TimeSlot:
    return TimeSlot(
        weekday=row.weekday,
        week_parity=row.week_parity,
        nth_in_month=row.nth_in_month,
        **hours_of(row),
    )


def _same(row: PastedRow) -> tuple:
    """What the times of one activity have in common."""
    ages = [-1 if age is None else age for age in (row.min_age_months, row.max_age_months)]
    return (row.name, *ages, row.siblings, row.sign_up, row.language, row.where)


def _save_activity(room, rows, first_day, last_day, key, is_confirmed, by) -> None:
    row = rows[0]
    is_weekly = any(each.weekday for each in rows)
    kinds = Activity.Kind
    admissions = Activity.Admission
    activity = Activity(
        id=key_of(key, row),
        organiser=room,
        kind=kinds.WEEKLY if is_weekly else kinds.SERIES if len(rows) > 1 else kinds.ONE_OFF,
        min_age_months=row.min_age_months,
        max_age_months=row.max_age_months,
        siblings=row.siblings,
        languages=[row.language] if row.language else [],
        admission=admissions.SIGN_UP if row.sign_up else admissions.DROP_IN,
    )
    activity.venue = KnownVenues().called(row.where, room.centre.district_id)
    text = ActivityText(name=row.name, description=_said_of(row, activity))
    times = [_recurrence(each, first_day, last_day, not is_confirmed) for each in rows]
    with refused(row):
        save_activity(activity=activity, texts=[text], recurrences=times, by=by)


def _said_of(row: PastedRow, activity: Activity) -> str:
    """What there is no field for; a place that the portal knows has one."""
    is_unknown = row.where and activity.venue is None
    place = _now("Plats: %(where)s.") % {"where": row.where} if is_unknown else ""
    song = _now("Sång %(time)s.") % {"time": clock(row.song_at)} if row.song_at else ""
    return " ".join(filter(None, [place, song]))


def _recurrence(row: PastedRow, first_day, last_day, waits: bool) -> Recurrence:
    last = row.last_day or (last_day if row.weekday else row.first_day)
    return Recurrence(
        first_day=row.first_day or first_day,
        last_day=last,
        weekday=row.weekday,
        week_parity=row.week_parity,
        nth_in_month=row.nth_in_month,
        starts_at=row.starts_at,
        ends_at=row.ends_at,
        awaits_confirmation=waits,
    )


def _confirm(room, has_hours: bool, has_activities: bool, at, by) -> None:
    """What was copied before and is not in the text still waits."""
    groups = Confirmation.FactGroup
    said = {"target": room, "at": at, "by": by, "ends_waiting": False}
    if has_hours:
        confirm(fact_group=groups.HOURS, channel=Channel.DROP_IN, **said)
    if has_activities:
        confirm(fact_group=groups.ACTIVITIES, **said)
