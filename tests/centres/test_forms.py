"""What forms of staff make of what is written in them."""

import pytest
from django.core.exceptions import ValidationError

from centres.forms import ExceptionSlotForm, PhoneField, TimeSlotForm, tidy_phone_number
from services.validators import validate_phone_number

pytestmark = pytest.mark.django_db  # the constraints of a form's row are asked of the database


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("031-365 00 00", "031-365 00 00"),
        ("0313650000", "031-365 00 00"),
        ("031 365 00 00", "031-365 00 00"),
        ("031–365 00 00", "031-365 00 00"),
        ("  031-3650000 ", "031-365 00 00"),
        ("+46 31 365 00 00", "031-365 00 00"),
        ("+46 (0)31-3650000", "031-365 00 00"),
        ("0046313650000", "031-365 00 00"),
        ("031-12 34 56", "031-12 34 56"),
        ("0701234567", "070-123 45 67"),
        ("08-12345678", "08-123 456 78"),
        ("0302-123 45", "0302-123 45"),
        ("٠٣١-٣٦٥ ٠٠ ٠٠", "031-365 00 00"),
        ("+47 22 12 34 56", "+47 22 12 34 56"),
        ("", ""),
    ],
)
def test_phone_number_is_kept_in_one_way_of_writing(written, kept):
    assert tidy_phone_number(written) == kept


@pytest.mark.parametrize("written", ["ring oss", "12345", "031-365 00 00 eller 01", "1177"])
def test_phone_number_that_is_none_is_refused(written):
    with pytest.raises(ValidationError, match="är inget telefonnummer"):
        PhoneField(validators=[validate_phone_number]).clean(written)


def hours(form_class, opens_at, closes_at, **more):
    data = {"opens_at": opens_at, "closes_at": closes_at, "siblings": "unstated"}
    if form_class is TimeSlotForm:
        data |= {"weekday": 1, "week_parity": "every"}
    return form_class(data | more)


FORMS = pytest.mark.parametrize("form_class", [TimeSlotForm, ExceptionSlotForm])


@FORMS
@pytest.mark.parametrize("closes_at", ["8", "9", "0", "24"])
def test_slot_that_ends_before_it_begins_is_refused(form_class, closes_at):
    form = hours(form_class, "9", closes_at)
    assert "kryssa i ”stänger nästa dag”" in form.errors["closes_at"][0]


@FORMS
@pytest.mark.parametrize("closes_at", ["8", "9", "24"])
def test_slot_over_midnight_is_taken_when_ticked(form_class, closes_at):
    assert hours(form_class, "9", closes_at, ends_next_day="on").is_valid()


@FORMS
def test_slot_longer_than_a_day_is_refused(form_class):
    form = hours(form_class, "9", "9.01", ends_next_day="on")
    assert "högst 24 timmar" in form.errors["ends_next_day"][0]


@FORMS
def test_slot_without_times_asks_for_them(form_class):
    form = hours(form_class, "", "")
    assert set(form.errors) == {"opens_at", "closes_at"}


def test_slot_of_odd_weeks_and_once_a_month_is_refused():
    form = hours(TimeSlotForm, "9", "15", week_parity="odd", nth_in_month=1)
    assert "inte båda" in form.errors["__all__"][0]


def test_slot_with_ages_the_wrong_way_round_is_refused():
    form = hours(TimeSlotForm, "9", "15", min_age_months=9, max_age_months=8)
    assert "Högsta åldern" in form.errors["__all__"][0]
