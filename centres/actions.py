"""Writes that touch several rows, and what no portable constraint can refuse.

A check locks the room, or the house with all its rooms, until the surrounding transaction ends:
what it has seen still holds when the row is saved. It raises ValidationError with a sentence that
says what is wrong and what to do. Forms call the checks to show that sentence; the writes call them
again.
"""

from collections.abc import Iterable
from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from .models import (
    Confirmation,
    ContactPerson,
    ExceptionSlot,
    FamilyCentre,
    FormerSlug,
    Schedule,
    ScheduleException,
    ServiceAtCentre,
    TimeSlot,
)

DECIDING = (
    ScheduleException.Kind.CLOSED,
    ScheduleException.Kind.REPLACED,
    ScheduleException.Kind.AS_USUAL,
)


# --- Schedules -------------------------------------------------------------------------------
@transaction.atomic
def save_schedule(*, schedule: Schedule, by, slots: Iterable[TimeSlot] | None = None) -> Schedule:
    """Save hours; `slots`, when given, become the whole week. ValidationError if they clash."""
    schedule.full_clean()
    check_schedule(schedule)
    _save(schedule, by)
    if slots is not None:
        _replace_slots(schedule, slots, by)
    return schedule


@transaction.atomic
def check_schedule(schedule: Schedule) -> None:
    """Refuse a second regular schedule on the same days, and a season of equal length on them."""
    _lock(schedule.service_at_centre)
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


# --- Exceptions ------------------------------------------------------------------------------
@transaction.atomic
def save_exception(
    *,
    exception: ScheduleException,
    by,
    slots: Iterable[ExceptionSlot] | None = None,
    keep_narrower: bool = False,
) -> ScheduleException:
    """Save an exception; `slots`, when given, become all its hours.

    A `closed` also closes what `opening_exceptions_within` names, so that nothing opens on its
    days, unless `keep_narrower`. ValidationError if it is refused.
    """
    exception.full_clean()
    check_exception(exception)
    if slots is not None:
        slots = list(slots)
        check_exception_slots(exception, len(slots))
    _save(exception, by)
    if slots is not None:
        _replace_slots(exception, slots, by)
    if not keep_narrower:
        _close_narrower(exception, by)
    return exception


@transaction.atomic
def check_exception(exception: ScheduleException) -> None:
    """Refuse a second exception that decides the same days in the same way."""
    _lock(exception.service_at_centre or exception.centre)
    if exception.kind not in DECIDING:
        return
    twins = ScheduleException.objects.filter(
        centre=exception.centre_id,
        service_at_centre=exception.service_at_centre_id,
        channel=exception.channel,
        kind=exception.kind,
        first_day=exception.first_day,
        last_day=exception.last_day,
    ).exclude(pk=exception.pk)
    if twins.exists():
        raise ValidationError(
            {
                "first_day": _("”%(kind)s” finns redan för %(days)s. Ändra den raden i stället.")
                % {
                    "kind": str(exception.get_kind_display()).capitalize(),
                    "days": days_in_words(exception.first_day, exception.last_day),
                }
            }
        )


def check_exception_slots(exception: ScheduleException, count: int) -> None:
    """Hours are needed where an exception changes them, and mean nothing where it does not."""
    if exception.kind in exception.WITH_SLOTS and not count:
        raise ValidationError(_("Fyll i minst en tid: från när till när?"))
    if exception.kind not in exception.WITH_SLOTS and count:
        raise ValidationError(
            _(
                "”%(kind)s” gäller hela dagen och har inga tider. Ta bort tiderna, eller välj "
                "något annat som gäller."
            )
            % {"kind": str(exception.get_kind_display()).capitalize()}
        )


def opening_exceptions_within(closed: ScheduleException) -> list[ScheduleException]:
    """The exceptions that would open a service on days that `closed` covers.

    Those are the narrower ones (a shorter range, or a service in a closed house) that nothing else
    closes again. Empty unless `closed` is of that kind. It need not be saved.
    """
    if closed.kind != ScheduleException.Kind.CLOSED:
        return []
    touching = _exceptions_touching(closed)
    return [
        exception
        for exception in touching
        if exception.kind in ("as_usual", "replaced", "extra")
        and exception.as_value().width < closed.as_value().width
        and not any(_closes_again(other, exception, closed) for other in touching)
    ]


def _exceptions_touching(closed: ScheduleException) -> list[ScheduleException]:
    """Of the services that `closed` covers, on a channel and a day that it covers."""
    exceptions = ScheduleException.objects.touching(closed.first_day, _end(closed.last_day))
    exceptions = exceptions.exclude(pk=closed.pk)
    if closed.centre_id:
        exceptions = exceptions.filter(service_at_centre__centre=closed.centre_id)
    else:
        exceptions = exceptions.filter(service_at_centre=closed.service_at_centre_id)
    if closed.channel:
        exceptions = exceptions.filter(channel__in=["", closed.channel])
    return list(
        exceptions.select_related("service_at_centre__service", "service_at_centre__centre")
    )


