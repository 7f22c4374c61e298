"""For whom guides are: the ages to choose from, and those of a guide in words."""

from django.utils.translation import gettext as _

from centres import hours_text as words
from centres.address_values import AddressValues, Option
from centres.finder_form import EXPECTING, Asked, age_words

from .models import Guide

OFFERED = (0, 3, 6, 12, 24, 36, 60, 84, 120, 156, 180)
"""Completed months: the ages at which parents' questions change."""

GROWN_UP = 18 * 12 - 1


def ages_to_choose(asked: AddressValues, chosen: int | None) -> list[Option]:
    """That somebody expects a child, the ages offered, and the one that is chosen if another."""
    months = sorted({*OFFERED, *([] if chosen is None else [chosen])})
    expecting = asked.toggle("alder", EXPECTING, _("Väntar barn"))
    ages = (asked.toggle("alder", str(n), words.capitalised(age_words(n))) for n in months)
    return [expecting, *ages]


def chosen_words(asked: Asked) -> str:
    """The age that is chosen, in words, or ""."""
    if asked.wish.expecting:
        return _("den som väntar barn")
    return "" if asked.wish.age is None else age_words(asked.wish.age)


def for_whom(guide: Guide) -> str:
    """ "Väntar barn, 0–12 månader"; "" is for everyone."""
    highest = guide.to_months
    if highest is not None and highest >= GROWN_UP:
        highest = None
    ages = words.ages(guide.from_months or None, highest)
    if guide.is_only_for_expectant_parents:
        return _("Väntar barn")
    if not ages:
        return ""
    return _("Väntar barn, %(ages)s") % {"ages": ages} if guide.expecting else ages
