"""What the portal accepts as a telephone number."""

import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

_WRITTEN = re.compile(r"(\+\d{1,3}[ -]?)?(\(0\) ?)?\d[\d -]*\d")


def validate_phone_number(value: str) -> None:
    """Accept Swedish numbers as people write them, and international ones that start with +."""
    digits = re.sub(r"\D", "", value)
    if not _WRITTEN.fullmatch(value) or not 7 <= len(digits) <= 15:
        raise ValidationError(
            _("”%(value)s” är inget telefonnummer. Skriv till exempel 031-365 00 00."),
            code="invalid_phone",
            params={"value": value},
        )


def validate_line_number(value: str) -> None:
    """As `validate_phone_number`, and short numbers such as 112, 1177 and 116 111 too."""
    if re.fullmatch(r"1\d{2,5}|11\d \d{2,3}", value):
        return
    validate_phone_number(value)
