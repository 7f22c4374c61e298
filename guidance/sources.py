"""Where the facts of a text come from: title, publisher, address if any, and date as known."""

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.translation import gettext as _

REQUIRED, ALLOWED = {"title", "publisher"}, {"title", "publisher", "url", "date"}
LONGEST = 500
_is_address = URLValidator(schemes=["http", "https"])


def validate_sources(sources: object) -> None:
    """Accept a list of {"title", "publisher", "url"?, "date"?}, all texts."""
    for source in sources if isinstance(sources, list) else [None]:
        if not isinstance(source, dict) or not REQUIRED <= set(source) <= ALLOWED:
            raise ValidationError(
                _("Ange titel och utgivare för varje källa, och adress och datum om de finns."),
                code="source",
            )
        for value in source.values():
            is_text = isinstance(value, str) and value.strip() and "\0" not in value
            if not is_text or len(value) > LONGEST:
                raise ValidationError(
                    _("En uppgift om en källa är tom, för lång eller ingen text."), "source"
                )
        if "url" in source:
            _is_address(source["url"])
