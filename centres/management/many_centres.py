"""Very many made-up centres, to measure with: as unlike one another as real ones, always the same.

Each has four services. The open preschool has a door, a third of the child health care and social
services too; all but the preschool have phone hours and booked visits. No two weeks are meant to be
alike, and at any moment some are open, some closed, changed, unconfirmed or without hours.
"""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from itertools import cycle
from random import Random

from django.core.management import call_command
from django.utils import timezone

from centres.models import (
    Activity,
    ActivityText,
    Channel,
    Confirmation,
    ExceptionSlot,
    FamilyCentre,
    OccurrenceChange,
    Place,
    Recurrence,
    Schedule,
    ScheduleException,
    ServiceAtCentre,
    TimeSlot,
)
from services.languages import SpokenLanguage
from services.models import Organisation, Service

SEED = 2017
LONG_AGO = date(2020, 1, 1)
_DAY = timedelta(days=1)
_KINDS = [FamilyCentre.Kind.FAMILY_CENTRE] * 4 + [FamilyCentre.Kind.OPEN_PRESCHOOL]
_STATUSES = [FamilyCentre.Status.OPEN] * 28 + [
    FamilyCentre.Status.DECIDED,
    FamilyCentre.Status.TEMPORARILY_CLOSED,
]
_LANGUAGES = SpokenLanguage.values[1:]
_SESSIONS = [
    *[{}] * 14,
    {"label": "Babyöppet", "max_age_months": 8},
    {"label": "Knattetid", "min_age_months": 9, "max_age_months": 36, "siblings": "welcome"},
    {"label": "Sångstund", "siblings": "welcome"},
    {"label": "Babymassage", "max_age_months": 5, "siblings": "not"},
    {"label": "Språkkafé", "language": "ar"},
    {"label": "Berättarstund", "language": "so", "min_age_months": 12},
]
_RECURRENCES = [*[{}] * 8, {"week_parity": "odd"}, {"week_parity": "even"}, {"nth_in_month": 1}]


def furnish(count: int, at: datetime) -> list[FamilyCentre]:
    """Add `count` centres around the moment `at` to the known facts of the city."""
    call_command("import_known_facts", verbosity=0)
    return _Furnisher(Random(SEED), at).furnish(count)  # noqa: S311 -- repeatable, not secret


def hold(count: int, rooms: list[ServiceAtCentre], at: datetime) -> None:
    """Add `count` activities in the `rooms` around the moment `at`."""
    _Furnisher(Random(SEED), at).hold(count, rooms)  # noqa: S311 -- repeatable, not secret


