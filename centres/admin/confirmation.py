"""Who last said that facts are right."""

from django.contrib import admin, messages
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from services.staff_admin import StaffHistoryAdmin

from ..actions import confirm
from ..forms import ConfirmationForm
from ..models import Confirmation
from .base import AboutHouseOrRoom, AsksCentres


@admin.register(Confirmation)
class ConfirmationAdmin(AboutHouseOrRoom, AsksCentres, StaffHistoryAdmin):
    form = ConfirmationForm
    may_be_put_back = False  # who confirmed what, and when, is not made up afterwards
    list_display = ["fact_group", "about", "channel", "origin", "confirmed_at", "confirmed_by"]
    list_filter = ["fact_group", "origin", "channel", "confirmed_at"]
    search_fields = ["source", "centre__name", "service_at_centre__centre__name"]
    readonly_fields = ["confirmed_by"]
    actions = ["confirm_today"]
    fieldsets = [
        (_("Uppgifterna"), {"fields": ["fact_group", "channel"]}),
        (_("Bekräftat"), {"fields": ["confirmed_at", "confirmed_by"]}),
        (
            _("Varifrån de kommer"),
            {"fields": ["origin", "source", "source_url", "source_date"]},
        ),
    ]

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("confirmed_by")

    def write_model(self, request, obj, form, change):
        """Whoever sets the moment is the one who says so."""
        if "confirmed_at" in form.changed_data:
            obj.confirmed_by = request.user if obj.confirmed_at else None
        super().write_model(request, obj, form, change)

    @admin.action(description=_("Bekräfta: uppgifterna stämmer i dag"), permissions=["change"])
    def confirm_today(self, request, queryset):
        own = [row for row in queryset if self.has_change_permission(request, row)]
        for row in own:
            confirm(
                target=row.service_at_centre or row.centre,
                fact_group=row.fact_group,
                channel=row.channel,
                at=timezone.now(),
                by=request.user,
            )
        self.message_user(
            request,
            ngettext("%(count)d uppgift bekräftad.", "%(count)d uppgifter bekräftade.", len(own))
            % {"count": len(own)},
        )
        if len(own) < len(queryset):
            self.message_user(
                request, _("Några rader får du inte ändra. De är som förut."), messages.WARNING
            )
