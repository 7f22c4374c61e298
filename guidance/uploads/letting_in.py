"""An upload on its way in: put in a file whose name nobody has chosen, and looked through."""

import logging
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from pathlib import Path
from tempfile import NamedTemporaryFile

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile

from .gate import Report, clean, inspect
from .reason import Reason
from .refusals import Refusal, refusal

logger = logging.getLogger(__name__)


def refused_when_full(let_in: Callable) -> Callable:
    """What lets a file in, or refuses it because the disk does not take it."""

    @wraps(let_in)
    def let_in_or_refused(*args, **kwargs):
        try:
            return let_in(*args, **kwargs)
        except OSError:
            logger.exception("An upload could not be kept")
            return refusal([Reason.NOT_KEPT])

    return let_in_or_refused


@contextmanager
def looked_through(
    upload: UploadedFile, *, may_clean: bool
) -> Iterator[tuple[Path, Report | Refusal]]:
    """The file, there as long as the context, and what was found in it.

    With `may_clean` the file is a cleaned copy where that was needed and possible.
    """
    with copy_of(upload) as path:
        found = size_refused(upload) or inspect(path)
        if may_clean and isinstance(found, Refusal) and found.is_cleanable:
            found = clean(path) or inspect(path)
        yield path, found


def size_refused(upload: UploadedFile) -> Refusal | None:
    """A file beyond the limit has arrived empty (`receiving`); `size` is what it was."""
    if upload.size > settings.UPLOAD_MOST_BYTES:
        return refusal([Reason.TOO_LARGE])
    return None if upload.size else refusal([Reason.EMPTY])


@contextmanager
def copy_of(upload: UploadedFile) -> Iterator[Path]:
    with NamedTemporaryFile(suffix=".upload") as copy:
        shutil.copyfileobj(upload, copy)
        copy.flush()
        yield Path(copy.name)
