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
    with NamedTemporaryFile(suffix=".upload") as copy:
        path = Path(copy.name)
        if upload.size > settings.UPLOAD_MOST_BYTES:
            yield path, refusal([Reason.TOO_LARGE])
            return
        shutil.copyfileobj(upload, copy)
        copy.flush()
        found = inspect(path)
        if may_clean and isinstance(found, Refusal) and found.is_cleanable:
            found = clean(path) or inspect(path)
        yield path, found
