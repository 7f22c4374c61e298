"""Activities and series laid out for a new term, gone through before anybody relies on them."""

from collections.abc import Iterable
from datetime import date, timedelta
from uuid import uuid5

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from services.forms import DayField
from services.staff_pages import staff_page
from services.versions import version_of

from .. import hours_text as words
from ..actions import confirm_times, copy_to_term, held
from ..house import House
from ..models import Activity, Recurrence, ServiceAtCentre
from ..programme_of_many import ProgrammeOfMany
from ..programme_terms import shifted
from ..programme_values import Occurrence, State, Why
from ..room_clashes import clashes
from ..staff_words import days_in_words, long_year_warnings
from ..whats_on.words import spelled_out
from .activities import time_in_words
from .own import house_of
from .own_dates import ZONE, activities_of
from .task_form import PhoneDayInput, TaskForm

TERM = timedelta(weeks=20)  # whatever ends so long before the last time is of an earlier term
LONGEST = timedelta(days=400)


class Source:
    """An activity with the times of its latest term."""

    def __init__(self, activity: Activity):
        self.activity = activity
        rows = list(activity.recurrences.all())
        self.last_day = max((row.last_day for row in rows), default=date.min)
        self.times = [row for row in rows if row.last_day > self.last_day - TERM]
        self.first_day = min((row.first_day for row in self.times), default=date.max)

    def laid_out(self, first: date, last: date) -> list[tuple[str, str]]:
        """Each time in words with what it becomes, or "" where it would never come."""
        rows = {row.as_value(): row for row in self.times}
        pairs = shifted(rows, first, last)
        return [
            (time_in_words(rows[old]), time_in_words(_row(new)) if new else "")
            for old, new in pairs
        ]


def _row(rule) -> Recurrence:
    slot = rule.slot
    return Recurrence(
        first_day=rule.first_day,
        last_day=rule.last_day,
        weekday=slot.weekday,
        starts_at=slot.opens_at,
        ends_at=slot.closes_at,
        week_parity=slot.week_parity,
        nth_in_month=slot.nth_in_month,
    )


def sources_of(user, house: House) -> list[Source]:
    """What comes back term after term; a single event does not."""
    rows = activities_of(user, house).exclude(kind=Activity.Kind.ONE_OFF)
    loaded = rows.select_related("organiser__centre").prefetch_related("texts", "recurrences")
    found = [Source(row) for row in sorted(loaded, key=str)]
    return [source for source in found if source.times]


def not_yet_in(sources: Iterable[Source], first: date) -> list[Source]:
    """Those without times from `first` on."""
    return [source for source in sources if source.last_day < first]


