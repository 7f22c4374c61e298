"""Pictures and films: let in once."""

from datetime import datetime
from io import BytesIO
from typing import BinaryIO

from ..models import FilmFile, Picture
from ..uploads import shelf
from ..uploads.gate import Picture as DrawnPicture


def keep_picture(drawn: DrawnPicture, *, at: datetime) -> Picture:
    """The row of a picture that was drawn anew; the same one is kept once."""
    key = shelf.put_alone(BytesIO(drawn.content), "webp")
    size = {"width": drawn.width, "height": drawn.height}
    return Picture.objects.get_or_create(pk=key, defaults={**size, "received_at": at})[0]


def keep_film(file: BinaryIO, kind: str, *, at: datetime) -> FilmFile:
    """The row of a film that was looked through."""
    key = shelf.put_alone(file, kind)
    size = {"kind": kind, "size": shelf.size_of(key, kind)}
    return FilmFile.objects.get_or_create(pk=key, defaults={**size, "received_at": at})[0]
