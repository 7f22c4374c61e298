"""Which part of a file a browser asks for, so that a film can be wound to any place. Pure.

HTTP's `Range`, of one part only: `bytes=0-499`, `bytes=500-`, `bytes=-500` (the last 500).
"""

import re

_RANGE = re.compile(r"bytes=(\d{0,18})-(\d{0,18})", re.ASCII)


class OutsideError(ValueError):
    """The part asked for begins after the end of the file."""


def part_asked_for(header: str, size: int) -> tuple[int, int] | None:
    """The first byte and the one after the last; None where the whole file is to be sent.

    What is not understood, or asks for several parts, is answered with the whole file, as HTTP
    lets one do.
    """
    match = _RANGE.fullmatch(header.strip())
    if match is None or not any(match.groups()):
        return None
    first, last = match.groups()
    if not first:
        begins, ends = max(size - int(last), 0), size
    else:
        begins, ends = int(first), min(int(last) + 1, size) if last else size
    if first and last and int(last) < int(first):
        return None
    if begins >= size:
        raise OutsideError(header)
    return begins, ends
