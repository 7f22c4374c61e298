"""When there is singing, and in which row. Pure."""

from datetime import time

from django.utils.translation import gettext as _

from .clauses import Clause
from .days import Days
from .found import What
from .state import Song, State
from .values import Kind, Row


def note_songs(state: State, line: int, clause: Clause, days: Days) -> None:
    for find in clause.of(What.SONG):
        weekdays = days.weekdays or state.weekdays
        state.songs.append(Song(line, find.value, weekdays, list(state.last)))


def sing(state: State, song: Song) -> None:
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
