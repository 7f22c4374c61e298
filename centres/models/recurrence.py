"""When an activity is held, and the single dates that differ. The rules: `centres.programme`."""

import uuid
from datetime import date

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from services.models.line import WEEKDAYS

from .. import hours_values, programme_values
from .schedule import ScheduleException, TimeSlot
from .venue import Venue


class RecurrenceQuerySet(models.QuerySet):
    def touching(self, from_: date, to: date):
        """Those with dates in `from_`..`to`."""
        return self.filter(first_day__lte=to, last_day__gte=from_)


class Recurrence(models.Model):
    """When an activity is held: on one date, or on a weekday between two (iCalendar RRULE)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    activity = models.ForeignKey(
        "Activity",
        on_delete=models.CASCADE,
        related_name="recurrences",
        verbose_name=_("aktivitet"),
    )
    first_day = models.DateField(_("första dagen"))
    last_day = models.DateField(
        _("sista dagen"), help_text=_("Samma som den första för ett enda tillfälle.")
    )
    weekday = models.PositiveSmallIntegerField(
        _("veckodag"),
        choices=WEEKDAYS,
        null=True,
        blank=True,
        help_text=_("Tomt för ett enda tillfälle."),
    )
    starts_at = models.TimeField(_("börjar"))
    ends_at = models.TimeField(_("slutar"))
    week_parity = models.CharField(
        _("veckor"), max_length=5, choices=TimeSlot.WeekParity, default=TimeSlot.WeekParity.EVERY
    )
    nth_in_month = models.SmallIntegerField(
        _("bara en gång i månaden"),
        null=True,
        blank=True,
        choices=TimeSlot.NTH,
        help_text=_("Går inte ihop med udda eller jämna veckor."),
    )
    awaits_confirmation = models.BooleanField(
        _("väntar på att bekräftas"),
        default=False,
        editable=False,
        help_text=_("Kopierad från en annan termin, och ingen har gått igenom den än."),
    )

    history = HistoricalRecords()
    objects = RecurrenceQuerySet.as_manager()

    class Meta:
        verbose_name = _("tid")
        verbose_name_plural = _("tider")
        ordering = ["first_day", "weekday", "starts_at", "id"]
        constraints = [
            models.CheckConstraint(
                name="recurrence_ends_after_it_starts",
                condition=Q(last_day__gte=F("first_day")),
                violation_error_message=_("Sista dagen ligger före första dagen."),
            ),
            models.CheckConstraint(
                name="recurrence_weekday_unless_single",
                condition=Q(weekday__isnull=True, last_day=F("first_day"))
                | Q(weekday__isnull=False, weekday__range=(1, 7), last_day__gt=F("first_day")),
                violation_error_message=_(
                    "Ett enda tillfälle har samma första och sista dag och ingen veckodag. "
                    "En tid som återkommer har en veckodag och en senare sista dag."
                ),
            ),
            models.CheckConstraint(
                name="recurrence_nth_in_month_known",
                condition=Q(nth_in_month__isnull=True)
                | Q(nth_in_month__in=[1, 2, 3, 4, 5, -1, -2, -3, -4, -5]),
            ),
            models.CheckConstraint(
                name="recurrence_parity_or_nth_not_both",
                condition=Q(week_parity="every") | Q(nth_in_month__isnull=True),
                violation_error_message=_(
                    "Välj antingen udda/jämna veckor eller en gång i månaden, inte båda."
                ),
            ),
            models.CheckConstraint(
                name="recurrence_single_date_is_plain",
                condition=Q(weekday__isnull=False)
                | Q(week_parity="every", nth_in_month__isnull=True),
                violation_error_message=_(
                    "Ett enda tillfälle kan inte vara bara vissa veckor. Välj ”varje vecka”."
                ),
            ),
        ]

    def __str__(self):
        when = self.get_weekday_display() if self.weekday else self.first_day.isoformat()
        return f"{when} {self.starts_at:%H.%M}–{self.ends_at:%H.%M}"

    @property
    def ends_next_day(self) -> bool:
        """Equal times are 24 hours."""
        return self.ends_at <= self.starts_at

    @classmethod
    def from_value(cls, rule: programme_values.Rule, **fields) -> "Recurrence":
        """A new row that says what the rule does, not yet saved."""
        slot = rule.slot
        return cls(
            first_day=rule.first_day,
            last_day=rule.last_day,
            weekday=slot.weekday,
            starts_at=slot.opens_at,
            ends_at=slot.closes_at,
            week_parity=slot.week_parity,
            nth_in_month=slot.nth_in_month,
            awaits_confirmation=rule.awaits_confirmation,
            **fields,
        )

    def as_value(self) -> programme_values.Rule:
        """For the rules."""
        slot = hours_values.Slot(
            self.starts_at, self.ends_at, self.weekday, self.week_parity, self.nth_in_month
        )
        return programme_values.Rule(self.first_day, self.last_day, slot, self.awaits_confirmation)


class OccurrenceChange(models.Model):
    """One date of an activity that differs (ändrat tillfälle; iCalendar RECURRENCE-ID)."""

    class Kind(models.TextChoices):
        CANCELLED = "cancelled", _("inställt")
        MOVED = "moved", _("flyttat till en annan tid")
        CHANGED = "changed", _("ändrat, samma tid")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    activity = models.ForeignKey(
        "Activity", on_delete=models.CASCADE, related_name="changes", verbose_name=_("aktivitet")
    )
    day = models.DateField(_("dag"), help_text=_("Den dag som var planerad."))
    starts_at = models.TimeField(_("började"), help_text=_("Den tid som var planerad."))
    kind = models.CharField(_("vad som gäller"), max_length=10, choices=Kind)
    new_day = models.DateField(_("ny dag"), null=True, blank=True)
    new_starts_at = models.TimeField(_("börjar nu"), null=True, blank=True)
    new_ends_at = models.TimeField(_("slutar nu"), null=True, blank=True)
    new_venue = models.ForeignKey(
        Venue,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("ny plats"),
    )
    at_organiser = models.BooleanField(_("hos arrangören i stället"), default=False)
    new_room = models.CharField(_("nytt rum"), max_length=60, blank=True)
    despite_closing = models.BooleanField(
        _("äger rum även om det är stängt"),
        default=False,
        help_text=_("Gäller också helgdagar och aftnar."),
    )
    reason = models.CharField(
        _("orsak"), max_length=12, choices=ScheduleException.Reason, blank=True
    )
    note = models.CharField(
        _("med egna ord"), max_length=200, blank=True, help_text=_("Läsarna ser texten.")
    )

    history = HistoricalRecords()

    class Meta:
        verbose_name = _("ändrat tillfälle")
        verbose_name_plural = _("ändrade tillfällen")
        ordering = ["day", "starts_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["activity", "day", "starts_at"],
                name="change_once_per_occurrence",
                violation_error_message=_("Tillfället är redan ändrat. Ändra den raden i stället."),
            ),
            models.CheckConstraint(
                name="change_moved_says_when",
                condition=~Q(kind="moved")
                | Q(new_day__isnull=False, new_starts_at__isnull=False, new_ends_at__isnull=False),
                violation_error_message=_(
                    "Till vilken dag är det flyttat, och när börjar och slutar det?"
                ),
            ),
            models.CheckConstraint(
                name="change_only_moving_gives_a_new_start",
                condition=Q(kind="moved") | Q(new_day__isnull=True, new_starts_at__isnull=True),
                violation_error_message=_("Välj ”flyttat” för att ge en ny dag eller starttid."),
            ),
            models.CheckConstraint(
                name="change_cancelled_has_nothing_new",
                condition=~Q(kind="cancelled")
                | Q(
                    new_ends_at__isnull=True,
                    new_venue__isnull=True,
                    at_organiser=False,
                    new_room="",
                    despite_closing=False,
                ),
                violation_error_message=_(
                    "Det som är inställt har ingen ny tid eller plats. Välj ”flyttat” i stället."
                ),
            ),
            models.CheckConstraint(
                name="change_one_new_place",
                condition=Q(new_venue__isnull=True) | Q(at_organiser=False),
                violation_error_message=_("Välj en ny plats eller ”hos arrangören”, inte båda."),
            ),
        ]

    def __str__(self):
        return f"{self.get_kind_display()} {self.day} {self.starts_at:%H.%M}"

    def as_value(self) -> programme_values.Change:
        """For the rules."""
        return programme_values.Change(
            self.kind,
            self.day,
            self.starts_at,
            self.new_day,
            self.new_starts_at,
            self.new_ends_at,
            str(self.new_venue_id) if self.new_venue_id else None,
            self.at_organiser,
            self.new_room or None,
            self.despite_closing,
            self.get_reason_display() if self.reason else "",
            self.note,
        )

    def clean(self):
        if self.kind == self.Kind.MOVED and self.new_day is None:
            raise ValidationError({"new_day": _now("Till vilken dag är det flyttat?")})
