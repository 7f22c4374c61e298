"""Ages in completed months, both ends included. Pure.

1.  "0–8 mån" is 0..8; a bound alone leaves the other end open: "upp till 10 månader" is None..10.
2.  An upper bound in years runs to the day before the next birthday: "0–6 år" is 0..83.
3.  "Under 1 år" and "till de fyller 1" end before that birthday.
"""

import re

from .found import Sentence, What

_NUMBER = r"(?:\d{1,3}(?:[.,]5)?|ett|två|tre|fyra|fem|sex)"
_NO_LIST = r"(?!\s*(?:-|,|/|&|och|o|å)\s*(?:ti|on|to|fr|lö|sö))"  # "9–12 mån–fre"
_UNIT = (
    r"\s*-?\s*(?:år\w*|ar\b|månad(?:er|ers|erna|s)?|"
    rf"m[åa]n\b\.?{_NO_LIST}|m(?=[\s).,]|$))"
)
_WORDS = {"ett": 1.0, "två": 2.0, "tre": 3.0, "fyra": 4.0, "fem": 5.0, "sex": 6.0}
_ABOUT = r"(?:ca\.?|cirka|c:a|omkring|ungefär|typ)?\s*"
_RANGE = re.compile(
    rf"(?<![\w.,:/])(?:mellan\s+|från\s+|åldern\s+|åldrarna\s+)?{_ABOUT}(?P<low>{_NUMBER})"
    rf"(?P<low_unit>{_UNIT})?\s*(?:-|till|t\.?o\.?m\.?|och|upp till)\s*{_ABOUT}"
    rf"(?P<high>{_NUMBER})(?P<high_unit>{_UNIT})"
)
_UP_TO = re.compile(
    r"(?:\bupp(?:e)?[ \-]*(?:till|t\b\.?|åt)|\bfram till|\bt\.?o\.?m\.?|\bmax(?:imalt)?|\btill)"
    rf"(?: och med)?(?: att (?:barnet|de|ni) (?:är|blir))?\s*{_ABOUT}"
    rf"(?P<high>{_NUMBER})(?P<high_unit>{_UNIT})"
)
_UNDER = re.compile(
    r"\b(?:under|yngre än|innan (?:de|barnet) fyll(?:er|t)|tills? (?:de|barnet) fyller)\s*"
    rf"(?P<high>{_NUMBER})(?P<high_unit>{_UNIT})?"
)
_FROM = re.compile(
    rf"\b(?:från|över|äldre än|minst|fr\.?o\.?m\.?)(?: och med)?\s*{_ABOUT}"
    rf"(?P<low>{_NUMBER})(?P<low_unit>{_UNIT})(?: och (?:uppåt|äldre))?"
)
_AND_UP = re.compile(
    rf"(?<![\w.,:/-])(?P<low>{_NUMBER})(?P<low_unit>{_UNIT})\s*(?:och (?:uppåt|äldre)|\+|uppåt)"
)
_ALONE = re.compile(rf"(?<![\w.,:/-])(?P<low>{_NUMBER})\s*-?\s*(?:åringar(?:na)?)\b")

Ages = tuple[int | None, int | None]


def take_ages(sentence: Sentence) -> None:
    sentence.take(What.AGES, _RANGE, _range)
    sentence.take(What.AGES, _UNDER, lambda match: (None, _months(match, "high", years=0) - 1))
    sentence.take(What.AGES, _UP_TO, lambda match: (None, _last(match)))
    sentence.take(What.AGES, _AND_UP, lambda match: (_months(match, "low", years=0), None))
    sentence.take(What.AGES, _FROM, lambda match: (_months(match, "low", years=0), None))
    sentence.take(What.AGES, _ALONE, _alone)


def _range(match: re.Match[str]) -> Ages | None:
    in_years = _in_years(match["low_unit"] or match["high_unit"])
    low, high = int(_number(match["low"]) * (12 if in_years else 1)), _last(match)
    return (low, high) if low <= high else None


def _alone(match: re.Match[str]) -> Ages:
    years = int(_number(match["low"]))
    return 12 * years, 12 * years + 11


def _last(match: re.Match[str]) -> int:
    return _months(match, "high", years=1) - (1 if _in_years(match["high_unit"]) else 0)


def _months(match: re.Match[str], end: str, *, years: int) -> int:
    """Months of a bound; so many `years` more where it is given in whole years."""
    number = _number(match[end])
    if not _in_years(match[f"{end}_unit"]):
        return int(number)
    return int((number + (years if number == int(number) else 0)) * 12)


def _in_years(unit: str | None) -> bool:
    return "år" in (unit or "år") or "ar" in (unit or "").split()


def _number(text: str) -> float:
    return _WORDS[text] if text in _WORDS else float(text.replace(",", "."))
