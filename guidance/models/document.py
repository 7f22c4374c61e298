import uuid
from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from ..rich_text_fields import RichTextField
from .version import PUBLISHED_STATES, Version, Versioned, VersionedQuerySet


class DocumentFile(models.Model):
    """A PDF that was let in, with what was found in it. It never changes: its key is its hash."""

    sha256 = models.CharField(_("innehåll"), max_length=64, primary_key=True, editable=False)
    size = models.PositiveIntegerField(_("storlek i byte"))
    pages = models.PositiveIntegerField(_("sidor"))
    title = models.CharField(_("filens egen titel"), max_length=500, blank=True)
    language = models.CharField(_("filens språk"), max_length=500, blank=True)
    is_tagged = models.BooleanField(_("taggad"))
    figures = models.PositiveIntegerField(_("bilder"))
    figures_without_text = models.PositiveIntegerField(_("bilder utan text"))
    pages_read = models.PositiveIntegerField(_("lästa sidor"))
    pages_without_text = models.PositiveIntegerField(_("sidor utan text"))
    text = models.TextField(_("text, för sökningen"), blank=True)
    received_at = models.DateTimeField(_("uppladdad"))

    class Meta:
        verbose_name = _("fil")
        verbose_name_plural = _("filer")

    def __str__(self):
        return self.title or self.sha256[:16]

    @property
    def name(self) -> str:
        """What stands in addresses."""
        return self.sha256[:16]

    @property
    def flaws(self) -> list[str]:
        """What makes it hard to read for somebody who cannot see it."""
        found = [
            (not self.is_tagged, _now("Den är inte taggad: rubriker och läsordning saknas.")),
            (not self.title, _now("Den har ingen titel.")),
            (not self.language, _now("Den säger inte vilket språk den är på.")),
            (
                self.pages_without_text > 0,
                _now("%(silent)s av %(read)s sidor har ingen text. Kanske är de inskannade.")
                % {"silent": self.pages_without_text, "read": self.pages_read},
            ),
            (
                self.figures_without_text > 0,
                _now("%(silent)s av %(all)s bilder saknar beskrivning.")
                % {"silent": self.figures_without_text, "all": self.figures},
            ),
        ]
        return [sentence for is_so, sentence in found if is_so]


class DocumentQuerySet(VersionedQuerySet):
    def with_versions(self, at: datetime):
        """And their files, without the whole text of each."""
        files = models.Prefetch("published_versions__file", DocumentFile.objects.defer("text"))
        return super().with_versions(at).prefetch_related(files)


class Document(Versioned):
    """What the city or the region has decided or written on the family centres (dokument)."""

    class Kind(models.TextChoices):
        DECLARATION = "declaration", _("avsiktsförklaring")
        GUIDANCE = "guidance", _("vägledning")
        INVENTORY = "inventory", _("inventering")
        REPORT = "report", _("slutrapport")
        AGREEMENT = "agreement", _("samverkansavtal")
        OTHER = "other", _("annat")

    class Publisher(models.TextChoices):
        CITY = "city", _("Göteborgs Stad")
        REGION = "region", _("Västra Götalandsregionen")
        BOTH = "both", _("Göteborgs Stad och Västra Götalandsregionen")

    class Audience(models.TextChoices):
        STAFF = "staff", _("den som arbetar på en familjecentral")
        PROFESSIONALS = "professionals", _("den som möter familjer i sitt arbete")
        PLANNERS = "planners", _("den som planerar och beslutar")
        EVERYONE = "everyone", _("alla")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    slug = models.SlugField(
        _("adress"),
        max_length=80,
        unique=True,
        help_text=_("Adressen ändras aldrig. Till exempel ”vagledning-lokaler”."),
        error_messages={"unique": _("Ett annat dokument har adressen. Välj en annan.")},
    )
    kind = models.CharField(_("slag"), max_length=20, choices=Kind)
    publisher = models.CharField(_("utgivare"), max_length=10, choices=Publisher, blank=True)
    audience = models.CharField(_("för vem"), max_length=20, choices=Audience, blank=True)
    registration_number = models.CharField(_("diarienummer"), max_length=40, blank=True)
    decided_by = models.CharField(_("beslutat av"), max_length=120, blank=True)
    decided_on = models.DateField(_("beslutat den"), null=True, blank=True)
    valid_to = models.DateField(_("gäller till och med"), null=True, blank=True)
    responsible_unit = models.CharField(_("ansvarig enhet"), max_length=120, blank=True)
    replaces = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="replacements",
        verbose_name=_("ersätter"),
    )

    history = HistoricalRecords()
    objects = DocumentQuerySet.as_manager()

    class Meta:
        verbose_name = _("dokument")
        verbose_name_plural = _("dokument")
        ordering = ["slug"]
        constraints = [
            models.CheckConstraint(
                name="document_replaces_another",
                condition=Q(replaces__isnull=True) | ~Q(replaces=F("id")),
                violation_error_message=_("Ett dokument kan inte ersätta sig självt."),
            ),
        ]

    def __str__(self):
        return self.slug

    def get_absolute_url(self):
        return reverse("documents:detail", args=[self.slug])

    def clean(self):
        if self.replaces_id and self.replaces.replaces_id == self.pk:
            raise ValidationError(_now("De två dokumenten skulle ersätta varandra."))

    def has_ended(self, today: date) -> bool:
        return self.valid_to is not None and self.valid_to < today


class DocumentVersion(Version):
    """A document as it was at one time, in one language: a summary to read, and the file."""

    RICH = ("about",)
    WORDS = (*Version.WORDS, "about", "year", "what_changed", "file_id")

    owner = models.ForeignKey(
        Document, on_delete=models.PROTECT, related_name="versions", verbose_name=_("dokument")
    )
    about = RichTextField(
        _("sammanfattning"),
        help_text=_("Det viktigaste, så att ingen behöver öppna filen för att få veta det."),
    )
    year = models.PositiveSmallIntegerField(
        _("år"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1970), MaxValueValidator(2100)],
        help_text=_("Lämna tomt om det inte är känt."),
    )
    what_changed = models.TextField(
        _("vad som är nytt"), max_length=1000, blank=True, help_text=_("Sedan förra versionen.")
    )
    file = models.ForeignKey(
        DocumentFile,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="versions",
        verbose_name=_("fil"),
    )

    # The words are their own history.
    history = HistoricalRecords(
        excluded_fields=(*Version.WORDS, "about", "year", "what_changed", "file")
    )

    class Meta(Version.Meta):
        verbose_name = _("version av ett dokument")
        verbose_name_plural = _("versioner av dokument")

    def get_absolute_url(self):
        return reverse("documents:version", kwargs=self._place())

    def file_url(self):
        return reverse("documents:file", kwargs=self._place() | self._file_name("pdf"))

    def picture_url(self):
        return reverse("documents:file", kwargs=self._place() | self._file_name("webp"))

    def _place(self) -> dict:
        return self.place | {"number": self.number}

    def _file_name(self, kind: str) -> dict:
        return {"name": self.file.name, "kind": kind}

    def is_readable(self, at: datetime) -> bool:
        """Published and not withdrawn. One that a later has replaced can still be read."""
        has_begun = self.state in PUBLISHED_STATES and self.publish_at <= at
        return has_begun and not self.has_ended(at)
