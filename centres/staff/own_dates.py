"""The dates of what one's own rooms hold: activities and the labelled slots of their hours."""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from .. import hours_text as words
from ..house import House
from ..models import Activity, Channel, OccurrenceChange, ServiceAtCentre
from ..permissions import activities_open_to, may_change
from ..programme_of_many import ProgrammeOfMany, planned_for
from ..programme_values import Occurrence, State
from ..rooms import Room
from ..whats_on.words import explanation, spelled_out, status_word

AHEAD = timedelta(days=14)
# As the address says them: the ways of contact that have a place in the programme.
CHANNELS = {"oppet": Channel.DROP_IN, "grupp": Channel.GROUP}
PATHS = {channel: path for path, channel in CHANNELS.items()}
ZONE = ZoneInfo(settings.TIME_ZONE)


class OwnDate:
    """An occurrence as the one who looks after it meets it; `activity` is None for a slot."""

    def __init__(
        self, occurrence: Occurrence, house: House, room: Room, activity: Activity | None = None
    ):
        self.occurrence = occurrence
        self.house = house
        self.room = room
        self.activity = activity

    @property
    def name(self) -> str:
        return str(self.activity) if self.activity else self.occurrence.slot.label

    @property
    def when(self) -> str:
        """ "i dag kl. 9.00–11.00", "tisdag 24 november kl. 13.00–15.00"."""
        said = spelled_out(self.occurrence, ZONE)
        day = words.full_date(self.occurrence.day)
        is_today = self.occurrence.day == self.house.today
        return said.replace(day, _("i dag"), 1) if is_today else said

    @property
    def state(self) -> str:
        """ "Inställt. Sjukdom.", or "" where it is as planned."""
        status = status_word(self.occurrence)
        more = explanation(self.occurrence, ZONE, self._new_place) if status else ""
        return f"{status}. {more}".strip() if status else ""

    @property
    def _new_place(self) -> str:
        """By name, where it is held somewhere else than planned."""
        change = self.occurrence.change
        if self.occurrence.venue == self.occurrence.planned_venue or change is None:
            return ""
        if self.occurrence.venue is None:
            return self.house.centre.name
        rows = rows_of(self.activity, change.day, change.starts_at)
        return next((row.new_venue.name for row in rows if row.new_venue), "")

    @property
    def is_as_planned(self) -> bool:
        return self.occurrence.state in (State.SCHEDULED, State.UNCONFIRMED)

    @property
    def is_over(self) -> bool:
        return self.occurrence.ends <= self.house.at

    @property
    def url(self) -> str:
        """Its own page: what holds, and taking it back."""
        if self.activity:
            return reverse("staff:date", args=self.arguments)
        return reverse("staff:session_cancel", args=self.arguments)

    @property
    def arguments(self) -> list:
        """What its addresses are made of."""
        key = self.occurrence.key
        when = [key.day.isoformat(), f"{key.starts_at:%H%M}"]
        if self.activity:
            return [self.house.centre.slug, self.activity.pk, *when]
        channel = key.what.partition("/")[0]
        return [self.house.centre.slug, self.room.service.slug, PATHS[channel], *when]


def own_dates(user, house: House, rooms: list[Room], last: date) -> list[OwnDate]:
    """What is planned from now to the end of `last`, in order of time."""
    activities = activities_of(user, house)
    found = ProgrammeOfMany(
        house.today,
        last,
        activities=activities,
        rooms=ServiceAtCentre.objects.filter(pk__in=[room.place.pk for room in rooms]),
    ).between()
    loaded = activities.prefetch_related("texts", "changes__new_venue")
    by_key = {str(activity.pk): activity for activity in loaded}
    dates = [_own_date(occurrence, house, by_key) for occurrence in found]
    return [one for one in dates if one and not one.is_over]


def activities_of(user, house: House):
    """The activities of the house that the person may change."""
    return activities_open_to(user).of_centre(house.centre)


def _own_date(
    occurrence: Occurrence, house: House, activities: dict[str, Activity]
) -> OwnDate | None:
    activity = activities.get(occurrence.key.owner)
    key = occurrence.key.owner if activity is None else str(activity.organiser_id)
    by_key = {str(room.place.pk): room for room in house.rooms}
    if activity is None and key not in by_key:
        return None
    return OwnDate(occurrence, house, by_key.get(key), activity)


# --- One of them -----------------------------------------------------------------------------
def date_of(user, house: House, pk, day: str, clock: str) -> OwnDate:
    """The occurrence of an activity planned for then: where it is held now, if it is moved.

    404 where nothing was planned, 403 where others hold it.
    """
    activities = Activity.objects.of_centre(house.centre)
    activity = get_object_or_404(
        activities.select_related("organiser__centre").prefetch_related(
            "texts", "changes__new_venue"
        ),
        pk=pk,
    )
    if not may_change(user, activity):
        raise PermissionDenied
    starts_at = time_in_address(clock)
    planned = planned_for(activity, day_in_address(day))
    found = [one for one in planned if one.key.starts_at == starts_at]
    here = [one for one in found if one.state is not State.MOVED_AWAY] or found
    if not here:
        raise Http404
    return _own_date(here[0], house, {str(activity.pk): activity})


def rows_of(activity: Activity, day: date, starts_at: time) -> Iterable[OccurrenceChange]:
    """The row that says that the date differs, if there is one."""
    return [row for row in activity.changes.all() if (row.day, row.starts_at) == (day, starts_at)]


def session_of(house: House, room: Room, path: str, day: str, clock: str) -> OwnDate:
    """The labelled slot that begins then in the room. 404 where there is none."""
    planned = day_in_address(day), time_in_address(clock)
    if path not in CHANNELS:
        raise Http404
    found = ProgrammeOfMany(
        planned[0],
        planned[0],
        rooms=ServiceAtCentre.objects.filter(pk=room.place.pk),
    ).between()
    channel = f"{CHANNELS[path]}/"
    for occurrence in found:
        key = occurrence.key
        if (key.day, key.starts_at) == planned and key.what.startswith(channel):
            return OwnDate(occurrence, house, room)
    raise Http404


def day_in_address(text: str) -> date:
    """Of "2026-11-24". 404 if it is no day."""
    return _read(text, "%Y-%m-%d").date()


def time_in_address(text: str) -> time:
    """Of "1300". 404 if it is no time."""
    return _read(text, "%H%M").time()


def _read(text: str, form: str) -> datetime:
    try:
        read = datetime.strptime(text, form)  # noqa: DTZ007
    except ValueError:
        raise Http404 from None
    if read.strftime(form) != text:
        raise Http404
    return read
