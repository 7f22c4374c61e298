"""The one place that is told when what readers meet has changed.

Every write says so here, in its own transaction: `changed(row)` after a save, `remove(row)` to
delete, `everything_changed()` after writing many rows at once. Who keeps copies of content listens;
a listener that fails takes the write back with it, so that no copy is ever older than its source.
"""

from collections.abc import Callable
from copy import copy

from django.db.models import Model, QuerySet

Listener = Callable[[tuple[Model, ...] | None], None]
_listeners: list[Listener] = []


def listen(listener: Listener) -> None:
    """Call `listener` with the rows that have changed or are gone; with None when all may have."""
    if listener not in _listeners:
        _listeners.append(listener)


def changed(*rows: Model) -> None:
    for listener in _listeners:
        listener(rows)


def remove(row: Model) -> None:
    """Delete the row, and tell of it as it was: a deleted row has lost its key."""
    gone = copy(row)
    row.delete()
    changed(gone)


def remove_all(rows: QuerySet) -> None:
    """Delete the rows of a queryset, and tell of each as it was."""
    gone = [copy(row) for row in rows]
    rows.delete()
    changed(*gone)


def everything_changed() -> None:
    for listener in _listeners:
        listener(None)
