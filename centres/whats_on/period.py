"""Which days of the programme somebody asks for, as they stand in the page's address. Pure.

`nar` is a word ("idag"), a day ("2026-12-03"), an ISO week ("2026-v49") or a month ("2026-12");
nothing is the coming seven days. Days that are over are left out.
"""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from django.utils.translation import gettext as _

from .. import hours_text as words

DAYS_AHEAD = 366
_COMING = 7  # days
_DAY = timedelta(days=1)
_SATURDAY, _SUNDAY = 6, 7
_WEEK = re.compile(r"(\d{4})-v(\d{1,2})", re.ASCII)
_MONTH = re.compile(r"(\d{4})-(\d{2})", re.ASCII)


class View(StrEnum):
    COMING = "coming"
    DAY = "day"
    WEEKEND = "weekend"
    WEEK = "week"
    MONTH = "month"


@dataclass(frozen=True, slots=True)
class Period:
    """The days `first`..`last`, both included; `asked` is how the address says it."""

    view: View
    first: date
    last: date
    asked: str = ""

    @property
    def days(self) -> list[date]:
        return [self.first + n * _DAY for n in range((self.last - self.first).days + 1)]


def period_of(asked: str, today: date) -> Period | None:
    """The days that the words mean; None where they mean none that can be shown."""
    found = _named(asked, today) or _dated(asked)
    if found is None or found.last < today or found.first > today + DAYS_AHEAD * _DAY:
        return None
    return Period(found.view, max(found.first, today), found.last, asked)


def _named(asked: str, today: date) -> Period | None:
    match asked:
        case "":
            return Period(View.COMING, today, today + (_COMING - 1) * _DAY)
        case "idag":
            return Period(View.DAY, today, today)
        case "imorgon":
            return Period(View.DAY, today + _DAY, today + _DAY)
        case "helgen":
            sunday = today + (_SUNDAY - today.isoweekday()) * _DAY
            return Period(View.WEEKEND, sunday - _DAY, sunday)
        case "veckan":
            return _dated(week_name(today))
        case "manaden":
            return _dated(month_name(today))
    return None


def _dated(asked: str) -> Period | None:
    try:
        if found := _WEEK.fullmatch(asked):
            monday = date.fromisocalendar(int(found[1]), int(found[2]), 1)
            return Period(View.WEEK, monday, monday + 6 * _DAY)
        if found := _MONTH.fullmatch(asked):
            first = date(int(found[1]), int(found[2]), 1)
            return Period(View.MONTH, first, first.replace(day=_days_in(first)))
        day = date.fromisoformat(asked)
        return Period(View.DAY, day, day)
    except (ValueError, OverflowError):
        return None


def _days_in(first: date) -> int:
    return monthrange(first.year, first.month)[1]


# --- Before and after ----------------------------------------------------------------------------


def week_name(day: date) -> str:
    """ "2026-v49"."""
    year, week, _weekday = day.isocalendar()
    return f"{year}-v{week}"


def month_name(day: date) -> str:
    """ "2026-12"."""
    return f"{day.year:04}-{day.month:02}"


def name_of(day: date, view: View) -> str:
    """How the address says the day, or the week or month it is in."""
    match view:
        case View.WEEK:
            return week_name(day)
        case View.MONTH:
            return month_name(day)
    return day.isoformat()


def before(period: Period, today: date) -> str:
    """The day, week or month before, or "" where that is over."""
    if period.view not in (View.DAY, View.WEEK, View.MONTH) or period.first <= today:
        return ""
    return name_of(period.first - _DAY, period.view)


def after(period: Period, today: date) -> str:
    """The day, week or month after; after a weekend or the coming days, the next week."""
    following = period.last + _DAY
    if (following - today).days > DAYS_AHEAD:
        return ""
    view = period.view if period.view in (View.DAY, View.MONTH) else View.WEEK
    return name_of(following, view)


# --- In words ------------------------------------------------------------------------------------


def heading(period: Period, today: date) -> str:
    """ "I dag, måndag 23 november", "Vecka 49, 30 november–6 december", "December 2026"."""
    match period.view:
        case View.DAY:
            return day_heading(period.first, today)
        case View.WEEKEND:
            return _("I helgen, %(days)s") % {"days": _range(period)}
        case View.WEEK:
            week = period.last.isocalendar().week
            return _("Vecka %(n)d, %(days)s") % {"n": week, "days": _range(period)}
        case View.MONTH:
            name = words.MONTHS[period.first.month - 1]
            return f"{words.capitalised(name)} {period.first.year}"
    return _("De närmaste sju dagarna")


def _range(period: Period) -> str:
    return words.date_range(period.first, period.last)


def day_heading(day: date, today: date) -> str:
    """ "I dag, måndag 23 november", "Onsdag 25 november"; with the year where it is another."""
    said = words.full_date(day) if day.year == today.year else f"{words.full_date(day)} {day.year}"
    near = {today: _("i dag"), today + _DAY: _("i morgon")}.get(day)
    return words.capitalised(f"{near}, {said}" if near else said)
