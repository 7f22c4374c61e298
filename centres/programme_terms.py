"""The times of an activity laid out for another term. Pure.

1.  All dates move by the same number of whole weeks, so that weekdays stay: from the week of the
    earliest date to the week in which the new term begins.
2.  A weekly time that began with the old term begins with the new, one that lasted to its end lasts
    to the new end; the rest is cut to the new term.
3.  Odd weeks stay odd and even stay even, the first Monday of the month the first: whoever comes
    every other week knows it by that.
4.  What would not happen in the new term comes without a new time, for staff to decide.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta

from .programme import days_of
from .programme_values import Rule


def shifted(rules: Iterable[Rule], first: date, last: date) -> list[tuple[Rule, Rule | None]]:
    """Each rule with what it becomes in the term `first`..`last`, both included, or None."""
    rules = list(rules)
    begins = min((rule.first_day for rule in rules), default=first)
    ends = max((rule.last_day for rule in rules), default=last)
    ahead = _monday(first) - _monday(begins)
    return [(rule, _shift(rule, begins, ends, ahead, first, last)) for rule in rules]


def _shift(
    rule: Rule, begins: date, ends: date, ahead: timedelta, first: date, last: date
) -> Rule | None:
    is_single = rule.slot.weekday is None
    new_first, new_last = rule.first_day + ahead, rule.last_day + ahead
    if not is_single:
        new_first = first if rule.first_day == begins else max(new_first, first)
        new_last = last if rule.last_day == ends else min(new_last, last)
    if not first <= new_first <= new_last <= last:
        return None
    if not is_single and new_first == new_last:
        return None
    new = replace(rule, first_day=new_first, last_day=new_last, awaits_confirmation=True)
    return new if days_of(new, new_first, new_last) else None


def _monday(day: date) -> date:
    return day - timedelta(days=day.isoweekday() - 1)
