"""Wall times as instants, and spans of instants. Pure.

Only instants are compared: two aware datetimes of one zone compare as wall clocks.
"""

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

Span = tuple[datetime, datetime]
"""A start and an end as UTC instants; the end is not part of it."""


@lru_cache(maxsize=65_536)
def instant(day: date, wall: time, zone: ZoneInfo) -> datetime:
    """The UTC instant at which clocks in `zone` show `wall` on `day`.

    A time that the clocks skip is the end of the gap, one they show twice its first occurrence.
    """
    local = datetime.combine(day, wall, tzinfo=zone)
    return _end_of_gap(local) if _is_skipped(local) else local.astimezone(UTC)


def _is_skipped(local: datetime) -> bool:
    """Whether the clocks go forward over this time: the offset after it is then the larger."""
    before, after = local.utcoffset(), local.replace(fold=1).utcoffset()
    return (before or timedelta()) < (after or timedelta())


def _end_of_gap(local: datetime) -> datetime:
    """The instant at which the clocks jump over `local`, to the second."""
    earliest = local.replace(fold=1).astimezone(UTC)
    seconds = range(int((local.astimezone(UTC) - earliest).total_seconds()) + 1)
    after = local.replace(fold=1).utcoffset()

    def has_jumped(second: int) -> bool:
        return (earliest + timedelta(seconds=second)).astimezone(local.tzinfo).utcoffset() == after

    return earliest + timedelta(seconds=bisect_left(seconds, True, key=has_jumped))


def merge(spans: Iterable[Span]) -> list[Span]:
    """Overlapping and touching spans joined, in order; empty ones left out."""
    merged: list[Span] = []
    for start, end in sorted(spans):
        if end <= start:
            continue
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], end))
        else:
            merged.append((start, end))
    return merged


def subtract(start: datetime, end: datetime, cuts: list[Span]) -> Iterator[Span]:
    """What is left of `[start, end)` when the sorted `cuts` are taken out."""
    for cut_start, cut_end in cuts:
        if cut_end <= start or cut_start >= end or cut_end <= cut_start:
            continue
        if cut_start > start:
            yield start, cut_start
        start = cut_end
    if start < end:
        yield start, end
