"""What is held for families. When it is held: `models.recurrence`; the rules: `programme`."""

import uuid
from datetime import date

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Exists, OuterRef, Q, TextField
from django.db.models.functions import Cast
from django.urls import reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from services.languages import Language, text_in
from services.validators import (
    HIGHEST_AGE,
    validate_phone_number,
    validate_spoken_languages,
    validate_web_scheme,
)

from .. import programme_values
from .centre import FamilyCentre
from .recurrence import OccurrenceChange, Recurrence
from .schedule import AGES_IN_ORDER, AGES_MESSAGE, TimeSlot
from .service_at_centre import ServiceAtCentre
from .venue import Venue

HIGHEST_COST = 9999  # kronor


class ForWhom(models.TextChoices):
    """Whom something is meant for in particular; everybody where nothing is chosen."""

    DADS = "dads", _("pappor")
    RAINBOW_FAMILIES = "rainbow", _("regnbågsfamiljer")
    TWINS = "twins", _("familjer med tvillingar")
    YOUNG_PARENTS = "young", _("unga föräldrar")
    NEW_IN_SWEDEN = "new_in_sweden", _("nya i Sverige")
    FIRST_CHILD = "first_child", _("föräldrar med första barnet")
    SINGLE_PARENTS = "single", _("ensamstående föräldrar")
    PREMATURE = "premature", _("familjer med för tidigt födda barn")
    DISABILITY = "disability", _("familjer där barnet har en funktionsnedsättning")
    GRANDPARENTS = "grandparents", _("mor- och farföräldrar")


def validate_for_whom(value: list) -> None:
    """Accept a list of the codes of `ForWhom`, each once."""
    codes = value if isinstance(value, list) else [None]
    if len(set(map(str, codes))) < len(codes) or not set(codes) <= set(ForWhom.values):
        raise ValidationError(_now("Välj grupper ur listan, varje grupp bara en gång."))


class ActivityQuerySet(models.QuerySet):
    def published(self):
        return self.filter(status=Activity.Status.PUBLISHED)

    def with_page(self, day: date):
        """Those that readers can open on `day`: published, of a house that is."""
        houses = FamilyCentre.objects.published(day)
        return self.published().filter(organiser__centre__in=houses.values("pk"))

    def not_over(self, day: date):
        """The published ones that have dates on `day` or later."""
        ahead = Recurrence.objects.filter(activity=OuterRef("pk"), last_day__gte=day)
        return self.published().filter(Exists(ahead))

    def for_programme(self, from_: date, to: date):
        """The published ones that may be held, or moved to, on any day of `from_`..`to`."""
        of_it = {"activity": OuterRef("pk")}
        planned = Recurrence.objects.touching(from_, to).filter(**of_it)
        moved_here = OccurrenceChange.objects.filter(new_day__range=(from_, to), **of_it)
        return self.published().filter(Exists(planned) | Exists(moved_here))

    def of_room(self, room: ServiceAtCentre):
        """Those that it organises, alone or with others."""
        return self.filter(Q(organiser=room) | Exists(_together(service_at_centre=room)))

    def of_centre(self, centre):
        """Those that a room of the house organises, alone or with others."""
        together = Exists(_together(service_at_centre__centre=centre))
        return self.filter(Q(organiser__centre=centre) | together)

    def in_centres(self, centres):
        """Those held in the houses `centres`, or organised from them elsewhere."""
        return self.filter(organiser__centre__in=centres)

    def for_age(self, months: int):
        """For a child of so many completed months."""
        return self.filter(
            Q(min_age_months=None) | Q(min_age_months__lte=months),
            Q(max_age_months=None) | Q(max_age_months__gte=months),
        )

    def for_expectant_parents(self):
        return self.filter(for_expectant_parents=True)

    def in_language(self, code: str):
        return self._listing("languages", code)

    def for_group(self, code: str):
        """Those meant for a group of `ForWhom` in particular."""
        return self._listing("for_whom", code)

    def drop_in(self):
        return self.filter(admission=Activity.Admission.DROP_IN)

    def with_everything(self):
        """What a page shows of activities: texts, organisers with their houses, and the place."""
        rooms = ["organiser__service", "organiser__centre__district__city_area"]
        return self.select_related(
            *rooms, "organiser__organisation", "venue__district"
        ).prefetch_related(
            "texts",
            "venue__texts",
            "organiser__service__texts",
            "organiser__centre__texts",
            "co_organisers__centre",
            "co_organisers__service__texts",
        )

    def _listing(self, field: str, code: str):
        """Codes are quoted in JSON's text, which both databases search."""
        name = f"{field}_text"
        return self.alias(**{name: Cast(field, TextField())}).filter(
            **{f"{name}__contains": f'"{code}"'}
        )


