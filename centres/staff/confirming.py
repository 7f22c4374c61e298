"""Stämmer det fortfarande? Facts to confirm one by one, each with what it says now."""

import logging
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from services.staff_pages import staff_page
from services.versions import version_of

from .. import hours_text as words
from ..actions import confirm, held
from ..freshness import confirmed_by_staff
from ..house import House
from ..models import Activity, Channel, Confirmation, FamilyCentre, ServiceAtCentre
from ..provenance import OF_A_HOUSE, OF_A_SERVICE
from ..rooms import Room
from ..staff_words import days_in_words
from .own import house_of, own_rooms

logger = logging.getLogger(__name__)
Group = Confirmation.FactGroup


@dataclass(frozen=True)
class Fact:
    """A group of facts of a house or a room: what it is, what it says and who confirmed it."""

    target: FamilyCentre | ServiceAtCentre
    group: str
    label: str
    value: str
    confirmation: Confirmation | None
    channel: str = ""
    awaits: bool = False

    @property
    def is_empty(self) -> bool:
        """Nothing is said, so there is nothing to vouch for."""
        return self.value == ""

    @property
    def where_to_change(self) -> str:
        if self.group == Group.HOURS:
            rows = reverse("admin:centres_schedule_changelist")
            return f"{rows}?service_at_centre__centre__id__exact={self.target.centre_id}"
        if self.group == Group.ACTIVITIES:
            rows = reverse("admin:centres_activity_changelist")
            return f"{rows}?organiser__centre__id__exact={self.target.centre_id}"
        model = self.target._meta.model_name
        return reverse(f"admin:centres_{model}_change", args=[self.target.pk])

    @property
    def key(self) -> str:
        return f"{self.target.pk} {self.group} {self.channel}".strip()

    @property
    def version(self) -> str:
        """Of what is confirmed: nobody vouches for what has changed since they looked."""
        return version_of(self.value)

    @property
    def confirmed_at(self) -> datetime | None:
        return confirmed_by_staff(self.confirmation)

    def is_due(self, at: datetime, after: timedelta) -> bool:
        return self.awaits or self.confirmed_at is None or at - self.confirmed_at >= after

    @property
    def when(self) -> str:
        if self.awaits:
            return _("nya tider som ingen har bekräftat")
        if self.confirmed_at is None:
            return _("aldrig bekräftat av er")
        said = {"day": words.day_with_year(timezone.localdate(self.confirmed_at))}
        if self.confirmation.confirmed_by is None:
            return _("bekräftat %(day)s") % said
        return _("bekräftat %(day)s av %(who)s") % (said | {"who": self.confirmation.confirmed_by})

    def is_confirmed_by(self, user, at: datetime) -> bool:
        """Whether that person has said so today already."""
        is_today = self.confirmed_at and timezone.localdate(
            self.confirmed_at
        ) == timezone.localdate(at)
        return bool(not self.awaits and is_today and self.confirmation.confirmed_by_id == user.pk)


def facts_to_confirm(house: House, rooms: list[Room]) -> list[Fact]:
    """Those of the house, then those of the rooms that a person looks after."""
    activities = _activities_of(rooms, house.today)
    of_rooms = (
        fact for room in rooms for fact in [*_of_room(room), *_of_activities(room, activities)]
    )
    return [*_of_house(house), *of_rooms]


def _activities_of(rooms: list[Room], today: date) -> list[Activity]:
    """Those that the rooms organise and that are not over, with their times; three queries."""
    activities = Activity.objects.not_over(today).filter(organiser__in=[r.place for r in rooms])
    return list(activities.prefetch_related("texts", "recurrences"))


def _of_activities(room: Room, activities: list[Activity]) -> list[Fact]:
    """Nothing while there are none."""
    own = [activity for activity in activities if activity.organiser_id == room.place.pk]
    if not own:
        return []
    said = {(row.fact_group, row.channel): row for row in room.place.confirmations.all()}
    times = [time for activity in own for time in activity.recurrences.all()]
    return [
        Fact(
            room.place,
            Group.ACTIVITIES,
            f"{room.name}: {OF_A_SERVICE[Group.ACTIVITIES]}",
            _listed(sorted(_activity_in_words(activity, room.today) for activity in own)),
            said.get((Group.ACTIVITIES, "")),
            awaits=any(time.awaits_confirmation for time in times),
        )
    ]


