"""What the writes share: holding a room, and saving with an author."""

from ..models import FamilyCentre, Schedule, ScheduleException, ServiceAtCentre


def lock(target: FamilyCentre | ServiceAtCentre) -> None:
    """Hold the room, or the house and all its rooms, until the transaction ends.

    SQLite lets one writer in at a time anyway.
    """
    if isinstance(target, FamilyCentre):
        list(FamilyCentre.objects.select_for_update(no_key=True).filter(pk=target.pk))
        rooms = ServiceAtCentre.objects.filter(centre=target.pk)
    else:
        rooms = ServiceAtCentre.objects.filter(pk=target.pk)
    list(rooms.select_for_update(no_key=True).order_by("pk"))


def save_by(row, by) -> None:
    """Save with `by` as the author in the change history."""
    row._history_user = by
    row.save()


def replace_slots(owner: Schedule | ScheduleException, slots, by) -> None:
    for slot in owner.slots.all():
        slot._history_user = by
        slot.delete()
    field = "schedule" if isinstance(owner, Schedule) else "exception"
    for slot in slots:
        setattr(slot, field, owner)
        slot.full_clean()
        save_by(slot, by)
