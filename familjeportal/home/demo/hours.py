"""Lays the example hours of every room over the terms around a day."""

from datetime import date

from centres.models import Confirmation, Schedule, ServiceAtCentre, TimeSlot

from .example import ExampleHours, ExampleHouse
from .houses import rooms_by_name
from .marks import Confirmations, example_id, examples
from .terms import Term, terms_around

_HOURS = Confirmation.FactGroup.HOURS


def lay_hours(houses: list[ExampleHouse], today: date, confirmations: Confirmations) -> None:
    """Remove the example schedules of an earlier laying and write those around `today`."""
    _remove_earlier(confirmations)
    rooms, taken = rooms_by_name(), _taken()
    schedules: list[Schedule] = []
    slots: list[TimeSlot] = []
    for house in houses:
        for example in house.rooms:
            room = rooms.get((house.slug, example.kind))
            for channel, hours in example.hours.items() if room else ():
                about = {"service_at_centre": room, "fact_group": _HOURS, "channel": channel}
                terms = terms_around(today)
                if confirmations.are_staffs(**about) or _overlaps(room, channel, terms, taken):
                    continue
                for term in terms:
                    _lay(room, channel, hours, term, schedules, slots)
                confirmations.example(
                    source=hours.source, days_ago=hours.confirmed_days_ago, **about
                )
    Schedule.objects.bulk_create(schedules)
    TimeSlot.objects.bulk_create(slots)


def _remove_earlier(confirmations: Confirmations) -> None:
    """All but those of services and channels that staff have confirmed since."""
    mine = [
        schedule.pk
        for schedule in examples(Schedule.objects).select_related("service_at_centre")
        if not confirmations.are_staffs(
            service_at_centre=schedule.service_at_centre,
            fact_group=_HOURS,
            channel=schedule.channel,
        )
    ]
    Schedule.objects.filter(pk__in=mine).delete()


def _taken() -> dict[tuple, list[Schedule]]:
    """The schedules that are there, by room and channel."""
    taken: dict[tuple, list[Schedule]] = {}
    for schedule in Schedule.objects.all():
        taken.setdefault((schedule.service_at_centre_id, schedule.channel), []).append(schedule)
    return taken


def _overlaps(room: ServiceAtCentre, channel: str, terms: list[Term], taken: dict) -> bool:
    """Has somebody laid other hours there on the dates of the terms?"""
    first, last = min(term.first for term in terms), max(term.last for term in terms)
    return any(
        schedule.valid_from <= last and (schedule.valid_to is None or schedule.valid_to >= first)
        for schedule in taken.get((room.pk, channel), [])
    )


def _lay(
    room: ServiceAtCentre,
    channel: str,
    hours: ExampleHours,
    term: Term,
    schedules: list[Schedule],
    slots: list[TimeSlot],
) -> None:
    week = hours.week if term.kind == Schedule.Kind.REGULAR else hours.summer
    if week is None:
        return
    schedule = Schedule(
        id=example_id("schedule", room.centre.slug, room.service.kind, channel, term.name),
        service_at_centre=room,
        channel=channel,
        kind=term.kind,
        valid_from=term.first,
        valid_to=term.last,
    )
    schedules.append(schedule)
    slots += [TimeSlot(schedule=schedule, **fields) for fields in week]
