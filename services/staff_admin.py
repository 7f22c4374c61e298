"""What every admin page of the portal has in common.

Who may do what is asked of the app's own `may_change`, never of Django's permissions and groups.
All staff may look at everything; only the accounts are kept apart.
"""

import logging
from collections.abc import Collection

from django.contrib import admin
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.utils import flatten_fieldsets
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import DataError, IntegrityError, models
from django.utils.translation import gettext_lazy as _lazy

from . import content
from .forms import (
    AddressField,
    ClockField,
    ClockInput,
    DayField,
    DegreesField,
    MomentField,
    MomentWidget,
    RowChooser,
    StaffForm,
    StaffFormSet,
    VersionedForm,
    WebAddressField,
    may_be_key,
)
from .history_admin import BringsBackDeleted, PutsBack, ReadsHistory
from .languages import Language

logger = logging.getLogger(__name__)

# Codes of what Django's fields say of a choice outside their list.
NOT_OFFERED = {"invalid_choice", "invalid_pk_value"}
LONGEST_SEARCH = 10  # words: each is asked of several columns, and a database has its limits

OUR_FIELDS = {
    models.SlugField: {"form_class": AddressField},
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

    def render_change_form(self, request, context, **kwargs):
        """A row or a role that was not offered is no slip: whoever sent it is written down."""
        if request.method == "POST" and (fields := _forged_fields(context)):
            path, key = request.path, request.user.pk
            logger.warning("Account %s sent what was not offered at %s: %s", key, path, fields)
        return super().render_change_form(request, context, **kwargs)

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


def _forged_fields(context) -> str:
    """The names of fields with a choice that the page did not offer, separated by commas."""
    forms = [context["adminform"].form]
    for inline in context["inline_admin_formsets"]:
        forms += inline.formset.forms
    return ", ".join(
        form.add_prefix(name)
        for form in forms
        if form.errors  # a plain dict in rows that are only shown
        for name, errors in form.errors.as_data().items()
        if any(error.code in NOT_OFFERED for error in errors)
    )


class StaffAdmin(BearsAnything, AsksMayChange, admin.ModelAdmin):
    """A page of staff. A form of another kind must be a `VersionedForm` too."""

    form = VersionedForm
    # Addresses that readers have kept: they do not redirect, so they are fixed once saved.
    fixed_once_saved: tuple[str, ...] = ()

    def has_change_permission(self, request, obj=None):
        """Also for those who change nothing but the words inside the page."""
        return super().has_change_permission(request, obj) or self.opens_words(request, obj)

    def get_inlines(self, request, obj):
        """Words are shown twice when the person may write some languages and only read others."""
        inlines = list(super().get_inlines(request, obj))
        for texts in self._text_inlines():
            languages = texts.languages_open_to(request, obj)
            if obj and languages and set(languages) != set(texts.languages):
                inlines.append(type("ShownWords", (WordsOfOthers, type(texts)), {}))
        return inlines

    def _text_inlines(self):
        classes = (inline for inline in self.inlines if issubclass(inline, TextInline))
        return [inline(self.model, self.admin_site) for inline in classes]

    def opens_words(self, request, obj=None) -> bool:
        return any(texts.has_change_permission(request, obj) for texts in self._text_inlines())

    def changes_only_words(self, request, obj=None) -> bool:
        if obj is None or self.may_change(request.user, obj):
            return False
        return self.opens_words(request, obj)

    def get_readonly_fields(self, request, obj=None):
        """To those who change only words, the page's own fields are shown and never read."""
        if self.changes_only_words(request, obj):
            return flatten_fieldsets(self.get_fieldsets(request, obj))
        fixed = self.fixed_once_saved if obj else ()
        return [*super().get_readonly_fields(request, obj), *fixed]

    def get_prepopulated_fields(self, request, obj=None):
        fields = super().get_prepopulated_fields(request, obj)
        shown = self.get_readonly_fields(request, obj)
        return {name: sources for name, sources in fields.items() if name not in shown}

    def save_model(self, request, obj, form, change):
        if not change:
            obj.pk = form.instance_key or obj.pk  # the rows inside the page have emptied it
        if self.may_change(request.user, obj):
            self.write_model(request, obj, form, change)
        elif not self.changes_only_words(request, obj if change else None):
            raise PermissionDenied

    def write_model(self, request, obj, form, change):
        """Where a subclass calls its action instead."""
        obj.save()

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        content.changed(form.instance)

    def delete_model(self, request, obj):
        content.remove(obj)

    def delete_queryset(self, request, queryset):
        content.remove_all(queryset)


class StaffHistoryAdmin(BringsBackDeleted, PutsBack, ReadsHistory, StaffAdmin):
    """A page of staff with its change history, from which an earlier version can be put back, and
    with a list of what has been deleted."""

    def write_model(self, request, obj, form, change):
        obj._history_user = request.user
        obj.save()


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


class TextFormSet(StaffFormSet):
    """Words in some `languages`; a row in another is none of the form's, whatever key is sent."""

    languages: Collection[str] = Language

    def get_queryset(self):
        if not hasattr(self, "_queryset"):
            rows = super().get_queryset()
            self._queryset = [row for row in rows if row.language in self.languages]
        return self._queryset

    def add_fields(self, form, index):
        super().add_fields(form, index)
        if "language" in form.fields:
            offered = [(code, name) for code, name in Language.choices if code in self.languages]
            form.fields["language"].choices = offered


class TextInline(StaffInline, admin.StackedInline):
    """One block of words per language; an empty one waits where there is none.

    `may_change` is asked of the rows themselves too: some people write only the words, and some
    only in certain languages. The rest is shown to them (`WordsOfOthers`).
    """

    formset = TextFormSet
    languages: Collection[str] = tuple(Language)

    def languages_open_to(self, request, obj=None) -> list[str]:
        """The languages in which the person may write the words of `obj`."""
        if self.may_change(request.user, obj or self.parent_model):
            return list(self.languages)
        if not self.may_change(request.user, self.model):
            return []
        about = {self.parent_model._meta.get_field("texts").field.name: obj} if obj else {}
        rows = (self.model(language=language, **about) for language in self.languages)
        return [row.language for row in rows if self.may_change(request.user, row)]

    def has_change_permission(self, request, obj=None):
        return bool(self.languages_open_to(request, obj))

    def get_formset(self, request, obj=None, **kwargs):
        formset = super().get_formset(request, obj, **kwargs)
        languages = self.languages_open_to(request, obj) or self.languages
        return type(formset.__name__, (formset,), {"languages": languages})

    def get_max_num(self, request, obj=None, **kwargs):
        return len(self.languages_open_to(request, obj)) or len(self.languages)

    def get_extra(self, request, obj=None, **kwargs):
        if obj is None:
            return 1
        languages = self.languages_open_to(request, obj)
        return 0 if obj.texts.filter(language__in=languages).exists() else 1


class WordsOfOthers:
    """Mixed into a `TextInline`: the languages that the person may only read."""

    verbose_name_plural = _lazy("på andra språk, att läsa")

    def has_change_permission(self, request, obj=None):
        return False

    def get_formset(self, request, obj=None, **kwargs):
        formset = super().get_formset(request, obj, **kwargs)
        formset.languages = set(self.languages) - set(super().languages_open_to(request, obj))
        return formset
