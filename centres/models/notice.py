import uuid
from datetime import datetime

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from services.languages import Language, text_in

from .centre import FamilyCentre
from .service_at_centre import ServiceAtCentre


class NoticeQuerySet(models.QuerySet):
    def shown(self, at: datetime):
        """Those whose time it is at the moment `at`."""
        return self.filter(Q(ends_at__isnull=True) | Q(ends_at__gt=at), starts_at__lte=at)


class Notice(models.Model):
    """Something that readers should see first for a while (meddelande)."""

    class Severity(models.TextChoices):
        INFO = "info", _("upplysning")
        WARNING = "warning", _("viktigt")
        ALERT = "alert", _("akut")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    centre = models.ForeignKey(
        FamilyCentre,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="notices",
        verbose_name=_("hela huset"),
    )
    service_at_centre = models.ForeignKey(
        ServiceAtCentre,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="notices",
        verbose_name=_("verksamhet på en central"),
    )
    severity = models.CharField(
        _("hur viktigt"), max_length=10, choices=Severity, default=Severity.INFO
    )
    starts_at = models.DateTimeField(_("visas från"))
    ends_at = models.DateTimeField(
        _("visas till"),
        null=True,
        blank=True,
        help_text=_("Tomt betyder tills någon tar bort det."),
    )

    history = HistoricalRecords()
    objects = NoticeQuerySet.as_manager()

    class Meta:
        verbose_name = _("meddelande")
        verbose_name_plural = _("meddelanden")
        ordering = ["-starts_at"]
        constraints = [
            models.CheckConstraint(
                name="notice_centre_or_service",
                condition=Q(centre__isnull=False, service_at_centre__isnull=True)
                | Q(centre__isnull=True, service_at_centre__isnull=False),
                violation_error_message=_("Välj antingen hela huset eller en verksamhet."),
            ),
            models.CheckConstraint(
                name="notice_ends_after_it_starts",
                condition=Q(ends_at__isnull=True) | Q(ends_at__gt=F("starts_at")),
                violation_error_message=_("”Visas till” måste vara senare än ”visas från”."),
            ),
        ]

    def __str__(self):
        text = self.text
        return text.heading if text else self.get_severity_display()

    @property
    def text(self):
        """The words in Swedish, or None."""
        return text_in(self)


class NoticeText(models.Model):
    """The words of a notice, in one language."""

    notice = models.ForeignKey(
        Notice, on_delete=models.CASCADE, related_name="texts", verbose_name=_("meddelande")
    )
    language = models.CharField(
        _("språk"), max_length=20, choices=Language, default=Language.SWEDISH
    )
    heading = models.CharField(_("det viktigaste, i en mening"), max_length=120)
    body = models.TextField(_("mer"), blank=True)

    history = HistoricalRecords()

    class Meta:
        verbose_name = _("text")
        verbose_name_plural = _("texter")
        constraints = [
            models.UniqueConstraint(
                fields=["notice", "language"],
                name="notice_text_once_per_language",
                violation_error_message=_("Det finns redan en text på det språket."),
            ),
        ]

    def __str__(self):
        return self.heading