def _activity_in_words(activity: Activity, today: date) -> str:
    """ "Babycafé (tisdag 13.00–15.00, 1 september 2026 – 15 december 2026)"."""
    times = [
        f"{time}, {days_in_words(time.first_day, time.last_day)}"
        for time in activity.recurrences.all()
        if time.last_day >= today
    ]
    return f"{activity} ({'; '.join(times)})"


def _of_house(house: House) -> list[Fact]:
    confirmations = {row.fact_group: row for row in house.centre.confirmations.all()}
    said = {
        Group.EXISTENCE: house.names_of_services,
        Group.LOCATION: _listed([house.centre.address, house.centre.stop_name]),
        Group.FIRST_VISIT: _listed(
            [
                f"{label}: {_('ja') if answer else _('nej')}"
                for label, answer in [*house.first_visit, *house.accessibility]
            ]
        ),
    }
    return [
        Fact(
            house.centre,
            group,
            words.capitalised(str(label)),
            said[group],
            confirmations.get(group),
        )
        for group, label in OF_A_HOUSE.items()
    ]


def _of_room(room: Room) -> list[Fact]:
    place = room.place
    confirmations = {(row.fact_group, row.channel): row for row in place.confirmations.all()}
    contact = _listed([place.phone, place.email, place.booking_url])
    hours = [
        Fact(
            place,
            Group.HOURS,
            f"{room.name}: {Channel(channel.channel).label}",
            _week(channel),
            confirmations.get((Group.HOURS, channel.channel)),
            channel.channel,
            any(schedule.awaits_confirmation for schedule in channel.hours.schedules),
        )
        for channel in room.channels
    ]
    others = [
        Fact(
            place,
            group,
            f"{room.name}: {OF_A_SERVICE[group]}",
            value,
            confirmations.get((group, "")),
        )
        for group, value in ((Group.CONTACT, contact), (Group.EXISTENCE, room.name))
    ]
    return [*hours, *others]


def _week(channel) -> str:
    """The week in force, and those to come."""
    coming = [
        f"{words.date_range(schedule.valid_from, schedule.valid_to)}: "
        f"{words.week_sentence(schedule)}"
        for schedule in channel.hours.schedules
        if schedule.valid_from > channel.today
    ]
    return _listed([channel.usual, *coming])


def _listed(values: list[str]) -> str:
    return " · ".join(value for value in values if value)


@require_POST
@staff_page
def fact_confirm(request: HttpRequest, slug: str) -> HttpResponse:
    house = house_of(request.user, slug, timezone.now())
    with held(house.centre):
        house = house_of(request.user, slug, timezone.now())
        facts = facts_to_confirm(house, own_rooms(request.user, house))
        key = request.POST.get("fact", "")
        fact = next((fact for fact in facts if fact.key == key), None)
        _confirm(request, fact, house.at)
    return redirect(f"{reverse('staff:centre', args=[slug])}#stammer")


def _confirm(request: HttpRequest, fact: Fact | None, at: datetime) -> None:
    if fact is None:
        logger.warning("Account %s confirmed what is not theirs", request.user.pk)
        messages.error(request, _("Uppgiften finns inte längre, eller är inte din att bekräfta."))
    elif fact.is_empty or request.POST.get("version") != fact.version:
        text = _("%(label)s har ändrats sedan du tittade. Nu står det: %(value)s. Stämmer det?")
        said = {"label": fact.label, "value": fact.value or _("inget")}
        messages.warning(request, text % said)
    else:
        if not fact.is_confirmed_by(request.user, at):
            confirm(
                target=fact.target,
                fact_group=fact.group,
                channel=fact.channel,
                at=at,
                by=request.user,
            )
        messages.success(request, _("Bekräftat i dag: %(label)s.") % {"label": fact.label})
