"""Lines that give no row but lend something to others: headings, first and last days. Pure."""

import re
from datetime import date, timedelta

from django.utils.translation import gettext as _

from .clauses import Clause
from .days import Days
from .describing import describe, has_no_ages, may_take
from .found import What
from .lines import Piece
from .names import name_in
from .songs import note_songs
from .state import State, say_unread
from .values import Kind, Row

_LONGEST_HEADING = 60
_TABLE_HEADS = ("dag", "tid", "vad", "vem", "aktivitet", "ålder", "åldrar", "plats", "lokal")
_GREETING = re.compile(
    r"\W*(?:hej|hejsan|hallå|(?:välkomna )?(?:önskar|hälsar)|\w*hälsning\w*|mvh|kram\w*)\b",
    re.IGNORECASE,
)
_ANYBODY = ("alla", "alla åldrar", "ålder", "åldrar", "barn", "bebisar", "småbarn")


def take_without_rows(state: State, piece: Piece, clause: Clause, days: Days) -> None:
    """A heading, a term's first day, something that belongs to the rows before, or nothing."""
    line, is_whole = piece.number, len(piece.text) <= _LONGEST_HEADING
    here = [row for row in state.last if row.line == line]
    starts = days.from_ or days.begins or days.reopens
    if days.reopens and state.last_day and state.last_day_line == line:
        _closed_between(state, line, days.reopens)
    elif days.last_day:
        state.last_day, state.last_day_line = days.last_day, line
        say_unread(state, line, clause, _("När öppnar ni igen?"))
    elif clause.has(What.SONG) and not days.plain:
        state.context.add(line)
        note_songs(state, line, clause, days)
        describe(here or ([] if state.blank else state.last), clause, days)
    elif starts and not days.weekdays and not here:
        if not any(row.kind is Kind.WEEKLY for row in state.rows):
            state.from_, state.from_line = starts, line
        else:
            say_unread(state, line, clause, _("Vad börjar då? Läs hela raden."))
        state.context.add(line)
    elif clause.has(What.TIMES, What.TIME):
        say_unread(state, line, clause, _("Vilken dag gäller det?"))
    elif clause.has(What.CLOSED):
        words = name_in(clause.words).split()
        if is_whole and len(words) < 3 and not clause.has(What.WEEKDAYS, What.DATE, What.WEEKS):
            state.closed_line, state.closed_used = line, False
            state.heading, state.heading_line = "", 0
        else:
            say_unread(state, line, clause, _("När är det stängt?"))
    elif here:
        describe(here, clause, days)
        if days.weekdays and days.weekdays != tuple(row.weekday for row in here):
            here[-1].doubt(_("Texten säger mer om dagen. Läs hela raden."))
    elif clause.has(What.AGES, What.PARITY, What.SIGN_UP, What.LANGUAGE) and not days.weekdays:
        _attributes(state, piece, clause, days)
    elif days.weekdays or days.plain:
        _day_heading(state, line, clause, is_whole)
    else:
        _heading(state, piece, clause, is_whole)


def _closed_between(state: State, line: int, reopens: date) -> None:
    """ "Sista dagen är 18 juni. Vi öppnar igen 16 augusti" is a closing."""
    if state.last_day and state.last_day < reopens:
        one_day = timedelta(days=1)
        row = Row(Kind.CLOSED, line, date=state.last_day + one_day, last_date=reopens - one_day)
        state.rows.append(row)
        state.unread.pop(line, None)
    state.last_day = None


def _day_heading(state: State, line: int, clause: Clause, is_whole: bool) -> None:
    name = name_in(clause.words)
    if clause.has(What.CANCELLED, What.MOVED):
        say_unread(state, line, clause, _("Vilket datum gäller det?"))
    elif is_whole and not clause.has(What.CLOSED):
        state.context.add(line)
        state.ages = None if state.leads is not True else state.ages
        state.heading, state.heading_line = (name, line) if name else ("", 0)
    if name:
        say_unread(state, line, clause, _("Här nämns en dag, men inget klockslag."))


def _attributes(state: State, piece: Piece, clause: Clause, days: Days) -> None:
    """On a line of their own: of the row before, or where they lead, of those after."""
    leads = not state.rows if state.leads is None else state.leads
    if clause.has(What.AGES) and state.leads is None:
        state.leads = leads
    name = name_in(clause.words)
    if name and name.lower() not in _ANYBODY and all(row.name for row in state.last):
        leads = True  # a name of its own: what follows
    belongs = state.last and not leads and not state.blank
    if belongs and (may_take(state.last, clause) or not clause.has(What.AGES)):
        describe(state.last, clause, days)
        for row in state.last:
            row.name = row.name or name
            row.context += (piece.number,)
        state.context.add(piece.number)
    elif clause.has(What.AGES):
        state.ages, state.ages_line = clause.first(What.AGES), piece.number
        if name:
            state.heading, state.heading_line = name, piece.number


def _heading(state: State, piece: Piece, clause: Clause, is_whole: bool) -> None:
    name = name_in(clause.words)
    alone = (
        is_whole and name.lower() not in _TABLE_HEADS and clause.text.strip() == piece.text.strip()
    )
    if not name or not alone or clause.has(What.NOISE, What.CONTACT) or _GREETING.match(piece.text):
        return
    if state.last and not state.blank and not state.last[-1].name and len(name.split()) < 6:
        for row in state.last:
            row.name = row.name or name
            row.context += (piece.number,)
        return
    state.heading, state.heading_line, state.ages = name, piece.number, None


def lend_heading(state: State, row: Row) -> None:
    """The name and ages that stand above a row which has none of its own."""
    if row.name or row.kind not in (Kind.WEEKLY, Kind.SINGLE):
        return
    lenders = set(row.context)
    if state.heading:
        row.name = state.heading
        lenders.add(state.heading_line)
    if state.ages and has_no_ages(row):
        row.min_age_months, row.max_age_months = state.ages
        lenders.add(state.ages_line)
    row.context = tuple(sorted(lenders - {row.line}))
