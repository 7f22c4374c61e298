"""Saving the hours of a term or until further notice."""

from collections.abc import Iterable
from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from ..models import Schedule, ServiceAtCentre, TimeSlot
from ..staff_words import days_in_words
from .saving import lock, replace_slots, revise, save_by


@transaction.atomic
def save_schedule(
    *,
    schedule: Schedule,
    by,
    slots: Iterable[TimeSlot] | None = None,
    slots_checked: bool = False,
) -> Schedule:
    """Save hours; `slots`, when given, become the whole week. ValidationError if they clash.

    `slots_checked` says that each slot has been through its own checks already.
    """
    schedule.full_clean()
    check_schedule(schedule)
    save_by(schedule, by)
    if slots is not None:
        replace_slots(schedule, slots, by, checked=slots_checked)
    revise(schedule.service_at_centre)
    return schedule


def end_before(first_day: date, *, room: ServiceAtCentre, channel: str, by) -> None:
    """Let the regular hours that go on into new ones end on the day before those begin."""
    regular = Schedule.objects.regular_from(room, channel, first_day)
    for schedule in regular.filter(valid_from__lt=first_day):
        schedule.valid_to = first_day - timedelta(days=1)
        save_schedule(schedule=schedule, by=by)


@transaction.atomic
def check_schedule(schedule: Schedule) -> None:
    """Refuse a second regular schedule on the same days, and a season of equal length on them."""
    lock(schedule.service_at_centre)
    for other in _schedules_beside(schedule):
        if schedule.kind == Schedule.Kind.REGULAR:
            raise ValidationError({"valid_from": _regular_clash(other)})
        if _days(other) == _days(schedule):
            raise ValidationError({"valid_from": _season_clash(other)})


def _schedules_beside(schedule: Schedule):
    """Those of the same room, channel and kind that share a day with `schedule`."""
    others = Schedule.objects.filter(
        Q(valid_to__isnull=True) | Q(valid_to__gte=schedule.valid_from),
        service_at_centre=schedule.service_at_centre_id,
        channel=schedule.channel,
        kind=schedule.kind,
    ).exclude(pk=schedule.pk)
    return others.filter(valid_from__lte=schedule.valid_to) if schedule.valid_to else others


def _days(schedule: Schedule) -> int:
    return (schedule.valid_to - schedule.valid_from).days


def _regular_clash(other: Schedule) -> str:
    return _(
        "Här finns redan ordinarie tider för %(days)s. Ge dem en sista dag före de nya tiderna, "
        "eller lägg in de nya som en säsong."
    ) % {"days": days_in_words(other.valid_from, other.valid_to)}


def _season_clash(other: Schedule) -> str:
    return _(
        "Säsongen är precis lika lång som en annan säsong, %(days)s, och delar dagar med den. Då "
        "går det inte att veta vilken som gäller. Ändra första eller sista dagen för en av dem."
    ) % {"days": days_in_words(other.valid_from, other.valid_to)}
