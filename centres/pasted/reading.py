"""A whole pasted text, line by line, with the rows proposed from it. Pure.

What one line lends another:
1.  A weekday or date stands for all that follows until the next; a date that had a line to itself
    or began its line, for the rest of that line only otherwise.
2.  "Stängda dagar" closes what follows, to the end of its block.
3.  Ages, "udda veckor", a name or a song on a line of their own belong to the row before; where
    they come before the first row of a text, to the rows after.
4.  A song belongs to the row of its weekday that holds its time.
5.  "Gäller från v. 3" and "vi ses igen 11 januari" begin all weekly rows after them.
Nothing is dropped: a line that speaks of times but gives no row says so.
"""

from dataclasses import dataclass, field
from datetime import date, time, timedelta
from itertools import pairwise

from django.utils.translation import gettext as _

from .clauses import Clause, clauses
from .dates import Span, earliest_of, term_begins
from .days import Days, days_of
from .found import What
from .lines import Piece, lines_of, pieces, sentences
from .names import name_in
from .sessions import Lent, rows_of
from .values import Kind, ReadLine, Row, Use

_TIMELY = (What.TIMES, What.TIME, What.DATE, What.WEEKS, What.WEEKDAYS, What.CLOSED)
_LONGEST_HEADING = 60
_NAMES = {
    Kind.WEEKLY: "Öppet",
    Kind.SINGLE: "Öppet",
    Kind.CLOSED: "Stängt",
    Kind.CANCELLED: "Inställt",
}
_TABLE_HEADS = ("dag", "tid", "vad", "vem", "aktivitet", "ålder", "åldrar", "plats", "lokal")
_ANYBODY = ("alla", "alla åldrar", "ålder", "åldrar", "barn", "bebisar", "småbarn")


@dataclass(slots=True)
class _Song:
    line: int
    at: time
    weekdays: tuple[int, ...]
    rows: list[Row]


@dataclass(slots=True)
class _State:
    """What has been read so far. Numbers of lines are kept beside what they lend."""

    earliest: date
    rows: list[Row] = field(default_factory=list)
    last: list[Row] = field(default_factory=list)
    songs: list[_Song] = field(default_factory=list)
    weekdays: tuple[int, ...] = ()
    dates: tuple[Span, ...] = ()
    dates_line: int = 0
    dates_stay: bool = False
    part: str = ""
    days_line: int = 0
    heading: str = ""
    heading_line: int = 0
    ages: tuple[int | None, int | None] | None = None
    ages_line: int = 0
    leads: bool | None = None
    closed_line: int = 0
    closed_used: bool = False
    last_day: date | None = None
    last_day_line: int = 0
    from_: date | None = None
    from_line: int = 0
    blank: bool = True
    day_heads: bool = False
    context: set[int] = field(default_factory=set)
    unread: dict[int, str] = field(default_factory=dict)


def read(text: str, *, today: date) -> list[ReadLine]:
    """Every line of `text` in its order; `today` decides the years that it leaves out."""
    lines = lines_of(text)
    state = _State(earliest_of(today))
    for piece in pieces(lines):
        if piece.text.strip():
            _read_piece(state, piece)
        else:
            _end_block(state)
    for song in state.songs:
        _sing(state, song)
    _finish(state)
    return [_line(state, number, line) for number, line in enumerate(lines, 1)]


def _end_block(state: _State) -> None:
    if state.closed_used:
        state.closed_line = 0
    state.blank = True


def _read_piece(state: _State, piece: Piece) -> None:
    before = len(state.rows)
    if not state.dates_stay:
        state.dates = ()
    state.part = ""
    for sentence in sentences(piece.text):
        for clause in clauses(sentence, state.earliest):
            _read_clause(state, piece, clause)
    state.day_heads = state.days_line == piece.number and piece.number in state.context
    _share(state.rows[before:])
    for row in state.rows[before:]:
        _lend_heading(state, row)
    state.blank = False


