"""A service at a centre: how to reach it, its words, its people and the lists of its hours."""

from urllib.parse import urlencode

from django.contrib import admin
from django.db.models import Max, Q
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from services.staff_admin import StaffHistoryAdmin, TextInline

from .. import permissions
from ..forms import ServiceAtCentreForm
from ..models import Confirmation, ServiceAtCentre, ServiceAtCentreText
from .base import AsksCentres, CentresInline, OffersOwnInSearch
from .branches import OF_A_ROOM
from .people import ContactPersonInline
from .preview import as_readers_see
from .tables import confirmations_table, exceptions_table, schedules_table


class RoomTextInline(CentresInline, TextInline):
    model = ServiceAtCentreText


@admin.register(ServiceAtCentre)
class ServiceAtCentreAdmin(OffersOwnInSearch, AsksCentres, StaffHistoryAdmin):
    open_to = staticmethod(permissions.rooms_open_to)
    history_branches = OF_A_ROOM
    form = ServiceAtCentreForm
    list_display = ["centre", "service", "organisation", "phone", "hours_confirmed_at"]
    list_display_links = ["centre", "service"]
    list_filter = ["service", "organisation", "centre"]
    ordering = ["centre__name", "service__position"]
    search_fields = ["centre__name", "centre__also_known_as", "service__texts__name"]
    autocomplete_fields = ["centre", "service", "organisation"]
    inlines = [ContactPersonInline, RoomTextInline]
    fieldsets = [
        (None, {"fields": ["centre", "service", "organisation"]}),
        (_("Så når man verksamheten"), {"fields": ["phone", "email", "booking_url", "languages"]}),
    ]
    lists = ["shortcuts", "schedules", "exceptions", "preview", "confirmations"]

    def get_queryset(self, request):
        hours = Q(confirmations__fact_group=Confirmation.FactGroup.HOURS)
        rooms = super().get_queryset(request).select_related("centre", "service", "organisation")
        return rooms.annotate(hours_confirmed_at=Max("confirmations__confirmed_at", filter=hours))

    def check_restored(self, restoration):
        """As the form has it: parents search by language."""
        if "languages" in restoration.changed:
            ServiceAtCentreForm.base_fields["languages"].clean(restoration.row.languages)

    @admin.display(description=_("tider bekräftade"), ordering="hours_confirmed_at")
    def hours_confirmed_at(self, room):
        moment = room.hours_confirmed_at
        return timezone.localdate(moment) if moment else None

    def get_fieldsets(self, request, obj=None):
        hours = (_("Öppettider"), {"fields": self.lists})
        return [*self.fieldsets, hours] if obj else self.fieldsets

    def get_readonly_fields(self, request, obj=None):
        planned = permissions.fields_closed_to(request.user, obj) if obj else ()
        return [*super().get_readonly_fields(request, obj), *self.lists, *planned]

    @admin.display(description=_("lägg till"))
    def shortcuts(self, room):
        own = "service_at_centre"
        links = [
            (f"{reverse(f'admin:centres_{model}_add')}?{urlencode({field: room.pk})}", text)
            for model, field, text in (
                ("schedule", own, _now("Öppettider för en termin eller tills vidare")),
                ("scheduleexception", own, _now("Stängt eller andra tider vissa dagar")),
                ("activity", "organiser", _now("En aktivitet")),
                ("notice", own, _now("Ett meddelande")),
                ("confirmation", own, _now("En bekräftelse")),
            )
        ]
        return render_to_string("admin/centres/shortcuts.html", {"links": links})

    @admin.display(description=_("tider för en termin eller tills vidare"))
    def schedules(self, room):
        return schedules_table(room)

    @admin.display(description=_("avvikande dagar"))
    def exceptions(self, room):
        return exceptions_table(room, timezone.localdate())

    @admin.display(description=_("bekräftelser"))
    def confirmations(self, room):
        return confirmations_table(room)

    @admin.display(description=_("så här ser läsarna tiderna"))
    def preview(self, room):
        return as_readers_see(room, at=timezone.now())
