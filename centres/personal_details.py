"""What may not stand in a text that strangers write: who somebody is and how to reach them.

1. A personal identity number or coordination number (personnummer, samordningsnummer) is six or
   eight digits of a date, the day plus 60 in a coordination number, and four more; the last ten
   digits pass the check of Luhn. Between the parts may stand dashes, a plus, spaces, dots, slashes
   or signs that do not show; or the same sign between all digits. After a date in one run any
   signs may stand. Just ten or twelve digits may be grouped in any way with spaces and dashes,
   where they are no telephone number.
2. An e-mail address, and a name on a social network, is what stands around an @, also when that is
   spelled "(at)", "snabel-a" or, before a domain, "at".
3. A telephone number is Swedish with its area code, international with a plus or 00, a mobile
   number without its zero, or seven digits in the way of Göteborg; a mobile number may be grouped
   in any way with spaces. Hours ("08.00-12.00", "9-12 13-15") and dates are none.

Digits are those of any script, also raised and in circles: "٠٣١" is read as 031.
"""

import re
import unicodedata
from datetime import date

MARK = "***"  # shorter than anything it replaces, so that no text grows

# Spaces, dashes of every kind and what does not show on a screen.
_UNSEEN = "\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff"
_DASH = "\\-\u2010-\u2015\u2212\ufe58\ufe63\uff0d"
_BETWEEN = rf"[\s{_UNSEEN}{_DASH}+./_]{{0,5}}"
_GAP = rf"[\s{_UNSEEN}]{{0,3}}"

# Each is a lookahead, so that one that is none hides no other that begins inside it.
_IDENTITY_NUMBERS = (
    re.compile(
        rf"(?<!\d)(?=((?:(?:16|18|19|20){_BETWEEN})?(?:\d\d{_BETWEEN}){{3}}\d{{4}}"
        rf"(?!\d|[{_DASH}./]\d\d[{_DASH}./]\d\d)))"  # not the year of the next date
    ),
    re.compile(rf"(?<!\d)(?=((?:\d\d)?\d{{6}}[\W_]{{0,5}}(?:\d{_GAP}){{3}}\d(?!\d)))"),
    re.compile(rf"(?=(\d(?P<sign>[\s{_UNSEEN}{_DASH}./_])(?:\d(?P=sign)){{8}}\d(?!\d)))"),
)

_CENTURIES = ([1, 6], [1, 8], [1, 9], [2, 0])
# All the digits that stand together.
_ANY_GROUPS = re.compile(rf"(?<!\d)\d(?:[\s{_DASH}]{{0,3}}\d)+")

_AT = r"(?:@|\uff20|\ufe6b|[(\[{]\s?(?:at|@|snabel-?a)\s?[)\]}]|\ssnabel-?a\s|\sat\s(?=[\w-]+\.\w))"
_WORD = r"[^\s@,;:<>()\[\]]"
_EMAIL = re.compile(rf"{_WORD}*{_AT}{_WORD}{{2,}}|{_WORD}+\s?{_AT}\s{_WORD}{{2,}}", re.IGNORECASE)

_SPACE = rf"[\s{_UNSEEN}]"
_AFTER_AREA = rf"(?:{_SPACE}?[){_DASH}/]{_SPACE}?[{_DASH}]?{_SPACE}?|{_SPACE})"


def _after(area: str, least: int, most: int) -> str:
    """`area` and so many digits: in one run, or with a sign after the area and spaces within."""
    spaced = rf"{_AFTER_AREA}\d(?:{_SPACE}?\d){{{least - 1},{most - 1}}}"
    return rf"[(]?{area}(?:\d{{{least},{most}}}|{spaced})"


_PHONES = tuple(
    # Not the minutes of a clock time, nor the first half of more digits.
    re.compile(rf"(?<!\d)(?<!\d[.:])(?:{pattern})(?![{_DASH}.:]?\d)")
    for pattern in (
        rf"(?:\+{_SPACE}?|00)[1-9](?:[\s{_UNSEEN}{_DASH}()./]{{0,3}}\d){{6,13}}",
        _after("08", 6, 9),
        _after(r"0[1-9]\d", 5, 8),
        _after(r"0[1-9]\d\d", 5, 6),
        rf"0[1-9]\d[{_DASH}.]\d{{2,4}}(?:[{_DASH}.]\d{{2,3}}){{1,2}}",
        rf"0{_SPACE}?7{_SPACE}?[02369](?:{_SPACE}?\d){{7}}",
        rf"7[02369](?:{_SPACE}?\d{{3}}|\d{_SPACE}?[{_DASH}]?\d\d){_SPACE}?\d\d{_SPACE}?\d\d",
        rf"[1-9]\d\d(?:\d{{4}}|{_SPACE}?[{_DASH}]?{_SPACE}?\d\d[\s{_DASH}]\d\d)",
    )
)


def holds_identity_number(text: str) -> bool:
    """Whether a personal identity number or a coordination number stands anywhere in `text`."""
    text = "".join(sign for sign in _with_our_digits(text) if not _joins(sign))
    found = [match[1] for pattern in _IDENTITY_NUMBERS for match in pattern.finditer(text)]
    found += filter(_is_whole, _ANY_GROUPS.findall(without_contact_details(text)))
    return any(_is_identity_number(_digits(part)) for part in found)


def _is_whole(group: str) -> bool:
    digits = _digits(group)
    return len(digits) == 10 or (len(digits) == 12 and digits[:2] in _CENTURIES)


def _joins(sign: str) -> bool:
    """Whether a sign is drawn on the one before it, and parts no digits."""
    return unicodedata.category(sign) in ("Mn", "Me")


def _digits(text: str) -> list[int]:
    return [int(sign) for sign in text if sign.isdigit()]


def without_contact_details(text: str) -> str:
    """`text` with `MARK` for every e-mail address and telephone number; never longer than it was.

    Digits of other scripts become ours.
    """
    text = _with_our_digits(text)
    for pattern in (_EMAIL, *_PHONES):
        text = pattern.sub(_marked, text)
    return text


def _with_our_digits(text: str) -> str:
    return "".join(str(unicodedata.digit(sign, sign)) for sign in text)


def _marked(found: re.Match[str]) -> str:
    """Keeps the space that an address began with."""
    return (" " if found[0][0].isspace() else "") + MARK


def _is_identity_number(digits: list[int]) -> bool:
    """`digits`: ten or twelve, the century first where it stands."""
    ten = digits[-10:]
    month, day = 10 * ten[2] + ten[3], 10 * ten[4] + ten[5]
    return _is_day(month, day - 60 if day > 60 else day) and _passes_luhn(ten)


def _is_day(month: int, day: int) -> bool:
    """Whether some year has the day: in doubt it is a date."""
    try:
        date(2000, month, day)
    except ValueError:
        return False
    return True


def _passes_luhn(digits: list[int]) -> bool:
    doubled = (digit * 2 if place % 2 == 0 else digit for place, digit in enumerate(digits))
    return sum(number // 10 + number % 10 for number in doubled) % 10 == 0
