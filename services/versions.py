"""What somebody saw when a form was made, in a few characters, so that a later save can tell.

A form carries its version. When the same thing has another version as the form comes back, somebody
else has saved in between: both versions are shown, and nothing is overwritten silently. Equal
values have equal versions, so that a save which changed nothing disturbs nobody.
"""

import hashlib
from collections.abc import Collection

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _


def version_of(*values: object) -> str:
    """A short mark of plain values: dataclasses, texts, numbers, dates and lists of them."""
    return hashlib.sha256(repr(values).encode()).hexdigest()[:20]


def version_of_row(row, *parts: str, without: Collection[str] = ()) -> str:
    """The version of a row's own values, and of those of the rows under the names `parts`."""
    under = [sorted(_values(part) for part in getattr(row, name).all()) for name in parts]
    return version_of(_values(row, without), *under)


def hold(row) -> None:
    """Keep others from changing the row until the transaction ends.

    Unordered: a lock reaches no table that the model's order would join in (PostgreSQL refuses).
    """
    rows = type(row)._base_manager.filter(pk=row.pk).order_by()
    list(rows.select_for_update(no_key=True))


def last_saved(row) -> str:
    """Who last saved the row, and when: "Anna Exempel 8.02"."""
    return who_and_when(row.history.select_related("history_user").first())


def who_and_when(record) -> str:
    """Of a row of change history: "Anna Exempel 8.02", "Någon 22 november 16.40"; "" of None."""
    if record is None:
        return ""
    at = timezone.localtime(record.history_date)
    is_today = at.date() == timezone.localdate()
    return (
        f"{record.history_user or _('Någon')} {date_format(at, 'G.i' if is_today else 'j F G.i')}"
    )


def _values(row, without: Collection[str] = ()) -> str:
    fields = [field for field in row._meta.concrete_fields if field.name not in without]
    return repr([str(getattr(row, field.attname)) for field in fields])
