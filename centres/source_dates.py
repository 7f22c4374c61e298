"""When a source was written, as far as its date is known: "våren 2024", "2017–2020". Pure.

The order is for reckoning only: readers get the words themselves, a bare date spelt out.
"""

import re
from datetime import date

from .hours_text import MONTHS, day_with_year

# The first month of each season, as a school year has them.
_SEASONS = {"vår": 1, "sommar": 6, "höst": 8, "vinter": 12}

_DAY = re.compile(r"\b(\d{4})-(\d{2})-(\d{2})\b")
_YEAR = re.compile(r"\b(?:19|20)\d{2}\b")
_MONTH = re.compile("|".join(MONTHS))
_SEASON = re.compile(r"\b(" + "|".join(_SEASONS) + r")(?:en)?\b")


def earliest_day(words: str) -> date | None:
    """The first day that the words can mean, or None if they name no year.

    So nothing is taken for newer than it is. "Före 2021" has no first day and counts from the
    beginning of the year before.
    """
    written = words.lower()
    if (exact := _DAY.search(written)) and (day := _day(*map(int, exact.groups()))):
        return day
    years = [int(year) for year in _YEAR.findall(written)]
    if not years:
        return None
    if "före" in written:
        return date(min(years) - 1, 1, 1)
    return date(min(years), _first_month(written), 1)


def readable(words: str) -> str:
    """ "2020-10-23" as "23 oktober 2020"; other words as they are."""
    exact = _DAY.fullmatch(words)
    day = _day(*map(int, exact.groups())) if exact else None
    return day_with_year(day) if day else words


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _first_month(written: str) -> int:
    if month := _MONTH.search(written):
        return MONTHS.index(month.group()) + 1
    season = _SEASON.search(written)
    return _SEASONS[season.group(1)] if season else 1
