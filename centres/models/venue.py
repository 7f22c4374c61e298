import uuid

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from services.languages import Language, text_in

from .facts import yes_no
from .places import POINT_IN_REGION, POINT_OUTSIDE, District


class Venue(models.Model):
    """Another place than a family centre where something is held (plats; schema.org Place)."""

    class Kind(models.TextChoices):
        LIBRARY = "library", _("bibliotek")
        PLAYGROUND = "playground", _("lekplats eller park")
        NATURE = "nature", _("naturområde")
        HEALTH_BUS = "health_bus", _("hälsobuss")
        MEETING_PLACE = "meeting_place", _("mötesplats")
        SCHOOL = "school", _("förskola eller skola")
        CHURCH = "church", _("församling")
        SPORTS = "sports", _("simhall eller idrottshall")
        OTHER = "other", _("annan plats")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(
        _("namn"), max_length=120, help_text=_("Till exempel ”Hjällbo bibliotek”.")
    )
    kind = models.CharField(_("slag"), max_length=15, choices=Kind)
    district = models.ForeignKey(
        District, on_delete=models.PROTECT, related_name="venues", verbose_name=_("stadsdel")
    )
    street = models.CharField(_("gatuadress"), max_length=120, blank=True)
    postcode = models.CharField(_("postnummer"), max_length=6, blank=True)
    postal_town = models.CharField(_("postort"), max_length=60, blank=True)
    latitude = models.DecimalField(
        _("latitud"), max_digits=8, decimal_places=6, null=True, blank=True
    )
    longitude = models.DecimalField(
        _("longitud"), max_digits=8, decimal_places=6, null=True, blank=True
    )
    step_free = yes_no(_("går att nå utan trappsteg"))

    history = HistoricalRecords()

    class Meta:
        verbose_name = _("annan plats")
        verbose_name_plural = _("andra platser")
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                fields=["name", "district"],
                name="venue_once_per_district",
                violation_error_message=_(
                    "Platsen finns redan i den stadsdelen. Välj den i stället."
                ),
            ),
            models.CheckConstraint(
                name="venue_point_in_goteborg_region",
                condition=Q(latitude__isnull=True, longitude__isnull=True) | POINT_IN_REGION,
                violation_error_message=POINT_OUTSIDE,
            ),
        ]

    def __str__(self):
        return self.name

    def clean(self):
        if (self.latitude is None) != (self.longitude is None):
            raise ValidationError(_now("Ange både latitud och longitud, eller lämna båda tomma."))

    @property
    def text(self):
        """The Swedish words about this place, or None."""
        return text_in(self)

    @property
    def address(self) -> str:
        """On one line, with what is known of it: "Vintergatan 1A, 417 58 Göteborg"."""
        town = " ".join(part for part in (self.postcode, self.postal_town) if part)
        return ", ".join(part for part in (self.street, town) if part)


class VenueText(models.Model):
    """How to find such a place, in one language."""

    venue = models.ForeignKey(
        Venue, on_delete=models.CASCADE, related_name="texts", verbose_name=_("plats")
    )
    language = models.CharField(
        _("språk"), max_length=20, choices=Language, default=Language.SWEDISH
    )
    directions = models.TextField(
        _("så hittar du"),
        help_text=_("Närmaste hållplats, var ni träffas och vad man ska titta efter."),
    )

    history = HistoricalRecords()

    class Meta:
        verbose_name = _("text om platsen")
        verbose_name_plural = _("texter om platsen")
        constraints = [
            models.UniqueConstraint(
                fields=["venue", "language"],
                name="venue_text_once_per_language",
                violation_error_message=_("Det finns redan en text på det språket."),
            ),
        ]

    def __str__(self):
        return f"{self.venue} ({self.get_language_display()})"
