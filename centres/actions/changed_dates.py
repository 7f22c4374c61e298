"""Single dates of activities that are cancelled, moved or changed; and taking that back."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, time, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from .. import programme
from ..hours_text import full_date
from ..models import Activity, OccurrenceChange, ScheduleException
from .saving import lock, remove_by, revise, save_by

Kind = OccurrenceChange.Kind
WITH_IT = timedelta(seconds=5)  # in one transaction; no person is so quick
CLOSING = (ScheduleException.Kind.CLOSED, ScheduleException.Kind.PART_CLOSED)


@transaction.atomic
def change_date(*, change: OccurrenceChange, by) -> OccurrenceChange:
    """Let one planned date be as `change` says, and return the row that says so.

    A date has one row: one that it has already becomes as `change` says. ValidationError where
    nothing was planned, and where nothing would be changed.
    """
    lock(change.activity.organiser)
    change.full_clean(validate_unique=False, validate_constraints=False)
    check_change(change)
    twin = _of_the_same_date(change).exclude(pk=change.pk).first()
    if twin:
        change.pk = twin.pk
        change._state.adding = False
    change.validate_constraints()
    save_by(change, by)
    revise(change.activity.organiser)
    return change


@transaction.atomic
def undo_change(*, change: OccurrenceChange, by) -> None:
    """Let the date be as planned again; one that somebody has put back already stays so.

    ValidationError where another date has been moved there since.
    """
    lock(change.activity.organiser)
    row = OccurrenceChange.objects.filter(pk=change.pk).first()
    if row:
        _check_nothing_moved_to(row)
        remove_by(row, by)
        revise(change.activity.organiser)


@contextmanager
def changes_carried(activity: Activity, by) -> Iterator[None]:
    """What is said of a date goes along where the block lets that date begin at another hour.

    Else a date that is cancelled would be held again, and nobody would have said so.
    """
    before = Activity.objects.get(pk=activity.pk).as_value()
    yield
    after = Activity.objects.get(pk=activity.pk).as_value()
    for row in OccurrenceChange.objects.filter(activity=activity.pk):
        was, now = (programme.planned_on(value, row.day).keys() for value in (before, after))
        gone, new = sorted(was - now), sorted(now - was)
        if row.starts_at not in gone or len(gone) != len(new):
            continue
        row.starts_at = new[gone.index(row.starts_at)]
        ends_too_early = row.kind == Kind.CHANGED and (row.new_ends_at or time.max) <= row.starts_at
        if not ends_too_early and not _of_the_same_date(row).exists():
            save_by(row, by)


def check_change(change: OccurrenceChange) -> None:
    """Refuse to change what was never planned, and to change nothing."""
    planned = programme.planned_on(change.activity.as_value(), change.day)
    rule = planned.get(change.starts_at)
    if rule is None:
        raise ValidationError({"day": _nothing_planned(change, sorted(planned))})
    if change.kind == Kind.CHANGED and not _changes_anything(change):
        raise ValidationError(_("Vad är ändrat? Fyll i en ny sluttid, en ny plats eller en text."))
    if change.kind == Kind.CANCELLED:
        return
    if change.kind == Kind.CHANGED:
        _check_nothing_moved_to(change)
    starts, ends = change.new_starts_at or change.starts_at, change.new_ends_at
    if ends and ends <= starts and not rule.slot.closes_at <= rule.slot.opens_at:
        raise ValidationError({"new_ends_at": _("Sluttiden måste vara senare än starttiden.")})
    if change.kind == Kind.MOVED:
        _check_moved(change)


def _check_moved(change: OccurrenceChange) -> None:
    if (change.new_day, change.new_starts_at) == (change.day, change.starts_at):
        raise ValidationError(
            {"new_day": _("Det är samma dag och tid som förut. Välj ”ändrat, samma tid”.")}
        )
    others = programme.planned_on(change.activity.as_value(), change.new_day)
    gone = change.activity.changes.filter(
        day=change.new_day, starts_at=change.new_starts_at, kind__in=[Kind.CANCELLED, Kind.MOVED]
    )
    is_held = change.new_starts_at in others and not gone.exists()
    if is_held or _moved_to(change, change.new_day, change.new_starts_at).exists():
        raise ValidationError(
            {"new_day": _("Då hålls aktiviteten redan. Välj en annan dag eller tid.")}
        )


def _check_nothing_moved_to(change: OccurrenceChange) -> None:
    """Where it was planned to be."""
    other = _moved_to(change, change.day, change.starts_at).first()
    if other:
        raise ValidationError(
            _("Tillfället %(day)s är flyttat hit. Flytta eller ångra det först.")
            % {"day": full_date(other.day)}
        )


def _moved_to(change: OccurrenceChange, day: date, starts_at: time):
    """Other dates of the activity that are held then instead."""
    others = change.activity.changes.exclude(day=change.day, starts_at=change.starts_at)
    return others.filter(new_day=day, new_starts_at=starts_at)


def _nothing_planned(change: OccurrenceChange, others) -> str:
    day = full_date(change.day)
    if not others:
        return _("Inget var planerat %(day)s. Välj en dag då aktiviteten hålls.") % {"day": day}
    times = ", ".join(f"{time:%H.%M}" for time in others)
    return _("Inget börjar %(start)s %(day)s. Den dagen börjar aktiviteten %(times)s.") % {
        "start": f"{change.starts_at:%H.%M}",
        "day": day,
        "times": times,
    }


def _changes_anything(change: OccurrenceChange) -> bool:
    return any(
        (
            change.new_ends_at,
            change.new_venue_id,
            change.at_organiser,
            change.new_room,
            change.despite_closing,
            change.note,
        )
    )


def _of_the_same_date(change: OccurrenceChange):
    return OccurrenceChange.objects.filter(
        activity=change.activity_id, day=change.day, starts_at=change.starts_at
    )


def withdraw_despite_closing(closing: ScheduleException, by) -> None:
    """What was to be held despite a closing is not, once somebody closes again: the last word."""
    if closing.kind not in CLOSING:
        return
    for row in _held_within(closing).filter(despite_closing=True):
        row.despite_closing = False
        save_by(row, by)


def hold_despite_closing_again(closing: ScheduleException, by) -> None:
    """Take that back with the closing, for the dates that nobody has changed since."""
    made = closing.history.filter(history_type="+").first()
    for row in _held_within(closing).filter(despite_closing=False) if made else []:
        last, *before = row.history.all()[:2]
        went_together = abs(last.history_date - made.history_date) < WITH_IT
        if before and before[0].despite_closing and went_together:
            row.despite_closing = True
            save_by(row, by)


def _held_within(closing: ScheduleException):
    """The changed dates that are held on its days, in what it closes."""
    activities = Activity.objects.filter(organiser=closing.service_at_centre_id)
    if closing.centre_id:
        activities = Activity.objects.filter(organiser__centre=closing.centre_id)
    rows = OccurrenceChange.objects.filter(activity__in=activities)
    rows = rows.alias(held_on=Coalesce("new_day", "day")).filter(held_on__gte=closing.first_day)
    if closing.last_day:
        rows = rows.filter(held_on__lte=closing.last_day)
    if closing.centre_id or closing.reason == ScheduleException.Reason.PREMISES:
        rows = rows.filter(Q(at_organiser=True) | Q(new_venue=None, activity__venue=None))
    return rows
