"""A row of a pasted text as staff left it, and what is wrong with it."""

from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, time
from uuid import UUID, uuid5

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from ..hours_text import clock


class Becomes(models.TextChoices):
    """What a row of a pasted text is in the portal."""

    HOURS = "hours", _("öppet varje vecka")
    ACTIVITY = "activity", _("aktivitet")
    OTHER_HOURS = "other_hours", _("andra öppettider den dagen")
    CLOSED = "closed", _("stängt")
    CANCELLED = "cancelled", _("inställt den dagen")


@dataclass(frozen=True)
class PastedRow:
    """A row as staff left it; `number` names it within its page."""

    number: int
    becomes: str
    name: str
    first_day: date | None
    last_day: date | None
    weekday: int | None
    week_parity: str
    nth_in_month: int | None
    starts_at: time | None
    ends_at: time | None
    min_age_months: int | None
    max_age_months: int | None
    siblings: str
    sign_up: bool
    language: str
    song_at: time | None
    where: str

    @property
    def label(self) -> str:
        """ "Babyöppet, sång 14.00"."""
        song = _now("sång %(time)s") % {"time": clock(self.song_at)} if self.song_at else ""
        return ", ".join(filter(None, [self.name, song]))[:80]


class PastedRowError(ValidationError):
    """What is wrong with the row of that number."""

    def __init__(self, number: int, messages: list[str]):
        super().__init__(messages)
        self.number = number


@contextmanager
def refused(row: PastedRow):
    try:
        yield
    except ValidationError as error:
        raise PastedRowError(row.number, error.messages) from error


def hours_of(row: PastedRow) -> dict:
    """The fields of a slot."""
    names = ("min_age_months", "max_age_months", "siblings", "language", "label")
    return {"opens_at": row.starts_at, "closes_at": row.ends_at} | {
        name: getattr(row, name) for name in names
    }


def key_of(key: UUID, row: PastedRow) -> UUID:
    """The key of what the row becomes, when pasted under `key`."""
    return uuid5(key, f"row {row.number}")
