"""Files of documents: let in once, thrown away when no version has them."""

from dataclasses import asdict
from datetime import datetime, timedelta
from pathlib import Path

from django.db import transaction

from ..models import DocumentFile
from ..uploads import shelf
from ..uploads.gate import Report

UNUSED_FOR = timedelta(days=7)


def keep_file(*, path: Path, report: Report, at: datetime) -> DocumentFile:
    """The row of the file at `path`, which was looked through; the same file is kept once."""
    found = asdict(report)
    key = shelf.put(path, found.pop("first_page"))
    row, _is_new = DocumentFile.objects.get_or_create(
        sha256=key, defaults={**found, "received_at": at}
    )
    return row


@transaction.atomic
def forget_unused_files(at: datetime) -> int:
    """Throw away files that no version has had for a week; return how many."""
    old = DocumentFile.objects.select_for_update(of=("self",)).filter(
        versions=None, received_at__lt=at - UNUSED_FOR
    )
    keys = list(old.values_list("sha256", flat=True))
    DocumentFile.objects.filter(sha256__in=keys).delete()
    for key in keys:
        shelf.throw_away(key)
    return len(keys)