def _read_clause(state: _State, piece: Piece, clause: Clause) -> None:
    line = piece.number
    if term := clause.first(What.TERM):
        state.context.add(line)
        if term[1]:
            state.earliest = term_begins(*term)
    if _is_contact(clause):
        _say_unread(state, line, clause, _("Ser ut som en telefontid."))
        return
    days = days_of(clause)
    _lend_days(state, line, days, clause)
    if _fills_in(state, line, clause, days):
        return
    lent = Lent(state.weekdays, state.dates, state.part, bool(state.closed_line), state.day_heads)
    rows = rows_of(clause, days, lent, line)
    rows = [row for row in rows if row.weekday or row.date]
    if rows:
        _keep(state, line, clause, days, rows)
    else:
        _without_rows(state, piece, clause, days)


def _is_contact(clause: Clause) -> bool:
    contacts = clause.of(What.CONTACT)
    times = clause.of(What.TIMES, What.TIME, What.WEEKDAYS, What.DATE)
    return bool(contacts and times and contacts[0].start < times[0].start)


def _lend_days(state: _State, line: int, days: Days, clause: Clause) -> None:
    if days.weekdays:
        state.weekdays, state.days_line = days.weekdays, line
        state.dates, state.dates_stay, state.part = (), False, ""
    if days.plain and clause.has(What.DATE):
        stays = not clause.has(What.CLOSED, What.TIMES, What.TIME) and not name_in(clause.words)
        state.dates, state.dates_line, state.dates_stay = tuple(days.plain), line, stays
    if part := clause.first(What.PART):
        state.part = part


def _fills_in(state: _State, line: int, clause: Clause, days: Days) -> bool:
    """ "Fredag 11/12 Lucia! Vi lussar kl 10": the second sentence gives the first its time."""
    same_day = state.last and (
        state.last[0].line == line or (state.dates_stay and state.last[0].line == state.dates_line)
    )
    if not same_day or days.plain or days.weekdays or not clause.has(What.TIMES, What.TIME):
        return False
    if any(row.starts_at or row.last_date or row.kind is Kind.CANCELLED for row in state.last):
        return False
    lent = Lent(state.weekdays, state.dates, state.part)
    found = rows_of(clause, days, lent, line)
    if not found or clause.has(What.CLOSED, What.CANCELLED):
        return False
    for row in state.last:
        row.context += (row.line,) if row.line != line else ()
        row.line, row.starts_at, row.ends_at = line, found[0].starts_at, found[0].ends_at
        row.doubts = tuple(why for why in row.doubts if why != _("Klockslag saknas."))
        if row.starts_at and not row.ends_at:
            row.doubt(_("När slutar det?"))
        row.name = row.name or found[0].name
    _describe(state.last, clause, days)
    return True


def _keep(state: _State, line: int, clause: Clause, days: Days, rows: list[Row]) -> None:
    state.last = rows
    state.rows += rows
    state.closed_used = state.closed_used or bool(state.closed_line)
    for row in rows:
        lenders = {state.days_line if row.weekday else state.dates_line}
        if row.kind is Kind.WEEKLY:
            row.from_ = row.from_ or state.from_
            lenders.add(state.from_line)
        if row.kind is Kind.CLOSED and state.closed_line:
            lenders.add(state.closed_line)
        row.context = tuple(sorted(lenders - {0, line}))
    _song(state, line, clause, days)


def _lend_heading(state: _State, row: Row) -> None:
    """The name and ages that stand above a row which has none of its own."""
    if row.name or row.kind not in (Kind.WEEKLY, Kind.SINGLE):
        return
    lenders = set(row.context)
    if state.heading:
        row.name = state.heading
        lenders.add(state.heading_line)
    if state.ages and _has_no_ages(row):
        row.min_age_months, row.max_age_months = state.ages
        lenders.add(state.ages_line)
    row.context = tuple(sorted(lenders - {row.line}))


def _song(state: _State, line: int, clause: Clause, days: Days) -> None:
    for find in clause.of(What.SONG):
        weekdays = days.weekdays or state.weekdays
        state.songs.append(_Song(line, find.value, weekdays, list(state.last)))


