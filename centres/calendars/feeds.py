"""The calendars that there are: of a house, a room, a service, an activity, and of single dates.

A calendar shows the days from two weeks back, so that what was just cancelled stays to be seen,
to half a year ahead. One that would hold very many dates begins today and holds the first of them.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import cached_property

from django.conf import settings
from django.db.models import Max, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from services.models import Service

from .. import hours_text as words
from ..finder_form import service_name
from ..first_of_many import first_of_many
from ..models import Activity, FamilyCentre, Revision, ServiceAtCentre
from ..programme_of_many import ProgrammeOfMany, planned_for
from ..programme_values import Occurrence
from ..whats_on.asked import Looked
from ..whats_on.page import ProgrammePage
from ..whats_on.sieve import sieve_of
from .entries import Entries
from .ical import calendar_file

BACK, AHEAD = timedelta(days=14), timedelta(days=180)
MOST = 1_000  # dates


@dataclass(frozen=True)
class Feed:
    """A calendar under the portal's `path`, of what is held on the days around `at`.

    `said` are sentences about it, besides those that every calendar has.
    """

    name: str
    path: str
    at: datetime
    activities: QuerySet
    rooms: QuerySet | None = None
    which: dict = field(default_factory=dict)
    keeps: Callable[[Occurrence], bool] = lambda occurrence: True
    said: tuple[str, ...] = ()

    @cached_property
    def content(self) -> bytes:
        """The file."""
        entries = Entries(filter(self.keeps, self._occurrences), self.at)
        return _file(self.name, self.path, entries, *self.said, self._cut_words)

    @cached_property
    def _occurrences(self) -> list[Occurrence]:
        if self._has_too_many:
            return first_of_many(self._programme(self._today), MOST)
        return self._programme(self._today - BACK).between()

    @cached_property
    def _has_too_many(self) -> bool:
        counts = self._programme(self._today - BACK).counts
        return sum(counts.values()) > MOST

    def _programme(self, first: date) -> ProgrammeOfMany:
        last = self._today + AHEAD
        which = {"activities": self.activities, "rooms": self.rooms, **self.which}
        return ProgrammeOfMany(first, last, **which)

    @property
    def _today(self) -> date:
        return timezone.localdate(self.at)

    @property
    def _cut_words(self) -> str:
        if not self._has_too_many:
            return ""
        return _(
            "Det är så mycket på gång att bara de närmaste tillfällena får plats. Välj färre saker "
            "på sidan ”Det händer” för att se längre fram."
        )


def _file(name: str, path: str, entries: Entries, *said: str) -> bytes:
    sentences = [
        _(
            "Familjecentraler i Göteborg. Tiderna kan ändras, och kalendern hämtas på nytt av sig "
            "själv."
        ),
        *said,
    ]
    if entries.has_examples:
        name = _("Exempel: %(name)s") % {"name": name}
        sentences.insert(0, _("Exempel: här finns påhittade uppgifter."))
    url = f"{settings.PUBLIC_URL}{path}"
    return calendar_file(name, " ".join(filter(None, sentences)), url, entries.all())


def last_modified(at: datetime) -> datetime:
    """When what calendars say was last changed; the days that they show change at midnight.

    Of all rooms, since one that is no longer in a calendar has changed it too.
    """
    midnight = timezone.localtime(at).replace(hour=0, minute=0, second=0, microsecond=0)
    changed_at = Revision.objects.aggregate(last=Max("changed_at"))["last"]
    return max(midnight, changed_at) if changed_at else midnight


# --- Which there are -----------------------------------------------------------------------------
def of_centre(centre: FamilyCentre, path: str, at: datetime) -> Feed:
    """What the rooms of a house hold there and elsewhere, alone and with others."""
    activities = Activity.objects.of_centre(centre)
    return Feed(centre.name, path, at, activities, centre.services_here.all())


def of_room(room: ServiceAtCentre, path: str, at: datetime) -> Feed:
    name = f"{service_name(room.service)} – {room.centre.name}"
    rooms = ServiceAtCentre.objects.filter(pk=room.pk)
    return Feed(name, path, at, Activity.objects.of_room(room), rooms)


def of_service(service: Service, path: str, at: datetime) -> Feed:
    """What a service holds in all houses that are listed, alone and with others."""
    sieve = sieve_of(Looked(service=service.slug), timezone.localdate(at))
    name = _("%(service)s i Göteborg") % {"service": service_name(service)}
    return Feed(name, path, at, sieve.activities, sieve.rooms)


def of_activity(activity: Activity, path: str, at: datetime) -> Feed:
    name = f"{activity} – {activity.organiser.centre.name}"
    return Feed(name, path, at, Activity.objects.filter(pk=activity.pk))


def of_programme(page: ProgrammePage) -> Feed:
    """What the page "Det händer" shows to who has chosen the same, whichever days it shows."""
    sieve, asked, chosen = page.sieve, page.asked, page.calendar_words
    unread = [*asked.unread, *([_("platsen")] if asked.place and page.spot is None else [])]
    lost = _("Vi förstod inte %(what)s i länken och bortser från det.")
    return Feed(
        _("Det händer: %(chosen)s") % {"chosen": chosen} if chosen else _("Det händer i Göteborg"),
        page.calendar_path,
        page.at,
        sieve.activities,
        sieve.rooms,
        {"slots": sieve.slots, "weekday": sieve.weekday},
        sieve.keeps,
        (lost % {"what": words.listed(unread)},) if unread else (),
    )


def of_date(
    activity: Activity, day: date, start: time | None, path: str, at: datetime
) -> bytes | None:
    """The file of what was planned for a date, wherever it is now; None where nothing was."""
    its = [one for one in planned_for(activity, day) if start in (None, one.key.starts_at)]
    return _file(str(activity), path, Entries(its, at)) if its else None
