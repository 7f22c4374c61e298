from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from .version import Version


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

    def shown_in(self) -> list[models.QuerySet]:
        """Of each kind the versions that show it: in a place of its own, or in their text."""
        kinds = ((kind, self._place_in(kind)) for kind in Version.__subclasses__())
        return [kind.objects.filter(place) for kind, place in kinds if place]

    def _place_in(self, kind: type[Version]) -> models.Q:
        place = models.Q()
        for field in kind._meta.concrete_fields:
            if field.related_model is Picture:
                place |= models.Q((field.name, self))
        for name in kind.RICH:
            place |= models.Q((f"{name}__contains", self.pk))
        return place
