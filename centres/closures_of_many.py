"""What closes very many rooms, and the labelled slots of their hours, as plain values."""

from collections import defaultdict
from collections.abc import Collection
from datetime import date, timedelta
from functools import cached_property, lru_cache

from django.db.models import Exists, OuterRef, Q

from .hours_of_many import Key, key_of
from .hours_values import Schedule, ScheduleException, Slot
from .models import Channel, ExceptionSlot, FamilyCentre, ServiceAtCentre, TimeSlot
from .models import Schedule as ScheduleRow
from .models import ScheduleException as ExceptionRow
from .programme_values import Closures

__all__ = ["ClosuresOfMany", "MANY", "Key", "key_of", "text_key"]

CHANNELS = (Channel.DROP_IN, Channel.GROUP)
MANY = 500
"""With more rooms than this it is quicker to load the rows of all than to name them."""
_DAY = timedelta(days=1)
_HOURS = (
    "opens_at",
    "closes_at",
    "label",
    "min_age_months",
    "max_age_months",
    "siblings",
    "language",
)
_RECURRENCE = ("weekday", "week_parity", "nth_in_month")
NEW_HOURS = (ExceptionRow.Kind.REPLACED, ExceptionRow.Kind.EXTRA)


def text_key(key: Key) -> str:
    """A key as both databases give it, as `str` of a UUID writes it."""
    return key if "-" in key else "-".join((key[:8], key[8:12], key[12:16], key[16:20], key[20:]))


