"""Ny termin: a term copied to new dates, gone through before anybody relies on it."""

from datetime import date, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from django import forms
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.forms import formset_factory
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from services.forms import DayField
from services.staff_pages import staff_page
from services.versions import last_saved, version_of, version_of_row

from .. import hours_text as words
from .. import hours_values
from ..actions import copy_schedule, held, was_made
from ..forms import HOURS_FIELDS, HoursForm
from ..holiday_calendar import holidays_between
from ..hours_values import Day, Why
from ..house import House
from ..models import Schedule, TimeSlot
from ..opening_hours import OpeningHours
from ..permissions import may_change
from ..staff_words import days_in_words, long_year_warnings, schedule_in_words
from .activity_terms import after_hours
from .own import house_of, own_rooms
from .task_form import PhoneClockInput, PhoneDayInput, SlotFormSet, TaskForm

WEEK = timedelta(weeks=1)
YEAR = timedelta(weeks=52)
LONGEST = timedelta(days=400)
MOST_ROWS = 60
WEEKLY = ("weekday", "week_parity", "nth_in_month")


class TermSlotForm(HoursForm):
    class Meta(HoursForm.Meta):
        model = TimeSlot
        fields = (*WEEKLY, *HOURS_FIELDS)
        widgets = {"opens_at": PhoneClockInput, "closes_at": PhoneClockInput}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["weekday"].label = _("Dag")
        self.fields["label"].help_text = ""
        self.fields["siblings"].required = self.fields["week_parity"].required = False

    def clean_siblings(self):
        return self.cleaned_data["siblings"] or TimeSlot.Siblings.UNSTATED

    def clean_week_parity(self):
        return self.cleaned_data["week_parity"] or TimeSlot.WeekParity.EVERY

    @property
    def main_fields(self):
        return [self[name] for name in ("weekday", "week_parity", "opens_at", "closes_at", "label")]

    @property
    def more_fields(self):
        names = ("nth_in_month", "min_age_months", "max_age_months", "siblings", "language")
        return [self[name] for name in (*names, "ends_next_day")]


TermSlots = formset_factory(
    TermSlotForm, SlotFormSet, extra=1, can_delete=True, max_num=MOST_ROWS, validate_max=True
)


class TermForm(TaskForm):
    CHECK, SAVE = "check", "save"
    valid_from = DayField(label=_("Första dagen"), widget=PhoneDayInput)
    valid_to = DayField(label=_("Sista dagen"), widget=PhoneDayInput, required=False)
    ends_source = forms.BooleanField(
        label=_("Låt de gamla tiderna sluta dagen före"), required=False
    )
    is_confirmed = forms.BooleanField(
        label=_("Jag har gått igenom tiderna: de stämmer"),
        help_text=_("Utan krysset står det ”ring före besök” hos läsarna när terminen börjar."),
        required=False,
    )
    looked_at = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, data=None, *, source: Schedule, user, today: date):
        self.source = source
        super().__init__(
            data,
            user=user,
            task=f"term {source.pk}",
            version=version_of_row(source, "slots"),
            initial=_new_dates(source, today),
        )
        if source.kind == Schedule.Kind.SEASON:
            self.fields["valid_to"].required = True
            del self.fields["ends_source"]
        elif source.valid_to is None:
            self.fields["valid_to"].help_text = _("Tomt betyder tills vidare.")

    def clean(self):
        data = super().clean()
        first, last = data.get("valid_from"), data.get("valid_to")
        if first and last and last < first:
            self.add_error("valid_to", _now("Sista dagen ligger före första dagen."))
        if first and data.get("ends_source") and first <= self.source.valid_from:
            self.add_error("ends_source", _now("De nya tiderna börjar före de gamla."))
        return data

    def look_again(self, term: hours_values.Schedule) -> None:
        """What comes back is saved only if it is what is looked at now."""
        self._send_along("looked_at", version_of(term))

    def is_looked_at(self, term: hours_values.Schedule) -> bool:
        return self.cleaned_data["looked_at"] == version_of(term)

    def copy(self, slots: list[TimeSlot], by, at) -> Schedule:
        data = self.cleaned_data
        return copy_schedule(
            source=self.source,
            key=self.key,
            valid_from=data["valid_from"],
            valid_to=data["valid_to"],
            slots=slots,
            by=by,
            at=at,
            is_confirmed=data["is_confirmed"],
            ends_source=data.get("ends_source", False),
        )


