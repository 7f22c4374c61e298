import uuid
from datetime import date, datetime

from django.apps import apps
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Case, F, Prefetch, Q, When
from django.urls import reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from services.languages import Language, text_in

from .facts import FirstVisitFacts, PlaceAccessibilityFacts
from .places import POINT_IN_REGION, POINT_OUTSIDE, District


class FamilyCentreQuerySet(models.QuerySet):
    def on(self, day: date):
        """Annotate `status_then`: the status on `day`, as `FamilyCentre.status_on` says it."""
        has_switched = Q(
            next_status_certainty=FamilyCentre.Certainty.DECIDED, next_status_on__lte=day
        )
        return self.annotate(
            status_then=Case(When(has_switched, then=F("next_status")), default=F("status"))
        )

    def published(self, day: date):
        """What has a page on `day`: everything but mere ideas."""
        return self.on(day).exclude(status_then=FamilyCentre.Status.IDEA)

    def listed(self, day: date):
        """What stands in lists on `day`: not what has moved away or closed for good."""
        status = FamilyCentre.Status
        return self.published(day).exclude(status_then__in=[status.MOVED, status.CLOSED])

    def in_district(self, district: District):
        return self.filter(district=district)

    def offering(self, service):
        return self.filter(services_here__service=service)

    def with_place(self):
        return self.select_related("district__city_area", "moved_to", "interim_centre")

    def with_hours(self, from_: date, to: date):
        """Load the rooms with what the rules need for `from_`..`to`, in constantly many queries.

        Schedules outside those days come without their slots: they tell that a way of contact has
        had hours, and until when.
        """
        rooms = apps.get_model("centres", "ServiceAtCentre").objects.with_hours(from_, to)
        return self._with_rooms(rooms, from_, to)

    def with_everything(self, from_: date, to: date, at: datetime):
        """Load what the page of a centre shows, with the notices of the moment `at`."""
        rooms = apps.get_model("centres", "ServiceAtCentre").objects
        notices = apps.get_model("centres", "Notice").objects.shown(at).prefetch_related("texts")
        loaded = rooms.with_hours(from_, to, last_known=True).prefetch_related(
            "texts", "contact_people", Prefetch("notices", queryset=notices)
        )
        return self._with_rooms(loaded, from_, to).prefetch_related(
            "texts", "confirmations", Prefetch("notices", queryset=notices)
        )

    def with_knowledge(self):
        """Load what tells how a house is known: its texts, its services, who confirmed them."""
        rooms = apps.get_model("centres", "ServiceAtCentre").objects
        known = rooms.select_related("service").order_by("service__position")
        return self.with_place().prefetch_related(
            "texts",
            "confirmations",
            "former_slugs",
            Prefetch("services_here", queryset=known.prefetch_related("texts", "confirmations")),
        )

    def _with_rooms(self, rooms, from_: date, to: date):
        exceptions = apps.get_model("centres", "ScheduleException").objects.touching(from_, to)
        return self.prefetch_related(
            Prefetch("services_here", queryset=rooms), Prefetch("exceptions", queryset=exceptions)
        )


