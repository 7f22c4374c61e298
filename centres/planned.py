"""What is planned for each of some days, as the database tells it before anything is weighed.

A closing takes nothing away, since what is cancelled stays to be seen. Where two schedules share a
day both count; so a count may be too high, and is only ever shown as "something is on".
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, time, timedelta
from typing import NamedTuple

from django.db.models import Count, DateField, Exists, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Cast, Coalesce, Greatest, Least

from .closures_of_many import CHANNELS, NEW_HOURS, Key, key_of
from .models import ExceptionSlot, OccurrenceChange, Recurrence, TimeSlot
from .programme import days_between

_PATTERN = ("week_parity", "nth_in_month")
_WEEK = 7  # days


class Start(NamedTuple):
    """When something of an activity's or a room's is to begin, by the clock on the wall.

    No occurrence begins before its start: a closing can only make it begin later. `ends_at` is None
    where the end is not known without weighing.
    """

    day: date
    starts_at: time
    ends_at: time | None
    owner: Key

    def is_over(self, day: date, now: time) -> bool:
        """Whether it has ended before the wall shows `now` on `day`; False where that is unsure."""
        if self.ends_at is None or self.ends_at <= self.starts_at:  # on the next day
            return False
        return (self.day, self.ends_at) <= (day, now)


@dataclass(frozen=True)
class Planned:
    """Of published `activities`, and labelled `slots` of `rooms`, on the days `from_`..`to`."""

    activities: QuerySet
    rooms: QuerySet
    slots: Q
    from_: date
    to: date

    def counts(self) -> Counter[date]:
        """How much is planned for each day; four queries."""
        counts: Counter[date] = Counter()
        counts += self._recurring(self._times, "first_day", "last_day")
        counts += _single(self._changes.filter(new_day__range=self._days), "new_day")
        counts += self._recurring(self._weekly, "schedule__valid_from", "schedule__valid_to")
        return counts + _single(self._new_hours, "exception__first_day")

    def starts(self) -> list[Start]:
        """Each start, as planned and as changed, in order of time; four queries."""
        names = ("of", "starts_at", "ends_at", "first_day", "last_day", "weekday", *_PATTERN)
        times = self._on_weekdays(self._times).annotate(of=key_of("activity_id"))
        found = [*self._expanded(times.values_list(*names)), *self._changed()]
        schedule = ("schedule__valid_from", "schedule__valid_to")
        names = ("of", "opens_at", "closes_at", *schedule, "weekday", *_PATTERN)
        weekly = self._on_weekdays(self._weekly)
        weekly = weekly.annotate(of=key_of("schedule__service_at_centre_id"))
        found += self._expanded(weekly.values_list(*names))
        names = ("exception__first_day", "opens_at", "closes_at", "of")
        new_hours = self._new_hours.annotate(of=key_of("exception__service_at_centre_id"))
        found += (Start(*row) for row in new_hours.values_list(*names))
        return sorted(found, key=lambda start: start[:2])

    # --- Rows --------------------------------------------------------------------------------
    # Each row is looked up among what is asked for: of few days that is quicker than a list of all.
    @property
    def _days(self) -> tuple[date, date]:
        return self.from_, self.to

    @property
    def _times(self) -> QuerySet:
        return Recurrence.objects.touching(*self._days).filter(self._of_activities).order_by()

    @property
    def _changes(self) -> QuerySet:
        return OccurrenceChange.objects.filter(self._of_activities).order_by()

    @property
    def _weekly(self) -> QuerySet:
        its = {"schedule__channel__in": CHANNELS}
        rows = TimeSlot.objects.touching(*self._days).filter(self.slots, **its).exclude(label="")
        return rows.filter(self._of_rooms("schedule__service_at_centre")).order_by()

    @property
    def _new_hours(self) -> QuerySet:
        its = {"exception__kind__in": NEW_HOURS, "exception__first_day__range": self._days}
        rows = ExceptionSlot.objects.filter(self.slots, **its).exclude(label="")
        return rows.filter(self._of_rooms("exception__service_at_centre")).order_by()

    @property
    def _of_activities(self) -> Q:
        return Q(Exists(self.activities.published().order_by().filter(pk=OuterRef("activity"))))

    def _of_rooms(self, path: str) -> Q:
        return Q(Exists(self.rooms.order_by().filter(pk=OuterRef(path))))

    # --- Starts ------------------------------------------------------------------------------
    def _on_weekdays(self, rows: QuerySet) -> QuerySet:
        """Without those of other weekdays than the days have."""
        days = (self.from_ + timedelta(days=n) for n in range((self.to - self.from_).days + 1))
        weekdays = {day.isoweekday() for day, _n in zip(days, range(_WEEK), strict=False)}
        if len(weekdays) == _WEEK:
            return rows
        return rows.filter(Q(weekday=None) | Q(weekday__in=weekdays))

    def _expanded(self, rows) -> Iterator[Start]:
        for owner, starts, ends, first, last, *pattern in rows:
            for day in days_between(first, last or self.to, *pattern, *self._days):
                yield Start(day, starts, ends, owner)

    def _changed(self) -> Iterator[Start]:
        """Those that a change gives another time."""
        rows = self._changes.exclude(new_day=None, new_starts_at=None, new_ends_at=None)
        rows = rows.filter(Q(day__range=self._days) | Q(new_day__range=self._days)).annotate(
            of=key_of("activity_id"),
            now_day=Coalesce("new_day", "day"),
            now_starts=Coalesce("new_starts_at", "starts_at"),
        )
        for row in rows.values_list("now_day", "now_starts", "new_ends_at", "of"):
            if self.from_ <= row[0] <= self.to:
                yield Start(*row)

    # --- Counts ------------------------------------------------------------------------------
    def _recurring(self, rows: QuerySet, first: str, last: str) -> Counter[date]:
        """Counted by pattern: very many rows are few patterns within the days asked for."""
        start, end = (Cast(Value(day), DateField()) for day in self._days)
        patterns = (
            rows.annotate(start=Greatest(first, start), end=Least(Coalesce(last, end), end))
            .values_list("start", "end", "weekday", *_PATTERN)
            .annotate(n=Count("pk"))
        )
        counts: Counter[date] = Counter()
        for *pattern, n in patterns:
            for day in days_between(*pattern, *self._days):
                counts[day] += n
        return counts


def _single(rows: QuerySet, day: str) -> Counter[date]:
    return Counter(dict(rows.values_list(day).annotate(n=Count("pk"))))
