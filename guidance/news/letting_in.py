"""Uploads of news and films: let in, or refused with what to do."""

from datetime import datetime

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile

from ..actions.media import keep_film, keep_picture
from ..models import FilmFile, Picture
from ..uploads.film_kinds import kind_of
from ..uploads.gate import inspect_picture
from ..uploads.letting_in import copy_of, refused_when_full, size_refused
from ..uploads.reason import Reason
from ..uploads.refusals import Refusal, refusal


@refused_when_full
def picture_let_in(upload: UploadedFile, at: datetime) -> Picture | Refusal:
    """Drawn anew, in a process apart: nothing of the file itself is kept."""
    if refused := size_refused(upload):
        return refused
    with copy_of(upload) as path:
        found = inspect_picture(path)
    return found if isinstance(found, Refusal) else keep_picture(found, at=at)


@refused_when_full
def film_let_in(upload: UploadedFile, at: datetime) -> FilmFile | Refusal:
    if upload.size > settings.FILM_MOST_BYTES:
        return refusal([Reason.FILM_TOO_LARGE])
    if not upload.size:
        return refusal([Reason.EMPTY])
    kind = kind_of(upload.file, upload.size)
    return keep_film(upload.file, kind, at=at) if kind else refusal([Reason.NOT_FILM])
