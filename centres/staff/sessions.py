"""One date of a labelled slot of opening hours is cancelled: those hours close that day."""

from datetime import date

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from services.staff_pages import staff_page

from .. import hours_text as words
from .. import hours_values
from ..actions import close, held, was_made
from ..channel_hours import about
from ..house import House
from ..models import ExceptionSlot, ScheduleException
from ..rooms import Room
from .closing import closing_words
from .own import house_of, room_of
from .own_dates import CHANNELS, OwnDate, session_of
from .reason_form import ReasonForm
from .what_is_saved import exceptions_on, last_saved_hours, version_of_day

Kind = ScheduleException.Kind


@staff_page
def session_cancel(
    request: HttpRequest, slug: str, service: str, channel: str, day: str, clock: str
) -> HttpResponse:
    """What is cancelled already is shown, where it can be undone."""
    own = _session(request, slug, service, channel, day, clock)
    closed_by = _closed_by(own, channel)
    if closed_by:
        return redirect("staff:change", slug, closed_by.pk)
    if own.is_over:
        raise Http404
    form = ReasonForm(
        request.POST or None,
        user=request.user,
        task=f"session {own.room.place.pk} {channel} {day} {clock}",
        version=_version(own),
        initial={"reason": ""},
    )
    if form.is_valid():
        with held(own.room.place):
            done = _save(request, form, _session(request, slug, service, channel, day, clock))
        if done:
            return redirect("staff:change", slug, done)
    context = {
        "house": own.house,
        "centre": own.house.centre,
        "own": own,
        "form": form,
        "beside": _beside(own, channel),
        "now": _day_in_words(own.house, own.room, own.occurrence.day),
    }
    return render(request, "staff/session_form.html", context)


def _session(request, slug: str, service: str, channel: str, day: str, clock: str) -> OwnDate:
    house = house_of(request.user, slug, timezone.now())
    return session_of(house, room_of(request.user, house, service), channel, day, clock)


def _closed_by(own: OwnDate, channel: str) -> ScheduleException | None:
    """The row that closes just this session, or the day on which it would be."""
    rows = exceptions_on(own.house, [own.room], own.occurrence.day)
    closing = [row for row in rows if row.channel in ("", CHANNELS[channel])]
    if own.occurrence.spans and own.occurrence.happens:
        return None
    own_hours = (own.occurrence.slot.opens_at, own.occurrence.slot.closes_at)
    for row in closing:
        if own_hours in [(slot.opens_at, slot.closes_at) for slot in row.slots.all()]:
            return row
    return next((row for row in closing if row.kind in (Kind.CLOSED, Kind.PART_CLOSED)), None)


def _version(own: OwnDate) -> str:
    return version_of_day(own.house, [own.room], own.occurrence.day)


def _save(request: HttpRequest, form: ReasonForm, now: OwnDate):
    """The key of the row that says that it is cancelled, or None where the form comes back."""
    if was_made(ScheduleException, form.key):
        return form.key
    closing, slots = _closing(form, now)
    if not form.is_made_from(_version(now)):
        form.show_conflict(
            _version(now),
            saved=_day_in_words(now.house, now.room, now.occurrence.day),
            who=last_saved_hours(now.house, [now.room]),
            own=_in_words(closing, slots, now),
        )
        return None
    try:
        return close(closing=closing, slots=slots, by=request.user).pk
    except ValidationError as error:
        form.add_error(None, error.messages)
        return None


def _closing(form: ReasonForm, own: OwnDate) -> tuple[ScheduleException, list[ExceptionSlot]]:
    key, slot = own.occurrence.key, own.occurrence.slot
    closing = ScheduleException(
        id=form.key,
        service_at_centre=own.room.place,
        channel=key.what.partition("/")[0],
        kind=Kind.PART_CLOSED,
        first_day=key.day,
        last_day=key.day,
        reason=form.cleaned_data["reason"],
        note=form.cleaned_data["note"],
    )
    return closing, [ExceptionSlot(opens_at=slot.opens_at, closes_at=slot.closes_at)]


def _in_words(closing: ScheduleException, slots: list[ExceptionSlot], own: OwnDate) -> str:
    cut = tuple(slot.as_value() for slot in slots)
    value = hours_values.ScheduleException(
        closing.kind, closing.first_day, closing.last_day, cut, note=closing.note
    )
    return closing_words(value, own.room.name_in_sentence, own.house.today)


def _day_in_words(house: House, room: Room, day: date) -> str:
    """ "stängt (sjukdom)", or the hours of that day where nothing differs."""
    rows = exceptions_on(house, [room], day)
    if rows:
        return "; ".join(words.exception_words(row.as_value()) for row in rows)
    found = [channel.hours for channel in room.channels if channel.channel in CHANNELS.values()]
    spans = [
        words.span_words(*span, hours.zone) for hours in found for span in hours.day(day).spans
    ]
    return words.listed(spans)


def _beside(own: OwnDate, channel: str) -> str:
    """Other hours of the same way of contact that are closed at the same time: "9–12 öppet"."""
    one = own.occurrence
    hours = next(c.hours for c in own.room.channels if c.channel == CHANNELS[channel])
    others = [
        entry.slot
        for entry in hours.day(one.day).entries
        if entry.slot != one.slot and any(a < one.ends and one.starts < b for a, b in entry.spans)
    ]
    return words.listed([f"{words.short_span(slot)} {about(slot)}".strip() for slot in others])
