from django.db import models
from django.utils.translation import gettext_lazy as _

from .service_at_centre import ServiceAtCentre


class Revision(models.Model):
    """How many times what calendars say of a room has changed (iCalendar SEQUENCE).

    One number for all that the room holds: it counts its activities, their changed dates, its
    hours and what closes it, deletions too, so that a calendar's number only ever rises. A row of
    its own, since a form of the room saved late would otherwise put an old number back. A room
    without one has number 0.
    """

    service_at_centre = models.OneToOneField(
        ServiceAtCentre,
        on_delete=models.CASCADE,
        primary_key=True,
        related_name="revision",
        verbose_name=_("verksamhet på en central"),
    )
    number = models.PositiveIntegerField(_("nummer"), default=0)
    changed_at = models.DateTimeField(_("ändrat"))

    class Meta:
        verbose_name = _("kalenderversion")
        verbose_name_plural = _("kalenderversioner")

    def __str__(self):
        return f"{self.number} {self.changed_at}"
