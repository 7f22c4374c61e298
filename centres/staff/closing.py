"""Stäng i dag: two taps, and what was closed can be opened again."""

from datetime import date, datetime, time, timedelta
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from services.forms import ClockField, DayField
from services.staff_pages import staff_page
from services.versions import last_saved, version_of_row

from .. import hours_text as words
from .. import hours_values
from ..actions import already_closed, close, closed_beside, held, undo_closing, was_made
from ..house import House
from ..models import Channel, ExceptionSlot, FamilyCentre, ScheduleException, ServiceAtCentre
from ..permissions import may_change
from ..rooms import Room
from ..staff_words import exceptions_in_words
from .own import house_of, may_close_house, room_of
from .reason_form import ReasonForm
from .task_form import PhoneClockInput, PhoneDayInput
from .what_is_saved import change_in_words, last_saved_hours, today_in_words, version_of_day

Kind = ScheduleException.Kind
_DAY = timedelta(days=1)
_MIDNIGHT = time(0)


class Subject:
    """What is to be closed: a room, or the whole house where `room` is None."""

    def __init__(self, house: House, room: Room | None):
        self.house = house
        self.room = room
        self.rooms = [room] if room else house.rooms

    @property
    def target(self) -> ServiceAtCentre | FamilyCentre:
        return self.room.place if self.room else self.house.centre

    @property
    def name(self) -> str:
        """In a sentence: "öppna förskolan", "hela huset"."""
        return self.room.name_in_sentence if self.room else _now("hela huset")

    @property
    def beside_the_door(self) -> str:
        """How else a room with a door is reached in the rest of today: "telefontid", or ""."""
        if self.room is None or self.room.drop_in is None:
            return ""
        others = [c for c in self.room.contacts if not c.is_drop_in and c.sessions_left_today]
        return words.listed([words.lowered(str(channel.label)) for channel in others])

    @property
    def version(self) -> str:
        return version_of_day(self.house, self.rooms, self.house.today)

    @property
    def has_opened(self) -> bool:
        """Whether it has been open today already: then the day is not closed as a whole."""
        spans = self._spans_today
        return any(start <= self.house.at for start, _end in spans)

    @property
    def end_of_today(self) -> datetime:
        """The end of the last slot that starts today, at the earliest midnight."""
        midnight = timezone.make_aware(datetime.combine(self.house.today + _DAY, _MIDNIGHT))
        return max([midnight, *(end for _start, end in self._spans_today)])

    @property
    def _spans_today(self):
        channels = [channel for room in self.rooms for channel in room.contacts]
        return [span for c in channels for span in c.hours.day(self.house.today).spans]


