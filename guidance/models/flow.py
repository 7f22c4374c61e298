import uuid

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from services.validators import HIGHEST_POSITION

from ..pathways import Graph, GraphError, read
from ..proof import problems_of
from .topic import Topic
from .version import Version, Versioned


def validate_graph(data) -> None:
    """Only the shape: a draft may still have dead ends."""
    try:
        read(data)
    except GraphError as error:
        text = _now("Frågorna går inte att läsa: %(error)s") % {"error": error}
        raise ValidationError(text, code="no_graph") from error


class Flow(Versioned):
    """A few questions that lead a parent to somebody to turn to (vägvisare)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    slug = models.SlugField(
        _("adress"),
        max_length=80,
        unique=True,
        help_text=_("För ett känsligt ämne: ett ord som inte säger vad sidan handlar om."),
        error_messages={"unique": _("En annan vägvisare har adressen. Välj en annan.")},
    )
    home_topic = models.ForeignKey(
        Topic,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="flows",
        verbose_name=_("ämne"),
    )
    position = models.PositiveSmallIntegerField(
        _("ordning"), default=0, validators=[MaxValueValidator(HIGHEST_POSITION)]
    )
    is_sensitive = models.BooleanField(
        _("känsligt ämne"),
        default=False,
        help_text=_(
            "Våld och övergrepp. Allt står då på en sida, inga svar skickas eller syns i adressen, "
            "och sidan kan lämnas snabbt. Rubriken syns i webbläsarens historik: håll den neutral."
        ),
    )

    history = HistoricalRecords()

    class Meta:
        verbose_name = _("vägvisare")
        verbose_name_plural = _("vägvisare")
        ordering = ["position", "slug"]

    def __str__(self):
        return self.slug

    def get_absolute_url(self):
        return reverse("flows:detail", args=[self.slug])


class FlowVersion(Version):
    """The questions, answers and outcomes of a flow in one language, in both voices."""

    WORDS = (*Version.WORDS, "graph")

    owner = models.ForeignKey(
        Flow, on_delete=models.PROTECT, related_name="versions", verbose_name=_("vägvisare")
    )
    graph = models.JSONField(
        _("frågor och besked"), default=dict, blank=True, validators=[validate_graph]
    )

    # The words are their own history.
    history = HistoricalRecords(excluded_fields=WORDS)

    class Meta(Version.Meta):
        verbose_name = _("version av en vägvisare")
        verbose_name_plural = _("versioner av vägvisare")

    def as_graph(self) -> Graph:
        return read(self.graph)

    def check_ready(self, at):
        """Every way must lead to somebody, wherever in the city one is."""
        super().check_ready(at)
        if found := problems_of(self.as_graph(), at):
            raise ValidationError(found, code="flow_problems")
