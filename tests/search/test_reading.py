"""How a question is read, from a vocabulary written out."""

import pytest

from familjeportal.search.analyser import stem, words
from familjeportal.search.reading import MOST_PARTS, read
from familjeportal.search.vocabulary import WHOLE, Phrase, Vocabulary

TEXTS = "öppen förskola sömn problem amning barnmorska Kortedala spädbarn massage familjecentral"
SYNONYMS = [
    Phrase("öppen förskola", "oppen-forskola"),
    Phrase("öppna förskolan", "oppen-forskola"),
    Phrase("öppis", "oppen-forskola"),
    Phrase("neuvola", "bvc"),
    Phrase("neuvola", "barnmorska"),
]
URGENT = [Phrase("slår mig", "vald"), Phrase("rape", "vald"), Phrase("andas inte", "andas")]


def vocabulary() -> Vocabulary:
    terms = {stem(word): (2, written) for written in TEXTS.split() for word in words(written)}
    terms |= {"§oppen-forskola": (1, ""), WHOLE + "oppenforskol": (1, "")}
    return Vocabulary(count=20, terms=terms, synonyms=SYNONYMS, urgent=URGENT)


@pytest.mark.parametrize(
    ("text", "means"),
    [
        ("öppen förskola", ["oppen-forskola"]),
        ("öppna förskolan i Kortedala", ["oppen-forskola"]),
        ("öppen för skola", ["oppen-forskola"]),
        ("ÖPPIS", ["oppen-forskola"]),
        ("öpen förskola", ["oppen-forskola"]),
        ("neuvola", ["bvc", "barnmorska"]),
        ("förskola", []),
    ],
)
def test_phrases_that_mean_the_same(text, means):
    assert read(text, vocabulary()).means == means


@pytest.mark.parametrize(
    ("text", "corrected"),
    [
        ("amnning", "amning"),
        ("familjesentral", "familjecentral"),
        ("sömnproblem", ""),
        ("amning", ""),
        ("qwertyuiop", ""),
        ("parnmorska", ""),
        ("dömn", ""),
    ],
)
def test_a_word_that_makes_no_sense_is_read_as_the_nearest(text, corrected):
    assert read(text, vocabulary()).corrected == corrected


@pytest.mark.parametrize(
    ("text", "urgent"),
    [
        ("han slår mig", ["vald"]),
        ("slog hårt mot mig", ["vald"]),
        ("bebisen rapar", []),
        ("rape", ["vald"]),
        ("hon andas inte och han slår mig", ["vald", "andas"]),
    ],
)
def test_urgent_words(text, urgent):
    assert read(text, vocabulary()).urgent == urgent


def test_parts_of_a_compound_are_looked_for():
    terms = [set(part.terms) for part in read("sömnproblem", vocabulary()).parts]
    assert terms == [{"somn", "problem"}]


@pytest.mark.parametrize("text", ["", "\0", "och det är", "?!", "😀"])
def test_nothing_to_look_for(text):
    assert read(text, vocabulary()).is_empty


def test_a_long_question_asks_for_no_more_than_the_database_bears():
    assert len(read(TEXTS * 40, vocabulary()).parts) <= MOST_PARTS


def test_where_nothing_is_known_nothing_is_read():
    assert read("sömn", Vocabulary(count=0, terms={})).is_empty