class ClosingForm(ReasonForm):
    DAY, REST, CLOCK, DATES = "day", "rest", "clock", "dates"
    UNTIL = [
        (DAY, _("Hela dagen")),
        (REST, _("Resten av dagen, från nu")),
        (CLOCK, _("Från nu till klockan …")),
        (DATES, _("Från i dag till och med …")),
    ]
    until = forms.ChoiceField(label=_("Hur länge?"), choices=UNTIL, widget=forms.RadioSelect)
    closes_until = ClockField(label=_("Klockan"), widget=PhoneClockInput, required=False)
    last_day = DayField(label=_("Till och med"), widget=PhoneDayInput, required=False)
    only_door = forms.BooleanField(required=False)

    def __init__(self, data=None, *, subject: Subject, **kwargs):
        self.subject = subject
        self.now = timezone.localtime(subject.house.at).replace(second=0, microsecond=0)
        initial = {"until": self.REST if subject.has_opened else self.DAY, "reason": ""}
        task = f"close {subject.target.pk} {subject.house.today}"
        super().__init__(data, task=task, version=subject.version, initial=initial, **kwargs)
        self._ask_about_others(subject.beside_the_door)

    def _ask_about_others(self, others: str) -> None:
        if others:
            label = _now("Stäng bara dörren: %(others)s gäller ändå") % {"others": others}
            self.fields["only_door"].label = label
        else:
            del self.fields["only_door"]

    def clean(self):
        data = super().clean()
        until = data.get("until")
        self._needs(until == self.CLOCK, "closes_until", _now("Skriv till vilket klockslag."))
        self._needs(until == self.DATES, "last_day", _now("Välj den sista stängda dagen."))
        if until == self.CLOCK and data.get("closes_until") and not self._is_later_today():
            self.add_error("closes_until", _now("Klockslaget har redan varit. Välj ett senare."))
        if until == self.DATES and data.get("last_day") and data["last_day"] < self.now.date():
            self.add_error("last_day", _now("Dagen har redan varit. Välj en senare."))
        return data

    def _needs(self, is_chosen: bool, name: str, message: str) -> None:
        """A value beside the wrong choice is a slip that would close for longer than meant."""
        if name in self.errors:
            return
        value = self.cleaned_data.get(name)
        if is_chosen and value is None:
            self.add_error(name, message)
        if not is_chosen and value is not None:
            self.add_error(name, _now("Välj det här under ”Hur länge?”, eller töm fältet."))

    def _is_later_today(self) -> bool:
        until = self.cleaned_data["closes_until"]
        return until == _MIDNIGHT or until > self.now.time()

    def closing(self) -> ScheduleException:
        target = self.subject.target
        field = "centre" if isinstance(target, FamilyCentre) else "service_at_centre"
        until, today = self.cleaned_data["until"], self.now.date()
        in_part = until in (self.REST, self.CLOCK)
        return ScheduleException(
            id=self.key,
            channel=Channel.DROP_IN if self.cleaned_data.get("only_door") else "",
            kind=Kind.PART_CLOSED if in_part else Kind.CLOSED,
            first_day=today,
            last_day=self.cleaned_data["last_day"] if until == self.DATES else today,
            reason=self.cleaned_data["reason"],
            note=self.cleaned_data["note"],
            **{field: target},
        )

    def slots(self) -> list[ExceptionSlot]:
        """The hours that are cut away: from this minute, and never more than 24 hours."""
        until = self.cleaned_data["until"]
        if until not in (self.REST, self.CLOCK):
            return []
        closes_at = self.cleaned_data["closes_until"]
        if until == self.REST:
            end = min(self.subject.end_of_today, self.now + _DAY)
            closes_at = timezone.localtime(end).time()
        return [ExceptionSlot(opens_at=self.now.time(), closes_at=closes_at)]

    def in_words(self) -> str:
        closing = self.closing()
        value = hours_values.ScheduleException(
            closing.kind,
            closing.first_day,
            closing.last_day,
            tuple(slot.as_value() for slot in self.slots()),
            reason=str(closing.get_reason_display()) if closing.reason else "",
            note=closing.note,
        )
        return closing_words(value, self.subject.name, self.now.date())


def closing_words(closing: hours_values.ScheduleException, name: str, today: date) -> str:
    """ "Öppna förskolan har stängt hela dagen i dag, måndag 23 november (sjukdom)." """
    cause = words.cause_words(closing)
    said = {
        "name": words.capitalised(name),
        "when": _when(closing, today),
        "cause": f" ({cause})" if cause else "",
    }
    return _now("%(name)s har stängt %(when)s%(cause)s.") % said


def _when(closing: hours_values.ScheduleException, today: date) -> str:
    day = words.full_date(closing.first_day)
    first = _now("i dag, %(day)s") % {"day": day} if closing.first_day == today else day
    if closing.slots:
        cut = words.listed([words.cut_words(slot) for slot in closing.slots])
        rest = _now(" och resten av dagen") if closing.slots[-1].closes_at == _MIDNIGHT else ""
        return f"{cut}{rest} {first}"
    if closing.last_day is None:
        return _now("från %(day)s tills vidare") % {"day": day}
    if closing.last_day == closing.first_day:
        return _now("hela dagen %(day)s") % {"day": first}
    last = words.full_date(closing.last_day)
    return _now("från %(first)s till och med %(last)s") % {"first": first, "last": last}


# --- Pages -----------------------------------------------------------------------------------
@staff_page
def room_close(request: HttpRequest, slug: str, service: str) -> HttpResponse:
    return _close(request, slug, service)


@staff_page
def house_close(request: HttpRequest, slug: str) -> HttpResponse:
    return _close(request, slug, None)


def _close(request: HttpRequest, slug: str, service: str | None) -> HttpResponse:
    subject = _subject(request.user, slug, service)
    form = ClosingForm(request.POST or None, subject=subject, user=request.user)
    if form.is_valid():
        with held(subject.target):
            done = _save(request, form, _subject(request.user, slug, service))
        if done:
            return redirect("staff:change", slug, done)
    context = {
        "house": subject.house,
        "centre": subject.house.centre,
        "subject": subject,
        "form": form,
        "saved_today": today_in_words(subject.house, subject.rooms),
    }
    return render(request, "staff/closing_form.html", context)


