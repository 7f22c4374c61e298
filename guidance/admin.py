"""Staff's pages for topics, supports, guides and the versions of their words."""

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpResponseNotAllowed
from django.shortcuts import redirect
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from services.forms import may_be_key
from services.history import Branch, words
from services.languages import Language
from services.staff_admin import StaffAdmin, StaffHistoryAdmin, StaffInline, TextInline
from services.versions import version_of_row

from . import permissions
from .actions import create_draft, discard_draft, restore, save_draft, take_step
from .forms import GuideForm, GuideVersionForm, StepForm, SupportContactForm, TopicForm
from .models import (
    Guide,
    GuideService,
    GuideVersion,
    SupportContact,
    SupportContactText,
    Topic,
    TopicText,
)
from .publishing import LABELS, Step, may_save, open_steps

RESTORE, DISCARD = "restore", "discard"


class AsksGuidance:
    may_change = staticmethod(permissions.may_change)


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
    filter_horizontal = ["lines"]

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
    filter_horizontal = ["city_areas", "districts", "topics"]
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


class TakesPosts:
    """A button of an admin page: POST only, about a row that is there, and back to a page."""

    def _found(self, request, object_id):
        return self.get_object(request, object_id) if may_be_key(self.model, object_id) else None

    def _about(self, request, object_id):
        row = self._found(request, object_id)
        if row is None:
            raise Http404
        return row

    def _button(self, suffix: str, view):
        name = f"{self.opts.app_label}_{self.opts.model_name}_{suffix}"
        return path(f"<path:object_id>/{suffix}/", self.admin_site.admin_view(view), name=name)

    def _say(self, request, error: ValidationError) -> None:
        for sentence in error.messages:
            self.message_user(request, sentence, messages.ERROR)


class GuideServiceInline(AsksGuidance, StaffInline, admin.TabularInline):
    model = GuideService
    fields = ["service", "position"]


@admin.register(Guide)
class GuideAdmin(TakesPosts, AsksGuidance, StaffHistoryAdmin):
    form = GuideForm
    change_form_template = "admin/guidance/guide_change_form.html"
    history_branches = (Branch(GuideService, "guide", named_by=("service",), restored=True),)
    list_display = ["slug", "home_topic", "from_months", "to_months", "expecting", "is_health"]
    list_filter = [("home_topic", TopicFilter), "is_health", "expecting"]
    search_fields = ["slug", "versions__title"]
    fixed_once_saved = ("slug",)
    inlines = [GuideServiceInline]
    filter_horizontal = ["other_topics", "lines", "contacts"]
    fieldsets = [
        (None, {"fields": ["slug", "home_topic", "other_topics", "position"]}),
        (_("För vem"), {"fields": ["expecting", ("from_months", "to_months")]}),
        (_("När det är bråttom"), {"fields": ["is_health", "lines"]}),
        (_("Vem som hjälper utanför husen"), {"fields": ["contacts"]}),
    ]

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("home_topic__texts")

    def get_urls(self):
        return [self._button("draft", self.draft_view), *super().get_urls()]

    def draft_view(self, request, object_id):
        """Begin a draft in a language, with the words of the latest version there."""
        guide, language = self._about(request, object_id), request.POST.get("language", "sv")
        if language not in Language.values or not permissions.may_write(request.user, language):
            raise PermissionDenied
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        try:
            draft = create_draft(owner=guide, by=request.user, at=timezone.now(), language=language)
        except ValidationError as error:
            self._say(request, error)
            return redirect("admin:guidance_guide_change", guide.pk)
        return redirect("admin:guidance_guideversion_change", draft.pk)

    def change_view(self, request, object_id, form_url="", extra_context=None):
        languages = [
            (code, name)
            for code, name in Language.choices
            if permissions.may_write(request.user, code)
        ]
        guide = self._found(request, object_id)
        versions = guide.versions.all() if guide else []
        context = {"versions": versions, "languages": languages, **(extra_context or {})}
        return super().change_view(request, object_id, form_url, context)


@admin.register(GuideVersion)
class GuideVersionAdmin(TakesPosts, AsksGuidance, StaffAdmin):
    """The words of a guide: a draft is written here, and every version takes its steps here.

    None is added or deleted as other rows are: a draft is begun on the guide's page.
    """

    form = GuideVersionForm
    change_form_template = "admin/guidance/guideversion_change_form.html"
    list_display = ["title", "owner", "language", "number", "state", "author", "publish_at"]
    list_filter = ["state", "language", "origin", ("owner__home_topic", TopicFilter)]
    list_select_related = ["owner", "author"]
    search_fields = ["title", "owner__slug"]
    ordering = ["owner__slug", "language", "-number"]
    actions = None
    fieldsets = [
        (None, {"fields": ["title", "summary", *GuideVersion.RICH, "sources"]}),
        (_("För sökningen"), {"fields": ["questions", "search_words"]}),
    ]

    def has_add_permission(self, request):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    def has_change_permission(self, request, obj=None):
        if obj is None:
            return super().has_change_permission(request)
        person = permissions.person_for(request.user, obj.language)
        return may_save(obj.progress, person)

    def write_model(self, request, obj, form, change):
        words = {name: form.cleaned_data[name] for name in obj.WORDS}
        save_draft(version=obj, words=words, by=request.user)

    # --- Steps ------------------------------------------------------------------------------------
    def get_urls(self):
        return [self._button("step", self.step_view), *super().get_urls()]

    def change_view(self, request, object_id, form_url="", extra_context=None):
        version = self._found(request, object_id)
        context = self._road(request, version) if version else {}
        return super().change_view(
            request, object_id, form_url, {**context, **(extra_context or {})}
        )

    def _road(self, request, version) -> dict:
        person = permissions.person_for(request.user, version.language)
        steps = open_steps(version.progress, person, timezone.now())
        return {
            "steps": [(step.value, LABELS[step], StepForm(step)) for step in steps],
            "may_discard": may_save(version.progress, person),
            "may_restore": person.writes and not version.is_on_the_way,
            "seen": version_of_row(version),
        }

    def step_view(self, request, object_id):
        version = self._about(request, object_id)
        person = permissions.person_for(request.user, version.language)
        if not (person.writes or person.reviews):
            raise PermissionDenied
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        try:
            next_version = self._take(request, version)
        except ValidationError as error:
            self._say(request, error)
            next_version = version
        if next_version is None:
            return redirect("admin:guidance_guide_change", version.owner_id)
        return redirect("admin:guidance_guideversion_change", next_version.pk)

    def _take(self, request, version) -> GuideVersion | None:
        """What is to be shown then; None where the version is gone."""
        wanted, at = request.POST.get("step", ""), timezone.now()
        if wanted == RESTORE:
            return restore(version=version, by=request.user, at=at)
        if wanted == DISCARD:
            discard_draft(version=version, by=request.user)
            return None
        if wanted not in {step.value for step in Step}:
            raise ValidationError(_now("Välj vad du vill göra med texten."))
        step = Step(wanted)
        form = StepForm(step, request.POST)
        if not form.is_valid():
            raise ValidationError([error for errors in form.errors.values() for error in errors])
        seen = request.POST.get("seen", "")
        taken = take_step(
            version=version, step=step, by=request.user, at=at, seen=seen, **form.answers
        )
        self.message_user(request, f"{LABELS[step]}: {_now('klart.')}", messages.SUCCESS)
        return taken
