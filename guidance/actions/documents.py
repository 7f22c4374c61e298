"""Files of documents: let in once."""

from dataclasses import asdict
from datetime import datetime
from pathlib import Path

from ..models import DocumentFile
from ..uploads import shelf
from ..uploads.gate import Report


def keep_file(*, path: Path, report: Report, at: datetime) -> DocumentFile:
    """The row of the file at `path`, which was looked through; the same file is kept once."""
    found = asdict(report)
    key = shelf.put(path, found.pop("first_page"))
    row, _is_new = DocumentFile.objects.get_or_create(
        sha256=key, defaults={**found, "received_at": at}
    )
    return row
