"""Who works in a room."""

from django.contrib import admin, messages
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from services.staff_admin import StaffHistoryAdmin

from ..actions import remove_personal_details
from ..forms import ContactPersonForm
from ..models import ContactPerson
from .base import AsksCentres, CentresInline


class ContactPersonInline(CentresInline, admin.StackedInline):
    model = ContactPerson
    form = ContactPersonForm
    fields = [("role", "approved_on"), ("name", "phone", "languages")]


@admin.register(ContactPerson)
class ContactPersonAdmin(AsksCentres, StaffHistoryAdmin):
    form = ContactPersonForm
    may_be_put_back = False  # an approval that was withdrawn stays withdrawn
    list_display = ["role", "name", "phone", "approved_on", "service_at_centre"]
    list_filter = ["service_at_centre__service", "service_at_centre__centre"]
    list_select_related = ["service_at_centre__centre", "service_at_centre__service"]
    search_fields = ["role", "name", "service_at_centre__centre__name"]
    autocomplete_fields = ["service_at_centre"]
    fields = ["service_at_centre", "role", "approved_on", "name", "phone", "languages"]
    actions = ["remove_details"]

    def get_readonly_fields(self, request, obj=None):
        return ["service_at_centre"] if obj else []

    @admin.action(description=_("Ta bort personuppgifterna"), permissions=["change"])
    def remove_details(self, request, queryset):
        people = queryset.select_related("service_at_centre")
        own = [person for person in people if self.has_change_permission(request, person)]
        count = remove_personal_details(people=own, by=request.user)
        self.message_user(
            request,
            ngettext(
                "Personuppgifterna är borttagna för %(count)d person.",
                "Personuppgifterna är borttagna för %(count)d personer.",
                count,
            )
            % {"count": count},
        )
        if len(own) < len(people):
            self.message_user(
                request, _("Några rader får du inte ändra. De är som förut."), messages.WARNING
            )
