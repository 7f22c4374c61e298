"""A week of the house, room by room: what is held when, and what clashes."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from services.staff_pages import staff_page

from ..house import House
from ..models import Activity, ServiceAtCentre
from ..programme_of_many import ProgrammeOfMany
from ..programme_values import NOT_HERE, Occurrence
from ..room_clashes import clashes
from ..whats_on.words import hours_words, status_word
from .own import house_of
from .own_dates import ZONE

WEEK = timedelta(days=7)
FURTHEST = timedelta(weeks=104)


@dataclass(frozen=True)
class Entry:
    """One thing in a room on a day; `clashes` names what needs the room at the same time."""

    name: str
    hours: str
    organiser: str
    status: str
    is_struck: bool
    clashes: tuple[str, ...]


class WeekOfHouse:
    """The days from `monday` on, each room's in a row; asks a constant number of queries."""

    def __init__(self, house: House, monday: date):
        self.days = [monday + timedelta(days=n) for n in range(7)]
        activities = Activity.objects.filter(organiser__centre=house.centre)
        self.found = ProgrammeOfMany(
            monday,
            self.days[-1],
            activities=activities,
            rooms=ServiceAtCentre.objects.filter(centre=house.centre),
        ).between()
        loaded = activities.prefetch_related("texts")
        self._names = {str(row.pk): str(row) for row in loaded}
        rooms = {str(room.place.pk): room.name for room in house.rooms}
        owners = {str(row.pk): rooms.get(str(row.organiser_id), "") for row in loaded}
        self._organisers = rooms | owners
        self._clashes = clashes(self.found)

    @property
    def count_of_clashes(self) -> int:
        return len(self._clashes)

    @property
    def rows(self) -> list[tuple[str, list[tuple[date, list[Entry]]]]]:
        """By the name of the room what is held there each day; without a name last."""
        places: dict[tuple[bool, str], list[Occurrence]] = {}
        for one in self.found:
            places.setdefault(self._place(one), []).append(one)
        return [
            (
                name,
                [(day, [self._entry(one) for one in held if one.day == day]) for day in self.days],
            )
            for (_is_last, name), held in sorted(places.items())
        ]

    def _place(self, one: Occurrence) -> tuple[bool, str]:
        if one.venue is not None:
            return True, _("Annan plats")
        name = " ".join(one.room.split())
        return (False, name[:1].upper() + name[1:]) if name else (True, _("Inget rum angivet"))

    def _entry(self, one: Occurrence) -> Entry:
        others = [b if a is one else a for a, b in self._clashes if one is a or one is b]
        return Entry(
            self._name(one),
            hours_words(one, ZONE),
            self._organisers.get(one.key.owner, ""),
            status_word(one),
            one.state in NOT_HERE,
            tuple(f"{self._name(other)} {hours_words(other, ZONE)}" for other in others),
        )

    def _name(self, one: Occurrence) -> str:
        return one.slot.label if one.slot else self._names[one.key.owner]


@staff_page
def week(request: HttpRequest, slug: str) -> HttpResponse:
    house = house_of(request.user, slug, timezone.now())
    monday = _monday(request.GET.get("dag", ""), house.today)
    context = {
        "house": house,
        "centre": house.centre,
        "page": WeekOfHouse(house, monday),
        "monday": monday,
        "number": monday.isocalendar().week,
        "before": monday - WEEK,
        "after": monday + WEEK,
    }
    return render(request, "staff/week_grid.html", context)


def _monday(asked: str, today: date) -> date:
    """Of the week of the day asked for; of this one if it cannot be read or is years away."""
    try:
        day = date.fromisoformat(asked)
    except ValueError:
        day = today
    if abs(day - today) > FURTHEST:
        day = today
    return day - timedelta(days=day.isoweekday() - 1)
