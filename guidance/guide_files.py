"""The topics and guides that come with the portal: read from their files, and checked.

A guide is a file of Markdown with its facts as TOML above it, between two lines of +++. Its four
headings are always the same, in the same order.
"""

import json
import re
import tomllib
from dataclasses import dataclass
from pathlib import Path

from django.core.exceptions import ValidationError
from markdown_it import MarkdownIt

from centres.known_facts import FactsError
from centres.known_facts.rows import Row, refuse_twins
from services.models import Service
from services.validators import HIGHEST_AGE

from .models import Guide, GuideVersion, Topic, TopicText
from .rich_text import clean
from .sources import validate_sources

DATA = Path(__file__).parent / "data"
HEADINGS = {
    "what_is_common": "Det är vanligt",
    "what_to_try": "Det här kan ni prova",
    "when_to_seek_help": "Sök hjälp när",
    "where_to_turn": "Hit kan ni vända er",
}
_HEADING = re.compile(r"^## +(.+?) *$", re.MULTILINE)
_markdown = MarkdownIt("commonmark", {"html": False})


@dataclass(frozen=True)
class KnownTopic:
    """The fields of a topic and of its Swedish text, and the slugs of its lines."""

    fields: dict
    text: dict
    lines: list[str]


@dataclass(frozen=True)
class KnownGuide:
    """The fields and words of a guide; slugs of topics (its home first), kinds of services."""

    fields: dict
    words: dict
    topics: list[str]
    services: list[str]
    lines: list[str]


@dataclass(frozen=True)
class KnownGuides:
    topics: list[KnownTopic]
    guides: list[KnownGuide]


def read_guides(folder: Path = DATA) -> KnownGuides:
    """All files of a folder. FactsError names the file in which something is wrong."""
    topics = _topics(folder / "topics.json")
    slugs = {topic.fields["slug"] for topic in topics}
    return KnownGuides(
        topics, [_guide(path, slugs) for path in sorted((folder / "guides").glob("*.md"))]
    )


# --- Topics ---------------------------------------------------------------------------------------
def _topics(path: Path) -> list[KnownTopic]:
    try:
        values = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise FactsError(f"{path.name}: cannot be read ({error})") from error
    rows = Row({"topics": values}, path.name).rows("topics")
    refuse_twins(rows, "slug")
    return [_topic(row, position) for position, row in enumerate(rows, start=1)]


def _topic(row: Row, position: int) -> KnownTopic:
    topic = KnownTopic(
        fields={
            "slug": row.text("slug", of=Topic),
            "position": position,
            "is_health": row.answer("is_health", False),
        },
        text={
            "name": row.text("name", of=TopicText),
            "description": row.text("description", of=TopicText),
            "search_words": row.text("search_words", ""),
        },
        lines=row.texts("lines", []),
    )
    row.finish()
    return topic


# --- Guides ---------------------------------------------------------------------------------------
def _guide(path: Path, topics: set[str]) -> KnownGuide:
    row, body = parts_of(path)
    home_and_others = row.texts("topics")
    for slug in home_and_others:
        if slug not in topics:
            row.refuse(f"unknown topic {slug!r}")
    if not home_and_others:
        row.refuse("has no topic")
    services = row.texts("services", [])
    for kind in services:
        if kind not in Service.Kind.values:
            row.refuse(f"unknown service {kind!r}")
    guide = KnownGuide(
        fields={
            "slug": Row({"slug": path.stem}, path.name).text("slug", of=Guide),
            "from_months": row.number("from_months", 0, HIGHEST_AGE, None),
            "to_months": row.number("to_months", 0, HIGHEST_AGE, None),
            "expecting": row.answer("expecting", False),
            "is_health": row.answer("is_health", False),
        },
        words={
            "title": row.text("title", of=GuideVersion),
            "summary": row.text("summary", of=GuideVersion),
            "search_words": row.text("search_words", ""),
            "questions": "\n".join(row.texts("questions", [])),
            "sources": _sources(row),
            **_sections(body, row),
        },
        topics=home_and_others,
        services=services,
        lines=row.texts("lines", []),
    )
    row.finish()
    return guide


def parts_of(path: Path) -> tuple[Row, str]:
    """What stands between the lines of +++, and the Markdown below."""
    try:
        _before, facts, body = re.split(
            r"^\+\+\+$", path.read_text(encoding="utf-8"), maxsplit=2, flags=re.M
        )
        return Row(tomllib.loads(facts), path.name), body
    except (OSError, ValueError) as error:
        raise FactsError(f"{path.name}: cannot be read ({error})") from error


def _sources(row: Row) -> list[dict]:
    sources = [source.values for source in row.rows("sources", [])]
    try:
        validate_sources(sources)
    except ValidationError as error:
        row.refuse(f"bad source: {' '.join(error.messages)}")
    return sources


def _sections(body: str, row: Row) -> dict[str, str]:
    """The four sections as clean HTML, by field."""
    before, *parts = _HEADING.split(body)
    headings, texts = parts[::2], parts[1::2]
    if before.strip() or headings != list(HEADINGS.values()):
        row.refuse(f"must have the headings {', '.join(HEADINGS.values())}, not {headings}")
    for heading, text in zip(headings, texts, strict=True):
        if not text.strip():
            row.refuse(f"nothing stands under {heading!r}")
    return {field: as_html(text) for field, text in zip(HEADINGS, texts, strict=True)}


def as_html(markdown: str) -> str:
    return clean(_markdown.render(markdown))