def _closes_again(other, exception, closed) -> bool:
    """Whether `other` already closes the days and the channel on which `exception` would open."""
    channel = closed.channel or exception.channel
    first, last = _shared_days(exception, closed)
    return (
        other.kind == ScheduleException.Kind.CLOSED
        and other.service_at_centre_id == exception.service_at_centre_id
        and other.channel in ("", channel)
        and other.first_day <= first
        and _end(other.last_day) >= _end(last)
        and other.as_value().width <= exception.as_value().width
    )


def _close_narrower(closed: ScheduleException, by) -> None:
    """Close each on the days it shares with `closed`. Its row stays, for other days and undoing."""
    made = set()
    for exception in opening_exceptions_within(closed):
        first, last = _shared_days(exception, closed)
        channel = closed.channel or exception.channel
        if (exception.service_at_centre_id, channel, first, last) in made:
            continue
        made.add((exception.service_at_centre_id, channel, first, last))
        _save(
            ScheduleException(
                service_at_centre=exception.service_at_centre,
                channel=channel,
                kind=ScheduleException.Kind.CLOSED,
                first_day=first,
                last_day=last,
                reason=closed.reason,
                note=closed.note,
            ),
            by,
        )


def _shared_days(one, other) -> tuple[date, date | None]:
    last = min(_end(one.last_day), _end(other.last_day))
    return max(one.first_day, other.first_day), None if last == date.max else last


def _end(last_day: date | None) -> date:
    return last_day or date.max


# --- Centres, confirmations, people ----------------------------------------------------------
@transaction.atomic
def save_centre(*, centre: FamilyCentre, by) -> FamilyCentre:
    """Save a house. An address that it leaves keeps leading to it."""
    before = FamilyCentre.objects.select_for_update(no_key=True).filter(pk=centre.pk).first()
    _save(centre, by)
    if before and before.slug != centre.slug:
        FormerSlug.objects.filter(centre=centre, slug=centre.slug).delete()
        FormerSlug.objects.get_or_create(centre=centre, slug=before.slug)
    return centre


@transaction.atomic
def change_slug(*, centre: FamilyCentre, slug: str, by) -> FamilyCentre:
    """Give a house another address. ValidationError if it is taken or leads to another house."""
    centre.slug = slug
    centre.full_clean()
    return save_centre(centre=centre, by=by)


@transaction.atomic
def confirm(
    *, target: FamilyCentre | ServiceAtCentre, fact_group: str, at: datetime, by, channel: str = ""
) -> Confirmation:
    """Record that `by` said at the moment `at` that these facts are right: staff are the source."""
    field = "centre" if isinstance(target, FamilyCentre) else "service_at_centre"
    _lock(target)
    key = {field: target, "fact_group": fact_group, "channel": channel}
    confirmation = Confirmation.objects.filter(**key).first() or Confirmation(**key)
    confirmation.origin = Confirmation.Origin.STAFF
    confirmation.source = confirmation.source_url = confirmation.source_date = ""
    confirmation.confirmed_at, confirmation.confirmed_by = at, by
    confirmation.full_clean()
    _save(confirmation, by)
    return confirmation


@transaction.atomic
def remove_personal_details(*, people: Iterable[ContactPerson], by) -> int:
    """Leave only the roles; returns how many people had more than that."""
    removed = 0
    for person in people:
        if person.approved_on is None:
            continue
        person.approved_on = None
        person.name = person.phone = person.languages = ""
        _save(person, by)
        removed += 1
    return removed


# --- Shared ----------------------------------------------------------------------------------
def days_in_words(first: date, last: date | None) -> str:
    """”1 juni 2026”, ”1 juni 2026 – 15 augusti 2026”, ”1 juni 2026 tills vidare”."""
    start = date_format(first, "j F Y")
    if last is None:
        return _("%(day)s tills vidare") % {"day": start}
    return start if last == first else f"{start} – {date_format(last, 'j F Y')}"


def _lock(target: FamilyCentre | ServiceAtCentre) -> None:
    """Hold the room, or the house and all its rooms, until the transaction ends.

    SQLite lets one writer in at a time anyway.
    """
    if isinstance(target, FamilyCentre):
        list(FamilyCentre.objects.select_for_update(no_key=True).filter(pk=target.pk))
        rooms = ServiceAtCentre.objects.filter(centre=target.pk)
    else:
        rooms = ServiceAtCentre.objects.filter(pk=target.pk)
    list(rooms.select_for_update(no_key=True).order_by("pk"))


def _save(row, by) -> None:
    """Save with `by` as the author in the change history."""
    row._history_user = by
    row.save()


def _replace_slots(owner: Schedule | ScheduleException, slots, by) -> None:
    for slot in owner.slots.all():
        slot._history_user = by
        slot.delete()
    field = "schedule" if isinstance(owner, Schedule) else "exception"
    for slot in slots:
        setattr(slot, field, owner)
        slot.full_clean()
        _save(slot, by)