class Activity(models.Model):
    """Something that is held for families at certain times (aktivitet; schema.org Event).

    Its organiser owns it, and is where it is held unless another place is named.
    """

    class Kind(models.TextChoices):
        WEEKLY = "weekly", _("återkommande träff")
        SERIES = "series", _("serie eller kurs")
        ONE_OFF = "one_off", _("enstaka tillfälle")

    class Setting(models.TextChoices):
        UNSTATED = "unstated", _("inte angivet")
        INDOORS = "indoors", _("inomhus")
        OUTDOORS = "outdoors", _("utomhus")
        BOTH = "both", _("både inne och ute")

    class Admission(models.TextChoices):
        DROP_IN = "drop_in", _("utan anmälan")
        SIGN_UP = "sign_up", _("anmälan behövs")
        BY_CHILD_HEALTH_CARE = "by_child_health_care", _("platsen bokas genom BVC")

    class Status(models.TextChoices):
        DRAFT = "draft", _("utkast")
        PUBLISHED = "published", _("publicerad")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organiser = models.ForeignKey(
        ServiceAtCentre,
        on_delete=models.CASCADE,
        related_name="activities",
        verbose_name=_("arrangör"),
        help_text=_("Verksamheten som håller i aktiviteten."),
    )
    co_organisers = models.ManyToManyField(
        ServiceAtCentre,
        through="CoOrganiser",
        related_name="shared_activities",
        verbose_name=_("tillsammans med"),
    )
    venue = models.ForeignKey(
        Venue,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="activities",
        verbose_name=_("annan plats"),
        help_text=_("Lämna tomt när det är hos arrangören."),
    )
    room = models.CharField(
        _("rum i huset"),
        max_length=60,
        blank=True,
        help_text=_("Till exempel ”stora rummet”. Visar när två saker krockar."),
    )
    kind = models.CharField(_("slag"), max_length=10, choices=Kind, default=Kind.WEEKLY)
    status = models.CharField(_("läge"), max_length=10, choices=Status, default=Status.PUBLISHED)

    min_age_months = models.PositiveSmallIntegerField(
        _("från (månader)"), null=True, blank=True, validators=[MaxValueValidator(HIGHEST_AGE)]
    )
    max_age_months = models.PositiveSmallIntegerField(
        _("till och med (månader)"),
        null=True,
        blank=True,
        validators=[MaxValueValidator(HIGHEST_AGE)],
        help_text=_("8 betyder tills barnet fyller nio månader."),
    )
    siblings = models.CharField(
        _("syskon"),
        max_length=10,
        choices=TimeSlot.Siblings,
        default=TimeSlot.Siblings.UNSTATED,
        help_text=_("Måste anges när det finns en åldersgräns."),
    )
    for_expectant_parents = models.BooleanField(_("för den som väntar barn"), default=False)
    for_whom = models.JSONField(
        _("särskilt för"), default=list, blank=True, validators=[validate_for_whom]
    )
    languages = models.JSONField(
        _("språk som den hålls på"),
        default=list,
        blank=True,
        validators=[validate_spoken_languages],
    )
    setting = models.CharField(
        _("inne eller ute"), max_length=10, choices=Setting, default=Setting.UNSTATED
    )
    cost = models.PositiveSmallIntegerField(
        _("kostnad (kronor)"),
        null=True,
        blank=True,
        validators=[MaxValueValidator(HIGHEST_COST)],
        help_text=_("0 betyder gratis. Tomt betyder att det inte är känt."),
    )

    admission = models.CharField(
        _("anmälan"), max_length=20, choices=Admission, default=Admission.DROP_IN
    )
    sign_up_phone = models.CharField(
        _("anmälan på telefon"), max_length=20, blank=True, validators=[validate_phone_number]
    )
    sign_up_email = models.EmailField(_("anmälan med e-post"), blank=True)
    sign_up_url = models.URLField(
        _("länk till anmälan"),
        blank=True,
        validators=[validate_web_scheme],
        help_text=_("Portalen tar inte emot några anmälningar."),
    )

    history = HistoricalRecords()
    objects = ActivityQuerySet.as_manager()

    class Meta:
        verbose_name = _("aktivitet")
        verbose_name_plural = _("aktiviteter")
        ordering = ["organiser", "id"]
        constraints = [
            models.CheckConstraint(
                name="activity_ages_in_order",
                condition=AGES_IN_ORDER,
                violation_error_message=AGES_MESSAGE,
            ),
            models.CheckConstraint(
                name="activity_with_ages_says_siblings",
                condition=Q(min_age_months__isnull=True, max_age_months__isnull=True)
                | ~Q(siblings="unstated"),
                violation_error_message=_(
                    "Det finns en åldersgräns. Ange om syskon är välkomna eller inte."
                ),
            ),
            models.CheckConstraint(
                name="activity_sign_up_only_where_needed",
                condition=~Q(admission="drop_in")
                | Q(sign_up_phone="", sign_up_email="", sign_up_url=""),
                violation_error_message=_(
                    "Till den som får komma utan att anmäla sig ska det inte stå hur man anmäler "
                    "sig. Välj ”anmälan behövs” eller töm fälten."
                ),
            ),
        ]

    def __str__(self):
        return self.text.name if self.text else _now("aktivitet utan namn")

    def get_absolute_url(self):
        return reverse("whats_on:activity", args=[self.pk])

    @property
    def text(self):
        """The words in Swedish, or None."""
        return text_in(self)

    @property
    def rooms(self) -> list[ServiceAtCentre]:
        """Its organiser, then those who hold it too."""
        others = [] if self._state.adding else self.co_organisers.all()
        return [self.organiser, *others]

    @property
    def is_drop_in(self) -> bool:
        return self.admission == self.Admission.DROP_IN

    def as_value(self) -> programme_values.Activity:
        """For the rules; reads `recurrences` and `changes`."""
        return programme_values.Activity(
            str(self.pk),
            str(self.organiser_id),
            tuple(row.as_value() for row in self.recurrences.all()),
            tuple(row.as_value() for row in self.changes.all()),
            str(self.venue_id) if self.venue_id else None,
            self.room,
            self.is_drop_in,
        )


