"""Klistra in: the prose that is published today becomes rows, saved once somebody has looked."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from services.staff_pages import staff_page

from ..actions import PastedRow, PastedRowError, held, save_pasted, was_pasted
from ..house import House
from ..known_venues import KnownVenues
from ..pasted.reading import read
from ..pasted.values import Kind, ReadLine, Row, Use
from ..rooms import Room
from .own import house_of, room_of
from .paste_form import (
    MOST_CHARACTERS,
    MOST_ROWS,
    PastedRows,
    PasteForm,
    TextForm,
    proposed,
)

ROW_OF, SAVE = "row-of-", "save"
LONG_CLOSING = timedelta(days=14)


@dataclass
class Line:
    """A line of the text with the forms of its rows, each with what is doubtful about it."""

    read: ReadLine
    forms: list = field(default_factory=list)

    @property
    def is_unread(self) -> bool:
        return self.read.use is Use.UNREAD and not self.forms

    @property
    def is_other(self) -> bool:
        return self.read.use is Use.OTHER and not self.forms


@staff_page
def paste(request: HttpRequest, slug: str, service: str) -> HttpResponse:
    house = house_of(request.user, slug, timezone.now())
    room = room_of(request.user, house, service)
    text_form = TextForm(request.POST or None)
    if not text_form.is_valid():
        return _ask_for_text(request, house, room, text_form)
    text = _cut(request, text_form.cleaned_data["text"])
    lines = read(text, today=house.today)
    rows = [row for line in lines for row in line.rows]
    do = request.POST.get("do", "")
    if do == SAVE:
        form = _form(request, room, request.POST)
        row_forms = PastedRows(request.POST, prefix="rows")
        if form.is_valid() & row_forms.is_valid() and _save(request, form, row_forms, house, room):
            return redirect("staff:centre", slug)
    elif do.startswith(ROW_OF):
        form = _form(request, room, initial=_as_typed(request.POST, PasteForm.base_fields))
        row_forms = _with_a_row_of(request.POST, do.removeprefix(ROW_OF), lines)
    else:
        term = _term(rows, house.today)
        form = _form(request, room, initial={"text": text, **term})
        initial = [proposed(row, term["first_day"]) for row in rows[:MOST_ROWS]]
        row_forms = PastedRows(initial=initial, prefix="rows")
    context = {
        "house": house,
        "centre": house.centre,
        "room": room,
        "form": form,
        "rows": row_forms,
        "lines": _lines(lines, rows, row_forms, house.centre.district_id),
        "too_many": max(0, len(rows) - MOST_ROWS),
    }
    return render(request, "staff/paste_rows.html", context)


def _ask_for_text(request, house: House, room: Room, form: TextForm) -> HttpResponse:
    context = {"house": house, "centre": house.centre, "room": room, "form": form}
    return render(request, "staff/paste_text.html", context)


def _cut(request: HttpRequest, text: str) -> str:
    if len(text) > MOST_CHARACTERS:
        said = _("Texten är för lång. Bara de första 20 000 tecknen är med; ta resten för sig.")
        messages.warning(request, said)
    return text[:MOST_CHARACTERS]


def _form(request: HttpRequest, room: Room, data=None, **kwargs) -> PasteForm:
    return PasteForm(data, user=request.user, task=f"paste {room.place.pk}", **kwargs)


def _term(rows: list[Row], today: date) -> dict:
    """The term's days, as far as the text gives them: it ends where a long closing begins."""
    first = min((row.from_ for row in rows if row.from_), default=None)
    first = first or today + timedelta(days=8 - today.isoweekday())
    closings = [
        row.date
        for row in rows
        if row.kind is Kind.CLOSED and row.date and row.date > first and _is_long(row)
    ]
    last = min(closings) - timedelta(days=1) if closings else None
    return {"first_day": first, "last_day": last, "ends_old": True}


def _is_long(row: Row) -> bool:
    return bool(row.date and row.last_date and row.last_date - row.date >= LONG_CLOSING)


def _with_a_row_of(data: QueryDict, number: str, lines: list[ReadLine]):
    """The rows as they were typed, and one more for a line that gave none."""
    count = min(int(data.get("rows-TOTAL_FORMS") or 0), MOST_ROWS) if _is_count(data) else 0
    names = PastedRows.form.base_fields
    initial = [_as_typed(data, names, f"rows-{index}-") for index in range(count)]
    if line := next((line for line in lines if str(line.number) == number), None):
        row = Row(Kind.WEEKLY, line.number, " ".join(line.text.split())[:60])
        initial.append(proposed(row) | {"include": True})
    return PastedRows(initial=initial[:MOST_ROWS], prefix="rows")


def _is_count(data: QueryDict) -> bool:
    count = data.get("rows-TOTAL_FORMS", "")
    return count.isascii() and count.isdigit() and len(count) < 4


def _as_typed(data: QueryDict, names, prefix: str = "") -> dict:
    return {name: data[prefix + name] for name in names if prefix + name in data}


def _lines(lines: list[ReadLine], rows: list[Row], row_forms, district: UUID) -> list[Line]:
    venues = KnownVenues()
    shown = {str(line.number): Line(line) for line in lines if line.use is not Use.EMPTY}
    for index, form in enumerate(row_forms):
        form.doubts = rows[index].doubts if index < len(rows) else ()
        form.place = form.place_words(venues, district)
        line = shown.get(str(form["line"].value())) or next(iter(shown.values()))
        line.forms.append(form)
    return list(shown.values())


def _save(request: HttpRequest, form: PasteForm, row_forms, house: House, room: Room) -> bool:
    """Whether all is saved; else the forms say what is wrong."""
    kept = {
        number: row_form
        for number, row_form in enumerate(row_forms)
        if row_form.cleaned_data["include"]
    }
    rows = [row_form.as_row(number) for number, row_form in kept.items()]
    if not rows:
        form.add_error(None, _("Kryssa i minst en rad att ta med."))
        return False
    if _lacks_last_day(form, rows):
        form.add_error("last_day", _("Fyll i sista dagen: det finns aktiviteter som återkommer."))
        return False
    try:
        with held(room.place):
            if was_pasted(form.cleaned_data["ticket"], rows):
                messages.info(request, _("Raderna är redan sparade."))
                return True
            _save_all(form, rows, house, room, request.user)
    except PastedRowError as error:
        kept[error.number].add_error(None, error.messages)
        return False
    except ValidationError as error:
        form.add_error(None, error.messages)
        return False
    _tell(request, form, len(rows))
    return True


def _lacks_last_day(form: PasteForm, rows: list[PastedRow]) -> bool:
    recurring = [row for row in rows if row.becomes == "activity" and row.weekday]
    return not form.cleaned_data["last_day"] and any(not row.last_day for row in recurring)


def _save_all(form: PasteForm, rows: list[PastedRow], house: House, room: Room, by) -> None:
    names = ("first_day", "last_day", "ends_old", "is_confirmed")
    chosen = {name: form.cleaned_data[name] for name in names}
    key = form.cleaned_data["ticket"]  # each row adds its own words to it
    save_pasted(room=room.place, rows=rows, key=key, by=by, at=house.at, **chosen)


def _tell(request: HttpRequest, form: PasteForm, count: int) -> None:
    said = _("En rad är sparad.") if count == 1 else _("%(count)s rader är sparade.")
    messages.success(request, said % {"count": count} if count > 1 else said)
    if not form.cleaned_data["is_confirmed"]:
        text = _("De är inte bekräftade än. Gör det under ”Stämmer det fortfarande?”.")
        messages.warning(request, text)
