"""The languages that texts of the portal can be written in.

Each text lives in a row per (object, language). Swedish is one of them; easy Swedish counts as a
language of its own.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Language(models.TextChoices):
    """BCP 47 tags; `sv-lattlast` is the portal's own private use of a Swedish variant."""

    SWEDISH = "sv", _("svenska")
    EASY_SWEDISH = "sv-lattlast", _("lättläst svenska")


def text_in(obj, language: str = Language.SWEDISH):
    """The text row of `obj` in `language`, else the Swedish one, else None.

    Reads `obj.texts.all()`, so that a page that has prefetched `texts` asks the database nothing.
    """
    texts = {text.language: text for text in obj.texts.all()}
    return texts.get(language) or texts.get(Language.SWEDISH)
