"""One date of an activity: cancelled, moved or changed with a few taps, and taken back."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from services.staff_pages import staff_page
from services.versions import last_saved, version_of

from ..actions import change_date, held, undo_change, was_made
from ..models import OccurrenceChange
from .date_forms import CancelForm, ChangeForm, DateForm, MoveForm, change_words, in_words
from .own import house_of
from .own_dates import OwnDate, date_of, rows_of

# As the address says them: the form, its heading and its button.
TASKS = {
    "stall-in": (CancelForm, _("Ställ in"), _("Ställ in")),
    "flytta": (MoveForm, _("Flytta"), _("Flytta")),
    "andra": (ChangeForm, _("Ändra"), _("Spara ändringen")),
}


def _row(own: OwnDate) -> OccurrenceChange | None:
    key = own.occurrence.key
    return next(iter(rows_of(own.activity, key.day, key.starts_at)), None)


def _version(own: OwnDate) -> str:
    """Of all that readers are told of the date."""
    one = own.occurrence
    return version_of(one.state, one.starts, one.ends, one.venue, one.room, one.change)


def _date(request: HttpRequest, slug: str, pk: UUID, day: str, clock: str) -> OwnDate:
    return date_of(request.user, house_of(request.user, slug, timezone.now()), pk, day, clock)


def _context(own: OwnDate) -> dict:
    row = _row(own)
    return {
        "house": own.house,
        "centre": own.house.centre,
        "own": own,
        "row": row,
        "who": last_saved(row) if row else "",
        "seconds": int(own.house.at.timestamp()),
    }


@staff_page
def date_detail(request: HttpRequest, slug: str, pk: UUID, day: str, clock: str) -> HttpResponse:
    """What holds for the date; here it can be undone."""
    own = _date(request, slug, pk, day, clock)
    is_changed = False
    if request.method == "POST":
        with held(own.activity.organiser):
            own = _date(request, slug, pk, day, clock)
            if own.is_over:
                raise Http404
            is_changed = _row(own) is not None and request.POST.get("version") != _version(own)
            if not is_changed:
                return _undo(request, own)
    context = _context(own) | {"version": _version(own), "is_changed": is_changed}
    return render(request, "staff/date_detail.html", context)


def _undo(request: HttpRequest, own: OwnDate) -> HttpResponse:
    """Undoing twice is undoing once."""
    row = _row(own)
    if row is None:
        messages.info(request, _now("Det är redan ångrat."))
        return redirect("staff:centre", own.house.centre.slug)
    try:
        undo_change(change=row, by=request.user)
    except ValidationError as refused:
        messages.error(request, " ".join(refused.messages))
        return redirect(request.path)
    messages.success(request, _now("Ångrat. Det gäller som planerat igen."))
    return redirect("staff:centre", own.house.centre.slug)


@staff_page
def date_change(
    request: HttpRequest, slug: str, pk: UUID, day: str, clock: str, task: str
) -> HttpResponse:
    own = _date(request, slug, pk, day, clock)
    if task not in TASKS or own.is_over:
        raise Http404
    form_class, heading, button = TASKS[task]
    form = form_class(request.POST or None, own=own, version=_version(own), user=request.user)
    if form.is_valid():
        with held(own.activity.organiser):
            own = _date(request, slug, pk, day, clock)
            if _save(request, form, own):
                return redirect("staff:date", slug, pk, day, clock)
    context = _context(own) | {"form": form, "heading": heading, "button": button}
    return render(request, "staff/date_form.html", context)


def _save(request: HttpRequest, form: DateForm, now: OwnDate) -> bool:
    """Whether the date is as the form says; else the form comes back with what to look at."""
    change, row = form.change(), _row(now)
    if was_made(OccurrenceChange, form.key) or row and row.as_value() == change.as_value():
        return True
    if not form.is_made_from(_version(now)):
        form.show_conflict(
            _version(now),
            saved=in_words(now),
            who=last_saved(row) if row else "",
            own=change_words(change),
        )
        return False
    try:
        change_date(change=change, by=request.user)
    except ValidationError as error:
        _tell(form, error)
        return False
    return True


def _tell(form: DateForm, error: ValidationError) -> None:
    """Beside its field where the form has one."""
    by_field = error.message_dict if hasattr(error, "error_dict") else {"": error.messages}
    for name, texts in by_field.items():
        form.add_error(name if name in form.fields else None, texts)
