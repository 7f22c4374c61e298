"""From occurrences of the programme to the events of a calendar, in constantly many queries.

An occurrence keeps its UID where it is moved: it stands at its new time, and where it was planned
to be only in a calendar that does not hold the new time.
"""

from collections.abc import Iterable
from datetime import UTC, datetime
from functools import cached_property
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.translation import gettext as _

from ..models import Activity, Confirmation, ServiceAtCentre, Venue
from ..programme_values import Key, Occurrence, State
from .entry_words import details_of_activity, details_of_slot, heading, said_of, status_of
from .ical import Entry

UNCHANGED = datetime(2026, 1, 1, tzinfo=UTC)
"""For a room of which nothing has ever changed: iCalendar wants a moment."""
_EXAMPLE = Confirmation.Origin.EXAMPLE


class Entries:
    """The events of some occurrences; seven queries."""

    def __init__(self, occurrences: Iterable[Occurrence]):
        self.occurrences = _once_each(occurrences)
        self.zone = ZoneInfo(settings.TIME_ZONE)
        self._details: dict[tuple, str] = {}

    def all(self) -> list[Entry]:
        """In order of time."""
        return [self._entry(occurrence) for occurrence in self.occurrences]

    @property
    def has_examples(self) -> bool:
        """Whether something in it is made up."""
        return any(self._is_example(room) for room in self._rooms.values())

    def _entry(self, occurrence: Occurrence) -> Entry:
        room = self._room(occurrence)
        venue = self._venues.get(occurrence.venue) if occurrence.venue else None
        place = venue or room.centre
        revision = getattr(room, "revision", None)
        is_elsewhere = occurrence.venue != occurrence.planned_venue
        return Entry(
            uid=occurrence.uid,
            sequence=revision.number if revision else 0,
            changed_at=revision.changed_at if revision else UNCHANGED,
            starts=occurrence.starts,
            ends=occurrence.ends,
            status=status_of(occurrence),
            summary=heading(occurrence, self._name(occurrence), place.name),
            description=said_of(
                occurrence,
                self.zone,
                place.name if is_elsewhere else "",
                self._details_of(occurrence, room),
            ),
            location=_location(occurrence, place),
            point=_point(place),
            url=_address(room),
            categories=(_service_name(room),),
        )

    # --- What it is --------------------------------------------------------------------------
    def _room(self, occurrence: Occurrence) -> ServiceAtCentre:
        owner = occurrence.key.owner
        return self._rooms[owner if occurrence.slot else str(self._activities[owner].organiser_id)]

    def _name(self, occurrence: Occurrence) -> str:
        if occurrence.slot:
            return occurrence.slot.label
        return str(self._activities[occurrence.key.owner])

    def _details_of(self, occurrence: Occurrence, room: ServiceAtCentre) -> str:
        """The same for all dates of an activity, and of a slot."""
        about = occurrence.key.owner, occurrence.slot
        if about not in self._details:
            activity = self._activities.get(occurrence.key.owner)
            details = details_of_activity(activity) if activity else ""
            if occurrence.slot:
                details = details_of_slot(occurrence.slot)
            parts = [details, self._source(room)]
            self._details[about] = "\n\n".join(filter(None, parts))
        return self._details[about]

    def _source(self, room: ServiceAtCentre) -> str:
        """Who holds it, how to ask them, and that an example is one."""
        told = [f"{_service_name(room)}, {room.centre.name}."]
        if room.phone:
            told.append(_("Telefon: %(phone)s.") % {"phone": room.phone})
        if self._is_example(room):
            told.append(_("Exempel: uppgifterna är påhittade."))
        return " ".join(told)

    def _is_example(self, room: ServiceAtCentre) -> bool:
        return any(row.origin == _EXAMPLE for row in room.confirmations.all())

    # --- What is loaded ----------------------------------------------------------------------
    @cached_property
    def _activities(self) -> dict[str, Activity]:
        keys = {one.key.owner for one in self.occurrences if not one.slot}
        rows = Activity.objects.filter(pk__in=keys).prefetch_related("texts") if keys else ()
        return {str(activity.pk): activity for activity in rows}

    @cached_property
    def _rooms(self) -> dict[str, ServiceAtCentre]:
        keys = {one.key.owner for one in self.occurrences if one.slot}
        keys |= {str(activity.organiser_id) for activity in self._activities.values()}
        rows = (
            ServiceAtCentre.objects.filter(pk__in=keys)
            .select_related("service", "centre", "revision")
            .prefetch_related("service__texts", "confirmations", "centre__confirmations")
        )
        return {str(room.pk): room for room in rows}

    @cached_property
    def _venues(self) -> dict[str, Venue]:
        keys = {one.venue for one in self.occurrences if one.venue}
        return {str(venue.pk): venue for venue in Venue.objects.filter(pk__in=keys)}


def _once_each(occurrences: Iterable[Occurrence]) -> list[Occurrence]:
    """Of one that was moved only where it is now, should that be there."""
    found: dict[Key, Occurrence] = {}
    for one in occurrences:
        if one.key not in found or one.state is not State.MOVED_AWAY:
            found[one.key] = one
    return sorted(found.values(), key=lambda one: one.order)


def _service_name(room: ServiceAtCentre) -> str:
    return room.service.text.name if room.service.text else str(room.service)


def _address(room: ServiceAtCentre) -> str:
    return f"{settings.PUBLIC_URL}{room.centre.get_absolute_url()}#{room.service.slug}"


def _location(occurrence: Occurrence, place) -> str:
    """ "Stora rummet, Familjecentralen Hjällbo, Bondegatan 3, 424 33 Angered"."""
    return ", ".join(filter(None, [occurrence.room, place.name, place.address]))


def _point(place) -> tuple[float, float] | None:
    """A house's only where staff have said that it is right: the others are those of an area."""
    if place.latitude is None or not (isinstance(place, Venue) or _is_placed_by_staff(place)):
        return None
    return float(place.latitude), float(place.longitude)


def _is_placed_by_staff(centre) -> bool:
    rows = centre.confirmations.all()
    return any((c.fact_group, c.origin) == ("location", Confirmation.Origin.STAFF) for c in rows)

