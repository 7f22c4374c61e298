"""From text to the terms that are compared: words are folded, then brought to their stem. Pure.

1.  *Folded*: case, accents and the dots of å, ä and ö are no difference, nor are the several ways
    to write an Arabic letter. Every script stays.
2.  *Words*: runs of letters or digits.
3.  *Stem*: Swedish endings go ("sömnen" is "sömn"); so does the Arabic article. Words that change
    inside are listed.
4.  *Stop words* say nothing by themselves; in names and phrases they are kept.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import lru_cache

import snowballstemmer

LONGEST_TERM = 40  # characters
_WORD = re.compile(r"[^\W_]+")
_SAME_LETTERS = str.maketrans(
    {
        "ø": "o",
        "æ": "a",
        "đ": "d",
        "ł": "l",
        "ı": "i",
        "ی": "ي",
        "ى": "ي",
        "ک": "ك",
        "ة": "ه",
        "ۀ": "ه",
        "\u0640": "",  # tatweel: a line that only fills
        "\u200c": " ",  # Persian writes it inside a word
    }
)
_ARABIC_ARTICLE = re.compile(r"^و?ال(?=\w{3})")
_VERY = re.compile(r"^(jatte|super)(?=\w{4})")  # says only how much: "jättekonstigt"
_DEFINITE = re.compile(r"(?<=\w{4})an$")  # "förskolan": the stemmer keeps it

# Words whose stem changes, and frequent ones that the stemmer takes too much or too little of.
_IRREGULAR = {
    "oppen": "oppen oppna oppet oppnar oppnas",
    "bocker": "bok boken bocker bockerna",
    "natt": "natt natten natter natterna",
    "tand": "tand tanden tander tanderna",
    "sla": "sla slar slog slagit slagen slagna slas",
    "sov": "sova sover sov sovit",
    "ata": "ata ater atit",
    "grat": "grata grater grat gratit",
    "do": "dor dog dott",
    "barn": "barn barnet barnen barns barnets",
}
_STEMS = {word: stem for stem, words in _IRREGULAR.items() for word in words.split()}

STOP_WORDS = frozenset(
    _WORD.findall(
        """
    alla allt an andra annan annat ar att av bara bli blir blivit da dar de dem den denna deras dess
    det detta dig din dina ditt dom du dags efter eller en enligt er era ert ett far fick finns
    for fore fran fraga fragor ga gar gor gora ha han hade har hej hela henne hennes hit hjalp
    hjalpa hon honom hos hur i ibland icke in ingen inga inget inne innan inte ja jag kan kanske
    knappt kommer komma kunde lite lilla liten man manga med medan mej men mer mest mig min mina
    mitt mot mycket maste na nar nagon nagot nagra nara ned nej ni nu och ocksa om oss over pa
    samma sedan sej sig sin sina sitt ska skall skulle som sa sadan sager ta tar till tills tror
    under undrar upp ut utan va vad var vara varfor varit vart vem vet vi vid vilja vilka vilken
    vilket vill alltid tiden snart tack behover faa jo aven ens bor goteborg a am and any are at
    be can do does from get have how is it me my near of on or our the there to we what when where
    which who with you your help need find barn barnet barnen barns barnets litet gang ganger
    hemma soker sok ur grader
        """
    )
)
_STEMMER = snowballstemmer.stemmer("swedish")


def folded(text: str) -> str:
    """Lower case, without accents and dots, each letter written in one way."""
    plain = unicodedata.normalize("NFKD", text).casefold().translate(_SAME_LETTERS)
    return "".join(letter for letter in plain if not unicodedata.combining(letter))


def words(text: str) -> list[str]:
    """The folded words in order, each at most `LONGEST_TERM` characters."""
    return [word[:LONGEST_TERM] for word in _WORD.findall(folded(text))]


def written_words(text: str) -> list[tuple[str, str]]:
    """The folded words in order, each with how it is written: ("somn", "sömn")."""
    return [
        (word, written[:LONGEST_TERM])
        for written in _WORD.findall(unicodedata.normalize("NFKC", text).lower())
        for word in words(written)
    ]


@lru_cache(maxsize=65_536)
def stem(word: str) -> str:
    """Of a folded word what all its forms share."""
    if known := _STEMS.get(word):
        return known
    bare = _VERY.sub("", _ARABIC_ARTICLE.sub("", word))
    stemmed: str = _STEMMER.stemWord(bare)
    return _DEFINITE.sub("", stemmed) or word


def key_of(some: Sequence[str]) -> str:
    """Equal for words that mean one thing joined or apart: "öppen för skola", "öppenförskola"."""
    return "".join(some[:-1]) + stem(some[-1]) if some else ""


def phrases(some: Sequence[str], longest: int = 5) -> Iterator[tuple[int, int, str]]:
    """Every run of words as start, end and key, at each start the longest first."""
    for start in range(len(some)):
        for end in range(min(len(some), start + longest), start, -1):
            yield start, end, key_of(some[start:end])


def is_stop_word(word: str) -> bool:
    return word in STOP_WORDS or (len(word) == 1 and word.isascii() and word.isalpha())
