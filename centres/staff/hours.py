"""Today's hours of one way of contact: other hours for one day, and then as usual again."""

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.forms import formset_factory
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from services.staff_pages import staff_page

from .. import hours_text as words
from ..actions import held, save_day, was_made
from ..channel_hours import ChannelHours, about
from ..forms import HOURS_FIELDS, HoursForm
from ..hours_values import Slot
from ..models import Channel, ExceptionSlot, ScheduleException
from ..rooms import Room
from .own import house_of, room_of
from .task_form import PhoneClockInput, SlotFormSet, TaskForm
from .what_is_saved import (
    change_in_words,
    exceptions_on,
    last_saved_hours,
    today_in_words,
    version_of_day,
)

# As the address says them.
CHANNELS = {"oppet": Channel.DROP_IN, "telefon": Channel.PHONE, "digitalt": Channel.DIGITAL}
PATHS = {channel: path for path, channel in CHANNELS.items()}
MOST_ROWS = 12
KEPT = ("min_age_months", "max_age_months", "siblings", "language")


class TodaySlotForm(HoursForm):
    """A slot of today; for whom it is comes along unseen, the rest can be changed."""

    class Meta(HoursForm.Meta):
        model = ExceptionSlot
        widgets = {
            "opens_at": PhoneClockInput,
            "closes_at": PhoneClockInput,
            **dict.fromkeys(KEPT, forms.HiddenInput),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["label"].help_text = ""
        self.fields["label"].label = _("Vad (kan lämnas tomt)")
        self.fields["siblings"].required = False

    def clean_siblings(self):
        return self.cleaned_data["siblings"] or ExceptionSlot.Siblings.UNSTATED

    @property
    def shows_next_day(self) -> bool:
        return bool(self.errors or self.initial.get("ends_next_day"))


TodaySlots = formset_factory(
    TodaySlotForm, SlotFormSet, extra=1, can_delete=True, max_num=MOST_ROWS, validate_max=True
)


def as_row(slot: Slot) -> dict:
    """What the form of a slot begins with."""
    row = {name: getattr(slot, name) for name in HOURS_FIELDS}
    return row | {"ends_next_day": slot.closes_at <= slot.opens_at}


class TodayPage:
    """The hours today of a room and a way of contact, as they are now."""

    def __init__(self, user, slug: str, service: str, path: str):
        self.house = house_of(user, slug, timezone.now())
        self.room = room_of(user, self.house, service)
        self.channel = channel_of(self.room, path)

    @property
    def version(self) -> str:
        return version_of_day(self.house, [self.room], self.house.today)

    @property
    def slots(self) -> list[Slot]:
        """Those of today; on a holiday that has no answer the usual ones."""
        return slots_of_day(self.channel, self.house.today)

    @property
    def other_changes(self) -> list[str]:
        """What else holds today, and would cut these hours or set them aside."""
        own = {ScheduleException.Kind.REPLACED, ScheduleException.Kind.AS_USUAL}
        return [
            words.capitalised(change_in_words(row))
            for row in exceptions_on(self.house, [self.room], self.house.today)
            if row.kind not in own and row.channel in ("", self.channel.channel)
        ]

    @property
    def replaced_by(self) -> ScheduleException | None:
        """What gives this way of contact other hours today already."""
        rows = exceptions_on(self.house, [self.room], self.house.today)
        kind = ScheduleException.Kind.REPLACED
        own = (row for row in rows if row.kind == kind)
        return next((row for row in own if row.channel == self.channel.channel), None)

    @property
    def closed_by(self) -> ScheduleException | None:
        """What closes just this room today, and would win over other hours."""
        rows = exceptions_on(self.house, [self.room], self.house.today)
        kind = ScheduleException.Kind.CLOSED
        own = [
            row
            for row in rows
            if row.service_at_centre_id
            and row.kind == kind
            and row.channel in ("", self.channel.channel)
        ]
        return next((row for row in own if row.first_day == row.last_day), None)


def channel_of(room: Room, path: str) -> ChannelHours:
    """The way of contact that an address names. 404 where the room has no such."""
    found = next((c for c in room.contacts if c.channel == CHANNELS.get(path)), None)
    if found is None:
        raise Http404
    return found


def slots_of_day(channel: ChannelHours, day) -> list[Slot]:
    found = channel.hours.day(day)
    return [entry.slot for entry in found.entries] or list(found.usual)


@staff_page
def hours_today(request: HttpRequest, slug: str, service: str, channel: str) -> HttpResponse:
    page = TodayPage(request.user, slug, service, channel)
    if page.closed_by:
        messages.info(request, _now("Här är stängt i dag. Ångra det först, så går det att ändra."))
        return redirect("staff:change", slug, page.closed_by.pk)
    today = page.house.today
    task = f"hours {page.room.place.pk} {channel} {today}"
    form = TaskForm(request.POST or None, user=request.user, task=task, version=page.version)
    slots = TodaySlots(request.POST or None, initial=[as_row(slot) for slot in page.slots])
    if form.is_valid() and slots.is_valid():
        with held(page.room.place):
            done = _save(request, form, slots, TodayPage(request.user, slug, service, channel))
        if done:
            return redirect("staff:change", slug, done)
    context = {
        "house": page.house,
        "centre": page.house.centre,
        "room": page.room,
        "channel": page.channel,
        "page": page,
        "form": form,
        "slots": slots,
    }
    return render(request, "staff/hours_form.html", context)


def _save(request: HttpRequest, form: TaskForm, slots, now: TodayPage):
    if was_made(ScheduleException, form.key):
        return form.key
    rows = _kept(slots)
    if now.replaced_by and _values(now.replaced_by.slots.all()) == _values(rows):
        return now.replaced_by.pk
    if not form.is_made_from(now.version):
        form.show_conflict(
            now.version,
            saved=today_in_words(now.house, [now.room]),
            who=last_saved_hours(now.house, [now.room]),
            own=_in_words(rows),
        )
        return None
    try:
        return save_day(
            room=now.room.place,
            channel=now.channel.channel,
            day=now.house.today,
            kind=ScheduleException.Kind.REPLACED,
            slots=rows,
            key=form.key,
            by=request.user,
        ).pk
    except ValidationError as error:
        form.add_error(None, error.messages)
        return None


def _kept(slots) -> list[ExceptionSlot]:
    forms = [f for f in slots.forms if f.has_changed() or f.initial]
    kept = [f for f in forms if f.cleaned_data and not f.cleaned_data.get("DELETE")]
    return [f.instance for f in kept]


def _values(rows) -> list[Slot]:
    return sorted((row.as_value() for row in rows), key=lambda slot: slot.order)


def _in_words(rows: list[ExceptionSlot]) -> str:
    slots = [row.as_value() for row in rows]
    return "; ".join(f"{words.short_span(slot)} {about(slot)}".strip() for slot in slots) or _now(
        "inga tider"
    )
