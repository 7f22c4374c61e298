"""How large the packed parts of a PDF become, counted without ever holding them."""

import zlib
from collections.abc import Iterator

from pikepdf import Array, Object, Pdf, PdfError, Stream

from ..reason import Reason

MOST_EXPANDED = 600 * 1024**2  # bytes, of all parts together
MOST_PIXELS = 200_000_000  # of one picture: a wall poster in print quality
_STEP = 256 * 1024
_FLATE = ("/FlateDecode", "/Fl")


def reasons_in(pdf: Pdf) -> Iterator[Reason]:
    total = 0
    for stream in (one for one in pdf.objects if isinstance(one, Stream)):
        if stream.get("/Subtype") == "/Image" and _pixels(stream) > MOST_PIXELS:
            yield Reason.EXPLODES
            return
        for size in _sizes(stream):
            total += size
            if total > MOST_EXPANDED:
                yield Reason.EXPLODES
                return


def _pixels(picture: Object) -> int:
    try:
        return int(picture.get("/Width", 0)) * int(picture.get("/Height", 0))
    except (TypeError, ValueError):
        return MOST_PIXELS + 1


def _sizes(stream: Object) -> Iterator[int]:
    """The sizes of the pieces that a stream unpacks to."""
    filters = stream.get("/Filter", [])
    names = [str(name) for name in (filters if isinstance(filters, Array) else [filters])]
    if names and all(name in _FLATE for name in names):
        pieces: Iterator[bytes] = iter([stream.read_raw_bytes()])
        for _name in names:
            pieces = _inflated(pieces)
        yield from map(len, pieces)
    elif len(names) > 1 or names[:1] in (["/LZWDecode"], ["/RunLengthDecode"]):
        yield len(_unpacked(stream))


def _inflated(pieces: Iterator[bytes]) -> Iterator[bytes]:
    unpacker = zlib.decompressobj()
    for piece in pieces:
        rest = piece
        while rest and not unpacker.eof:
            try:
                yield unpacker.decompress(rest, _STEP)
            except zlib.error:
                return
            rest = unpacker.unconsumed_tail


def _unpacked(stream: Object) -> bytes:
    """Rarer ways of packing, at once: the limit on memory holds."""
    try:
        return stream.read_bytes()
    except PdfError:
        return b""
