import io

import pytest

from guidance.example_texts import FILMS
from guidance.uploads.film_kinds import kind_of

FILM = (FILMS / "allt-i-samma-hus.mp4").read_bytes()
HEAD = b"\x1a\x45\xdf\xa3\x87\x42\x82\x84webm"


def box(name: bytes, content: bytes = b"") -> bytes:
    return (8 + len(content)).to_bytes(4) + name + content


def segment(length: bytes, content: bytes = b"") -> bytes:
    return b"\x18\x53\x80\x67" + length + content


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (FILM, "mp4"),
        (box(b"ftyp", b"isom") + box(b"moov") + box(b"mdat", b"x" * 50), "mp4"),
        (box(b"ftyp", b"isom") + box(b"moov") + b"\0\0\0\0mdat" + b"x" * 50, "mp4"),
        (HEAD + segment(b"\x83", b"abc"), "webm"),
        (HEAD + segment(b"\x01" + b"\xff" * 7, b"abc"), "webm"),
        (b"", None),
        (b"<html><script>", None),
        (b"\x89PNG\r\n\x1a\n" + b"\0" * 40, None),
        (FILM[:-100], None),
        (FILM + b"<script>", None),
        (box(b"ftyp", b"isom") + box(b"mdat"), None),
        (box(b"ftyp", b"isom") + box(b"moov") + box(b"evil") + box(b"mdat"), None),
        (b"\0\0\0\1ftyp" + b"\0" * 8, None),
        (HEAD.replace(b"webm", b"mkvv") + segment(b"\x83", b"abc"), None),
        (HEAD + segment(b"\x83", b"abcdef"), None),
        (HEAD, None),
        (HEAD[:4], None),
        (HEAD[:4] + b"\0\0\0", None),
    ],
)
def test_kind_of_film(content, kind):
    assert kind_of(io.BytesIO(content), len(content)) == kind
