"""What very many rooms hold, as plain values: activities and the labelled slots of their hours.

A constant number of queries however many rows, and only days that somebody asks for are put to the
rules. A day by itself loads what may be held on that weekday only.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator
from datetime import date, timedelta
from functools import cached_property, lru_cache
from itertools import accumulate
from typing import NamedTuple
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import Exists, OuterRef, Q

from . import programme
from .closures_of_many import MANY, ClosuresOfMany, Key, key_of, text_key
from .holiday_calendar import holidays_around
from .hours_values import Slot
from .models import Activity, OccurrenceChange, Recurrence, ScheduleException, ServiceAtCentre
from .opening_hours import OpeningHours
from .planned import Planned, Start
from .programme_values import Activity as ActivityValue
from .programme_values import Change, Occurrence, Rule

_DAY = timedelta(days=1)
_WEEK = 7  # days


class _Row(NamedTuple):
    """An activity as it is loaded; the rules are given it once somebody asks for its day."""

    key: Key
    organiser: Key
    venue: Key | None
    room: str
    admission: str


class ProgrammeOfMany:
    """What is held on the days `from_`..`to`: `activities`, and the labelled slots of `rooms`.

    Where neither is named it is all of both; where one is, none of the other. Ten queries, made by
    the first question. With an ISO `weekday` only such days are asked for.

    `slots` sieves the labelled slots by their ages and language. Activities that are not published
    are left out; which rooms and houses readers see is for the caller to say.
    """

    def __init__(
        self,
        from_: date,
        to: date,
        *,
        activities=None,
        rooms=None,
        slots: Q | None = None,
        weekday: int | None = None,
    ):
        self.from_, self.to = from_, to
        if activities is None and rooms is None:
            activities, rooms = Activity.objects.all(), ServiceAtCentre.objects.all()
        self.activities = Activity.objects.none() if activities is None else activities
        self.rooms = ServiceAtCentre.objects.none() if rooms is None else rooms
        self.slots = slots or Q()
        self.weekday = weekday
        self.zone = ZoneInfo(settings.TIME_ZONE)
        self.holidays = holidays_around(from_)
        self._on: dict[date, list[Occurrence]] = {}

    # --- Questions ---------------------------------------------------------------------------
    def on(self, day: date) -> list[Occurrence]:
        """All that is planned for a day between the two, or moved there, in order of time."""
        if day not in self._on:
            found = [*self._activities_on(day), *self._sessions_on(day)]
            self._on[day] = sorted(found, key=lambda occurrence: occurrence.order)
        return self._on[day]

    def between(self, first: date | None = None, last: date | None = None) -> list[Occurrence]:
        """Of all days, or of those from `first` to `last`, in order of time."""
        days = self.days(first, last)
        found = [occurrence for day in days for occurrence in self.on(day)]
        return sorted(found, key=lambda occurrence: occurrence.order)

    def held_by(self, owners: Collection[str], to: date) -> "ProgrammeOfMany":
        """What the activities and rooms of these keys hold until a day, and nothing else."""
        activities, rooms = (rows.filter(pk__in=owners) for rows in (self.activities, self.rooms))
        which = {"slots": self.slots, "weekday": self.weekday}
        return ProgrammeOfMany(self.from_, to, activities=activities, rooms=rooms, **which)

    def days(self, first: date | None = None, last: date | None = None) -> Iterator[date]:
        """The days between the two that are asked for."""
        start, end = max(first or self.from_, self.from_), min(last or self.to, self.to)
        days = (start + n * _DAY for n in range((end - start).days + 1))
        return (day for day in days if self.weekday in (None, day.isoweekday()))

    # --- Before anything is weighed ----------------------------------------------------------
    @cached_property
    def counts(self) -> dict[date, int]:
        """How much is planned for each day; four queries."""
        of = self._planned(self.to).counts()
        return {day: of[day] for day in self.days()}

    def day_of(self, count: int) -> date:
        """By which so many are planned, or the last day."""
        planned = accumulate(self.counts.values())
        reached = (day for day, so_far in zip(self.counts, planned, strict=True) if so_far >= count)
        return next(reached, self.to)

    def starts(self, until: date) -> list[Start]:
        """When each thing is planned to begin, in order of time; four queries."""
        days = set(self.days(last=until))
        return [start for start in self._planned(until).starts() if start.day in days]

    def _planned(self, to: date) -> Planned:
        return Planned(self.activities, self.rooms, self.slots, self.from_, to)

    # --- Activities --------------------------------------------------------------------------
    def _activities_on(self, day: date) -> Iterator[Occurrence]:
        for key in self._activities_of(day):
            yield from self._plan(key).between(day, day)

    def _activities_of(self, day: date) -> set[Key]:
        """Those with a time or a change that may be about the day."""
        found = {
            activity
            for activity, rule in self._by_weekday[day.isoweekday()]
            if rule.first_day <= day <= rule.last_day and rule.slot.occurs_on(day)
        }
        return found | self._by_day.get(day, set())

    @cached_property
    def _by_weekday(self) -> dict[int, list[tuple[Key, Rule]]]:
        found = defaultdict(list)
        for key, rules in self._rules.items():
            for rule in rules:
                if rule.slot.weekday:
                    found[rule.slot.weekday].append((key, rule))
        return found

    @cached_property
    def _by_day(self) -> dict[date, set[Key]]:
        """Single dates, and the days to which something is moved."""
        found = defaultdict(set)
        for key, rules in self._rules.items():
            for rule in rules:
                if not rule.slot.weekday:
                    found[rule.first_day].add(key)
        for key, changes in self._changes.items():
            for change in changes:
                if change.new_day:
                    found[change.new_day].add(key)
        return found

    def _plan(self, key: Key) -> programme.Plan:
        if key not in self._plans:
            row = self._rows[key]
            value = ActivityValue(
                text_key(row.key),
                text_key(row.organiser),
                tuple(self._rules[key]),
                tuple(self._changes.get(key, ())),
                text_key(row.venue) if row.venue else None,
                row.room,
                row.admission == Activity.Admission.DROP_IN,
            )
            closures = self._closures.of(row.organiser)
            self._plans[key] = programme.Plan(value, self.zone, closures, self.holidays)
        return self._plans[key]

    @cached_property
    def _plans(self) -> dict[Key, programme.Plan]:
        return {}

    # --- Labelled slots ----------------------------------------------------------------------
    def _sessions_on(self, day: date) -> Iterator[Occurrence]:
        for room, channel in self._rooms_of(day):
            closures, hours = self._closures.of(room), self._hours(room, channel)
            yield from programme.sessions(
                text_key(room), channel, hours, day, day, closures=closures
            )

    def _rooms_of(self, day: date) -> set[tuple[Key, str]]:
        """The rooms and channels with a labelled slot, or new hours, that may be of the day."""
        found = {
            (room, channel)
            for room, channel, slot in self._slots_by_weekday[day.isoweekday()]
            if slot.occurs_on(day)
        }
        return found | self._closures.with_new_hours(day)

    @cached_property
    def _slots_by_weekday(self) -> dict[int, list[tuple[Key, str, Slot]]]:
        found = defaultdict(list)
        for (room, channel), schedules in self._closures.labelled.items():
            for schedule in schedules:
                for slot in schedule.slots:
                    found[slot.weekday].append((room, channel, slot))
        return found

    def _hours(self, room: Key, channel: str) -> OpeningHours:
        if (room, channel) not in self._opening_hours:
            self._opening_hours[room, channel] = OpeningHours(
                self._closures.schedules(room, channel),
                self._closures.of(room).exceptions,
                zone=self.zone,
                holidays=self.holidays,
                channel=channel,
            )
        return self._opening_hours[room, channel]

    @cached_property
    def _opening_hours(self) -> dict[tuple[Key, str], OpeningHours]:
        return {}

    # --- What is loaded ----------------------------------------------------------------------
    @cached_property
    def _weekdays(self) -> set[int]:
        return {day.isoweekday() for day in self.days()}

    @cached_property
    def _rows(self) -> dict[Key, _Row]:
        rows = (
            self.activities.for_programme(self.from_, self.to)
            .order_by()
            .annotate(key=key_of("pk"), of_room=key_of("organiser_id"), of_venue=key_of("venue_id"))
            .values_list("key", "of_room", "of_venue", "room", "admission")
        )
        return {row[0]: _Row(*row) for row in rows}

    @property
    def _only(self) -> Q:
        """With very many activities it is quicker to load the times of all."""
        if len(self._rows) > MANY:
            return Q()
        return Q(activity__in=[text_key(key) for key in self._rows])

    @cached_property
    def _rules(self) -> dict[Key, list[Rule]]:
        """By activity its times on the weekdays asked for, and what was moved from others."""
        moved_here = OccurrenceChange.objects.filter(
            activity=OuterRef("activity"), new_day__range=(self.from_, self.to)
        )
        here = Q(first_day__lte=self.to, last_day__gte=self.from_)
        if len(self._weekdays) < _WEEK:
            here &= Q(weekday=None) | Q(weekday__in=self._weekdays)
        rows = (
            Recurrence.objects.filter(here | Exists(moved_here), self._only)
            .order_by()
            .annotate(of=key_of("activity_id"))
            .values_list("of", "first_day", "last_day", "awaits_confirmation", *_WHEN)
        )
        found: dict[Key, list[Rule]] = defaultdict(list)
        for key, first, last, awaits, *when in rows:
            if key in self._rows:
                found[key].append(_rule(first, last, awaits, *when))
        return found

    @cached_property
    def _changes(self) -> dict[Key, list[Change]]:
        days = self.from_, self.to
        near = Q(day__range=days) | Q(new_day__range=days)
        rows = OccurrenceChange.objects.filter(near, self._only)
        found: dict[Key, list[Change]] = defaultdict(list)
        for key, venue, *fields in (
            rows.order_by()
            .annotate(of=key_of("activity_id"), to_venue=key_of("new_venue_id"))
            .values_list("of", "to_venue", *_CHANGED)
        ):
            if key in self._rows:
                found[key].append(_change(text_key(venue) if venue else None, *fields))
        return found

    @cached_property
    def _closures(self) -> ClosuresOfMany:
        organisers = {self._rows[key].organiser for key in self._rules}
        return ClosuresOfMany(
            self.from_,
            self.to,
            rooms=self.rooms,
            also=organisers,
            slots=self.slots,
        )


def planned_for(activity: Activity, day: date) -> list[Occurrence]:
    """What was planned for a day of an activity, in order of time, wherever it is now."""
    rows = [row for row in activity.changes.all() if row.day == day]
    days = {day, *(row.new_day for row in rows if row.new_day)}
    its = Activity.objects.filter(pk=activity.pk)
    found = (one for on in sorted(days) for one in ProgrammeOfMany(on, on, activities=its).on(on))
    return [one for one in found if one.key.day == day]


_WHEN = ("starts_at", "ends_at", "weekday", "week_parity", "nth_in_month")
_CHANGED = (
    "kind",
    "day",
    "starts_at",
    "new_day",
    "new_starts_at",
    "new_ends_at",
    "at_organiser",
    "new_room",
    "despite_closing",
    "reason",
    "note",
)


@lru_cache(maxsize=4096)
def _rule(first, last, awaits, starts, ends, weekday, parity, nth) -> Rule:
    """One value for all rules that are alike."""
    return Rule(first, last, Slot(starts, ends, weekday, parity, nth), awaits)


def _change(venue, kind, day, starts, new_day, new_starts, new_ends, *more) -> Change:
    at_organiser, room, despite, reason, note = more
    reason = str(ScheduleException.Reason(reason).label) if reason else ""
    new = new_day, new_starts, new_ends, venue, at_organiser, room or None, despite
    return Change(kind, day, starts, *new, reason, note)
