"""The terms of the example hours around a day."""

from dataclasses import dataclass
from datetime import date, timedelta

from centres.models import Schedule

_SUMMER_WEEKS = (28, 32)  # ISO weeks: when most open preschools close


@dataclass(frozen=True)
class Term:
    """A range of dates, both ends included; `name` tells the terms of one laying apart."""

    name: str
    kind: str
    first: date
    last: date


def terms_around(today: date) -> list[Term]:
    """The running half year, the twelve months after it, and the summers that are not over."""
    first, last = half_year(today)
    next_first = last + timedelta(days=1)
    next_last = next_first.replace(year=next_first.year + 1) - timedelta(days=1)
    regular = Schedule.Kind.REGULAR
    terms = [Term("now", regular, first, last), Term("next", regular, next_first, next_last)]
    return terms + [
        Term(f"summer-{n}", Schedule.Kind.SEASON, *summer)
        for n, summer in enumerate(map(_summer, range(first.year, next_last.year + 1)))
        if summer[1] >= today and summer[0] >= first and summer[1] <= next_last
    ]


def half_year(day: date) -> tuple[date, date]:
    if day.month <= 6:
        return date(day.year, 1, 1), date(day.year, 6, 30)
    return date(day.year, 7, 1), date(day.year, 12, 31)


def _summer(year: int) -> tuple[date, date]:
    first_week, last_week = _SUMMER_WEEKS
    return date.fromisocalendar(year, first_week, 1), date.fromisocalendar(year, last_week, 7)
