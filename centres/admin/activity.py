"""What is held for families, on one page: words, times, dates that differ; and other places."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from services.staff_admin import StaffHistoryAdmin, TextInline

from .. import permissions
from ..actions import changes_carried, lock, remove_activity, revise, save_activity
from ..activity_forms import (
    ActivityForm,
    OccurrenceChangeForm,
    RecurrenceForm,
    RecurrenceFormSet,
    VenueForm,
)
from ..models import (
    Activity,
    ActivityText,
    CoOrganiser,
    OccurrenceChange,
    Recurrence,
    ServiceAtCentre,
    Venue,
    VenueText,
)
from ..staff_words import days_in_words
from .base import AsksCentres, CentresInline
from .branches import OF_A_PLACE, OF_AN_ACTIVITY


class ActivityTextInline(CentresInline, TextInline):
    model = ActivityText


class RecurrenceInline(CentresInline, admin.StackedInline):
    model = Recurrence
    form = RecurrenceForm
    formset = RecurrenceFormSet
    classes = ["slots"]
    verbose_name_plural = _("när den hålls")
    fields = [
        ("weekday", "starts_at", "ends_at", "ends_next_day"),
        ("first_day", "last_day", "week_parity", "nth_in_month"),
    ]

    def get_extra(self, request, obj=None, **kwargs):
        return 0 if obj else 1

    @admin.display(description=_("slutar nästa dag"), boolean=True)
    def ends_next_day(self, recurrence):
        """The form's own field, where a person may only read the page."""
        return recurrence.ends_next_day


class ChangeInline(CentresInline, admin.StackedInline):
    model = OccurrenceChange
    form = OccurrenceChangeForm
    classes = ["slots"]
    verbose_name_plural = _("inställda, flyttade och ändrade tillfällen")
    autocomplete_fields = ["new_venue"]
    fields = [
        ("day", "starts_at", "kind", "reason"),
        "note",
        ("new_day", "new_starts_at", "new_ends_at"),
        ("new_venue", "at_organiser", "new_room", "despite_closing"),
    ]


class CoOrganiserInline(CentresInline, admin.TabularInline):
    model = CoOrganiser
    verbose_name_plural = _("tillsammans med")

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        """Those with whom one shares a house; a coordinator everybody."""
        field = super().formfield_for_foreignkey(db_field, request, **kwargs)
        if db_field.name == "service_at_centre":
            houses = permissions.centres_open_to(request.user)
            field.queryset = ServiceAtCentre.objects.filter(centre__in=houses).select_related(
                "centre", "service"
            )
        return field


@admin.register(Activity)
class ActivityAdmin(AsksCentres, StaffHistoryAdmin):
    form = ActivityForm
    history_branches = OF_AN_ACTIVITY
    list_display = ["__str__", "organiser", "venue", "dates", "admission", "status"]
    list_filter = ["status", "kind", "admission", "organiser__centre"]
    search_fields = ["texts__name", "organiser__centre__name", "venue__name"]
    autocomplete_fields = ["organiser", "venue"]
    fixed_once_saved = ("organiser",)  # its calendar counts what changes in that room
    inlines = [ActivityTextInline, RecurrenceInline, ChangeInline, CoOrganiserInline]
    fieldsets = [
        (None, {"fields": ["organiser", ("kind", "status")]}),
        (
            _("För vem"),
            {
                "fields": [
                    ("min_age_months", "max_age_months", "siblings"),
                    "for_expectant_parents",
                    "for_whom",
                    "languages",
                ]
            },
        ),
        (_("Var"), {"fields": [("venue", "room", "setting")]}),
        (
            _("Anmälan och kostnad"),
            {
                "fields": [
                    ("admission", "cost"),
                    ("sign_up_phone", "sign_up_email", "sign_up_url"),
                ]
            },
        ),
    ]

    def get_queryset(self, request):
        rows = super().get_queryset(request)
        return rows.select_related(
            "organiser__centre", "organiser__service", "venue"
        ).prefetch_related("texts", "recurrences", "organiser__service__texts")

    def get_inlines(self, request, obj):
        """Nothing that is not saved yet has dates that differ."""
        inlines = super().get_inlines(request, obj)
        return inlines if obj else [inline for inline in inlines if inline is not ChangeInline]

    @admin.display(description=_("när"))
    def dates(self, activity):
        times = list(activity.recurrences.all())
        if not times:
            return ""
        last = max(time.last_day for time in times)
        return days_in_words(min(time.first_day for time in times), last)

    def write_model(self, request, obj, form, change):
        save_activity(activity=obj, by=request.user)

    def save_related(self, request, form, formsets, change):
        with changes_carried(form.instance, request.user):
            super().save_related(request, form, formsets, change)
        revise(form.instance.organiser)

    def delete_model(self, request, obj):
        remove_activity(activity=obj, by=request.user)

    def delete_queryset(self, request, queryset):
        for activity in queryset:
            remove_activity(activity=activity, by=request.user)

    def hold(self, activity):
        lock(activity.organiser)

    def write_restored(self, request, restoration):
        """A date that was cancelled or moved since stays so."""
        save_activity(
            activity=restoration.row,
            by=request.user,
            texts=restoration.rows_of(ActivityText),
            recurrences=restoration.rows_of(Recurrence),
        )


# --- Other places --------------------------------------------------------------------------------
class VenueTextInline(CentresInline, TextInline):
    model = VenueText


@admin.register(Venue)
class VenueAdmin(AsksCentres, StaffHistoryAdmin):
    form = VenueForm
    history_branches = OF_A_PLACE
    list_display = ["name", "kind", "district", "address"]
    list_filter = ["kind", "district"]
    list_select_related = ["district"]
    search_fields = ["name", "street"]
    autocomplete_fields = ["district"]
    inlines = [VenueTextInline]
    fields = [
        "name",
        "kind",
        "district",
        ("street", "postcode", "postal_town"),
        ("latitude", "longitude"),
        "step_free",
    ]

    def write_model(self, request, obj, form, change):
        super().write_model(request, obj, form, change)
        held_there = Activity.objects.filter(venue=obj).select_related("organiser")
        for room in {activity.organiser for activity in held_there}:
            revise(room)

    @admin.display(description=_("adress"))
    def address(self, venue):
        return venue.address
