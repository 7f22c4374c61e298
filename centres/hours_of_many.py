"""The opening hours of very many rooms at the times that somebody wishes for, as plain values.

Five queries however many rooms. Only rooms that could be open then are looked at: those with a slot
or changed hours at such a time, and those with days that no schedule covers. A page that shows
houses whole uses `with_hours` instead.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import Exists, F, OuterRef, Q, QuerySet, TextField
from django.db.models.functions import Cast

from .holiday_calendar import holidays_around
from .hours_values import Schedule, ScheduleException, Slot
from .models import ExceptionSlot, TimeSlot
from .models import Schedule as ScheduleRow
from .models import ScheduleException as ExceptionRow
from .opening_hours import OpeningHours
from .wish import EVENING, NOON, Answer, Part, Wish, ask

_HOURS = ("opens_at", "closes_at", "min_age_months", "max_age_months", "language")
_RECURRENCE = ("weekday", "week_parity", "nth_in_month")
_SCHEDULE = 5  # columns before those of the slot
_DAY = timedelta(days=1)
_SATURDAY = 6
_COVERING = Schedule(date.min, None, ())
"""For one that covers all the days: as a schedule without slots it makes a day closed."""
ENDS_NEXT_DAY = Q(closes_at__lte=F("opens_at"))
Key = str
Hours = tuple[tuple[Schedule, ...], tuple[ScheduleException, ...]]


def key_of(path: str) -> Cast:
    """The key that a foreign key or "pk" holds, as text: many keys are read faster so."""
    return Cast(path, TextField())


class HoursOfMany:
    """The hours of all rooms at the times of a wish, at a moment.

    Slots come without their names and sibling rules, so that rooms with the same hours are alike.
    """

    def __init__(self, wish: Wish, at: datetime):
        self.wish = wish
        self.at = at
        self.zone = ZoneInfo(settings.TIME_ZONE)
        self.today = at.astimezone(self.zone).date()
        days = sorted({self.today, *wish.days(self.today)})
        self.first, self.last = days[0] - _DAY, days[-1] + _DAY

    def answers(self, centre_of: Mapping[Key, Key]) -> Iterator[tuple[Key, Answer]]:
        """Of each room that may be open at such a time, its answer; `centre_of` has every room.

        All others that have hours are closed then.
        """
        windows = self.wish.windows(self.at, self.zone)
        if not all(windows):
            return
        known: dict[Hours, Answer] = {}
        for room, hours in self._candidates(centre_of):
            if hours not in known:
                known[hours] = ask(self._opening_hours(*hours), self.wish, windows)
            yield room, known[hours]

    def _opening_hours(self, schedules, exceptions) -> OpeningHours:
        return OpeningHours(
            schedules,
            exceptions,
            zone=self.zone,
            holidays=holidays_around(self.today),
            channel=self.wish.channel,
        )

    def _candidates(self, centre_of: Mapping[Key, Key]) -> Iterator[tuple[Key, Hours]]:
        schedules, with_gaps = self._schedules(), self._with_gaps()
        of_rooms, of_centres = self._exceptions()
        changed = {room for room, found in of_rooms.items() if any(e.slots for e in found)}
        for room in (schedules.keys() | changed | with_gaps) & centre_of.keys():
            its = schedules.get(room, [])
            if room not in with_gaps:
                its = [*its, _COVERING]
            exceptions = (*of_rooms.get(room, []), *of_centres.get(centre_of[room], []))
            yield room, (tuple(its), exceptions)

    # --- What may be open --------------------------------------------------------------------

    def _possible(self) -> Q:
        """Every slot outside this is sure not to meet the wish."""
        if not self.wish.has_later_time:
            return self._now
        return (self._now | self._later) if self.wish.now else self._later

    @property
    def _now(self) -> Q:
        local, today = self.at.astimezone(self.zone), self.today.isoweekday()
        now = local.time()
        still_open = Q(closes_at__gt=now) | ENDS_NEXT_DAY
        from_last_night = Q(weekday=(self.today - _DAY).isoweekday(), closes_at__gt=now)
        # When autumn repeats an hour, later times on the wall have been too.
        begun = Q() if local.fold else Q(opens_at__lte=now)
        return (Q(weekday=today) & begun & still_open) | (from_last_night & ENDS_NEXT_DAY)

    @property
    def _later(self) -> Q:
        days = {day.isoweekday() for day in self.wish.days(self.today)}
        nights = {(day - 2) % 7 + 1 for day in days}
        later = Q(weekday__in=days) | (Q(weekday__in=nights) & ENDS_NEXT_DAY)
        if self.wish.part is Part.MORNING:
            later &= Q(opens_at__lt=NOON) | ENDS_NEXT_DAY
        elif self.wish.part is Part.AFTERNOON:
            later &= Q(opens_at__lt=EVENING, closes_at__gt=NOON) | ENDS_NEXT_DAY
        elif self.wish.part is Part.EVENING:
            later &= Q(closes_at__gt=EVENING) | ENDS_NEXT_DAY
        if self.wish.evenings_and_weekends:
            later &= Q(weekday__gte=_SATURDAY) | Q(closes_at__gt=EVENING) | ENDS_NEXT_DAY
        return later

    def _schedules(self) -> dict[Key, list[Schedule]]:
        """By room, of those with a possible slot or with gaps: the schedules that matter.

        They are those with possible slots, those that may set them aside, and next to a gap all.
        """
        found: dict[tuple, list[Slot]] = defaultdict(list)
        for row in self._slots():
            found[row[:_SCHEDULE]].append(_slot(*row[_SCHEDULE:]))
        for schedule in self._partial():
            found.setdefault(schedule, [])
        schedules: dict[Key, list[Schedule]] = defaultdict(list)
        for (room, _key, valid_from, valid_to, kind), slots in found.items():
            schedules[room].append(_schedule(valid_from, valid_to, tuple(slots), kind))
        return schedules

    def _slots(self) -> QuerySet:
        """Rows of room, schedule, its dates and kind, then the slot."""
        dates = [f"schedule__{name}" for name in ("valid_from", "valid_to", "kind")]
        return (
            TimeSlot.objects.touching(self.first, self.last)
            .filter(self._possible(), schedule__channel=self.wish.channel)
            .annotate(room=key_of("schedule__service_at_centre_id"), of=key_of("schedule_id"))
            .order_by()
            .values_list("room", "of", *dates, *_HOURS, *_RECURRENCE)
        )

    def _partial(self) -> QuerySet:
        """Seasons, and schedules that hold for some of the days only, as rows without slots."""
        season = Q(kind=ScheduleRow.Kind.SEASON)
        rows = _touching(self._of_channel, self.first, self.last)
        return (
            rows.filter(season | ~_covering(self.first, self.last))
            .annotate(room=key_of("service_at_centre_id"), key=key_of("pk"))
            .order_by()
            .values_list("room", "key", "valid_from", "valid_to", "kind")
        )

    def _with_gaps(self) -> set[Key]:
        """The rooms that have had hours, but no schedule that covers all of the days."""
        of_room = self._of_channel.filter(service_at_centre=OuterRef("service_at_centre"))
        covering = of_room.filter(_covering(self.first, self.last))
        rows = self._of_channel.filter(~Exists(covering))
        keys = rows.order_by().annotate(room=key_of("service_at_centre_id"))
        return set(keys.values_list("room", flat=True))

    @property
    def _of_channel(self) -> QuerySet:
        return ScheduleRow.objects.filter(channel=self.wish.channel)

    # --- Exceptions --------------------------------------------------------------------------

    def _exceptions(self) -> tuple[dict, dict]:
        """By room that has ever had a schedule, and by centre those of whole houses."""
        has_hours = Exists(self._of_channel.filter(service_at_centre=OuterRef("service_at_centre")))
        rows = ExceptionRow.objects.filter(
            Q(last_day__isnull=True) | Q(last_day__gte=self.first),
            Q(service_at_centre=None) | has_hours,
            channel__in=["", self.wish.channel],
            first_day__lte=self.last,
        )
        slots = defaultdict(list)
        of_rows = ExceptionSlot.objects.filter(exception__in=rows).order_by()
        for exception, *hours in of_rows.annotate(of=key_of("exception_id")).values_list(
            "of", *_HOURS
        ):
            slots[exception].append(_slot(*hours))
        of_rooms, of_centres = defaultdict(list), defaultdict(list)
        for key, room, house, *fields in (
            rows.order_by()
            .annotate(
                key=key_of("pk"), room=key_of("service_at_centre_id"), house=key_of("centre_id")
            )
            .values_list("key", "room", "house", "kind", "first_day", "last_day")
        ):
            value = ScheduleException(*fields, tuple(slots[key]), of_centre=room is None)
            (of_centres[house] if room is None else of_rooms[room]).append(value)
        return of_rooms, of_centres


_schedule = lru_cache(maxsize=1024)(Schedule)


@lru_cache(maxsize=4096)
def _slot(opens, closes, low, high, language, day=None, parity="every", nth=None) -> Slot:
    """One value for all slots that are alike: quicker to get and to compare than to make."""
    return Slot(opens, closes, day, parity, nth, "", low, high, language=language)


def _touching(schedules: QuerySet, first: date, last: date) -> QuerySet:
    open_ended = Q(valid_to__isnull=True)
    return schedules.filter(open_ended | Q(valid_to__gte=first), valid_from__lte=last)


def _covering(first: date, last: date) -> Q:
    return Q(Q(valid_to__isnull=True) | Q(valid_to__gte=last), valid_from__lte=first)
