"""From what is looked for to the activities and labelled slots that may be it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import Exists, FloatField, OuterRef, Q, QuerySet
from django.db.models.functions import Cast

from ..first_of_many import first_of_many
from ..models import (
    Activity,
    Channel,
    CoOrganiser,
    FamilyCentre,
    OccurrenceChange,
    Recurrence,
    ServiceAtCentre,
    Venue,
)
from ..nearest import Crossing, Kind, Point, Spot, crossing, distance
from ..programme_of_many import ProgrammeOfMany
from ..programme_values import Occurrence
from ..wish import EVENING, NOON, Part
from .asked import Looked

NEAR = 4_000  # metres as the crow flies: half an hour with a pram and a tram
_HOURS = {
    Part.MORNING: (time(0), NOON),
    Part.AFTERNOON: (NOON, EVENING),
    Part.EVENING: (EVENING, time.max),
}
_ZONE = ZoneInfo(settings.TIME_ZONE)


@dataclass(frozen=True)
class Sieve:
    """What the programme is asked for; `keeps` says the rest of each occurrence."""

    activities: QuerySet
    rooms: QuerySet
    slots: Q
    keeps: Callable[[Occurrence], bool]
    weekday: int | None = None

    def programme(self, from_: date, to: date) -> ProgrammeOfMany:
        return ProgrammeOfMany(from_, to, **self.which)

    @property
    def which(self) -> dict[str, object]:
        """What a programme is told of it."""
        return {
            "activities": self.activities,
            "rooms": self.rooms,
            "slots": self.slots,
            "weekday": self.weekday,
        }

    def first(self, count: int, programme: ProgrammeOfMany, at: datetime) -> list[Occurrence]:
        """The first `count` of its programme that are not over at `at`."""
        return first_of_many(programme, count, after=at, keeps=self.keeps)


def sieve_of(looked: Looked, today: date, near: Spot | None = None) -> Sieve:
    """What is looked for, in houses that are listed and, with a spot, near it."""
    listed = FamilyCentre.objects.listed(today)
    # Few are not listed: naming them spares the database a look at the house of each row.
    hidden = list(
        FamilyCentre.objects.exclude(pk__in=listed.values("pk")).values_list("pk", flat=True)
    )
    activities = Activity.objects.published().exclude(organiser__centre__in=hidden)
    rooms = ServiceAtCentre.objects.exclude(centre__in=hidden)
    if looked.centre:
        activities = activities.filter(_held_by(centre__slug=looked.centre))
        rooms = rooms.filter(centre__slug=looked.centre)
    elif near:
        activities, rooms = _near(activities, rooms, near, today)
    if looked.service:
        activities = activities.filter(_held_by(service__slug=looked.service))
        rooms = rooms.filter(service__slug=looked.service)
    return Sieve(
        _activities(activities, looked), rooms, _slots(looked), _keeps(looked), looked.weekday
    )


def _held_by(**about) -> Q:
    """By such a room, alone or with others."""
    rooms = ServiceAtCentre.objects.filter(**about)
    shares = CoOrganiser.objects.filter(activity=OuterRef("pk"), service_at_centre__in=rooms)
    return Q(organiser__in=rooms) | Q(Exists(shares))


def _activities(activities, looked: Looked):
    if looked.age is not None:
        activities = activities.for_age(looked.age)
    if looked.expecting:
        activities = activities.for_expectant_parents()
    if looked.language:
        activities = activities.in_language(looked.language)
    if looked.group:
        activities = activities.for_group(looked.group)
    if looked.drop_in:
        activities = activities.drop_in()
    return activities.filter(_times(looked))


def _times(looked: Looked) -> Q:
    """Every time outside this is sure not to meet the day and the hours looked for.

    Of those that are changed only a moved one begins at another time than planned.
    """
    if not (looked.weekday or looked.part):
        return Q()
    planned, moved = Q(), Q(kind=OccurrenceChange.Kind.MOVED)
    if looked.weekday:
        planned &= Q(weekday=looked.weekday) | Q(weekday=None)
        moved &= Q(new_day__iso_week_day=looked.weekday)
    if looked.part:
        hours = _HOURS[looked.part]
        planned &= _begins_within("starts_at", *hours)
        moved &= _begins_within("new_starts_at", *hours)
    # Lists, which the database makes once, where it would look up each activity by itself.
    times = Recurrence.objects.filter(planned).values("activity")
    changes = OccurrenceChange.objects.filter(moved).values("activity")
    return Q(pk__in=times) | Q(pk__in=changes)


def _begins_within(field: str, first: time, last: time) -> Q:
    return Q(**{f"{field}__gte": first, f"{field}__lt": last})


def _slots(looked: Looked) -> Q:
    """Labelled slots say nothing of groups, and are for children who are born."""
    if looked.group or looked.expecting:
        return Q(pk__in=[])
    slots = Q(language=looked.language) if looked.language else Q()
    if looked.age is not None:
        slots &= Q(min_age_months=None) | Q(min_age_months__lte=looked.age)
        slots &= Q(max_age_months=None) | Q(max_age_months__gte=looked.age)
    if looked.part:
        slots &= _begins_within("opens_at", *_HOURS[looked.part])
    return slots


def _keeps(looked: Looked) -> Callable[[Occurrence], bool]:
    hours = _HOURS.get(looked.part) if looked.part else None

    def keeps(occurrence: Occurrence) -> bool:
        start = occurrence.starts.astimezone(_ZONE).time()
        if hours and not hours[0] <= start < hours[1]:
            return False
        return not (looked.drop_in and occurrence.key.what.startswith(f"{Channel.GROUP}/"))

    return keeps


# --- Near a place --------------------------------------------------------------------------------


def _near(activities, rooms, near: Spot, today: date):
    """Where it is held counts; in a district or an area all of it, else what is near."""
    if near.kind is Kind.CITY_AREA:
        return _within(activities, rooms, "district__city_area__slug", near.city_area)
    if near.kind is Kind.DISTRICT or near.point is None:
        return _within(activities, rooms, "district__slug", near.district)
    houses = _keys_near(FamilyCentre.objects.listed(today), near, "stop_kind")
    venues = _keys_near(Venue.objects.all(), near)
    here = Q(venue=None, organiser__centre__in=houses) | Q(venue__in=venues)
    return activities.filter(here), rooms.filter(centre__in=houses)


def _within(activities, rooms, path: str, slug: str):
    at_home = Q(venue=None, **{f"organiser__centre__{path}": slug})
    here = at_home | Q(**{f"venue__{path}": slug})
    return activities.filter(here), rooms.filter(**{f"centre__{path}": slug})


def _keys_near(places, near: Spot, *stop_kind: str) -> list:
    """Those within `NEAR`, without water between; where no point is known those in the district."""
    point = (Cast("latitude", FloatField()), Cast("longitude", FloatField()))
    fields = ("district__slug", "district__city_area__slug", *stop_kind)
    rows = places.order_by().values_list("pk", *point, *fields)
    return [key for key, *about in rows if _is_near(near, *about)]


def _is_near(near: Spot, latitude, longitude, district, city_area, stop_kind="") -> bool:
    if latitude is None:
        return district == near.district
    metres = distance(near.point, Point(latitude, longitude))
    by_ferry = stop_kind == "ferry"
    water = crossing(near, city_area=city_area, by_ferry=by_ferry, metres=metres)
    return metres <= NEAR and water is Crossing.NONE
