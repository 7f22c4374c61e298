import uuid

from django.core.validators import MaxValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from ..languages import Language, text_in
from ..validators import HIGHEST_POSITION, validate_line_number
from .service import NOT_STATED_YES_NO

# ISO weekdays.
WEEKDAYS = [
    (1, _("måndag")),
    (2, _("tisdag")),
    (3, _("onsdag")),
    (4, _("torsdag")),
    (5, _("fredag")),
    (6, _("lördag")),
    (7, _("söndag")),
]


class Line(models.Model):
    """A telephone line that anyone may call (stödlinje), such as 112, 1177 or socialjouren.

    Lines never follow the public-holiday rule. Where the hours are not known the line is shown
    without saying that it is open.
    """

    class Hours(models.TextChoices):
        ALWAYS = "always", _("dygnet runt")
        WEEKLY = "weekly", _("tider varje vecka")
        NOT_KNOWN = "not_known", _("tiderna är inte kända")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    slug = models.SlugField(
        _("kortnamn"),
        unique=True,
        error_messages={"unique": _("Ett annat nummer har kortnamnet. Välj ett annat.")},
    )
    number = models.CharField(
        _("nummer"),
        max_length=20,
        validators=[validate_line_number],
        help_text=_("Så som numret ska läsas: 112, 116 111 eller 031-365 87 00."),
    )
    hours = models.CharField(_("när någon svarar"), max_length=10, choices=Hours)
    anonymous = models.BooleanField(
        _("man kan vara anonym"), null=True, blank=True, choices=NOT_STATED_YES_NO
    )
    on_every_page = models.BooleanField(
        _("visas längst ner på varje sida"), default=False, help_text=_("Välj högst fyra.")
    )
    position = models.PositiveSmallIntegerField(
        _("ordning"), default=0, validators=[MaxValueValidator(HIGHEST_POSITION)]
    )
    source = models.CharField(_("källa"), max_length=200)
    checked_on = models.DateField(
        _("kontrollerad den"),
        null=True,
        blank=True,
        help_text=_("Dagen då någon senast såg att uppgifterna stämmer."),
    )

    history = HistoricalRecords()

    class Meta:
        verbose_name = _("nummer att ringa")
        verbose_name_plural = _("nummer att ringa")
        ordering = ["position", "number"]
        constraints = [
            models.CheckConstraint(
                name="line_hours_known_value",
                condition=models.Q(hours__in=["always", "weekly", "not_known"]),
            ),
        ]

    def __str__(self):
        return self.number

    @property
    def text(self):
        """The Swedish words about this line, or None."""
        return text_in(self)


class LineText(models.Model):
    """What a line is called and whom it is for, in one language."""

    line = models.ForeignKey(
        Line, on_delete=models.CASCADE, related_name="texts", verbose_name=_("nummer")
    )
    language = models.CharField(
        _("språk"), max_length=20, choices=Language, default=Language.SWEDISH
    )
    name = models.CharField(_("namn"), max_length=80)
    for_whom = models.CharField(_("för vem eller vad"), max_length=160)
    hours_note = models.CharField(
        _("om tiderna"),
        max_length=200,
        blank=True,
        help_text=_("Till exempel ”kvällar och helger”."),
    )
    if_no_answer = models.CharField(
        _("om ingen svarar"), max_length=200, blank=True, help_text=_("Vad ska man göra då?")
    )

    history = HistoricalRecords()

    class Meta:
        verbose_name = _("text om numret")
        verbose_name_plural = _("texter om numret")
        constraints = [
            models.UniqueConstraint(
                fields=["line", "language"],
                name="line_text_once_per_language",
                violation_error_message=_("Det finns redan en text på det språket."),
            ),
        ]

    def __str__(self):
        return self.name


class LineHours(models.Model):
    """One span of a week during which a line is answered (wall time; equal times are 24 hours)."""

    line = models.ForeignKey(
        Line, on_delete=models.CASCADE, related_name="week", verbose_name=_("nummer")
    )
    weekday = models.PositiveSmallIntegerField(
        _("veckodag"),
        choices=WEEKDAYS,
    )
    opens_at = models.TimeField(_("svarar från"))
    closes_at = models.TimeField(
        _("till"), help_text=_("En tid som inte är senare än starttiden betyder nästa dag.")
    )

    history = HistoricalRecords()

    class Meta:
        verbose_name = _("tid då någon svarar")
        verbose_name_plural = _("tider då någon svarar")
        ordering = ["weekday", "opens_at"]
        constraints = [
            models.CheckConstraint(
                name="line_hours_weekday_is_iso", condition=models.Q(weekday__range=(1, 7))
            ),
        ]

    def __str__(self):
        return f"{self.get_weekday_display()} {self.opens_at:%H.%M}–{self.closes_at:%H.%M}"
