from datetime import date

import pytest

from centres.source_dates import earliest_day, readable


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("2020-10-23", date(2020, 10, 23)),
        ("maj–juni 2020", date(2020, 5, 1)),
        ("januari 2018 (året efter veckodagen)", date(2018, 1, 1)),
        ("Februari 2017 (ungefär)", date(2017, 2, 1)),
        ("december 2019–maj 2020 (ungefär)", date(2019, 12, 1)),
        ("våren 2024", date(2024, 1, 1)),
        ("hösten 2023", date(2023, 8, 1)),
        ("en höst 2018–2020", date(2018, 8, 1)),
        ("2017–2020", date(2017, 1, 1)),
        ("2021 eller senare", date(2021, 1, 1)),
        ("september 2020 eller 2021", date(2020, 9, 1)),
        ("före 2021", date(2020, 1, 1)),
        ("2020-13-45", date(2020, 1, 1)),
        ("odaterad", None),
        ("", None),
        ("gatan 2020a", None),
    ],
)
def test_words_give_the_earliest_day_they_can_mean(words, day):
    assert earliest_day(words) == day


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        ("2020-10-23", "23 oktober 2020"),
        ("2020-02-31", "2020-02-31"),
        ("maj–juni 2020", "maj–juni 2020"),
        ("odaterad", "odaterad"),
    ],
)
def test_only_a_bare_date_is_spelt_out(words, shown):
    assert readable(words) == shown
