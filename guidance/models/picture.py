from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _


class Picture(models.Model):
    """A picture that was let in and drawn anew (bild). It never changes: its key is its hash."""

    sha256 = models.CharField(_("innehåll"), max_length=64, primary_key=True, editable=False)
    width = models.PositiveIntegerField(_("bredd"))
    height = models.PositiveIntegerField(_("höjd"))
    received_at = models.DateTimeField(_("uppladdad"))

    class Meta:
        verbose_name = _("bild")
        verbose_name_plural = _("bilder")

    def __str__(self):
        return self.sha256[:16]

    def get_absolute_url(self):
        return reverse("news:picture", args=[self.sha256])
