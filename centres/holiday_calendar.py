"""Sweden's public holidays, eves and squeeze days, for the rules of opening hours.

Public holidays are those of the law (1989:253); Sundays are left to the schedules. Eves are the
`de_facto` and `optional` days of the `holidays` library. A squeeze day (klämdag) is a Monday to
Friday with a public holiday, a de facto eve or a weekend day on both sides; the library knows only
the Friday after Ascension Day, so all are computed here.
"""

from collections.abc import Mapping
from datetime import date, timedelta
from functools import lru_cache
from types import MappingProxyType
from typing import cast

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from holidays.countries.sweden import Sweden

from .hours_values import Holiday

# The library's English names and ours.
NAMES = {
    "New Year's Day": _("nyårsdagen"),
    "Epiphany": _("trettondedag jul"),
    "Good Friday": _("långfredagen"),
    "Easter Sunday": _("påskdagen"),
    "Easter Monday": _("annandag påsk"),
    "May Day": _("första maj"),
    "Ascension Day": _("Kristi himmelsfärdsdag"),
    "Pentecost": _("pingstdagen"),
    "Pentecost Monday": _("annandag pingst"),
    "National Day": _("nationaldagen"),
    "Midsummer Day": _("midsommardagen"),
    "All Saints' Day": _("alla helgons dag"),
    "Christmas Day": _("juldagen"),
    "Second Day of Christmas": _("annandag jul"),
    "Midsummer Eve": _("midsommarafton"),
    "Christmas Eve": _("julafton"),
    "New Year's Eve": _("nyårsafton"),
    "Twelfth Night": _("trettondagsafton"),
    "Maundy Thursday": _("skärtorsdagen"),
    "Holy Saturday": _("påskafton"),
    "Walpurgis Night": _("valborgsmässoafton"),
    "Pentecost Eve": _("pingstafton"),
    "All Saints' Eve": _("allhelgonaafton"),
    "Squeeze day": _("klämdag"),
}
_SATURDAY = 6


def holidays_around(day: date) -> Mapping[date, Holiday]:
    """The holidays that answers about `day` may need: from a year before to two years after."""
    return holidays_between(day.year - 1, day.year + 2)


@lru_cache(maxsize=16)
def holidays_between(first_year: int, last_year: int) -> Mapping[date, Holiday]:
    """All holidays of the years `first_year`..`last_year`, by date."""
    years = range(first_year, last_year + 1)
    public, eves, optional = (
        _named_days(years, kind) for kind in ("public", "de_facto", "optional")
    )
    squeezed = dict.fromkeys(_squeeze_days(years, public.keys() | eves.keys()), "Squeeze day")
    unanswered = squeezed | optional | eves
    days = {day: Holiday(_name(name), public=False) for day, name in unanswered.items()}
    days |= {day: Holiday(_name(name), public=True) for day, name in public.items()}
    return MappingProxyType(days)


def _named_days(years: range, category: str) -> dict[date, str]:
    return dict(Sweden(years=years, include_sundays=False, categories={category}, language="en_US"))


def _name(english: str) -> str:
    """Two holidays on one day come as "A; B"; eves come with "(from 2pm)" behind them.

    Translated only when it is read, since the calendar is kept for readers of every language.
    """
    first, *more = (NAMES.get(part.split(" (")[0], _("helgdag")) for part in english.split("; "))
    return cast("str", format_lazy(_("{} och {}"), first, *more) if more else first)


def _squeeze_days(years: range, red: set[date]) -> list[date]:
    first, last = date(years[0], 1, 1), date(years[-1], 12, 31)
    days = (first + timedelta(days=n) for n in range((last - first).days + 1))

    def is_free(day: date) -> bool:
        return day in red or day.isoweekday() >= _SATURDAY

    return [
        day
        for day in days
        if not is_free(day)
        and is_free(day - timedelta(days=1))
        and is_free(day + timedelta(days=1))
    ]
