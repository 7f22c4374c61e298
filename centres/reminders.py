"""The weekly mail to staff of what they have to confirm and to answer."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime, timedelta
from itertools import groupby

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.mail import EmailMessage
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from .freshness import HouseToDo, Unanswered
from .hours_text import capitalised
from .models import FamilyCentre

HOLIDAYS_AHEAD = timedelta(days=30)
# Whoever has more houses than this gets numbers, and finds the rest in the overview.
HOUSES_IN_FULL = 3


# What apps above this one have for the mail: for a person at a moment, the lines of it.
Awaiting = Callable[[object, datetime], Sequence[str]]
_others: list[Awaiting] = []


def remind_also(awaiting: Awaiting) -> None:
    """Let the mail tell of more. The first line stands in the subject too, where houses do not."""
    if awaiting not in _others:
        _others.append(awaiting)


def awaiting_elsewhere(user, at: datetime) -> list[list[str]]:
    return [list(lines) for awaiting in _others if (lines := awaiting(user, at))]


def people_to_remind() -> QuerySet:
    """Staff who can sign in; whose it is to confirm what is a matter of permissions."""
    return get_user_model().objects.filter(is_active=True, is_staff=True).exclude(email="")


def week_of(day: date) -> date:
    """The Monday of its week."""
    return day - timedelta(days=day.weekday())


def digest(
    user, houses: Sequence[HouseToDo], elsewhere: Sequence[list[str]] = ()
) -> EmailMessage | None:
    """What awaits `user` in the `houses` they may change and elsewhere; None where nothing does."""
    waiting = [house for house in houses if house.unconfirmed or _days(house)]
    if not waiting:
        return _only_elsewhere(user, elsewhere) if elsewhere else None
    parts = [_numbers(waiting)] if len(waiting) > HOUSES_IN_FULL else map(_in_full, waiting)
    lines = [
        _("Hej!"),
        "",
        _("Det här väntar på dig i Familjeportalen. Bekräfta det som stämmer, och ändra först"),
        _("det som inte stämmer. Det tar några minuter."),
        "",
        *("\n".join(part) + "\n" for part in parts),
        _("Allt på en sida, med länkar dit det rättas:"),
        _overview_url(),
        "",
        *("\n".join(part) + "\n" for part in elsewhere),
        _("Du får högst ett sådant brev i veckan, och inget när allt är bekräftat."),
    ]
    return EmailMessage(_subject(waiting), "\n".join(lines), to=[user.email])


def _only_elsewhere(user, elsewhere: Sequence[list[str]]) -> EmailMessage:
    lines = [
        _("Hej!"),
        "",
        *("\n".join(part) + "\n" for part in elsewhere),
        _("Du får högst ett sådant brev i veckan, och inget när inget väntar."),
    ]
    subject = _("Familjeportalen: %(what)s") % {"what": elsewhere[0][0].rstrip(":")}
    return EmailMessage(subject, "\n".join(lines), to=[user.email])


def _subject(houses: Sequence[HouseToDo]) -> str:
    facts = sum(len(house.unconfirmed) for house in houses)
    days = sum(len(_days(house)) for house in houses)
    counts = " ".join(part for part in (_facts(facts), _and(facts, days), _holidays(days)) if part)
    return _("Familjeportalen: %(what)s") % {"what": counts}


def _days(house: HouseToDo) -> list[Unanswered]:
    return house.unanswered_within(HOLIDAYS_AHEAD)


def _facts(count: int) -> str:
    words = ngettext("%(n)d uppgift att bekräfta", "%(n)d uppgifter att bekräfta", count)
    return words % {"n": count} if count else ""


def _holidays(count: int) -> str:
    words = ngettext("%(n)d helgdag utan svar", "%(n)d helgdagar utan svar", count)
    return words % {"n": count} if count else ""


def _and(*counts: int) -> str:
    return _("och") if all(counts) else ""


# --- One house in full, or many in numbers -----------------------------------------------------
def _in_full(house: HouseToDo) -> list[str]:
    name = house.centre.name
    link = f"{_overview_url()}#{house.centre.slug}"
    return [name, link, *_unanswered_lines(house), *_unconfirmed_lines(house)]


def _overview_url() -> str:
    return settings.PUBLIC_URL + reverse("staff:overview")


def _unanswered_lines(house: HouseToDo) -> Iterator[str]:
    if not (rows := _days(house)):
        return
    yield _("Är det öppet? Svara före helgdagen:")
    for row in rows:
        yield f"- {capitalised(row.words)}: {row.room.service} ({row.channel_words})"


def _unconfirmed_lines(house: HouseToDo) -> Iterator[str]:
    if not house.unconfirmed:
        return
    yield _("Stämmer det fortfarande?")
    groups = groupby(house.unconfirmed, key=lambda fact: (fact.target, fact.age_words))
    for (target, age_words), facts in groups:
        is_house = isinstance(target, FamilyCentre)
        name = _("Huset") if is_house else capitalised(str(target.service))
        yield f"- {name}, {age_words}: {'; '.join(fact.words for fact in facts)}"


def _numbers(houses: Sequence[HouseToDo]) -> list[str]:
    return [
        f"- {house.centre.name}: "
        + ", ".join(
            part for part in (_facts(len(house.unconfirmed)), _holidays(len(_days(house)))) if part
        )
        for house in houses
    ]
