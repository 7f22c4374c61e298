import uuid

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from ..captions import validate_captions
from ..rich_text_fields import RichTextField
from .picture import Picture
from .version import Version, Versioned


class FilmFile(models.Model):
    """A film that was let in (filmfil). It never changes: its key is its hash."""

    class Kind(models.TextChoices):
        MP4 = "mp4", "MP4"
        WEBM = "webm", "WebM"

    sha256 = models.CharField(_("innehåll"), max_length=64, primary_key=True, editable=False)
    kind = models.CharField(_("slag"), max_length=4, choices=Kind)
    size = models.PositiveIntegerField(_("storlek i byte"))
    received_at = models.DateTimeField(_("uppladdad"))

    class Meta:
        verbose_name = _("filmfil")
        verbose_name_plural = _("filmfiler")

    def __str__(self):
        return self.sha256[:16]

    def get_absolute_url(self):
        return reverse("news:film_file", args=[self.sha256, self.kind])

    @property
    def content_type(self) -> str:
        return f"video/{self.kind}"


class Film(Versioned):
    """A short film of our own (film)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    slug = models.SlugField(
        _("adress"),
        max_length=80,
        unique=True,
        help_text=_("Adressen ändras aldrig. Till exempel ”forsta-besoket”."),
        error_messages={"unique": _("En annan film har adressen. Välj en annan.")},
    )

    history = HistoricalRecords()

    class Meta:
        verbose_name = _("film")
        verbose_name_plural = _("filmer")
        ordering = ["slug"]

    def __str__(self):
        return self.slug

    def get_absolute_url(self):
        return reverse("news:film", args=[self.slug])


class FilmVersion(Version):
    """A film in one language, with all that is said in it to read."""

    RICH = ("transcript",)
    WORDS = (*Version.WORDS, "file_id", "poster_id", "captions", "transcript")

    owner = models.ForeignKey(
        Film, on_delete=models.PROTECT, related_name="versions", verbose_name=_("film")
    )
    file = models.ForeignKey(
        FilmFile,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("filmfil"),
    )
    poster = models.ForeignKey(
        Picture,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("bild innan filmen börjar"),
    )
    captions = models.TextField(
        _("undertexter (WebVTT)"),
        max_length=200_000,
        validators=[validate_captions],
        help_text=_("Allt som sägs, och de ljud som betyder något. Börjar med WEBVTT."),
    )
    transcript = RichTextField(
        _("filmen som text"),
        help_text=_("Allt som sägs och det viktiga som syns, för den som läser i stället."),
    )

    # The words are their own history.
    history = HistoricalRecords(
        excluded_fields=(*Version.WORDS, "file", "poster", "captions", "transcript")
    )

    class Meta(Version.Meta):
        verbose_name = _("version av en film")
        verbose_name_plural = _("versioner av filmer")

    def captions_url(self):
        return reverse("news:captions", args=[self.pk])
