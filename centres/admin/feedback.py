"""What readers have reported: their words are read here, never written."""

from django.contrib import admin
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from services.forms import StaffForm
from services.staff_admin import StaffAdmin

from ..actions import handle_feedback
from ..models import Feedback
from ..permissions import feedback_open_to
from .base import AboutHouseOrRoom, AsksCentres


class FeedbackForm(StaffForm):
    def clean(self):
        """The moment comes with the status; whose it was is written when it is saved."""
        is_new = self.cleaned_data.get("status") == Feedback.Status.NEW
        self.instance.handled_at = None if is_new else timezone.now()
        return super().clean()


@admin.register(Feedback)
class FeedbackAdmin(AboutHouseOrRoom, AsksCentres, StaffAdmin):
    form = FeedbackForm
    list_display = ["what", "about", "status", "received_at", "handled_by"]
    list_filter = ["status", "fact_group", "received_at"]
    search_fields = ["centre__name", "service_at_centre__centre__name"]
    fieldsets = [
        (_("Det som inte stämmer"), {"fields": ["what", "words", "received_at"]}),
        (_("Vad det ledde till"), {"fields": ["status", "note", "handled_at", "handled_by"]}),
    ]
    readonly_fields = ["what", "words", "received_at", "handled_at", "handled_by"]

    def get_queryset(self, request):
        """Unlike other rows, another house's are not even looked at."""
        mine = feedback_open_to(request.user).values("pk")
        return super().get_queryset(request).filter(pk__in=mine).select_related("handled_by")

    def has_view_permission(self, request, obj=None):
        may_view = super().has_view_permission(request, obj)
        return may_view and (obj is None or self.may_change(request.user, obj))

    def has_add_permission(self, request):
        return False

    def get_readonly_fields(self, request, obj=None):
        gone = [] if obj is None or obj.keeps_words_at(timezone.now()) else ["note"]
        return [*super().get_readonly_fields(request, obj), *gone]

    def get_object(self, request, object_id, from_field=None):
        """With neither words nor note once their time is over."""
        feedback = super().get_object(request, object_id, from_field)
        if feedback:
            now = timezone.now()
            feedback.text, feedback.note = feedback.text_at(now), feedback.note_at(now)
        return feedback

    def write_model(self, request, obj, form, change):
        stored = Feedback.objects.get(pk=obj.pk)
        handle_feedback(
            feedback=obj,
            status=obj.status,
            note=obj.note,
            seen=stored.version,
            at=timezone.now(),
            by=request.user,
        )

    @admin.display(description=_("vad"), ordering="fact_group")
    def what(self, feedback):
        return feedback.what

    @admin.display(description=_("besökarens ord"))
    def words(self, feedback):
        return feedback.text_at(timezone.now()) or "–"
