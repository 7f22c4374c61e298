"""Helgdagar: every holiday, eve and squeeze day of a year ahead in one list, answered at once."""

from dataclasses import dataclass, field
from datetime import date, timedelta

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from services.forms import ClockField
from services.staff_pages import staff_page
from services.versions import last_saved

from .. import hours_text as words
from ..actions import clear_day, held, save_day
from ..channel_hours import ChannelHours
from ..holiday_calendar import holidays_around
from ..hours_values import Holiday, Why
from ..house import House
from ..models import Channel, ExceptionSlot, ScheduleException
from ..rooms import Room
from .own import house_of, own_rooms
from .task_form import Conflict, PhoneClockInput

DAYS_AHEAD = 365
Kind = ScheduleException.Kind
ANSWERS = (Kind.CLOSED, Kind.AS_USUAL, Kind.REPLACED)


@dataclass(frozen=True)
class Question:
    """A day on which a room would have hours, were it no holiday; `channel` "" is all of them."""

    day: date
    holiday: Holiday
    room: Room
    channels: tuple[ChannelHours, ...]
    channel: str = ""

    @property
    def prefix(self) -> str:
        return f"{self.day:%Y%m%d}-{self.room.service.slug}-{self.channel or 'alla'}"

    @property
    def label(self) -> str:
        if not self.channel:
            return self.room.name
        return f"{self.room.name}, {words.lowered(str(Channel(self.channel).label))}"

    @property
    def row(self) -> ScheduleException | None:
        """The answer that is saved."""
        rows = _answers(self.room, self.day)
        own = [row for row in rows if not self.channel or row.channel in ("", self.channel)]
        return min(own, key=lambda row: row.as_value().rank, default=None)

    @property
    def usual(self) -> str:
        """What the hours would be: "9–12", "9–12, telefontid 8–9"."""
        said = []
        for channel in self.channels:
            hours = " och ".join(words.short_span(slot) for slot in _slots(channel, self.day))
            name = "" if channel.is_drop_in else f"{words.lowered(str(channel.label))} "
            said.append(name + hours)
        return ", ".join(said)

    @property
    def is_unanswered(self) -> bool:
        """An eve or a squeeze day of which nobody has said anything: readers see just that."""
        return any(c.hours.day(self.day).why is Why.HOLIDAY_UNANSWERED for c in self.channels)

    @property
    def said(self) -> str:
        """What readers are told now."""
        if self.row:
            return words.exception_words(self.row.as_value())
        day = self.channels[0].hours.day(self.day)
        if day.exception:
            return words.exception_words(day.exception)
        return _now("inte svarat") if self.is_unanswered else _now("stängt, röd dag")

    @property
    def clashes(self) -> list[str]:
        """What else is said of the day, and would set the answer aside or be set aside by it."""
        centre = [
            e for e in self.room.place.centre.exceptions.all() if e.as_value().covers(self.day)
        ]
        wider = [
            e
            for e in self.room.place.exceptions.all()
            if e.as_value().covers(self.day)
            and e.first_day != e.last_day
            and e.channel in ("", *(c.channel for c in self.channels))
        ]
        return [
            _now("Hela huset: %(what)s") % {"what": words.exception_words(e.as_value())}
            for e in centre
        ] + [
            f"{words.capitalised(words.date_range(e.first_day, e.last_day))}: "
            f"{words.exception_words(e.as_value())}"
            for e in wider
        ]


def questions(rooms: list[Room], house: House) -> list[Question]:
    """In the order of the days, then of the rooms."""
    last = house.today + timedelta(days=DAYS_AHEAD)
    calendar = holidays_around(house.today)
    days = sorted(day for day in calendar if house.today <= day <= last)
    return [
        question
        for day in days
        for room in rooms
        for question in _questions(room, day, calendar[day])
    ]


def _questions(room: Room, day: date, holiday: Holiday) -> list[Question]:
    """One for the whole room; one for each way of contact once one of them has its own answer."""
    channels = tuple(c for c in room.contacts if _slots(c, day))
    if not channels:
        return []
    is_split = len(channels) > 1 and any(row.channel for row in _answers(room, day))
    if not is_split:
        return [Question(day, holiday, room, channels)]
    return [Question(day, holiday, room, (c,), c.channel) for c in channels]


def unanswered_days(rooms: list[Room], house: House) -> list[Question]:
    return [question for question in questions(rooms, house) if question.is_unanswered]


def _slots(channel: ChannelHours, day: date):
    schedule = channel.hours.schedule_on(day)
    return [slot for slot in schedule.slots if slot.occurs_on(day)] if schedule else []


def _answers(room: Room, day: date) -> list[ScheduleException]:
    """The room's own rows that decide just that day."""
    return [
        row
        for row in room.place.exceptions.all()
        if row.first_day == row.last_day == day and row.kind in ANSWERS
    ]


