"""Pictures and films: let in once, thrown away when no version has them."""

from datetime import datetime
from io import BytesIO
from typing import BinaryIO

from django.db import models, transaction

from ..models import ArticleVersion, FilmFile, FilmVersion, Picture
from ..uploads import shelf
from ..uploads.gate import Picture as DrawnPicture
from .documents import UNUSED_FOR


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


@transaction.atomic
def forget_unused_media(at: datetime) -> int:
    """Throw away pictures and films that no version has had for a week; return how many."""
    pictures = Picture.objects.exclude(pk__in=_used(ArticleVersion, "picture")).exclude(
        pk__in=_used(FilmVersion, "poster")
    )
    films = FilmFile.objects.exclude(pk__in=_used(FilmVersion, "file"))
    return _forget(pictures, at) + _forget(films, at)


def _used(model: type[models.Model], name: str) -> models.QuerySet:
    return model.objects.filter(**{f"{name}__isnull": False}).order_by().values(name)


def _forget(rows: models.QuerySet, at: datetime) -> int:
    old = rows.select_for_update().filter(received_at__lt=at - UNUSED_FOR)
    keys = list(old.values_list("pk", flat=True))
    rows.model.objects.filter(pk__in=keys).delete()
    for key in keys:
        shelf.throw_away(key)
    return len(keys)
