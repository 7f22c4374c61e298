import uuid

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from ..rich_text_fields import RichTextField
from .version import Version, Versioned


class Page(Versioned):
    """A page that is always there (fast sida): staff change its words, never its address."""

    class Slug(models.TextChoices):
        PROFESSIONALS = "moter-familjer", _("För dig som möter familjer")
        SITE = "webbplatsen", _("Om webbplatsen")
        ACCESSIBILITY = "tillganglighet", _("Tillgänglighet")
        DATA = "uppgifter", _("Så hanterar vi uppgifter")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    slug = models.SlugField(_("sida"), max_length=40, unique=True, choices=Slug)

    history = HistoricalRecords()

    class Meta:
        verbose_name = _("fast sida")
        verbose_name_plural = _("fasta sidor")
        ordering = ["slug"]

    def __str__(self):
        return str(self.get_slug_display())

    def get_absolute_url(self):
        if self.slug == self.Slug.PROFESSIONALS:
            return reverse("pages:professionals")
        return reverse("pages:about", args=[self.slug])


class PageVersion(Version):
    """The words of a page in one language."""

    RICH = ("body",)
    FIRST_HEADING = 2
    WORDS = (*Version.WORDS, "body")

    owner = models.ForeignKey(
        Page, on_delete=models.PROTECT, related_name="versions", verbose_name=_("fast sida")
    )
    body = RichTextField(_("text"))

    # The words are their own history.
    history = HistoricalRecords(excluded_fields=WORDS)

    class Meta(Version.Meta):
        verbose_name = _("version av en fast sida")
        verbose_name_plural = _("versioner av fasta sidor")