def _without_rows(state: _State, piece: Piece, clause: Clause, days: Days) -> None:
    """A heading, a term's first day, something that belongs to the rows before, or nothing."""
    line, is_whole = piece.number, len(piece.text) <= _LONGEST_HEADING
    here = [row for row in state.last if row.line == line]
    starts = days.from_ or days.begins or days.reopens
    if days.reopens and state.last_day and state.last_day_line == line:
        _closed_between(state, line, days.reopens)
    elif days.last_day:
        state.last_day, state.last_day_line = days.last_day, line
        _say_unread(state, line, clause, _("När öppnar ni igen?"))
    elif clause.has(What.SONG) and not days.plain:
        state.context.add(line)
        _song(state, line, clause, days)
        _describe(here or ([] if state.blank else state.last), clause, days)
    elif starts and not days.weekdays and not here:
        if not any(row.kind is Kind.WEEKLY for row in state.rows):
            state.from_, state.from_line = starts, line
        state.context.add(line)
    elif clause.has(What.TIMES, What.TIME):
        _say_unread(state, line, clause, _("Vilken dag gäller det?"))
    elif clause.has(What.CLOSED):
        words = name_in(clause.words).split()
        if is_whole and len(words) < 3 and not clause.has(What.WEEKDAYS, What.DATE, What.WEEKS):
            state.closed_line, state.closed_used = line, False
            state.heading, state.heading_line = "", 0
        else:
            _say_unread(state, line, clause, _("När är det stängt?"))
    elif here:
        _describe(here, clause, days)
        if days.weekdays and days.weekdays != tuple(row.weekday for row in here):
            here[-1].doubt(_("Texten säger mer om dagen. Läs hela raden."))
    elif clause.has(What.AGES, What.PARITY, What.SIGN_UP, What.LANGUAGE) and not days.weekdays:
        _attributes(state, piece, clause, days)
    elif days.weekdays or days.plain:
        _day_heading(state, line, clause, is_whole)
    else:
        _heading(state, piece, clause, is_whole)


def _closed_between(state: _State, line: int, reopens: date) -> None:
    """ "Sista dagen är 18 juni. Vi öppnar igen 16 augusti" is a closing."""
    if state.last_day and state.last_day < reopens:
        one_day = timedelta(days=1)
        row = Row(Kind.CLOSED, line, date=state.last_day + one_day, last_date=reopens - one_day)
        state.rows.append(row)
        state.unread.pop(line, None)
    state.last_day = None


def _day_heading(state: _State, line: int, clause: Clause, is_whole: bool) -> None:
    name = name_in(clause.words)
    if is_whole and not clause.has(What.CLOSED):
        state.context.add(line)
        state.ages = None if state.leads is not True else state.ages
        state.heading, state.heading_line = (name, line) if name else ("", 0)
    if name:
        _say_unread(state, line, clause, _("Här nämns en dag, men inget klockslag."))


def _attributes(state: _State, piece: Piece, clause: Clause, days: Days) -> None:
    """On a line of their own: of the row before, or where they lead, of those after."""
    leads = not state.rows if state.leads is None else state.leads
    if clause.has(What.AGES) and state.leads is None:
        state.leads = leads
    name = name_in(clause.words)
    if name and name.lower() not in _ANYBODY and all(row.name for row in state.last):
        leads = True  # a name of its own: what follows
    belongs = state.last and not leads and not state.blank
    if belongs and (_may_take(state.last, clause) or not clause.has(What.AGES)):
        _describe(state.last, clause, days)
        for row in state.last:
            row.name = row.name or name
            row.context += (piece.number,)
        state.context.add(piece.number)
    elif clause.has(What.AGES):
        state.ages, state.ages_line = clause.first(What.AGES), piece.number
        if name:
            state.heading, state.heading_line = name, piece.number


def _heading(state: _State, piece: Piece, clause: Clause, is_whole: bool) -> None:
    name = name_in(clause.words)
    alone = (
        is_whole and name.lower() not in _TABLE_HEADS and clause.text.strip() == piece.text.strip()
    )
    if not name or not alone or clause.has(What.NOISE, What.CONTACT):
        return
    if state.last and not state.blank and not state.last[-1].name and len(name.split()) < 6:
        for row in state.last:
            row.name = row.name or name
            row.context += (piece.number,)
        return
    state.heading, state.heading_line, state.ages = name, piece.number, None


