"""What can be seen of a PDF without parsing it: that it is one from its first byte to its last.

1. It begins with %PDF- and a version; what begins with anything else may be run or shown as that.
2. It ends with %%EOF and blanks.
3. It is not also an archive, read from its end or from some place inside, nor a web page.
"""

import io
import re
import zipfile
from collections.abc import Iterator

from ..reason import Reason

_BEGINNING = re.compile(rb"%PDF-[12]\.\d[\s%]")
_END = re.compile(rb"%%EOF[\s\x00]*\Z")
_OTHER_KINDS = re.compile(
    rb"<script[\s>]|<!doctype\s+html|<html[\s>]|<svg\s+xmlns|<\?php\s|Rar!\x1a\x07|"
    rb"7z\xbc\xaf\x27\x1c\x00",
    re.IGNORECASE,
)
_TAR, _ISO = (257, b"ustar"), (0x8001, b"CD001")


def reasons_of(content: bytes) -> Iterator[Reason]:
    if not content:
        yield Reason.EMPTY
        return
    if not _BEGINNING.match(content):
        yield Reason.NOT_PDF
        return
    if not _END.search(content, max(0, len(content) - 1024)):
        yield Reason.TRAILING if b"%%EOF" in content else Reason.DAMAGED
    if _is_another_kind(content):
        yield Reason.TWO_KINDS


def _is_another_kind(content: bytes) -> bool:
    at_its_place = any(content[place:].startswith(mark) for place, mark in (_TAR, _ISO))
    return (
        at_its_place
        or zipfile.is_zipfile(io.BytesIO(content))
        or _OTHER_KINDS.search(content) is not None
    )
