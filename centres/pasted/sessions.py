"""The rows that one clause gives, on days that are its own or lent to it. Pure.

1.  Two days of which one moves to the other: cancelled on the first, single on the second.
2.  "Stängt" closes the dates, weeks or weekdays named; "inställt" and "inget" cancel on dates.
3.  A date with nothing that recurs is single; with "startar" and a number of times it is weekly.
4.  Weekdays with times are weekly, one row for each; with a part of the day alone as well, but
    then somebody must fill in the times.
"""

from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from django.utils.translation import gettext as _

from .clauses import Clause
from .dates import Span
from .days import Days
from .found import What
from .names import closing_in, name_in, place_in
from .values import Kind, Row


@dataclass(frozen=True, slots=True)
class Lent:
    """What earlier lines lend: the weekdays or dates, the part of the day, and whether closed."""

    weekdays: tuple[int, ...] = ()
    dates: tuple[Span, ...] = ()
    part: str = ""
    closed: bool = False
    headed: bool = False  # the weekdays stand alone on the line above


def rows_of(clause: Clause, days: Days, lent: Lent, line: int) -> list[Row]:
    """No rows where the clause says no time of its own."""
    row = _described(clause, line)
    row.doubts = tuple(dict.fromkeys([*days.doubts, *row.doubts]))
    if clause.has(What.AS_USUAL) and not row.starts_at:
        return []
    if clause.has(What.MOVED) and len(days.plain) > 1:
        return _moved(row, days)
    if clause.has(What.CLOSED) or (lent.closed and days.plain) or (days.last_day and days.reopens):
        return _closed(clause, row, days, lent)
    if clause.has(What.CANCELLED) and (days.plain or lent.dates):
        plain = days.plain or list(lent.dates)
        return [_on(_bare(row, Kind.CANCELLED), span) for span in plain]
    if row.starts_at or row.ends_at:
        return _with_times(clause, row, days, lent)
    return _without_times(clause, row, days, lent)


def _described(clause: Clause, line: int) -> Row:
    starts, ends = _times(clause)
    low, high = clause.first(What.AGES) or (None, None)
    parities = [find.value for find in clause.of(What.PARITY)]
    parity = next((each for each in parities if each != "other"), "every")
    row = Row(Kind.WEEKLY, line, name_in(clause.words), starts_at=starts, ends_at=ends)
    row.min_age_months, row.max_age_months, row.parity = low, high, parity
    row.sign_up, row.language = clause.first(What.SIGN_UP), clause.first(What.LANGUAGE)
    row.where, row.part_of_day = place_in(clause.text), clause.first(What.PART) or ""
    row.nth = next((find.value for find in clause.of(What.NTH) if find.value), None)
    if parities and parity == "every":
        row.doubt(_every_second())
    if starts and not ends:
        row.doubt(_("När slutar det?"))
    return row


def _times(clause: Clause) -> tuple[time | None, time | None]:
    spans = clause.of(What.TIMES)
    if spans:
        starts, ends = spans[0].value
        return starts, ends
    start: time | None = clause.first(What.TIME)
    minutes = clause.first(What.DURATION)
    if start and minutes:
        later = datetime.combine(date(2000, 1, 1), start) + timedelta(minutes=minutes)
        return start, later.time()
    return start, None


def _every_second() -> str:
    return _("Varannan vecka: välj udda eller jämna veckor.")


def _moved(row: Row, days: Days) -> list[Row]:
    cancelled = replace(_bare(row, Kind.CANCELLED), starts_at=None, ends_at=None)
    to = _on(replace(row, kind=Kind.SINGLE), days.plain[1])
    if not to.starts_at:
        to.doubt(_("Klockslag saknas."))
    return [_on(cancelled, days.plain[0]), to]


