"""Dates and weeks, with the year that a text leaves out. Pure.

1.  A date without a year is the first on or after the day that the reading begins at.
2.  Two dates with a dash or "till" between are a span; so are two weeks.
3.  Weeks are those of ISO 8601, Monday to Sunday.
4.  A holiday counts as a date where its name stands: "skärtorsdagen", "julafton".
"""

import re
from collections.abc import Iterator
from datetime import date, timedelta

from rapidfuzz.distance import OSA

from ..holiday_calendar import holidays_between
from ..hours_text import MONTHS
from .found import Find, Sentence, What

_DAY = r"(?:3[01]|[12]\d|0?[1-9])"
_ISO = re.compile(r"(?<!\d)(20\d\d)-(\d\d)-(\d\d)(?!\d)")
_SLASH = re.compile(
    rf"(?<![\d/.])({_DAY})\s?/\s?(1[0-2]|0?[1-9])(?:[ \-/]?(20\d\d|2\d(?![/.:\d])))?(?![\d/])"
)
_DOTTED = re.compile(rf"(?<![\d/.:])({_DAY})\.([1-9])(?![\d.:/])(?!\s*(?:-|till|år|mån))")
_WORD = re.compile(
    rf"(?<![\d/.:\-])(?P<days>{_DAY}(?::?[ae])?(?:\s*(?:,|och|o|å|&|\+|samt|-|till)\s*"
    rf"(?:[a-zåäö]{{2,7}}\.?\s)?(?:den )?{_DAY}(?::?[ae])?)*)\.?\s+(?P<month>[a-zåäö]{{3,9}})\b\.?"
    r"(?:\s*(?P<year>20\d\d))?"
)
_SHORT = {month[:3]: number for number, month in enumerate(MONTHS, 1)}
_SHORT |= {"sept": 9, "febr": 2, "mar": 3}
_BETWEEN = re.compile(
    r"\s*(?:-|till(?: och med)?|t\.? ?o\.? ?m\b\.?|tom\b)"
    r"\s*(?:den )?(?:[a-zåäö]{2,9}\.? )?(?:den )?"
)
_WEEKS = re.compile(
    r"\b(?:hela )?v(?:\b\.?|(?=\d)|eck(?:a|an|or|orna)\b)\s*(?P<first>\d{1,2})(?!\d|\s?[/.:]\d)"
    r"(?:\s*(?P<to>-|till(?: och med)?|t\.? ?o\.? ?m\b\.?|och|o|&|,)\s*"
    r"(?:v(?:\b\.?|(?=\d)|ecka\b)\s*)?(?P<last>\d{1,2})(?!\d|\s?[/.:]\d))?"
)
_NAMES = ("skärtorsdag", "långfredag", "annandag påsk", "kristi himmelsfärdsdag", "nationaldagen",
    "valborgsmässoafton", "valborg", "midsommarafton", "julafton", "nyårsafton", "nyårsdagen",
    "trettondagsafton", "trettondag jul", "första maj")  # fmt: skip
_HOLIDAY = re.compile(r"\b(" + "|".join(_NAMES) + r")(?:en)?\b")

Span = tuple[date, date]


def earliest_of(today: date) -> date:
    """The day from which a date without a year is meant: the first of the month before last."""
    first = today.replace(day=1)
    for _ in range(2):
        first = (first - timedelta(days=1)).replace(day=1)
    return first


def term_begins(term: str, year: int) -> date:
    """The first day that a date can mean under the heading "våren 2027" or "HT-26"."""
    return date(year, 1, 1) if term == "vt" else date(year, 7, 1)


def take_dates(sentence: Sentence, earliest: date) -> None:
    sentence.take(What.DATE, _ISO, lambda match: _one(_exact(*map(int, match.groups()))))
    sentence.take(What.DATE, _SLASH, lambda match: _slash(match, earliest))
    _take_written(sentence, earliest)
    sentence.take(What.DATE, _DOTTED, lambda match: _slash(match, earliest))
    _join_spans(sentence)
    sentence.take(What.WEEKS, _WEEKS, lambda match: _weeks(match, earliest))
    if not any(find.what is What.DATE for find in sentence.finds):
        sentence.take(What.DATE, _HOLIDAY, lambda match: _holiday(match.group(1), earliest))


