import uuid
from collections.abc import Iterable
from datetime import datetime

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from services.models import Line

from .analyser import LONGEST_TERM
from .analyser import words as words_of
from .vocabulary import SYNONYM, Phrase

LONGEST_SLUG = 60  # characters of a short name


def shown_at(at: datetime, prefix: str = "") -> Q:
    """That an entry is shown at the moment `at`; `prefix` leads to it from another model."""
    begun = Q(**{f"{prefix}shown_from": None}) | Q(**{f"{prefix}shown_from__lte": at})
    lasts = Q(**{f"{prefix}shown_until": None}) | Q(**{f"{prefix}shown_until__gt": at})
    return begun & lasts


class SearchEntry(models.Model):
    """Something that can be found, in one language and for one time of being shown.

    Made by `index` of what the apps say, and never edited: `source` and `object_id` tell of what.
    """

    source = models.CharField(max_length=20)
    object_id = models.CharField(max_length=40)
    kind = models.CharField(max_length=20)
    key = models.CharField(max_length=140)
    language = models.CharField(max_length=20)
    title = models.CharField(max_length=200)
    url = models.CharField(max_length=300, blank=True)
    summary = models.TextField(blank=True)
    shown_from = models.DateTimeField(null=True)
    shown_until = models.DateTimeField(null=True)
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        indexes = [models.Index(fields=["source", "object_id"], name="search_entry_by_object")]

    def __str__(self):
        return self.title


class SearchTerm(models.Model):
    """A term in an entry: how much it weighs there, and the word as it stands in the text."""

    term = models.CharField(max_length=len(SYNONYM) + LONGEST_SLUG)
    entry = models.ForeignKey(SearchEntry, on_delete=models.CASCADE, related_name="terms")
    weight = models.FloatField()
    word = models.CharField(max_length=LONGEST_TERM)

    class Meta:
        indexes = [
            # All that a search and the reading of every word need: neither looks into the table.
            models.Index(fields=["term", "word", "entry", "weight"], name="search_term_with_all")
        ]
        constraints = [
            models.UniqueConstraint(fields=["entry", "term"], name="search_term_once_per_entry")
        ]

    def __str__(self):
        return self.term


class WordsOnRows(models.Model):
    """Words and phrases that somebody may write, one on each row."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    slug = models.SlugField(
        _("kortnamn"),
        max_length=LONGEST_SLUG,
        unique=True,
        help_text=_("Till exempel ”bvc”. Kan inte ändras sedan."),
        error_messages={"unique": _("Kortnamnet finns redan. Välj ett annat, eller ändra det.")},
    )
    words = models.TextField(
        _("ord och uttryck"),
        help_text=_(
            "Ett på varje rad, på vilket språk som helst. Skriv också böjda former av uttryck: "
            "både ”öppen förskola” och ”öppna förskolan”."
        ),
    )

    class Meta:
        abstract = True

    def __str__(self):
        return next(iter(self.phrases), self.slug)

    @property
    def phrases(self) -> list[str]:
        """Those with anything to find in them, the first is what the rest is shown as."""
        rows = (row.strip() for row in self.words.splitlines())
        return [row for row in rows if words_of(row)]


def phrases_of(rows: Iterable[WordsOnRows]) -> tuple[Phrase, ...]:
    return tuple(Phrase(phrase, row.slug) for row in rows for phrase in row.phrases)


class Synonym(WordsOnRows):
    """Words that mean the same to who searches (synonymer): BVC, barnavårdscentral."""

    history = HistoricalRecords()

    class Meta:
        verbose_name = _("ord som betyder samma")
        verbose_name_plural = _("ord som betyder samma")
        ordering = ["slug"]


class UrgentWord(WordsOnRows):
    """Words that tell that it is urgent (brådskande ord): they put lines to call on top."""

    line = models.ForeignKey(
        Line,
        on_delete=models.PROTECT,
        related_name="urgent_words",
        verbose_name=_("nummer att ringa"),
    )
    other_line = models.ForeignKey(
        Line,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="other_urgent_words",
        verbose_name=_("eller ring"),
    )
    position = models.PositiveSmallIntegerField(
        _("ordning"), default=0, help_text=_("Lägst först, när flera passar.")
    )

    history = HistoricalRecords()

    class Meta:
        verbose_name = _("ord när det är bråttom")
        verbose_name_plural = _("ord när det är bråttom")
        ordering = ["position", "slug"]


class SearchCount(models.Model):
    """How often something that the portal knows was searched for in a week (sökningar).

    Never the words that somebody wrote. `unmet` are the searches that found nothing, or no house
    in the district asked for. For an outcome of a question flow ("flow/outcome") it is how often
    no house in the district had any of the services that it names.
    """

    class Kind(models.TextChoices):
        SYNONYM = "synonym", _("ord")
        SERVICE = "service", _("verksamhet")
        TOPIC = "topic", _("ämne")
        URGENT = "urgent", _("brådskande")
        OUTCOME = "outcome", _("besked i vägvisare")

    week = models.DateField()  # its Monday
    kind = models.CharField(max_length=10, choices=Kind)
    key = models.CharField(max_length=130)
    district = models.CharField(max_length=60, blank=True)
    asked = models.PositiveIntegerField(default=0)
    unmet = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("sökningar en vecka")
        verbose_name_plural = _("sökningar en vecka")
        constraints = [
            models.UniqueConstraint(
                fields=["week", "kind", "key", "district"], name="search_count_once_a_week"
            ),
            models.CheckConstraint(
                name="search_count_unmet_within_asked", condition=Q(unmet__lte=models.F("asked"))
            ),
        ]

    def __str__(self):
        return f"{self.week} {self.kind} {self.key}"
