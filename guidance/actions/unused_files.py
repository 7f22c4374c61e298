"""What was uploaded and no version has, or no row knows of: thrown away after a week."""

from datetime import datetime, timedelta

from django.db import models, transaction

from ..models import DocumentFile, FilmFile, Picture
from ..uploads import shelf

UNUSED_FOR = timedelta(days=7)
KINDS = (DocumentFile, Picture, FilmFile)


def forget_unused_files(at: datetime) -> int:
    """Throw away files, pictures and films that no version has had for a week, and what has lain
    that long without a row, as a killed process leaves it; return how many."""
    with transaction.atomic():
        keys = [key for model in KINDS for key in _forget(model, at)]
    for key in keys:
        shelf.throw_away(key)
    known = {key for model in KINDS for key in model.objects.values_list("pk", flat=True)}
    return len(keys) + shelf.throw_away_strays(known, before=at - UNUSED_FOR)


def _forget(model: type[models.Model], at: datetime) -> list[str]:
    rows = model.objects.filter(received_at__lt=at - UNUSED_FOR).order_by()
    for use in model._meta.get_fields(include_hidden=True):
        if use.one_to_many:
            versions, name = use.related_model.objects, use.field.name
            used = versions.filter(**{f"{name}__isnull": False}).order_by().values(name)
            rows = rows.exclude(pk__in=used)
    keys = [row.pk for row in rows.only("pk").select_for_update() if not _is_in_a_text(row)]
    model.objects.filter(pk__in=keys).delete()
    return keys


def _is_in_a_text(row: models.Model) -> bool:
    """A picture may be shown by its address too."""
    return isinstance(row, Picture) and any(found.exists() for found in row.shown_in())
