"""Where files that were let in are kept: each under the hash of its content, as nobody named it."""

import hashlib
import logging
import re
import shutil
from collections.abc import Iterator
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

from django.conf import settings

from ..whole_files import written_whole

logger = logging.getLogger(__name__)

KINDS = ("pdf", "webp", "mp4", "webm")
POLICY = "sandbox; default-src 'none'; frame-ancestors 'none'"
"""The Content-Security-Policy of an answer with a file from here: nothing in it is run."""
PIECE = 64 * 1024  # bytes
_HASH = re.compile(r"[0-9a-f]{64}")


def put(path: Path, first_page: bytes) -> str:
    """Keep a copy of the file and the picture of its first page; return the hash."""
    with path.open("rb") as file:
        key = put_alone(file, "pdf")
    _keep(_place(key, "webp"), BytesIO(first_page))
    return key


def put_alone(file: BinaryIO, kind: str) -> str:
    """Keep a copy of a file that has no picture beside it; return the hash."""
    file.seek(0)
    key = hashlib.file_digest(file, "sha256").hexdigest()
    file.seek(0)
    _keep(_place(key, kind), file)
    return key


def _keep(place: Path, file: BinaryIO) -> None:
    if place.exists():
        place.touch()  # no stray any more
        return
    place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with written_whole(place) as copy:
        shutil.copyfileobj(file, copy)


def taken(key: str, kind: str) -> BinaryIO:
    """The file ("pdf") or the picture ("webp"), open. Raises FileNotFoundError."""
    return _found(key, kind).open("rb")


def size_of(key: str, kind: str) -> int:
    """In bytes. Raises FileNotFoundError."""
    return _found(key, kind).stat().st_size


def _found(key: str, kind: str) -> Path:
    place = _place(key, kind)
    if not place.exists():
        logger.error("An uploaded file is missing, put it back from a backup: %s", place)
        raise FileNotFoundError(place)
    return place


def pieces(key: str, kind: str, begins: int, ends: int) -> Iterator[bytes]:
    """The bytes from one to before another, a little at a time; opened when the first is asked."""
    with taken(key, kind) as file:
        file.seek(begins)
        while piece := file.read(min(PIECE, ends - file.tell())):
            yield piece


def throw_away(key: str) -> None:
    for kind in KINDS:
        _place(key, kind).unlink(missing_ok=True)


def throw_away_strays(known: set[str], *, before: datetime) -> int:
    """Throw away old files that no row knows, as a killed process leaves them; return how many."""
    files = (Path(settings.MEDIA_ROOT) / "documents").glob("??/*")
    strays = [
        file
        for file in files
        if file.name.partition(".")[0] not in known and file.stat().st_mtime < before.timestamp()
    ]
    for file in strays:
        file.unlink(missing_ok=True)
    return len(strays)


def _place(key: str, kind: str) -> Path:
    if not _HASH.fullmatch(key):
        raise FileNotFoundError(key)
    return Path(settings.MEDIA_ROOT) / "documents" / key[:2] / f"{key}.{kind}"
