"""A table as a file of comma-separated values, as spreadsheet programs in Sweden write it. Pure."""

import csv
import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

MOST_BYTES = 2_000_000
MOST_ROWS = 5_000
LONGEST_CELL = 2_000  # characters

# What makes a spreadsheet take a cell for a formula, with the apostrophes that already disarm it.
# A tab and a line's end too: a spreadsheet drops them and reads on.
_FORMULA = re.compile(r"'*(?:[\t\r\n]|\s*[=+\-@＝＋－＠])")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")


class SheetError(ValueError):
    """The file cannot be read as a table at all. The message says, in Swedish, what to do."""


@dataclass(frozen=True)
class Sheet:
    """The headings in lower case, and by the number of each row (the headings are row 1) its cells.

    Rows without a single filled cell are left out.
    """

    headings: tuple[str, ...]
    rows: dict[int, tuple[str, ...]]


def write_sheet(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """UTF-8 with a byte order mark and semicolons: Excel in Swedish opens it with a double click.

    What a spreadsheet would take for a formula gets an apostrophe, which `cell_text` removes.
    """
    text = io.StringIO(newline="")
    table = csv.writer(text, delimiter=";", lineterminator="\r\n")
    table.writerow(headings)
    table.writerows([_disarmed(cell) for cell in row] for row in rows)
    return text.getvalue().encode("utf-8-sig")


def _disarmed(cell: str) -> str:
    return f"'{cell}" if _FORMULA.match(cell) else cell


def is_formula(cell: str) -> bool:
    """Whether a cell of a file could be run by a spreadsheet."""
    return not cell.startswith("'") and bool(_FORMULA.match(cell))


def cell_text(cell: str) -> str:
    """What a cell of a file says, without the apostrophe that `write_sheet` may have added."""
    return cell[1:] if cell.startswith("'") and _FORMULA.match(cell) else cell


def decode(content: bytes) -> str:
    """The text of a file in UTF-8, Windows-1252, or UTF-16 with its mark."""
    if len(content) > MOST_BYTES:
        raise SheetError(_("Filen är för stor: högst 2 MB. Dela den i flera."))
    if content.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        raise SheetError(_("Det här är en Excelfil. Spara den som ”CSV UTF-8” och välj den filen."))
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = _decode_other(content)
    if _CONTROL.search(text) or "\ufffd" in text:
        raise SheetError(_unreadable())
    return text


def _decode_other(content: bytes) -> str:
    has_mark = content.startswith((b"\xff\xfe", b"\xfe\xff"))
    try:
        return content.decode("utf-16" if has_mark else "cp1252")
    except UnicodeDecodeError:
        raise SheetError(_unreadable()) from None


def _unreadable() -> str:
    return _(
        "Filen är ingen text som går att läsa. Spara den som ”CSV UTF-8” i kalkylprogrammet och "
        "välj den filen."
    )


def read_sheet(text: str) -> Sheet:
    """SheetError if `text` is no table with headings and at least one row."""
    first_line = text.split("\n", 1)[0]
    delimiter = max(";,\t", key=first_line.count)
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        rows = {
            number: tuple(cell.strip() for cell in cells)
            for number, cells in enumerate(lines, start=1)
        }
    except csv.Error:
        raise SheetError(_broken(lines.line_num)) from None
    headings = tuple(heading.casefold() for heading in rows.pop(1, ()))
    rows = {number: cells for number, cells in rows.items() if any(cells)}
    if not any(headings) or not rows:
        raise SheetError(_("Filen är tom. Första raden ska vara rubrikerna, sedan en rad per sak."))
    if len(rows) > MOST_ROWS:
        raise SheetError(
            _("Filen har %(count)s rader, högst %(most)s går. Dela den i flera.")
            % {"count": len(rows), "most": MOST_ROWS}
        )
    return Sheet(headings, rows)


def _broken(line: int) -> str:
    return _(
        "Rad %(line)s går inte att läsa. Ett citattecken saknas eller är ett för mycket, eller "
        "så är en cell alldeles för lång."
    ) % {"line": line}