def _subject(user, slug: str, service: str | None) -> Subject:
    """As it is now: asked once more while the hours are held."""
    house = house_of(user, slug, timezone.now())
    if service is None and not may_close_house(user, house):
        raise PermissionDenied
    return Subject(house, room_of(user, house, service) if service else None)


def _save(request: HttpRequest, form: ClosingForm, now: Subject):
    """The key of the row that says it is closed, or None where the form comes back."""
    if was_made(ScheduleException, form.key):
        return form.key
    same = already_closed(form.closing())
    if same:
        return same.pk
    if not form.is_made_from(now.version):
        form.show_conflict(
            now.version,
            saved=today_in_words(now.house, now.rooms),
            who=last_saved_hours(now.house, now.rooms),
            own=form.in_words(),
        )
        return None
    try:
        return close(closing=form.closing(), slots=form.slots(), by=request.user).pk
    except ValidationError as error:
        form.add_error(None, error.messages)
        return None


@staff_page
def change_detail(request: HttpRequest, slug: str, pk: UUID) -> HttpResponse:
    """What exactly is closed, until when, and what readers see now; here it can be undone."""
    house = house_of(request.user, slug, timezone.now())
    row = _exceptions_of(house).filter(pk=pk).first()
    if row is None:
        return _already_undone(request, house, pk)
    if request.method == "POST":
        return _undo(request, house, row)
    return _show(request, house, row)


def _show(request, house: House, row, *, is_changed: bool = False) -> HttpResponse:
    rooms = (
        [house.room_for(row.service_at_centre.service)] if row.service_at_centre else house.rooms
    )
    context = {
        "house": house,
        "centre": house.centre,
        "row": row,
        "what": _row_in_words(row, house),
        "beside": exceptions_in_words(closed_beside(row)),
        "rooms": rooms,
        "is_closing": row.kind in (Kind.CLOSED, Kind.PART_CLOSED),
        "may_undo": _may_undo(request.user, row, house),
        "version": version_of_row(row, "slots"),
        "is_changed": is_changed,
        "who": last_saved(row),
        "seconds": int(house.at.timestamp()),
    }
    return render(request, "staff/change_detail.html", context)


def _row_in_words(row: ScheduleException, house: House) -> str:
    room = house.room_for(row.service_at_centre.service) if row.service_at_centre else None
    name = room.name_in_sentence if room else _now("hela huset")
    if row.kind in (Kind.CLOSED, Kind.PART_CLOSED) and not row.channel:
        return closing_words(row.as_value(), name, house.today)
    when = words.date_range(row.first_day, row.last_day)
    return f"{words.capitalised(name)}, {when}: {change_in_words(row)}."


def _may_undo(user, row: ScheduleException, house: House) -> bool:
    """What began before today has been true of days gone by: it is changed, not removed."""
    return row.first_day >= house.today and may_change(user, row)


def _undo(request, house: House, row: ScheduleException) -> HttpResponse:
    if not may_change(request.user, row):
        raise PermissionDenied
    if row.first_day < house.today:
        raise Http404
    with held(row.service_at_centre or row.centre):
        row = _exceptions_of(house).filter(pk=row.pk).first()
        if row is None:
            return _already_undone(request, house, row)
        if request.POST.get("version") != version_of_row(row, "slots"):
            return _show(request, house, row, is_changed=True)
        removed = undo_closing(closing=row, by=request.user)
    also = exceptions_in_words(removed[1:])
    text = _now("Ångrat. Det som gällde förut gäller igen.")
    if also:
        text += " " + _now("Också borttaget: %(list)s.") % {"list": also}
    messages.success(request, text)
    return redirect("staff:centre", house.centre.slug)


def _already_undone(request, house: House, pk) -> HttpResponse:
    """Undoing twice is undoing once; a key that never was a row here is no page."""
    records = ScheduleException.history.filter(_of(house))
    if pk is not None and not records.filter(id=pk).exists():
        raise Http404
    messages.info(request, _now("Det är redan ångrat."))
    return redirect("staff:centre", house.centre.slug)


def _exceptions_of(house: House):
    rows = ScheduleException.objects.filter(_of(house)).prefetch_related("slots")
    return rows.select_related("centre", "service_at_centre__service", "service_at_centre__centre")


def _of(house: House) -> Q:
    rooms = [room.place.pk for room in house.rooms]
    return Q(centre=house.centre.pk) | Q(service_at_centre__in=rooms)
