import pytest
from django.core.exceptions import ValidationError

from services.templatetags.phone import tel
from services.validators import validate_line_number, validate_phone_number


@pytest.mark.parametrize(
    ("written", "dialled"),
    [
        ("031-365 87 00", "tel:0313658700"),
        ("+46 31-365 87 00", "tel:+46313658700"),
        ("+46 (0)31-365 87 00", "tel:+46313658700"),
        ("116 111", "tel:116111"),
    ],
)
def test_number_is_dialled_without_what_people_write_around_it(written, dialled):
    assert tel(written) == dialled


@pytest.mark.parametrize(
    "number", ["031-365 00 00", "070-174 06 05", "+46 31-365 00 00", "0313650000"]
)
def test_numbers_as_people_write_them_are_taken(number):
    validate_phone_number(number)


@pytest.mark.parametrize(
    "number",
    ["ring mig", "12", "112", "031-365 00 00 00 00 00 00", "031--", "031-36x", "٠٣١-٣٦٥٠٠٠٠"],
)
def test_what_is_no_number_is_refused_by_name(number):
    with pytest.raises(ValidationError) as refused:
        validate_phone_number(number)
    assert number in refused.value.messages[0]


@pytest.mark.parametrize("number", ["112", "1177", "116 111", "114 14", "020-50 50 50"])
def test_lines_may_have_short_numbers(number):
    validate_line_number(number)


@pytest.mark.parametrize("number", ["12", "9", "112 eller 1177", "1١٢"])
def test_lines_must_have_a_number(number):
    with pytest.raises(ValidationError):
        validate_line_number(number)