def _closed(clause: Clause, row: Row, days: Days, lent: Lent) -> list[Row]:
    row = _bare(row, Kind.CLOSED)
    row.name = row.name or closing_in(clause.text)
    if spans := days.closed:
        rows = [_on(row, span) for span in spans]
        if rows[0].date and spans[0][1] is None:
            rows[0].doubt(_("Till och med när är det stängt?"))
        return rows
    weekdays = days.weekdays or lent.weekdays
    says_which = (
        row.parity != "every" or row.part_of_day or row.starts_at or days.weekdays or lent.headed
    )
    if weekdays and says_which:
        if not row.part_of_day and not row.starts_at and row.parity != "every":
            row.part_of_day = lent.part
        return [replace(row, weekday=day) for day in weekdays]
    return [_on(row, span) for span in lent.dates]


def _with_times(clause: Clause, row: Row, days: Days, lent: Lent) -> list[Row]:
    begins = days.begins or days.from_
    count = clause.first(What.COUNT)
    if days.plain and (
        (count and len(days.plain) == 1) or (days.weekdays and days.plain[0][0] != days.plain[0][1])
    ):
        begins, days.until = begins or days.plain[0][0], days.until or _end(days.plain[0])
        days.plain = days.plain[1:]
    elif days.plain:
        days.weekdays = ()
    count = None if days.plain else count
    recurs = bool(days.weekdays or count or (begins and not days.plain))
    if not days.plain and not days.weekdays and begins and (count or not lent.weekdays):
        days.weekdays = (begins.isoweekday(),)
    if recurs and (weekdays := days.weekdays or lent.weekdays):
        return _weekly(row, weekdays, days, begins, count)
    if days.plain or (lent.dates and not days.weekdays):
        kind = Kind.CLOSED if lent.closed else Kind.SINGLE
        row = _bare(row, kind) if lent.closed else replace(row, kind=kind)
        return [_on(row, span) for span in days.plain or lent.dates]
    return _weekly(row, lent.weekdays, days, begins, count)


def _weekly(
    row: Row, weekdays: tuple[int, ...], days: Days, begins: date | None, count: int | None
) -> list[Row]:
    until = days.until
    if row.parity == "every" and begins and _says_every_second(row):
        row = replace(row, parity="odd" if begins.isocalendar().week % 2 else "even")
    if count and begins and not until:
        until = begins + timedelta(weeks=count - 1)
    rows = [replace(row, weekday=day, from_=begins, until=until) for day in weekdays]
    cancelled = replace(_bare(row, Kind.CANCELLED), starts_at=None, ends_at=None)
    return rows + [_on(cancelled, span) for span in days.except_]


def _says_every_second(row: Row) -> bool:
    return _every_second() in row.doubts


def _end(span: Span) -> date | None:
    return span[1] if span[1] != span[0] else None


def _without_times(clause: Clause, row: Row, days: Days, lent: Lent) -> list[Row]:
    song: time | None = clause.first(What.SONG)
    if days.plain and not clause.has(What.BEGINS, What.REOPENS) and (row.name or song):
        row = replace(row, kind=Kind.SINGLE, starts_at=song, song_at=song)
        if not song:
            row.doubt(_("Klockslag saknas."))
        return [_on(row, span) for span in _single_days(days)]
    weekdays = days.weekdays or lent.weekdays
    if weekdays and row.part_of_day and row.name and not song and not days.plain:
        row.doubt(_("Klockslag saknas."))
        return _weekly(row, weekdays, days, days.from_, None)
    return []


def _single_days(days: Days) -> list[Span]:
    """A week alone is no day on which something is held."""
    return [span for span in days.plain if (span[1] - span[0]).days < 6]


def _bare(row: Row, kind: Kind) -> Row:
    """Without what a closing or a cancelled date has no use for."""
    return replace(
        row, kind=kind, min_age_months=None, max_age_months=None, song_at=None, sign_up=None
    )


def _on(row: Row, span: tuple[date | None, date | None]) -> Row:
    first, last = span
    return replace(row, date=first, last_date=last if last != first else None)
