"""How names are compared: as written, as folded, and as they sound. Pure."""

import re
import unicodedata
from functools import lru_cache

LONGEST = 300  # characters of a question that are read; the longest label has fewer

_ACCENTS = re.compile("[\u0300-\u036f]+")
_NO_LETTERS = re.compile(r"[\W_]+")
_UNACCENTED = str.maketrans({"ø": "o", "æ": "a"})
_SAME_WORDS = {
    "dr": "doktor",
    "familjecentralen": "familjecentral",
    "fc": "familjecentral",
    "forskolan": "forskola",
    "gbg": "goteborg",
    "gothenburg": "goteborg",
    "oppna": "oppen",
    "torget": "torg",
}
_FIRST_WORDS = {"n": "norra", "o": "ostra", "s": "sodra", "v": "vastra"}  # "V Frölunda"

_SOUNDS = str.maketrans({"c": "k", "q": "k", "w": "v", "z": "s", "e": "a"})
_DIGRAPHS = (("ph", "f"), ("sh", "sj"), ("th", "t"))
_FIRST_J = re.compile(r"\b(?:[hgld]j|y(?=[aou]))")
_DOUBLE = re.compile(r"([a-z])\1+")


def cleaned(text: str) -> str:
    """What a person sees of `text`: one space at a time, no control characters, no marks."""
    seen = (_visible(character) for character in text.strip()[:LONGEST])
    return " ".join("".join(seen).split())


def _visible(character: str) -> str:
    if character.isprintable():
        return character
    return " " if character.isspace() else ""


@lru_cache(maxsize=32_768)
def folded(text: str) -> str:
    """Lower case without accents and punctuation, words for the same thing made one."""
    plain = unicodedata.normalize("NFKD", cleaned(text)).casefold().translate(_UNACCENTED)
    words = _NO_LETTERS.sub(" ", _ACCENTS.sub("", plain)).split()
    if len(words) > 1:
        words[0] = _FIRST_WORDS.get(words[0], words[0])
    return " ".join(_SAME_WORDS.get(word, word) for word in words)


@lru_cache(maxsize=32_768)
def sound(key: str) -> str:
    """A folded text roughly as it is heard: "hjallbo", "jelbo" and "yalbo" are all "jalbo"."""
    heard = _FIRST_J.sub("j", key)
    for letters, letter in _DIGRAPHS:
        heard = heard.replace(letters, letter)
    return _DOUBLE.sub(r"\1", heard.translate(_SOUNDS)).replace(" ", "")


def squeezed(key: str) -> str:
    """Without spaces: "Hisingsbacka" is "Hisings Backa"."""
    return key.replace(" ", "")
