"""`python -m guidance.uploads.isolated TASK OUTPUT MOST_BYTES`: see the package."""

import json
import resource
import sys
from collections.abc import Callable
from typing import BinaryIO

from ..reason import Reason, RefusedError

MEMORY = 640 * 1024**2  # bytes of address space
PROCESSOR = 10  # seconds


def hold_back(most_bytes: int) -> None:
    """Take away what a file that is taken apart has no need of."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (PROCESSOR, PROCESSOR + 1))
    resource.setrlimit(resource.RLIMIT_FSIZE, (most_bytes, most_bytes))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_NOFILE, (32, 32))


def task_named(name: str) -> Callable[[bytes, BinaryIO], dict]:
    """Loaded when it is needed: after the limits are set, and without what the others need."""
    match name:
        case "inspect":
            from .inspecting import inspect as task
        case "clean":
            from .cleaning import clean as task
        case "picture":
            from .picture import shrink as task
    return task


def main(name: str, output: str, most_bytes: str) -> None:
    hold_back(int(most_bytes))
    try:
        with open(int(output), "wb") as file:
            answer = task_named(name)(sys.stdin.buffer.read(), file)
    except RefusedError as error:
        answer = {"refused": list(error.reasons)}
    except MemoryError:
        answer = {"refused": [Reason.TOO_HEAVY]}
    json.dump(answer, sys.stdout)


main(*sys.argv[1:])
