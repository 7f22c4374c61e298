"""What the writes share: holding a room, and saving with an author."""

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

from django.db import transaction
from django.db.models import F, Value
from django.db.models.functions import Greatest, Now
from simple_history.utils import bulk_create_with_history

from services import content

from ..models import FamilyCentre, Revision, Schedule, ScheduleException, ServiceAtCentre


def lock(target: FamilyCentre | ServiceAtCentre) -> None:
    """Hold the room, or the house and all its rooms, until the transaction ends.

    SQLite lets one writer in at a time anyway.
    """
    if isinstance(target, FamilyCentre):
        list(FamilyCentre.objects.select_for_update(no_key=True).filter(pk=target.pk))
    list(_rooms_of(target).select_for_update(no_key=True).order_by("pk"))


def _rooms_of(target: FamilyCentre | ServiceAtCentre):
    about = {"centre": target.pk} if isinstance(target, FamilyCentre) else {"pk": target.pk}
    return ServiceAtCentre.objects.filter(**about)


def revise(target: FamilyCentre | ServiceAtCentre, *, beyond: int = 0) -> None:
    """Count a change of what calendars say of the room, or of all rooms of the house.

    The new number is above `beyond` too.
    """
    rooms = _rooms_of(target)
    new = rooms.filter(revision=None).order_by("pk")
    counted = Revision.objects.filter(service_at_centre__in=rooms)
    counted.update(number=Greatest(F("number"), Value(beyond)) + 1, changed_at=Now())
    Revision.objects.bulk_create(
        Revision(service_at_centre=room, number=beyond + 1, changed_at=Now()) for room in new
    )


@contextmanager
def held(target: FamilyCentre | ServiceAtCentre) -> Iterator[None]:
    """Nobody else changes the hours of the room or house until the block has ended.

    What a person saw is compared with what is saved inside it, before anything is written.
    """
    with transaction.atomic():
        lock(target)
        yield


def was_made(model, key: UUID) -> bool:
    """Whether a row of that key has ever been saved: a form sent twice makes it once."""
    return model.history.filter(id=key, history_type="+").exists()


def remove_by(row, by) -> None:
    """Delete with `by` as the author in the change history."""
    row._history_user = by
    content.remove(row)


def save_by(row, by) -> None:
    """Save with `by` as the author in the change history."""
    row._history_user = by
    row.save()
    content.changed(row)


def replace_slots(owner: Schedule | ScheduleException, slots, by, *, checked: bool = False) -> None:
    """Make `slots` all its hours. One that is there already stays, and is saved if it differs.

    `checked` says that each has been through its own checks, which ask the database.
    """
    slots = list(slots)
    kept = {slot.pk for slot in slots}
    there = {slot.pk: slot for slot in owner.slots.order_by("pk")}
    for slot in there.values():
        if slot.pk not in kept:
            remove_by(slot, by)
    field = "schedule" if isinstance(owner, Schedule) else "exception"
    new = []
    for slot in slots:
        setattr(slot, field, owner)
        if slot.pk in there and _same_row(slot, there[slot.pk]):
            continue
        if not checked:
            slot.full_clean(exclude=[field], validate_unique=False)
        if slot.pk in there:
            slot._state.adding = False  # one put back from the history was never loaded
            save_by(slot, by)
        else:
            new.append(slot)
    if new:
        bulk_create_with_history(new, type(new[0]), default_user=by)
        content.changed(*new)


def _same_row(one, other) -> bool:
    return all(
        getattr(one, field.attname) == getattr(other, field.attname)
        for field in one._meta.concrete_fields
    )
