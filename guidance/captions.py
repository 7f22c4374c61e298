"""What is said in a film, as WebVTT: cues in the order of time, each with words. Pure.

Only what every browser shows is taken: a head, notes, and cues of plain words. Styles and regions
are refused, and so are tags other than who speaks, emphasis and the like.
"""

import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

_CLOCK = r"(?:(\d{2,4}):)?([0-5]\d):([0-5]\d)\.(\d{3})"
_TIMES = re.compile(rf"{_CLOCK}[ \t]+-->[ \t]+{_CLOCK}(?:[ \t]+[a-z]+:[\w%.,-]+)*[ \t]*", re.ASCII)
_TAG = re.compile(r"</?(?:b|i|u|c|v|lang)(?:[ .][^<>]*)?>")


def normalised(text: str) -> str:
    """With line breaks of one kind and without the mark that some programs begin a file with."""
    return text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n").strip() + "\n"


def validate_captions(text: str) -> None:
    """Raise ValidationError that names the line where something is wrong."""
    lines = normalised(text).split("\n")
    if not re.fullmatch(r"WEBVTT(?:[ \t].*)?", lines[0]):
        raise ValidationError(_("Undertexterna ska börja med ordet WEBVTT."), code="no_head")
    begins, cues = 0, 0
    for first, block in _blocks(lines):
        if re.match(r"NOTE(?:[ \t]|$)", block[0]):
            continue
        begins = _begin_of_cue(first, block, begins)
        cues += 1
    if not cues:
        raise ValidationError(
            _("Det finns inga undertexter efter WEBVTT. Skriv minst en."), code="no_cues"
        )


def _blocks(lines: list[str]) -> list[tuple[int, list[str]]]:
    """What stands between empty lines after the head, with the number of its first line."""
    blocks: list[tuple[int, list[str]]] = []
    after_empty = False
    for number, line in enumerate(lines[1:], start=2):
        if line.strip() and after_empty:
            blocks.append((number, [line]))
        elif line.strip() and blocks:
            blocks[-1][1].append(line)
        after_empty = not line.strip()
    return blocks


def _begin_of_cue(first: int, block: list[str], previous: int) -> int:
    """When a cue begins, in milliseconds; it may have a name on the line above."""
    at = 0 if "-->" in block[0] else 1
    match = _TIMES.fullmatch(block[at]) if at < len(block) else None
    if match is None:
        raise _wrong(first, _("Tiderna skrivs så här: 00:01.000 --> 00:04.000."))
    begins, ends = _milliseconds(match.groups()[:4]), _milliseconds(match.groups()[4:])
    if ends <= begins:
        raise _wrong(first + at, _("Texten slutar innan den börjar. Rätta tiderna."))
    if begins < previous:
        raise _wrong(first + at, _("Texten börjar före den som står ovanför. Rätta tiden."))
    words = " ".join(block[at + 1 :])
    if not _TAG.sub("", words).strip():
        raise _wrong(
            first + at, _("Här finns tider men ingen text. Skriv texten, eller ta bort tiderna.")
        )
    if "-->" in words or "<" in _TAG.sub("", words):
        raise _wrong(first + at, _("Texten har tecken som inte får finnas där. Ta bort < och -->."))
    return begins


def _milliseconds(parts: tuple[str | None, ...]) -> int:
    hours, minutes, seconds, thousandths = (int(part or 0) for part in parts)
    return ((hours * 60 + minutes) * 60 + seconds) * 1000 + thousandths


def _wrong(line: int, sentence: str) -> ValidationError:
    text = _("Undertexterna, rad %(line)s: %(sentence)s") % {"line": line, "sentence": sentence}
    return ValidationError(text, code="captions")
