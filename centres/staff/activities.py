"""One's own activities: where each is changed, and a copy to begin a new one with."""

from datetime import date
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from services.staff_pages import staff_page

from ..actions import copy_activity, held, was_made
from ..house import House
from ..models import Activity, Recurrence
from ..permissions import may_change
from ..staff_words import days_in_words, long_year_warnings
from ..whats_on.words import recurring_words
from .own import house_of, own_rooms
from .own_dates import activities_of
from .task_form import TaskForm


class OwnActivity:
    """An activity as the one who holds it meets it on `today`."""

    def __init__(self, activity: Activity, today: date):
        self.activity = activity
        self.today = today
        self.times = list(activity.recurrences.all())

    @property
    def last_day(self) -> date:
        return max((time.last_day for time in self.times), default=date.min)

    @property
    def is_over(self) -> bool:
        return self.last_day < self.today

    @property
    def is_draft(self) -> bool:
        return self.activity.status == Activity.Status.DRAFT

    @property
    def awaits(self) -> bool:
        return any(time.awaits_confirmation for time in self.times)

    @property
    def when(self) -> list[str]:
        """The times that are not over, else all."""
        ahead = [time for time in self.times if time.last_day >= self.today]
        return [time_in_words(time) for time in ahead or self.times]

    @property
    def warnings(self) -> list[str]:
        """Where odd and even weeks lose their rhythm."""
        alternate = [time for time in self.times if time.week_parity != "every"]
        found = [
            warning
            for time in alternate
            if time.last_day >= self.today
            for warning in long_year_warnings(max(time.first_day, self.today), time.last_day)
        ]
        return list(dict.fromkeys(found))

    @property
    def url(self) -> str:
        return reverse("admin:centres_activity_change", args=[self.activity.pk])


def time_in_words(time: Recurrence) -> str:
    """ "Tisdagar 13–15, 1 september 2026 – 15 december 2026"."""
    days = days_in_words(time.first_day, time.last_day)
    said = recurring_words(time.as_value())
    hours = f"{time.starts_at:%H.%M}–{time.ends_at:%H.%M}"
    return f"{said}, {days}" if said else f"{days} {hours}"


@staff_page
def activity_list(request: HttpRequest, slug: str) -> HttpResponse:
    """Those that are held or will be, then those that are over, the latest first."""
    house = house_of(request.user, slug, timezone.now())
    rows = activities_of(request.user, house).prefetch_related("texts", "recurrences")
    found = sorted(
        (OwnActivity(row, house.today) for row in rows), key=lambda own: str(own.activity)
    )
    context = {
        "house": house,
        "centre": house.centre,
        "ahead": [own for own in found if not own.is_over],
        "over": sorted((own for own in found if own.is_over), key=lambda own: own.last_day)[::-1],
        "rooms": own_rooms(request.user, house),
        "ticket": _form(request, house)["ticket"].value(),
    }
    return render(request, "staff/activity_list.html", context)


def _form(request: HttpRequest, house: House, data=None) -> TaskForm:
    task = f"copy activity {house.centre.pk} {house.today}"
    return TaskForm(data, user=request.user, task=task)


@require_POST
@staff_page
def activity_copy(request: HttpRequest, slug: str, pk: UUID) -> HttpResponse:
    """Leads to the copy's own page; a second copy is made from a list that is fetched anew."""
    house = house_of(request.user, slug, timezone.now())
    activity = get_object_or_404(Activity.objects.of_centre(house.centre), pk=pk)
    if not may_change(request.user, activity):
        raise PermissionDenied
    form = _form(request, house, request.POST)
    if not form.is_valid():
        return redirect("staff:activities", slug)
    with held(activity.organiser):
        if not was_made(Activity, form.key):
            copy_activity(activity=activity, key=form.key, by=request.user)
    return redirect("admin:centres_activity_change", form.key)