class ActivityTermForm(TaskForm):
    CHECK, SAVE = "check", "save"
    first_day = DayField(label=_("Första dagen"), widget=PhoneDayInput)
    last_day = DayField(label=_("Sista dagen"), widget=PhoneDayInput)
    activities = forms.MultipleChoiceField(
        label=_("Ta med"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Kryssa i minst en aktivitet.")},
    )
    confirmed = forms.MultipleChoiceField(
        label=_("Jag har gått igenom tiderna: de stämmer"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    looked_at = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, data=None, *, sources: list[Source], user, house: House, asked: dict):
        self.sources = {str(source.activity.pk): source for source in sources}
        super().__init__(
            data,
            user=user,
            task=f"activities of a term {house.centre.pk}",
            version=version_of_sources(sources),
            initial=_new_dates(sources, house.today) | asked,
            label_suffix="",
        )
        choices = [(key, str(source.activity)) for key, source in self.sources.items()]
        self.fields["activities"].choices = self.fields["confirmed"].choices = choices
        first = self.initial.get("first_day") or house.today
        waiting = not_yet_in(sources, first)
        self.initial["activities"] = [str(source.activity.pk) for source in waiting]

    def clean(self):
        data = super().clean()
        first, last = data.get("first_day"), data.get("last_day")
        if first and last and last <= first:
            self.add_error("last_day", _now("Sista dagen måste vara efter den första."))
        elif first and last and last - first > LONGEST:
            self.add_error("last_day", _now("En termin kan vara högst ett drygt år."))
        return data

    @property
    def chosen(self) -> list[Source]:
        return [self.sources[key] for key in self.cleaned_data["activities"]]

    @property
    def mark(self) -> str:
        """Of what is looked at before it is saved."""
        data = self.cleaned_data
        return version_of(data["first_day"], data["last_day"], sorted(data["activities"]))

    def look_again(self) -> None:
        self._send_along("looked_at", self.mark)

    def copy(self, by) -> dict[str, list[Recurrence]]:
        """The new times by the key of their activity."""
        data = self.cleaned_data
        return {
            str(source.activity.pk): copy_to_term(
                activity=source.activity,
                recurrences=source.times,
                first_day=data["first_day"],
                last_day=data["last_day"],
                key=uuid5(self.key, str(source.activity.pk)),
                by=by,
            )
            for source in self.chosen
        }


def version_of_sources(sources: Iterable[Source]) -> str:
    return version_of(
        [(str(source.activity.pk), [row.as_value() for row in source.times]) for source in sources]
    )


def _new_dates(sources: list[Source], today: date) -> dict:
    """From the Monday after the last time of all, as long as they have lasted."""
    if not sources:
        return {}
    ended = max(source.last_day for source in sources)
    lasted = ended - min(source.first_day for source in sources)
    after = max(ended, today)
    first = after + timedelta(days=8 - after.isoweekday())
    return {"first_day": first, "last_day": first + min(lasted, LONGEST)}


class Review:
    """What to look at before the activities of a term are saved: tried, and taken back."""

    def __init__(self, form: ActivityTermForm, by, house: House):
        data = form.cleaned_data
        self.days = days_in_words(data["first_day"], data["last_day"])
        self.laid_out = [
            (source.activity, source.laid_out(data["first_day"], data["last_day"]))
            for source in form.chosen
        ]
        self.problems: list[str] = []
        self.room_clashes: list[str] = []
        self.unanswered: list[str] = []
        self.closed: list[str] = []
        with transaction.atomic():
            try:
                form.copy(by)
                self._look_at(form, house)
            except ValidationError as error:
                self.problems = error.messages
            transaction.set_rollback(True)
        alternates = any(
            row.week_parity != "every" for source in form.chosen for row in source.times
        )
        edges = data["first_day"], data["last_day"]
        self.warnings = long_year_warnings(*edges) if alternates else []

    def _look_at(self, form: ActivityTermForm, house: House) -> None:
        activities = Activity.objects.filter(organiser__centre=house.centre)
        found = ProgrammeOfMany(
            form.cleaned_data["first_day"],
            form.cleaned_data["last_day"],
            activities=activities,
            rooms=ServiceAtCentre.objects.none(),
        ).between()
        names = {str(row.pk): str(row) for row in activities.prefetch_related("texts")}
        chosen = set(form.cleaned_data["activities"])
        own = [one for one in found if one.key.owner in chosen]
        self.unanswered = [
            f"{_named(one, names)}: {one.holiday.name}"
            for one in own
            if one.why is Why.HOLIDAY_UNANSWERED and one.holiday
        ]
        self.closed = [_named(one, names) for one in own if one.state is State.SUSPENDED]
        self.room_clashes = [
            clash_words(one, other, names)
            for one, other in clashes(found)
            if chosen & {one.key.owner, other.key.owner}
        ]


def _named(one: Occurrence, names: dict[str, str]) -> str:
    when = words.capitalised(spelled_out(one, ZONE))
    return f"{when} {one.day.year}, {names[one.key.owner]}"


def clash_words(one: Occurrence, other: Occurrence, names: dict[str, str]) -> str:
    said = {
        "when": words.capitalised(spelled_out(other, ZONE)),
        "room": one.room,
        "one": names[one.key.owner],
        "other": names[other.key.owner],
    }
    return _now("%(when)s: %(one)s och %(other)s i samma rum, %(room)s") % said


@staff_page
def activity_term(request: HttpRequest, slug: str) -> HttpResponse:
    house = house_of(request.user, slug, timezone.now())
    asked = _asked(request)
    form = _form(request, house, asked)
    review = None
    if form.is_valid():
        with held(house.centre):
            form = _form(request, house, asked)
            if form.is_valid() and _save(request, form):
                return redirect("staff:centre", slug)
        if form.is_valid():
            form.look_again()
            review = Review(form, request.user, house)
    context = {"house": house, "centre": house.centre, "form": form, "review": review}
    return render(request, "staff/activity_term_form.html", context)


def _form(request: HttpRequest, house: House, asked: dict) -> ActivityTermForm:
    return ActivityTermForm(
        request.POST or None,
        sources=sources_of(request.user, house),
        user=request.user,
        house=house,
        asked=asked,
    )


def _asked(request: HttpRequest) -> dict:
    """The term in the address, if it can be read: that of the hours just copied."""
    days = {}
    for name, key in (("fran", "first_day"), ("till", "last_day")):
        try:
            days[key] = date.fromisoformat(request.GET.get(name, ""))
        except ValueError:
            return {}
    return days


def _save(request: HttpRequest, form: ActivityTermForm) -> bool:
    """Whether the times are saved; else the page comes back with what to look at."""
    if _is_saved(form):
        messages.info(request, _now("Terminen är redan sparad."))
        return True
    version = version_of_sources(form.sources.values())
    if not form.is_made_from(version):
        form.add_error(None, _now("Tiderna har ändrats sedan du tittade. Titta igenom dem igen."))
        form._send_along("version", version)
        return False
    is_looked_at = form.cleaned_data["looked_at"] == form.mark
    if request.POST.get("do") != form.SAVE or not is_looked_at:
        return False
    try:
        with transaction.atomic():
            new = form.copy(request.user)
            for key in set(form.cleaned_data["confirmed"]) & set(new):
                activity = form.sources[key].activity
                confirm_times(activity=activity, recurrences=new[key], by=request.user)
    except ValidationError:
        return False  # the review names the clash
    _tell(request, form, sum(map(len, new.values())))
    return True


def _is_saved(form: ActivityTermForm) -> bool:
    """Whether the form was sent before: its times have keys made of its ticket."""
    keys = [
        uuid5(uuid5(form.key, str(source.activity.pk)), str(row.pk))
        for source in form.sources.values()
        for row in source.activity.recurrences.all()
    ]
    return Recurrence.history.filter(id__in=keys).exists()


def _tell(request: HttpRequest, form: ActivityTermForm, count: int) -> None:
    text = ngettext("%(n)d tid är sparad.", "%(n)d tider är sparade.", count) % {"n": count}
    messages.success(request, text)
    if set(form.cleaned_data["activities"]) - set(form.cleaned_data["confirmed"]):
        more = _now("Det som inte är bekräftat står så hos läsarna tills ni bekräftar det.")
        messages.warning(request, more)


def after_hours(user, house: House, first: date, last: date | None) -> str:
    """Where to go on once the hours of a term are copied: "" if no activity waits for it."""
    if last is None or not not_yet_in(sources_of(user, house), first):
        return ""
    address = reverse("staff:activity_term", args=[house.centre.slug])
    return f"{address}?fran={first}&till={last}"
