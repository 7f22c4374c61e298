"""The words that say what a time is: closed, every second week, to be signed up for. Pure."""

import re

from .found import Find, Sentence, What

_PARTS = {
    "fm": re.compile(
        r"(?:på )?(?<!\w)(?:för?e?midd?ag(?:en|ar|arna)?|fm|f\.m\.|morgon(?:en)?|morgnar)\b"
    ),
    "em": re.compile(r"(?:på )?(?<!\w)(?:eftermid+ag(?:en|ar|arna)?|em|e\.m\.|efter lunch)\b"),
    "evening": re.compile(r"(?:på )?(?<!\w)(?:kväll(?:en|ar|arna|stid)?)\b"),
}
_PARITY = re.compile(
    r"(?P<odd>\bo-?jämna?|\budda|\bojäma?)\s+(?:v(?:\b\.?|eck(?:a|or|orna)\b))|"
    r"(?P<even>\bjämna?|\bjäma)\s+(?:v(?:\b\.?|eck(?:a|or|orna)\b))|"
    r"(?P<other>\bvarannan\s+(?:vecka|v\b\.?))|(?P<alone>\bvarannan\b)"
)
_CLOSED = re.compile(
    r"\b(?:håller |har |är |hålls |vi |det )*\w*?(?:st[äa]ng[td]a?|stänkt|stäng|stänger|stänga)\b"
    r"(?: hela dagen| hela dan| helt)?|"
    r"\b(?:har )?(?:ej|inte|inget) öppet\b|"
    r"\bing(?:en|et) (?:öppen förskola|verksamhet)\b|\b\w*uppehåll\b|"
    r"\b(?:planerings|studie|utbildnings|kompetens\w*)dag(?:ar|en)?(?= *(?:den )?\x00)"
)
_CANCELLED = re.compile(
    r"\b(?:är |blir )?inställ[td]\w*|\bställs? (?:vi )?in\b|\bställer vi in\b|\butgår\b|"
    r"\b(?:inget|ingen|inga)\b(?! (?:om|annat|anmälan|föranmälan|nötter|nöt|avgift|kostnad|förkun))"
)
_AS_USUAL = re.compile(r"\bsom vanligt\b")
_MOVED = re.compile(r"\b(?:har |är |blir )?flytta(?:r|s|t|d|de|ts)?\b(?: vi)?")
_INSTEAD = re.compile(r"\b(?:i ?stället för|istf)\b[^,;()]*")
_FROM = re.compile(
    r"\b(?:från och med|fr\.? ?o\.? ?m\b\.?|fom\b|from\b|från|med start|start(?:ar)?\b|fr\b\.?)"
    r"(?= *(?:\x00|den\b|v\b|vecka))"
)
_BEGINS = re.compile(
    r"\b(?:start(?:ar|er)?|börjar|drar igång|kör igång|terminsstart|kursstart|uppstart)\b"
)
_UNTIL = re.compile(
    r"\b(?:till och med|t\.? ?o\.? ?m\b\.?|tom\b|fram till|tills|till|ut|slutar|avslutas)"
    r"(?= *(?:\x00|den\b|v\b|vecka))"
)
_REOPENS = re.compile(
    r"\b(?:vi )?(?:öppnar(?: vi)?(?: igen| åter)?|öppet igen|ses(?: vi)? igen|ses åter|är tillbaka|"
    r"åter(?:öppnar)?(?: vi)?|välkomna (?:åter|tillbaka)|vi ses|slår upp)\b"
)
_LAST_DAY = re.compile(r"\bsista (?:öppna )?(?:dag(?:en)?|gång(?:en)?)\b")
_EXCEPT = re.compile(r"\b(?:ej|utom|förutom|dock (?:inte|ej)|inte|undantaget)\b(?= *(?:den )?\x00)")
_DEADLINE = re.compile(r"\b(?:senast|innan|före)\b(?= *(?:den )?\x00)")
_NTHS = {"första": 1, "andra": 2, "tredje": 3, "fjärde": 4, "sista": -1}
_NTH = re.compile(
    r"\b(?P<nth>första|andra|tredje|fjärde|sista)(?= \x00+ (?:i |varje )+månad)|"
    r"(?P<each> (?:i |varje )+månad(?:en)?\b)"
)
_VALID = re.compile(r"\b(?:gäller?|gälla|börjar gälla|giltig\w*)\b")
_NUMBERS = ["två", "tre", "fyra", "fem", "sex", "sju", "åtta", "nio", "tio", "elva", "tolv"]
_COUNT = re.compile(
    rf"\b(?P<count>\d{{1,2}}|{'|'.join(_NUMBERS)})\s+"
    r"(?P<unit>gånger|ggr|tillfällen|träffar|veckor|\x00)"
)
_NO_SIGN_UP = re.compile(
    r"\b(?:inte|ej|ingen|utan|slipper)\b[^.,]{0,25}?(?:för)?anmäl\w*|\bdrop.?in\b"
)
_SIGN_UP = re.compile(
    r"\b\w*anmäl\w*|\b(?:boka(?:s|d|de)?|bokning|fullbokat|fullbokad|fullsatt)\b(?: er| dig)?"
)
_LANGUAGES = {
    "albanska": "sq", "arabiska": "ar", "bosniska": "sh", "dari": "prs", "engelska": "en",
    "finska": "fi", "franska": "fr", "kinesiska": "zh", "kurmanji": "kmr", "sorani": "ckb",
    "pashto": "ps", "persiska": "fa", "polska": "pl", "portugisiska": "pt", "romani": "rom",
    "rumänska": "ro", "ryska": "ru", "somaliska": "so", "spanska": "es", "thailändska": "th",
    "tigrinska": "ti", "tigrinja": "ti", "turkiska": "tr", "ukrainska": "uk", "urdu": "ur",
    "vietnamesiska": "vi", "amhariska": "am",
}  # fmt: skip
_LANGUAGE = re.compile(r"\b(" + "|".join(_LANGUAGES) + r")\b")
_TERM = re.compile(
    r"\b(?:(?P<vt>vår(?:en|termin(?:en)?)s?|vt)|(?P<ht>höst(?:en|termin(?:en)?)s?|ht))"
    r"[ \-]*(?P<year>20\d\d|'?\d\d(?!\d))?\b"
)
_CONTACT = re.compile(
    r"\b(?:ring(?:er)?|tel(?:efon)?(?:tid|nummer)?|tfn|når oss|når ni oss|sms|swish)\b"
)
_NOISE = (
    re.compile(r"\b(?:0[1-9]\d|08)\s?[/\-]\s?\d[\d\s]{4,10}\d|\b0[1-9]\d \d{2,3} \d\d \d\d\b"),
    re.compile(r"\b0[1-9]\d{7,9}\b"),
    re.compile(r"\+46[\d\s\-]{6,}\d"),
    re.compile(r"\S+@\S+|https?://\S+|www\.\S+|#\w+"),
    re.compile(r"\b\d+(?:[.,:]\d+)?\s*(?:kr|kronor|:-|sek|procent|%|kvm|meter|m2|km)(?!\w)"),
    re.compile(r"\b\w*(?:gatan|vägen|gränd|stigen|torget|plan|platsen) \d+\s?[a-d]?\b"),
    re.compile(r"\b\d{3} ?\d{2}\b(?= [a-zåäö]{3,})"),
)


