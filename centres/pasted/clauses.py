"""A sentence cut into clauses of one session each. Pure.

1.  A second time begins a clause of its own, and so does "stängt" after a time or for other weeks.
2.  The cut is before what is said for the second time (day, part of the day, ages, parity), else
    at a comma or "och" between the two, else just before the second time. After something closed
    a "men" comes first.
"""

import re
from dataclasses import dataclass
from datetime import date
from typing import Any

from .ages import take_ages
from .dates import take_dates
from .found import TAKEN, Find, Sentence, What
from .times import take_times
from .weekdays import take_weekdays
from .words import take_noise, take_words

_ENDS = (What.TIMES, What.TIME)
_NOT = (What.CLOSED, What.CANCELLED, What.AS_USUAL)
_SAID_ONCE = (What.WEEKDAYS, What.DATE, What.WEEKS, What.AGES, What.PARITY)
_TRAILING = (What.SONG, What.AGES, What.SIGN_UP, What.PARITY, What.DURATION, What.UNTIL)
_DELIMITER = re.compile(r"[,;/(:]|\s(?:och|o|å|samt|men|sedan|därefter|&|-)(?=\s)|\.\s")
_BUT = re.compile(r"\bmen\b")
_SONG_FIRST = re.compile(r"\s*(?:då )?(?:s[åa]ng(?:stund|samling)?|vi sjunger)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Clause:
    """`words` is what no recogniser has taken, in the writer's letters; it begins at `start`."""

    start: int
    text: str
    words: str
    finds: tuple[Find, ...]

    def of(self, *what: What) -> list[Find]:
        return [find for find in self.finds if find.what in what]

    def first(self, *what: What) -> Any:
        """The value of the first such find, or None."""
        return next((find.value for find in self.finds if find.what in what), None)

    def between(self, before: Find, after: Find) -> str:
        """The words between two finds, without blanks."""
        return self.words[before.end - self.start : after.start - self.start].strip(" ,:.(")

    def has(self, *what: What) -> bool:
        return any(find.what in what for find in self.finds)


def clauses(text: str, earliest: date) -> list[Clause]:
    """What a sentence says, session by session."""
    sentence = recognised(text, earliest)
    cuts = [0, *_cuts(sentence), len(text)]
    return [_clause(sentence, start, end) for start, end in zip(cuts, cuts[1:], strict=False)]


def recognised(text: str, earliest: date) -> Sentence:
    sentence = Sentence(text)
    take_noise(sentence)
    take_ages(sentence)
    take_dates(sentence, earliest)
    take_weekdays(sentence)
    take_times(sentence)
    take_words(sentence)
    if _SONG_FIRST.match(text) and not _of(sentence.finds, What.TIMES):
        sentence.finds = [_as_song(find) for find in sentence.finds]
    return sentence


def _as_song(find: Find) -> Find:
    is_time = find.what is What.TIME
    return Find(What.SONG, find.start, find.end, find.value) if is_time else find


def _cuts(sentence: Sentence) -> list[int]:
    cuts: list[int] = []
    if _of(sentence.finds, What.MOVED):
        return cuts
    start, before = 0, None
    for find in sentence.finds:
        if find.what is What.CLOSED and _other_weeks(sentence, start, find):
            start = _delimiter_before(sentence, start, find.start)
            cuts.append(start)
            before = find
            continue
        if not _begins(find, before):
            continue
        if before and _conflict(sentence, start, before, find):
            start = _cut(sentence, start, before, find)
            cuts.append(start)
            before = find
        elif before is None or find.what not in _NOT:
            before = find
    return cuts


def _other_weeks(sentence: Sentence, start: int, closed: Find) -> bool:
    """ "föräldragrupp (ojämn v), stängt jämn v"."""
    parities = [find for find in _of(sentence.finds, What.PARITY) if start <= find.start]
    before = [find for find in parities if find.start < closed.start]
    parted = before and _DELIMITER.search(sentence.open, before[-1].end, closed.start)
    return bool(parted and len(parities) > len(before))


def _begins(find: Find, before: Find | None) -> bool:
    """Songs count only in a line of songs, where nothing else begins."""
    is_song = find.what is What.SONG and (before is None or before.what is What.SONG)
    return is_song or find.what in (*_ENDS, *_NOT)


def _conflict(sentence: Sentence, start: int, before: Find, find: Find) -> bool:
    between = [each for each in sentence.finds if before.end <= each.start < find.start]
    parted = _DELIMITER.search(sentence.open, before.end, find.start)
    earlier = [each for each in sentence.finds if start <= each.start < find.start]
    if before.what is What.SONG:
        return find.what is What.SONG and bool(_of(between, What.WEEKDAYS))
    if find.what is What.AS_USUAL:
        return bool(parted and _of(between, *_SAID_ONCE))
    if find.what in _ENDS and before.what in _ENDS:
        return True
    if find.what in _ENDS and _but(sentence, before, find):
        return True
    if find.what in _ENDS:
        return bool(parted and _of(between, *_SAID_ONCE) and len(_of(earlier, *_SAID_ONCE)) > 1)
    if before.what in _ENDS:
        return bool(parted)
    return False


def _but(sentence: Sentence, before: Find, find: Find) -> re.Match[str] | None:
    """ "stängt på förmiddagen, men välkomna 13–15"."""
    is_not = before.what in _NOT
    return _BUT.search(sentence.open, before.end, find.start) if is_not else None


def _cut(sentence: Sentence, start: int, before: Find, find: Find) -> int:
    if but := _but(sentence, before, find):
        return but.start()
    earlier = [each for each in sentence.finds if start <= each.start < before.start]
    between = [each for each in sentence.finds if before.end <= each.start < find.start]
    said = {each.what for each in earlier}
    if said & {What.WEEKDAYS, What.DATE}:
        said |= {What.WEEKDAYS, What.DATE, What.PART}
    for each in between:
        if each.what in said and each.what in (*_SAID_ONCE, What.PART):
            return _delimiter_before(sentence, before.end, each.start)
        said.add(each.what)
    ends = [each.end for each in between if each.what in _TRAILING]
    after = max(ends, default=before.end)
    if _has_letters(sentence.open[start : before.start]):
        found = _DELIMITER.search(sentence.open, after, find.start)
        return found.start() if found else find.start
    return _delimiter_before(sentence, after, find.start)


def _delimiter_before(sentence: Sentence, after: int, at: int) -> int:
    found = list(_DELIMITER.finditer(sentence.open, after, at))
    return found[-1].start() if found else at


def _has_letters(text: str) -> bool:
    return sum(map(str.isalpha, text)) > 2


def _clause(sentence: Sentence, start: int, end: int) -> Clause:
    shown = (
        " " if hidden == TAKEN else letter
        for letter, hidden in zip(sentence.text[start:end], sentence.open[start:end], strict=True)
    )
    finds = tuple(find for find in sentence.finds if start <= find.start < end)
    return Clause(start, sentence.text[start:end], "".join(shown), finds)


def _of(finds: list[Find], *what: What) -> list[Find]:
    return [find for find in finds if find.what in what]
