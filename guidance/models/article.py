import uuid
from datetime import datetime

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from centres.models import FamilyCentre

from ..rich_text_fields import RichTextField
from .guide import Guide
from .picture import Picture
from .version import Version, Versioned, VersionedQuerySet


class ArticleQuerySet(VersionedQuerySet):
    def with_versions(self, at: datetime):
        """And their pictures."""
        return super().with_versions(at).prefetch_related("published_versions__picture")


class Article(Versioned):
    """A piece of news (nyhet). `day` is the day it is from, whenever its words were published."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    slug = models.SlugField(
        _("adress"),
        max_length=80,
        unique=True,
        help_text=_("Adressen ändras aldrig. Till exempel ”ny-oppen-forskola-i-tuve”."),
        error_messages={"unique": _("En annan nyhet har adressen. Välj en annan.")},
    )
    day = models.DateField(_("datum"), help_text=_("Den nyaste står överst."))
    centres = models.ManyToManyField(
        FamilyCentre, blank=True, related_name="+", verbose_name=_("handlar om husen")
    )
    guides = models.ManyToManyField(
        Guide, blank=True, related_name="+", verbose_name=_("råd att läsa vidare")
    )

    history = HistoricalRecords()
    objects = ArticleQuerySet.as_manager()

    class Meta:
        verbose_name = _("nyhet")
        verbose_name_plural = _("nyheter")
        ordering = ["-day", "slug"]

    def __str__(self):
        return self.slug

    def get_absolute_url(self):
        return reverse("news:article", args=[self.slug])


class ArticleVersion(Version):
    """The words of a piece of news in one language, and its picture."""

    RICH = ("body",)
    FIRST_HEADING = 2
    WORDS = (*Version.WORDS, "body", "picture_id", "picture_text", "picture_caption")

    owner = models.ForeignKey(
        Article, on_delete=models.PROTECT, related_name="versions", verbose_name=_("nyhet")
    )
    body = RichTextField(_("text"))
    picture = models.ForeignKey(
        Picture,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("bild"),
    )
    picture_text = models.CharField(
        _("vad bilden visar"),
        max_length=300,
        blank=True,
        help_text=_("För den som inte ser bilden. Beskriv det som är viktigt i den."),
    )
    picture_caption = models.CharField(
        _("bildtext"),
        max_length=300,
        blank=True,
        help_text=_("Står under bilden. Till exempel var den är tagen, och av vem."),
    )

    # The words are their own history.
    history = HistoricalRecords(
        excluded_fields=(*Version.WORDS, "body", "picture", "picture_text", "picture_caption")
    )

    class Meta(Version.Meta):
        verbose_name = _("version av en nyhet")
        verbose_name_plural = _("versioner av nyheter")
        constraints = [
            *Version.Meta.constraints,
            models.CheckConstraint(
                name="%(class)s_picture_has_words",
                condition=Q(picture__isnull=True) | ~Q(picture_text=""),
                violation_error_message=_("Skriv vad bilden visar, för den som inte ser den."),
            ),
        ]
