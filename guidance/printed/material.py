"""The sheets that can be had, as lists show them."""

from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse

from centres.models import FamilyCentre

from .facts import has_sheet
from .sheets import LANGUAGES, SHEETS, Sheet
from .texts import is_reviewed, name_of


@dataclass(frozen=True)
class Choice:
    """A sheet in a language and where its PDF is."""

    language: str
    url: str
    is_reviewed: bool


def material_of(centre: FamilyCentre | None, at: datetime) -> list[tuple[Sheet, list[Choice]]]:
    """The sheets of a house, or of the whole city, each with its languages."""
    sheets = (sheet for sheet in SHEETS.values() if has_sheet(sheet, centre, at))
    return [(sheet, [_choice(sheet, code, centre) for code in LANGUAGES]) for sheet in sheets]


def _choice(sheet: Sheet, code: str, centre: FamilyCentre | None) -> Choice:
    if centre:
        url = reverse("printed:centre_pdf", args=[centre.slug, sheet.slug, code])
    else:
        url = reverse("printed:pdf", args=[sheet.slug, code])
    return Choice(name_of(code), url, is_reviewed(code))
