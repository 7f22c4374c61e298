"""Saving houses, confirmations and what is known of people."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from ..models import (
    Confirmation,
    ContactPerson,
    FamilyCentre,
    FormerSlug,
    Recurrence,
    ServiceAtCentre,
)
from .saving import lock, revise, save_by

# What calendars say of a house: on which days it is open at all, its name and its address.
_IN_CALENDARS = (
    *("status", "next_status", "next_status_on", "next_status_certainty"),
    *("name", "street", "postcode", "postal_town"),
)


@transaction.atomic
def save_centre(*, centre: FamilyCentre, by) -> FamilyCentre:
    """Save a house. An address that it leaves keeps leading to it."""
    before = FamilyCentre.objects.select_for_update(no_key=True).filter(pk=centre.pk).first()
    save_by(centre, by)
    if before and before.slug != centre.slug:
        FormerSlug.objects.filter(centre=centre, slug=centre.slug).delete()
        FormerSlug.objects.get_or_create(centre=centre, slug=before.slug)
    if before and any(getattr(before, name) != getattr(centre, name) for name in _IN_CALENDARS):
        revise(centre)
    return centre


@transaction.atomic
def confirm(
    *,
    target: FamilyCentre | ServiceAtCentre,
    fact_group: str,
    at: datetime,
    by,
    channel: str = "",
    ends_waiting: bool = True,
) -> Confirmation:
    """Record that `by` said at the moment `at` that these facts are right: staff are the source.

    `ends_waiting` says that they have gone through all copied hours or times of the group.
    """
    field = "centre" if isinstance(target, FamilyCentre) else "service_at_centre"
    lock(target)
    key = {field: target, "fact_group": fact_group, "channel": channel}
    confirmation = Confirmation.objects.filter(**key).first() or Confirmation(**key)
    confirmation.origin = Confirmation.Origin.STAFF
    confirmation.source = confirmation.source_url = confirmation.source_date = ""
    confirmation.confirmed_at, confirmation.confirmed_by = at, by
    confirmation.full_clean()
    save_by(confirmation, by)
    if not ends_waiting:
        return confirmation
    if fact_group == Confirmation.FactGroup.HOURS:
        _end_waiting(target, target.schedules.filter(channel=channel), by)
    elif fact_group == Confirmation.FactGroup.ACTIVITIES:
        _end_waiting(target, Recurrence.objects.filter(activity__organiser=target), by)
    return confirmation


def _end_waiting(room: ServiceAtCentre, rows, by) -> None:
    """Copied hours and times are no longer to be confirmed."""
    waiting = list(rows.filter(awaits_confirmation=True))
    for row in waiting:
        row.awaits_confirmation = False
        save_by(row, by)
    if waiting:
        revise(room)


@transaction.atomic
def remove_personal_details(*, people: Iterable[ContactPerson], by) -> int:
    """Leave only the roles; returns how many people had more than that."""
    removed = 0
    for person in people:
        if person.approved_on is None:
            continue
        person.approved_on = None
        person.name = person.phone = person.languages = ""
        save_by(person, by)
        removed += 1
    return removed
