"""What the portal accepts: days, ages, telephone numbers, web addresses and paths of its own."""

import re
from datetime import date

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from .languages import SpokenLanguage

# Later days than these are slips of the pen, and near the ends of the calendar no zone can be
# reckoned with; a house may well have opened long ago.
FIRST_DAY, LAST_DAY = date(1900, 1, 1), date(2100, 12, 31)
HIGHEST_AGE = 252  # months: 21 years
HIGHEST_POSITION = 999

# The first parts of paths that the site uses itself. A service's page stands beside them, so none
# can have such an address.
RESERVED_PATHS = frozenset(
    {
        "admin",
        "det-hander",
        "dokument",
        "familjecentraler",
        "film",
        "foraldrastod",
        "forhandsvisning",
        "health",
        "media",
        "moter-familjer",
        "nyheter",
        "om",
        "personal",
        "rad-och-stod",
        "sok",
        "stadsdelar",
        "static",
        "t",
        "tryck",
        "utbyggnad",
        "vagledning",
        "visa-for-personalen",
    }
)

# ASCII: nobody can dial ٠٣١.
_WRITTEN = re.compile(r"(\+\d{1,3}[ -]?)?(\(0\) ?)?\d[\d -]*\d", re.ASCII)


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
    if re.fullmatch(r"1\d{2,5}|11\d \d{2,3}", value, re.ASCII):
        return
    validate_phone_number(value)


def validate_web_scheme(value: str) -> None:
    """Accept what a browser opens; that it is an address at all is for Django's own validator."""
    if not value.lower().startswith(("https://", "http://")):
        raise ValidationError(
            _("Länken ska börja med https:// eller http://."), code="invalid_scheme"
        )


def validate_spoken_languages(value: list) -> None:
    """Accept a list of the codes of `SpokenLanguage`, each once."""
    codes = value if isinstance(value, list) else [None]
    if len(set(map(str, codes))) < len(codes) or not set(codes) <= set(SpokenLanguage.values):
        raise ValidationError(_("Välj språk ur listan, varje språk bara en gång."), code="language")


def validate_free_path(value: str) -> None:
    """Refuse a path that leads to another page of the site."""
    if value in RESERVED_PATHS:
        raise ValidationError(
            _("/%(value)s/ leder till en annan del av webbplatsen. Välj en annan adress."),
            code="reserved_path",
            params={"value": value},
        )