class _Furnisher:
    def __init__(self, dice: Random, at: datetime):
        self.dice = dice
        self.at = at
        self.today = timezone.localdate(at)
        self.places = list(Place.objects.order_by("name"))
        self.organisations = list(Organisation.objects.order_by("slug"))
        self.services = list(Service.objects.filter(kind__in=Service.CORE_KINDS))

    def furnish(self, count: int) -> list[FamilyCentre]:
        centres = FamilyCentre.objects.bulk_create(
            self._centre(number, place)
            for number, place in zip(range(count), cycle(self.places), strict=False)
        )
        rooms = ServiceAtCentre.objects.bulk_create(
            self._room(centre, service) for centre in centres for service in self.services
        )
        schedules = Schedule.objects.bulk_create(
            schedule for room in rooms for schedule in self._schedules(room)
        )
        TimeSlot.objects.bulk_create(
            slot for schedule in schedules for slot in self._week(schedule)
        )
        Confirmation.objects.bulk_create(self._confirmations(schedules))
        self._exceptions(centres, [s for s in schedules if s.channel == Channel.DROP_IN])
        return centres

    def _one_in(self, chances: int) -> bool:
        return self.dice.randrange(chances) == 0

    # --- Houses and rooms --------------------------------------------------------------------

    def _centre(self, number: int, place: Place) -> FamilyCentre:
        return FamilyCentre(
            name=f"Familjecentralen {place.name} {number}",
            slug=f"bench-{number}",
            kind=self.dice.choice(_KINDS),
            district_id=place.district_id,
            status=self.dice.choice(_STATUSES),
            street=f"{place.name}gatan {number}",
            postal_town="Göteborg",
            latitude=round(float(place.latitude) + self.dice.uniform(-0.01, 0.01), 6),
            longitude=round(float(place.longitude) + self.dice.uniform(-0.01, 0.01), 6),
            stop_kind=self.dice.choice(["tram", "bus", "bus"]),
            step_free_entrance=self.dice.choice([True, True, False, None]),
        )

    def _room(self, centre: FamilyCentre, service: Service) -> ServiceAtCentre:
        return ServiceAtCentre(
            centre=centre,
            service=service,
            organisation=self.dice.choice(self.organisations),
            phone=self.dice.choice(["", "031-365 00 00"]),
            languages=["sv", *sorted(self.dice.sample(_LANGUAGES, self.dice.randrange(4)))],
        )

    # --- Hours -------------------------------------------------------------------------------

    def _schedules(self, room: ServiceAtCentre) -> Iterator[Schedule]:
        for channel in self._channels(room.service.kind):
            ended = self.today - 30 * _DAY if self._one_in(20) else None
            yield Schedule(
                service_at_centre=room, channel=channel, valid_from=LONG_AGO, valid_to=ended
            )
            if channel == Channel.DROP_IN and self._one_in(3):
                yield self._season(room)

    def _channels(self, kind: str) -> list[str]:
        if kind == Service.Kind.OPEN_PRESCHOOL:
            return [Channel.DROP_IN]
        others = [Channel.PHONE, Channel.BOOKED]
        may_have_door = kind != Service.Kind.MATERNITY_CARE
        return [Channel.DROP_IN, *others] if may_have_door and self._one_in(3) else others

    def _season(self, room: ServiceAtCentre) -> Schedule:
        """For one in eight around today, for the others next summer."""
        first = self.today - 14 * _DAY if self._one_in(8) else date(self.today.year + 1, 6, 14)
        return Schedule(
            service_at_centre=room,
            kind=Schedule.Kind.SEASON,
            valid_from=first,
            valid_to=first + 60 * _DAY,
        )

    def _week(self, schedule: Schedule) -> Iterator[TimeSlot]:
        days = self.dice.sample(range(1, 6), self.dice.randrange(2, 6))
        if self._one_in(10):
            days.append(6)
        for day in days:
            is_door = schedule.channel == Channel.DROP_IN
            for opens in self._opening_times(is_door):
                session = self.dice.choice(_SESSIONS) if is_door else {}
                yield TimeSlot(
                    schedule=schedule,
                    weekday=day,
                    opens_at=opens,
                    closes_at=time(opens.hour + self.dice.randrange(1, 5), self._minute()),
                    **session,
                    **self.dice.choice(_RECURRENCES),
                )

    def _opening_times(self, is_door: bool) -> Iterator[time]:
        yield time(self.dice.randrange(8, 12), self._minute())
        if is_door and self._one_in(3):
            yield time(self.dice.randrange(15, 18), self._minute())

    def _minute(self) -> int:
        return self.dice.choice([0, 0, 15, 30, 45])

    def _confirmations(self, schedules: list[Schedule]) -> Iterator[Confirmation]:
        """Most are fresh, some are old, and some are missing."""
        for room, channel in dict.fromkeys((s.service_at_centre, s.channel) for s in schedules):
            if not self._one_in(6):
                yield Confirmation(
                    service_at_centre=room,
                    fact_group=Confirmation.FactGroup.HOURS,
                    channel=channel,
                    confirmed_at=self.at - self.dice.randrange(220) * _DAY,
                )

    # --- Exceptions --------------------------------------------------------------------------

    def _exceptions(self, centres: list[FamilyCentre], doors: list[Schedule]) -> None:
        made = [e for centre in centres for e in self._closures_of(centre)]
        made += [e for door in doors for e in self._changes_of(door.service_at_centre)]
        rows = ScheduleException.objects.bulk_create(made)
        ExceptionSlot.objects.bulk_create(
            ExceptionSlot(
                exception=row, opens_at=time(self._hour(), self._minute()), closes_at=time(14, 30)
            )
            for row in rows
            if row.kind in ScheduleException.WITH_SLOTS
        )

    def _hour(self) -> int:
        return self.dice.randrange(9, 14)

    def _closures_of(self, centre: FamilyCentre) -> Iterator[ScheduleException]:
        """Over Christmas, for one in twenty today, and for as many a part of today."""
        christmas = date(self.today.year, 12, 23)
        yield ScheduleException(
            centre=centre, kind="closed", first_day=christmas, last_day=christmas + 12 * _DAY
        )
        for kind in ("closed", "part_closed"):
            if self._one_in(20):
                yield ScheduleException(
                    centre=centre, kind=kind, first_day=self.today - _DAY, last_day=self.today
                )

    def _changes_of(self, room: ServiceAtCentre) -> Iterator[ScheduleException]:
        """For one in eight today, and three within half a year."""
        days = [self.today + self.dice.randrange(1, 180) * _DAY for _ in range(3)]
        for day in [self.today, *days] if self._one_in(8) else days:
            kind = self.dice.choice(ScheduleException.Kind.values)
            new_hours = kind in (ScheduleException.Kind.REPLACED, ScheduleException.Kind.EXTRA)
            yield ScheduleException(
                service_at_centre=room,
                channel=Channel.DROP_IN if new_hours else "",
                kind=kind,
                first_day=day,
                last_day=day,
                reason=self.dice.choice(ScheduleException.Reason.values),
            )

    # --- Activities --------------------------------------------------------------------------

    def hold(self, count: int, rooms: list[ServiceAtCentre]) -> None:
        """Most every week, some every other or once a month, some on single dates."""
        activities = Activity.objects.bulk_create(
            self._activity(self.dice.choice(rooms)) for _ in range(count)
        )
        ActivityText.objects.bulk_create(
            ActivityText(activity=activity, name=f"Träffen {number}")
            for number, activity in enumerate(activities)
        )
        times = [time for activity in activities for time in self._times(activity)]
        Recurrence.objects.bulk_create(times)
        changed = [time for time in times if self._one_in(20)]
        OccurrenceChange.objects.bulk_create(self._change(time) for time in changed)

    def _activity(self, room: ServiceAtCentre) -> Activity:
        lowest = self.dice.choice([None, None, 0, 6, 12])
        return Activity(
            organiser=room,
            min_age_months=lowest,
            max_age_months=None if lowest is None else lowest + self.dice.choice([8, 24, 60]),
            siblings="unstated" if lowest is None else "welcome",
            languages=self.dice.sample(_LANGUAGES, self.dice.randrange(2)),
            admission=self.dice.choice(Activity.Admission.values),
        )

    def _times(self, activity: Activity) -> Iterator[Recurrence]:
        hour = self._hour()
        hours = {"starts_at": time(hour, self._minute()), "ends_at": time(hour + 2)}
        if self._one_in(5):
            for day in self.dice.sample(range(60), 4):
                first = self.today + day * _DAY
                yield Recurrence(activity=activity, first_day=first, last_day=first, **hours)
            return
        yield Recurrence(
            activity=activity,
            first_day=self.today - 90 * _DAY,
            last_day=self.today + self.dice.randrange(20, 200) * _DAY,
            weekday=self.dice.randrange(1, 7),
            **hours,
            **self.dice.choice(_RECURRENCES),
        )

    def _change(self, planned: Recurrence) -> OccurrenceChange:
        """Of the date it has within the coming week; where it has none, it changes nothing."""
        day = planned.first_day
        if planned.weekday:
            day = self.today + (planned.weekday - self.today.isoweekday()) % 7 * _DAY
        moved = {"kind": "cancelled", "reason": "illness"}
        if self._one_in(2):
            moved = {"kind": "moved", "new_day": day + 2 * _DAY}
            moved |= {"new_starts_at": time(9), "new_ends_at": time(11)}
        return OccurrenceChange(
            activity=planned.activity, day=day, starts_at=planned.starts_at, **moved
        )
