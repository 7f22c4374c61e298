"""The languages that texts of the portal can be written in, and those that people speak.

Each text lives in a row per (object, language). Swedish is one of them; easy Swedish counts as a
language of its own.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Language(models.TextChoices):
    """BCP 47 tags; `sv-lattlast` is the portal's own private use of a Swedish variant."""

    SWEDISH = "sv", _("svenska")
    EASY_SWEDISH = "sv-lattlast", _("lättläst svenska")


class SpokenLanguage(models.TextChoices):
    """What staff speak and sessions are held in: ISO 639-1 codes, else ISO 639-3."""

    SWEDISH = "sv", _("svenska")
    ALBANIAN = "sq", _("albanska")
    AMHARIC = "am", _("amhariska")
    ARABIC = "ar", _("arabiska")
    BOSNIAN_CROATIAN_SERBIAN = "sh", _("bosniska, kroatiska och serbiska")
    DARI = "prs", _("dari")
    ENGLISH = "en", _("engelska")
    FINNISH = "fi", _("finska")
    FRENCH = "fr", _("franska")
    CHINESE = "zh", _("kinesiska")
    KURMANJI = "kmr", _("kurdiska (kurmanji)")
    SORANI = "ckb", _("kurdiska (sorani)")
    PASHTO = "ps", _("pashto")
    PERSIAN = "fa", _("persiska")
    POLISH = "pl", _("polska")
    PORTUGUESE = "pt", _("portugisiska")
    ROMANI = "rom", _("romani")
    ROMANIAN = "ro", _("rumänska")
    RUSSIAN = "ru", _("ryska")
    SOMALI = "so", _("somaliska")
    SPANISH = "es", _("spanska")
    SWEDISH_SIGN_LANGUAGE = "swl", _("svenskt teckenspråk")
    THAI = "th", _("thailändska")
    TIGRINYA = "ti", _("tigrinska")
    TURKISH = "tr", _("turkiska")
    UKRAINIAN = "uk", _("ukrainska")
    URDU = "ur", _("urdu")
    VIETNAMESE = "vi", _("vietnamesiska")


def spoken(code: str) -> str:
    """The Swedish name of a code of `SpokenLanguage`."""
    return str(SpokenLanguage(code).label)


def text_in(obj, language: str = Language.SWEDISH):
    """The text row of `obj` in `language`, else the Swedish one, else None.

    Reads `obj.texts.all()`, so that a page that has prefetched `texts` asks the database nothing.
    """
    texts = {text.language: text for text in obj.texts.all()}
    return texts.get(language) or texts.get(Language.SWEDISH)