class ActivityText(models.Model):
    """What is said of an activity, in one language."""

    activity = models.ForeignKey(
        Activity, on_delete=models.CASCADE, related_name="texts", verbose_name=_("aktivitet")
    )
    language = models.CharField(
        _("språk"), max_length=20, choices=Language, default=Language.SWEDISH
    )
    name = models.CharField(_("namn"), max_length=80, help_text=_("Till exempel ”Babycafé”."))
    description = models.TextField(_("vad vi gör"), blank=True)
    bring = models.TextField(_("ta med"), blank=True)
    how_to_sign_up = models.TextField(
        _("så anmäler ni er"),
        blank=True,
        help_text=_("Var, senast när och hur många som får plats."),
    )
    cost_note = models.CharField(_("om kostnaden"), max_length=120, blank=True)

    history = HistoricalRecords()

    class Meta:
        verbose_name = _("text om aktiviteten")
        verbose_name_plural = _("texter om aktiviteten")
        constraints = [
            models.UniqueConstraint(
                fields=["activity", "language"],
                name="activity_text_once_per_language",
                violation_error_message=_("Det finns redan en text på det språket."),
            ),
        ]

    def __str__(self):
        return self.name


class CoOrganiser(models.Model):
    """A room that holds an activity together with its organiser (medarrangör)."""

    activity = models.ForeignKey(
        Activity, on_delete=models.CASCADE, related_name="shared_with", verbose_name=_("aktivitet")
    )
    service_at_centre = models.ForeignKey(
        ServiceAtCentre,
        on_delete=models.CASCADE,
        related_name="shares",
        verbose_name=_("verksamhet på en central"),
    )

    history = HistoricalRecords()

    class Meta:
        verbose_name = _("medarrangör")
        verbose_name_plural = _("medarrangörer")
        constraints = [
            models.UniqueConstraint(
                fields=["activity", "service_at_centre"],
                name="co_organiser_once_per_activity",
                violation_error_message=_("Verksamheten är redan med."),
            ),
        ]

    def __str__(self):
        return str(self.service_at_centre)


def _together(**about):
    return CoOrganiser.objects.filter(activity=OuterRef("pk"), **about)
