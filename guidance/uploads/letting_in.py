"""An upload on its way in: put in a file whose name nobody has chosen, and looked through."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import NamedTemporaryFile

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile

from .gate import Report, clean, inspect
from .reason import Reason
from .refusals import Refusal, refusal


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