def _may_take(rows: list[Row], clause: Clause) -> bool:
    return clause.has(What.AGES) and all(map(_has_no_ages, rows))


def _describe(rows: list[Row], clause: Clause, days: Days) -> None:
    """Give rows what a later clause says of them, where they have nothing yet."""
    for row in rows:
        if row.kind in (Kind.WEEKLY, Kind.SINGLE):
            if _has_no_ages(row) and (ages := clause.first(What.AGES)):
                row.min_age_months, row.max_age_months = ages
            if row.sign_up is None:
                row.sign_up = clause.first(What.SIGN_UP)
            row.language = row.language or clause.first(What.LANGUAGE)
        if row.kind is Kind.WEEKLY and not days.weekdays:
            row.from_ = days.from_ or days.begins or row.from_
            row.until = row.until or days.until or _after(row, clause.first(What.COUNT))
        parity = clause.first(What.PARITY)
        if row.parity == "every" and parity in ("odd", "even") and row.weekday:
            row.parity = parity


def _after(row: Row, count: int | None) -> date | None:
    """The last of so many weeks, as in "vi träffas åtta gånger"."""
    return row.from_ + timedelta(weeks=count - 1) if row.from_ and count else None


def _share(rows: list[Row]) -> None:
    """ "måndagar 13–16 och onsdagar 9–12, upp till 10 månader": one name and age for both."""
    for before, after in pairwise(rows):
        alike = before.kind is after.kind and before.line == after.line
        if not alike or before.kind not in (Kind.WEEKLY, Kind.SINGLE):
            continue
        nameless = not after.name or not before.name
        if nameless and _has_no_ages(before) and not _has_no_ages(after):
            before.min_age_months, before.max_age_months = _ages(after)
        elif nameless and _has_no_ages(after) and not after.name:
            after.min_age_months, after.max_age_months = _ages(before)
        after.name = after.name or before.name


def _ages(row: Row) -> tuple[int | None, int | None]:
    return row.min_age_months, row.max_age_months


def _has_no_ages(row: Row) -> bool:
    return _ages(row) == (None, None)


def _sing(state: _State, song: _Song) -> None:
    near = [row for row in song.rows if _holds(row, song.at)] or [
        row for row in state.rows if row.weekday in song.weekdays and _holds(row, song.at)
    ]
    for row in near:
        row.song_at = row.song_at or song.at
    if not near and song.weekdays and not song.rows:
        for day in song.weekdays:
            row = Row(Kind.WEEKLY, song.line, _("Sång"), day, starts_at=song.at, song_at=song.at)
            row.doubt(_("När slutar det?"))
            state.rows.append(row)


def _holds(row: Row, at: time) -> bool:
    if row.kind not in (Kind.WEEKLY, Kind.SINGLE) or row.starts_at is None:
        return False
    return row.starts_at <= at and (row.ends_at is None or at <= row.ends_at)


def _finish(state: _State) -> None:
    for row in state.rows:
        if not row.name:
            row.name = _NAMES[row.kind]
        if _ages(row) != (None, None) and (row.max_age_months or 0) > 216:
            row.doubt(_("Stämmer åldern?"))
        state.context |= set(row.context)


def _say_unread(state: _State, line: int, clause: Clause, why: str) -> None:
    if clause.has(*_TIMELY):
        state.unread.setdefault(line, why)


def _line(state: _State, number: int, text: str) -> ReadLine:
    rows = tuple(row for row in state.rows if row.line == number)
    why = state.unread.get(number)
    if rows:
        return ReadLine(number, text, Use.ROWS, rows, (why,) if why else ())
    if not text.strip():
        return ReadLine(number, text, Use.EMPTY)
    if number in state.context:
        return ReadLine(number, text, Use.CONTEXT)
    return ReadLine(number, text, Use.UNREAD if why else Use.OTHER, (), (why,) if why else ())
