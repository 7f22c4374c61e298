"""Uploads of news and films: let in, or refused with what to do."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from tempfile import NamedTemporaryFile

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile

from ..actions.media import keep_film, keep_picture
from ..models import FilmFile, Picture
from ..uploads.film_kinds import kind_of
from ..uploads.gate import inspect_picture
from ..uploads.reason import Reason
from ..uploads.refusals import Refusal, refusal


def picture_let_in(upload: UploadedFile, at: datetime) -> Picture | Refusal:
    """Drawn anew, in a process apart: nothing of the file itself is kept."""
    if refused := _size_refused(upload):
        return refused
    with _copy_of(upload) as path:
        found = inspect_picture(path)
    return found if isinstance(found, Refusal) else keep_picture(found, at=at)


def film_let_in(upload: UploadedFile, at: datetime) -> FilmFile | Refusal:
    if refused := _size_refused(upload):
        return refused
    kind = kind_of(upload.file, upload.size)
    return keep_film(upload.file, kind, at=at) if kind else refusal([Reason.NOT_FILM])


def _size_refused(upload: UploadedFile) -> Refusal | None:
    if upload.size > settings.UPLOAD_MOST_BYTES:
        return refusal([Reason.TOO_LARGE])
    return None if upload.size else refusal([Reason.EMPTY])


@contextmanager
def _copy_of(upload: UploadedFile) -> Iterator[Path]:
    with NamedTemporaryFile(suffix=".upload") as copy:
        shutil.copyfileobj(upload, copy)
        copy.flush()
        yield Path(copy.name)
