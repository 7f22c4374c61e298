"""From occurrences of the programme to the events of a calendar, in constantly many queries.

An occurrence keeps its UID where it is moved: it stands at its new time, and where it was planned
to be only in a calendar that does not hold the new time.
"""

from collections.abc import Iterable
from datetime import UTC, datetime
from functools import cached_property
from uuid import UUID

from django.conf import settings

from ..finder_form import service_name
from ..models import Confirmation, Revision, Venue
from ..programme_values import Key, Occurrence, State
from ..whats_on.happening import Happening, happenings_of
from .entry_words import details, differing, heading, is_example, status_of
from .ical import Entry

UNCHANGED = datetime(2026, 1, 1, tzinfo=UTC)
"""For a room of which nothing has ever changed: iCalendar wants a moment."""
_STAFF, _LOCATION = Confirmation.Origin.STAFF, Confirmation.FactGroup.LOCATION


class Entries:
    """The events of some occurrences, at a moment."""

    def __init__(self, occurrences: Iterable[Occurrence], at: datetime):
        self.happenings = happenings_of(_once_each(occurrences), at)
        self._details: dict[tuple, str] = {}

    def all(self) -> list[Entry]:
        """In order of time."""
        return [self._entry(happening) for happening in self.happenings]

    @property
    def has_examples(self) -> bool:
        """Whether something in it is made up."""
        return any(map(is_example, self.happenings))

    def _entry(self, happening: Happening) -> Entry:
        occurrence, room = happening.occurrence, happening.organiser
        sequence, changed_at = self._revisions.get(room.pk, (0, UNCHANGED))
        return Entry(
            uid=occurrence.uid,
            sequence=sequence,
            changed_at=changed_at,
            starts=occurrence.starts,
            ends=occurrence.ends,
            status=status_of(occurrence),
            summary=heading(happening),
            description=self._description(happening),
            location=_location(happening),
            point=self._point(happening.venue or happening.centre),
            url=f"{settings.PUBLIC_URL}{happening.url}",
            categories=(service_name(room.service),),
        )

    def _description(self, happening: Happening) -> str:
        """What differs and why, then what holds for every date of an activity or a slot."""
        occurrence = happening.occurrence
        about = occurrence.key.owner, occurrence.slot, happening.is_struck
        if about not in self._details:
            self._details[about] = details(happening)
        return "\n\n".join(filter(None, [differing(happening), self._details[about]]))

    def _point(self, place) -> tuple[float, float] | None:
        """A house's only where staff have said that it is right: others are those of an area."""
        is_exact = isinstance(place, Venue) or place.pk in self._placed_by_staff
        if place.latitude is None or not is_exact:
            return None
        return float(place.latitude), float(place.longitude)

    # --- What is loaded besides --------------------------------------------------------------
    @cached_property
    def _revisions(self) -> dict[UUID, tuple[int, datetime]]:
        """By room how many times what calendars say of it has changed, and when last."""
        rooms = {happening.organiser.pk for happening in self.happenings}
        rows = Revision.objects.filter(pk__in=rooms).values_list("pk", "number", "changed_at")
        return {room: tuple(about) for room, *about in rows}

    @cached_property
    def _placed_by_staff(self) -> set[UUID]:
        houses = {happening.centre.pk for happening in self.happenings}
        rows = Confirmation.objects.filter(centre__in=houses, fact_group=_LOCATION, origin=_STAFF)
        return set(rows.values_list("centre", flat=True))


def _once_each(occurrences: Iterable[Occurrence]) -> list[Occurrence]:
    """Of one that was moved only where it is now, should that be there."""
    found: dict[Key, Occurrence] = {}
    for one in occurrences:
        if one.key not in found or one.state is not State.MOVED_AWAY:
            found[one.key] = one
    return sorted(found.values(), key=lambda one: one.order)


def _location(happening: Happening) -> str:
    """ "Stora rummet, Familjecentralen Hjällbo, Bondegatan 3, 424 33 Angered"."""
    place = happening.venue or happening.centre
    return ", ".join(filter(None, [happening.occurrence.room, place.name, place.address]))
