"""The first things of a programme of thousands; no more is weighed than what may be among them.

1.  The counts tell by which day so many are planned.
2.  Of the days until then every planned start is asked for, with whose it is. Those that are over
    by the clock on the wall are left out.
3.  Weighed are those who have one of the first starts, half as many again as are wanted. What
    begins after the last of these is left out: others, who are not weighed, may begin before it.
4.  Where too few of them are kept it is tried with some more, and then all are weighed.
"""

from collections.abc import Callable
from datetime import date, datetime

from .closures_of_many import text_key
from .planned import Start
from .programme_of_many import ProgrammeOfMany
from .programme_values import Occurrence
from .spans import instant

_SPARE, _MORE = 1.5, 4  # times as many: some are over, moved or not wanted


def _always(_occurrence: Occurrence) -> bool:
    return True


def first_of_many(
    programme: ProgrammeOfMany,
    count: int,
    *,
    after: datetime | None = None,
    keeps: Callable[[Occurrence], bool] = _always,
) -> list[Occurrence]:
    """The first `count` that are not over at `after`, and that `keeps` wants, in order of time."""

    def kept(found: list[Occurrence]) -> list[Occurrence]:
        return [one for one in found if (after is None or one.ends > after) and keeps(one)][:count]

    over, few, more = _over(programme, after), round(_SPARE * count), _MORE * count
    for size, planned in (few, max(few, over)), (more, more + over):
        until = programme.day_of(planned)
        starts = _starts(programme, until, after)
        if len(starts) >= size:
            found = kept(_weighed(programme, starts, starts[size - 1]))
            if len(found) >= count:
                return found
        elif until == programme.to:
            break
    return kept(programme.between())


def _over(programme: ProgrammeOfMany, after: datetime | None) -> int:
    """At most so many of the programme are over."""
    if after is None:
        return 0
    today = after.astimezone(programme.zone).date()
    return sum(n for day, n in programme.counts.items() if day <= today)


def _starts(programme: ProgrammeOfMany, until: date, after: datetime | None) -> list[Start]:
    starts = programme.starts(until)
    if after is None:
        return starts
    wall = after.astimezone(programme.zone)
    return [start for start in starts if not start.is_over(wall.date(), wall.time())]


def _weighed(programme: ProgrammeOfMany, starts: list[Start], last: Start) -> list[Occurrence]:
    """All that begins until the `last` of the starts, in order of time."""
    owners = {text_key(start.owner) for start in starts if start[:2] <= last[:2]}
    until = instant(last.day, last.starts_at, programme.zone)
    found = programme.held_by(owners, last.day).between()
    return [one for one in found if one.starts <= until]
