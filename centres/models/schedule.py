"""Hours as staff enter them. The rules that read them are in `centres.opening_hours`."""

import uuid
from datetime import date

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from services.languages import SpokenLanguage
from services.models.line import WEEKDAYS
from services.validators import HIGHEST_AGE

from .. import hours_values
from .centre import FamilyCentre
from .service_at_centre import ServiceAtCentre


class Channel(models.TextChoices):
    """A way of contact. Hours belong to a service and a channel, never to the house."""

    DROP_IN = "drop_in", _("öppet utan tidsbokning")
    PHONE = "phone", _("telefontid")
    BOOKED = "booked", _("bokade besök")
    GROUP = "group", _("grupper")
    DIGITAL = "digital", _("digital kontakt")


class ScheduleQuerySet(models.QuerySet):
    def regular_from(self, service_at_centre: ServiceAtCentre, channel: str, day: date):
        """The regular ones that hold `day` or a later one, in their order."""
        rows = self.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=day))
        return rows.filter(
            service_at_centre=service_at_centre, channel=channel, kind=Schedule.Kind.REGULAR
        ).order_by("valid_from")


class Schedule(models.Model):
    """The hours of one service and channel over a range of dates (öppettider)."""

    class Kind(models.TextChoices):
        REGULAR = "regular", _("ordinarie")
        SEASON = "season", _("säsong")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    service_at_centre = models.ForeignKey(
        ServiceAtCentre,
        on_delete=models.CASCADE,
        related_name="schedules",
        verbose_name=_("verksamhet på en central"),
    )
    channel = models.CharField(
        _("sätt att nå verksamheten"), max_length=10, choices=Channel, default=Channel.DROP_IN
    )
    kind = models.CharField(
        _("slag"),
        max_length=10,
        choices=Kind,
        default=Kind.REGULAR,
        help_text=_("En säsong, till exempel sommaren, gäller före de ordinarie tiderna."),
    )
    valid_from = models.DateField(_("gäller från och med"))
    valid_to = models.DateField(
        _("gäller till och med"),
        null=True,
        blank=True,
        help_text=_("Sista dagen. Tomt betyder tills vidare; en säsong måste ha en sista dag."),
    )
    awaits_confirmation = models.BooleanField(
        _("väntar på att bekräftas"),
        default=False,
        editable=False,
        help_text=_("Kopierat från en annan termin, och ingen har gått igenom det än."),
    )

    objects = ScheduleQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("öppettider")
        verbose_name_plural = _("öppettider")
        ordering = ["service_at_centre", "channel", "valid_from"]
        constraints = [
            models.CheckConstraint(
                name="schedule_ends_after_it_starts",
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
                violation_error_message=_("Sista dagen ligger före första dagen."),
            ),
            models.CheckConstraint(
                name="season_has_an_end",
                condition=Q(kind="regular") | Q(valid_to__isnull=False),
                violation_error_message=_("En säsong måste ha en sista dag."),
            ),
        ]

    def __str__(self):
        until = self.valid_to.isoformat() if self.valid_to else _now("tills vidare")
        return f"{self.get_channel_display()} {self.valid_from} – {until}"

    def as_value(self) -> hours_values.Schedule:
        """For the rules."""
        return hours_values.Schedule(
            self.valid_from,
            self.valid_to,
            tuple(slot.as_value() for slot in self.slots.all()),
            self.kind,
            self.awaits_confirmation,
        )


class _Hours(models.Model):
    """What a slot of a week and a slot of one changed day have in common (pass)."""

    class Siblings(models.TextChoices):
        UNSTATED = "unstated", _("inte angivet")
        WELCOME = "welcome", _("syskon är välkomna")
        NOT = "not", _("inte för syskon")

    opens_at = models.TimeField(_("öppnar"))
    closes_at = models.TimeField(_("stänger"))
    label = models.CharField(
        _("namn på passet"), max_length=80, blank=True, help_text=_("Till exempel ”Babyöppet”.")
    )
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
        _("syskon"), max_length=10, choices=Siblings, default=Siblings.UNSTATED
    )
    language = models.CharField(
        _("språk"),
        max_length=3,
        choices=SpokenLanguage,
        blank=True,
        help_text=_("Bara när passet hålls på ett visst språk."),
    )

    class Meta:
        abstract = True

    def __str__(self):
        return f"{self.opens_at:%H.%M}–{self.closes_at:%H.%M}"

    @property
    def ends_next_day(self) -> bool:
        """Equal times are 24 hours."""
        return self.closes_at <= self.opens_at

    def as_value(self) -> hours_values.Slot:
        """For the rules; a slot of a week adds when it recurs."""
        recurrence = ("weekday", "week_parity", "nth_in_month")
        return hours_values.Slot(
            self.opens_at,
            self.closes_at,
            label=self.label,
            min_age_months=self.min_age_months,
            max_age_months=self.max_age_months,
            siblings=self.siblings,
            language=self.language,
            **{name: getattr(self, name) for name in recurrence if hasattr(self, name)},
        )