def month_named(word: str) -> int | None:
    """1–12, forgiving a mistake in a name of five letters or more."""
    if word in _SHORT:
        return _SHORT[word]
    for number, month in enumerate(MONTHS, 1):
        if word == month or (
            len(word) > 4 and word[0] == month[0] and OSA.distance(word, month) <= 1
        ):
            return number
    return None


def _slash(match: re.Match[str], earliest: date) -> Span | None:
    day, month, *rest = match.groups()
    year = int(rest[0]) % 100 + 2000 if rest and rest[0] else None
    return _one(_in_year(int(day), int(month), year, earliest))


def _take_written(sentence: Sentence, earliest: date) -> None:
    """ "10, 17 och 24 mars" is three dates, "26–29 mars" a span."""
    for match in list(_WORD.finditer(sentence.open)):
        month = month_named(match["month"])
        if month is None:
            continue
        year = int(match["year"]) if match["year"] else None
        for start, end, days in _days(match):
            found = [_in_year(day, month, year, earliest) for day in days]
            if found[0] and found[-1] and found[0] <= found[-1]:
                sentence.add(Find(What.DATE, start, end, (found[0], found[-1])))


def _days(match: re.Match[str]) -> Iterator[tuple[int, int, list[int]]]:
    """Where each day or span of days stands, the last with its month."""
    text, at = match["days"], match.start("days")
    groups = list(re.finditer(r"\d+(?::?[ae])?(?:\s*(?:-|till)\s*\d+)?", text))
    for index, group in enumerate(groups):
        end = match.end() if index == len(groups) - 1 else at + group.end()
        yield at + group.start(), end, [int(day) for day in re.findall(r"\d+", group.group())]


def _join_spans(sentence: Sentence) -> None:
    dates = [find for find in sentence.finds if find.what is What.DATE]
    for before, after in zip(dates, dates[1:], strict=False):
        between = sentence.open[before.end : after.start]
        first, last = before.value[0], after.value[1]
        if _BETWEEN.fullmatch(between) and before in sentence.finds and first <= last:
            sentence.finds.remove(before)
            sentence.finds.remove(after)
            sentence.add(Find(What.DATE, before.start, after.end, (first, last)))


def _weeks(match: re.Match[str], earliest: date) -> list[Span] | None:
    """One span, or with "och" between two weeks one span each."""
    first = _week(int(match["first"]), earliest)
    last = _week(int(match["last"]), earliest) if match["last"] else first
    if first is None or last is None:
        return None
    week = timedelta(days=6)
    if match["last"] and match["to"] in ("och", "o", "&", ",") and last - first > week * 1.5:
        return [(first, first + week), (last, last + week)]
    return [(first, last + week)]


def _week(number: int, earliest: date) -> date | None:
    """The Monday of the first such week that is not over at `earliest`."""
    for year in (earliest.year - 1, earliest.year, earliest.year + 1):
        try:
            monday = date.fromisocalendar(year, number, 1)
        except ValueError:
            continue
        if monday + timedelta(days=6) >= earliest:
            return monday
    return None


def _in_year(day: int, month: int, year: int | None, earliest: date) -> date | None:
    if year:
        return _exact(year, month, day)
    years = (earliest.year, earliest.year + 1)
    found = [exact for year in years if (exact := _exact(year, month, day))]
    return next((day for day in found if day >= earliest), None)


def _holiday(name: str, earliest: date) -> Span | None:
    for day, holiday in sorted(holidays_between(earliest.year, earliest.year + 1).items()):
        if day >= earliest and str(holiday.name).lower().startswith(name):
            return day, day
    return None


def _exact(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _one(day: date | None) -> Span | None:
    return (day, day) if day else None
