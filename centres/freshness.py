"""What awaits staff about a house: facts to confirm, holidays to answer, core facts to fill in.

The rules:

1.  A house has three groups of facts, a room two, the hours of each way of contact that it has now
    or will have, and its activities while there are some. Each group is confirmed by itself: no
    edit and no other group refreshes it.
2.  Only staff confirm. What a public page says, and what is made up as an example, is unconfirmed.
3.  A confirmation is due again after 90 days, to the second, and stale after 180, when the public
    page says "ring före besök" (`opening_hours.STALE_AFTER`).
4.  A holiday, eve or squeeze day awaits an answer where the rules of opening hours say so: hours
    on that day, and nobody has said whether they hold.

Nothing here asks the database; houses are loaded with `load_houses`, and the moment is an argument.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from functools import cached_property
from uuid import UUID

from django.db.models import Prefetch
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from services.models import Service

from .holiday_calendar import holidays_around
from .hours_text import full_date
from .hours_values import Holiday, Why
from .models import (
    Activity,
    Channel,
    Confirmation,
    FamilyCentre,
    Recurrence,
    Schedule,
    ServiceAtCentre,
)
from .opening_hours import STALE_AFTER, OpeningHours

DUE_AFTER = timedelta(days=90)
HOLIDAYS_AHEAD = timedelta(days=90)
IN_USE = (FamilyCentre.Status.OPEN, FamilyCentre.Status.TEMPORARILY_CLOSED)

Group = Confirmation.FactGroup
Target = FamilyCentre | ServiceAtCentre
GROUPS_OF_A_HOUSE = (Group.EXISTENCE, Group.LOCATION, Group.FIRST_VISIT)
GROUPS_OF_A_ROOM = (Group.EXISTENCE, Group.CONTACT)


class Freshness(StrEnum):
    """How long ago staff confirmed something; the worst first."""

    NEVER = "never"
    STALE = "stale"
    DUE = "due"
    FRESH = "fresh"


def freshness(confirmed_at: datetime | None, at: datetime) -> Freshness:
    """Of what staff confirmed at `confirmed_at`, at the moment `at`."""
    if confirmed_at is None:
        return Freshness.NEVER
    passed = age(confirmed_at, at)
    if passed >= STALE_AFTER:
        return Freshness.STALE
    return Freshness.DUE if passed >= DUE_AFTER else Freshness.FRESH


def age(confirmed_at: datetime, at: datetime) -> timedelta:
    """The time that has passed; two moments of one zone would be compared by their clocks."""
    return at.astimezone(UTC) - confirmed_at.astimezone(UTC)


def confirmed_by_staff(confirmation: Confirmation | None) -> datetime | None:
    """When staff confirmed it, or None: no page and no example confirms anything."""
    if confirmation is None or confirmation.origin != Confirmation.Origin.STAFF:
        return None
    return confirmation.confirmed_at


@dataclass(frozen=True)
class Fact:
    """A group of facts of a house or a room, and when staff last confirmed it.

    `awaits` is whether some of it was copied from another term and nobody has gone through it.
    """

    target: Target
    group: Group
    channel: str
    confirmation: Confirmation | None
    at: datetime
    awaits: bool = False

    @property
    def confirmed_at(self) -> datetime | None:
        return None if self.awaits else confirmed_by_staff(self.confirmation)

    @property
    def freshness(self) -> Freshness:
        return freshness(self.confirmed_at, self.at)

    @property
    def days(self) -> int | None:
        """Whole days since then."""
        return age(self.confirmed_at, self.at).days if self.confirmed_at else None

    @property
    def words(self) -> str:
        """What it is: "öppettider, telefontid"."""
        channel = [str(Channel(self.channel).label)] if self.channel else []
        return ", ".join([str(self.group.label), *channel])

    @property
    def age_words(self) -> str:
        if self.awaits:
            return _("nya tider som ingen har bekräftat")
        if self.days is None:
            return _("aldrig bekräftat")
        return ngettext(
            "bekräftat för %(n)d dag sedan", "bekräftat för %(n)d dagar sedan", self.days
        ) % {"n": self.days}


@dataclass(frozen=True)
class Unanswered:
    """A day on which a room has hours that nobody has answered for, in these ways of contact."""

    room: ServiceAtCentre
    day: date
    holiday: Holiday
    channels: tuple[str, ...]

    @property
    def target(self) -> ServiceAtCentre:
        return self.room

    @property
    def words(self) -> str:
        """ "julafton, torsdag 24 december"."""
        return f"{self.holiday.name}, {full_date(self.day)}"

    @property
    def channel_words(self) -> str:
        return ", ".join(str(Channel(channel).label) for channel in self.channels)


@dataclass(frozen=True)
class Missing:
    """A core fact that nobody has filled in."""

    target: Target
    words: str


def facts_of_house(centre: FamilyCentre, at: datetime) -> list[Fact]:
    """Its three groups, whether or not anybody has said anything of them."""
    said = {row.fact_group: row for row in centre.confirmations.all()}
    return [Fact(centre, group, "", said.get(group), at) for group in GROUPS_OF_A_HOUSE]


def facts_of_room(room: ServiceAtCentre, at: datetime) -> list[Fact]:
    """Its two groups, the hours of each way of contact that it has now or will have, and its
    activities where there are any.
    """
    today = timezone.localdate(at)
    said = {(row.fact_group, row.channel): row for row in room.confirmations.all()}
    waiting = _channels_waiting(room, today)
    keys = [(group, "", False) for group in GROUPS_OF_A_ROOM]
    keys += [(Group.HOURS, channel, channel in waiting) for channel in channels_of(room, today)]
    activities = room.activities.all()
    keys += [(Group.ACTIVITIES, "", any(map(_awaits, activities)))] if activities else []
    return [
        Fact(room, group, channel, said.get((group, channel)), at, awaits)
        for group, channel, awaits in keys
    ]


def _awaits(activity: Activity) -> bool:
    return any(time.awaits_confirmation for time in activity.recurrences.all())


def _channels_waiting(room: ServiceAtCentre, today: date) -> set[str]:
    return {s.channel for s in _schedules_ahead(room, today) if s.awaits_confirmation}


def channels_of(room: ServiceAtCentre, today: date) -> list[str]:
    """The ways of contact that have hours on `today` or later, in their order."""
    found = {schedule.channel for schedule in _schedules_ahead(room, today)}
    return [channel for channel in Channel.values if channel in found]


def _schedules_ahead(room: ServiceAtCentre, today: date) -> list[Schedule]:
    return [s for s in room.schedules.all() if not s.valid_to or s.valid_to >= today]


def unanswered(
    room: ServiceAtCentre, holidays: Mapping[date, Holiday], today: date
) -> list[Unanswered]:
    """The holidays and eves from `today` on, 90 days of them, that await an answer."""
    hours = room.hours(holidays)
    days = sorted(day for day in holidays if today <= day < today + HOLIDAYS_AHEAD)
    waiting = [(day, _channels_unanswered(hours, day)) for day in days]
    return [Unanswered(room, day, holidays[day], found) for day, found in waiting if found]


def _channels_unanswered(hours: Mapping[str, OpeningHours], day: date) -> tuple[str, ...]:
    return tuple(c for c in hours if hours[c].day(day).why is Why.HOLIDAY_UNANSWERED)


def missing_of_house(centre: FamilyCentre) -> list[Missing]:
    """The core facts of the house itself that nobody has filled in."""
    absent = {
        _("adress"): not centre.street,
        _("punkt på kartan"): centre.latitude is None,
        _("om entrén är utan trappsteg"): centre.step_free_entrance is None,
    }
    return [Missing(centre, words) for words, is_absent in absent.items() if is_absent]


def missing_services(centre: FamilyCentre) -> list[Missing]:
    """The core services that a family centre is not known to have."""
    if centre.kind != FamilyCentre.Kind.FAMILY_CENTRE:
        return []
    here = {room.service.kind for room in centre.services_here.all()}
    return [Missing(centre, str(kind.label)) for kind in Service.CORE_KINDS if kind not in here]


def missing_of_room(room: ServiceAtCentre, today: date) -> list[Missing]:
    """A room where time is booked on a page of its own needs no hours."""
    absent = {
        _("telefon"): not room.phone,
        _("språk"): not room.languages,
        _("öppettider"): not room.booking_url and not channels_of(room, today),
    }
    return [Missing(room, words) for words, is_absent in absent.items() if is_absent]


class HouseToDo:
    """What awaits somebody about one house, at a moment.

    Of the rooms only those whose keys are in `own_rooms`. `plans` is whether the person decides
    which services there are. Reads what `load_houses` has loaded.
    """

    def __init__(
        self, centre: FamilyCentre, at: datetime, own_rooms: Collection[UUID], *, plans: bool
    ):
        self.centre = centre
        self.at = at
        self.today = timezone.localdate(at)
        self.plans = plans
        self.rooms = [room for room in centre.services_here.all() if room.pk in own_rooms]
        for room in self.rooms:
            room.centre = centre  # its exceptions are loaded with the centre

    @cached_property
    def facts(self) -> list[Fact]:
        of_rooms = (fact for room in self.rooms for fact in facts_of_room(room, self.at))
        return [*facts_of_house(self.centre, self.at), *of_rooms]

    @cached_property
    def unconfirmed(self) -> list[Fact]:
        """Those never confirmed or at least 90 days ago."""
        return [fact for fact in self.facts if fact.freshness is not Freshness.FRESH]

    def count(self, which: Freshness) -> int:
        return sum(fact.freshness is which for fact in self.unconfirmed)

    @property
    def never(self) -> int:
        return self.count(Freshness.NEVER)

    @property
    def stale(self) -> int:
        """At least 180 days old."""
        return self.count(Freshness.STALE)

    @property
    def due(self) -> int:
        """At least 90 days old, but not 180."""
        return self.count(Freshness.DUE)

    @cached_property
    def unanswered(self) -> list[Unanswered]:
        """By day; a house that is not open to visitors has nothing to answer for."""
        if self.centre.status_on(self.today) != FamilyCentre.Status.OPEN:
            return []
        holidays = holidays_around(self.today)
        found = [row for room in self.rooms for row in unanswered(room, holidays, self.today)]
        return sorted(found, key=lambda row: row.day)

    def unanswered_within(self, ahead: timedelta) -> list[Unanswered]:
        return [row for row in self.unanswered if row.day < self.today + ahead]

    @cached_property
    def missing(self) -> list[Missing]:
        of_rooms = (row for room in self.rooms for row in missing_of_room(room, self.today))
        services = missing_services(self.centre) if self.plans else []
        return [*missing_of_house(self.centre), *services, *of_rooms]


def load_houses(at: datetime):
    """The houses in use at `at`, with all that `HouseToDo` reads, in constantly many queries."""
    today = timezone.localdate(at)
    houses = FamilyCentre.objects.on(today).filter(status_then__in=IN_USE)
    loaded = houses.with_hours(today, today + HOLIDAYS_AHEAD).select_related("district")
    times_ahead = Prefetch("recurrences", Recurrence.objects.filter(last_day__gte=today))
    of_rooms = Activity.objects.not_over(today).prefetch_related(times_ahead)
    activities = Prefetch("services_here__activities", of_rooms)
    loaded = loaded.prefetch_related("confirmations", activities)
    return loaded.order_by("district__name", "name")
