"""The desk: the list, a text with its steps, the form for a draft, and what differs.

Any of the staff may look; who may do what is decided by the rules of publishing.
"""

from datetime import datetime

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from services.forms import may_be_key
from services.languages import Language
from services.staff_pages import staff_page
from services.versions import version_of_row

from ..actions import create_draft, discard_draft, restore, save_draft, take_step
from ..permissions import languages_to_write, may_write, person_for
from ..publishing import LABELS, State, Step, may_save, open_steps
from .changes import changes
from .forms import StepForm, draft_form
from .kinds import Kind, Version, kind_of, version_of_kind
from .preview import holds_until, preview_url
from .rows import Desk

RESTORE, DISCARD = "restore", "discard"
LEADING = (Step.SUBMIT, Step.APPROVE, Step.PUBLISH)
"""Those that bring a text nearer to its readers."""
DONE = {
    Step.SUBMIT: _lazy("Skickat till granskning."),
    Step.TAKE_BACK: _lazy("Nu är texten ett utkast igen."),
    Step.SEND_BACK: _lazy("Skickat tillbaka med din kommentar."),
    Step.APPROVE: _lazy("Godkänt. Nu kan texten publiceras."),
    Step.PUBLISH: _lazy("Publicerat."),
    Step.CANCEL: _lazy("Publiceringen är avbruten."),
    Step.MOVE_END: _lazy("Sparat."),
    Step.WITHDRAW: _lazy("Borttaget från webbplatsen."),
}


@staff_page
def desk(request: HttpRequest) -> HttpResponse:
    on_desk = Desk(request.user, timezone.now())
    context = {"desk": on_desk, "languages": languages_to_write(request.user)}
    return render(request, "publishing/desk.html", context)


# --- A text and its steps -------------------------------------------------------------------------
@staff_page
def text(request: HttpRequest, kind: str, pk) -> HttpResponse:
    found, at = kind_of(kind), timezone.now()
    version = version_of_kind(found, pk)
    if request.method == "POST":
        return _do(request, found, version, at)
    return render(request, "publishing/text.html", _text_context(request, found, version, at))


def _text_context(request, kind: Kind, version: Version, at: datetime, refused=None) -> dict:
    """`refused`: a form that was sent with a step and was not in order."""
    person = person_for(request.user, version.language)
    others = _others(version)
    steps = open_steps(version.progress, person, at)
    ends = version.unpublish_at
    forms = [
        refused if refused and refused.step is step else StepForm(step, unpublish_at=ends)
        for step in steps
    ]
    return {
        "kind": kind,
        "version": version,
        "steps": [(s.value, LABELS[s], form) for s, form in zip(steps, forms, strict=True)],
        "leading": LEADING,
        "edit_url": kind.edit_url(version) if may_save(version.progress, person) else "",
        "own_page": kind.own_page_url(version),
        "facts": kind.facts if may_write(request.user) else "",
        "may_restore": person.writes and not version.is_on_the_way,
        "draft": next((other for other in others if other.is_on_the_way), None),
        "others": others,
        "elsewhere": _in_other_languages(version, request.user),
        "before": _before(version, others),
        "seen": version_of_row(version),
        "preview": preview_url(kind, version),
        "preview_until": None if version.has_ended(at) else holds_until(at),
        "is_shown": version.owner.versions.shown(at).filter(pk=version.pk).exists(),
    }


def _others(version: Version) -> list[Version]:
    """The other versions in the language, the latest first."""
    same = version.owner.versions.filter(language=version.language)
    return list(same.exclude(pk=version.pk).select_related("author").order_by("-number"))


def _in_other_languages(version: Version, user) -> list[tuple[str, str, Version | None]]:
    """Code and name of each other language, with the latest words in it; those without any only
    where the person may write them."""
    in_others = version.owner.versions.exclude(language=version.language).order_by("number")
    latest = {one.language: one for one in in_others}
    return [
        (code, name, latest.get(code))
        for code, name in Language.choices
        if code != version.language and (code in latest or may_write(user, code))
    ]


def _before(version: Version, others: list[Version]) -> Version | None:
    """What readers saw last before it: what it is to be compared with."""
    earlier = [other for other in others if other.number < version.number]
    published = [other for other in earlier if other.publish_at]
    return next(iter(published or earlier), None)


