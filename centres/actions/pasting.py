"""What staff have pasted and gone through, saved all or nothing."""

from collections.abc import Iterable
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from itertools import groupby
from uuid import UUID, uuid5

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from ..hours_text import clock
from ..models import (
    Activity,
    ActivityText,
    Channel,
    Confirmation,
    ExceptionSlot,
    Recurrence,
    Schedule,
    ScheduleException,
    ServiceAtCentre,
    TimeSlot,
)
from .activities import save_activity
from .exceptions import save_exception
from .facts import confirm
from .saving import lock
from .schedules import save_schedule

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


class Becomes(models.TextChoices):
    """What a row of a pasted text is in the portal."""

    HOURS = "hours", _("öppet varje vecka")
    ACTIVITY = "activity", _("aktivitet")
    OTHER_HOURS = "other_hours", _("andra öppettider den dagen")
    CLOSED = "closed", _("stängt")
    CANCELLED = "cancelled", _("inställt den dagen")


@dataclass(frozen=True)
class PastedRow:
    """A row as staff left it; `number` names it within its page."""

    number: int
    becomes: str
    name: str
    first_day: date | None
    last_day: date | None
    weekday: int | None
    week_parity: str
    nth_in_month: int | None
    starts_at: time | None
    ends_at: time | None
    min_age_months: int | None
    max_age_months: int | None
    siblings: str
    sign_up: bool
    language: str
    song_at: time | None
    where: str

    @property
    def label(self) -> str:
        """ "Babyöppet, sång 14.00"."""
        song = _now("sång %(time)s") % {"time": clock(self.song_at)} if self.song_at else ""
        return ", ".join(filter(None, [self.name, song]))[:80]


class PastedRowError(ValidationError):
    """What is wrong with the row of that number."""

    def __init__(self, number: int, messages: list[str]):
        super().__init__(messages)
        self.number = number


def was_pasted(key: UUID, rows: Iterable[PastedRow]) -> bool:
    """Whether what this key would make has been made before."""
    keys = [key, *(_key(key, row) for row in rows)]
    made = (Schedule, Activity, ScheduleException)
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
            _end_old(room, first_day, by)
        _save_week(room, week, first_day, last_day, key, is_confirmed, by)
    activities = [row for row in rows if row.becomes == Becomes.ACTIVITY]
    for _name, same in groupby(sorted(activities, key=_same), _same):
        _save_activity(room, list(same), first_day, last_day, key, is_confirmed, by)
    for row in rows:
        if row.becomes in (Becomes.OTHER_HOURS, Becomes.CLOSED, Becomes.CANCELLED):
            _save_day(room, row, key, by)
    if is_confirmed:
        _confirm(room, bool(week), bool(activities), at, by)


@contextmanager
def _refused(row: PastedRow):
    try:
        yield
    except ValidationError as error:
        raise PastedRowError(row.number, error.messages) from error


def _end_old(room: ServiceAtCentre, first_day: date, by) -> None:
    """The hours that go on into the new ones end on the day before."""
    running = room.schedules.filter(
        models.Q(valid_to=None) | models.Q(valid_to__gte=first_day),
        kind=Schedule.Kind.REGULAR,
        channel=Channel.DROP_IN,
        valid_from__lt=first_day,
    )
    for schedule in running:
        schedule.valid_to = first_day - timedelta(days=1)
        save_schedule(schedule=schedule, by=by)


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
        with _refused(row):
            slot.full_clean(exclude=["schedule"], validate_unique=False)
    save_schedule(schedule=schedule, slots=slots, by=by, slots_checked=True)


def _slot(row: PastedRow) -> TimeSlot:
    return TimeSlot(
        weekday=row.weekday,
        week_parity=row.week_parity,
        nth_in_month=row.nth_in_month,
        **_hours(row),
    )


def _hours(row: PastedRow) -> dict:
    names = ("min_age_months", "max_age_months", "siblings", "language", "label")
    return {"opens_at": row.starts_at, "closes_at": row.ends_at} | {
        name: getattr(row, name) for name in names
    }


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
        id=_key(key, row),
        organiser=room,
        kind=kinds.WEEKLY if is_weekly else kinds.SERIES if len(rows) > 1 else kinds.ONE_OFF,
        min_age_months=row.min_age_months,
        max_age_months=row.max_age_months,
        siblings=row.siblings,
        languages=[row.language] if row.language else [],
        admission=admissions.SIGN_UP if row.sign_up else admissions.DROP_IN,
    )
    text = ActivityText(name=row.name, description=_said_of(row))
    times = [_recurrence(each, first_day, last_day, not is_confirmed) for each in rows]
    with _refused(row):
        save_activity(activity=activity, texts=[text], recurrences=times, by=by)


def _said_of(row: PastedRow) -> str:
    place = _now("Plats: %(where)s.") % {"where": row.where} if row.where else ""
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


def _save_day(room: ServiceAtCentre, row: PastedRow, key: UUID, by) -> None:
    kinds = ScheduleException.Kind
    is_open = row.becomes == Becomes.OTHER_HOURS
    kind = kinds.REPLACED if is_open else kinds.PART_CLOSED if row.starts_at else kinds.CLOSED
    exception = ScheduleException(
        id=_key(key, row),
        service_at_centre=room,
        channel="" if kind == kinds.CLOSED else Channel.DROP_IN,
        kind=kind,
        first_day=row.first_day,
        last_day=row.last_day or row.first_day,
        reason="" if is_open else _reason(row.name),
        note="" if is_open else _note(row),
    )
    hours = _hours(row if is_open else replace(row, name="", song_at=None))
    slots = [] if kind == kinds.CLOSED else [ExceptionSlot(**hours)]
    with _refused(row):
        save_exception(exception=exception, slots=slots, by=by)


def _reason(name: str) -> str:
    return next((reason for word, reason in _REASONS.items() if word in name.lower()), "")


def _note(row: PastedRow) -> str:
    if row.becomes == Becomes.CANCELLED:
        return _now("%(name)s är inställt.") % {"name": row.name}
    return "" if row.name.lower().endswith("stängt") else row.name


def _confirm(room, has_hours: bool, has_activities: bool, at, by) -> None:
    groups = Confirmation.FactGroup
    if has_hours:
        confirm(target=room, fact_group=groups.HOURS, channel=Channel.DROP_IN, at=at, by=by)
    if has_activities:
        confirm(target=room, fact_group=groups.ACTIVITIES, at=at, by=by)


def _key(key: UUID, row: PastedRow) -> UUID:
    return uuid5(key, f"row {row.number}")
