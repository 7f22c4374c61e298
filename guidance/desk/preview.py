"""A page before it is published, by a secret link: for whoever is asked to have a look.

The link is signed and holds for a week. It shows the words as they are when it is opened, on the
page that readers will meet; nothing of it is kept, and no search engine lists it. What readers have
seen and no longer are to see is shown only to staff who have signed in.
"""

from datetime import datetime, timedelta

from django.conf import settings
from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from ..document_views import as_file
from ..models import DocumentVersion
from .kinds import KINDS, Kind, Version

HOLDS_FOR = timedelta(days=7)
_SALT = "guidance.desk.preview"


def preview_url(kind: Kind, version: Version) -> str:
    """The whole address, to be sent to somebody; it holds from now on."""
    token = signing.dumps([kind.key, str(version.pk)], salt=_SALT)
    return settings.PUBLIC_URL + reverse("publishing:preview", args=[token])


@require_safe
def preview(request: HttpRequest, token: str) -> HttpResponse:
    at = timezone.now()
    found = _opened(request, token, at)
    if found is None:
        response = render(request, "guidance/preview_over.html", status=410)
    else:
        kind, version = found
        request.preview = version  # base.html says so above the page
        response = kind.page(request, version, at)
    return _kept_nowhere(response)


@require_safe
def preview_file(request: HttpRequest, token: str, kind: str) -> HttpResponse:
    """The file of a document, which nobody can guess the address of before it is published."""
    found = _opened(request, token, timezone.now())
    version = found and found[1]
    if not isinstance(version, DocumentVersion) or version.file is None:
        raise Http404
    return _kept_nowhere(as_file(request, version, kind))


def _opened(request: HttpRequest, token: str, at: datetime) -> tuple[Kind, Version] | None:
    """What the link opens at `at` for who has it; None where it is over."""
    found = _read(token)
    return None if found and found[1].has_ended(at) and not request.user.is_staff else found


def _read(token: str) -> tuple[Kind, Version] | None:
    """None where the link is too old, not ours, or about a draft that was thrown away."""
    try:
        key, pk = signing.loads(token, salt=_SALT, max_age=HOLDS_FOR)
    except signing.BadSignature:
        return None
    kind = next((kind for kind in KINDS if kind.key == key), None)
    version = kind and kind.model.objects.select_related("owner").filter(pk=pk).first()
    return (kind, version) if version else None


def _kept_nowhere(response: HttpResponse) -> HttpResponse:
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    response.headers["Referrer-Policy"] = "no-referrer"
    return response


def holds_until(at: datetime) -> datetime:
    return at + HOLDS_FOR
