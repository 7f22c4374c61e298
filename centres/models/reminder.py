from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Reminder(models.Model):
    """The week for which a person last got a mail of what to confirm, so that none comes twice."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="+",
        verbose_name=_("personalkonto"),
    )
    week = models.DateField(_("vecka"), null=True, help_text=_("Måndagen i veckan."))

    class Meta:
        verbose_name = _("påminnelse")
        verbose_name_plural = _("påminnelser")

    def __str__(self):
        return f"{self.user} {self.week}"
