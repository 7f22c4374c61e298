"""Staff's pages for documents: their facts, a draft with its file, what was found in the file.

Any of the staff may look. The steps from draft to reader are taken at the desk (`desk`).
"""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from services.languages import Language
from services.staff_pages import staff_page
from services.versions import last_saved, version_of

from .actions import create_draft, save_draft
from .actions.documents import keep_file
from .document_forms import WORDS, DocumentForm, DraftForm
from .document_views import as_file
from .facts_form import saved
from .models import Document, DocumentFile, DocumentVersion
from .permissions import may_write
from .publishing import State
from .uploads.letting_in import looked_through, refused_when_full
from .uploads.refusals import Refusal


@staff_page
@require_safe
def document_list(request: HttpRequest) -> HttpResponse:
    documents = Document.objects.prefetch_related("versions")
    rows = [(document, document.latest()) for document in documents]
    context = {"rows": rows, "may_write": may_write(request.user)}
    return render(request, "staff/document_list.html", context)


@staff_page
@require_safe
def document_detail(
    request: HttpRequest, slug: str, language: str = Language.SWEDISH
) -> HttpResponse:
    """The latest version with what was found in its file, before and after it is published."""
    document = get_object_or_404(Document, slug=slug)
    version = document.latest(language)
    writes = may_write(request.user, language)
    context = {
        "document": document,
        "version": version,
        "language": language,
        "write_url": _write_url(version) if writes and version and version.is_draft else "",
        "may_begin": writes and (version is None or not version.is_on_the_way),
        "may_change_facts": may_write(request.user),
    }
    return render(request, "staff/document_detail.html", context)


def _write_url(version: DocumentVersion) -> str:
    return reverse("documents:staff_write", kwargs=version.place)


# --- Facts ----------------------------------------------------------------------------------------


@staff_page
def document_add(request: HttpRequest) -> HttpResponse:
    return _facts(request, Document())


@staff_page
def document_facts(request: HttpRequest, slug: str) -> HttpResponse:
    return _facts(request, get_object_or_404(Document, slug=slug))


@transaction.atomic
def _facts(request: HttpRequest, document: Document) -> HttpResponse:
    is_new = document._state.adding
    form = saved(request, DocumentForm, document)
    if form is not None:
        context = {"form": form, "slug": "" if is_new else document.slug}
        return render(request, "staff/document_facts.html", context)
    messages.success(request, _("Sparat."))
    if is_new:
        create_draft(owner=document, by=request.user, at=timezone.now())
        return redirect("documents:staff_write", document.slug)
    return redirect("documents:staff_document", document.slug)


# --- Words and file -------------------------------------------------------------------------------


@staff_page
def document_write(
    request: HttpRequest, slug: str, language: str = Language.SWEDISH
) -> HttpResponse:
    if not may_write(request.user, language):
        raise PermissionDenied
    document = get_object_or_404(Document, slug=slug)
    version = document.latest(language)
    if version is None or version.state != State.DRAFT:
        messages.error(request, _("Det finns inget utkast att ändra. Börja ett nytt."))
        return redirect("documents:staff_document", slug)
    if request.method != "POST":
        form = DraftForm(instance=version)
        return _form_page(request, document, form, seen=_seen(version))
    form = DraftForm(request.POST, request.FILES, instance=version)
    seen = request.POST.get("seen", "")
    if not form.is_valid():
        return _form_page(request, document, form, seen=seen)
    file = _let_in(form, timezone.now())
    if isinstance(file, Refusal):
        return _form_page(request, document, form, seen=seen, refusal=file)
    words = form.words() | ({"file_id": file.pk} if file else {})
    return _save(request, document, form, words, seen)


@refused_when_full
def _let_in(form: DraftForm, at) -> DocumentFile | Refusal | None:
    """Before anything is locked: looking through a file takes its time."""
    upload = form.cleaned_data["file"]
    if upload is None:
        return None
    with looked_through(upload, may_clean=form.cleaned_data["may_clean"]) as (path, found):
        return found if isinstance(found, Refusal) else keep_file(path=path, report=found, at=at)


@transaction.atomic
def _save(request, document: Document, form: DraftForm, words: dict, seen: str) -> HttpResponse:
    """Save; where somebody else has saved something else since, show both instead."""
    saved = DocumentVersion.objects.select_for_update().get(pk=form.instance.pk)
    other = _differing(form, saved, words)
    if other and seen != _seen(saved):
        form.data = form.data.copy()
        context = {"other": other, "who": last_saved(saved)}
        return _form_page(request, document, form, seen=_seen(saved), **context)
    try:
        if other:
            save_draft(version=saved, words=words, by=request.user)
    except ValidationError as refused:
        form.add_error(None, refused)
        return _form_page(request, document, form, seen=seen)
    messages.success(request, _("Sparat. Läsarna ser det när det är granskat och publicerat."))
    return redirect("documents:staff_document", **saved.place)


def _seen(version: DocumentVersion) -> str:
    return version_of(version.words())


def _differing(form: DraftForm, saved: DocumentVersion, words: dict) -> list[tuple[str, str]]:
    """What is saved and differs from the form: label and value."""
    names = [name for name in WORDS if getattr(saved, name) != words[name]]
    other = [(form.fields[name].label, getattr(saved, name) or "–") for name in names]
    if "file_id" in words and words["file_id"] != saved.file_id:
        other.append((form.fields["file"].label, str(saved.file or "–")))
    return other


def _form_page(request, document: Document, form: DraftForm, **context) -> HttpResponse:
    own_page = reverse("documents:staff_document", kwargs=form.instance.place)
    context = {"document": document, "form": form, "own_page": own_page, **context}
    return render(request, "staff/document_form.html", context)


# --- The file, before readers see it --------------------------------------------------------------


@staff_page
@require_safe
def document_file(request: HttpRequest, slug: str, pk, kind: str) -> HttpResponse:
    version = get_object_or_404(DocumentVersion, pk=pk, owner__slug=slug)
    if version.file is None:
        raise Http404
    return as_file(request, version, kind)
