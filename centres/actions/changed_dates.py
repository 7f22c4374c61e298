"""Single dates of activities that are cancelled, moved or changed; and taking that back."""

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
    """Let the date be as planned again; one that somebody has put back already stays so."""
    lock(change.activity.organiser)
    row = OccurrenceChange.objects.filter(pk=change.pk).first()
    if row:
        remove_by(row, by)
        revise(change.activity.organiser)


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
    if change.new_starts_at in others and not gone.exists():
        raise ValidationError(
            {"new_day": _("Då hålls aktiviteten redan. Välj en annan dag eller tid.")}
        )


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
    activities = Activity.objects.filter(organiser=closing.service_at_centre_id)
    if closing.centre_id:
        activities = Activity.objects.filter(organiser__centre=closing.centre_id)
    rows = OccurrenceChange.objects.filter(activity__in=activities, despite_closing=True)
    rows = rows.alias(held_on=Coalesce("new_day", "day")).filter(held_on__gte=closing.first_day)
    if closing.last_day:
        rows = rows.filter(held_on__lte=closing.last_day)
    if closing.centre_id or closing.reason == ScheduleException.Reason.PREMISES:
        rows = rows.filter(Q(at_organiser=True) | Q(new_venue=None, activity__venue=None))
    for row in rows:
        row.despite_closing = False
        save_by(row, by)
