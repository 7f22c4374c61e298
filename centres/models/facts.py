"""What a family wants to know of a house before it comes: yes, no or not stated."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from services.models.service import NOT_STATED_YES_NO


def yes_no(label: str, help_text: str = "") -> models.BooleanField:
    """A fact that nobody may have stated yet; None is never shown as no."""
    return models.BooleanField(
        label, null=True, blank=True, choices=NOT_STATED_YES_NO, help_text=help_text
    )


class FirstVisitFacts(models.Model):
    """Facts for the first visit (första besöket)."""

    pram_indoors = yes_no(_("barnvagnen får följa med in"))
    pram_parking = yes_no(_("plats för barnvagnar vid entrén"))
    nappy_table = yes_no(_("skötbord"))
    own_food = yes_no(_("du får ta med egen mat"))
    microwave = yes_no(_("mikrovågsugn att värma mat i"))
    high_chairs = yes_no(_("barnstolar"))
    coffee = yes_no(_("kaffe eller te att köpa"))
    nut_free = yes_no(_("nötfritt hus"), _("Ja betyder att besökare inte tar med nötter."))
    breastfeeding_room = yes_no(_("lugn plats att amma eller mata på"))

    class Meta:
        abstract = True


class PlaceAccessibilityFacts(models.Model):
    """Facts on getting into the house and around in it (tillgänglighet)."""

    step_free_entrance = yes_no(_("entré utan trappsteg"))
    automatic_door = yes_no(_("dörröppnare"))
    lift = yes_no(_("hiss"), _("Ja även när allt ligger i gatuplan."))
    accessible_toilet = yes_no(_("toalett med plats för rullstol"))
    hearing_loop = yes_no(_("hörslinga"))
    disabled_parking = yes_no(_("parkering för rörelsehindrade"))

    class Meta:
        abstract = True


def fields_of(facts: type[models.Model]) -> list[str]:
    """The names of the fact fields that an abstract class above brings, in their order."""
    return [field.name for field in facts._meta.local_fields]
