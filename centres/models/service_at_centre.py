import uuid
from collections.abc import Mapping
from datetime import date
from zoneinfo import ZoneInfo

from django.apps import apps
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Prefetch, Q
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from services.languages import Language, text_in
from services.models import Organisation, Service
from services.validators import (
    validate_phone_number,
    validate_spoken_languages,
    validate_web_scheme,
)

from ..hours_values import Holiday
from ..opening_hours import OpeningHours
from .centre import FamilyCentre


class ServiceAtCentreQuerySet(models.QuerySet):
    def with_hours(self, from_: date, to: date, *, last_known: bool = False):
        """Load what the rules need for `from_`..`to`; see `FamilyCentreQuerySet.with_hours`.

        `last_known` loads the slots of ended schedules too, to tell of hours that once were.
        """
        slots = apps.get_model("centres", "TimeSlot").objects
        slots = slots.all() if last_known else slots.touching(from_, to)
        exceptions = apps.get_model("centres", "ScheduleException").objects.touching(from_, to)
        return (
            self.select_related("organisation")
            .order_by("service__position")
            .prefetch_related(
                "service__texts",
                "confirmations",
                "schedules",
                Prefetch("schedules__slots", queryset=slots),
                Prefetch("exceptions", queryset=exceptions),
            )
        )


class ServiceAtCentre(models.Model):
    """A service as one centre offers it (verksamhet på en central): a room in the house."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    centre = models.ForeignKey(
        FamilyCentre,
        on_delete=models.CASCADE,
        related_name="services_here",
        verbose_name=_("familjecentral"),
    )
    service = models.ForeignKey(
        Service, on_delete=models.PROTECT, related_name="places", verbose_name=_("verksamhet")
    )
    organisation = models.ForeignKey(
        Organisation,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="services_here",
        verbose_name=_("huvudman"),
        help_text=_("Den som driver verksamheten. Lämna tomt om det inte är känt."),
    )
    phone = models.CharField(
        _("telefon"), max_length=20, blank=True, validators=[validate_phone_number]
    )
    email = models.EmailField(_("e-post"), blank=True)
    booking_url = models.URLField(
        _("länk för att boka"),
        blank=True,
        validators=[validate_web_scheme],
        help_text=_("Hela adressen, till exempel till 1177."),
    )

    languages = models.JSONField(
        _("språk som personalen talar"),
        default=list,
        blank=True,
        validators=[validate_spoken_languages],
    )

    history = HistoricalRecords()
    objects = ServiceAtCentreQuerySet.as_manager()

    class Meta:
        verbose_name = _("verksamhet på en central")
        verbose_name_plural = _("verksamheter på en central")
        ordering = ["centre", "service__position"]
        constraints = [
            models.UniqueConstraint(
                fields=["centre", "service"],
                name="service_once_per_centre",
                violation_error_message=_("Verksamheten finns redan i det här huset."),
            ),
        ]

    def __str__(self):
        return f"{self.service} – {self.centre}"

    @property
    def text(self):
        """The Swedish words about this room, or None."""
        return text_in(self)

    def hours(self, holidays: Mapping[date, Holiday]) -> dict[str, OpeningHours]:
        """The opening hours of every channel that has ever had a schedule, by channel.

        Reads what `with_hours` has loaded.
        """
        schedules = list(self.schedules.all())
        exceptions = [
            exception.as_value()
            for exception in (*self.exceptions.all(), *self.centre.exceptions.all())
        ]
        return {
            channel: OpeningHours(
                [s.as_value() for s in schedules if s.channel == channel],
                exceptions,
                zone=ZoneInfo(settings.TIME_ZONE),
                holidays=holidays,
                channel=channel,
                confirmed_at=getattr(self.confirmation_of_hours(channel), "confirmed_at", None),
            )
            for channel in dict.fromkeys(s.channel for s in schedules)
        }

    def confirmation_of_hours(self, channel: str):
        """The `Confirmation` of this channel's hours, or None."""
        return next((c for c in self.confirmations.all() if c.channel == channel), None)


class ServiceAtCentreText(models.Model):
    """What is particular about a service in this house, in one language."""

    service_at_centre = models.ForeignKey(
        ServiceAtCentre,
        on_delete=models.CASCADE,
        related_name="texts",
        verbose_name=_("verksamhet på en central"),
    )
    language = models.CharField(
        _("språk"), max_length=20, choices=Language, default=Language.SWEDISH
    )
    description = models.TextField(
        _("beskrivning"),
        blank=True,
        help_text=_("Det som är särskilt här. Det allmänna står redan på verksamhetens sida."),
    )
    how_to_reach = models.TextField(
        _("så når du oss"),
        blank=True,
        help_text=_("Visas också när tiderna är okända, som ett annat sätt att nå verksamheten."),
    )

    history = HistoricalRecords()

    class Meta:
        verbose_name = _("text om verksamheten här")
        verbose_name_plural = _("texter om verksamheten här")
        constraints = [
            models.UniqueConstraint(
                fields=["service_at_centre", "language"],
                name="service_at_centre_text_once_per_language",
                violation_error_message=_("Det finns redan en text på det språket."),
            ),
        ]

    def __str__(self):
        return f"{self.service_at_centre} ({self.get_language_display()})"


class ContactPerson(models.Model):
    """Someone who works in a room (kontaktperson): a role always, the rest by their approval.

    The personal fields are left out of the change history, so that removing them removes them.
    """

    service_at_centre = models.ForeignKey(
        ServiceAtCentre,
        on_delete=models.CASCADE,
        related_name="contact_people",
        verbose_name=_("verksamhet på en central"),
    )
    role = models.CharField(
        _("yrkesroll"), max_length=80, help_text=_("Till exempel ”förskollärare”. Visas alltid.")
    )
    approved_on = models.DateField(
        _("personen godkände den"),
        null=True,
        blank=True,
        help_text=_(
            "Utan dagen för godkännandet visas och sparas varken namn, nummer eller språk. "
            "Töm fältet för att ta bort dem genast."
        ),
    )
    name = models.CharField(_("namn"), max_length=80, blank=True)
    phone = models.CharField(
        _("direktnummer"), max_length=20, blank=True, validators=[validate_phone_number]
    )
    languages = models.CharField(
        _("talar"), max_length=120, blank=True, help_text=_("Till exempel ”svenska, arabiska”.")
    )

    history = HistoricalRecords(excluded_fields=["name", "phone", "languages"])

    class Meta:
        verbose_name = _("kontaktperson")
        verbose_name_plural = _("kontaktpersoner")
        ordering = ["role", "id"]
        constraints = [
            models.CheckConstraint(
                name="contact_person_details_only_when_approved",
                condition=Q(approved_on__isnull=False) | Q(name="", phone="", languages=""),
                violation_error_message=_(
                    "Namn, direktnummer och språk får bara stå här när personen har godkänt det."
                ),
            ),
        ]

    def __str__(self):
        """The role alone: the admin's log keeps this text for good."""
        return self.role

    def clean(self):
        """Emptying the approval removes the personal details; they cannot come without one."""
        if self.approved_on is not None:
            return
        if self._was_approved():
            self.name = self.phone = self.languages = ""
        elif self.name or self.phone or self.languages:
            raise ValidationError(
                {"approved_on": _now("Fyll i vilken dag personen godkände att uppgifterna visas.")}
            )

    def _was_approved(self) -> bool:
        return (
            self.pk is not None
            and type(self).objects.filter(pk=self.pk, approved_on__isnull=False).exists()
        )
