"""Milliseconds of the hot paths: printed for people to compare, asserted nowhere."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from statistics import median
from time import perf_counter
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.management.base import BaseCommand
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from centres import models
from centres.holiday_calendar import holidays_around, holidays_between
from centres.hours_values import Schedule, ScheduleException, Slot
from centres.models import CityArea, District, FamilyCentre, ServiceAtCentre
from centres.opening_hours import OpeningHours
from centres.spans import instant
from services.models import Service

RUNS = 20
TODAY = date(2026, 11, 23)
MORNING = datetime.combine(TODAY, time(8), tzinfo=ZoneInfo(settings.TIME_ZONE))
DAYS = 400


class Command(BaseCommand):
    help = f"Prints the milliseconds of the hot paths, the median of {RUNS} runs."
    requires_system_checks: list[str] = []

    def handle(self, *args, **options):
        self.report("holidays of four years, cold", calendar, before=forget)
        self.report(f"one service, {DAYS} days, cold", every_day, before=forget_instants)
        self.report(f"one service, {DAYS} days, warm", every_day)
        self.report("its status, warm", status)
        self.report(f"status when nothing opens for {DAYS} days, warm", status_of_none)
        with transaction.atomic():
            for count in (5, 200):
                furnish(count)
                self.report_page(
                    f"list, {FamilyCentre.objects.count()} centres", "/familjecentraler/"
                )
            self.report_page("a centre's page", FamilyCentre.objects.first().get_absolute_url())
            transaction.set_rollback(True)

    def report_page(self, name: str, path: str):
        client = Client(headers={"host": urlsplit(settings.PUBLIC_URL).netloc})
        with CaptureQueriesContext(connection) as queries:
            size = len(client.get(path).content)
        self.report(f"{name}: {len(queries)} queries, {size:,} bytes", lambda: client.get(path))

    def report(self, name: str, run: Callable, before: Callable = lambda: None):
        self.stdout.write(f"{milliseconds(run, before):9.2f} ms  {name}")


def milliseconds(run: Callable, before: Callable) -> float:
    """The median of some runs, each after `before`, whose own time is left out."""
    took = []
    for _ in range(RUNS):
        before()
        start = perf_counter()
        run()
        took.append(perf_counter() - start)
    return median(took) * 1000


# --- What is measured -------------------------------------------------------------------------


def calendar():
    return holidays_around(TODAY)


def every_day():
    return one_service().days(TODAY, DAYS)


def status():
    return one_service().status(MORNING)


def status_of_none():
    closed = ScheduleException("closed", TODAY, None)
    return one_service(closed).status(MORNING)


def forget_instants():
    """As in a process that has just started; the calendar is measured by itself."""
    calendar()
    instant.cache_clear()


def forget():
    holidays_between.cache_clear()


def one_service(*more: ScheduleException) -> OpeningHours:
    """An open preschool: mornings, two groups, a summer and the usual handful of changed days."""
    days = [Slot(time(9), time(15), weekday=weekday) for weekday in range(1, 6)]
    groups = [
        Slot(time(9), time(11), weekday=3, week_parity="odd", label="Babyöppet", max_age_months=8),
        Slot(time(16), time(18), weekday=2, nth_in_month=1, label="Pappakväll"),
    ]
    summer = [Slot(time(10), time(14), weekday=weekday) for weekday in range(1, 5)]
    return OpeningHours(
        [
            Schedule(date(2026, 1, 1), None, (*days, *groups)),
            Schedule(date(2027, 6, 14), date(2027, 8, 15), tuple(summer), "season"),
        ],
        [*changed_days(), *more],
        zone=ZoneInfo(settings.TIME_ZONE),
        holidays=calendar(),
        confirmed_at=MORNING,
    )


def changed_days() -> list[ScheduleException]:
    """One closed day and one closed lunch a month, a house closed over Christmas, two answers."""
    lunch = (Slot(time(12), time(13)),)
    months = [TODAY + n * timedelta(days=30) for n in range(12)]
    return [
        *(ScheduleException("closed", day, day) for day in months),
        *(
            ScheduleException("part_closed", day + timedelta(1), day + timedelta(1), lunch)
            for day in months
        ),
        ScheduleException("closed", date(2026, 12, 21), date(2027, 1, 6), of_centre=True),
        ScheduleException("as_usual", date(2026, 12, 23), date(2026, 12, 23)),
        ScheduleException(
            "replaced", date(2027, 3, 25), date(2027, 3, 25), (Slot(time(9), time(12)),)
        ),
    ]


def furnish(count: int) -> None:
    """Leave `count` centres with four services each, a door and a phone hour for every one."""
    FamilyCentre.objects.all().delete()
    area, _ = CityArea.objects.get_or_create(slug="bench", name="Bench")
    district, _ = District.objects.get_or_create(slug="bench", name="Bench", city_area=area)
    services = [
        Service.objects.get_or_create(kind=kind, defaults=bench_service(kind))[0]
        for kind in Service.CORE_KINDS
    ]
    centres = FamilyCentre.objects.bulk_create(
        FamilyCentre(name=f"Bench {n}", slug=f"bench-{n}", district=district) for n in range(count)
    )
    rooms = ServiceAtCentre.objects.bulk_create(
        ServiceAtCentre(centre=centre, service=service)
        for centre in centres
        for service in services
    )
    schedules = models.Schedule.objects.bulk_create(
        models.Schedule(service_at_centre=room, channel=channel, valid_from=date(2020, 1, 1))
        for room in rooms
        for channel in ("drop_in", "phone")
    )
    models.TimeSlot.objects.bulk_create(
        models.TimeSlot(schedule=schedule, weekday=day, opens_at=time(9), closes_at=time(15))
        for schedule in schedules
        for day in range(1, 6)
    )


def bench_service(kind: str) -> dict:
    return {"slug": f"bench-{kind}", "for_expectant_parents": False}
