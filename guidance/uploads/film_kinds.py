"""What kind of film a file is, by what it holds from its first byte to its last. Pure.

An MP4 is boxes that follow each other to the very end, with a description (moov) and pictures and
sound (mdat). A WebM is a head that says so and one segment that reaches the end.
"""

from typing import BinaryIO

MP4, WEBM = "mp4", "webm"
_BOXES = frozenset(
    b"ftyp moov mdat free skip wide moof sidx ssix mfra styp meta uuid udta pdin emsg prft".split()
)
_MOST_BOXES = 50_000
_EBML, _SEGMENT = b"\x1a\x45\xdf\xa3", b"\x18\x53\x80\x67"
_WEBM_SAID = b"\x42\x82\x84webm"


def kind_of(file: BinaryIO, size: int) -> str | None:
    """`MP4`, `WEBM` or None. Only heads are read, however large the file is."""
    if _is_mp4(file, size):
        return MP4
    return WEBM if _is_webm(file, size) else None


def _is_mp4(file: BinaryIO, size: int) -> bool:
    at, found = 0, []
    while at < size and len(found) < _MOST_BOXES:
        file.seek(at)
        head = file.read(16)
        length, name = int.from_bytes(head[:4]), head[4:8]
        if length == 1:
            length = int.from_bytes(head[8:16])
        elif length == 0:
            length = size - at
        if name not in _BOXES or length < 8:
            return False
        found.append(name)
        at += length
    return at == size and found[:1] == [b"ftyp"] and {b"moov", b"mdat"} <= set(found)


def _is_webm(file: BinaryIO, size: int) -> bool:
    file.seek(0)
    head = file.read(256)
    if not head.startswith(_EBML):
        return False
    length, begins = _number(head[4:])
    segment = 4 + begins + length
    if _WEBM_SAID not in head[4 + begins : segment]:
        return False
    after = head[segment:]
    if not after.startswith(_SEGMENT):
        return False
    rest, taken = _number(after[4:])
    return taken > 0 and (rest == _unknown(taken) or segment + 4 + taken + rest == size)


def _number(data: bytes) -> tuple[int, int]:
    """A number of EBML, and of how many bytes it is made; (0, 0) where there is none."""
    taken = 9 - data[0].bit_length() if data and data[0] else 0
    if not 1 <= taken <= len(data):
        return 0, 0
    return int.from_bytes(data[:taken]) & ~(1 << 7 * taken), taken


def _unknown(taken: int) -> int:
    """All ones: the length was not known when the film was begun."""
    return (1 << 7 * taken) - 1
