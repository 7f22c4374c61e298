"""Versions of rows that were written many at a time, which leaves none by itself."""

from collections.abc import Iterable

from django.db import transaction
from django.db.models import Model

from .branches import row_of
from .values import same_values


@transaction.atomic
def record_versions(models: Iterable[type[Model]]) -> None:
    """Of each row of those `models` that keep a history: a version, unless its last one says the
    same. Two queries for each model and the new versions; by nobody, so "automatiskt".
    """
    for model in models:
        if hasattr(model, "history"):
            _record_versions(model)


def _record_versions(model: type[Model]) -> None:
    key = model._meta.pk.attname
    last = {
        getattr(record, key): record
        for record in model.history.latest_of_each().order_by("history_id")
    }
    new, changed = [], []
    for row in model._base_manager.all():
        record = last.get(row.pk)
        if record is None or record.history_type == "-":
            new.append(row)
        elif not same_values(row, row_of(record)):
            changed.append(row)
    model.history.bulk_history_create(new)
    model.history.bulk_history_create(changed, update=True)