def take_noise(sentence: Sentence) -> None:
    """Telephone numbers, addresses, prices and links, whose figures are no times."""
    for pattern in _NOISE:
        sentence.take(What.NOISE, pattern)
    sentence.take(What.NOISE, _INSTEAD)


def take_words(sentence: Sentence) -> None:
    """All other words that say what a time is. Comes after times, dates and weekdays."""
    sentence.take(What.PARITY, _PARITY, _parity)
    for part, pattern in _PARTS.items():
        sentence.take(What.PART, pattern, lambda match, part=part: part)  # type: ignore[misc]
    sentence.take(What.SIGN_UP, _NO_SIGN_UP, lambda match: False)
    sentence.take(What.SIGN_UP, _SIGN_UP)
    sentence.take(What.CLOSED, _CLOSED)
    sentence.take(What.CANCELLED, _CANCELLED)
    sentence.take(What.AS_USUAL, _AS_USUAL)
    sentence.take(What.MOVED, _MOVED)
    sentence.take(What.LAST_DAY, _LAST_DAY)
    sentence.take(What.EXCEPT, _EXCEPT)
    sentence.take(What.DEADLINE, _DEADLINE)
    sentence.take(What.NTH, _NTH, lambda match: _NTHS.get(match.group(), 0))
    sentence.take(What.REOPENS, _REOPENS)
    sentence.take(What.COUNT, _COUNT, lambda match: _count(sentence, match))
    sentence.take(What.FROM, _FROM)
    sentence.take(What.BEGINS, _VALID)
    sentence.take(What.BEGINS, _BEGINS)
    sentence.take(What.UNTIL, _UNTIL)
    sentence.take(What.CONTACT, _CONTACT)
    if language := _LANGUAGE.search(sentence.open):  # part of the name, too
        code = _LANGUAGES[language.group()]
        sentence.finds.append(Find(What.LANGUAGE, language.start(), language.end(), code))
    sentence.take(What.TERM, _TERM, _term)


def _parity(match: re.Match[str]) -> str:
    return "other" if match.lastgroup == "alone" else str(match.lastgroup)


def _count(sentence: Sentence, match: re.Match[str]) -> int | None:
    """ "sex tisdagar": the weekday has been taken already."""
    taken = match["unit"] == "\x00"
    if taken and not any(
        find.what is What.WEEKDAYS and find.start == match.end() - 1 for find in sentence.finds
    ):
        return None
    word = match["count"]
    return int(word) if word.isdigit() else _NUMBERS.index(word) + 2


def _term(match: re.Match[str]) -> tuple[str, int | None]:
    digits = (match["year"] or "").strip("'")
    year = int(digits) if len(digits) == 4 else 2000 + int(digits) if digits else None
    return ("vt" if match["vt"] else "ht"), year
