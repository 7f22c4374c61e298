"""How much is planned for each of some days: counted by the database, before anything is weighed.

A closing takes nothing away, since what is cancelled stays to be seen. Where two schedules share a
day both count; so a count may be too high, and is only ever shown as "something is on".
"""

from collections import Counter
from datetime import date, timedelta

from django.db.models import Count, DateField, Value
from django.db.models.functions import Cast, Coalesce, Greatest, Least

from .closures_of_many import CHANNELS, NEW_HOURS
from .models import ExceptionSlot, OccurrenceChange, Recurrence, TimeSlot
from .programme import days_of_pattern

_PATTERN = ("week_parity", "nth_in_month")


def planned_counts(activities, rooms, slots, from_: date, to: date) -> Counter[date]:
    """Of published `activities`, and labelled `slots` of `rooms`; four queries."""
    activities = activities.published().order_by().values("pk")
    rooms = rooms.order_by().values("pk")
    days = from_, to
    counts: Counter[date] = Counter()
    times = Recurrence.objects.touching(*days).filter(activity__in=activities)
    counts += _recurring(times, "first_day", "last_day", *days)
    moved = OccurrenceChange.objects.filter(activity__in=activities, new_day__range=days)
    counts += _single(moved, "new_day")
    its = {"schedule__service_at_centre__in": rooms, "schedule__channel__in": CHANNELS}
    weekly = TimeSlot.objects.touching(*days).filter(slots, **its).exclude(label="")
    counts += _recurring(weekly, "schedule__valid_from", "schedule__valid_to", *days)
    new_hours = ExceptionSlot.objects.filter(
        slots,
        exception__service_at_centre__in=rooms,
        exception__kind__in=NEW_HOURS,
        exception__first_day__range=days,
    ).exclude(label="")
    return counts + _single(new_hours, "exception__first_day")


def _single(rows, day: str) -> Counter[date]:
    return Counter(dict(rows.order_by().values_list(day).annotate(n=Count("pk"))))


def _recurring(rows, first: str, last: str, from_: date, to: date) -> Counter[date]:
    """Counted by pattern: very many rows are few patterns within the days asked for."""
    start, end = (Cast(Value(day), DateField()) for day in (from_, to))
    patterns = (
        rows.order_by()
        .annotate(start=Greatest(first, start), end=Least(Coalesce(last, end), end))
        .values_list("start", "end", "weekday", *_PATTERN)
        .annotate(n=Count("pk"))
    )
    counts: Counter[date] = Counter()
    for start, end, weekday, parity, nth, n in patterns:
        for day in _days(start, end, weekday, parity, nth):
            counts[day] += n
    return counts


def _days(start: date, end: date, weekday: int | None, parity: str, nth: int | None):
    if weekday:
        return days_of_pattern(weekday, parity, nth, start, end)
    return [start + timedelta(days=n) for n in range((end - start).days + 1)]
