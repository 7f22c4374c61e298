"""Which days the words of an address mean."""

from datetime import date

import pytest

from centres.whats_on.period import after, before, heading, period_of

MONDAY, SUNDAY = date(2026, 11, 23), date(2026, 11, 29)


@pytest.mark.parametrize(
    ("asked", "today", "first", "last"),
    [
        ("", MONDAY, "2026-11-23", "2026-11-29"),
        ("idag", MONDAY, "2026-11-23", "2026-11-23"),
        ("imorgon", SUNDAY, "2026-11-30", "2026-11-30"),
        ("helgen", MONDAY, "2026-11-28", "2026-11-29"),
        ("helgen", SUNDAY, "2026-11-29", "2026-11-29"),
        ("veckan", MONDAY, "2026-11-23", "2026-11-29"),
        ("veckan", SUNDAY, "2026-11-29", "2026-11-29"),
        ("manaden", MONDAY, "2026-11-23", "2026-11-30"),
        ("2026-12-03", MONDAY, "2026-12-03", "2026-12-03"),
        ("2026-v53", MONDAY, "2026-12-28", "2027-01-03"),
        ("2027-02", MONDAY, "2027-02-01", "2027-02-28"),
    ],
)
def test_days_of_an_address(asked, today, first, last):
    period = period_of(asked, today)
    assert (period.first.isoformat(), period.last.isoformat()) == (first, last)


@pytest.mark.parametrize(
    "asked",
    ["2026-v54", "2025-v53", "2026-13", "2026-02-30", "2026-11-22", "2026-v47", "9999-12",
     "0000-01", "2031-01-01", "idag ", "٢٠٢٦-١٢", "9" * 400, "-1", "\0"],
)  # fmt: skip
def test_days_that_cannot_be_shown_are_none(asked):
    assert period_of(asked, MONDAY) is None


@pytest.mark.parametrize(
    ("asked", "earlier", "later"),
    [
        ("", "", "2026-v49"),
        ("idag", "", "2026-11-24"),
        ("imorgon", "2026-11-23", "2026-11-25"),
        ("helgen", "", "2026-v49"),
        ("2026-v53", "2026-v52", "2027-v1"),
        ("2026-12", "2026-11", "2027-01"),
    ],
)
def test_days_before_and_after(asked, earlier, later):
    period = period_of(asked, MONDAY)
    assert (before(period, MONDAY), after(period, MONDAY)) == (earlier, later)


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("", "De närmaste sju dagarna"),
        ("idag", "I dag, måndag 23 november"),
        ("imorgon", "I morgon, tisdag 24 november"),
        ("2027-01-04", "Måndag 4 januari 2027"),
        ("helgen", "I helgen, 28–29 november"),
        ("2026-v49", "Vecka 49, 30 november–6 december"),
        ("2026-12", "December 2026"),
    ],
)
def test_days_in_words(asked, said):
    assert heading(period_of(asked, MONDAY), MONDAY) == said
