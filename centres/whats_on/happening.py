"""Occurrences of the programme as readers meet them in a list, with what they are about."""

from collections.abc import Collection
from datetime import datetime
from functools import cached_property
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from services.languages import spoken

from .. import hours_text as words
from ..freshness import Freshness, freshness
from ..models import Activity, Channel, Confirmation, FamilyCentre, ForWhom, ServiceAtCentre, Venue
from ..programme_values import NOT_HERE, Occurrence
from .words import explanation, hours_words, spelled_out, status_word

_SIBLINGS = {
    "welcome": lambda: _("syskon är välkomna"),
    "not": lambda: _("inte för syskon"),
}


class Happening:
    """One occurrence and what it is: an activity, or a labelled slot of a room's hours.

    `organiser` is the room that holds it, with its service, house and confirmations loaded.
    """

    def __init__(
        self,
        occurrence: Occurrence,
        organiser: ServiceAtCentre,
        at: datetime,
        *,
        activity: Activity | None = None,
        venue: Venue | None = None,
    ):
        self.occurrence = occurrence
        self.organiser = organiser
        self.activity = activity
        self.venue = venue
        self.at = at
        self.zone = ZoneInfo(settings.TIME_ZONE)

    # --- What ----------------------------------------------------------------------------------
    @property
    def name(self) -> str:
        return str(self.activity) if self.activity else self.occurrence.slot.label

    @property
    def url(self) -> str:
        """The activity's page, or the room's place on the page of its house."""
        if self.activity:
            return self.activity.get_absolute_url()
        return f"{self.centre.get_absolute_url()}#{self.organiser.service.slug}"

    @property
    def centre(self) -> FamilyCentre:
        return self.organiser.centre

    @property
    def service_name(self) -> str:
        """Of a labelled slot whose room it is; an activity says so itself."""
        text = self.organiser.service.text
        return text.name if text and not self.activity else ""

    @property
    def service_kind(self) -> str:
        return self.organiser.service.kind

    @property
    def facts(self) -> list[str]:
        """For whom, language, siblings, cost and sign-up, as far as they are stated."""
        return facts_of(self.activity) if self.activity else self._facts_of_slot()

    def _facts_of_slot(self) -> list[str]:
        slot = self.occurrence.slot
        is_group = self.occurrence.key.what.startswith(f"{Channel.GROUP}/")
        facts = [
            words.ages(slot.min_age_months, slot.max_age_months),
            language_words([slot.language] if slot.language else []),
            siblings_words(slot.siblings),
            _("gratis") if self.organiser.service.is_free else "",
            _("grupp, fråga om plats") if is_group else _("utan anmälan"),
        ]
        return [fact for fact in facts if fact]

    # --- When ----------------------------------------------------------------------------------
    @property
    def day(self):
        return self.occurrence.day

    @property
    def hours(self) -> str:
        return hours_words(self.occurrence, self.zone)

    @property
    def when(self) -> str:
        """ "i dag 9.00–11.00", "torsdag 3 december 9.00–11.00"."""
        day = words.relative_day(self.day, timezone.localdate(self.at))
        return f"{day} {self.hours}"

    @property
    def spelled_out(self) -> str:
        """ "torsdag 3 december kl. 9.00–11.00"."""
        return spelled_out(self.occurrence, self.zone)

    @property
    def datetime(self) -> str:
        """For machines: "2026-12-03T09:00"."""
        return f"{self.occurrence.starts.astimezone(self.zone):%Y-%m-%dT%H:%M}"

    @property
    def is_now(self) -> bool:
        occurrence = self.occurrence
        return occurrence.happens and occurrence.starts <= self.at < occurrence.ends

    @property
    def is_struck(self) -> bool:
        return self.occurrence.state in NOT_HERE

    @property
    def status(self) -> str:
        return status_word(self.occurrence)

    @property
    def look(self) -> str:
        """How the status looks: "closed" for what is not held, else "soon"."""
        return "closed" if self.is_struck else "soon"

    @property
    def explanation(self) -> str:
        place = self.place_name if self.has_new_place else ""
        return explanation(self.occurrence, self.zone, place)

    # --- Where ---------------------------------------------------------------------------------
    @property
    def has_new_place(self) -> bool:
        return self.occurrence.venue != self.occurrence.planned_venue

    @property
    def place_name(self) -> str:
        return self.venue.name if self.venue else self.centre.name

    # --- How sure ------------------------------------------------------------------------------
    @cached_property
    def check_words(self) -> str:
        """What to do where it was confirmed 180 days ago or never, or ""."""
        if self.is_struck or not needs_check(self._confirmation, self.at):
            return ""
        return words.check_words(self.organiser.phone)

    @property
    def _confirmation(self) -> Confirmation | None:
        if self.activity:
            return confirmation_of_activities(self.organiser)
        channel = self.occurrence.key.what.partition("/")[0]
        return self.organiser.confirmation_of_hours(channel)


