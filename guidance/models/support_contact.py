import uuid

from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from centres import hours_text as words
from centres.models import CityArea, District
from centres.source_dates import readable
from centres.wish import Wish
from services.languages import Language, text_in
from services.models.service import NOT_STATED_YES_NO
from services.validators import (
    HIGHEST_AGE,
    HIGHEST_POSITION,
    validate_phone_number,
    validate_web_scheme,
)

from .topic import Topic

UNDATED = "odaterad"


class SupportContactQuerySet(models.QuerySet):
    def reaching(self, district: str, city_area: str):
        """Those of a district or an area, by slug, and of the whole city; all where both are ""."""
        if not (district or city_area):
            return self
        own = Q(districts__slug=district) | Q(city_areas__slug=city_area)
        if not district:
            own |= Q(districts__city_area__slug=city_area)
        everywhere = Q(districts=None, city_areas=None)
        return self.filter(pk__in=self.model.objects.filter(own | everywhere).values("pk"))

    def asked_for(self, wish: Wish):
        """Those for the age or the pregnancy of a wish, and those for everyone."""
        if wish.expecting:
            return self.filter(Q(expecting=True) | Q(from_months=None, to_months=None))
        if wish.age is None:
            return self
        return self.filter(
            Q(from_months=None) | Q(from_months__lte=wish.age),
            Q(to_months=None) | Q(to_months__gte=wish.age),
        )

    def about(self, topic: Topic):
        return self.filter(topics=topic)

    def with_texts(self):
        return self.prefetch_related("texts", "city_areas", "districts__city_area")


class SupportContact(models.Model):
    """Somebody outside the family centres who supports parents (stöd): counselling, a course.

    Without areas and districts it is there for the whole city. What is not known is left out, and
    pages say so: an unknown number leads to the city's switchboard.
    """

    class Kind(models.TextChoices):
        COUNSELLING = "counselling", _("samtal")
        FAMILY_LAW = "family_law", _("familjerätt")
        YOUTH = "youth", _("för unga")
        COURSE = "course", _("kurs eller grupp")
        PRESCHOOL_PLACES = "preschool_places", _("förskoleplats")
        SOCIAL_OFFICE = "social_office", _("socialkontor")
        CRISIS = "crisis", _("våld och kris")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    slug = models.SlugField(
        _("adress"),
        max_length=40,
        unique=True,
        help_text=_("Adressen ändras aldrig. Till exempel ”familjeradgivning”."),
        error_messages={"unique": _("Ett annat stöd har adressen. Välj en annan.")},
    )
    kind = models.CharField(_("slag"), max_length=20, choices=Kind)
    position = models.PositiveSmallIntegerField(
        _("ordning"), default=0, validators=[MaxValueValidator(HIGHEST_POSITION)]
    )
    city_areas = models.ManyToManyField(
        CityArea,
        blank=True,
        related_name="support_contacts",
        verbose_name=_("stadsområden"),
        help_text=_("Lämna båda tomma när det är för hela staden."),
    )
    districts = models.ManyToManyField(
        District, blank=True, related_name="support_contacts", verbose_name=_("stadsdelar")
    )
    topics = models.ManyToManyField(
        Topic, blank=True, related_name="support_contacts", verbose_name=_("ämnen")
    )
    from_months = models.PositiveSmallIntegerField(
        _("från ålder (hela månader)"),
        null=True,
        blank=True,
        validators=[MaxValueValidator(HIGHEST_AGE)],
        help_text=_("Barnets ålder, för den som väljer en ålder på sidan."),
    )
    to_months = models.PositiveSmallIntegerField(
        _("till och med ålder (hela månader)"),
        null=True,
        blank=True,
        validators=[MaxValueValidator(HIGHEST_AGE)],
    )
    expecting = models.BooleanField(_("för den som väntar barn"), default=False)
    self_referral = models.BooleanField(
        _("man kan höra av sig själv, utan remiss"),
        null=True,
        blank=True,
        choices=NOT_STATED_YES_NO,
    )
    anonymous = models.BooleanField(
        _("man kan vara anonym"), null=True, blank=True, choices=NOT_STATED_YES_NO
    )
    is_free = models.BooleanField(_("gratis"), null=True, blank=True, choices=NOT_STATED_YES_NO)
    phone = models.CharField(
        _("telefon"),
        max_length=20,
        blank=True,
        validators=[validate_phone_number],
        help_text=_("Tomt: sidan säger att numret inte är känt och visar kontaktcenter."),
    )
    email = models.EmailField(_("e-post"), blank=True)
    website = models.URLField(_("webbplats"), blank=True, validators=[validate_web_scheme])
    source = models.CharField(_("källa"), max_length=200)
    source_url = models.URLField(
        _("länk till källan"), max_length=300, blank=True, validators=[validate_web_scheme]
    )
    source_date = models.CharField(
        _("källans datum"),
        max_length=60,
        help_text=_("Så som det är känt: ”2024-03-21”, ”våren 2024”, ”odaterad”."),
    )
    checked_on = models.DateField(
        _("kontrollerad den"),
        null=True,
        blank=True,
        help_text=_("Dagen då någon senast såg att uppgifterna stämmer."),
    )

    history = HistoricalRecords()
    objects = SupportContactQuerySet.as_manager()

    class Meta:
        verbose_name = _("stöd för föräldrar")
        verbose_name_plural = _("stöd för föräldrar")
        ordering = ["position", "slug"]
        constraints = [
            models.CheckConstraint(
                name="support_contact_ages_in_order",
                condition=Q(from_months__isnull=True)
                | Q(to_months__isnull=True)
                | Q(to_months__gte=F("from_months")),
                violation_error_message=_("Högsta åldern måste vara minst lika hög som lägsta."),
            ),
        ]

    def __str__(self):
        return self.text.name if self.text else self.slug

    def get_absolute_url(self):
        return reverse("support:contact", args=[self.slug])

    @property
    def text(self):
        """The words in Swedish, or None."""
        return text_in(self)

    @property
    def has_own_way(self) -> bool:
        """Whether it is known how to reach them, without the switchboard."""
        return bool(self.phone or self.email or self.website)

    @property
    def parts(self) -> list[CityArea | District]:
        """The parts of the city that it is for; none are all."""
        return [*self.city_areas.all(), *self.districts.all()]

    @property
    def is_citywide(self) -> bool:
        return not self.parts

    @property
    def where(self) -> str:
        """ "Angered och Hisingen", or "hela Göteborg"."""
        return words.listed([part.name for part in self.parts]) or _now("hela Göteborg")

    @property
    def checked_words(self) -> str:
        """How fresh it is: "Kontrollerad 3 maj 2026.", or that nobody has checked the source."""
        if self.checked_on:
            return _now("Kontrollerad %(day)s.") % {"day": words.day_with_year(self.checked_on)}
        if self.source_date == UNDATED:
            return _now("Ingen har kontrollerat uppgifterna, och källan har inget datum.")
        return _now("Ingen har kontrollerat uppgifterna sedan källan skrevs (%(date)s).") % {
            "date": readable(self.source_date)
        }

    @property
    def stated(self) -> list[tuple[str, bool]]:
        """What is known as yes or no."""
        said = [
            (_now("Du kan höra av dig själv, utan remiss"), self.self_referral),
            (_now("Du kan vara anonym"), self.anonymous),
            (_now("Det är gratis"), self.is_free),
        ]
        return [(label, answer) for label, answer in said if answer is not None]

    @property
    def not_stated(self) -> str:
        """What a reader has to ask: "om det behövs remiss och vad det kostar", or ""."""
        asked = [
            (_now("om det behövs remiss"), self.self_referral),
            (_now("om du kan vara anonym"), self.anonymous),
            (_now("vad det kostar"), self.is_free),
        ]
        return words.listed([label for label, answer in asked if answer is None])

    def reaches(self, district: str, city_area: str) -> bool:
        """As the queryset has it, of what is loaded: asks nothing of the database."""
        if self.is_citywide or not (district or city_area):
            return True
        if city_area in {area.slug for area in self.city_areas.all()}:
            return True
        own = self.districts.all()
        if district:
            return district in {row.slug for row in own}
        return city_area in {row.city_area.slug for row in own}


