"""The values of cells: how each kind is written and read. ValidationError says how to write it.

Pure: no database. An empty cell is None, or "" where the column holds text.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import time
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from services.forms import ClockField, DayField, DegreesField

from .plan import FieldChange, Problem
from .sheet import LONGEST_CELL, Sheet, cell_text, is_formula

ANSWERS = {"ja": True, "nej": False}
NEXT_DAY = "nästa dag"
_SECONDS = re.compile(r"(\d{1,2}[.:]\d{2})[.:]00")
_DEGREES = {"max_digits": 8, "decimal_places": 6, "required": False}


@dataclass(frozen=True)
class Column:
    """One column: `field` is what the value is called in the code."""

    heading: str
    field: str
    read: Callable[[str], Any]
    write: Callable[[Any], str]


# --- Kinds of columns ----------------------------------------------------------------------------
def text_column(heading: str, field: str, tidy: Callable[[str], str] = str) -> Column:
    return Column(heading, field, tidy, str)


def answer_column(heading: str, field: str) -> Column:
    """Yes, no or not stated."""
    words = {value: word for word, value in ANSWERS.items()}
    return Column(heading, field, _read_answer, lambda value: words.get(value, ""))


def _read_answer(text: str) -> bool | None:
    if text and text.casefold() not in ANSWERS:
        raise ValidationError(_("Skriv ”ja” eller ”nej”, eller lämna tomt om det inte är angivet."))
    return ANSWERS.get(text.casefold())


def choice_column(
    heading: str, field: str, choices: Iterable[tuple[Any, Any]], *, required: bool, empty: Any = ""
) -> Column:
    """One of `choices` (value, Swedish words), read by its words in any case."""
    words = {value: str(label) for value, label in choices}
    values = {label.casefold(): value for value, label in words.items()}

    def read(text: str) -> Any:
        if text.casefold() in values:
            return values[text.casefold()]
        if not text and not required:
            return empty
        raise ValidationError(unknown_word(text, words.values()))

    return Column(heading, field, read, lambda value: words.get(value, ""))


def unknown_word(text: str, known: Iterable[str]) -> str:
    """What to say of a word that is none of the `known`."""
    choices = ", ".join(known)
    if not text:
        return _("Fyll i något av: %(choices)s.") % {"choices": choices}
    return _("”%(text)s” går inte att välja. Skriv något av: %(choices)s.") % {
        "text": text[:80],
        "choices": choices,
    }


def day_column(heading: str, field: str) -> Column:
    return Column(
        heading, field, DayField(required=False).clean, lambda day: day.isoformat() if day else ""
    )


def degrees_column(heading: str, field: str) -> Column:
    return Column(heading, field, DegreesField(**_DEGREES).clean, _write_degrees)


def _write_degrees(value: Decimal | None) -> str:
    """With six decimals and a comma, whatever number of them the database keeps."""
    return "" if value is None else f"{Decimal(value):.6f}".replace(".", ",")


def number_column(heading: str, field: str) -> Column:
    """A whole number from 0 and up; the model says up to what."""
    return Column(heading, field, _read_number, lambda n: "" if n is None else str(n))


def _read_number(text: str) -> int | None:
    if not text:
        return None
    if not re.fullmatch(r"[0-9]{1,4}", text):
        raise ValidationError(_("Skriv ett helt antal månader, till exempel 8."))
    return int(text)


# --- Times of the day ----------------------------------------------------------------------------
def read_opening(text: str) -> time | None:
    return ClockField(required=False).clean(_without_seconds(text))


def read_closing(text: str) -> tuple[time, bool] | None:
    """The time, and whether it is on the next day, as "02:00 nästa dag" or "24:00" says."""
    clock = text.casefold().removesuffix(NEXT_DAY).strip()
    closes_at = ClockField(required=False).clean(_without_seconds(clock))
    if closes_at is None:
        return None
    return closes_at, clock != text.casefold() or clock.startswith("24")


def write_closing(closing: tuple[time, bool] | None) -> str:
    if closing is None:
        return ""
    closes_at, is_next_day = closing
    if is_next_day and closes_at == time(0):
        return "24:00"
    return f"{closes_at:%H:%M} {NEXT_DAY}" if is_next_day else f"{closes_at:%H:%M}"


def write_opening(opens_at: time | None) -> str:
    return f"{opens_at:%H:%M}" if opens_at else ""


def _without_seconds(text: str) -> str:
    """Spreadsheets write 09:00 as 09:00:00."""
    match = _SECONDS.fullmatch(text)
    return match[1] if match else text


# --- Rows ----------------------------------------------------------------------------------------
def heading_problems(sheet: Sheet, columns: Iterable[Column]) -> list[Problem]:
    """Columns that are missing, unknown or there twice."""
    known = [column.heading for column in columns]
    found = list(sheet.headings)
    while found and not found[-1]:
        found.pop()
    missing = [(h, _("Kolumnen saknas.")) for h in known if h.casefold() not in found]
    lower = {heading.casefold() for heading in known}
    extra = [
        (h, _("Kolumnen är okänd. Ta bort den, eller rätta rubriken."))
        for h in dict.fromkeys(found)
        if h not in lower
    ]
    twice = [
        (h, _("Kolumnen står två gånger. Ta bort den ena."))
        for h in known
        if found.count(h.casefold()) > 1
    ]
    return [Problem(1, heading[:80], message) for heading, message in missing + extra + twice]


def read_row(
    sheet: Sheet, number: int, columns: Iterable[Column]
) -> tuple[dict[str, Any], list[Problem]]:
    """The values of a row by field; a field whose cell is wrong is left out."""
    cells = sheet.rows[number]
    values: dict[str, Any] = {}
    problems = []
    if len(cells) != len(sheet.headings) and any(cells[len(sheet.headings) :]):
        problems.append(Problem(number, "", _("Raden har fler celler än det finns rubriker.")))
    by_heading = dict(zip(sheet.headings, cells, strict=False))
    for column in columns:
        try:
            values[column.field] = column.read(_read_cell(by_heading, column))
        except ValidationError as error:
            problems.append(Problem(number, column.heading, " ".join(error.messages)))
    return values, problems


def _read_cell(by_heading: Mapping[str, str], column: Column) -> str:
    cell = by_heading.get(column.heading.casefold(), "")
    if is_formula(cell):
        raise ValidationError(_("Cellen ser ut som en formel. Skriv själva värdet i stället."))
    if len(cell) > LONGEST_CELL:
        raise ValidationError(_("Texten är för lång."))
    return cell_text(cell)


def changes_between(
    columns: Iterable[Column], old: Mapping[str, Any] | None, new: Mapping[str, Any]
) -> tuple[FieldChange, ...]:
    """What differs, in the order of the columns; with no `old`, everything that is filled in."""
    pairs = [
        (c.heading, c.write(old[c.field]) if old else "", c.write(new[c.field])) for c in columns
    ]
    return tuple(FieldChange(*pair) for pair in pairs if pair[1] != pair[2])


def problems_of(
    error: ValidationError, number: int, columns: Iterable[Column], also: Mapping[str, str]
) -> list[Problem]:
    """An error of a model, told by column. `also`: headings of fields that are no column."""
    headings = {column.field: column.heading for column in columns} | dict(also)
    if not hasattr(error, "error_dict"):
        return [Problem(number, "", message) for message in error.messages]
    return [
        Problem(number, headings.get(field, ""), message)
        for field, messages in error.message_dict.items()
        for message in messages
    ]
