import uuid

from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from ..languages import Language, text_in
from ..validators import HIGHEST_AGE, HIGHEST_POSITION, validate_free_path

NOT_STATED_YES_NO = [(None, _("Inte angivet")), (True, _("Ja")), (False, _("Nej"))]


class Service(models.Model):
    """One of the six things a family centre can offer (verksamhet), wherever it is offered."""

    class Kind(models.TextChoices):
        OPEN_PRESCHOOL = "open_preschool", _("öppen förskola")
        MATERNITY_CARE = "maternity_care", _("barnmorskemottagning")
        CHILD_HEALTH_CARE = "child_health_care", _("barnhälsovård (BVC)")
        SOCIAL_SERVICES = "social_services", _("socialtjänst")
        LIBRARY = "library", _("bibliotek")
        DENTAL_CARE = "dental_care", _("tandvård")

    CORE_KINDS = (
        Kind.OPEN_PRESCHOOL,
        Kind.MATERNITY_CARE,
        Kind.CHILD_HEALTH_CARE,
        Kind.SOCIAL_SERVICES,
    )

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(
        _("slag"),
        max_length=20,
        choices=Kind,
        unique=True,
        error_messages={"unique": _("Verksamheten finns redan. Ändra den i stället.")},
    )
    slug = models.SlugField(
        _("adress"),
        unique=True,
        validators=[validate_free_path],
        help_text=_("Sidans adress, till exempel ”bvc” för /bvc/."),
        error_messages={"unique": _("En annan verksamhet har adressen. Välj en annan.")},
    )
    position = models.PositiveSmallIntegerField(
        _("ordning"),
        default=0,
        validators=[MaxValueValidator(HIGHEST_POSITION)],
        help_text=_("Lägst först, på sidor och i huset."),
    )
    for_expectant_parents = models.BooleanField(_("för gravida och blivande föräldrar"))
    min_age_months = models.PositiveSmallIntegerField(
        _("från ålder (hela månader)"),
        null=True,
        blank=True,
        validators=[MaxValueValidator(HIGHEST_AGE)],
        help_text=_("0 är från födseln. Lämna tomt om barnets ålder inte spelar någon roll."),
    )
    max_age_months = models.PositiveSmallIntegerField(
        _("till och med ålder (hela månader)"),
        null=True,
        blank=True,
        validators=[MaxValueValidator(HIGHEST_AGE)],
        help_text=_("83 är till och med sex års ålder: tills barnet fyller sju år."),
    )
    is_free = models.BooleanField(_("gratis"), null=True, blank=True, choices=NOT_STATED_YES_NO)
    self_referral = models.BooleanField(
        _("man kan komma eller höra av sig själv, utan remiss"),
        null=True,
        blank=True,
        choices=NOT_STATED_YES_NO,
    )
    interpreter = models.BooleanField(
        _("tolk erbjuds"), null=True, blank=True, choices=NOT_STATED_YES_NO
    )

    history = HistoricalRecords()

    class Meta:
        verbose_name = _("verksamhet")
        verbose_name_plural = _("verksamheter")
        ordering = ["position"]
        constraints = [
            models.CheckConstraint(
                name="service_ages_in_order",
                condition=Q(min_age_months__isnull=True)
                | Q(max_age_months__isnull=True)
                | Q(max_age_months__gte=F("min_age_months")),
                violation_error_message=_("Högsta åldern måste vara minst lika hög som lägsta."),
            ),
        ]

    def __str__(self):
        return self.get_kind_display()

    @property
    def text(self):
        """The Swedish words about this service, or None."""
        return text_in(self)

    @property
    def is_core(self) -> bool:
        return self.kind in self.CORE_KINDS


