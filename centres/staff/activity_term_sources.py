"""What comes back term after term: activities with the times of their latest term."""

from collections.abc import Iterable
from datetime import date, timedelta

from services.versions import version_of

from ..house import House
from ..models import Activity, Recurrence
from ..programme_terms import shifted
from .activities import time_in_words
from .own_dates import activities_of

TERM = timedelta(weeks=20)  # whatever ends so long before the last time is of an earlier term


class Source:
    """An activity with the times of its latest term."""

    def __init__(self, activity: Activity):
        self.activity = activity
        rows = list(activity.recurrences.all())
        self.last_day = max((row.last_day for row in rows), default=date.min)
        self.times = [row for row in rows if row.last_day > self.last_day - TERM]
        self.first_day = min((row.first_day for row in self.times), default=date.max)

    def laid_out(self, first: date, last: date) -> list[tuple[str, str]]:
        """Each time in words with what it becomes, or "" where it would never come."""
        rows = {row.as_value(): row for row in self.times}
        pairs = shifted(rows, first, last)
        return [
            (time_in_words(rows[old]), time_in_words(Recurrence.from_value(new)) if new else "")
            for old, new in pairs
        ]


def sources_of(user, house: House) -> list[Source]:
    """What comes back term after term; a single event does not."""
    rows = activities_of(user, house).exclude(kind=Activity.Kind.ONE_OFF)
    loaded = rows.select_related("organiser__centre").prefetch_related("texts", "recurrences")
    found = [Source(row) for row in sorted(loaded, key=str)]
    return [source for source in found if source.times]


def not_yet_in(sources: Iterable[Source], first: date) -> list[Source]:
    """Those without times from `first` on."""
    return [source for source in sources if source.last_day < first]


def version_of_sources(sources: Iterable[Source]) -> str:
    return version_of(
        [(str(source.activity.pk), [row.as_value() for row in source.times]) for source in sources]
    )
