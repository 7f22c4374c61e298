import uuid

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from centres.models import FamilyCentre


class Edition(models.Model):
    """A printed sheet with what it said (utgåva): what the code on it leads to.

    `content_hash` is of everything on the sheet, `facts` what it said of the house. Nothing is kept
    of who prints or scans it.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    code = models.CharField(_("kod"), max_length=12, unique=True)
    content_hash = models.CharField(_("innehåll"), max_length=64, unique=True)
    sheet = models.CharField(_("slag"), max_length=40)
    language = models.CharField(_("språk"), max_length=20)
    centre = models.ForeignKey(
        FamilyCentre,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("familjecentral"),
    )
    facts = models.JSONField(_("uppgifter"), default=dict)
    made_at = models.DateTimeField(_("utskriven"))

    class Meta:
        verbose_name = _("utgåva")
        verbose_name_plural = _("utgåvor")
        ordering = ["-made_at"]

    def __str__(self):
        return f"{self.sheet} {self.language} {self.code}"

    def get_absolute_url(self):
        return reverse("printed:edition", args=[self.code])
