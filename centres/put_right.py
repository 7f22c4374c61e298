"""Where staff put right what the overview and the mails point out.

Every link to it is made here: a page made for one of the tasks takes over by its line below.
"""

from urllib.parse import urlencode

from django.urls import reverse

from .freshness import Fact, Target, Unanswered
from .models import FamilyCentre


def facts_url(target: Target) -> str:
    """The form of the house or the room."""
    model = "familycentre" if isinstance(target, FamilyCentre) else "serviceatcentre"
    return reverse(f"admin:centres_{model}_change", args=[target.pk])


def confirm_url(fact: Fact) -> str:
    """The confirmations of its house or room, else the form of a first one."""
    field = "centre" if isinstance(fact.target, FamilyCentre) else "service_at_centre"
    if fact.confirmation:
        query = {f"{field}__id__exact": fact.target.pk}
        return _with_query("admin:centres_confirmation_changelist", query)
    query = {field: fact.target.pk, "fact_group": fact.group.value, "channel": fact.channel}
    return _with_query("admin:centres_confirmation_add", query)


def answer_url(row: Unanswered) -> str:
    """The form of a day that differs, with the room and the day filled in."""
    query = {"service_at_centre": row.room.pk, "first_day": row.day.isoformat()}
    return _with_query("admin:centres_scheduleexception_add", query)


def _with_query(name: str, query: dict) -> str:
    return f"{reverse(name)}?{urlencode(query)}"
