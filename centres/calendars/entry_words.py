"""What an event of a calendar says, in Swedish: its heading, its state and what to know of it.

Many calendar programs hide or shrink the state of an event, so the heading says it too.
"""

from collections.abc import Iterator
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from services.languages import spoken

from .. import hours_text as words
from ..hours_values import Slot
from ..models import Activity, ForWhom, TimeSlot
from ..programme_values import Occurrence, State
from ..whats_on.words import NOT_HERE, explanation, status_word
from .ical import CANCELLED, CONFIRMED, TENTATIVE


def status_of(occurrence: Occurrence) -> str:
    """The STATUS of iCalendar. What has been moved is confirmed at its new time."""
    if occurrence.state in NOT_HERE:
        return CANCELLED
    return TENTATIVE if occurrence.state is State.UNCONFIRMED else CONFIRMED


def heading(occurrence: Occurrence, name: str, place: str) -> str:
    """ "Babyöppet, Familjecentralen Hjällbo", "Inställt: Babyöppet, Familjecentralen Hjällbo"."""
    what = f"{name}, {place}" if place else name
    state = status_word(occurrence)
    if occurrence.state is State.UNCONFIRMED:
        state = _("Inte bekräftat än")
    return f"{state}: {what}" if state else what


def said_of(occurrence: Occurrence, zone: ZoneInfo, new_place: str, details: str) -> str:
    """What differs and why, then what holds for every date."""
    differs = explanation(occurrence, zone, new_place)
    return "\n\n".join(filter(None, [differs, details]))


def details_of_slot(slot: Slot) -> str:
    """For whom a labelled slot of opening hours is, as far as it is stated."""
    facts = [
        _ages(slot.min_age_months, slot.max_age_months),
        _siblings(slot.siblings),
        _held_in([slot.language] if slot.language else []),
    ]
    return "\n".join(filter(None, facts))


def details_of_activity(activity: Activity) -> str:
    """What it is, for whom, and what to do before one comes, as far as it is stated."""
    text = activity.text
    facts = [
        *([text.description] if text else []),
        *_for_whom(activity),
        _siblings(activity.siblings),
        _held_in(activity.languages),
        *_sign_up(activity),
        _cost(activity),
        *([_("Ta med: %(things)s") % {"things": text.bring}] if text and text.bring else []),
    ]
    return "\n".join(filter(None, facts))


def _for_whom(activity: Activity) -> Iterator[str]:
    yield _ages(activity.min_age_months, activity.max_age_months)
    if activity.for_expectant_parents:
        yield _("För dig som väntar barn.")
    if activity.for_whom:
        groups = words.listed([str(ForWhom(code).label) for code in activity.for_whom])
        yield _("Särskilt för %(groups)s.") % {"groups": groups}


def _ages(lowest: int | None, highest: int | None) -> str:
    said = words.ages(lowest, highest)
    return _("För barn: %(ages)s.") % {"ages": said} if said else ""


def _siblings(code: str) -> str:
    if code == TimeSlot.Siblings.UNSTATED:
        return ""
    return f"{words.capitalised(str(TimeSlot.Siblings(code).label))}."


def _held_in(languages: list[str]) -> str:
    if not languages:
        return ""
    return _("Hålls på %(languages)s.") % {"languages": words.listed(list(map(spoken, languages)))}


def _sign_up(activity: Activity) -> Iterator[str]:
    yield f"{words.capitalised(activity.get_admission_display())}."
    if activity.text and activity.text.how_to_sign_up:
        yield activity.text.how_to_sign_up
    ways = (activity.sign_up_phone, activity.sign_up_email, activity.sign_up_url)
    if any(ways):
        yield _("Anmälan: %(ways)s") % {"ways": ", ".join(filter(None, ways))}


def _cost(activity: Activity) -> str:
    note = activity.text.cost_note if activity.text else ""
    if activity.cost is None:
        return note
    cost = _("%(n)d kronor") % {"n": activity.cost} if activity.cost else _("Gratis")
    return f"{cost}. {note}".strip()