class ClosuresOfMany:
    """Of the `rooms` that have labelled slots on the days `from_`..`to`, and of the rooms `also`.

    `slots` says which labelled slots of weeks and of single days are asked for. Eight queries.
    """

    def __init__(self, from_: date, to: date, *, rooms, also: Collection[Key], slots: Q):
        self.weekdays = {(from_ + n * _DAY).isoweekday() for n in range((to - from_).days + 1)}
        # A closing of the days beside cuts what lasts past midnight.
        self.first, self.last = from_ - _DAY, to + _DAY
        self.slots = slots & ~Q(label="")
        self._also = also
        self._rooms = rooms
        self._of: dict[Key, Closures] = {}

    def of(self, room: Key) -> Closures:
        """What may close the room."""
        if room not in self._of:
            house, shut = self._houses.get(room, (None, ()))
            exceptions = (*self._of_rooms.get(room, ()), *self._of_houses.get(house, ()))
            seasons = tuple(self._seasons.get(room, ()))
            channels = frozenset({"group"} if room in self._with_groups else ())
            self._of[room] = Closures(exceptions, seasons, channels, shut)
        return self._of[room]

    def schedules(self, room: Key, channel: str) -> list[Schedule]:
        """Those of the days, with the labelled slots asked for and no others."""
        return [*self.labelled.get((room, channel), ()), *self._others.get((room, channel), ())]

    def with_new_hours(self, day: date) -> set[tuple[Key, str]]:
        """The rooms and channels that have labelled slots of that day alone."""
        return {(room, channel) for of, room, channel in self._new_hours.values() if of == day}

    # --- Labelled slots ----------------------------------------------------------------------
    @cached_property
    def labelled(self) -> dict[tuple[Key, str], list[Schedule]]:
        """By room and channel, the schedules with such slots, as long as they hold."""
        slots: dict[tuple, list[Slot]] = defaultdict(list)
        for row in self._slot_rows():
            slots[row[:7]].append(_slot(*row[7:]))
        found: dict[tuple[Key, str], list[Schedule]] = defaultdict(list)
        for (room, _key, channel, first, last, kind, awaits), its in slots.items():
            found[room, channel].append(Schedule(first, last, tuple(its), kind, awaits))
        self._with_slots = {row[1] for row in slots}
        return found

    def _slot_rows(self):
        names = ("channel", "valid_from", "valid_to", "kind", "awaits_confirmation")
        return (
            TimeSlot.objects.touching(self.first, self.last)
            .filter(
                self.slots,
                weekday__in=self.weekdays,
                schedule__channel__in=CHANNELS,
                schedule__service_at_centre__in=self._rooms.order_by().values("pk"),
            )
            .order_by()
            .annotate(of_room=key_of("schedule__service_at_centre_id"), of=key_of("schedule_id"))
            .values_list(
                "of_room", "of", *(f"schedule__{name}" for name in names), *_HOURS, *_RECURRENCE
            )
        )

    @cached_property
    def _others(self) -> dict[tuple[Key, str], list[Schedule]]:
        """The schedules without such slots: they decide days too."""
        known = {*self.labelled, *((room, way) for _day, room, way in self._new_hours.values())}
        found: dict[tuple[Key, str], list[Schedule]] = defaultdict(list)
        for room, key, channel, first, last, kind, _has_slots in self._schedule_rows:
            if (room, channel) in known and key not in self._with_slots:
                found[room, channel].append(_schedule(first, last, kind))
        return found

    @cached_property
    def _seasons(self) -> dict[Key, list[tuple[str, Schedule]]]:
        """By room, the channels and days of the seasons without any slots."""
        found = defaultdict(list)
        for room, _key, channel, first, last, kind, has_slots in self._schedule_rows:
            if kind == ScheduleRow.Kind.SEASON and not has_slots:
                found[room].append((channel, _schedule(first, last, kind)))
        return found

    @cached_property
    def _schedule_rows(self) -> list[tuple]:
        rows = ScheduleRow.objects.filter(
            self._only("service_at_centre"),
            Q(valid_to__isnull=True) | Q(valid_to__gte=self.first),
            valid_from__lte=self.last,
            channel__in=CHANNELS,
        )
        keys = {"of": key_of("service_at_centre_id"), "key": key_of("pk")}
        has_slots = Exists(TimeSlot.objects.filter(schedule=OuterRef("pk")))
        rows = rows.order_by().annotate(**keys, has_slots=has_slots)
        return list(
            rows.values_list("of", "key", "channel", "valid_from", "valid_to", "kind", "has_slots")
        )

    @cached_property
    def _with_groups(self) -> set[Key]:
        """The rooms that have ever had hours for groups."""
        rows = ScheduleRow.objects.filter(self._only("service_at_centre"), channel=Channel.GROUP)
        keys = rows.order_by().annotate(of=key_of("service_at_centre_id"))
        return set(keys.values_list("of", flat=True))

    # --- Rooms and houses --------------------------------------------------------------------
    @cached_property
    def _concerned(self) -> set[Key]:
        with_new = {room for _day, room, _channel in self._new_hours.values()}
        return {room for room, _channel in self.labelled} | with_new | set(self._also)

    def _only(self, path: str) -> Q:
        if len(self._concerned) > MANY:
            return Q()
        return Q(**{f"{path}__in": [text_key(key) for key in self._concerned]})

    @cached_property
    def _houses(self) -> dict[Key, tuple[Key, tuple]]:
        """By room its house, and on which days that is not open at all."""
        status = ("status", "next_status", "next_status_on", "next_status_certainty")
        rows = ServiceAtCentre.objects.filter(self._only("pk")).order_by()
        rows = rows.annotate(key=key_of("pk"), house=key_of("centre_id"))
        return {
            room: (house, _shut(*of_house))
            for room, house, *of_house in rows.values_list(
                "key", "house", *(f"centre__{name}" for name in status)
            )
        }

    # --- Exceptions --------------------------------------------------------------------------
    @property
    def _of_rooms(self) -> dict[Key, list[ScheduleException]]:
        return self._exceptions[0]

    @property
    def _of_houses(self) -> dict[Key | None, list[ScheduleException]]:
        return self._exceptions[1]

    @cached_property
    def _new_hours(self) -> dict[Key, tuple[date, Key, str]]:
        """By labelled slot of a single day: that day, its room and channel."""
        rows = ExceptionSlot.objects.filter(
            self.slots,
            exception__kind__in=NEW_HOURS,
            exception__first_day__range=(self.first, self.last),
            exception__service_at_centre__in=self._rooms.order_by().values("pk"),
        )
        keyed = rows.order_by().annotate(
            key=key_of("pk"), room=key_of("exception__service_at_centre_id")
        )
        fields = ("exception__first_day", "room", "exception__channel")
        return {key: tuple(about) for key, *about in keyed.values_list("key", *fields)}

    @cached_property
    def _exceptions(self) -> tuple[dict, dict]:
        slots, rows = self._exception_slots(), self._exception_rows()
        of_rooms, of_houses = defaultdict(list), defaultdict(list)
        fields = ("kind", "first_day", "last_day", "channel", "reason", "note")
        for key, room, house, *values in rows.values_list("key", "room", "house", *fields):
            its = tuple(slots.get(key, ()))
            value = _exception(values, its, of_centre=room is None)
            (of_houses[house] if room is None else of_rooms[room]).append(value)
        return of_rooms, of_houses

    def _exception_rows(self):
        return (
            ExceptionRow.objects.filter(
                self._of_rooms_or_houses(),
                Q(last_day__isnull=True) | Q(last_day__gte=self.first),
                first_day__lte=self.last,
            )
            .order_by()
            .annotate(
                key=key_of("pk"), room=key_of("service_at_centre_id"), house=key_of("centre_id")
            )
        )

    def _of_rooms_or_houses(self) -> Q:
        if len(self._concerned) > MANY:
            return Q()
        houses = {text_key(self._houses[room][0]) for room in self._concerned}
        return self._only("service_at_centre") | Q(centre__in=houses)

    def _exception_slots(self) -> dict[Key, list[Slot]]:
        """What is not asked for keeps its hours, which replace and cut, and loses its label."""
        found: dict[Key, list[Slot]] = defaultdict(list)
        rows = ExceptionSlot.objects.filter(exception__in=self._exception_rows().values("pk"))
        keyed = rows.order_by().annotate(of=key_of("exception_id"), key=key_of("pk"))
        for key, of, opens, closes, label, *more in keyed.values_list("key", "of", *_HOURS):
            label = label if key in self._new_hours else ""
            found[of].append(_slot(opens, closes, label, *more))
        return found


@lru_cache(maxsize=1024)
def _schedule(first: date, last: date | None, kind: str) -> Schedule:
    return Schedule(first, last, (), kind)


@lru_cache(maxsize=4096)
def _slot(opens, closes, label, low, high, siblings, language, day=None, parity="every", nth=None):
    """One value for all slots that are alike."""
    return Slot(opens, closes, day, parity, nth, label, low, high, siblings, language)


def _exception(values, slots: tuple[Slot, ...], *, of_centre: bool) -> ScheduleException:
    kind, first, last, channel, cause, note = values
    reason = str(ExceptionRow.Reason(cause).label) if cause else ""
    about = {"of_centre": of_centre, "channel": channel, "reason": reason, "cause": cause}
    return ScheduleException(kind, first, last, slots, note=note, **about)


def _shut(status, next_status, next_on, certainty) -> tuple[tuple[date, date | None], ...]:
    """The days on which a house of that status, and decided next status, is not open."""
    switches = next_on if certainty == FamilyCentre.Certainty.DECIDED else None
    now = (date.min, switches - _DAY if switches else None)
    ranges = [now] if status != FamilyCentre.Status.OPEN else []
    if switches and next_status != FamilyCentre.Status.OPEN:
        ranges.append((switches, None))
    return tuple(ranges)
