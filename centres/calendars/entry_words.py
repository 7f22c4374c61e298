"""What an event of a calendar says, in Swedish: its heading, its state and what to know of it.

Many calendar programs hide the state of an event, so the heading says it too.
"""

from django.utils.translation import gettext as _

from .. import hours_text as words
from ..finder_form import service_name
from ..models import Activity
from ..programme_values import NOT_HERE, Occurrence, State
from ..whats_on.happening import Happening
from .ical import CANCELLED, CONFIRMED, TENTATIVE


def status_of(occurrence: Occurrence) -> str:
    """The STATUS of iCalendar. What has been moved is confirmed at its new time."""
    if occurrence.state in NOT_HERE:
        return CANCELLED
    return TENTATIVE if occurrence.state is State.UNCONFIRMED else CONFIRMED


def heading(happening: Happening) -> str:
    """ "Babyöppet, Familjecentralen Hjällbo", "Inställt: Babyöppet, Familjecentralen Hjällbo"."""
    what = f"{happening.name}, {happening.place_name}"
    is_unconfirmed = happening.occurrence.state is State.UNCONFIRMED
    state = _("Inte bekräftat än") if is_unconfirmed else happening.status
    return f"{state}: {what}" if state else what


def differing(happening: Happening) -> str:
    """ "Inställt: Vi är sjuka.", or "" for what is as planned.

    An event has one beginning and one end, so a break in the middle is told of.
    """
    if not happening.status:
        return ""
    parts = [f"{happening.status}: {happening.explanation}".rstrip(": ")]
    if len(happening.occurrence.spans) > 1:
        parts.append(_("Tider: %(hours)s") % {"hours": happening.hours})
    return " ".join(part if part.endswith((".", "!", "?")) else f"{part}." for part in parts)


def details(happening: Happening) -> str:
    """What is the same for every date: what it is, for whom, how to come and who holds it."""
    activity = happening.activity
    paragraphs = [
        activity.text.description if activity and activity.text else "",
        words.capitalised(f"{', '.join(happening.facts)}."),
        "\n".join(_before_one_comes(activity)) if activity else "",
        _who(happening),
    ]
    return "\n\n".join(filter(None, paragraphs))


def _before_one_comes(activity: Activity) -> list[str]:
    text = activity.text
    ways = ", ".join(
        filter(None, [activity.sign_up_phone, activity.sign_up_email, activity.sign_up_url])
    )
    said = [
        text.how_to_sign_up if text else "",
        _("Anmälan: %(ways)s") % {"ways": ways} if ways else "",
        text.cost_note if text else "",
        _("Ta med: %(things)s") % {"things": text.bring} if text and text.bring else "",
    ]
    return [line for line in said if line]


def _who(happening: Happening) -> str:
    """ "Öppen förskola, Familjecentralen Hjällbo. Telefon: 031-365 00 00. Ring före besök."."""
    room = happening.organiser
    told = [f"{service_name(room.service)}, {room.centre.name}."]
    if room.phone:
        told.append(_("Telefon: %(phone)s.") % {"phone": room.phone})
    if happening.check_words:
        told.append(words.capitalised(f"{happening.check_words}."))
    if is_example(happening):
        told.append(_("Exempel: uppgifterna är påhittade."))
    return " ".join(told)


def is_example(happening: Happening) -> bool:
    """Whether something that the room says is made up."""
    return any(row.is_example for row in happening.organiser.confirmations.all())
