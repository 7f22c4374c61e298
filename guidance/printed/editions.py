"""The editions of sheets: made on first request, found again by the code that stands on them."""

import base64
import hashlib
from dataclasses import dataclass
from datetime import date, datetime
from importlib.metadata import version
from urllib.parse import urlencode

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from centres.models import FamilyCentre

from ..models import Edition
from .changes import what_changed
from .composing import SUPPORT_PATH, compose
from .facts import facts_of, facts_of_week
from .sheets import SHEETS, Sheet
from .shelf import kept_or_made
from .typesetting import typeset

CODE_LENGTH = 10


@dataclass(frozen=True)
class Print:
    """A sheet in a language with its facts; `key` is the hash of everything on it."""

    sheet: Sheet
    language: str
    centre: FamilyCentre | None
    facts: dict
    key: str

    @property
    def name(self) -> str:
        """What its file is called: "dorrskylt-hjallbo-vecka-48-ar-sv"."""
        week = self.facts.get("week")
        number = f"vecka-{date.fromisoformat(week).isocalendar().week}" if week else ""
        slug = self.centre.slug if self.centre else "goteborg"
        return "-".join(filter(None, (self.sheet.slug, slug, number, self.language)))

    @property
    def code(self) -> str:
        """Ten letters of base 32, fifty bits of the key: nobody has to keep two apart."""
        return base64.b32encode(bytes.fromhex(self.key)).decode().lower()[:CODE_LENGTH]

    def pdf(self, at: datetime) -> bytes:
        """The file; its edition is made at `at` unless there is one.

        Raises `BusyError` and `PrintingUnavailableError`.
        """
        edition = self.edition(at)
        return kept_or_made(self.key, lambda: typeset(self.html(edition), scale=self.sheet.scale))

    def edition(self, at: datetime) -> Edition:
        return Edition.objects.get_or_create(
            content_hash=self.key,
            defaults={
                "code": self.code,
                "sheet": self.sheet.slug,
                "language": self.language,
                "centre": self.centre,
                "facts": self.facts,
                "made_at": at,
            },
        )[0]

    def html(self, edition: Edition) -> str:
        return compose(
            self.sheet,
            self.language,
            self.facts,
            address=f"{settings.PUBLIC_URL}{edition.get_absolute_url()}",
            printed_on=timezone.localdate(edition.made_at),
        )


def print_of(
    sheet: Sheet, language: str, centre: FamilyCentre | None, at: datetime
) -> Print | None:
    """The sheet as it is at `at`, or None where there is none."""
    facts = facts_of(sheet, centre, at)
    if facts is None:
        return None
    content = compose(sheet, language, facts, address="", printed_on=None)
    said = "\n".join((content, settings.PUBLIC_URL, version("weasyprint")))
    return Print(sheet, language, centre, facts, hashlib.sha256(said.encode()).hexdigest())


def changes_of(edition: Edition, at: datetime) -> list[str]:
    """What of the printed sheet no longer holds at `at`; [] where all does.

    Only facts count: a poster is not old because posters look different today.
    """
    week = edition.facts.get("week")
    if edition.centre:
        now = facts_of_week(edition.centre, week and date.fromisoformat(week), at)
    else:
        now = None if edition.facts["name"] else facts_of(SHEETS["kort"], None, at)
    return what_changed(edition.facts, now, timezone.localdate(at))


def leads_to(edition: Edition) -> str:
    """A door sign to the page of its house, a card or poster to parents' support near there."""
    centre = edition.centre
    if "week" in edition.facts:
        is_seen = centre and centre.status != FamilyCentre.Status.IDEA
        return centre.get_absolute_url() if is_seen else reverse("centres:list")
    return f"{SUPPORT_PATH}?{urlencode({'plats': centre.name})}" if centre else SUPPORT_PATH
