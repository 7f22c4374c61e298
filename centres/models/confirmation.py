from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from services.validators import validate_web_scheme

from .centre import FamilyCentre
from .schedule import Channel
from .service_at_centre import ServiceAtCentre


class Confirmation(models.Model):
    """Who last said that a group of facts is right, when, and where it came from (bekräftelse).

    The only home of freshness and provenance. It is about a centre, or about a service at a
    centre, and for hours about one channel of that service. Only that a copied term waits to be
    confirmed stands with the schedule: the hours that hold until then are still confirmed.
    """

    class FactGroup(models.TextChoices):
        EXISTENCE = "existence", _("att den finns")
        LOCATION = "location", _("adress och väg dit")
        FIRST_VISIT = "first_visit", _("första besöket och tillgänglighet")
        CONTACT = "contact", _("telefon, e-post och bokning")
        HOURS = "hours", _("öppettider")
        ACTIVITIES = "activities", _("aktiviteter")

    class Origin(models.TextChoices):
        STAFF = "staff", _("personalen")
        PUBLIC_PAGE = "public_page", _("en offentlig sida")
        EXAMPLE = "example", _("påhittat exempel")

    centre = models.ForeignKey(
        FamilyCentre,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="confirmations",
        verbose_name=_("familjecentral"),
    )
    service_at_centre = models.ForeignKey(
        ServiceAtCentre,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="confirmations",
        verbose_name=_("verksamhet på en central"),
    )
    fact_group = models.CharField(_("uppgifter"), max_length=12, choices=FactGroup)
    channel = models.CharField(
        _("sätt att nå verksamheten"), max_length=10, choices=Channel, blank=True
    )
    origin = models.CharField(_("kommer från"), max_length=12, choices=Origin, default=Origin.STAFF)
    confirmed_at = models.DateTimeField(
        _("bekräftat"),
        null=True,
        blank=True,
        help_text=_("När någon senast sa att det stämmer. Tomt tills någon har gjort det."),
    )
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("av"),
    )
    source = models.CharField(
        _("källa"), max_length=200, blank=True, help_text=_("Sidan eller personen.")
    )
    source_url = models.URLField(
        _("länk till källan"), max_length=500, blank=True, validators=[validate_web_scheme]
    )
    source_date = models.CharField(
        _("källans datum"),
        max_length=60,
        blank=True,
        help_text=_("Så noga som det är känt: ”våren 2024” eller ”2020-10-23”."),
    )

    history = HistoricalRecords()

    class Meta:
        verbose_name = _("bekräftelse")
        verbose_name_plural = _("bekräftelser")
        ordering = ["centre", "service_at_centre", "fact_group", "channel"]
        constraints = [
            models.CheckConstraint(
                name="confirmation_centre_or_service",
                condition=Q(centre__isnull=False, service_at_centre__isnull=True)
                | Q(centre__isnull=True, service_at_centre__isnull=False),
                violation_error_message=_("Välj antingen en familjecentral eller en verksamhet."),
            ),
            models.CheckConstraint(
                name="confirmation_channel_exactly_for_hours",
                condition=(Q(fact_group="hours") & ~Q(channel="") & Q(centre__isnull=True))
                | (~Q(fact_group="hours") & Q(channel="")),
                violation_error_message=_(
                    "Öppettider bekräftas för en verksamhet och ett sätt att nå den; "
                    "andra uppgifter utan sätt."
                ),
            ),
            models.UniqueConstraint(
                fields=["centre", "fact_group"],
                condition=Q(centre__isnull=False),
                name="confirmation_once_per_centre_and_group",
                violation_error_message=_(
                    "Uppgifterna har redan en bekräftelse. Ändra den i stället."
                ),
            ),
            models.UniqueConstraint(
                fields=["service_at_centre", "fact_group", "channel"],
                condition=Q(service_at_centre__isnull=False),
                name="confirmation_once_per_service_group_and_channel",
                violation_error_message=_(
                    "Uppgifterna har redan en bekräftelse. Ändra den i stället."
                ),
            ),
        ]

    def __str__(self):
        return f"{self.get_fact_group_display()}: {self.source or self.get_origin_display()}"

    @property
    def is_example(self) -> bool:
        return self.origin == self.Origin.EXAMPLE

    @property
    def provenance_key(self) -> tuple:
        """Equal for confirmations that say the same to a reader."""
        if self.is_example:
            return (self.origin, self.source)
        day = self.confirmed_at and timezone.localdate(self.confirmed_at)
        return (self.origin, self.source, self.source_url, self.source_date, day)