class AnswerForm(forms.Form):
    """The answer for one day; `seen` is the one that was there when the page was made."""

    CHOICES = [
        (Kind.CLOSED.value, _("Stängt")),
        (Kind.AS_USUAL.value, _("Som vanligt")),
        (Kind.REPLACED.value, _("Andra tider")),
    ]
    answer = forms.ChoiceField(label=_("Svar"), widget=forms.RadioSelect, required=False)
    opens_at = ClockField(label=_("Från"), widget=PhoneClockInput, required=False)
    closes_at = ClockField(label=_("Till"), widget=PhoneClockInput, required=False)
    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, data, question: Question):
        self.question = question
        self.conflict: Conflict | None = None
        super().__init__(data, prefix=question.prefix, initial=_initial(question.row))
        none = _("Stängt, röd dag") if question.holiday.public else _("Inte svarat")
        self.fields["answer"].choices = [("", none), *self.CHOICES]

    def clean(self):
        data = super().clean()
        opens_at, closes_at = data.get("opens_at"), data.get("closes_at")
        if data.get("answer") != Kind.REPLACED or self.errors:
            return data
        if opens_at is None or closes_at is None:
            self.add_error("opens_at", _now("Fyll i från när och till när det är öppet."))
        elif closes_at <= opens_at:
            self.add_error("closes_at", _now("Stängningstiden måste vara senare."))
        return data

    @property
    def chosen(self) -> str:
        """As `_as_text` writes an answer. Untouched hours of several slots stay as they were."""
        data = self.cleaned_data
        if data["answer"] != Kind.REPLACED:
            return data["answer"]
        text = f"{Kind.REPLACED} {data['opens_at']:%H:%M}-{data['closes_at']:%H:%M}"
        return data["seen"] if data["seen"].startswith(f"{text},") else text

    def must_save(self) -> bool:
        """Whether the person changed the answer; shows both where somebody else did meanwhile."""
        saved = _as_text(self.question.row)
        if self.chosen in (self.cleaned_data["seen"], saved):
            return False
        if saved != self.cleaned_data["seen"]:
            row = self.question.row
            self.conflict = Conflict(
                self.question.said, last_saved(row) if row else "", self.in_words()
            )
            self.data = self.data.copy()
            self.data[self.add_prefix("seen")] = saved
        return True

    def in_words(self) -> str:
        data = self.cleaned_data
        if data["answer"] == Kind.REPLACED:
            slot = ExceptionSlot(opens_at=data["opens_at"], closes_at=data["closes_at"])
            return _now("öppet %(hours)s") % {"hours": words.short_span(slot.as_value())}
        return words.lowered(str(dict(self.fields["answer"].choices)[data["answer"]]))

    def save(self, by) -> None:
        question, data = self.question, self.cleaned_data
        room = question.room.place
        scopes = (
            [question.channel]
            if question.channel
            else {r.channel for r in _answers(question.room, question.day)}
        )
        kind = data["answer"]
        # Other hours are said of one way of contact; the rest of the room is then asked about.
        channel = question.channel or (
            question.channels[0].channel if kind == Kind.REPLACED else ""
        )
        for scope in scopes:
            if not kind or scope != channel:
                clear_day(room=room, channel=scope, day=question.day, by=by)
        if not kind:
            return
        slots = []
        if kind == Kind.REPLACED:
            slots = [ExceptionSlot(opens_at=data["opens_at"], closes_at=data["closes_at"])]
        save_day(room=room, channel=channel, day=question.day, kind=kind, slots=slots, by=by)


def _as_text(row: ScheduleException | None) -> str:
    """ "closed", "replaced 09:00-12:00,13:00-15:00", or "" where there is no answer."""
    if row is None:
        return ""
    spans = ",".join(f"{s.opens_at:%H:%M}-{s.closes_at:%H:%M}" for s in row.slots.all())
    return f"{row.kind} {spans}".strip()


def _initial(row: ScheduleException | None) -> dict:
    slot = next(iter(row.slots.all()), None) if row else None
    return {
        "answer": row.kind if row else "",
        "opens_at": slot and slot.opens_at,
        "closes_at": slot and slot.closes_at,
        "seen": _as_text(row),
    }


@dataclass
class HolidayOnPage:
    """A day with the answers asked for, and what other services have said of theirs."""

    day: date
    name: str
    forms: list[AnswerForm] = field(default_factory=list)
    others: list[Question] = field(default_factory=list)

    @property
    def when(self) -> str:
        return words.capitalised(f"{words.weekday(self.day)} {words.day_with_year(self.day)}")


class HolidayPage:
    """All the days of a house for one person; `data` are their answers, if they have sent some."""

    def __init__(self, user, slug: str, data=None):
        self.house = house_of(user, slug, timezone.now())
        own = own_rooms(user, self.house)
        self.days: dict[date, HolidayOnPage] = {}
        for question in questions(self.house.rooms, self.house):
            name = words.capitalised(str(question.holiday.name))
            page = self.days.setdefault(question.day, HolidayOnPage(question.day, name))
            if question.room in own:
                page.forms.append(AnswerForm(data, question))
            else:
                page.others.append(question)

    @property
    def forms(self) -> list[AnswerForm]:
        return [form for day in self.days.values() for form in day.forms]

    @property
    def unanswered(self) -> int:
        return sum(form.question.is_unanswered for form in self.forms)

    def save(self, by) -> bool:
        """All that was changed, or nothing: then the forms say what is in the way."""
        valid = [form.is_valid() for form in self.forms]
        if not all(valid):
            return False
        changed = [form for form in self.forms if form.must_save()]
        if any(form.conflict for form in changed):
            return False
        saved = [_save(form, by) for form in changed]
        return all(saved)

    @property
    def is_refused(self) -> bool:
        return any(form.conflict or form.errors for form in self.forms if form.is_bound)


def _save(form: AnswerForm, by) -> bool:
    try:
        form.save(by)
    except ValidationError as error:
        form.add_error(None, error.messages)
        return False
    return True


@staff_page
def holiday_list(request: HttpRequest, slug: str) -> HttpResponse:
    page = HolidayPage(request.user, slug)
    if request.method == "POST":
        with held(page.house.centre):
            page = HolidayPage(request.user, slug, request.POST)
            is_saved = page.save(request.user)
            if not is_saved:
                transaction.set_rollback(True)
        if is_saved:
            messages.success(request, _now("Svaren är sparade. Läsarna ser dem nu."))
            return redirect("staff:holidays", slug)
    context = {"page": page, "house": page.house, "centre": page.house.centre}
    return render(request, "staff/holiday_list.html", context)
