"""Rows on one line each: "weekly mon 09:00-12:00 0..83 odd", "closed 2027-02-15..2027-02-21"."""

from datetime import date

from centres.pasted.reading import read
from centres.pasted.values import Row

TODAY = date(2026, 11, 23)
_DAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]


def rows(text: str) -> list[str]:
    """All rows read from a text that is pasted on `TODAY`."""
    return [written(row) for line in read(text, today=TODAY) for row in line.rows]


def written(row: Row) -> str:
    parts = [row.kind.value, _when(row), _times(row), _ages(row)]
    return " ".join(filter(None, [*parts, row.parity if row.parity != "every" else ""]))


def _when(row: Row) -> str:
    if row.weekday:
        return _DAYS[row.weekday - 1]
    return f"{row.date}..{row.last_date}" if row.last_date else str(row.date)


def _times(row: Row) -> str:
    start = row.starts_at.strftime("%H:%M") if row.starts_at else ""
    end = row.ends_at.strftime("%H:%M") if row.ends_at else ""
    return f"{start}-{end}" if start or end else ""


def _ages(row: Row) -> str:
    low = "" if row.min_age_months is None else row.min_age_months
    high = "" if row.max_age_months is None else row.max_age_months
    return f"{low}..{high}" if low != "" or high != "" else ""
