"""Tables as CSV that Swedish spreadsheets open as they are: UTF-8 with its mark, semicolons. Pure.

A cell that a spreadsheet would take for a formula gets an apostrophe in front.
"""

import csv
from collections.abc import Iterable, Sequence
from io import StringIO

BYTE_ORDER_MARK = "\ufeff"
# A tab and a line's end too: a spreadsheet drops them and reads on.
FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r", "\n")


def safe_cell(value: object) -> str:
    """The value as text that no spreadsheet runs; None is empty."""
    text = "" if value is None else str(value)
    is_formula = text.startswith(FORMULA_SIGNS) or text.lstrip().startswith(FORMULA_SIGNS)
    return f"'{text}" if is_formula else text


def as_csv(rows: Iterable[Sequence[object]]) -> str:
    """`rows` of values, the headings first."""
    written = StringIO()
    written.write(BYTE_ORDER_MARK)
    writer = csv.writer(written, delimiter=";")
    writer.writerows([safe_cell(value) for value in row] for row in rows)
    return written.getvalue()
