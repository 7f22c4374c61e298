"""New hours of one way of contact from a day on, such as another phone hour."""

from datetime import date, timedelta

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.forms import formset_factory
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from services.forms import DayField
from services.staff_pages import staff_page
from services.versions import version_of, who_and_when

from .. import hours_text as words
from .. import hours_values
from ..actions import change_week, held
from ..models import Schedule
from ..staff_words import days_in_words, schedule_in_words
from .hours import KEPT, channel_of
from .own import house_of, room_of
from .season import MOST_ROWS, TermSlotForm, kept_slots, week_row
from .task_form import PhoneDayInput, SlotFormSet, TaskForm

_ALONG = ("label", "week_parity", "nth_in_month", *KEPT)


class LastingSlotForm(TermSlotForm):
    """A weekday and its hours; what else is said of the slot comes along unseen."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in _ALONG:
            self.fields[name].widget = forms.HiddenInput()

    @property
    def shows_next_day(self) -> bool:
        return bool(self.errors or self.initial.get("ends_next_day"))


class WeekFormSet(SlotFormSet):
    def clean(self):
        if not any(self.errors) and not kept_slots(self):
            raise ValidationError(_now("Fyll i minst en tid."))


LastingSlots = formset_factory(
    LastingSlotForm, WeekFormSet, extra=2, can_delete=True, max_num=MOST_ROWS, validate_max=True
)


class LastingForm(TaskForm):
    first_day = DayField(label=_("Från och med"), widget=PhoneDayInput)

    def __init__(self, data=None, *, today: date, **kwargs):
        self.today = today
        next_monday = today + timedelta(days=8 - today.isoweekday())
        super().__init__(data, initial={"first_day": next_monday}, **kwargs)

    def clean_first_day(self):
        if self.cleaned_data["first_day"] < self.today:
            raise ValidationError(_now("Dagen har redan varit. Välj en senare."))
        return self.cleaned_data["first_day"]


class LastingPage:
    """The regular hours of a room and a way of contact, from today on."""

    def __init__(self, user, slug: str, service: str, path: str):
        self.house = house_of(user, slug, timezone.now())
        self.room = room_of(user, self.house, service)
        self.channel = channel_of(self.room, path)
        self.schedules = list(self.schedules_from(self.house.today))

    def schedules_from(self, day: date):
        rows = Schedule.objects.regular_from(self.room.place, self.channel.channel, day)
        return rows.prefetch_related("slots")

    @property
    def version(self) -> str:
        return version_of([row.as_value().in_order() for row in self.schedules])

    @property
    def first_rows(self) -> list[dict]:
        """What the week begins with: as it is today, or as it will first be."""
        return [week_row(slot) for row in self.schedules[:1] for slot in row.slots.all()]

    @property
    def later(self) -> list[str]:
        """The days of what has been laid already and gets the new hours too."""
        return [days_in_words(row.valid_from, row.valid_to) for row in self.schedules[1:]]

    @property
    def in_words(self) -> str:
        return "; ".join(map(schedule_in_words, self.schedules)) or _now("inga tider")

    @property
    def last_saved(self) -> str:
        place, channel = self.room.place.pk, self.channel.channel
        records = Schedule.history.filter(service_at_centre=place, channel=channel)
        return who_and_when(records.select_related("history_user").first())


@staff_page
def hours_from(request: HttpRequest, slug: str, service: str, channel: str) -> HttpResponse:
    page = LastingPage(request.user, slug, service, channel)
    form = LastingForm(
        request.POST or None,
        today=page.house.today,
        user=request.user,
        task=f"hours from {page.room.place.pk} {channel} {page.house.today}",
        version=page.version,
    )
    slots = LastingSlots(request.POST or None, initial=page.first_rows)
    if form.is_valid() and slots.is_valid():
        with held(page.room.place):
            now = LastingPage(request.user, slug, service, channel)
            if _save(request, form, slots, now):
                return redirect("staff:centre", slug)
    context = {
        "house": page.house,
        "centre": page.house.centre,
        "room": page.room,
        "channel": page.channel,
        "page": page,
        "form": form,
        "slots": slots,
    }
    return render(request, "staff/lasting_hours_form.html", context)


def _save(request: HttpRequest, form: LastingForm, slots, now: LastingPage) -> bool:
    rows, first_day = kept_slots(slots), form.cleaned_data["first_day"]
    week = hours_values.Schedule(first_day, None, tuple(row.as_value() for row in rows)).in_order()
    if _is_so(week, now):
        return _tell(request, now, week)
    if not form.is_made_from(now.version):
        own = f"{days_in_words(first_day, None)}: {words.week_sentence(week)}"
        form.show_conflict(now.version, saved=now.in_words, who=now.last_saved, own=own)
        return False
    try:
        change_week(
            room=now.room.place,
            channel=now.channel.channel,
            key=form.key,
            first_day=first_day,
            slots=rows,
            by=request.user,
        )
    except ValidationError as error:
        form.add_error(None, error.messages)
        return False
    return _tell(request, now, week)


def _is_so(week: hours_values.Schedule, now: LastingPage) -> bool:
    """Whether somebody has saved just these hours from that day on already."""
    saved = [row.as_value().in_order() for row in now.schedules_from(week.valid_from)]
    begins = bool(saved) and saved[0].valid_from == week.valid_from
    return begins and all(row.slots == week.slots for row in saved)


def _tell(request: HttpRequest, now: LastingPage, week: hours_values.Schedule) -> bool:
    said = {
        "channel": words.capitalised(str(now.channel.label)),
        "day": words.day_with_year(week.valid_from),
        "week": words.week_sentence(week),
    }
    text = _now("%(channel)s från och med %(day)s: %(week)s. Läsarna ser det från den dagen.")
    messages.success(request, text % said)
    return True
