"""Finished sheets on disk, each under the hash of its content: made once, the oldest removed."""

import fcntl
import logging
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import BoundedSemaphore

from django.conf import settings

from ..whole_files import written_whole

logger = logging.getLogger(__name__)

MOST_SHEETS = 400
LONGEST_WAIT = 8  # seconds
LANES = 2
# Of a process's four threads two may be busy with print; the others go on serving pages.
_places = BoundedSemaphore(2)


class BusyError(Exception):
    """So much is being printed that this has to be asked for again."""


def kept_or_made(key: str, make: Callable[[], bytes]) -> bytes:
    """The sheet with the content hash `key`, made by `make` unless it is there.

    Two who ask for the same at once wait for one and the same; two different ones are made at a
    time, in all processes together. Raises `BusyError`, and whatever `make` raises.
    """
    path = _folder() / f"{key}.pdf"
    if (kept := _kept(path)) is not None:
        return kept
    with _turn(key):
        if (kept := _kept(path)) is not None:
            return kept
        made = make()
        try:
            _keep(path, made)
        except OSError:
            logger.exception("A sheet could not be kept")
    return made


def _folder() -> Path:
    folder = Path(settings.VAR_DIR) / "printed"
    folder.mkdir(mode=0o700, exist_ok=True)
    return folder


def _kept(path: Path) -> bytes | None:
    try:
        kept = path.read_bytes()
        os.utime(path)  # the one that is asked for stays longest
    except FileNotFoundError:
        return None
    return kept


def _keep(path: Path, made: bytes) -> None:
    with written_whole(path) as file:
        file.write(made)
    _throw_away_oldest(path.parent)


def _throw_away_oldest(folder: Path) -> None:
    """What a killed process left half-written goes the same way."""
    ages = []
    for path in [*folder.glob("*.pdf"), *folder.glob("*.new")]:
        with suppress(FileNotFoundError):
            ages.append((path.stat().st_mtime, path))
    for _age, path in sorted(ages)[: max(len(ages) - MOST_SHEETS, 0)]:
        path.unlink(missing_ok=True)


@contextmanager
def _turn(key: str) -> Iterator[None]:
    """One sheet at a time in each lane; the same sheet always in the same lane."""
    if not _places.acquire(blocking=False):
        raise BusyError
    try:
        with open(_folder() / f"{int(key[:8], 16) % LANES}.lane", "w") as lane:
            _wait_for(lane)
            yield
    finally:
        _places.release()


def _wait_for(lane) -> None:
    give_up = time.monotonic() + LONGEST_WAIT
    while True:
        try:
            return fcntl.flock(lane, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() > give_up:
                raise BusyError from None
            time.sleep(0.05)