class FamilyCentre(FirstVisitFacts, PlaceAccessibilityFacts, models.Model):
    """A house where families meet services (familjecentral), or an open preschool of its own."""

    class Kind(models.TextChoices):
        FAMILY_CENTRE = "family_centre", _("familjecentral")
        OPEN_PRESCHOOL = "open_preschool", _("fristående öppen förskola")
        MEETING_PLACE = "meeting_place", _("mötesplats")
        MOBILE = "mobile", _("mobil verksamhet")

    class Status(models.TextChoices):
        IDEA = "idea", _("idé")
        PROPOSED = "proposed", _("planeras")
        DECIDED = "decided", _("beslutad")
        BUILDING = "building", _("byggs")
        OPEN = "open", _("i drift")
        TEMPORARILY_CLOSED = "temporarily_closed", _("tillfälligt stängd")
        MOVED = "moved", _("flyttad")
        CLOSED = "closed", _("nedlagd")

    class Certainty(models.TextChoices):
        DECIDED = "decided", _("bestämd dag")
        EXPECTED = "expected", _("beräknad dag")

    PLANNED = (Status.IDEA, Status.PROPOSED, Status.DECIDED, Status.BUILDING)

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(
        _("namn"),
        max_length=120,
        unique=True,
        help_text=_("Till exempel ”Familjecentralen Hjällbo”."),
        error_messages={
            "unique": _("Det finns redan en familjecentral med det namnet. Ändra den i stället.")
        },
    )
    slug = models.SlugField(
        _("adress"),
        max_length=80,
        unique=True,
        help_text=_(
            "Sista delen av sidans adress. Ändras den fortsätter den gamla adressen att leda hit."
        ),
        error_messages={"unique": _("En annan familjecentral har adressen. Välj en annan.")},
    )
    also_known_as = models.TextField(
        _("kallas också"), blank=True, help_text=_("Ett namn per rad, även äldre namn.")
    )
    kind = models.CharField(_("slag"), max_length=20, choices=Kind, default=Kind.FAMILY_CENTRE)
    district = models.ForeignKey(
        District, on_delete=models.PROTECT, related_name="centres", verbose_name=_("stadsdel")
    )

    status = models.CharField(_("läge"), max_length=20, choices=Status, default=Status.OPEN)
    status_since = models.DateField(_("läget gäller från"), null=True, blank=True)
    next_status = models.CharField(
        _("nästa läge"),
        max_length=20,
        choices=Status,
        blank=True,
        help_text=_("Till exempel ”i drift” för ett hus som byggs, ”flyttad” för ett som flyttar."),
    )
    next_status_on = models.DateField(_("från och med"), null=True, blank=True)
    next_status_certainty = models.CharField(
        _("hur säker dagen är"),
        max_length=10,
        choices=Certainty,
        blank=True,
        help_text=_(
            "Är dagen bestämd byts läget av sig självt på sidor, i listor och på kartan. En "
            "beräknad dag visas bara."
        ),
    )
    opened_on = models.DateField(_("öppnade första gången"), null=True, blank=True)
    moved_to = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="moved_from",
        verbose_name=_("flyttad till"),
        help_text=_("Den familjecentral som tar över."),
    )
    interim_centre = models.ForeignKey(
        "self",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="stands_in_for",
        verbose_name=_("under tiden"),
        help_text=_("Huset dit familjerna kan gå tills det här öppnar."),
    )

    street = models.CharField(_("gata och nummer"), max_length=120, blank=True)
    postcode = models.CharField(
        _("postnummer"),
        max_length=6,
        blank=True,
        validators=[RegexValidator(r"^[0-9]{3} [0-9]{2}\Z", _("Skriv postnumret så här: 424 33."))],
    )
    postal_town = models.CharField(_("postort"), max_length=60, blank=True)
    latitude = models.DecimalField(
        _("latitud"), max_digits=8, decimal_places=6, null=True, blank=True
    )
    longitude = models.DecimalField(
        _("longitud"), max_digits=8, decimal_places=6, null=True, blank=True
    )
    stop_name = models.CharField(
        _("närmaste hållplats"), max_length=80, blank=True, help_text=_("Till exempel ”Hjällbo”.")
    )
    stop_kind = models.CharField(
        _("slags hållplats"),
        max_length=10,
        blank=True,
        choices=[("tram", _("spårvagn")), ("bus", _("buss")), ("ferry", _("båt"))],
    )

    objects = FamilyCentreQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("familjecentral")
        verbose_name_plural = _("familjecentraler")
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                name="centre_point_in_goteborg_region",
                condition=Q(latitude__isnull=True, longitude__isnull=True) | POINT_IN_REGION,
                violation_error_message=POINT_OUTSIDE,
            ),
            models.CheckConstraint(
                name="centre_status_dates_in_order",
                condition=Q(status_since__isnull=True)
                | Q(next_status_on__isnull=True)
                | Q(next_status_on__gt=F("status_since")),
                violation_error_message=_("Nästa läge måste börja senare än det som gäller nu."),
            ),
            models.CheckConstraint(
                name="centre_next_status_with_day_and_certainty",
                condition=Q(next_status="", next_status_on__isnull=True, next_status_certainty="")
                | (
                    ~Q(next_status="")
                    & Q(next_status_on__isnull=False)
                    & ~Q(next_status_certainty="")
                ),
                violation_error_message=_(
                    "Ange nästa läge, från vilken dag det gäller och hur säker dagen är. Är "
                    "dagen inte känd? Lämna alla tre tomma och skriv under ”om läget” i stället."
                ),
            ),
            models.CheckConstraint(
                name="centre_next_status_is_another",
                condition=~Q(next_status=F("status")),
                violation_error_message=_("Nästa läge kan inte vara samma som läget nu."),
            ),
            models.CheckConstraint(
                name="centre_moved_to_only_when_moving",
                condition=Q(moved_to__isnull=True) | Q(status="moved") | Q(next_status="moved"),
                violation_error_message=_(
                    "Välj ”flyttad” som läge eller nästa läge, eller töm ”flyttad till”."
                ),
            ),
            models.CheckConstraint(
                name="centre_no_interim_in_itself",
                condition=Q(interim_centre__isnull=True) | ~Q(interim_centre=F("id")),
                violation_error_message=_("En familjecentral kan inte ersätta sig själv."),
            ),
            models.CheckConstraint(
                name="centre_not_moved_to_itself",
                condition=Q(moved_to__isnull=True) | ~Q(moved_to=F("id")),
                violation_error_message=_("En familjecentral kan inte flytta till sig själv."),
            ),
        ]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("centres:detail", args=[self.slug])

    def clean(self):
        if (self.latitude is None) != (self.longitude is None):
            raise ValidationError(_now("Ange både latitud och longitud, eller lämna båda tomma."))
        former = FormerSlug.objects.filter(slug=self.slug).exclude(centre=self.pk).first()
        if former:
            raise ValidationError(
                {
                    "slug": _now(
                        "Adressen leder redan till %(centre)s, som hade den förr. Välj en annan."
                    )
                    % {"centre": former.centre}
                }
            )

    @property
    def text(self):
        """The Swedish words about this house, or None."""
        return text_in(self)

    def status_on(self, day: date) -> "FamilyCentre.Status":
        """What it is on `day`: a decided change takes over on its day, an expected one never."""
        return self.Status(self.next_status if self._has_switched(day) else self.status)

    def status_since_on(self, day: date) -> date | None:
        """Since when it is what it is on `day`."""
        return self.next_status_on if self._has_switched(day) else self.status_since

    def _has_switched(self, day: date) -> bool:
        is_decided = self.next_status_certainty == self.Certainty.DECIDED
        return is_decided and self.next_status_on is not None and self.next_status_on <= day

    @property
    def other_names(self) -> list[str]:
        return [name.strip() for name in self.also_known_as.splitlines() if name.strip()]

    @property
    def address(self) -> str:
        """On one line, with what is known of it: "Vintergatan 1A, 417 58 Göteborg"."""
        town = " ".join(part for part in (self.postcode, self.postal_town) if part)
        return ", ".join(part for part in (self.street, town) if part)