AGES_IN_ORDER = (
    Q(min_age_months__isnull=True)
    | Q(max_age_months__isnull=True)
    | Q(max_age_months__gte=F("min_age_months"))
)
AGES_MESSAGE = _("Högsta åldern måste vara minst lika hög som lägsta.")


class TimeSlotQuerySet(models.QuerySet):
    def ending_from(self, day: date):
        """Slots of schedules that have not ended before `day`, running or to come."""
        return self.filter(Q(schedule__valid_to__isnull=True) | Q(schedule__valid_to__gte=day))

    def touching(self, from_: date, to: date):
        """Slots of schedules that cover any day of `from_`..`to`."""
        return self.ending_from(from_).filter(schedule__valid_from__lte=to)


class TimeSlot(_Hours):
    """One span of a week in a schedule (pass)."""

    class WeekParity(models.TextChoices):
        EVERY = "every", _("varje vecka")
        ODD = "odd", _("udda veckor")
        EVEN = "even", _("jämna veckor")

    NTH = [
        (1, _("den första i månaden")),
        (2, _("den andra")),
        (3, _("den tredje")),
        (4, _("den fjärde")),
        (5, _("den femte")),
        (-1, _("den sista i månaden")),
        (-2, _("den näst sista")),
        (-3, _("den tredje från slutet")),
        (-4, _("den fjärde från slutet")),
        (-5, _("den femte från slutet")),
    ]

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    schedule = models.ForeignKey(
        Schedule, on_delete=models.CASCADE, related_name="slots", verbose_name=_("öppettider")
    )
    weekday = models.PositiveSmallIntegerField(_("veckodag"), choices=WEEKDAYS)
    week_parity = models.CharField(
        _("veckor"), max_length=5, choices=WeekParity, default=WeekParity.EVERY
    )
    nth_in_month = models.SmallIntegerField(
        _("bara en gång i månaden"),
        null=True,
        blank=True,
        choices=NTH,
        help_text=_("Går inte ihop med udda eller jämna veckor."),
    )

    history = HistoricalRecords()
    objects = TimeSlotQuerySet.as_manager()

    class Meta:
        verbose_name = _("pass")
        verbose_name_plural = _("pass")
        ordering = ["weekday", "opens_at", "closes_at", "label"]
        constraints = [
            models.CheckConstraint(
                name="time_slot_weekday_is_iso", condition=Q(weekday__range=(1, 7))
            ),
            models.CheckConstraint(
                name="time_slot_nth_in_month_known",
                condition=Q(nth_in_month__isnull=True)
                | Q(nth_in_month__in=[1, 2, 3, 4, 5, -1, -2, -3, -4, -5]),
            ),
            models.CheckConstraint(
                name="time_slot_parity_or_nth_not_both",
                condition=Q(week_parity="every") | Q(nth_in_month__isnull=True),
                violation_error_message=_(
                    "Välj antingen udda/jämna veckor eller en gång i månaden, inte båda."
                ),
            ),
            models.CheckConstraint(
                name="time_slot_ages_in_order",
                condition=AGES_IN_ORDER,
                violation_error_message=AGES_MESSAGE,
            ),
        ]

    def __str__(self):
        return f"{self.get_weekday_display()} {super().__str__()}"


class ScheduleExceptionQuerySet(models.QuerySet):
    def touching(self, from_: date, to: date):
        """Those that cover any day of `from_`..`to`, with their slots."""
        return self.filter(
            Q(last_day__isnull=True) | Q(last_day__gte=from_), first_day__lte=to
        ).prefetch_related("slots")


