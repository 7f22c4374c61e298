"""A sheet as HTML: facts and words put together, ready for setting.

Everything that is seen stands in the document itself, so that its hash tells whether anything has
changed: facts, words, drawings, colours and styles.
"""

from datetime import date
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.staticfiles import finders
from django.template.loader import render_to_string

from centres.house_sign import house_sign
from services.models import Service

from . import drawing
from .door_sign import door_sign
from .sheets import Sheet
from .texts import languages_of

SUPPORT_PATH = "/foraldrastod/"
ROOM_FOR_PLACE = 60  # characters of name and address beside the code; more is set smaller


def compose(
    sheet: Sheet, language: str, facts: dict, *, address: str, printed_on: date | None
) -> str:
    """The document; `address` is where its code leads and `printed_on` when it was made."""
    languages = languages_of(language)
    context = {
        "sheet": sheet,
        "languages": languages,
        "first": languages[0],
        "facts": facts,
        "styles": _styles(sheet),
        "square": drawing.square(address) if address else "",
        "address": address,
        "printed_on": printed_on.isoformat() if printed_on else "",
    }
    if sheet.is_door_sign:
        context |= {**door_sign(facts, languages), **_house(facts, languages[0])}
        return render_to_string("printed/door_sign.html", context)
    return render_to_string("printed/poster.html", context | _poster(facts, languages))


def _poster(facts: dict, languages: list[dict]) -> dict:
    """The house with a window for each service, then the empty ones of core services."""
    public = urlsplit(settings.PUBLIC_URL)
    return {
        "windows": [
            (kind, [(words, words["services"][kind]) for words in languages])
            for kind in facts["kinds"]
        ],
        "empty_windows": [str(k) for k in Service.CORE_KINDS if k not in facts["kinds"]],
        "support_address": f"{public.netloc}{SUPPORT_PATH.rstrip('/')}",
        "is_long": len(facts["name"] + facts["address"]) > ROOM_FOR_PLACE,
    }


def _house(facts: dict, first: dict) -> dict:
    """The sign of this very house, and what is in it in words."""
    label = ", ".join(first["services"][kind] for kind in facts["kinds"])
    sign = house_sign(facts["kinds"], [str(kind) for kind in Service.CORE_KINDS], label)
    return {"house": drawing.house(sign), "house_label": label}


@cache
def _styles(sheet: Sheet) -> str:
    """The portal's colours, a rule for each service and the sheet's own files."""
    own = "door_sign.css" if sheet.is_door_sign else "poster.css"
    files = [finders.find(f"css/printed/{name}") for name in ("sheet.css", own)]
    tokens = "".join(f"{name}:{value};" for name, value in drawing.colours().items())
    return "\n".join(
        [
            f"@page {{ size: {sheet.size}; }} :root {{{tokens}}}",
            *(_look_of(kind) for kind in Service.Kind.values),
            *(Path(file).read_text() for file in files),
        ]
    )


def _look_of(kind: str) -> str:
    room = f'[data-service="{kind}"]'
    return (
        f"{room} {{ background-color: {drawing.room_colour(kind)}; }}\n"
        f'{room} .icon {{ background-image: url("{drawing.icon(kind)}"); }}'
    )
