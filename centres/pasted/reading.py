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

from datetime import date

from django.utils.translation import gettext as _

from .clauses import Clause, clauses
from .dates import earliest_of, term_begins
from .days import Days, days_of
from .describing import ages_of, describe, share
from .found import What
from .headings import lend_heading, take_without_rows
from .lines import Piece, lines_of, pieces, sentences
from .names import name_in
from .sessions import Lent, rows_of
from .songs import note_songs, sing
from .state import State, say_unread
from .values import Kind, ReadLine, Row, Use

_NAMES = {
    Kind.WEEKLY: "Öppet",
    Kind.SINGLE: "Öppet",
    Kind.CLOSED: "Stängt",
    Kind.CANCELLED: "Inställt",
}


def read(text: str, *, today: date) -> list[ReadLine]:
    """Every line of `text` in its order; `today` decides the years that it leaves out."""
    lines = lines_of(text)
    state = State(earliest_of(today))
    for piece in pieces(lines):
        if piece.text.strip():
            _read_piece(state, piece)
        else:
            _end_block(state)
    for song in state.songs:
        sing(state, song)
    _finish(state)
    return [_line(state, number, line) for number, line in enumerate(lines, 1)]


def _end_block(state: State) -> None:
    if state.closed_used:
        state.closed_line = 0
    state.blank = True


def _read_piece(state: State, piece: Piece) -> None:
    before = len(state.rows)
    if not state.dates_stay:
        state.dates = ()
    state.part = ""
    for sentence in sentences(piece.text):
        for clause in clauses(sentence, state.earliest):
            _read_clause(state, piece, clause)
    state.day_heads = state.days_line == piece.number and piece.number in state.context
    share(state.rows[before:])
    for row in state.rows[before:]:
        lend_heading(state, row)
    state.blank = False


def _read_clause(state: State, piece: Piece, clause: Clause) -> None:
    line = piece.number
    if term := clause.first(What.TERM):
        state.context.add(line)
        if term[1]:
            state.earliest = term_begins(*term)
    if _is_contact(clause):
        say_unread(state, line, clause, _("Ser ut som en telefontid."))
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
        take_without_rows(state, piece, clause, days)


def _is_contact(clause: Clause) -> bool:
    contacts = clause.of(What.CONTACT)
    times = clause.of(What.TIMES, What.TIME, What.WEEKDAYS, What.DATE)
    return bool(contacts and times and contacts[0].start < times[0].start)


def _lend_days(state: State, line: int, days: Days, clause: Clause) -> None:
    if days.weekdays:
        state.weekdays, state.days_line = days.weekdays, line
        state.dates, state.dates_stay, state.part = (), False, ""
    if days.plain and clause.has(What.DATE):
        stays = not clause.has(What.CLOSED, What.TIMES, What.TIME) and not name_in(clause.words)
        state.dates, state.dates_line, state.dates_stay = tuple(days.plain), line, stays
    if part := clause.first(What.PART):
        state.part = part


def _fills_in(state: State, line: int, clause: Clause, days: Days) -> bool:
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
    if not found or clause.has(What.CLOSED, What.CANCELLED) or clause.text.startswith("men "):
        return False
    for row in state.last:
        row.context += (row.line,) if row.line != line else ()
        row.line, row.starts_at, row.ends_at = line, found[0].starts_at, found[0].ends_at
        row.doubts = tuple(why for why in row.doubts if why != _("Klockslag saknas."))
        if row.starts_at and not row.ends_at:
            row.doubt(_("När slutar det?"))
        row.name = row.name or found[0].name
    describe(state.last, clause, days)
    return True


def _keep(state: State, line: int, clause: Clause, days: Days, rows: list[Row]) -> None:
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
    note_songs(state, line, clause, days)


def _finish(state: State) -> None:
    for row in state.rows:
        if not row.name:
            row.name = _NAMES[row.kind]
        if ages_of(row) != (None, None) and (row.max_age_months or 0) > 216:
            row.doubt(_("Stämmer åldern?"))
        state.context |= set(row.context)


def _line(state: State, number: int, text: str) -> ReadLine:
    rows = tuple(row for row in state.rows if row.line == number)
    why = state.unread.get(number)
    if rows:
        return ReadLine(number, text, Use.ROWS, rows, (why,) if why else ())
    if not text.strip():
        return ReadLine(number, text, Use.EMPTY)
    is_used = any(number in row.context for row in state.rows)
    if number in state.context and (is_used or not why):
        return ReadLine(number, text, Use.CONTEXT)
    return ReadLine(number, text, Use.UNREAD if why else Use.OTHER, (), (why,) if why else ())