class ServiceText(models.Model):
    """What a service is called and how it is described, in one language."""

    service = models.ForeignKey(
        Service, on_delete=models.CASCADE, related_name="texts", verbose_name=_("verksamhet")
    )
    language = models.CharField(
        _("språk"), max_length=20, choices=Language, default=Language.SWEDISH
    )
    name = models.CharField(_("namn"), max_length=80, help_text=_("Till exempel ”Öppen förskola”."))
    definite_name = models.CharField(
        _("namn i bestämd form"),
        max_length=80,
        help_text=_("Står i meningar om öppettider: ”Öppna förskolan”."),
    )
    summary = models.CharField(
        _("kort beskrivning"), max_length=300, help_text=_("En eller två meningar.")
    )
    age_words = models.CharField(
        _("ålder i ord"),
        max_length=80,
        blank=True,
        help_text=_("Till exempel ”från födseln till skolstart”. Annars räknas månaderna om."),
    )
    what_it_is = models.TextField(_("vad det är"), help_text=_("Tom rad ger nytt stycke."))
    for_whom = models.TextField(_("för vem"))
    cost = models.TextField(_("vad det kostar"), blank=True)
    how_to_come = models.TextField(_("hur man kommer dit eller bokar"), blank=True)
    interpreting = models.TextField(_("om tolk"), blank=True)
    first_visit = models.TextField(_("första besöket"), blank=True)

    history = HistoricalRecords()

    class Meta:
        verbose_name = _("text om verksamheten")
        verbose_name_plural = _("texter om verksamheten")
        constraints = [
            models.UniqueConstraint(
                fields=["service", "language"],
                name="service_text_once_per_language",
                violation_error_message=_("Det finns redan en text på det språket."),
            ),
        ]

    def __str__(self):
        return f"{self.name} ({self.get_language_display()})"


class ConfidentialityFact(models.Model):
    """What happens with what a family tells a service (sekretess), one question at a time."""

    class Question(models.TextChoices):
        RECORD = "record", _("Skrivs det ner?")
        SHARING = "sharing", _("Vem får berätta för vem?")
        ANONYMITY = "anonymity", _("Kan jag vara anonym?")

    service = models.ForeignKey(
        Service,
        on_delete=models.CASCADE,
        related_name="confidentiality_facts",
        verbose_name=_("verksamhet"),
    )
    question = models.CharField(_("fråga"), max_length=20, choices=Question)
    source = models.CharField(
        _("källa"),
        max_length=200,
        help_text=_("Lagrum eller sida, till exempel ”OSL 25 kap. 1 §”."),
    )
    reviewed_by = models.CharField(
        _("granskad av"),
        max_length=120,
        blank=True,
        help_text=_("Namn och roll. Lämna tomt tills någon sakkunnig har granskat svaret."),
    )
    reviewed_on = models.DateField(_("granskad den"), null=True, blank=True)

    history = HistoricalRecords()

    class Meta:
        verbose_name = _("svar om sekretess")
        verbose_name_plural = _("svar om sekretess")
        ordering = ["service", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["service", "question"],
                name="confidentiality_question_once_per_service",
                violation_error_message=_("Frågan har redan ett svar för den här verksamheten."),
            ),
            models.CheckConstraint(
                name="confidentiality_review_by_and_on_together",
                condition=(Q(reviewed_by="") & Q(reviewed_on__isnull=True))
                | (~Q(reviewed_by="") & Q(reviewed_on__isnull=False)),
                violation_error_message=_(
                    "Ange både vem som har granskat och när, eller lämna båda tomma."
                ),
            ),
        ]

    def __str__(self):
        return self.get_question_display()

    @property
    def text(self):
        """The answer in Swedish, or None."""
        return text_in(self)


class ConfidentialityFactText(models.Model):
    """The answer to a question of confidentiality, in one language."""

    fact = models.ForeignKey(
        ConfidentialityFact, on_delete=models.CASCADE, related_name="texts", verbose_name=_("svar")
    )
    language = models.CharField(
        _("språk"), max_length=20, choices=Language, default=Language.SWEDISH
    )
    answer = models.TextField(_("svar"))

    history = HistoricalRecords()

    class Meta:
        verbose_name = _("text")
        verbose_name_plural = _("texter")
        constraints = [
            models.UniqueConstraint(
                fields=["fact", "language"],
                name="confidentiality_text_once_per_language",
                violation_error_message=_("Det finns redan ett svar på det språket."),
            ),
        ]

    def __str__(self):
        return self.answer[:60]
