import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from ..validators import validate_web_scheme


class Organisation(models.Model):
    """Who runs a service (huvudman): the city, the region, a private clinic, a church."""

    class Kind(models.TextChoices):
        CITY = "city", _("kommun")
        REGION = "region", _("region")
        PRIVATE = "private", _("privat vårdgivare")
        CHURCH = "church", _("kyrka eller samfund")
        NON_PROFIT = "non_profit", _("ideell förening")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(
        _("namn"),
        max_length=120,
        unique=True,
        error_messages={"unique": _("Det finns redan en huvudman med det namnet. Ändra den.")},
    )
    slug = models.SlugField(
        _("kortnamn i adresser"),
        max_length=80,
        unique=True,
        error_messages={"unique": _("En annan huvudman har kortnamnet. Välj ett annat.")},
    )
    kind = models.CharField(_("slag"), max_length=20, choices=Kind)
    website = models.URLField(_("webbplats"), blank=True, validators=[validate_web_scheme])

    history = HistoricalRecords()

    class Meta:
        verbose_name = _("huvudman")
        verbose_name_plural = _("huvudmän")
        ordering = ["name"]

    def __str__(self):
        return self.name
