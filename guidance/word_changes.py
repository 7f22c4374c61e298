"""What differs between two texts, word by word. Pure.

Lines are compared first, then the words of lines that differ: so a paragraph that has moved or is
new does not blur what was changed in the others, and long texts take little time.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from html.parser import HTMLParser
from itertools import groupby

_WORD = re.compile(r"\s*\S+|\s+")
MANY_WORDS = 2_000
"""From here on common words are looked past, else it would take seconds."""
_BLOCKS = {"p", "h2", "h3", "h4", "li", "tr", "caption", "figure", "figcaption", "blockquote", "br"}
_LISTS = {"ul", "ol"}
_MARKS = {"strong": "**", "em": "_"}
_BEFORE = {"h2": "## ", "h3": "### ", "h4": "#### ", "li": "• ", "blockquote": "> "}


@dataclass(frozen=True, slots=True)
class Piece:
    """Some words; `is_changed` where the other text lacks them."""

    text: str
    is_changed: bool = False


@dataclass(frozen=True, slots=True)
class Change:
    """The older and the newer text as pieces, to be shown side by side."""

    old: tuple[Piece, ...]
    new: tuple[Piece, ...]

    @property
    def is_none(self) -> bool:
        return not any(piece.is_changed for piece in (*self.old, *self.new))


def compared(old: str, new: str) -> Change:
    old_pieces: list[Piece] = []
    new_pieces: list[Piece] = []
    for before, after in _differing(old.splitlines(keepends=True), new.splitlines(keepends=True)):
        if before == after:
            old_pieces.append(Piece("".join(before)))
            new_pieces.append(Piece("".join(after)))
            continue
        for some, others in _differing(_words(before), _words(after)):
            is_changed = some != others
            old_pieces.append(Piece("".join(some), is_changed))
            new_pieces.append(Piece("".join(others), is_changed))
    return Change(_joined(old_pieces), _joined(new_pieces))


def _differing(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[list[str], list[str]]]:
    """Runs of both in turn, equal or not."""
    matcher = SequenceMatcher(None, old, new, autojunk=len(new) > MANY_WORDS)
    for _tag, a, b, c, d in matcher.get_opcodes():
        yield list(old[a:b]), list(new[c:d])


def _words(lines: Sequence[str]) -> list[str]:
    return _WORD.findall("".join(lines))


def _joined(pieces: list[Piece]) -> tuple[Piece, ...]:
    """Neighbours of a sort as one, and none that is empty."""
    filled = (piece for piece in pieces if piece.text)
    return tuple(
        Piece("".join(piece.text for piece in run), is_changed)
        for is_changed, run in groupby(filled, key=lambda piece: piece.is_changed)
    )


# --- Any words as plain text ----------------------------------------------------------------------
def as_text(value: object) -> str:
    """Words of any shape as lines: of lists and dictionaries each text with its name."""
    if isinstance(value, dict):
        return "\n".join(filter(None, (_named(name, part) for name, part in value.items())))
    if isinstance(value, list | tuple):
        return "\n".join(filter(None, map(as_text, value)))
    return "" if value is None else str(value)


def _named(name: object, value: object) -> str:
    text = as_text(value)
    return f"{name}: {text}" if text and "\n" not in text else text


def html_as_text(html: str) -> str:
    """HTML as lines, with marks for what stands out and the addresses of links."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    lines = (re.sub(r"[ \t]+", " ", line).strip() for line in "".join(reader.parts).splitlines())
    return "\n".join(filter(None, lines))


class _Reader(HTMLParser):
    """Collects the text of cleaned HTML in `parts`."""

    def __init__(self) -> None:
        super().__init__()
        self.parts: list[str] = []
        self.links: list[str] = []
        self.lists: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        if tag in _LISTS:
            self.lists.append(tag)
        elif tag == "li" and self.lists[-1:] == ["ol"]:
            self.parts.append("\n1. ")  # each: a new line changes no other
        elif tag in _BLOCKS:
            self.parts.append("\n" + _BEFORE.get(tag, ""))
        elif tag in ("td", "th"):
            self.parts.append(" | ")
        elif tag == "img":
            self.parts.append(f"\n[{values.get('alt')}: {values.get('src')}] ")
        elif tag == "a":
            self.links.append(values.get("href") or "")
        self.parts.append(_MARKS.get(tag, ""))

    def handle_endtag(self, tag: str) -> None:
        self.parts.append(_MARKS.get(tag, ""))
        if tag in _LISTS:
            del self.lists[-1:]
        elif tag == "a" and self.links:
            self.parts.append(f" ({self.links.pop()})")
        elif tag in _BLOCKS:
            self.parts.append("\n")

    def handle_data(self, data: str) -> None:
        self.parts.append(data.replace("\n", " "))
