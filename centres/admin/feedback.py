"""What readers have reported: their words and what came of them, read and never written."""

from django.contrib import admin
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from services.staff_admin import StaffAdmin

from ..models import Feedback
from ..permissions import feedback_open_to
from .base import AboutHouseOrRoom, AsksCentres


@admin.register(Feedback)
class FeedbackAdmin(AboutHouseOrRoom, AsksCentres, StaffAdmin):
    """To look through and to delete; what came of it is written under /personal/inkommet/."""

    list_display = ["what", "about", "status", "received_at", "handled_by"]
    list_filter = ["status", "fact_group", "received_at"]
    search_fields = ["centre__name", "service_at_centre__centre__name"]
    fieldsets = [
        (_("Det som inte stämmer"), {"fields": ["what", "words", "received_at"]}),
        (
            _("Vad det ledde till"),
            {"fields": ["status", "note", "handled_at", "handled_by", "link"]},
        ),
    ]

    def get_queryset(self, request):
        """Unlike other rows, another house's are not even looked at."""
        mine = feedback_open_to(request.user).values("pk")
        return super().get_queryset(request).filter(pk__in=mine).select_related("handled_by")

    def has_view_permission(self, request, obj=None):
        may_view = super().has_view_permission(request, obj)
        return may_view and (obj is None or self.may_change(request.user, obj))

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def get_object(self, request, object_id, from_field=None):
        """With neither words nor note once their time is over."""
        feedback = super().get_object(request, object_id, from_field)
        if feedback:
            now = timezone.now()
            feedback.text, feedback.note = feedback.text_at(now), feedback.note_at(now)
        return feedback

    @admin.display(description=_("hantera"))
    def link(self, feedback):
        url = reverse("staff:feedback_detail", args=[feedback.pk])
        return format_html('<a href="{}">{}</a>', url, _("Skriv vad det ledde till"))

    @admin.display(description=_("vad"), ordering="fact_group")
    def what(self, feedback):
        return feedback.what

    @admin.display(description=_("besökarens ord"))
    def words(self, feedback):
        return feedback.text_at(timezone.now()) or "–"
