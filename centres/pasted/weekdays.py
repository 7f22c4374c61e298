"""Weekdays, alone, in lists, from one to another, and at the head of longer words. Pure.

They are forgiven a letter wrong, missing or too many ("mondagar", "torsdar"), but not so that
"månad" becomes a Monday.
"""

import re

from rapidfuzz.distance import OSA

from .found import Find, Sentence, What

_STEMS = {1: "mån", 2: "tis", 3: "ons", 4: "tors", 5: "fre", 6: "lör", 7: "sön"}
_ENDINGS = ("dag", "dagar", "dagarna", "dagen", "dags", "dar", "darna", "dan", "da")
_DAYS = {stem + ending: day for day, stem in _STEMS.items() for ending in _ENDINGS}
_SHORT = {"mån": 1, "må": 1, "tis": 2, "tisd": 2, "ti": 2, "ons": 3, "onsd": 3, "on": 3}
_SHORT |= {"tors": 4, "torsd": 4, "tor": 4, "to": 4, "fre": 5, "fred": 5, "fr": 5}
_SHORT |= {"lör": 6, "lörd": 6, "lö": 6, "sön": 7, "sönd": 7, "sö": 7}
_TWO_LETTERS = {short for short in _SHORT if len(short) == 2}
_AFTER = r"(?:s?(?P<part>förmiddag|eftermiddag|kväll|morgon|öppet|mys|grupp|träff|klubb|café)\w*)"
_COMPOUND = re.compile(
    r"(?P<day>mån|tis|ons|tors|fre|lör|sön)dags?" + _AFTER.replace("(?:s?", "(?:", 1)
)
_PARTS_OF_DAY = ("förmiddag", "eftermiddag", "kväll", "morgon")
_WORD = re.compile(r"[a-zåäöé]+")
_ALL = re.compile(r"\b(?:helgfria )?vardag(?:ar|arna)\b|\bvarje vardag\b|\balla vardagar\b")
_LIST = re.compile(r"\s*(?:,|-|/|&|\+|och|o|å|samt|till(?: och med)?|t\.?o\.?m\.?|resp\.?)\s*")
_TO = re.compile(r"\s*(?:-|till(?: och med)?|t\.?o\.?m\.?)\s*")

WEEKDAY_ALONE = re.compile(r"(?:mån|tis|ons|tors|fre|lör|sön)(?:dag(?:ar)?)?\.?", re.IGNORECASE)


def take_weekdays(sentence: Sentence) -> None:
    sentence.take(What.WEEKDAYS, _ALL, lambda match: (1, 2, 3, 4, 5))
    words = _WORD.finditer(sentence.open)
    found = [day for word in words if (day := _weekday(sentence, word))]
    for group in _grouped(sentence, found):
        days = _days_of(sentence, group)
        find = Find(What.WEEKDAYS, group[0].start, group[-1].end, days)
        written = sentence.open
        sentence.add(find)
        if _names_a_session(written[find.end :]):
            sentence.open = written


def _names_a_session(after: str) -> bool:
    """The rest of "fredagsmys": the word is a name, too."""
    return after[:3].isalpha() and not after.startswith(_PARTS_OF_DAY)


def _weekday(sentence: Sentence, word: re.Match[str]) -> Find | None:
    """The weekday that a word is or begins with. Two letters count only in lists and with times."""
    text = word.group()
    if compound := _COMPOUND.match(text):
        named = next(day for day, stem in _STEMS.items() if stem == compound["day"])
        end = word.start() + compound.start("part")
        return Find(What.WEEKDAYS, word.start(), end, named)
    day = _SHORT.get(text) or _spelt(text)
    if day is None or (text in _TWO_LETTERS and not _stands_in_list(sentence.open, word)):
        return None
    dot = sentence.open[word.end() : word.end() + 1] == "." and text in _SHORT
    return Find(What.WEEKDAYS, word.start(), word.end() + dot, day)


def _spelt(word: str) -> int | None:
    if word in _DAYS:
        return _DAYS[word]
    if len(word) < 5 or word.startswith(("måna", "mång")):
        return None
    most = 1 if len(word) <= 7 else 2
    near = sorted(
        (distance, day)
        for name, day in _DAYS.items()
        if name[0] == word[0] and (distance := OSA.distance(word, name, score_cutoff=most)) <= most
    )
    return near[0][1] if near else None


def _stands_in_list(text: str, word: re.Match[str]) -> bool:
    if not text[: word.start()].strip() and re.match(r"[.:]?\s+[\d\x00]", text[word.end() :]):
        return True
    around = text[max(word.start() - 4, 0) : word.end() + 4]
    others = _TWO_LETTERS - {word.group()}
    return any(re.search(rf"\b{other}\s?[-,/]|[-,/]\s?{other}\b", around) for other in others)


def _grouped(sentence: Sentence, finds: list[Find]) -> list[list[Find]]:
    groups: list[list[Find]] = []
    for find in finds:
        if groups and _LIST.fullmatch(sentence.open[groups[-1][-1].end : find.start]):
            groups[-1].append(find)
        else:
            groups.append([find])
    return groups


def _days_of(sentence: Sentence, group: list[Find]) -> tuple[int, ...]:
    days = [group[0].value]
    for before, after in zip(group, group[1:], strict=False):
        if _TO.fullmatch(sentence.open[before.end : after.start]) and before.value < after.value:
            days.extend(range(before.value + 1, after.value))
        days.append(after.value)
    return tuple(dict.fromkeys(days))
