from datetime import timedelta

from django.db import models
from django.utils.translation import gettext_lazy as _

# One bad night of another site is not worth anybody's time.
FAILING_FOR = timedelta(hours=20)


class CheckedLinkQuerySet(models.QuerySet):
    def failing(self):
        """Those that have failed on more than one day."""
        lasting = models.F("failing_since") + FAILING_FOR
        return self.filter(failing_since__isnull=False, checked_at__gte=lasting)


class CheckedLink(models.Model):
    """An address elsewhere that a text leads to, and what it answered (kontrollerad länk)."""

    url = models.CharField(_("adress"), max_length=2000, unique=True)
    checked_at = models.DateTimeField(_("kontrollerad"))
    failing_since = models.DateTimeField(_("svarar inte sedan"), null=True, blank=True)
    problem = models.CharField(_("vad som är fel"), max_length=200, blank=True)

    objects = CheckedLinkQuerySet.as_manager()

    class Meta:
        verbose_name = _("kontrollerad länk")
        verbose_name_plural = _("kontrollerade länkar")
        ordering = ["url"]
        constraints = [
            models.CheckConstraint(
                name="checked_link_problem_while_failing",
                condition=models.Q(failing_since__isnull=True, problem="")
                | (models.Q(failing_since__isnull=False) & ~models.Q(problem="")),
            ),
        ]

    def __str__(self):
        return self.url
