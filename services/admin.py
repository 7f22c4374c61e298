"""Staff's pages for what is offered, by whom, and which lines to call."""

from django.contrib import admin
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from . import permissions
from .forms import StaffFormSet, VersionedForm
from .history import Branch, words
from .models import (
    ConfidentialityFact,
    ConfidentialityFactText,
    Line,
    LineHours,
    LineText,
    Organisation,
    Service,
    ServiceText,
)
from .staff_admin import StaffHistoryAdmin, StaffInline, TextInline


class FormWithTexts(VersionedForm):
    version_parts = ("texts",)


class AsksServices:
    may_change = staticmethod(permissions.may_change)


class ServiceTextInline(AsksServices, TextInline):
    model = ServiceText


class ConfidentialityFactInline(AsksServices, StaffInline, admin.TabularInline):
    model = ConfidentialityFact
    fields = ["question", "source", "reviewed_by", "reviewed_on", "change_link"]
    readonly_fields = ["change_link"]

    @admin.display(description=_("svaret"))
    def change_link(self, fact):
        if fact._state.adding:
            return _("Spara först. Sedan kan svaret skrivas.")
        url = reverse("admin:services_confidentialityfact_change", args=[fact.pk])
        return format_html('<a href="{}">{}</a>', url, _("Skriv svaret"))


class ServiceForm(VersionedForm):
    version_parts = ("texts", "confidentiality_facts")


@admin.register(Service)
class ServiceAdmin(AsksServices, StaffHistoryAdmin):
    form = ServiceForm
    history_branches = (words(ServiceText, "service"),)
    list_display = ["kind", "slug", "min_age_months", "max_age_months", "position"]
    fixed_once_saved = ("kind", "slug")
    search_fields = ["texts__name", "slug"]
    inlines = [ServiceTextInline, ConfidentialityFactInline]
    fieldsets = [
        (None, {"fields": ["kind", "slug", "position"]}),
        (
            _("För vem"),
            {"fields": ["for_expectant_parents", ("min_age_months", "max_age_months")]},
        ),
        (_("Villkor"), {"fields": ["is_free", "self_referral", "interpreter"]}),
    ]


class ConfidentialityTextInline(AsksServices, TextInline):
    model = ConfidentialityFactText


@admin.register(ConfidentialityFact)
class ConfidentialityFactAdmin(AsksServices, StaffHistoryAdmin):
    form = FormWithTexts
    history_branches = (words(ConfidentialityFactText, "fact"),)
    list_display = ["question", "service", "source", "reviewed_by", "reviewed_on"]
    list_filter = ["service", "question"]
    list_select_related = ["service"]
    search_fields = ["texts__answer", "source"]
    inlines = [ConfidentialityTextInline]
    fields = ["service", "question", "source", ("reviewed_by", "reviewed_on")]


@admin.register(Organisation)
class OrganisationAdmin(AsksServices, StaffHistoryAdmin):
    list_display = ["name", "kind", "website"]
    list_filter = ["kind"]
    search_fields = ["name"]
    fields = ["name", "slug", "kind", "website"]

    def get_prepopulated_fields(self, request, obj=None):
        return {} if obj else {"slug": ["name"]}


class LineTextInline(AsksServices, TextInline):
    model = LineText


def check_week(line: Line, count: int) -> None:
    """The week belongs to a line with weekly hours, and to no other."""
    is_weekly = line.hours == Line.Hours.WEEKLY
    if is_weekly and not count:
        raise ValidationError(_now("Fyll i när någon svarar, minst en rad."))
    if count and not is_weekly:
        raise ValidationError(
            _now("Raderna visas bara vid ”tider varje vecka”. Välj det eller ta bort dem.")
        )


class LineHoursFormSet(StaffFormSet):
    def clean(self):
        super().clean()
        if any(self.errors):
            return
        check_week(self.instance, len(self.kept_forms()))


class LineHoursInline(AsksServices, StaffInline, admin.TabularInline):
    model = LineHours
    formset = LineHoursFormSet
    fields = ["weekday", "opens_at", "closes_at"]


class LineForm(VersionedForm):
    version_parts = ("texts", "week")


@admin.register(Line)
class LineAdmin(AsksServices, StaffHistoryAdmin):
    form = LineForm
    history_branches = (
        words(LineText, "line"),
        Branch(LineHours, "line", named_by=("weekday", "opens_at", "closes_at"), restored=True),
    )
    list_display = ["number", "name", "hours", "on_every_page", "checked_on", "position"]
    list_filter = ["hours", "on_every_page"]
    search_fields = ["number", "texts__name"]
    inlines = [LineTextInline, LineHoursInline]
    fieldsets = [
        (None, {"fields": ["number", "slug", "hours", "anonymous"]}),
        (_("Var det visas"), {"fields": ["on_every_page", "position"]}),
        (_("Varifrån uppgifterna kommer"), {"fields": ["source", "checked_on"]}),
    ]

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("texts")

    def check_restored(self, restoration):
        check_week(restoration.row, len(restoration.rows_of(LineHours)))

    @admin.display(description=_("namn"))
    def name(self, line):
        return line.text.name if line.text else ""
