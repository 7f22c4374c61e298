"""Staff's pages for topics, supports and what guides are about; guides are written at the desk."""

from django import forms
from django.contrib import admin
from django.db import models
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from services.history import Branch, words
from services.staff_admin import OUR_FIELDS, StaffHistoryAdmin, StaffInline, TextInline

from . import permissions
from .actions import create_draft
from .forms import GuideForm, SupportContactForm, TopicForm
from .models import (
    Guide,
    GuideService,
    SupportContact,
    SupportContactText,
    Topic,
    TopicText,
)


class AsksGuidance:
    """Several of a few are ticked: two lists with arrows between are for hundreds."""

    may_change = staticmethod(permissions.may_change)
    formfield_overrides = {
        **OUR_FIELDS,
        models.ManyToManyField: {"widget": forms.CheckboxSelectMultiple},
    }

    def get_field_queryset(self, db, db_field, request):
        """What can be chosen, with the words that name it: read at once, not one by one."""
        model = db_field.related_model
        if model in (Topic, SupportContact):
            return model.objects.prefetch_related("texts")
        return super().get_field_queryset(db, db_field, request)


class TopicTextInline(AsksGuidance, TextInline):
    model = TopicText


class TopicFilter(admin.RelatedFieldListFilter):
    """Topics by name, all names read at once."""

    def field_choices(self, field, request, model_admin):
        return [(topic.pk, str(topic)) for topic in Topic.objects.prefetch_related("texts")]


@admin.register(Topic)
class TopicAdmin(AsksGuidance, StaffHistoryAdmin):
    form = TopicForm
    history_branches = (words(TopicText, "topic"),)
    list_display = ["__str__", "slug", "is_health", "position"]
    search_fields = ["texts__name", "slug"]
    fixed_once_saved = ("slug",)
    inlines = [TopicTextInline]
    fields = ["slug", "position", "is_health", "lines"]

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("texts")


class SupportContactTextInline(AsksGuidance, TextInline):
    model = SupportContactText


@admin.register(SupportContact)
class SupportContactAdmin(AsksGuidance, StaffHistoryAdmin):
    form = SupportContactForm
    history_branches = (words(SupportContactText, "contact"),)
    list_display = ["__str__", "kind", "phone", "checked_on", "position"]
    list_filter = ["kind", ("topics", TopicFilter), "city_areas"]
    search_fields = ["texts__name", "slug"]
    fixed_once_saved = ("slug",)
    inlines = [SupportContactTextInline]
    fieldsets = [
        (None, {"fields": ["slug", "kind", "position", "topics"]}),
        (_("För vem"), {"fields": ["expecting", ("from_months", "to_months")]}),
        (_("Var"), {"fields": ["city_areas", "districts"]}),
        (_("Villkor"), {"fields": ["self_referral", "anonymous", "is_free"]}),
        (_("Så når man dem"), {"fields": ["phone", "email", "website"]}),
        (
            _("Varifrån uppgifterna kommer"),
            {"fields": ["source", "source_url", "source_date", "checked_on"]},
        ),
    ]

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("texts")


class GuideServiceInline(AsksGuidance, StaffInline, admin.TabularInline):
    model = GuideService
    fields = ["service", "position"]


@admin.register(Guide)
class GuideAdmin(AsksGuidance, StaffHistoryAdmin):
    form = GuideForm
    change_form_template = "admin/guidance/guide_change_form.html"
    history_branches = (Branch(GuideService, "guide", named_by=("service",), restored=True),)
    list_display = ["slug", "home_topic", "from_months", "to_months", "expecting", "is_health"]
    list_filter = [("home_topic", TopicFilter), "is_health", "expecting"]
    search_fields = ["slug", "versions__title"]
    fixed_once_saved = ("slug",)
    inlines = [GuideServiceInline]
    fieldsets = [
        (None, {"fields": ["slug", "home_topic", "other_topics", "position"]}),
        (_("För vem"), {"fields": ["expecting", ("from_months", "to_months")]}),
        (_("När det är bråttom"), {"fields": ["is_health", "lines"]}),
        (_("Vem som hjälper utanför husen"), {"fields": ["contacts"]}),
    ]

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("home_topic__texts")

    def response_add(self, request, obj, post_url_continue=None):
        """Straight to the words, which are what one came to write."""
        if "_save" not in request.POST:
            return super().response_add(request, obj, post_url_continue)
        draft = create_draft(owner=obj, by=request.user, at=timezone.now())
        return redirect("publishing:edit", "rad", draft.pk)

    def change_view(self, request, object_id, form_url="", extra_context=None):
        languages = permissions.languages_to_write(request.user)
        context = {"languages": languages, **(extra_context or {})}
        return super().change_view(request, object_id, form_url, context)