class ScheduleException(models.Model):
    """A day or some days that differ from the schedule (avvikande öppettider)."""

    class Kind(models.TextChoices):
        CLOSED = "closed", _("stängt")
        AS_USUAL = "as_usual", _("öppet som vanligt")
        REPLACED = "replaced", _("andra tider hela dagen")
        PART_CLOSED = "part_closed", _("stängt en del av dagen")
        EXTRA = "extra", _("extra öppet")

    class Reason(models.TextChoices):
        NOT_STATED = "", _("ingen orsak angiven")
        ILLNESS = "illness", _("sjukdom")
        PLANNING = "planning", _("planeringsdag")
        TRAINING = "training", _("utbildning")
        HOLIDAY = "holiday", _("helg eller lov")
        SUMMER = "summer", _("sommaruppehåll")
        BOOKED = "booked", _("bokat för en grupp")
        PREMISES = "premises", _("problem i lokalen")

    WITH_SLOTS = (Kind.REPLACED, Kind.PART_CLOSED, Kind.EXTRA)

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    centre = models.ForeignKey(
        FamilyCentre,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="exceptions",
        verbose_name=_("hela huset"),
    )
    service_at_centre = models.ForeignKey(
        ServiceAtCentre,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="exceptions",
        verbose_name=_("verksamhet på en central"),
    )
    channel = models.CharField(
        _("gäller bara"),
        max_length=10,
        choices=Channel,
        blank=True,
        help_text=_("Tomt betyder alla sätt att nå verksamheten."),
    )
    kind = models.CharField(_("vad som gäller"), max_length=12, choices=Kind)
    first_day = models.DateField(_("första dagen"))
    last_day = models.DateField(
        _("sista dagen"), null=True, blank=True, help_text=_("Tomt betyder tills vidare.")
    )
    reason = models.CharField(_("orsak"), max_length=12, choices=Reason, blank=True)
    note = models.CharField(
        _("med egna ord"), max_length=200, blank=True, help_text=_("Läsarna ser texten.")
    )

    history = HistoricalRecords()
    objects = ScheduleExceptionQuerySet.as_manager()

    class Meta:
        verbose_name = _("avvikande öppettider")
        verbose_name_plural = _("avvikande öppettider")
        ordering = ["first_day", "id"]
        constraints = [
            models.CheckConstraint(
                name="exception_centre_or_service",
                condition=Q(centre__isnull=False, service_at_centre__isnull=True)
                | Q(centre__isnull=True, service_at_centre__isnull=False),
                violation_error_message=_("Välj antingen hela huset eller en verksamhet."),
            ),
            models.CheckConstraint(
                name="exception_ends_after_it_starts",
                condition=Q(last_day__isnull=True) | Q(last_day__gte=F("first_day")),
                violation_error_message=_("Sista dagen ligger före första dagen."),
            ),
            models.CheckConstraint(
                name="exception_for_the_house_only_closes",
                condition=Q(centre__isnull=True)
                | Q(kind__in=["closed", "part_closed"], channel=""),
                violation_error_message=_(
                    "För hela huset går det bara att stänga. Lägg andra tider på en verksamhet."
                ),
            ),
            models.CheckConstraint(
                name="exception_new_hours_one_day_one_channel",
                condition=~Q(kind__in=["replaced", "extra"])
                | (Q(last_day__isnull=False, last_day=F("first_day")) & ~Q(channel="")),
                violation_error_message=_(
                    "Andra tider och extra öppet gäller en enda dag och ett sätt att nå "
                    "verksamheten. Lägg in ändrade tider över flera dagar som en säsong."
                ),
            ),
        ]

    def __str__(self):
        return f"{self.get_kind_display()} {self.first_day}"

    def as_value(self) -> hours_values.ScheduleException:
        """For the rules."""
        return hours_values.ScheduleException(
            self.kind,
            self.first_day,
            self.last_day,
            tuple(slot.as_value() for slot in self.slots.all()),
            of_centre=self.centre_id is not None,
            channel=self.channel,
            reason=self.Reason(self.reason).label if self.reason else "",
            note=self.note,
            cause=self.reason,
        )

    def clean(self):
        if self.kind in (self.Kind.REPLACED, self.Kind.EXTRA) and self.first_day:
            self.last_day = self.last_day or self.first_day
        if self.first_day and self.last_day and self.last_day < self.first_day:
            raise ValidationError({"last_day": _now("Sista dagen ligger före första dagen.")})


class ExceptionSlot(_Hours):
    """The hours of an exception: those that replace, are added or are cut away."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    exception = models.ForeignKey(
        ScheduleException,
        on_delete=models.CASCADE,
        related_name="slots",
        verbose_name=_("avvikande öppettider"),
    )

    history = HistoricalRecords()

    class Meta:
        verbose_name = _("tid")
        verbose_name_plural = _("tider")
        ordering = ["opens_at", "closes_at", "label"]
        constraints = [
            models.CheckConstraint(
                name="exception_slot_ages_in_order",
                condition=AGES_IN_ORDER,
                violation_error_message=AGES_MESSAGE,
            ),
        ]
