"""What a session is called, and where it is, from the words that are left of a clause. Pure."""

import re

_LONGEST = 60
_FILLER = re.compile(
    r"har|vi|är|det|på|då|ni|välkomna|välkommen|om|som|med|och|o|å|samt|i|"
    r"för|till|av|en|ett|den|de|här|kl|klockan|ca|cirka|mellan|redan|sedan|"
    r"också|även|så|vår|våra|våran|där|när|under|ses|håller|hålls|från|men|får|"
    r"kommer|går|finns|bara|sina|lokaler|därefter|efter|innan|varje|extra|gång|"
    r"hos|oss|obs|upp|riktad|åldern|barn|pga|p\.g\.a\.|grund|hela|dagen|dagar|"
    r"idag|därför|att|åter|dag|dan|datum|öppettider|öppetider|öppetid|öppettid|"
    r"tider|schema|tid|ny|nya|välkomnar|ålder|följande|gäller|träffas|firar|"
    r"ser|ut|er|samma"
)
_EDGES = " .,;:!?-()/|+&*=<>\"'”’"
_WHERE = re.compile(
    r"\b(?:på|i|vid|utanför)\s+(?P<place>[A-ZÅÄÖ][\w-]+(?:\s+(?:naturreservat|park|bibliotek\w*|"
    r"lekplats|torg|gård|[A-ZÅÄÖ][\w-]+))*|(?:\w+\s)?(?:biblioteket|lekplatsen|parken|gården|"
    r"entrén|skogen|badhuset|naturreservatet|kyrkan|\w+lekplatsen|\w+parken|\w+biblioteket))"
)
_CLOSING = re.compile(r"\b\w+ ?stäng[td]\w*", re.IGNORECASE)
_WITHIN = re.compile(r"^(?:Facebook|Instagram|BVC|Hälsoteket|SFI|Sverige|APT)\b")


def name_in(words: str) -> str:
    """ "har vi öppet för alla åldrar" as "Öppet för alla åldrar"; empty if nothing is said."""
    parts = [part for part in re.split(r"\s{2,}|[,;:!?|]\s|\(|\)|\s-\s", words) if _core(part)]
    return _capital(_core(parts[0])[:_LONGEST].strip()) if parts else ""


def place_in(text: str) -> str | None:
    """ "på Stuxis" is "Stuxis". Not where all is written in capitals."""
    found = None if text.isupper() else _WHERE.search(text)
    return found["place"] if found and not _WITHIN.match(found["place"]) else None


def closing_in(text: str) -> str:
    """ "Sommarstängt", where that is all that is said of a closing."""
    found = _CLOSING.search(text)
    name = found.group().replace(" ", "") if found else ""
    return _capital(name) if name.lower().startswith(("sommar", "jul", "lov", "påsk")) else ""


def _core(part: str) -> str:
    words = part.strip(_EDGES).split()
    while words and _says_nothing(words[0]):
        words = words[1:]
    while words and _says_nothing(words[-1]):
        words = words[:-1]
    text = " ".join(words).strip(_EDGES)
    return text if sum(map(str.isalpha, text)) > 1 else ""


def _says_nothing(word: str) -> bool:
    plain = word.strip(_EDGES).lower()
    return not plain or _FILLER.fullmatch(plain) is not None


def _capital(text: str) -> str:
    plain = text.lower() if text.isupper() and len(text) > 4 else text
    return plain[:1].upper() + plain[1:]
