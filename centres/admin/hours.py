"""Schedules with their slots, and the days that differ."""

from datetime import timedelta

from django.contrib import admin, messages
from django.db.models import Count, Q
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from services.staff_admin import StaffHistoryAdmin

from ..actions import (
    check_nothing_opens,
    confirm,
    lock,
    opening_exceptions_within,
    save_exception,
    save_schedule,
)
from ..forms import (
    ExceptionSlotForm,
    ExceptionSlotFormSet,
    ScheduleExceptionForm,
    ScheduleForm,
    TimeSlotForm,
)
from ..models import Confirmation, ExceptionSlot, Schedule, ScheduleException, TimeSlot
from ..staff_words import days_in_words, exceptions_in_words, long_year_warnings
from .base import AboutHouseOrRoom, AsksCentres, CentresInline, CountsForCalendars
from .branches import OF_A_SCHEDULE, OF_AN_EXCEPTION
from .preview import schedule_as_readers_see

WHEN = ("opens_at", "closes_at", "ends_next_day")
FOR_WHOM = ("label", "min_age_months", "max_age_months", "siblings", "language")


# --- Schedules -------------------------------------------------------------------------------
class SlotInline(CentresInline, admin.StackedInline):
    classes = ["slots"]

    @admin.display(description=_("stänger nästa dag"), boolean=True)
    def ends_next_day(self, slot):
        """The form's own field, where a person may only read the page."""
        return slot.ends_next_day


class TimeSlotInline(SlotInline):
    model = TimeSlot
    form = TimeSlotForm
    extra = 1
    fields = [("weekday", *WHEN, "week_parity", "nth_in_month"), FOR_WHOM]


@admin.register(Schedule)
class ScheduleAdmin(CountsForCalendars, AsksCentres, StaffHistoryAdmin):
    form = ScheduleForm
    history_branches = OF_A_SCHEDULE
    list_display = ["service_at_centre", "channel", "kind", "valid_from", "valid_to", "slot_count"]
    list_filter = ["channel", "kind", "service_at_centre__service", "service_at_centre__centre"]
    list_select_related = ["service_at_centre__centre", "service_at_centre__service"]
    search_fields = ["service_at_centre__centre__name", "service_at_centre__service__texts__name"]
    autocomplete_fields = ["service_at_centre"]
    inlines = [TimeSlotInline]

    def get_queryset(self, request):
        rows = super().get_queryset(request).annotate(slot_count=Count("slots"))
        return rows.select_related("service_at_centre__centre", "service_at_centre__service")

    @admin.display(description=_("antal pass"), ordering="slot_count")
    def slot_count(self, schedule):
        return schedule.slot_count

    def get_fieldsets(self, request, obj=None):
        own = ["service_at_centre", "channel", "kind", ("valid_from", "valid_to")]
        if self.has_change_permission(request, obj):
            own.append("confirm_now")
        fieldsets = [
            (
                None,
                {
                    "fields": own,
                    "description": _(
                        "En dag utan pass är stängd. En säsong gäller före de ordinarie tiderna; "
                        "en säsong helt utan pass betyder stängt hela säsongen."
                    ),
                },
            )
        ]
        if obj:
            fieldsets.append((_("Så här ser läsarna tiderna"), {"fields": ["preview"]}))
        return fieldsets

    def get_readonly_fields(self, request, obj=None):
        return ["preview", "service_at_centre"] if obj else ["preview"]

    @admin.display(description=_("sparade tider"))
    def preview(self, schedule):
        return schedule_as_readers_see(schedule, at=timezone.now())

    def write_model(self, request, obj, form, change):
        save_schedule(schedule=obj, by=request.user)

    def hold(self, schedule):
        lock(schedule.service_at_centre)

    def write_restored(self, request, restoration):
        save_schedule(
            schedule=restoration.row, by=request.user, slots=restoration.rows_of(TimeSlot)
        )

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        if form.cleaned_data["confirm_now"]:
            self._confirm(request, form.instance)
        self._warn_of_long_years(request, form.instance)

    def _confirm(self, request, schedule):
        confirm(
            target=schedule.service_at_centre,
            fact_group=Confirmation.FactGroup.HOURS,
            channel=schedule.channel,
            at=timezone.now(),
            by=request.user,
        )

    def _warn_of_long_years(self, request, schedule):
        every = TimeSlot.WeekParity.EVERY
        if not schedule.slots.exclude(week_parity=every).exists():
            return
        today = timezone.localdate()
        last = schedule.valid_to or max(today, schedule.valid_from) + timedelta(days=400)
        for text in long_year_warnings(max(schedule.valid_from, today), last):
            self.message_user(request, text, messages.WARNING)