def _new_dates(source: Schedule, today: date) -> dict:
    """The same weekdays: a season a year later, a term right after the old one.

    Old dates are moved by whole weeks, so that a term that began on a Monday does so again.
    """
    first, last = source.valid_from, source.valid_to
    if last is None:
        return {"valid_from": _next_monday(today), "valid_to": None, "ends_source": True}
    step = YEAR if source.kind == Schedule.Kind.SEASON else _whole_weeks(first, last)
    shift = step
    while first + shift <= today:
        shift += step
    return {"valid_from": first + shift, "valid_to": last + shift}


def _whole_weeks(first: date, last: date) -> timedelta:
    return WEEK * ((last - first).days // 7 + 1)


def _next_monday(today: date) -> date:
    return today + timedelta(days=8 - today.isoweekday())


class Review:
    """What to look at before a new term is saved."""

    def __init__(self, source: Schedule, new: hours_values.Schedule, clashes: list[str]):
        self.clashes = clashes
        self.week = words.week_sentence(new)
        self.dates = days_in_words(new.valid_from, new.valid_to)
        last = min(new.valid_to or date.max, new.valid_from + LONGEST)
        exceptions = source.service_at_centre.exceptions.touching(new.valid_from, last)
        of_house = source.service_at_centre.centre.exceptions.touching(new.valid_from, last)
        hours = OpeningHours(
            [new],
            [row.as_value() for row in (*exceptions, *of_house)],
            zone=ZoneInfo(settings.TIME_ZONE),
            holidays=holidays_between(new.valid_from.year - 1, last.year + 1),
            channel=source.channel,
        )
        days = hours.days(new.valid_from, (last - new.valid_from).days + 1)
        self.unanswered = [_holiday(day) for day in days if day.why is Why.HOLIDAY_UNANSWERED]
        self.closed = [_holiday(day) for day in days if day.why is Why.HOLIDAY]
        alternates = any(slot.week_parity != "every" for slot in new.slots)
        self.warnings = long_year_warnings(new.valid_from, last) if alternates else []


def _holiday(day: Day) -> str:
    name = day.holiday.name if day.holiday else ""
    return f"{words.capitalised(words.full_date(day.date))} {day.date.year}, {name}"


@staff_page
def term_list(request: HttpRequest, slug: str) -> HttpResponse:
    """Which of one's own terms to begin with."""
    house = house_of(request.user, slug, timezone.now())
    schedules = (
        Schedule.objects.filter(
            service_at_centre__in=[room.place.pk for room in own_rooms(request.user, house)]
        )
        .prefetch_related("slots")
        .order_by("-valid_from")
    )
    rooms = [
        (
            room,
            [
                (row, _row_in_words(row))
                for row in schedules
                if row.service_at_centre_id == room.place.pk
            ],
        )
        for room in own_rooms(request.user, house)
    ]
    return render(
        request, "staff/term_list.html", {"house": house, "centre": house.centre, "rooms": rooms}
    )


def _row_in_words(row: Schedule) -> tuple[str, str]:
    kind = "" if row.kind == Schedule.Kind.REGULAR else f"{_now('Säsong')}: "
    channel = words.capitalised(str(row.get_channel_display()))
    title = f"{channel}, {days_in_words(row.valid_from, row.valid_to)}"
    return title, kind + (words.week_sentence(row.as_value()) or _now("Stängt hela tiden"))


@staff_page
def term_copy(request: HttpRequest, slug: str, pk: UUID) -> HttpResponse:
    house = house_of(request.user, slug, timezone.now())
    source = _own_schedule(request.user, house, pk)
    form = TermForm(request.POST or None, source=source, user=request.user, today=house.today)
    slots = TermSlots(request.POST or None, initial=[week_row(slot) for slot in source.slots.all()])
    review = None
    if form.is_valid() and slots.is_valid():
        with held(source.service_at_centre):
            source = _own_schedule(request.user, house, pk)
            form.source = source
            if _save(request, form, slots, house):
                edges = form.cleaned_data["valid_from"], form.cleaned_data["valid_to"]
                more = after_hours(request.user, house, *edges)
                return redirect(more) if more else redirect("staff:centre", slug)
        review = _review(form, slots, request.user, house)
    context = {
        "house": house,
        "centre": house.centre,
        "source": source,
        "source_words": _row_in_words(source),
        "form": form,
        "slots": slots,
        "review": review,
    }
    return render(request, "staff/term_form.html", context)


def _own_schedule(user, house: House, pk: UUID) -> Schedule:
    rows = Schedule.objects.select_related(
        "service_at_centre__centre", "service_at_centre__service"
    )
    row = get_object_or_404(rows.prefetch_related("slots"), pk=pk)
    if row.service_at_centre.centre_id != house.centre.pk or not may_change(user, row):
        raise PermissionDenied
    return row


def week_row(slot: TimeSlot) -> dict:
    row = {name: getattr(slot, name) for name in (*WEEKLY, *HOURS_FIELDS)}
    return row | {"ends_next_day": slot.ends_next_day}


def kept_slots(slots) -> list[TimeSlot]:
    """New rows each time: trying a copy and saving it must not share them."""
    kept = [f.cleaned_data for f in slots.forms if f.cleaned_data and not f.cleaned_data["DELETE"]]
    return [TimeSlot(**{name: row[name] for name in (*WEEKLY, *HOURS_FIELDS)}) for row in kept]


def _save(request: HttpRequest, form: TermForm, slots, house: House) -> bool:
    """Whether the new term is saved; else the page comes back with what to look at."""
    if was_made(Schedule, form.key):
        messages.info(request, _now("Terminen är redan sparad."))
        return True
    version = version_of_row(form.source, "slots")
    if not form.is_made_from(version):
        form.show_conflict(
            version,
            saved=schedule_in_words(form.source),
            who=last_saved(form.source),
            own=words.week_sentence(_value(form, slots)),
        )
        return False
    wants_to_save = request.POST.get("do") == TermForm.SAVE
    if not wants_to_save or not form.is_looked_at(_value(form, slots)):
        return False
    try:
        copy = form.copy(kept_slots(slots), request.user, house.at)
    except ValidationError:
        return False  # the review names the clash
    _tell(request, copy)
    return True


def _tell(request: HttpRequest, copy: Schedule) -> None:
    said = {"days": days_in_words(copy.valid_from, copy.valid_to)}
    messages.success(request, _now("De nya tiderna är sparade för %(days)s.") % said)
    if copy.awaits_confirmation:
        text = _now("De är inte bekräftade än. Gör det under ”Stämmer det fortfarande?”.")
        messages.warning(request, text)


def _review(form: TermForm, slots, by, house: House) -> Review:
    term = _value(form, slots)
    form.look_again(term)
    return Review(form.source, term, _clashes(form, slots, by, house))


def _value(form: TermForm, slots) -> hours_values.Schedule:
    data = form.cleaned_data
    week = tuple(slot.as_value() for slot in kept_slots(slots))
    new = hours_values.Schedule(data["valid_from"], data["valid_to"], week, form.source.kind)
    return new.in_order()


def _clashes(form: TermForm, slots, by, house: House) -> list[str]:
    """What a save would be refused for: it is tried, and taken back."""
    try:
        with transaction.atomic():
            form.copy(kept_slots(slots), by, house.at)
            transaction.set_rollback(True)
    except ValidationError as error:
        return error.messages
    return []