class FamilyCentreText(models.Model):
    """What is said of a house, in one language."""

    centre = models.ForeignKey(
        FamilyCentre,
        on_delete=models.CASCADE,
        related_name="texts",
        verbose_name=_("familjecentral"),
    )
    language = models.CharField(
        _("språk"), max_length=20, choices=Language, default=Language.SWEDISH
    )
    summary = models.TextField(
        _("kort om huset"), blank=True, help_text=_("En eller två meningar.")
    )
    status_note = models.TextField(
        _("om läget"), blank=True, help_text=_("När något byggs, har flyttat eller är stängt.")
    )
    interim_note = models.TextField(
        _("var det finns under tiden"),
        blank=True,
        help_text=_("Plats och verksamheter tills huset öppnar, med egna ord."),
    )
    entrance = models.TextField(
        _("entrén"), blank=True, help_text=_("Hur man hittar in: färg, våning, skylt, portkod.")
    )
    directions = models.TextField(_("vägen från hållplatsen"), blank=True)
    who_meets_you = models.TextField(_("vem som möter dig första gången"), blank=True)
    when_ill = models.TextField(_("om förkylning och sjukdom"), blank=True)
    cost = models.TextField(_("kostnad"), blank=True)

    history = HistoricalRecords()

    class Meta:
        verbose_name = _("text om huset")
        verbose_name_plural = _("texter om huset")
        constraints = [
            models.UniqueConstraint(
                fields=["centre", "language"],
                name="centre_text_once_per_language",
                violation_error_message=_("Det finns redan en text på det språket."),
            ),
        ]

    def __str__(self):
        return f"{self.centre} ({self.get_language_display()})"


class FormerSlug(models.Model):
    """An address that a centre has had; it redirects to the present one for good."""

    centre = models.ForeignKey(FamilyCentre, on_delete=models.CASCADE, related_name="former_slugs")
    slug = models.SlugField(
        _("adress"),
        max_length=80,
        unique=True,
        error_messages={"unique": _("Adressen leder redan till en familjecentral.")},
    )

    class Meta:
        verbose_name = _("tidigare adress")
        verbose_name_plural = _("tidigare adresser")

    def __str__(self):
        return self.slug

    def clean(self):
        """An address that a house has now is that house's own, also while it is a mere idea."""
        centre = FamilyCentre.objects.filter(slug=self.slug).first()
        own = getattr(self, "centre", None)  # perhaps about to be saved with this address
        if own and own.slug == self.slug:
            centre = own
        if centre:
            raise ValidationError(
                {
                    "slug": _now("Adressen leder till %(centre)s, som har den nu. Välj en annan.")
                    % {"centre": centre}
                }
            )
