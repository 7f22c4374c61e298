"""Notices about a house or a room."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from services.languages import Language
from services.staff_admin import StaffHistoryAdmin, TextInline

from ..forms import NoticeForm
from ..models import Notice, NoticeText
from .base import AboutHouseOrRoom, AsksCentres, CentresInline
from .branches import OF_A_NOTICE


class OtherLanguageInline(CentresInline, TextInline):
    """The Swedish words stand in the notice's own form."""

    model = NoticeText
    verbose_name = _("text på ett annat språk")
    verbose_name_plural = _("på andra språk")
    languages = tuple(code for code in Language if code != Language.SWEDISH)

    def get_extra(self, request, obj=None, **kwargs):
        return 0

    def formfield_for_choice_field(self, db_field, request, **kwargs):
        if db_field.name == "language":
            kwargs["initial"] = None
        return super().formfield_for_choice_field(db_field, request, **kwargs)


@admin.register(Notice)
class NoticeAdmin(AboutHouseOrRoom, AsksCentres, StaffHistoryAdmin):
    form = NoticeForm
    history_branches = OF_A_NOTICE
    list_display = ["__str__", "about", "severity", "starts_at", "ends_at"]
    list_filter = ["severity", "starts_at"]
    search_fields = ["texts__heading", "centre__name", "service_at_centre__centre__name"]
    inlines = [OtherLanguageInline]
    fieldsets = [
        (_("Meddelandet"), {"fields": ["heading", "body", "severity"]}),
        (_("När det visas"), {"fields": [("starts_at", "ends_at")]}),
    ]

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("texts")

    # The form's own fields, where a person may only read the page.
    @admin.display(description=_("det viktigaste, i en mening"))
    def heading(self, notice):
        return notice.text.heading if notice.text else ""

    @admin.display(description=_("mer"))
    def body(self, notice):
        return notice.text.body if notice.text else ""
