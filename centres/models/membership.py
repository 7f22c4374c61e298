from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from services.models import Organisation

from .centre import FamilyCentre


class CentreMembership(models.Model):
    """A person works at a centre, and may look after it."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="centre_memberships",
        verbose_name=_("personalkonto"),
    )
    centre = models.ForeignKey(
        FamilyCentre,
        on_delete=models.CASCADE,
        related_name="memberships",
        verbose_name=_("familjecentral"),
    )

    history = HistoricalRecords()

    class Meta:
        verbose_name = _("arbetar på")
        verbose_name_plural = _("arbetar på")
        constraints = [
            models.UniqueConstraint(fields=["user", "centre"], name="membership_once_per_centre"),
        ]

    def __str__(self):
        return f"{self.user} – {self.centre}"


class OrganisationMembership(models.Model):
    """A person is employed by an organisation, and may change its services at their centres."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="organisation_memberships",
        verbose_name=_("personalkonto"),
    )
    organisation = models.ForeignKey(
        Organisation,
        on_delete=models.CASCADE,
        related_name="memberships",
        verbose_name=_("huvudman"),
    )

    history = HistoricalRecords()

    class Meta:
        verbose_name = _("anställd av")
        verbose_name_plural = _("anställd av")
        constraints = [
            models.UniqueConstraint(
                fields=["user", "organisation"], name="membership_once_per_organisation"
            ),
        ]

    def __str__(self):
        return f"{self.user} – {self.organisation}"
