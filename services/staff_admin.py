"""What every admin page of the portal has in common.

Who may do what is asked of the app's own `may_change`, never of Django's permissions and groups.
All staff may look at everything; only the accounts are kept apart.
"""

from django.contrib import admin
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import DataError, IntegrityError, models
from django.http import Http404
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from simple_history.admin import SimpleHistoryAdmin

from .forms import (
    ClockField,
    ClockInput,
    DayField,
    DegreesField,
    MomentField,
    MomentWidget,
    RowChooser,
    StaffForm,
    StaffFormSet,
    WebAddressField,
    may_be_key,
)
from .languages import Language

LONGEST_SEARCH = 10  # words: each is asked of several columns, and a database has its limits

OUR_FIELDS = {
    models.TextField: {"widget": admin.widgets.AdminTextareaWidget({"rows": 4})},
    models.DateField: {"form_class": DayField, "widget": admin.widgets.AdminDateWidget},
    models.DecimalField: {"form_class": DegreesField},
    models.DateTimeField: {"form_class": MomentField, "widget": MomentWidget},
    models.TimeField: {"form_class": ClockField, "widget": ClockInput},
    models.URLField: {"form_class": WebAddressField},
}


class AsksMayChange:
    """`may_change(user, obj)` decides; given a model it says whether there is any such object."""

    may_change = None
    may_add_or_remove = None
    formfield_overrides = OUR_FIELDS

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        """Another row is changed on its own page: no icons beside the choice of one."""
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        widget = getattr(field, "widget", None)
        if isinstance(widget, admin.widgets.RelatedFieldWidgetWrapper):
            widget.can_add_related = widget.can_change_related = False
            widget.can_delete_related = widget.can_view_related = False
        return field

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name in self.get_autocomplete_fields(request):
            kwargs.setdefault("widget", RowChooser(db_field, self.admin_site))
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def has_module_permission(self, request):
        return self.has_view_permission(request)

    def has_view_permission(self, request, obj=None):
        return request.user.is_active and request.user.is_staff

    def has_change_permission(self, request, obj=None):
        return self.may_change(request.user, obj or self.model)

    def has_delete_permission(self, request, obj=None):
        decide = self.may_add_or_remove or self.may_change
        return decide(request.user, obj or self.model)

    def has_add_permission(self, request):
        return self.has_delete_permission(request)


class BearsAnything:
    """A page that answers whatever stands in its address and in what is sent to it."""

    def get_search_results(self, request, queryset, search_term):
        words = search_term.replace("\0", " ")[:200].split()[:LONGEST_SEARCH]
        return super().get_search_results(request, queryset, " ".join(words))

    def get_changelist_instance(self, request):
        """Filters are read by the database only: what it cannot read is a wrong filter."""
        try:
            return super().get_changelist_instance(request)
        except (ValueError, OverflowError, DataError) as error:
            if not request.GET:
                raise
            raise IncorrectLookupParameters from error

    def response_action(self, request, queryset):
        """Pass over what can be no row's key."""
        chosen = request.POST.getlist(ACTION_CHECKBOX_NAME)
        request.POST = request.POST.copy()
        request.POST.setlist(
            ACTION_CHECKBOX_NAME, [key for key in chosen if may_be_key(self.model, key)]
        )
        return super().response_action(request, queryset)

    def get_changeform_initial_data(self, request):
        """Of what a link fills in, only what the form itself would take."""
        fields = self.get_form(request).base_fields
        initial = super().get_changeform_initial_data(request)
        return {
            name: value
            for name, value in initial.items()
            if name in fields and _takes(fields[name], value)
        }

    def changeform_view(self, request, *args, **kwargs):
        """Once more when somebody else saved the same at the same moment: now the form sees it."""
        try:
            return super().changeform_view(request, *args, **kwargs)
        except IntegrityError:
            return super().changeform_view(request, *args, **kwargs)


def _takes(field, value) -> bool:
    try:
        field.clean(value)
    except ValidationError:
        return False
    return True


class StaffAdmin(BearsAnything, AsksMayChange, admin.ModelAdmin):
    """A page of staff."""

    form = StaffForm
    # Addresses that readers have kept: they do not redirect, so they are fixed once saved.
    fixed_once_saved: tuple[str, ...] = ()

    def get_readonly_fields(self, request, obj=None):
        fixed = self.fixed_once_saved if obj else ()
        return [*super().get_readonly_fields(request, obj), *fixed]

    def get_prepopulated_fields(self, request, obj=None):
        fields = super().get_prepopulated_fields(request, obj)
        shown = self.get_readonly_fields(request, obj)
        return {name: sources for name, sources in fields.items() if name not in shown}

    def save_model(self, request, obj, form, change):
        if not self.may_change(request.user, obj):
            raise PermissionDenied
        self.write_model(request, obj, form, change)

    def write_model(self, request, obj, form, change):
        """Where a subclass calls its action instead."""
        obj.save()


class StaffHistoryAdmin(StaffAdmin, SimpleHistoryAdmin):
    """A page of staff with its change history.

    Old versions are shown, not put back: that would pass by the checks of the forms.
    """

    object_history_template = "admin/change_history.html"

    def write_model(self, request, obj, form, change):
        obj._history_user = request.user
        obj.save()

    def get_urls(self):
        return super(SimpleHistoryAdmin, self).get_urls()

    def history_view(self, request, object_id, extra_context=None):
        if not may_be_key(self.model, unquote(object_id)):
            raise Http404
        return super().history_view(request, object_id, extra_context)

    def history_view_title(self, request, obj):
        return _("Ändringar: %(name)s") % {"name": capfirst(str(obj))}


class StaffInline(AsksMayChange):
    """Rows inside the page of what they belong to: whoever may change that may change them."""

    form = StaffForm
    formset = StaffFormSet
    extra = 0

    def has_change_permission(self, request, obj=None):
        return self.may_change(request.user, obj or self.parent_model)

    def has_add_permission(self, request, obj=None):
        return self.has_change_permission(request, obj)

    def has_delete_permission(self, request, obj=None):
        return self.has_change_permission(request, obj)


class TextInline(StaffInline, admin.StackedInline):
    """One block of words per language; an empty one waits where there is none."""

    max_num = len(Language)

    def get_extra(self, request, obj=None, **kwargs):
        return 0 if obj and obj.texts.exists() else 1