def confirmation_of_activities(room: ServiceAtCentre) -> Confirmation | None:
    group = Confirmation.FactGroup.ACTIVITIES
    return next((c for c in room.confirmations.all() if c.fact_group == group), None)


def needs_check(confirmation: Confirmation | None, at: datetime) -> bool:
    """Whether it was confirmed 180 days before `at`, earlier, or never."""
    confirmed_at = confirmation.confirmed_at if confirmation else None
    return freshness(confirmed_at, at) in (Freshness.NEVER, Freshness.STALE)


# --- Facts of an activity ------------------------------------------------------------------------
def facts_of(activity: Activity) -> list[str]:
    """For a list: for whom, language, siblings, cost and sign-up, as far as they are stated."""
    facts = [
        words.ages(activity.min_age_months, activity.max_age_months),
        _("för den som väntar barn") if activity.for_expectant_parents else "",
        group_words(activity.for_whom),
        language_words(activity.languages),
        siblings_words(activity.siblings),
        setting_words(activity),
        cost_words(activity),
        activity.get_admission_display(),
    ]
    return [fact for fact in facts if fact]


def group_words(codes: list[str]) -> str:
    """ "särskilt för pappor och unga föräldrar", or ""."""
    groups = [str(ForWhom(code).label) for code in codes]
    return _("särskilt för %(groups)s") % {"groups": words.listed(groups)} if groups else ""


def language_words(codes: list[str]) -> str:
    """ "på svenska och arabiska", or ""."""
    languages = words.listed([spoken(code) for code in codes])
    return _("på %(languages)s") % {"languages": languages} if languages else ""


def siblings_words(rule: str) -> str:
    return _SIBLINGS[rule]() if rule in _SIBLINGS else ""


def setting_words(activity: Activity) -> str:
    is_stated = activity.setting != Activity.Setting.UNSTATED
    return activity.get_setting_display() if is_stated else ""


def cost_words(activity: Activity) -> str:
    """ "gratis", "20 kronor", or "" where it is not known."""
    if activity.cost is None:
        return ""
    return _("%(n)d kronor") % {"n": activity.cost} if activity.cost else _("gratis")


# --- Loading -------------------------------------------------------------------------------------
def happenings_of(occurrences: Collection[Occurrence], at: datetime) -> list[Happening]:
    """Each occurrence with what it is about; a constant number of queries."""
    sessions = {one.key.owner for one in occurrences if one.is_session}
    owners = {one.key.owner for one in occurrences if not one.is_session}
    activities = _by_key(activities_shown().filter(pk__in=owners)) if owners else {}
    rooms = _by_key(rooms_shown().filter(pk__in=sessions)) if sessions else {}
    venues = _new_venues(occurrences)
    found = (_happening(one, activities, rooms, venues, at) for one in occurrences)
    return [happening for happening in found if happening]


def _happening(occurrence: Occurrence, activities, rooms, venues, at) -> Happening | None:
    """None where it has been taken away since."""
    if occurrence.is_session:
        room = rooms.get(occurrence.key.owner)
        return Happening(occurrence, room, at) if room else None
    activity = activities.get(occurrence.key.owner)
    if activity is None:
        return None
    is_usual = occurrence.venue is not None and occurrence.venue == str(activity.venue_id)
    venue = activity.venue if is_usual else venues.get(occurrence.venue)
    return Happening(occurrence, activity.organiser, at, activity=activity, venue=venue)


def _new_venues(occurrences: Collection[Occurrence]) -> dict[str, Venue]:
    """The places to which something is moved, by key."""
    keys = {one.venue for one in occurrences if one.venue and one.venue != one.planned_venue}
    return _by_key(Venue.objects.filter(pk__in=keys).prefetch_related("texts")) if keys else {}


def activities_shown() -> QuerySet:
    """With all that lists and pages show of them."""
    return Activity.objects.with_everything().prefetch_related("organiser__confirmations")


def rooms_shown() -> QuerySet:
    return ServiceAtCentre.objects.select_related(
        "service", "centre__district", "organisation"
    ).prefetch_related("service__texts", "confirmations")


def _by_key(rows: QuerySet) -> dict[str, object]:
    return {str(row.pk): row for row in rows}
