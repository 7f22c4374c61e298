"""One object of a facts file, which says where it stands when something in it is wrong."""

import json
import re
from dataclasses import dataclass, field
from datetime import date, time
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Model

from services.validators import FIRST_DAY, LAST_DAY

_REQUIRED: Any = object()
_NO_CHARACTER = re.compile("[\0\ud800-\udfff]")


class FactsError(ValueError):
    """Something in a facts file is wrong. The message names the file and the row."""


def read_json(path: Path) -> "Row":
    """The whole file as a row."""
    try:
        values = json.loads(path.read_text(encoding="utf-8"), parse_int=_whole_number)
        return Row(values, path.name)
    except OSError as error:
        raise FactsError(f"{path}: cannot be read ({error.strerror})") from error
    except UnicodeDecodeError as error:
        raise FactsError(f"{path.name}: is not UTF-8 text (byte {error.start})") from error
    except json.JSONDecodeError as error:
        where = f"line {error.lineno}, column {error.colno}"
        raise FactsError(f"{path.name}: is not JSON ({error.msg}, {where})") from error
    except RecursionError as error:
        raise FactsError(f"{path.name}: has lists within lists too deep to read") from error


def _whole_number(digits: str) -> int | float:
    """Python refuses to read thousands of digits; as a float they reach their row, which does."""
    return int(digits) if len(digits) < 20 else float(digits)


@dataclass
class Row:
    """Reads the keys of `values` one by one; a key that nobody has read is refused by `finish`.

    A key without a default must be there. The default stands for a missing key and for null.
    """

    values: dict
    where: str
    _unread: set = field(init=False, repr=False)

    def __post_init__(self):
        if not isinstance(self.values, dict):
            self.refuse("must be an object with keys")
        self._unread = set(self.values)

    def refuse(self, message: str):
        raise FactsError(f"{self.where}: {message}")

    def finish(self) -> None:
        if self._unread:
            self.refuse(f"unknown key {sorted(self._unread)[0]!r}")

    def _get(self, key: str, kind: type, described: str, default):
        self._unread.discard(key)
        if key not in self.values and default is _REQUIRED:
            self.refuse(f"missing key {key!r}")
        value = self.values.get(key)
        if value is None and default is not _REQUIRED:
            return default
        if not isinstance(value, kind) or (isinstance(value, bool) and kind is not bool):
            self.refuse(f"{key!r} must be {described}, not {value!r}")
        return value

    def text(
        self, key: str, default=_REQUIRED, *, of: type[Model] | None = None, column: str = ""
    ) -> str:
        """A text that fits a column of the model `of`: the one of the same name, or `column`."""
        value = self._get(key, str, "a text", default)
        if default is _REQUIRED and not value.strip():
            self.refuse(f"{key!r} is empty")
        self._refuse_unwritable(key, value)
        if of and value:
            try:
                of._meta.get_field(column or key).run_validators(value)
            except ValidationError as error:
                self.refuse(f"bad {key} {value!r}: {' '.join(error.messages)}")
        return value

    def _refuse_unwritable(self, key: str, value: str | None) -> None:
        """JSON can spell what no database takes: NUL and halves of characters."""
        if value and _NO_CHARACTER.search(value):
            self.refuse(f"bad {key} {value!r}: holds what is no character")

    def one_of(self, key: str, choices, described: str, default=_REQUIRED) -> str:
        value = self.text(key, default)
        if value is not None and value not in choices:
            self.refuse(f"unknown {described} {value!r}")
        return value

    def number(self, key: str, first: int, last: int, default=_REQUIRED) -> int:
        """A whole number from `first` to `last`, both included."""
        value = self._get(key, int, "a whole number", default)
        if value is not None and not first <= value <= last:
            self.refuse(f"bad number in {key!r}: {value} is not between {first} and {last}")
        return value

    def answer(self, key: str, default=None) -> bool | None:
        """Yes, no or not stated."""
        return self._get(key, bool, "true, false or null", default)

    def day(self, key: str, default=_REQUIRED) -> date:
        value = self._parsed(key, date.fromisoformat, "date", "2024-01-31", default)
        if value and not FIRST_DAY <= value <= LAST_DAY:
            self.refuse(f"bad date in {key!r}: {value} is not between {FIRST_DAY} and {LAST_DAY}")
        return value

    def clock(self, key: str) -> time:
        return self._parsed(key, time.fromisoformat, "time", "09:30", _REQUIRED)

    def _parsed(self, key: str, parse, described: str, like: str, default):
        value = self.text(key, default)
        if value is None:
            return None
        try:
            if len(value) == len(like):
                return parse(value)
        except ValueError:
            pass
        return self.refuse(f"bad {described} in {key!r}: {value!r} is not like {like}")

    def row(self, key: str, default=_REQUIRED) -> "Row":
        return Row(self._get(key, dict, "an object", default), f"{self.where}, {key}")

    def rows(self, key: str, default=_REQUIRED) -> list["Row"]:
        """The objects of a list, each named by its place and, where it has one, its slug."""
        values = self._get(key, list, "a list", default)
        return [
            Row(value, f"{self.where}, {key}[{n}]{_label(value)}") for n, value in enumerate(values)
        ]

    def named_rows(self, key: str, default=_REQUIRED) -> dict[str, "Row"]:
        """The objects of an object, by their names."""
        values = self._get(key, dict, "an object", default)
        return {
            name: Row(value, f"{self.where}, {key}[{name!r}]") for name, value in values.items()
        }

    def texts(self, key: str, default=_REQUIRED) -> list[str]:
        values = self._get(key, list, "a list", default)
        if not all(isinstance(value, str) and value.strip() for value in values):
            self.refuse(f"{key!r} must be a list of texts")
        for value in values:
            self._refuse_unwritable(key, value)
        return values


def _label(value) -> str:
    slug = value.get("slug") if isinstance(value, dict) else None
    return f" ({slug})" if isinstance(slug, str) and slug.isprintable() else ""


def refuse_twins(rows: list[Row], key: str) -> None:
    """Refuse the second row with the same value of `key`."""
    seen = set()
    for row in rows:
        value = row.values.get(key)
        if isinstance(value, str) and value in seen:
            row.refuse(f"duplicate {key} {value!r}")
        seen.add(value if isinstance(value, str) else None)