def _do(request: HttpRequest, kind: Kind, version: Version, at: datetime) -> HttpResponse:
    person = person_for(request.user, version.language)
    if not (person.writes or person.reviews):
        raise PermissionDenied
    asked = request.POST.get("step", "")
    try:
        if asked == RESTORE:
            draft = restore(version=version, by=request.user, at=at)
            messages.success(request, _("Ett nytt utkast är gjort av den versionen."))
            return redirect(kind.edit_url(draft))
        if asked == DISCARD:
            discard_draft(version=version, by=request.user)
            messages.success(request, _("Utkastet är kastat."))
            return redirect("publishing:desk")
        return _take(request, kind, version, asked, at)
    except ValidationError as refused:
        for sentence in refused.messages:
            messages.error(request, sentence)
    return redirect("publishing:text", kind.key, version.pk)


def _take(
    request: HttpRequest, kind: Kind, version: Version, asked: str, at: datetime
) -> HttpResponse:
    if asked not in {step.value for step in Step}:
        raise ValidationError(_("Välj vad du vill göra med texten."))
    step = Step(asked)
    form = StepForm(step, request.POST)
    if form.is_valid() and _taken(request, version, form, at):
        messages.success(request, DONE[step])
        return redirect("publishing:text", kind.key, version.pk)
    now = version_of_kind(kind, version.pk)
    if step not in open_steps(now.progress, person_for(request.user, now.language), at):
        raise ValidationError([error for errors in form.errors.values() for error in errors])
    return render(
        request, "publishing/text.html", _text_context(request, kind, now, at, refused=form)
    )


def _taken(request: HttpRequest, version: Version, form: StepForm, at: datetime) -> bool:
    """Whether the step was taken; why it was not stands in the form, beside what was written."""
    try:
        take_step(
            version=version,
            step=form.step,
            by=request.user,
            at=at,
            seen=request.POST.get("seen", ""),
            **form.answers,
        )
    except ValidationError as refused:
        form.add_error(None, refused.messages)
        return False
    return True


@staff_page
def begin(request: HttpRequest, kind: str, owner) -> HttpResponse:
    """Begin a draft in a language, or go on with the one there is."""
    found, language = kind_of(kind), request.POST.get("language", Language.SWEDISH)
    row = get_object_or_404(found.owners, pk=owner)
    if language not in Language.values or not may_write(request.user, language):
        raise PermissionDenied
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    try:
        draft = create_draft(owner=row, by=request.user, at=timezone.now(), language=language)
    except ValidationError as refused:
        draft = row.versions.filter(language=language).order_by("-number").first()
        messages.error(request, refused.messages[0])
        return redirect("publishing:text", found.key, draft.pk)
    return redirect(found.edit_url(draft))


# --- The words of a draft -------------------------------------------------------------------------
@staff_page
def edit(request: HttpRequest, kind: str, pk) -> HttpResponse:
    found = kind_of(kind)
    version = version_of_kind(found, pk)
    if not may_write(request.user, version.language):
        raise PermissionDenied
    if found.own_form:
        return redirect(found.edit_url(version))
    if version.state != State.DRAFT:
        messages.error(request, _("Texten är inte längre ett utkast. Börja ett nytt."))
        return redirect("publishing:text", found.key, version.pk)
    form_class = draft_form(found.model, found.form)
    form = form_class(request.POST or None, request.FILES or None, instance=version)
    form.let_in(timezone.now())
    with transaction.atomic():
        if form.is_valid():
            save_draft(version=version, words=form.words(), by=request.user)
            messages.success(request, _("Sparat. Läsarna ser det när det är publicerat."))
            stay = "publishing:edit" if "stay" in request.POST else "publishing:text"
            return redirect(stay, found.key, version.pk)
    context = {"kind": found, "version": version, "form": form}
    return render(request, "publishing/draft_form.html", context)


# --- What differs ---------------------------------------------------------------------------------
@staff_page
def compare(request: HttpRequest, kind: str, pk) -> HttpResponse:
    """From another version (?med=) to this one; unless told, from what readers saw before."""
    found = kind_of(kind)
    version = version_of_kind(found, pk)
    others = _others(version)
    asked = request.GET.get("med", "")
    if asked and not may_be_key(found.model, asked):
        raise Http404
    other = next((one for one in others if str(one.pk) == asked), None)
    if asked and other is None:
        raise Http404
    other = other or _before(version, others)
    context = {
        "kind": found,
        "version": version,
        "other": other,
        "others": others,
        "changes": changes(other, version.words()) if other else [],
    }
    return render(request, "publishing/compare.html", context)
