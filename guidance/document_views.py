from datetime import datetime

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.cache import get_conditional_response, patch_cache_control
from django.views.decorators.http import require_safe

from centres.caching import keep_while_true
from services.languages import Language

from .document_list import DocumentList
from .models import Document, DocumentVersion, shown_of
from .uploads import shelf

A_YEAR = 365 * 24 * 3600  # seconds
KINDS = {"pdf": "application/pdf", "webp": "image/webp"}


@require_safe
def document_list(request: HttpRequest) -> HttpResponse:
    at = timezone.now()
    context = {"page": DocumentList(request.GET, at), "today": timezone.localdate(at)}
    response = render(request, "guidance/document_list.html", context)
    return keep_while_true(response, [], at=at, asked=bool(request.GET))


@require_safe
def document_detail(request: HttpRequest, slug: str) -> HttpResponse:
    at = timezone.now()
    document = _document(slug, at)
    return _page(request, document, document.shown(at).version, at)


@require_safe
def document_version(
    request: HttpRequest, slug: str, number: int, language: str = Language.SWEDISH
) -> HttpResponse:
    """One version, for good: also when a later one has replaced it."""
    at = timezone.now()
    document = _document(slug, at)
    return _page(request, document, _version(document, language, number), at)


def _document(slug: str, at: datetime) -> Document:
    """With what is shown of it, so that asking for that anew costs nothing."""
    return get_object_or_404(Document.objects.with_versions(at), slug=slug)


def _version(document: Document, language: str, number: int) -> DocumentVersion:
    versions = document.versions.select_related("file").defer("file__text")
    return get_object_or_404(versions, language=language, number=number)


def _page(
    request: HttpRequest, document: Document, version: DocumentVersion | None, at: datetime
) -> HttpResponse:
    published = document.versions.begun(at)
    if version is None or not version.is_readable(at):
        if not published.exists() or (version and version not in published):
            raise Http404
        response = render(request, "guidance/document_gone.html", status=410)
        return keep_while_true(response, [], at=at)
    latest = document.shown(at, version.language).version
    return show_document(request, document, version, at, latest=latest)


def show_document(
    request: HttpRequest,
    document: Document,
    version: DocumentVersion,
    at: datetime,
    latest: DocumentVersion | None,
) -> HttpResponse:
    """The page of a document with one of its versions; `latest` is the one that holds, in its
    language if there is one."""
    version.owner = document
    context = {
        "document": document,
        "version": version,
        "latest": latest,
        "versions": document.versions.begun(at).not_ended(at).order_by("-number"),
        "has_ended": document.has_ended(timezone.localdate(at)),
        "replaced_by": shown_of(document.replacements.shown(at), at),
        "replaces": shown_of(Document.objects.filter(pk=document.replaces_id).shown(at), at),
    }
    response = render(request, "guidance/document_detail.html", context)
    return keep_while_true(response, [], at=at)


# --- Files ----------------------------------------------------------------------------------------


@require_safe
def document_file(
    request: HttpRequest,
    slug: str,
    number: int,
    name: str,
    kind: str,
    language: str = Language.SWEDISH,
) -> HttpResponse:
    """The file or the picture of its first page, to those who can read the version.

    Only the reader's own browser keeps it: what is withdrawn lies in no shared cache.
    """
    at = timezone.now()
    version = _version(get_object_or_404(Document, slug=slug), language, number)
    if version.file is None or version.file.name != name or not version.is_readable(at):
        raise Http404
    response = as_file(request, version, kind)
    left = (version.unpublish_at - at).total_seconds() if version.unpublish_at else A_YEAR
    patch_cache_control(response, private=True, immutable=True, max_age=int(min(left, A_YEAR)))
    return response


def as_file(request: HttpRequest, version: DocumentVersion, kind: str) -> HttpResponse:
    """To be saved, not shown: with nothing that a browser might run or take for something else."""
    etag = f'"{version.file.sha256}.{kind}"'
    response = get_conditional_response(request, etag=etag)
    if response is None:
        try:
            file = shelf.taken(version.file.sha256, kind)
        except FileNotFoundError:
            raise Http404 from None
        response = FileResponse(
            file,
            as_attachment=kind == "pdf",
            filename=f"{version.owner.slug}-{version.number}.{kind}",
            content_type=KINDS[kind],
        )
    response["ETag"] = etag
    response["Content-Security-Policy"] = shelf.POLICY
    return response
