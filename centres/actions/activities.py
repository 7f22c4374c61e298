"""Saving activities with their times, and laying them out for another term."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID, uuid5

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from .. import programme
from ..hours_text import full_date
from ..models import Activity, ActivityText, CoOrganiser, Recurrence, Revision, ServiceAtCentre
from ..programme_terms import shifted
from ..staff_words import days_in_words
from .changed_dates import changes_carried
from .saving import lock, remove_by, revise, save_by

LONGEST = 3 * 366  # days between the first and the last date of one time


@transaction.atomic
def save_activity(
    *,
    activity: Activity,
    by,
    texts: Iterable[ActivityText] | None = None,
    recurrences: Iterable[Recurrence] | None = None,
    co_organisers: Iterable[ServiceAtCentre] | None = None,
) -> Activity:
    """Save an activity; what is given of its rows becomes all of them, rows with the same key stay.

    ValidationError if it is refused.
    """
    former = Revision.objects.filter(service_at_centre__activities=activity.pk).first()
    lock(activity.organiser)
    activity.full_clean()
    if recurrences is not None:
        recurrences = list(recurrences)
        check_recurrences(recurrences)
    save_by(activity, by)
    if texts is not None:
        _replace(activity, activity.texts, texts, by)
    if recurrences is not None:
        with changes_carried(activity, by):
            _replace(activity, activity.recurrences, recurrences, by)
    if co_organisers is not None:
        _replace_co_organisers(activity, co_organisers, by)
    # Calendars count on from its former room, should it have come from one.
    revise(activity.organiser, beyond=former.number if former else 0)
    return activity


@transaction.atomic
def remove_activity(*, activity: Activity, by) -> None:
    """Delete an activity with its times; its change history stays."""
    lock(activity.organiser)
    remove_by(activity, by)
    revise(activity.organiser)


def check_recurrences(recurrences: Iterable[Recurrence]) -> None:
    """Refuse none at all, a time that never comes, and two that begin at the same moment."""
    begun: dict[tuple, Recurrence] = {}
    recurrences = list(recurrences)
    if not recurrences:
        raise ValidationError(_("Fyll i minst en tid: vilken dag, från när till när?"))
    for recurrence in recurrences:
        for day in days_of(recurrence):
            other = begun.setdefault((day, recurrence.starts_at), recurrence)
            if other is not recurrence:
                raise ValidationError(_begin_together(other, recurrence, day))


def days_of(recurrence: Recurrence) -> list[date]:
    """Its dates. ValidationError if there are none, or if it goes on for more than three years."""
    first, last = recurrence.first_day, recurrence.last_day
    if (last - first).days > LONGEST:
        raise ValidationError(
            _("%(time)s: sista dagen ligger mer än tre år efter den första.") % {"time": recurrence}
        )
    days = programme.days_of(recurrence.as_value(), first, last)
    if not days:
        raise ValidationError(
            _("%(time)s infaller aldrig %(days)s. Rätta veckodagen, veckorna eller datumen.")
            % {"time": recurrence, "days": days_in_words(first, last)}
        )
    return days


def _begin_together(one: Recurrence, other: Recurrence, day: date) -> str:
    return _("Två tider börjar samtidigt %(day)s: %(one)s och %(other)s. Ta bort den ena.") % {
        "day": full_date(day),
        "one": one,
        "other": other,
    }


@transaction.atomic
def copy_to_term(
    *,
    activity: Activity,
    recurrences: Iterable[Recurrence],
    first_day: date,
    last_day: date,
    key: UUID,
    by,
) -> list[Recurrence]:
    """Give the activity the same times in another term, to be confirmed; returns the new rows.

    It stays the same activity, so that its page and its calendar go on. What would never come in
    that term is left out (`programme_terms`). Asked twice with the same `key` it copies once.
    ValidationError if a new time begins together with one that is there.
    """
    lock(activity.organiser)
    rows = {row.as_value(): row for row in recurrences}
    copies = [
        Recurrence.from_value(rule, id=uuid5(key, str(rows[old].pk)), activity=activity)
        for old, rule in shifted(rows, first_day, last_day)
        if rule
    ]
    there = list(activity.recurrences.all())
    new = [copy for copy in copies if copy.pk not in {row.pk for row in there}]
    if new:
        check_recurrences([*there, *new])
    for copy in new:
        copy.full_clean()
        save_by(copy, by)
    if new:
        revise(activity.organiser)
    return new


@transaction.atomic
def confirm_times(*, activity: Activity, recurrences: Iterable[Recurrence], by) -> None:
    """Copied times have been gone through: they hold."""
    lock(activity.organiser)
    keys = [row.pk for row in recurrences]
    for row in activity.recurrences.filter(pk__in=keys, awaits_confirmation=True):
        row.awaits_confirmation = False
        save_by(row, by)
    revise(activity.organiser)


def _replace(activity: Activity, there, rows, by) -> None:
    rows = list(rows)
    kept = {row.pk for row in rows}
    known = {row.pk for row in there.all()}
    for row in there.exclude(pk__in=[key for key in kept if key]):
        remove_by(row, by)
    for row in rows:
        row.activity = activity
        row._state.adding = row.pk not in known
        row.full_clean(exclude=["activity"])
        save_by(row, by)


def _replace_co_organisers(activity: Activity, rooms, by) -> None:
    wanted = {room.pk for room in rooms} - {activity.organiser_id}
    for row in activity.shared_with.all():
        if row.service_at_centre_id not in wanted:
            remove_by(row, by)
        wanted.discard(row.service_at_centre_id)
    for key in sorted(wanted):
        save_by(CoOrganiser(activity=activity, service_at_centre_id=key), by)
