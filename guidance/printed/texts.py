"""The words of printed sheets, a file per language in guidance/data/printed/."""

import json
from functools import cache
from pathlib import Path

from django.utils.translation import gettext as _

from .sheets import LANGUAGES

FOLDER = Path(__file__).parent.parent / "data" / "printed"


@cache
def words_in(code: str) -> dict:
    """The words of one language, and whether somebody who knows it has `reviewed` them."""
    return json.loads((FOLDER / f"{code}.json").read_text())


def languages_of(choice: str) -> list[dict]:
    """The words of each language on a sheet, the largest first."""
    return [words_in(code) for code in LANGUAGES[choice]]


def name_of(choice: str) -> str:
    """ "Arabiska och svenska"."""
    return _(" och ").join(words["name"] for words in languages_of(choice)).capitalize()


def is_reviewed(choice: str) -> bool:
    return all(words["reviewed"] for words in languages_of(choice))
