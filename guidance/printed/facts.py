"""What a sheet says of a house: plain values that can be kept and compared.

The hours are those of the house's page (`House`, `Room`, `ChannelHours`), asked of the Monday that
the week begins with. Times are in the words of the page, "9.00–15.00"; whatever else is words is
Swedish, and each line carries a state that other languages have a word for.
"""

from datetime import date, datetime, time

from django.utils import timezone

from centres.channel_hours import ChannelHours, WeekLine
from centres.house import House, days_needed
from centres.models import Channel, Confirmation, FamilyCentre
from centres.rooms import Room
from services.models import Service

from .sheets import Sheet

DAYS = 7


def has_sheet(sheet: Sheet, centre: FamilyCentre | None, at: datetime) -> bool:
    """Whether there is anything to say: a house that receives nobody has no sheets."""
    week = sheet.week(timezone.localdate(at))
    if centre is None:
        return week is None
    return _receives_visitors(centre, week, at)


def facts_of(sheet: Sheet, centre: FamilyCentre | None, at: datetime) -> dict | None:
    """What `sheet` says at `at`, of the whole city where there is no centre.

    None where there is nothing to say.
    """
    if not has_sheet(sheet, centre, at):
        return None
    if centre is None:
        return {**_city(), "example": _is_example()}
    return facts_of_week(centre, sheet.week(timezone.localdate(at)), at)


def facts_of_week(centre: FamilyCentre, week: date | None, at: datetime) -> dict | None:
    """As `facts_of`, for the week that begins on the Monday `week`, or for no week."""
    if not _receives_visitors(centre, week, at):
        return None
    house = _house(centre, at if week is None else _midnight(week))
    if not house.rooms:
        return None
    facts = {
        "name": centre.name,
        "address": centre.address,
        "place": centre.district.name,
        "kinds": [room.service.kind for room in house.rooms],
        "example": _is_example(),
    }
    if week:
        facts |= {"week": week.isoformat(), "rooms": [_room(room) for room in house.rooms]}
    return facts


def _receives_visitors(centre: FamilyCentre, week: date | None, at: datetime) -> bool:
    today = timezone.localdate(at)
    return centre.status_on(max(today, week or today)) == FamilyCentre.Status.OPEN


def houses_with_material(at: datetime):
    """The centres that have sheets of their own, by district and name."""
    status, today = FamilyCentre.Status, timezone.localdate(at)
    in_use = FamilyCentre.objects.listed(today).filter(status_then=status.OPEN)
    return (
        in_use.filter(services_here__isnull=False)
        .distinct()
        .select_related("district")
        .order_by("district__name", "name")
    )


def _house(centre: FamilyCentre, at: datetime) -> House:
    loaded = FamilyCentre.objects.with_place().with_hours(*days_needed(at))
    return House(loaded.get(pk=centre.pk), at)


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(0)))


def _city() -> dict:
    return {"name": "", "address": "", "place": "", "kinds": [str(k) for k in Service.CORE_KINDS]}


def _is_example() -> bool:
    return Confirmation.objects.filter(origin=Confirmation.Origin.EXAMPLE).exists()


def _room(room: Room) -> dict:
    return {
        "kind": room.service.kind,
        "name": room.name,
        "phone": room.place.phone,
        "is_booked": bool(room.place.booking_url)
        or any(channel.channel == Channel.BOOKED for channel in room.channels),
        "is_unknown": room.hours_unknown,
        "needs_check": bool(room.check_words),
        "channels": [_channel(channel) for channel in room.contacts if channel.is_known],
    }


def _channel(channel: ChannelHours) -> dict:
    """The lines of its seven days; those that the page leaves out are plainly closed."""
    rows = {row.day.date.weekday(): row for row in channel.week}
    closed = [{"state": "closed", "hours": "Stängt", "what": ""}]
    return {
        "channel": str(channel.channel),
        "days": [
            [_line(line) for line in rows[day].lines] if day in rows else closed
            for day in range(DAYS)
        ],
    }


def _line(line: WeekLine) -> dict:
    """A slot with nothing left of it still has its hours, and says why: it is cancelled."""
    state = "cancelled" if line.state == "closed" and line.what else str(line.state)
    return {"state": state, "hours": line.hours, "what": line.what}
