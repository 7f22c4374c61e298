"""Lets a file in, or says why not. All of it is read in a process of its own (`isolated`)."""

import json
import subprocess  # with our own program and words only
import sys
from dataclasses import dataclass, fields
from pathlib import Path
from tempfile import TemporaryFile
from threading import Lock
from typing import BinaryIO

from django.conf import settings

from .reason import Reason
from .refusals import Refusal, refusal

LONGEST_WAIT = 20  # seconds
MOST_ANSWER = 4 * 1024**2  # bytes
MOST_PICTURE = 2 * 1024**2
# So the memory of all that are looked through at once is bounded too.
_one_at_a_time = Lock()


@dataclass(frozen=True)
class Report:
    """What was found in a PDF that may be let in. `first_page` is a WebP picture.

    `pages_read` is how many pages the text was taken from, `pages_without_text` how many of those
    have none (a scanned page is a picture); `figures` are pictures tagged as such.
    """

    size: int
    pages: int
    title: str
    language: str
    is_tagged: bool
    figures: int
    figures_without_text: int
    pages_read: int
    pages_without_text: int
    text: str
    first_page: bytes


@dataclass(frozen=True)
class Picture:
    """A picture drawn anew, as WebP."""

    width: int
    height: int
    content: bytes


def inspect(path: Path) -> Report | Refusal:
    with TemporaryFile() as picture:
        answer = _ask("inspect", path, picture)
        if isinstance(answer, Refusal):
            return answer
        first_page = _read(picture, MOST_PICTURE)
    found = {"size": path.stat().st_size, "first_page": first_page, **answer}
    return Report(**{field.name: field.type(found[field.name]) for field in fields(Report)})


def clean(path: Path) -> Refusal | None:
    """Make the file a cleaned copy of itself, to be inspected like any other."""
    with TemporaryFile() as copy:
        answer = _ask("clean", path, copy)
        if isinstance(answer, Refusal):
            return answer
        path.write_bytes(_read(copy, settings.UPLOAD_MOST_BYTES))
    return None


def inspect_picture(path: Path) -> Picture | Refusal:
    with TemporaryFile() as smaller:
        answer = _ask("picture", path, smaller)
        if isinstance(answer, Refusal):
            return answer
        content = _read(smaller, MOST_PICTURE)
    return Picture(int(answer["width"]), int(answer["height"]), content)


def _ask(task: str, path: Path, output: BinaryIO) -> dict | Refusal:
    """What the process answers. Its files have no names: whatever ends it, none is left."""
    if path.stat().st_size > settings.UPLOAD_MOST_BYTES:
        return refusal([Reason.TOO_LARGE])
    with _one_at_a_time, path.open("rb") as file, TemporaryFile() as answer:
        try:
            done = subprocess.run(  # noqa: S603
                _command(task, output),
                **{"stdin": file, "stdout": answer, "stderr": subprocess.DEVNULL},
                **{"pass_fds": [output.fileno()], "cwd": settings.BASE_DIR, "env": {}},
                timeout=LONGEST_WAIT,
                check=False,
            )
        except subprocess.TimeoutExpired:
            return refusal([Reason.TOO_HEAVY])
        return _understood(done.returncode, _read(answer, MOST_ANSWER))


def _command(task: str, output: BinaryIO) -> list[str]:
    program = [sys.executable, "-E", "-s", "-B", "-m", "guidance.uploads.isolated"]
    return [*program, task, str(output.fileno()), str(settings.UPLOAD_MOST_BYTES)]


def _read(file: BinaryIO, most: int) -> bytes:
    file.seek(0)
    return file.read(most)


def _understood(code: int, written: bytes) -> dict | Refusal:
    """A process that was stopped, by a limit or by its own fault, has met too heavy a file."""
    if code != 0:
        return refusal([Reason.TOO_HEAVY])
    answer = json.loads(written)
    if "refused" in answer:
        return refusal(Reason(reason) for reason in answer["refused"])
    return answer
