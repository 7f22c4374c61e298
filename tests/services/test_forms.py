"""Times and dates as people write them."""

from datetime import date, time

import pytest
from django.core.exceptions import ValidationError

from services.forms import (
    AddressField,
    ClockField,
    ClockInput,
    DayField,
    DegreesField,
    MomentField,
)
from tests.factories import stockholm


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("9", time(9)),
        ("09", time(9)),
        ("9.30", time(9, 30)),
        ("9:30", time(9, 30)),
        ("09.30", time(9, 30)),
        ("930", time(9, 30)),
        ("0900", time(9)),
        (" 15 ", time(15)),
        ("0", time(0)),
        ("24", time(0)),
        ("24.00", time(0)),
        ("23.59", time(23, 59)),
    ],
)
def test_clock_is_read_as_people_write_it(written, meant):
    assert ClockField().clean(written) == meant


@pytest.mark.parametrize("written", ["25", "9.5", "9.60", "24.30", "nio", "9-15", "12345", "-9"])
def test_clock_that_is_none_is_refused(written):
    with pytest.raises(ValidationError, match="Skriv klockslaget så här: 9.30."):
        ClockField().clean(written)


def test_clock_is_shown_the_swedish_way():
    assert 'value="09.30"' in ClockInput().render("opens_at", time(9, 30))


@pytest.mark.parametrize(
    "written", ["2026-12-01", "20261201", "1/12 2026", "1/12/2026", "01.12.2026"]
)
def test_day_is_never_read_month_first(written):
    assert DayField().clean(written) == date(2026, 12, 1)


@pytest.mark.parametrize("written", ["2026-13-01", "12/31/2026", "i morgon"])
def test_day_that_is_none_is_refused(written):
    with pytest.raises(ValidationError, match="Skriv datumet så här: 2026-12-01."):
        DayField().clean(written)


@pytest.mark.parametrize("written", ["0001-01-01", "1899-12-31", "2101-01-01", "9999-12-31"])
def test_day_of_an_impossible_year_is_refused(written):
    with pytest.raises(ValidationError, match="Kontrollera årtalet."):
        DayField().clean(written)
    with pytest.raises(ValidationError, match="Kontrollera årtalet."):
        MomentField().clean([written, "9"])


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("57.7", "57.700000"),
        (" 57,7 ", "57.700000"),
        ("11.96685000001", "11.966850"),
        ("-12,0000005", "-12.000000"),
    ],
)
def test_degrees_are_read_as_people_and_maps_write_them(written, kept):
    assert str(DegreesField(max_digits=8, decimal_places=6).clean(written)) == kept


@pytest.mark.parametrize("written", ["57,7,1", "nord", "NaN", "sNaN", "Infinity", "1e999999999"])
def test_degrees_that_are_none_are_refused(written):
    with pytest.raises(ValidationError):
        DegreesField(max_digits=8, decimal_places=6).clean(written)


def test_moment_is_a_day_and_a_clock():
    assert MomentField().clean(["2026-11-23", "9.30"]) == stockholm(2026, 11, 23, 9, 30)


def test_moment_that_is_not_required_may_be_empty():
    assert MomentField(required=False).clean(["", ""]) is None


@pytest.mark.parametrize(
    ("written", "address"),
    [
        ("Ny öppen förskola i Tuve", "ny-oppen-forskola-i-tuve"),
        ("  BVC & barnmorska ", "bvc-barnmorska"),
        ("redan-en-adress", "redan-en-adress"),
    ],
)
def test_address_is_made_of_plain_words(written, address):
    assert AddressField().clean(written) == address


@pytest.mark.parametrize("written", ["", "!!!", "  "])
def test_words_without_a_letter_are_no_address(written):
    with pytest.raises(ValidationError, match="måste fyllas i"):
        AddressField().clean(written)
