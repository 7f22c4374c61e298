"""What a house says of its status (läge), and of the one that comes next, in Swedish words."""

from datetime import date

from django.utils.translation import gettext as _

from .hours_text import day_with_year
from .models import FamilyCentre

_STATUS = FamilyCentre.Status


def status_word(status: FamilyCentre.Status) -> str:
    """A status in one word, for tables and cards: "Beslutad", "Byggs", "Flyttad"."""
    return {
        _STATUS.IDEA: _("Idé"),
        _STATUS.PROPOSED: _("Planeras"),
        _STATUS.DECIDED: _("Beslutad"),
        _STATUS.BUILDING: _("Byggs"),
        _STATUS.OPEN: _("I drift"),
        _STATUS.TEMPORARILY_CLOSED: _("Tillfälligt stängd"),
        _STATUS.MOVED: _("Flyttad"),
        _STATUS.CLOSED: _("Nedlagd"),
    }[status]


def words_of_status(centre: FamilyCentre, today: date) -> str:
    """What a house is that has no hours to show: "Byggs", "Flyttade 1 mars 2027"."""
    status, since = centre.status_on(today), centre.status_since_on(today)
    said = {
        _STATUS.IDEA: _("Bara en idé än så länge"),
        _STATUS.PROPOSED: _("Planeras och har inte öppnat, så vitt vi vet"),
        _STATUS.DECIDED: _("Beslutad och har inte öppnat, så vitt vi vet"),
        _STATUS.BUILDING: _("Byggs och har inte öppnat ännu"),
        _STATUS.OPEN: _("Vi vet inte vilka verksamheter som finns här"),
        _STATUS.TEMPORARILY_CLOSED: _("Tillfälligt stängd"),
        _STATUS.MOVED: _("Har flyttat"),
        _STATUS.CLOSED: _("Nedlagd"),
    }[status]
    if since and status == _STATUS.MOVED:
        return _("Flyttade %(day)s") % {"day": day_with_year(since)}
    if since and status in (_STATUS.CLOSED, _STATUS.TEMPORARILY_CLOSED):
        return _("%(status)s sedan %(day)s") % {"status": said, "day": day_with_year(since)}
    return said


def next_status_words(centre: FamilyCentre, today: date) -> str:
    """The change to come with its certainty: "öppnar 1 mars 2027", "väntas öppna …", or "".

    An expected day that has passed is told as such: nobody has said that it came true.
    """
    day = centre.next_status_on
    if day is None or centre.status_on(today) != centre.status:
        return ""
    verb, infinitive = _verbs(centre)
    if centre.next_status_certainty == FamilyCentre.Certainty.DECIDED:
        return _("%(verb)s %(day)s") % {"verb": verb, "day": day_with_year(day)}
    if day <= today:
        said = {"infinitive": infinitive, "day": day_with_year(day)}
        return _("väntades %(infinitive)s %(day)s, men vi vet inte om det blev så") % said
    return _("väntas %(infinitive)s %(day)s") % {
        "infinitive": infinitive,
        "day": day_with_year(day),
    }


def _verbs(centre: FamilyCentre) -> tuple[str, str]:
    """What the house will do, in the present tense and in the infinitive."""
    reopens = centre.status == _STATUS.TEMPORARILY_CLOSED
    return {
        _STATUS.OPEN: (_("öppnar igen"), _("öppna igen")) if reopens else (_("öppnar"), _("öppna")),
        _STATUS.MOVED: (_("flyttar"), _("flytta")),
        _STATUS.CLOSED: (_("läggs ned"), _("läggas ned")),
        _STATUS.TEMPORARILY_CLOSED: (_("stänger tillfälligt"), _("stänga tillfälligt")),
        _STATUS.BUILDING: (_("börjar byggas"), _("börja byggas")),
    }.get(centre.next_status, (_("beslutas"), _("beslutas")))
