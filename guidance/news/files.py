"""The files of news and films, to those who can know their addresses.

An address is the hash of the content, so a draft's is known only to who has been shown the draft;
what has been withdrawn is there for no reader. Only the reader's own browser keeps a file.
"""

from django.db.models import Model
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.cache import get_conditional_response, patch_cache_control
from django.views.decorators.http import require_safe

from ..byte_ranges import OutsideError, part_asked_for
from ..captions import normalised
from ..models import FilmFile, FilmVersion, Picture
from ..uploads import shelf

A_DAY = 24 * 3600  # seconds


@require_safe
def picture_file(request: HttpRequest, key: str) -> HttpResponse:
    picture = get_object_or_404(Picture, pk=key)
    at = timezone.now()
    is_shown = any(versions.not_ended(at).exists() for versions in picture.shown_in())
    if not is_shown and not request.user.is_staff:
        raise Http404
    return _file(request, picture, "webp", "image/webp")


@require_safe
def film_file(request: HttpRequest, key: str, kind: str) -> HttpResponse:
    film = get_object_or_404(FilmFile, pk=key, kind=kind)
    if not FilmVersion.objects.not_ended(timezone.now()).filter(file=film).exists():
        raise Http404
    return _file(request, film, kind, film.content_type)


@require_safe
def captions_file(request: HttpRequest, pk) -> HttpResponse:
    version = get_object_or_404(FilmVersion.objects.not_ended(timezone.now()), pk=pk)
    response = HttpResponse(normalised(version.captions), content_type="text/vtt; charset=utf-8")
    patch_cache_control(response, private=True, max_age=60)
    return response


def _file(request: HttpRequest, row: Model, kind: str, content_type: str) -> HttpResponse:
    """The file or the part of it that is asked for, with nothing that a browser might run."""
    etag = f'"{row.pk}"'
    response = get_conditional_response(request, etag=etag)
    if response is None:
        response = _part(request, row.pk, kind, etag)
        response["Content-Type"] = content_type
    response["ETag"] = etag
    response["Accept-Ranges"] = "bytes"
    # A packed film cannot be wound: so that the middleware leaves it as it is.
    response["Content-Encoding"] = "identity"
    response["Content-Security-Policy"] = shelf.POLICY
    patch_cache_control(response, private=True, immutable=True, max_age=A_DAY)
    return response


def _part(request: HttpRequest, key: str, kind: str, etag: str) -> HttpResponse:
    try:
        size = shelf.size_of(key, kind)
    except FileNotFoundError:
        raise Http404 from None
    is_same = request.headers.get("If-Range", etag) == etag
    try:
        part = part_asked_for(request.headers.get("Range", ""), size) if is_same else None
    except OutsideError:
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{size}"})
    begins, ends = part or (0, size)
    response = StreamingHttpResponse(shelf.pieces(key, kind, begins, ends))
    response["Content-Length"] = str(ends - begins)
    if part:
        response.status_code = 206
        response["Content-Range"] = f"bytes {begins}-{ends - 1}/{size}"
    return response
