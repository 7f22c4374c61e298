from datetime import date

import pytest

from guidance.printed import qr
from guidance.printed.sheets import LANGUAGES, SHEETS
from guidance.printed.texts import is_reviewed, name_of, words_in


@pytest.mark.parametrize(
    ("slug", "today", "monday"),
    [
        ("dorrskylt", date(2026, 11, 23), date(2026, 11, 23)),
        ("dorrskylt", date(2026, 11, 29), date(2026, 11, 23)),
        ("dorrskylt-nasta-vecka", date(2026, 11, 29), date(2026, 11, 30)),
        ("dorrskylt", date(2027, 1, 1), date(2026, 12, 28)),
        ("affisch-a4", date(2026, 11, 23), None),
    ],
)
def test_week_of_sheet(slug, today, monday):
    assert SHEETS[slug].week(today) == monday


def test_every_language_has_the_same_words():
    codes = {code for languages in LANGUAGES.values() for code in languages}
    keys = {code: set(words_in(code)) for code in codes}
    assert all(found == keys["sv"] for found in keys.values())
    assert all(
        words_in(code)["services"].keys() == words_in("sv")["services"].keys() for code in codes
    )
    assert all(len(words_in(code)["weekdays"]) == 7 for code in codes)


def test_a_sheet_is_reviewed_when_all_its_languages_are():
    assert is_reviewed("sv")
    assert not is_reviewed("ar-sv")
    assert name_of("ar-sv") == "Arabiska och svenska"


def test_path_of_code_draws_its_modules():
    rows = qr.modules("https://familj.example/t/abcdefghij/")
    drawn = set()
    for run in qr.path(rows).split("z")[:-1]:
        place, width = run[1:].split("v")[0].split("h")
        x, y = map(int, place.split())
        drawn |= {(x + step, y) for step in range(int(width))}
    margin = qr.QUIET_ZONE
    dark = {
        (x + margin, y + margin) for y, row in enumerate(rows) for x, on in enumerate(row) if on
    }
    assert drawn == dark
    assert qr.side(rows) == len(rows) + 8