# --- Exceptions ------------------------------------------------------------------------------
class ExceptionSlotInline(SlotInline):
    model = ExceptionSlot
    form = ExceptionSlotForm
    formset = ExceptionSlotFormSet
    verbose_name_plural = _("tider (behövs inte vid ”stängt” och ”öppet som vanligt”)")
    fields = [WHEN, FOR_WHOM]


class When(admin.SimpleListFilter):
    title = _("när")
    parameter_name = "when"

    def lookups(self, request, model_admin):
        return [("ahead", _("i dag och framåt")), ("past", _("redan förbi"))]

    def queryset(self, request, queryset):
        past = Q(last_day__lt=timezone.localdate())
        return {"ahead": queryset.exclude(past), "past": queryset.filter(past)}.get(self.value())


_UNTIL = "until_further_notice"


@admin.register(ScheduleException)
class ScheduleExceptionAdmin(CountsForCalendars, AboutHouseOrRoom, AsksCentres, StaffHistoryAdmin):
    form = ScheduleExceptionForm
    history_branches = OF_AN_EXCEPTION
    list_display = ["days", "kind", "about", "channel", "reason"]
    list_filter = [When, "kind", "reason", "service_at_centre__service"]
    search_fields = ["note", "centre__name", "service_at_centre__centre__name"]
    inlines = [ExceptionSlotInline]
    fieldsets = [
        (
            _("Vad som gäller"),
            {"fields": ["kind", ("first_day", "last_day"), _UNTIL, "channel"]},
        ),
        (_("Varför"), {"fields": ["reason", "note"]}),
    ]

    def get_fieldsets(self, request, obj=None):
        """Those who only look see an empty last day; the box beside it is for changing it."""
        fieldsets = super().get_fieldsets(request, obj)
        if self.has_change_permission(request, obj):
            return fieldsets
        return [
            (name, {**options, "fields": [f for f in options["fields"] if f != _UNTIL]})
            for name, options in fieldsets
        ]

    @admin.display(description=_("dagar"), ordering="first_day")
    def days(self, exception):
        return days_in_words(exception.first_day, exception.last_day)

    def get_targets(self, request):
        """Only a coordinator closes a whole house."""
        return self.targets if request.user.changes_everything else ("service_at_centre",)

    def render_change_form(self, request, context, **kwargs):
        """Ask what to do with narrower exceptions only where there are some."""
        page = context["adminform"]
        if getattr(page.form, "opening", None):
            page.fieldsets = [
                *page.fieldsets,
                (_("Det som ändå skulle vara öppet"), {"fields": ["narrower"]}),
            ]
        return super().render_change_form(request, context, **kwargs)

    def write_model(self, request, obj, form, change):
        also = [] if form.keeps_narrower else opening_exceptions_within(obj)
        save_exception(exception=obj, by=request.user, keep_narrower=form.keeps_narrower)
        if also:
            text = _now("Det här är också stängt nu: %(list)s.") % {
                "list": exceptions_in_words(also)
            }
            self.message_user(request, text)

    def hold(self, exception):
        lock(exception.service_at_centre or exception.centre)

    def check_restored(self, restoration):
        if restoration.changed & ScheduleExceptionForm.RULE:
            check_nothing_opens(restoration.row)

    def write_restored(self, request, restoration):
        """What is narrower has been decided by people since, or was not in its way."""
        save_exception(
            exception=restoration.row,
            by=request.user,
            slots=restoration.rows_of(ExceptionSlot),
            keep_narrower=True,
        )
