"""The hours of many rooms at once say the same as the hours of each room by itself."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from centres.holiday_calendar import holidays_around
from centres.hours_of_many import HoursOfMany, key_of
from centres.models import (
    ExceptionSlot,
    FamilyCentre,
    Schedule,
    ScheduleException,
    ServiceAtCentre,
    TimeSlot,
)
from centres.spans import instant
from centres.wish import TODAY, Part, Wish, ask
from tests.centres import test_opening_hours_properties as rows
from tests.factories import (
    STOCKHOLM,
    make_centre,
    make_exception,
    make_schedule,
    make_service_at_centre,
    stockholm,
)

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
DAYS = [
    date(2026, 11, 23),
    date(2027, 3, 28),  # one hour less
    date(2026, 10, 25),  # one hour more
    date(2026, 12, 24),
    date(2026, 12, 31),  # week 53
    date(2027, 5, 7),  # a squeeze day
]
WISHES = [
    Wish(now=True),
    Wish(now=True, channel="phone"),
    Wish(weekday=TODAY),
    Wish(weekday=1),
    Wish(weekday=4),
    Wish(weekday=7),
    Wish(weekday=5, part=Part.EVENING),
    Wish(weekday=6, part=Part.MORNING),
    Wish(weekday=TODAY, part=Part.AFTERNOON),
    Wish(part=Part.MORNING),
    Wish(part=Part.AFTERNOON),
    Wish(part=Part.EVENING),
    Wish(evenings_and_weekends=True),
    Wish(evenings_and_weekends=True, part=Part.MORNING),
    Wish(evenings_and_weekends=True, weekday=5),
    Wish(now=True, weekday=4),
    Wish(now=True, part=Part.EVENING),
    Wish(now=True, evenings_and_weekends=True, channel="phone"),
]


# --- The two ways of asking -------------------------------------------------------------------


def asked_together(wish, at):
    """By room, of those that are not known to be closed."""
    keys = ServiceAtCentre.objects.order_by().annotate(key=key_of("pk"), of=key_of("centre_id"))
    pairs = list(keys.values_list("key", "pk", "of"))
    names = {key: pk for key, pk, _centre in pairs}
    answers = HoursOfMany(wish, at).answers({key: centre for key, _pk, centre in pairs})
    return _said((names[key], answer) for key, answer in answers)


def asked_each(wish, at):
    """The same from everything that a page of the house would load."""
    today = at.astimezone(STOCKHOLM).date()
    loaded = FamilyCentre.objects.with_hours(today - 30 * DAY, today + 30 * DAY)
    answers = []
    for centre in loaded:
        for room in centre.services_here.all():
            room.centre = centre
            if hours := room.hours(holidays_around(today)).get(wish.channel):
                answers.append((room.pk, ask(hours, wish, wish.windows(at, STOCKHOLM))))
    return _said(answers)


def _said(answers):
    return {
        key: (answer.is_met, answer.is_unknown, _sessions(answer) if answer.is_met else None)
        for key, answer in answers
        if answer.is_met or answer.is_unknown
    }


def _sessions(answer):
    return [
        {(m.day, m.span, m.slot.min_age_months, m.slot.max_age_months) for m in found}
        for found in answer.matches
    ]


# --- Tables -----------------------------------------------------------------------------------


def season(room, *slots, first=date(2026, 11, 30), last=date(2026, 12, 4), **fields):
    return make_schedule(
        room, kind="season", valid_from=first, valid_to=last, slots=slots, **fields
    )


def week(room, *slots, **fields):
    return make_schedule(room, slots=slots, **fields)


def extra(room, *slots, day=date(2026, 11, 27), **fields):
    return make_exception(room, kind="extra", first_day=day, slots=slots, **fields)


def everything_of(*steps):
    def lay(room):
        for step, *args in steps:
            fields = args.pop() if args and isinstance(args[-1], dict) else {}
            step(room, *args, **fields)

    return lay


MONDAY_NOON = stockholm(2026, 11, 23, 12)


@pytest.mark.parametrize(
    ("lay", "wish", "at", "expected"),
    [
        pytest.param(
            everything_of((week, "mon 9-12"), (extra, "13-15")),
            Wish(weekday=2),
            MONDAY_NOON,
            "closed",
            id="extra hours on another day leave closed what is closed",
        ),
        pytest.param(
            everything_of((week, "mon 9-12"), (extra, "13-15")),
            Wish(weekday=5),
            MONDAY_NOON,
            "open",
            id="extra hours on a closed day",
        ),
        pytest.param(
            everything_of((week, "mon 9-15"), (season,)),
            Wish(evenings_and_weekends=True),
            MONDAY_NOON,
            "closed",
            id="a season of some days leaves the schedule around it known",
        ),
        pytest.param(
            everything_of((week, "mon 18-20", "sat 10-12"), (season, "mon 9-10")),
            Wish(weekday=1, part=Part.EVENING),
            stockholm(2026, 11, 29, 12),
            "closed",
            id="a season sets the evening aside",
        ),
        pytest.param(
            everything_of((week, "mon 9-15", {"valid_to": date(2026, 11, 27)})),
            Wish(evenings_and_weekends=True),
            MONDAY_NOON,
            "unknown",
            id="a schedule that ends within the days asked for",
        ),
        pytest.param(
            everything_of(
                (week, "mon 9-15", {"valid_to": date(2026, 11, 27)}),
                (week, "mon 9-16", {"valid_from": date(2026, 11, 28)}),
            ),
            Wish(evenings_and_weekends=True),
            MONDAY_NOON,
            "closed",
            id="a schedule that takes over from another",
        ),
        pytest.param(
            everything_of((week, "mon 9-15", {"valid_to": date(2026, 6, 1)})),
            Wish(now=True),
            MONDAY_NOON,
            "unknown",
            id="hours that once were",
        ),
        pytest.param(
            everything_of(
                (week, "mon 9-15", {"valid_to": date(2026, 6, 1)}),
                (lambda room: make_exception(room.centre, last_day=None),),
            ),
            Wish(now=True),
            MONDAY_NOON,
            "closed",
            id="a house closed until further notice, whatever its hours",
        ),
        pytest.param(
            everything_of((week, "mon 9-15", {"valid_to": date(2026, 6, 1)})),
            Wish(weekday=TODAY, part=Part.MORNING),
            MONDAY_NOON,
            "closed",
            id="a time that has passed is not unknown",
        ),
        pytest.param(
            everything_of((week, "mon 9-15", {"valid_from": date(2026, 12, 1)})),
            Wish(now=True, weekday=2),
            MONDAY_NOON,
            "unknown",
            id="hours to come",
        ),
        pytest.param(
            everything_of(
                (week, "mon 9-15"),
                (lambda room: make_exception(room.centre, kind="part_closed", slots=["11-13"]),),
            ),
            Wish(now=True),
            MONDAY_NOON,
            "closed",
            id="a whole house closed over lunch",
        ),
        pytest.param(
            everything_of((extra, "9-15", {"day": date(2026, 11, 23)})),
            Wish(now=True),
            MONDAY_NOON,
            "closed",
            id="a way of contact that never had a schedule is not shown anywhere",
        ),
        pytest.param(
            everything_of((week, "fri 22-2")),
            Wish(now=True),
            stockholm(2026, 11, 28, 1),
            "open",
            id="the tail of a night",
        ),
        pytest.param(
            everything_of((week, "fri 22-2"), (make_exception, {"first_day": date(2026, 11, 28)})),
            Wish(now=True),
            stockholm(2026, 11, 28, 1),
            "open",
            id="the tail of a night into a closed day",
        ),
        pytest.param(
            everything_of((week, "sun 2.30-4")),
            Wish(now=True),
            datetime(2026, 10, 25, 2, 10, fold=1, tzinfo=STOCKHOLM).astimezone(UTC),
            "open",
            id="the second of the hours that autumn repeats",
        ),
        pytest.param(
            everything_of((week, "thu 9-15")),
            Wish(now=True),
            stockholm(2026, 12, 24, 10),
            "unknown",
            id="an eve that nobody has answered for",
        ),
        pytest.param(
            everything_of(
                (week, "thu 9-15"),
                (make_exception, {"kind": "as_usual", "first_day": date(2026, 12, 24)}),
            ),
            Wish(now=True),
            stockholm(2026, 12, 24, 10),
            "open",
            id="an eve answered as usual",
        ),
        pytest.param(
            everything_of((week, "wed 9-15 even")),
            Wish(weekday=3),
            MONDAY_NOON,
            "open",
            id="an even week",
        ),
        pytest.param(
            everything_of((week, "wed 9-15 odd")),
            Wish(weekday=3),
            MONDAY_NOON,
            "closed",
            id="not an odd week",
        ),
        pytest.param(
            everything_of((week, "wed 9-15 #-1")),
            Wish(weekday=3),
            MONDAY_NOON,
            "open",
            id="the last of the month",
        ),
        pytest.param(
            everything_of((week, "mon 9-15", {"channel": "phone"})),
            Wish(now=True),
            MONDAY_NOON,
            "closed",
            id="a telephone hour is no open door",
        ),
        pytest.param(
            everything_of((week, "mon 9-15", {"channel": "phone"})),
            Wish(now=True, channel="phone"),
            MONDAY_NOON,
            "open",
            id="a telephone hour",
        ),
    ],
)
def test_many_rooms_say_what_each_says(lay, wish, at, expected):
    room = make_service_at_centre()
    lay(room)
    together = asked_together(wish, at)
    assert together == asked_each(wish, at)
    states = {(True, False): "open", (False, True): "unknown", (False, False): "closed"}
    assert states[together.get(room.pk, (False, False))[:2]] == expected


def test_number_of_queries_does_not_follow_the_number_of_rooms():
    counts = []
    for _ in range(3):
        room = make_service_at_centre()
        week(room, "mon 9-15")
        season(room, "tue 9-15")
        extra(room, "9-15")
        with CaptureQueriesContext(
            connection,
        ) as queries:
            list(HoursOfMany(Wish(weekday=5), MONDAY_NOON).answers({}))
        counts.append(len(queries))
    assert counts == [5, 5, 5]


# --- For any hours that staff can enter -------------------------------------------------------


def lay_schedules(room, channel, schedules):
    for value in schedules:
        row = Schedule.objects.create(
            service_at_centre=room,
            channel=channel,
            kind=value.kind,
            valid_from=value.valid_from,
            valid_to=value.valid_to,
        )
        TimeSlot.objects.bulk_create(
            TimeSlot(
                schedule=row,
                weekday=slot.weekday,
                week_parity=slot.week_parity,
                nth_in_month=slot.nth_in_month,
                **hours_of(slot),
            )
            for slot in value.slots
        )


def lay_exceptions(room, exceptions):
    for value in exceptions:
        row = ScheduleException.objects.create(
            centre=room.centre if value.of_centre else None,
            service_at_centre=None if value.of_centre else room,
            channel=value.channel,
            kind=value.kind,
            first_day=value.first_day,
            last_day=value.last_day,
        )
        ExceptionSlot.objects.bulk_create(
            ExceptionSlot(exception=row, **hours_of(slot)) for slot in value.slots
        )


def hours_of(slot):
    names = ("opens_at", "closes_at", "label", "min_age_months", "max_age_months")
    return {name: getattr(slot, name) for name in names}


@st.composite
def rooms(draw, day):
    """The hours of one room: those of a channel and its exceptions."""
    schedules = (*draw(rows.regular_schedules(day)), *draw(rows.seasons(day)))
    channel = draw(st.sampled_from(["drop_in", "drop_in", "phone"]))
    return channel, schedules, draw(st.lists(rows.exceptions(day), max_size=3))


@st.composite
def towns(draw):
    """A day, and the rooms of some houses around it."""
    day = draw(st.sampled_from(DAYS))
    return day, draw(st.lists(rooms(day), min_size=1, max_size=4))


@settings(max_examples=40, suppress_health_check=list(HealthCheck))
@given(
    town=towns(),
    seconds=rows.moments_away,
    wishes=st.lists(st.sampled_from(WISHES), min_size=3, max_size=6, unique=True),
    age=st.sampled_from([None, None, 4, 8, 9]),
)
def test_many_rooms_say_what_each_says_for_any_hours(town, seconds, wishes, age):
    day, found = town
    at = instant(day, time(12), STOCKHOLM) + timedelta(seconds=seconds)
    with transaction.atomic():
        for channel, schedules, exceptions in found:
            room = make_service_at_centre(centre=make_centre())
            lay_schedules(room, channel, schedules)
            lay_exceptions(room, rows._without_twins(exceptions))
        for wish in wishes:
            wish = replace(wish, age=age)
            assert asked_together(wish, at) == asked_each(wish, at), wish
        transaction.set_rollback(True)
