"""What somebody saw when a form was made, in a few characters, so that a later save can tell.

A form carries its version. When the same thing has another version as the form comes back, somebody
else has saved in between: both versions are shown, and nothing is overwritten silently. Equal
values have equal versions, so that a save which changed nothing disturbs nobody.
"""

import hashlib


def version_of(*values: object) -> str:
    """A short mark of plain values: dataclasses, texts, numbers, dates and lists of them."""
    return hashlib.sha256(repr(values).encode()).hexdigest()[:20]


def version_of_row(row, *parts: str) -> str:
    """The version of a row's own values, and of those of the rows under the names `parts`."""
    under = [sorted(_values(part) for part in getattr(row, name).all()) for name in parts]
    return version_of(_values(row), *under)


def _values(row) -> str:
    return repr([str(getattr(row, field.attname)) for field in row._meta.concrete_fields])
