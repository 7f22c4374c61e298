"""Milliseconds of the hot paths: printed for people to compare, asserted nowhere."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from http import HTTPStatus
from statistics import median
from time import perf_counter, process_time
from unittest.mock import patch
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.core.servers.basehttp import get_internal_wsgi_application
from django.db import connection, transaction
from django.db.models import Q
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from centres.first_of_many import first_of_many
from centres.holiday_calendar import holidays_around, holidays_between
from centres.hours_values import Schedule, ScheduleException, Slot
from centres.management.many_centres import furnish, hold
from centres.models import Activity, ServiceAtCentre
from centres.opening_hours import OpeningHours
from centres.programme_of_many import ProgrammeOfMany
from centres.spans import instant

RUNS = 20
TODAY = date(2026, 11, 23)
MORNING = datetime.combine(TODAY, time(10, 30), tzinfo=ZoneInfo(settings.TIME_ZONE))
DAYS = 400
CENTRES = 2000
ACTIVITIES = 10_000
MONTH = TODAY + timedelta(days=29)
SHOWN = 50
PATHS = (
    "/familjecentraler/",
    "/familjecentraler/?plats=Hjällbo",
    "/familjecentraler/?nu=oppet",
    "/familjecentraler/?dag=onsdag&tid=eftermiddag&alder=5",
    "/familjecentraler/?sida=40",
    "/",
)
PROGRAMME_PATHS = (
    "/det-hander/",
    "/det-hander/?nar=idag",
    "/det-hander/?nar=manaden",
    "/det-hander/?nar=2026-12",
    "/det-hander/?nar=2026-12&sprak=ar&alder=12&plats=Hjällbo",
    "/det-hander/?nar=2026-12&tid=kvall&dag=onsdag",
    "/",
)


class Command(BaseCommand):
    help = f"""Prints the milliseconds of the hot paths, the median of {RUNS} runs, and those of
        the processor. The centres it makes for that are taken away again."""
    requires_system_checks: list[str] = []

    def handle(self, *args, **options):
        get_internal_wsgi_application()  # the process as the server sets it up
        self.stdout.write("  wall ms   cpu ms")
        self.report("holidays of four years, cold", calendar, before=forget)
        self.report(f"one service, {DAYS} days, cold", every_day, before=forget_instants)
        self.report(f"one service, {DAYS} days, warm", every_day)
        self.report("its status, warm", status)
        self.report(f"status when nothing opens for {DAYS} days, warm", status_of_none)
        with transaction.atomic(), patch.object(timezone, "now", return_value=MORNING):
            centre = furnish(CENTRES, MORNING)[0]
            learn_what_is_there()
            self.stdout.write(f"With {CENTRES:,} centres, at {MORNING:%A %H:%M}:")
            for path in (*PATHS, centre.get_absolute_url()):
                self.report_page(path)
            self.report_programme()
            transaction.set_rollback(True)

    def report_programme(self):
        preschools = ServiceAtCentre.objects.filter(service__kind="open_preschool")
        hold(ACTIVITIES, list(preschools), MORNING)
        learn_what_is_there()
        self.stdout.write(f"With {ACTIVITIES:,} activities besides:")
        self.report(f"the first {SHOWN} of 30 days", first_of_month)
        self.report(f"the first {SHOWN} of 30 days, in Arabic for 12 months", first_sieved)
        self.report("one day whole", one_day)
        self.report("how much each of 30 days has", count_month)
        self.report("30 days whole", whole_month)
        for path in PROGRAMME_PATHS:
            self.report_page(path)
        self.report_page(Activity.objects.published().first().get_absolute_url())

    def report_page(self, path: str):
        client = Client(headers={"host": urlsplit(settings.PUBLIC_URL).netloc})
        with CaptureQueriesContext(connection) as queries:
            response = client.get(path)
        if response.status_code != HTTPStatus.OK:
            raise CommandError(f"{path} answered {response.status_code}")
        size = len(response.content)
        self.report(f"{path}: {len(queries)} queries, {size:,} bytes", lambda: client.get(path))

    def report(self, name: str, run: Callable, before: Callable = lambda: None):
        wall, processor = milliseconds(run, before)
        self.stdout.write(f"{wall:9.2f}{processor:9.2f}  {name}")


def milliseconds(run: Callable, before: Callable) -> tuple[float, float]:
    """The medians of the clock and of the processor, each run after `before`, which is left out."""
    took = []
    for _ in range(RUNS):
        before()
        start = perf_counter(), process_time()
        run()
        took.append((perf_counter() - start[0], process_time() - start[1]))
    wall, processor = zip(*took, strict=True)
    return median(wall) * 1000, median(processor) * 1000


def learn_what_is_there() -> None:
    """PostgreSQL's planner, as its own housekeeping does soon after rows are written."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")


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


def first_of_month(**which):
    return first_of_many(ProgrammeOfMany(TODAY, MONTH, **which), SHOWN)


def first_sieved():
    activities = Activity.objects.in_language("ar").for_age(12)
    rooms = ServiceAtCentre.objects.all()
    return first_of_month(activities=activities, rooms=rooms, slots=Q(language="ar"))


def one_day():
    return ProgrammeOfMany(TODAY, TODAY).on(TODAY)


def count_month():
    return ProgrammeOfMany(TODAY, MONTH).counts


def whole_month():
    return ProgrammeOfMany(TODAY, MONTH).between()


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
