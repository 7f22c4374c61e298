"""What happened when people signed in, for administrators to look back at."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from services.staff_admin import AsksMayChange, BearsAnything

from ..models import SignInEvent


@admin.register(SignInEvent)
class SignInEventAdmin(BearsAnything, AsksMayChange, admin.ModelAdmin):
    """To look at only: nobody rewrites what happened."""

    list_display = ["at", "user", "what", "how_shown"]
    list_filter = ["what"]
    list_select_related = ["user"]
    search_fields = ["user__email", "user__first_name", "user__last_name"]
    date_hierarchy = "at"
    fields = ["at", "user", "what", "how_shown"]

    @admin.display(description=_("sätt"))
    def how_shown(self, event):
        return event.how_text

    def changelist_view(self, request, extra_context=None):
        title = _("Inloggningar. Raderna sparas i ett år.")
        return super().changelist_view(request, {"title": title, **(extra_context or {})})

    def has_view_permission(self, request, obj=None):
        return request.user.changes_accounts

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False
