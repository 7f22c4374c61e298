"""A pasted text in the order it is to be read. Pure.

1.  Emojis, bullets and odd blanks are set aside; dashes and halves are written one way.
2.  Where the first line of a block holds several headings side by side, what stands below belongs
    to them: columns are read one after another, each cell with the number of its line.
3.  In a table with a column of song times the times are marked as such.
4.  Lines are cut into sentences.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from .weekdays import WEEKDAY_ALONE

_LONGEST_SENTENCE = 600

_DASHES = re.compile("[‐‑‒–—―−]")
_HALF = re.compile(r"(?<=\d) ?½")
_GAP = re.compile(r"\t| {3,}")
_CELL = re.compile(r"\S+(?: {1,2}\S+)*")
_BULLET = re.compile(r"^[\s\-*•·○▪►>/|_=~+#]*(?=\S)")
_ENDS = re.compile(r"(?<=[.!?;])[\s]+(?=[a-zåäöA-ZÅÄÖ\d(])")
_ABBREVIATION = re.compile(
    r"(?:^|[\s(])(?:kl|ca|c:a|v|vv|tel|tfn|t\.?ex|bl\.?a|fr\.?o\.?m|t\.?o\.?m|f\.?r|"
    r"t|o|m|fr|sept?|okt|nov|dec|jan|feb|febr|apr|aug|mån|tisd?|onsd?|tors?d?|fred?|lörd?|sönd?|"
    r"st|nr|obs|el|resp|inkl|max|min|anm|avd|den|plan|\d{1,2})\.$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Piece:
    """A line or a cell; an empty text parts blocks."""

    number: int
    text: str


def lines_of(text: str) -> list[str]:
    """The lines as they were pasted, without what no text should hold."""
    return text.replace("\x00", "").replace("\r\n", "\n").replace("\r", "\n").split("\n")


def pieces(lines: list[str]) -> Iterator[Piece]:
    """All lines and cells in reading order."""
    block: list[Piece] = []
    for number, line in enumerate(lines, 1):
        piece = Piece(number, _clean(line))
        if piece.text.strip():
            block.append(piece)
            continue
        yield from _read(block)
        yield Piece(number, "")
        block = []
    yield from _read(block)


def sentences(text: str) -> list[str]:
    """A line cut where a sentence ends, not after "kl." and the like."""
    found = [""]
    for part in _ENDS.split(text):
        if found[-1] and (_ABBREVIATION.search(found[-1]) or _is_number_between(found[-1], part)):
            found[-1] += " " + part
        else:
            found.append(part)
    return [part for whole in found for part in _short(whole) if part.strip()]


def _short(text: str) -> Iterator[str]:
    """A sentence without an end is cut at a blank: reading takes time by its length squared."""
    while len(text) > _LONGEST_SENTENCE:
        at = text.rfind(" ", 1, _LONGEST_SENTENCE)
        at = at if at > 0 else _LONGEST_SENTENCE
        yield text[:at]
        text = text[at:]
    yield text


def _is_number_between(before: str, after: str) -> bool:
    return before[-2:-1].isdigit() and before.endswith(".") and after[:1].isdigit()


def _clean(line: str) -> str:
    line = _HALF.sub(".30", line).replace("½", "halv ")
    line = unicodedata.normalize("NFC", _DASHES.sub("-", line))
    return "".join(map(_plain, line)).rstrip()


def _plain(letter: str) -> str:
    """Blank in place of an emoji, so that columns keep their places."""
    category = unicodedata.category(letter)
    if letter == "\t" or category[0] in "LNPZ" or letter in "+&=<>|^~":
        return " " if category == "Zs" else unicodedata.normalize("NFKC", letter)[:1]
    return "" if category in ("Mn", "Cf", "Me") else " "


def _read(block: list[Piece]) -> Iterator[Piece]:
    if not block:
        return
    head = _cells(block[0].text)
    headings = [text for _, text in head]
    weekdays = sum(bool(WEEKDAY_ALONE.fullmatch(text.strip(" :.").lower())) for text in headings)
    if len(head) > 1 and weekdays and len(block) > 1 and not _has_figures(headings):
        yield from _columns(block, [start for start, _ in head])
        return
    songs = None
    for piece in block:
        songs = _song_column(piece.text) or songs
        yield Piece(piece.number, _BULLET.sub("", _row(piece.text, songs)))


def _columns(block: list[Piece], starts: list[int]) -> Iterator[Piece]:
    """Column by column; the times of a first column without weekdays go with each cell."""
    lead_is_time = not WEEKDAY_ALONE.fullmatch(_cells(block[0].text)[0][1].strip(" :.").lower())
    for column in range(len(starts)):
        if lead_is_time and column == 0 and len(starts) > 2:
            yield Piece(block[0].number, _cells(block[0].text)[0][1])
            continue
        for piece in block:
            cells = {_nearest(at, starts): text for at, text in _cells(piece.text)}
            if text := cells.get(column):
                with_time = lead_is_time and len(starts) > 2 and piece is not block[0]
                lead = cells.get(0, "") + " " if with_time else ""
                yield Piece(piece.number, _BULLET.sub("", lead + text))
        yield Piece(block[0].number, "")


def _cells(text: str) -> list[tuple[int, str]]:
    """Each cell and where it begins: the letter, or with tabs the column."""
    if "\t" in text:
        cells = enumerate(text.split("\t"))
        return [(index, cell.strip()) for index, cell in cells if cell.strip()]
    return [(match.start(), match.group()) for match in _CELL.finditer(text)]


def _nearest(at: int, starts: list[int]) -> int:
    return min(range(len(starts)), key=lambda index: abs(starts[index] - at))


def _has_figures(texts: list[str]) -> bool:
    return any(map(str.isdigit, "".join(texts)))


def _song_column(heading: str) -> int | None:
    cells = [cell.strip().lower() for cell in heading.split("\t")]
    songs = [index for index, cell in enumerate(cells) if cell.startswith(("sång", "sang"))]
    return songs[0] if songs and len(cells) > 2 else None


def _row(text: str, songs: int | None) -> str:
    cells = [cell.strip() for cell in _GAP.split(text)]
    if songs is not None and len(cells) > songs and cells[songs][:1].isdigit():
        cells[songs] = "sång " + cells[songs]
    return ", ".join(cell for cell in cells if cell)
