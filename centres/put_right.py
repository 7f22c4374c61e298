"""Where staff put right what the overview and the mails point out.

Every link to it is made here: a page made for one of the tasks takes over by its line below.
"""

from django.urls import reverse

from .freshness import Fact, Target, Unanswered
from .models import FamilyCentre


def facts_url(target: Target) -> str:
    """The form of the house or the room."""
    model = "familycentre" if isinstance(target, FamilyCentre) else "serviceatcentre"
    return reverse(f"admin:centres_{model}_change", args=[target.pk])


def confirm_url(fact: Fact) -> str:
    """Where "stämmer" is one button beside each fact."""
    return f"{reverse('staff:centre', args=[_house_of(fact.target).slug])}#stammer"


def answer_url(row: Unanswered) -> str:
    """Where all coming holidays of the house are answered in one list."""
    return reverse("staff:holidays", args=[row.room.centre.slug])


def _house_of(target: Target) -> FamilyCentre:
    return target if isinstance(target, FamilyCentre) else target.centre
