import uuid

from django.core.validators import MaxValueValidator
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from services.languages import Language, text_in
from services.models import Line
from services.validators import HIGHEST_POSITION


class Topic(models.Model):
    """What parents wonder about (ämne): sleep, food, setting limits, being new in Sweden."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    slug = models.SlugField(
        _("adress"),
        unique=True,
        help_text=_("Sidans adress, till exempel ”somn” för /rad-och-stod/somn/."),
        error_messages={"unique": _("Ett annat ämne har adressen. Välj en annan.")},
    )
    position = models.PositiveSmallIntegerField(
        _("ordning"), default=0, validators=[MaxValueValidator(HIGHEST_POSITION)]
    )
    is_health = models.BooleanField(
        _("handlar om hälsa"),
        default=False,
        help_text=_("Då står på sidan vad man gör när det är bråttom."),
    )
    lines = models.ManyToManyField(
        Line, blank=True, related_name="topics", verbose_name=_("nummer att ringa")
    )

    history = HistoricalRecords()

    class Meta:
        verbose_name = _("ämne")
        verbose_name_plural = _("ämnen")
        ordering = ["position", "slug"]

    def __str__(self):
        return self.text.name if self.text else self.slug

    def get_absolute_url(self):
        return reverse("guidance:topic", args=[self.slug])

    @property
    def text(self):
        """The Swedish words about this topic, or None."""
        return text_in(self)


class TopicText(models.Model):
    """What a topic is called and what it holds, in one language."""

    topic = models.ForeignKey(
        Topic, on_delete=models.CASCADE, related_name="texts", verbose_name=_("ämne")
    )
    language = models.CharField(
        _("språk"), max_length=20, choices=Language, default=Language.SWEDISH
    )
    name = models.CharField(_("namn"), max_length=80)
    description = models.CharField(_("kort beskrivning"), max_length=300, help_text=_("En mening."))
    search_words = models.TextField(
        _("sökord"), blank=True, help_text=_("Andra ord som föräldrar använder.")
    )

    history = HistoricalRecords()

    class Meta:
        verbose_name = _("text om ämnet")
        verbose_name_plural = _("texter om ämnet")
        constraints = [
            models.UniqueConstraint(
                fields=["topic", "language"],
                name="topic_text_once_per_language",
                violation_error_message=_("Det finns redan en text på det språket."),
            ),
        ]

    def __str__(self):
        return self.name