class SupportContactText(models.Model):
    """What is said of a support, in one language."""

    contact = models.ForeignKey(
        SupportContact, on_delete=models.CASCADE, related_name="texts", verbose_name=_("stöd")
    )
    language = models.CharField(
        _("språk"), max_length=20, choices=Language, default=Language.SWEDISH
    )
    name = models.CharField(_("namn"), max_length=80)
    summary = models.CharField(
        _("kort beskrivning"), max_length=300, help_text=_("En eller två meningar, för listor.")
    )
    age_words = models.CharField(
        _("för vem, i ord"),
        max_length=120,
        blank=True,
        help_text=_("Till exempel ”unga till och med 24 år”."),
    )
    what_it_is = models.TextField(_("vad det är"), help_text=_("Tom rad ger nytt stycke."))
    how_to_come = models.TextField(_("hur man kommer dit"), blank=True)
    what_is_unsure = models.TextField(
        _("vad som inte är säkert"),
        blank=True,
        help_text=_("Det som läsaren behöver fråga om. Står på sidan."),
    )
    search_words = models.TextField(
        _("sökord"), blank=True, help_text=_("Andra ord som föräldrar använder.")
    )

    history = HistoricalRecords()

    class Meta:
        verbose_name = _("text om stödet")
        verbose_name_plural = _("texter om stödet")
        constraints = [
            models.UniqueConstraint(
                fields=["contact", "language"],
                name="support_contact_text_once_per_language",
                violation_error_message=_("Det finns redan en text på det språket."),
            ),
        ]

    def __str__(self):
        return self.name
