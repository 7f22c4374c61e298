"""Times of day in figures and words: "9–12", "kl 9.00-12:00", "½ 10 till 12", "halv nio". Pure.

1.  A span needs a dash or a word between its ends, must lie between 5 and 24, and is no span of
    times where another unit follows ("0–6 år", "20–25 barn").
2.  Without minutes and without "kl" a span begins at 7 or later; with them, 1–6 are afternoon.
3.  A time alone needs minutes, "kl" or "halv"; a song's time stands beside the song.
"""

import re
from datetime import time

from .found import Sentence, What

_HOURS = ["ett", "två", "tre", "fyra", "fem", "sex", "sju", "åtta", "nio", "tio", "elva", "tolv"]
_WORD = "|".join(_HOURS)
_CLOCK = (
    rf"(?:(?:halv|kvart (?:i|över))\s+(?:\d{{1,2}}|{_WORD})|"
    r"(?:[01]?\d|2[0-4])\s?[.:]\s?[0-5]\d(?!\d)|(?:[01]?\d|2[0-4])[0-5]\d(?!\d)|"
    r"(?:[01]?\d|2[0-4])(?!\d))"
)
_WORDED = rf"(?:{_CLOCK}|(?:{_WORD})\b)"
_KL = r"(?:\bkl(?:ockan)?\b\.?\s*|\btid:?\s*)"
_ABOUT = r"(?:ca\.?\s|cirka\s|redan\s|runt\s)?"
_UNIT = (
    r"(?!\s*(?:år|åringar|månad|mån\b|barn\b(?! (?:under|över|från|som|i|mellan|upp|\d|\x00))|"
    r"familj(?:er)?\b|föräldrar|personer|gånger|ggr|veckor|tillfällen|"
    r"träffar|kr\b|kronor|%|st\b|min\b|minuter|tim|deltagare|platser|vuxna)|\s?/|[.:,]\d|\d)"
)
_SPAN = re.compile(
    rf"(?<![\d/.:,\-])(?P<kl>{_KL}|\bmellan\s+(?:kl(?:ockan)?\.?\s*)?|"
    rf"\bfrån\s+(?:kl(?:ockan)?\.?"
    rf"\s*)?)?{_ABOUT}(?P<start>{_WORDED})"
    r"(?P<to>\s*(?:-+|till|to|tom|t\.o\.m\.?|och|o)\s*|[a-zåäö ]{0,30}? (?:öppet|på|igång) "
    r"(?:fram )?till |"
    rf"\s*(?:och |, )?(?:vi )?(?:stänger|slutar|avslutar)(?: vi)? |"
    r"[a-zåäö, ]{0,30}?(?:hemma|tillbaka|går hem|slut)(?: igen| vid| ca| runt)* )"
    rf"(?:{_KL})?(?P<end>{_WORDED}){_UNIT}"
)
_SONG = re.compile(
    r"\b(?:(?:då |vi |där |och )*sjung\w*(?: vi)?|s[åa]ng(?:stund(?:en)?|samling(?:en)?|en|er|"
    r"lek(?:ar)?|pass(?:et)?)?)\b"
    rf"(?:[^\d.!?\x00]|(?<=kl)\.){{0,24}}?(?P<at>{_WORDED})(?!\s*(?:-|till)\s*\d)(?!\s*[.:]?\d)"
)
_SONG_SPAN = re.compile(
    rf"\bs[åa]ng(?:stund|samling|en)?\s*(?:{_KL})?(?P<at>{_CLOCK})\s*(?:-|till)\s*{_CLOCK}"
)
_TIME_THEN_SONG = re.compile(
    rf"(?<![\d/.:,\-])(?:{_KL})?(?P<at>(?:[01]?\d|2[0-4])[.:][0-5]\d)\s*(?:-\s*)?(?:är det )?"
    r"s[åa]ng(?:stund|samling)?\b"
)
_UNTIL = re.compile(rf"(?:öppet|fram)(?: fram)? till (?:{_KL})?(?P<at>{_CLOCK})(?!\s*[\d/]){_UNIT}")
_ALONE = re.compile(
    rf"(?<![\d/.:,\-])(?:{_KL}{_ABOUT}(?P<with_kl>{_WORDED})|(?P<half>halv\s+(?:\d{{1,2}}|{_WORD}))|"
    rf"(?P<minutes>(?:[01]?\d|2[0-3])[.:][0-5]\d)){_UNIT}"
)
_DURATION = re.compile(
    r"\b(?:i |ca |cirka )*(?:(?P<hour>en timme|1 timme|1 tim)|(?P<more>en och en halv timme|1[.,]5 "
    r"tim\w*)|(?P<two>två timmar|2 timmar|2 tim)|(?P<minutes>\d{2,3}) ?min(?:uter)?)\b"
)

Times = tuple[time | None, time | None]


def take_times(sentence: Sentence) -> None:
    sentence.take(What.DURATION, _DURATION, _minutes)
    if len(list(_SPAN.finditer(sentence.open))) > 1:
        sentence.take(What.SONG, _SONG_SPAN, lambda match: clock(match["at"]))
    sentence.take(What.SONG, _SONG, lambda match: clock(match["at"], loose=True))
    sentence.take(What.TIMES, _SPAN, _span)
    sentence.take(What.SONG, _TIME_THEN_SONG, lambda match: clock(match["at"]))
    sentence.take(What.TIMES, _UNTIL, lambda match: _ending(clock(match["at"])))
    sentence.take(What.TIME, _ALONE, _alone)


def clock(text: str, *, loose: bool = False) -> time | None:
    """The time of day that a text of this module's patterns means; 1–6 are afternoon if `loose`."""
    words = text.split()
    figures = re.findall(r"\d+", text)
    if words[0] in ("halv", "kvart"):
        hour = _hour(words[-1])
        before = {"halv": 30, "i": 15}.get(words[0] if words[0] == "halv" else words[1], -15)
        minutes = hour * 60 - before
    elif words[0] in _HOURS:
        minutes = _hour(words[0]) * 60
    elif len(figures) == 1 and len(figures[0]) > 2:
        minutes = int(figures[0][:-2]) * 60 + int(figures[0][-2:])
    else:
        minutes = int(figures[0]) * 60 + (int(figures[1]) if len(figures) > 1 else 0)
    if loose and minutes < 7 * 60:
        minutes += 12 * 60
    return time(minutes // 60 % 24, minutes % 60) if 0 <= minutes <= 24 * 60 else None


def _span(match: re.Match[str]) -> Times | None:
    start, end = match["start"], match["end"]
    between = match["to"].strip()
    if between in ("och", "o") and "mellan" not in (match["kl"] or ""):
        return None
    is_bare = not match["kl"] and not re.search(r"[.:a-z]|\d{3}", start + end)
    opens, closes = clock(start, loose=not is_bare), clock(end)
    if opens is None or closes is None:
        return None
    if closes <= opens and closes.hour < 12:
        closes = closes.replace(hour=closes.hour + 12)
    return (opens, closes) if 5 + 2 * is_bare <= opens.hour and opens < closes else None


def _alone(match: re.Match[str]) -> time | None:
    text = match["with_kl"] or match["half"] or match["minutes"]
    return clock(text, loose=text[0].isalpha() or match["with_kl"] is not None)


def _ending(at: time | None) -> Times | None:
    return (None, at) if at else None


def _minutes(match: re.Match[str]) -> int:
    if match["minutes"]:
        return int(match["minutes"])
    return 60 if match["hour"] else 90 if match["more"] else 120


def _hour(text: str) -> int:
    return int(text) if text.isdigit() else _HOURS.index(text) + 1
