"""A house: its facts, its words, the rooms in it and its notices."""

from django.contrib import admin
from django.db.models import Q
from django.forms import modelform_factory
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from services.forms import StaffForm
from services.staff_admin import StaffHistoryAdmin, TextInline

from .. import permissions
from ..actions import save_centre
from ..forms import FamilyCentreForm, NoticeForm
from ..models import FamilyCentre, FamilyCentreText, FormerSlug, Notice, ServiceAtCentre
from ..models.facts import FirstVisitFacts, PlaceAccessibilityFacts, fields_of
from .base import AsksCentres, CentresInline, OffersOwnInSearch
from .branches import OF_A_HOUSE
from .tables import confirmations_table, exceptions_table


class CentreTextInline(CentresInline, TextInline):
    model = FamilyCentreText


class RoomInline(CentresInline, admin.TabularInline):
    """The rooms that are there; each is added and changed on a page of its own."""

    model = ServiceAtCentre
    verbose_name = _("verksamhet")
    verbose_name_plural = _("verksamheter i huset")
    fields = ["service", "organisation", "phone", "change_link"]
    readonly_fields = ["change_link"]
    can_delete = False

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("service", "organisation", "centre")

    def has_add_permission(self, request, obj=None):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    @admin.display(description=_("mer"))
    def change_link(self, room):
        url = reverse("admin:centres_serviceatcentre_change", args=[room.pk])
        return format_html('<a href="{}">{}</a>', url, _("Ändra verksamheten och tiderna"))


class CentreNoticeInline(CentresInline, admin.StackedInline):
    model = Notice
    form = NoticeForm
    verbose_name_plural = _("meddelanden om hela huset")
    fields = ["heading", "body", "severity", "starts_at", "ends_at", "version"]

    def get_queryset(self, request):
        """Those that are over are found in the list of notices."""
        still_to_show = Q(ends_at__isnull=True) | Q(ends_at__gt=timezone.now())
        return super().get_queryset(request).filter(still_to_show).prefetch_related("texts")


class FormerSlugInline(CentresInline, admin.TabularInline):
    model = FormerSlug
    form = modelform_factory(
        FormerSlug, form=StaffForm, fields=["slug"], labels={"slug": _("Adress")}
    )
    verbose_name_plural = _("tidigare adresser som leder hit")

    def has_view_permission(self, request, obj=None):
        return self.has_change_permission(request, obj)

    def has_change_permission(self, request, obj=None):
        return self.may_change(request.user, FormerSlug)


@admin.register(FamilyCentre)
class FamilyCentreAdmin(OffersOwnInSearch, AsksCentres, StaffHistoryAdmin):
    open_to = staticmethod(permissions.centres_open_to)
    history_branches = OF_A_HOUSE
    form = FamilyCentreForm
    list_display = ["name", "kind", "district", "status"]
    list_filter = ["status", "kind", "district__city_area", "district"]
    list_select_related = ["district"]
    search_fields = ["name", "also_known_as", "street", "district__name"]
    autocomplete_fields = ["district", "moved_to", "interim_centre"]
    inlines = [RoomInline, CentreNoticeInline, CentreTextInline, FormerSlugInline]
    fieldsets = [
        (
            _("Grundfakta"),
            {"fields": ["name", "slug", "also_known_as", "kind", "district"]},
        ),
        (
            _("Läge"),
            {
                "fields": [
                    ("status", "status_since"),
                    ("next_status", "next_status_on", "next_status_certainty"),
                    "moved_to",
                    "interim_centre",
                    "opened_on",
                ],
                "description": _(
                    "Bara ett hus i drift visar öppettider. En idé står bara på sidan om "
                    "utbyggnaden. Ett hus som har flyttat eller lagts ned har kvar sin sida men "
                    "står inte i listorna."
                ),
            },
        ),
        (
            _("Adress"),
            {
                "fields": [
                    "street",
                    ("postcode", "postal_town"),
                    ("latitude", "longitude"),
                    ("stop_name", "stop_kind"),
                ]
            },
        ),
        (
            _("Första besöket"),
            {
                "fields": fields_of(FirstVisitFacts),
                "description": _("Det som inte är angivet visas inte: det blir aldrig ett nej."),
            },
        ),
        (_("Tillgänglighet"), {"fields": fields_of(PlaceAccessibilityFacts)}),
    ]
    lists = (_("Stängningar och bekräftelser"), {"fields": ["exceptions", "confirmations"]})

    def get_fieldsets(self, request, obj=None):
        if obj is None:
            return self.fieldsets
        may_add = self.may_add_or_remove(request.user, ServiceAtCentre)
        rooms = [(_("Verksamheter"), {"fields": ["add_room"]})] if may_add else []
        return [*self.fieldsets, *rooms, self.lists]

    def get_readonly_fields(self, request, obj=None):
        planned = permissions.fields_closed_to(request.user, obj) if obj else ()
        own = super().get_readonly_fields(request, obj)
        return [*own, "add_room", "exceptions", "confirmations", *planned]

    @admin.display(description=_("lägg till"))
    def add_room(self, centre):
        url = reverse("admin:centres_serviceatcentre_add")
        return format_html('<a href="{}?centre={}">{}</a>', url, centre.pk, _("En verksamhet till"))

    @admin.display(description=_("hela huset stängt"))
    def exceptions(self, centre):
        return exceptions_table(centre, timezone.localdate())

    @admin.display(description=_("bekräftelser"))
    def confirmations(self, centre):
        return confirmations_table(centre)

    def get_prepopulated_fields(self, request, obj=None):
        return {} if obj else {"slug": ["name"]}

    def write_model(self, request, obj, form, change):
        save_centre(centre=obj, by=request.user)

    def write_restored(self, request, restoration):
        save_centre(centre=restoration.row, by=request.user)
        restoration.write_rows(request.user)
