"""Min familjecentral: what readers see now, and what one can do about it."""

from datetime import datetime, timedelta
from functools import cached_property

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from services import permissions as services_permissions
from services.models import (
    ConfidentialityFact,
    ConfidentialityFactText,
    Line,
    LineText,
    Service,
    ServiceText,
)
from services.staff_pages import staff_page

from .. import hours_text as words
from ..hours_values import State
from ..house import House
from ..models import FamilyCentre, ScheduleException, ServiceAtCentre
from ..permissions import feedback_open_to, may_change
from ..rooms import Room
from .confirming import facts_to_confirm
from .holidays import unanswered_days
from .hours import PATHS
from .overview import to_confirm
from .own import house_of, may_close_house, own_centres, own_rooms
from .own_dates import AHEAD, own_dates
from .what_is_saved import change_in_words, exceptions_on

CONFIRM_AFTER = timedelta(days=90)


class OwnRoom:
    """A room as the one who looks after it meets it today."""

    def __init__(self, house: House, room: Room):
        self.house = house
        self.room = room

    @property
    def changes(self) -> list[tuple[ScheduleException, str]]:
        """The rows of the room that change today, in words."""
        rows = [row for row in self._rows_today if row.service_at_centre_id]
        return [(row, words.capitalised(change_in_words(row))) for row in rows]

    @cached_property
    def _rows_today(self) -> list[ScheduleException]:
        return exceptions_on(self.house, [self.room], self.house.today)

    @property
    def can_close(self) -> bool:
        """Whether anything is or may be open in the rest of today."""
        return any(
            channel.status.is_open
            or channel.hours.day(self.house.today).state is State.UNKNOWN
            or channel.sessions_left_today
            for channel in self.room.contacts
        )

    @property
    def channels_to_change(self):
        """Each way of contact with its name in addresses and its hours today."""
        return [(c, PATHS[c.channel], self._hours_today(c)) for c in self.room.contacts]

    def _hours_today(self, channel) -> str:
        spans = channel.hours.day(self.house.today).spans
        zone = channel.hours.zone
        return words.listed([words.span_words(*span, zone) for span in spans])


class MyCentre:
    """The page of one house for one person, at a moment."""

    def __init__(self, house: House, user):
        self.house = house
        own = own_rooms(user, house)
        self.own_rooms = [OwnRoom(house, room) for room in own]
        self.other_rooms = [room for room in house.rooms if room not in own]
        self.may_close_house = house.receives_visitors and may_close_house(user, house)
        self.house_changes = [
            (row, words.capitalised(change_in_words(row)))
            for row in exceptions_on(house, [], house.today)
        ]
        dates = own_dates(user, house, own, house.today + AHEAD) if house.receives_visitors else []
        self.dates_today = [one for one in dates if one.occurrence.day == house.today]
        self.coming_dates = [one for one in dates if one not in self.dates_today]
        facts = facts_to_confirm(house, own)
        self.to_confirm = [fact for fact in facts if fact.is_due(house.at, CONFIRM_AFTER)]
        self.confirmed = [fact for fact in facts if fact not in self.to_confirm]
        self.unanswered = unanswered_days(own, house)
        self.notices = [(notice, may_change(user, notice)) for notice in house.notices]


@staff_page
def home(request: HttpRequest) -> HttpResponse:
    """To one's house where there is one; else one chooses."""
    centres = list(own_centres(request.user))
    if len(centres) == 1:
        return redirect("staff:centre", centres[0].slug)
    context = {
        "centres": centres,
        "texts": texts_of(request.user),
        "new_feedback": new_feedback(request.user),
        "to_confirm": to_confirm(request.user),
    }
    return render(request, "staff/home.html", context)


@staff_page
def centre(request: HttpRequest, slug: str) -> HttpResponse:
    at: datetime = timezone.now()
    house = house_of(request.user, slug, at)
    context = {
        "house": house,
        "centre": house.centre,
        "page": MyCentre(house, request.user),
        "seconds": int(at.timestamp()),
        "new_feedback": new_feedback(request.user),
    }
    return render(request, "staff/centre_today.html", context)


def texts_of(user) -> list[tuple[str, str]]:
    """What those who write about all centres write about, each with its list in the admin."""
    texts = {
        Service: services_permissions.may_change(user, ServiceText),
        Line: services_permissions.may_change(user, LineText),
        ConfidentialityFact: services_permissions.may_change(user, ConfidentialityFactText),
        FamilyCentre: user.translates,
        ServiceAtCentre: user.translates,
    }
    return [
        (
            words.capitalised(str(model._meta.verbose_name_plural)),
            reverse(f"admin:{model._meta.label_lower.replace('.', '_')}_changelist"),
        )
        for model, is_open in texts.items()
        if is_open
    ]


def new_feedback(user) -> int:
    """How many reports of readers await the person."""
    return feedback_open_to(user).new().count()
