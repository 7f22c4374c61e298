"""What is saved of a day, as a version and in words, and who saved it last."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Q
from django.utils.translation import gettext as _

from services.versions import version_of, who_and_when

from .. import hours_text as words
from ..house import House
from ..models import Channel, Schedule, ScheduleException
from ..rooms import Room


def exceptions_on(house: House, rooms: Iterable[Room], day: date) -> list[ScheduleException]:
    """The rows that cover the day, for the whole house and for the rooms."""
    rows = [*house.centre.exceptions.all()]
    rows += [row for room in rooms for row in room.place.exceptions.all()]
    return [row for row in rows if row.as_value().covers(day)]


def version_of_day(house: House, rooms: list[Room], day: date) -> str:
    """Changes with all that decides the rooms' hours that day."""
    exceptions = (row.as_value() for row in exceptions_on(house, rooms, day))
    weeks = [channel.hours.schedule_on(day) for room in rooms for channel in room.channels]
    return version_of(sorted(map(repr, exceptions)), weeks)


def today_in_words(house: House, rooms: list[Room]) -> str:
    """ "Öppna förskolan: stängt (sjukdom)", or what each room says where nothing differs."""
    said = [
        f"{room.definite_name if row.service_at_centre_id else _('Hela huset')}: "
        f"{change_in_words(row)}"
        for room in rooms
        for row in exceptions_on(house, [room], house.today)
    ]
    usual = (f"{room.definite_name}: {words.lowered(room.signs[0].text)}" for room in rooms)
    return "; ".join(dict.fromkeys(said or usual))


def change_in_words(row: ScheduleException) -> str:
    """ "stängt (sjukdom)", and of just one way of contact "telefontid stängt (sjukdom)"."""
    said = words.exception_words(row.as_value())
    is_for_all = row.channel in ("", Channel.DROP_IN)
    return said if is_for_all else f"{words.lowered(str(row.get_channel_display()))} {said}"


def last_saved_hours(house: House, rooms: list[Room]) -> str:
    """Who last changed the hours of the house or the rooms, and when: "Anna 8.02"."""
    places = [room.place.pk for room in rooms]
    of_rooms = Q(service_at_centre__in=places)
    records = [
        ScheduleException.history.filter(of_rooms | Q(centre=house.centre.pk)).first(),
        Schedule.history.filter(of_rooms).first(),
    ]
    return who_and_when(max(filter(None, records), key=lambda r: r.history_date, default=None))
