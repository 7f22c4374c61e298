"""Lines in many hands, and the rows that somebody would enter for them."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from centres.pasted.reading import read
from centres.pasted.values import Use
from services.languages import SpokenLanguage

from .notation import TODAY, rows

DAYS = [
    ("Måndagar kl. 9 till 12 för barn 0-6 år", ["weekly mon 09:00-12:00 0..83"]),
    ("tis/tors 13-15", ["weekly tue 13:00-15:00", "weekly thu 13:00-15:00"]),
    ("måndga 10-12, onsadg 13-15", ["weekly mon 10:00-12:00", "weekly wed 13:00-15:00"]),
    ("On 13-15 baby 0-1 år", ["weekly wed 13:00-15:00 0..23"]),
    ("På torsdagskvällar 17-19 pappor", ["weekly thu 17:00-19:00"]),
    (
        "kl 9-12 på måndagar, kl 13-15 på tisdagar",
        ["weekly mon 09:00-12:00", "weekly tue 13:00-15:00"],
    ),
    ("Öppet mån 9-12 o 13-15", ["weekly mon 09:00-12:00", "weekly mon 13:00-15:00"]),
    ("Fredagsmys fredagar kl 9-11.30 (sång 10)", ["weekly fri 09:00-11:30"]),
    ("10-12 mån o tis", ["weekly mon 10:00-12:00", "weekly tue 10:00-12:00"]),
    ("Pappaträff varannan torsdag (jämna veckor) 17–19", ["weekly thu 17:00-19:00 even"]),
    ("Varannan onsdag 13-15 mammagrupp, start v 3", ["weekly wed 13:00-15:00 odd"]),
]

TIMES = [
    ("Tisdagar halv 10 till halv 12, från 6 månader", ["weekly tue 09:30-11:30 6.."]),
    ("ons ½ 10 - 11½", ["weekly wed 09:30-11:30"]),
    ("Öppet 0900-1200 måndag", ["weekly mon 09:00-12:00"]),
    ("Vi öppnar kl 9 och stänger kl 12 på måndagar", ["weekly mon 09:00-12:00"]),
    ("tisdagar klockan två till fyra", ["weekly tue 14:00-16:00"]),
    ("mån 9-12, ring 031-390 06 12 om ni undrar", ["weekly mon 09:00-12:00"]),
    ("Tisdag 9 - 12.00, sång kl. 10.00 – 10.20", ["weekly tue 09:00-12:00"]),
    ("Vi tar emot 10-12 familjer", []),
    ("Telefontid måndag 9-10, 031-12 34 56", []),
]

AGES = [
    ("mån 9-11 upp t 10 mån", ["weekly mon 09:00-11:00 ..10"]),
    ("mån 9-11 barn under 1 år", ["weekly mon 09:00-11:00 ..11"]),
    ("mån 9-11 6 mån–1 år", ["weekly mon 09:00-11:00 6..23"]),
    ("mån 9-11 1,5-3 år", ["weekly mon 09:00-11:00 18..47"]),
    (
        "Onsdagar 9-11 (0-12 mån) och 13-15 (1-6 år)",
        ["weekly wed 09:00-11:00 0..12", "weekly wed 13:00-15:00 12..83"],
    ),
    (
        "Babycafé (0–8 mån)\nmåndag 13–15\nonsdag 9–11\n\nFör alla (0–6 år)\ntisdag 9–12",
        [
            "weekly mon 13:00-15:00 0..8",
            "weekly wed 09:00-11:00 0..8",
            "weekly tue 09:00-12:00 0..83",
        ],
    ),
    ("Torsdagar 13-15\n0-10 månader", ["weekly thu 13:00-15:00 0..10"]),
]

DATES = [
    (
        "Den 10, 17 och 24 mars kl 13.30–15",
        [
            "single 2027-03-10 13:30-15:00",
            "single 2027-03-17 13:30-15:00",
            "single 2027-03-24 13:30-15:00",
        ],
    ),
    ("Stängt 24/12–6/1", ["closed 2026-12-24..2027-01-06"]),
    ("sommarstängt från 28 juni till och med 15 augusti", ["closed 2027-06-28..2027-08-15"]),
    ("Skärtorsdagen stängt", ["closed 2027-03-25"]),
    ("Planeringsdagar 15/1 och 12/3", ["closed 2027-01-15", "closed 2027-03-12"]),
    ("Sista dagen är 18 juni. Vi öppnar igen 16 augusti.", ["closed 2027-06-19..2027-08-15"]),
    ("Torsdag 11/2 är det inget babycafé", ["cancelled 2027-02-11"]),
    (
        "Gruppen 14/1 flyttas till fredag 15/1 kl 10-12",
        ["cancelled 2027-01-14", "single 2027-01-15 10:00-12:00"],
    ),
    ("Tisdagar 12/1–16/2 kl 13-15 massage", ["weekly tue 13:00-15:00"]),
    ("TORSDAGAR 9–12 (EJ 25/3)", ["weekly thu 09:00-12:00", "cancelled 2027-03-25"]),
    (
        "Stängt fredag 12/2, måndag 15/2 öppnar vi kl 10",
        ["closed 2027-02-12", "single 2027-02-15 10:00-"],
    ),
    ("Tors 4/3 kl. 18-19.30 om sömn. Anmälan senast 1/3.", ["single 2027-03-04 18:00-19:30"]),
    ("Vårterminen startar 11 januari och slutar 18 juni.\nMån 9-12", ["weekly mon 09:00-12:00"]),
    (
        "Stängda dagar\nFredag 26 februari\nV. 28-32",
        ["closed 2027-02-26", "closed 2027-07-12..2027-08-15"],
    ),
    ("Höstlov 2027: den 2 november 2027 kl 10-12", ["single 2027-11-02 10:00-12:00"]),
    ("31/2 kl 9-12", []),
    (
        "onsdagar stängt på förmiddagen, men välkomna 13-15 på eftermiddagen",
        ["closed wed", "weekly wed 13:00-15:00"],
    ),
]

TABLES = [
    (
        "Tid\tMåndag\tTisdag\n9-12\tÖppet 0-6 år\tBaby 0-8 mån",
        ["weekly mon 09:00-12:00 0..83", "weekly tue 09:00-12:00 0..8"],
    ),
    (
        "Måndag\nÖppet hus\n0-6 år\n9-12\nTisdag\nBaby\n0-8 mån\n13-15",
        ["weekly mon 09:00-12:00 0..83", "weekly tue 13:00-15:00 0..8"],
    ),
    (
        "MÅNDAG          TISDAG\n9-12 öppet      13-15 baby",
        ["weekly mon 09:00-12:00", "weekly tue 13:00-15:00"],
    ),
]


@pytest.mark.parametrize(("text", "expected"), [*DAYS, *TIMES, *AGES, *DATES, *TABLES])
def test_rows_of_a_text(text, expected):
    assert sorted(rows(text)) == sorted(expected)


def test_a_weekday_that_is_not_the_dates_own_is_doubted():
    (line,) = read("tisdag 3/12 kl 10 Lucia", today=TODAY)
    assert line.rows[0].doubts[0] == "3 december är en torsdag, men i texten står det tisdag."


def test_a_line_with_a_time_but_no_row_says_so():
    (line,) = read("Lunch 11.30-12.30 för den som har matsäck", today=TODAY)
    assert (line.use, line.doubts) == (Use.UNREAD, ("Vilken dag gäller det?",))


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("tors den 14:e inställt!! (jag är på kurs)", "Vilket datum gäller det?"),
        ("tis 9-12\nTerminen börjar 11/1.", "Vad börjar då? Läs hela raden."),
    ],
)
def test_a_line_that_nothing_came_of_says_so_though_it_could_lend_to_others(text, why):
    line = read(text, today=TODAY)[-1]
    assert (line.use, line.doubts) == (Use.UNREAD, (why,))


def test_moved_to_the_same_time_waits_for_the_time():
    (line,) = read("ons 20/1 flyttas till tors 21/1 samma tid", today=TODAY)
    assert [row.name for row in line.rows] == ["Inställt", "Öppet"]
    assert line.rows[1].doubts == ("Klockslag saknas.",)


def test_what_else_a_row_holds():
    text = "Sagostund på arabiska, tisdagar 10-11 på Stuxis, sång 10.30. Anmälan krävs."
    ((row,),) = (line.rows for line in read(text, today=TODAY))
    assert (row.name, row.language, row.where) == ("Sagostund på arabiska", "ar", "Stuxis")
    assert (row.song_at.isoformat(), row.sign_up) == ("10:30:00", True)
    assert row.language in SpokenLanguage.values


def test_greeting_names_no_row():
    text = "Hej alla familjer!\n\nOnsdagar 13-15\nStängt 29 mars\nVälkomna önskar Alva & Lena"
    names = [row.name for line in read(text, today=TODAY) for row in line.rows]
    assert names == ["Öppet", "Stängt"]


@given(st.text(alphabet="mån tisdag0123456789-./,v½kl och\n\t()åäöstängt:från till", max_size=80))
def test_every_line_is_kept_whatever_is_pasted(text):
    lines = read(text, today=TODAY)
    assert [line.text for line in lines] == text.split("\n")
    for row in (row for line in lines for row in line.rows):
        assert row.weekday or row.date
        assert not (row.date and row.last_date) or row.date <= row.last_date


@pytest.mark.parametrize("words", ["1, ", "v 1 ", "1/1 ", "mån 9-12 ", "9", "(", "mån "])
def test_a_line_without_end_is_read_in_seconds(words):
    begun = time.perf_counter()
    read((words * 20_000)[:20_000], today=TODAY)
    assert time.perf_counter() - begun < 5


@given(st.text(max_size=200))
def test_no_text_is_refused(text):
    read(text, today=TODAY)
