"""The words that the portal brings along: what means the same, and what is urgent."""

import json
from pathlib import Path

from django.conf import settings
from django.db import transaction

from services.models import Line

from .index import rebuild
from .models import Synonym, UrgentWord

FOLDER = settings.BASE_DIR / "familjeportal" / "search" / "data"
SYNONYMS_FILE = FOLDER / "synonyms.json"
URGENT_FILE = FOLDER / "urgent_words.json"


@transaction.atomic
def add_missing_words() -> int:
    """Add what was never here, and write the index anew; returns how many rows were added.

    A row that staff have changed or deleted stays so. An urgent word waits for its line.
    """
    lines = {line.slug: line for line in Line.objects.all()}
    rows = [Synonym(slug=slug, words="\n".join(words)) for slug, words in _read(SYNONYMS_FILE)]
    for position, (slug, urgent) in enumerate(_read(URGENT_FILE)):
        if urgent["line"] in lines:
            rows.append(
                UrgentWord(
                    slug=slug,
                    words="\n".join(urgent["words"]),
                    line=lines[urgent["line"]],
                    other_line=lines.get(urgent["other_line"]),
                    position=position,
                )
            )
    known = {
        model: set(model.history.values_list("slug", flat=True)) for model in (Synonym, UrgentWord)
    }
    missing = [row for row in rows if row.slug not in known[type(row)]]
    for row in missing:
        row.save()
    rebuild()
    return len(missing)


def _read(file: Path) -> list[tuple]:
    return list(json.loads(file.read_text(encoding="utf-8")).items())
