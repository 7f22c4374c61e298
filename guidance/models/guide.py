import uuid

from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from centres.wish import Wish
from services.models import Line, Service
from services.validators import HIGHEST_AGE, HIGHEST_POSITION

from ..rich_text_fields import RichTextField
from ..sources import validate_sources
from .support_contact import SupportContact
from .topic import Topic
from .version import Version, Versioned, VersionedQuerySet


class GuideQuerySet(VersionedQuerySet):
    def about(self, topic: Topic):
        """Those at home in a topic, and those that belong there too."""
        of_both = Q(home_topic=topic) | Q(pk__in=topic.other_guides.order_by().values("pk"))
        return self.filter(of_both)

    def helped_by(self, service: Service):
        """Those of which a service is the best to help first, then those it helps with too."""
        return self.filter(helped_by__service=service).order_by("helped_by__position", "slug")

    def asked_for(self, wish: Wish):
        """Those for the age or the pregnancy of a wish, and those for everyone."""
        if wish.expecting:
            return self.filter(Q(expecting=True) | Q(from_months=None, to_months=None))
        if wish.age is None:
            return self
        return self.filter(
            Q(from_months=None) | Q(from_months__lte=wish.age),
            Q(to_months=None) | Q(to_months__gte=wish.age),
        ).exclude(expecting=True, from_months=None, to_months=None)


class Guide(Versioned):
    """An answer to something parents wonder about (råd): what is common, what to try, whom to ask.

    `expecting` says that it is also for who expects a child; with no ages then only for them.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    slug = models.SlugField(
        _("adress"),
        max_length=80,
        unique=True,
        error_messages={"unique": _("Ett annat råd har adressen. Välj en annan.")},
    )
    home_topic = models.ForeignKey(
        Topic,
        on_delete=models.PROTECT,
        related_name="guides",
        verbose_name=_("ämne"),
        help_text=_("Sidan ligger under ämnet."),
    )
    other_topics = models.ManyToManyField(
        Topic, blank=True, related_name="other_guides", verbose_name=_("finns också under")
    )
    position = models.PositiveSmallIntegerField(
        _("ordning"), default=0, validators=[MaxValueValidator(HIGHEST_POSITION)]
    )
    from_months = models.PositiveSmallIntegerField(
        _("från ålder (hela månader)"),
        null=True,
        blank=True,
        validators=[MaxValueValidator(HIGHEST_AGE)],
    )
    to_months = models.PositiveSmallIntegerField(
        _("till och med ålder (hela månader)"),
        null=True,
        blank=True,
        validators=[MaxValueValidator(HIGHEST_AGE)],
    )
    expecting = models.BooleanField(_("för den som väntar barn"), default=False)
    is_health = models.BooleanField(
        _("handlar om hälsa"),
        default=False,
        help_text=_("Då står på sidan vad man gör när det är bråttom."),
    )
    lines = models.ManyToManyField(
        Line, blank=True, related_name="guides", verbose_name=_("nummer att ringa")
    )

    contacts = models.ManyToManyField(
        SupportContact, blank=True, related_name="guides", verbose_name=_("stöd utanför husen")
    )

    history = HistoricalRecords()
    objects = GuideQuerySet.as_manager()

    class Meta:
        verbose_name = _("råd")
        verbose_name_plural = _("råd")
        ordering = ["position", "slug"]
        constraints = [
            models.CheckConstraint(
                name="guide_ages_in_order",
                condition=Q(from_months__isnull=True)
                | Q(to_months__isnull=True)
                | Q(to_months__gte=F("from_months")),
                violation_error_message=_("Högsta åldern måste vara minst lika hög som lägsta."),
            ),
        ]

    def __str__(self):
        return self.slug

    @property
    def is_only_for_expectant_parents(self) -> bool:
        return self.expecting and self.from_months is None and self.to_months is None

    def get_absolute_url(self):
        return reverse("guidance:guide", args=[self.home_topic.slug, self.slug])


class GuideService(models.Model):
    """A service that helps with what a guide is about; the best first."""

    guide = models.ForeignKey(
        Guide, on_delete=models.CASCADE, related_name="helped_by", verbose_name=_("råd")
    )
    service = models.ForeignKey(
        Service, on_delete=models.CASCADE, related_name="+", verbose_name=_("verksamhet")
    )
    position = models.PositiveSmallIntegerField(
        _("ordning"), default=0, validators=[MaxValueValidator(HIGHEST_POSITION)]
    )

    history = HistoricalRecords()

    class Meta:
        verbose_name = _("verksamhet som hjälper")
        verbose_name_plural = _("verksamheter som hjälper, den bästa först")
        ordering = ["position", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["guide", "service"],
                name="guide_service_once",
                violation_error_message=_("Verksamheten finns redan med."),
            ),
        ]

    def __str__(self):
        return str(self.service)


class GuideVersion(Version):
    """The words of a guide in one language."""

    RICH = ("what_is_common", "what_to_try", "when_to_seek_help", "where_to_turn")
    WORDS = (*Version.WORDS, *RICH, "questions", "sources")

    owner = models.ForeignKey(
        Guide, on_delete=models.PROTECT, related_name="versions", verbose_name=_("råd")
    )
    what_is_common = RichTextField(_("det är vanligt"))
    what_to_try = RichTextField(_("det här kan ni prova"))
    when_to_seek_help = RichTextField(_("sök hjälp när"))
    where_to_turn = RichTextField(_("hit kan ni vända er"))
    questions = models.TextField(
        _("så frågar föräldrar"), blank=True, help_text=_("En fråga på varje rad, för sökningen.")
    )
    sources = models.JSONField(_("källor"), default=list, blank=True, validators=[validate_sources])

    # The words are their own history.
    history = HistoricalRecords(excluded_fields=WORDS)

    class Meta(Version.Meta):
        verbose_name = _("version av ett råd")
        verbose_name_plural = _("versioner av råd")
