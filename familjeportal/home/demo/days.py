"""Days around the day of seeding that differ, the answers to some holidays, and two notices."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.utils import timezone

from centres.holiday_calendar import holidays_around
from centres.models import (
    Channel,
    ExceptionSlot,
    FamilyCentre,
    Notice,
    NoticeText,
    Schedule,
    ScheduleException,
    ServiceAtCentre,
)
from services.models import Service

from .houses import rooms_by_name
from .marks import example_id, examples

_KIND = ScheduleException.Kind
_REASON = ScheduleException.Reason
_PRESCHOOL = Service.Kind.OPEN_PRESCHOOL
_SATURDAY, _NEXT_MONDAY = 6, 8
Span = tuple[time, time]


def weekday_after(days: int) -> Callable[[date], date]:
    """So many days from the day of seeding, or the Monday after if that is a weekend."""

    def find(today: date) -> date:
        day = today + timedelta(days=days)
        weekend = day.isoweekday() >= _SATURDAY
        return day + timedelta(days=_NEXT_MONDAY - day.isoweekday()) if weekend else day

    return find


def next_saturday(today: date) -> date:
    return today + timedelta(days=(_SATURDAY - today.isoweekday()) % 7)


@dataclass(frozen=True)
class DifferingDay:
    """A day on which the open preschool of a house, or the whole house, differs."""

    house: str
    when: Callable[[date], date]
    kind: str
    reason: str
    note: str
    hours: tuple[Span, ...] = ()
    channel: str = ""
    whole_house: bool = False


@dataclass(frozen=True)
class ExampleNotice:
    house: str
    severity: str
    days: int
    heading: str
    body: str


_DIFFERING_DAYS = (
    DifferingDay(
        "hjallbo",
        weekday_after(0),
        _KIND.PART_CLOSED,
        _REASON.TRAINING,
        "Personalmöte. Du är välkommen före 11.",
        hours=((time(11), time(12)),),
    ),
    DifferingDay(
        "biskopsgarden",
        weekday_after(0),
        _KIND.CLOSED,
        _REASON.ILLNESS,
        "Flera i personalen är sjuka.",
    ),
    DifferingDay(
        "angered-centrum",
        weekday_after(3),
        _KIND.REPLACED,
        _REASON.TRAINING,
        "Vi öppnar senare den här dagen.",
        hours=((time(11), time(14)),),
        channel=Channel.DROP_IN,
    ),
    DifferingDay(
        "tuve",
        weekday_after(5),
        _KIND.PART_CLOSED,
        _REASON.BOOKED,
        "Bokat för en föräldragrupp.",
        hours=((time(9), time(10, 30)),),
    ),
    DifferingDay(
        "bergsjon",
        weekday_after(8),
        _KIND.CLOSED,
        _REASON.PLANNING,
        "Hela personalen planerar tillsammans.",
        whole_house=True,
    ),
    DifferingDay(
        "sannegarden",
        next_saturday,
        _KIND.EXTRA,
        _REASON.NOT_STATED,
        "Klädbytardag: ta med urvuxna kläder och byt med andra.",
        hours=((time(10), time(13)),),
        channel=Channel.DROP_IN,
    ),
)
_NOTICES = (
    ExampleNotice(
        "hjallbo",
        Notice.Severity.INFO,
        14,
        "Vi pratar om barns sömn på babyöppet nästa vecka",
        "Sjuksköterskan från BVC är med och svarar på frågor. Du behöver inte anmäla dig.",
    ),
    ExampleNotice(
        "sannegarden",
        Notice.Severity.WARNING,
        6,
        "Hissen är trasig",
        "Ring öppna förskolan när du är framme, så hjälper vi dig upp med barnvagnen.",
    ),
)

# Houses whose rooms have answered the holidays of the coming year: all of them, or those named.
_ANSWERS_ALL = "hjallbo"
_ANSWERS_SOME = {"angered-centrum": {(12, 24), (12, 31)}}
# Eves on which the answering rooms are closed; on the other days they are open as usual.
_CLOSED_EVES = {(12, 24), (12, 31), *((6, day) for day in range(19, 26))}
_TWELFTH_NIGHT = (1, 5)


def lay_days(today: date) -> None:
    """Remove the example exceptions and notices of an earlier laying and write new ones."""
    examples(ScheduleException.objects).delete()
    examples(Notice.objects).delete()
    exceptions, slots = [], []
    for exception, hours in (*_differing_days(today), *_holiday_answers(today)):
        exceptions.append(exception)
        slots += [
            ExceptionSlot(exception=exception, opens_at=opens, closes_at=closes)
            for opens, closes in hours
        ]
    ScheduleException.objects.bulk_create(exceptions)
    ExceptionSlot.objects.bulk_create(slots)
    _lay_notices(today)


def _differing_days(today: date) -> Iterator[tuple[ScheduleException, tuple[Span, ...]]]:
    rooms = rooms_by_name()
    for differing in _DIFFERING_DAYS:
        if room := rooms.get((differing.house, _PRESCHOOL)):
            whole = differing.whole_house
            about = {"centre": room.centre} if whole else {"service_at_centre": room}
            yield (
                _exception(
                    differing.house,
                    differing.when(today),
                    kind=differing.kind,
                    channel=differing.channel,
                    reason=differing.reason,
                    note=differing.note,
                    **about,
                ),
                differing.hours,
            )


def _exception(name: str, day: date, **fields) -> ScheduleException:
    return ScheduleException(
        id=example_id("exception", name), first_day=day, last_day=day, **fields
    )


def _holiday_answers(today: date) -> Iterator[tuple[ScheduleException, tuple[Span, ...]]]:
    """For the coming year; only rooms that would have had hours that day answer."""
    eves = {
        day: str(holiday.name)
        for day, holiday in sorted(holidays_around(today).items())
        if not holiday.public and today <= day <= today + timedelta(days=365)
    }
    for (house, _kind), room in rooms_by_name().items():
        asked = [
            day
            for day in eves
            if house == _ANSWERS_ALL or _month_and_day(day) in _ANSWERS_SOME.get(house, ())
        ]
        weekdays = _weekdays_with_hours(room) if asked else set()
        for day in asked:
            if day.isoweekday() in weekdays:
                yield _answer(room, day, eves[day])


def _month_and_day(day: date) -> tuple[int, int]:
    return day.month, day.day


def _weekdays_with_hours(room: ServiceAtCentre) -> set[int]:
    regular = Schedule.objects.filter(service_at_centre=room, kind=Schedule.Kind.REGULAR)
    return set(examples(regular).values_list("slots__weekday", flat=True))


def _answer(
    room: ServiceAtCentre, day: date, eve: str
) -> tuple[ScheduleException, tuple[Span, ...]]:
    hours: tuple[Span, ...] = ()
    if _month_and_day(day) in _CLOSED_EVES:
        fields = {"kind": _KIND.CLOSED}
    elif _month_and_day(day) == _TWELFTH_NIGHT and room.service.kind == _PRESCHOOL:
        fields = {"kind": _KIND.REPLACED, "channel": Channel.DROP_IN}
        hours = ((time(9), time(11)),)
    else:
        fields = {"kind": _KIND.AS_USUAL}
    name = f"{room.centre.slug}/{room.service.kind}/{day}"
    about = {"service_at_centre": room, "reason": _REASON.HOLIDAY, "note": eve}
    return _exception(name, day, **about, **fields), hours


def _lay_notices(today: date) -> None:
    for example in _NOTICES:
        if centre := FamilyCentre.objects.filter(slug=example.house).first():
            notice = Notice.objects.create(
                id=example_id("notice", example.house),
                centre=centre,
                severity=example.severity,
                starts_at=_midnight(today),
                ends_at=_midnight(today + timedelta(days=example.days)),
            )
            NoticeText.objects.create(notice=notice, heading=example.heading, body=example.body)


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), tzinfo=timezone.get_default_timezone())
