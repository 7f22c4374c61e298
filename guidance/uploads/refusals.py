"""What is wrong with a file and what to do, in words for who uploaded it."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from .reason import CLEANABLE, Reason

_SENTENCES = {
    Reason.EMPTY: _lazy("Filen är tom. Välj en annan fil."),
    Reason.NOT_PDF: _lazy(
        "Filen är ingen PDF, vad den än heter. Spara dokumentet som PDF i programmet som det är "
        "skrivet i."
    ),
    Reason.TRAILING: _lazy("Efter dokumentets slut finns något mer i filen."),
    Reason.TWO_KINDS: _lazy("Filen är på en gång en PDF och något annat, till exempel en zip-fil."),
    Reason.DAMAGED: _lazy(
        "Filen är skadad och går inte att läsa som den är. Spara dokumentet som PDF på nytt."
    ),
    Reason.ENCRYPTED: _lazy(
        "Filen är krypterad eller skyddad med lösenord. Spara den utan lösenord och begränsningar."
    ),
    Reason.NO_PAGES: _lazy("Filen har inga sidor. Spara dokumentet som PDF på nytt."),
    Reason.TOO_MANY_PAGES: _lazy("Filen har fler än 2 000 sidor. Dela upp dokumentet."),
    Reason.EXPLODES: _lazy(
        "Filen är packad så att den blir orimligt stor när den öppnas. Spara dokumentet som PDF på "
        "nytt, med mindre bilder."
    ),
    Reason.TOO_HEAVY: _lazy(
        "Filen tog för mycket tid eller minne att gå igenom. Spara dokumentet som PDF på nytt, "
        "gärna med mindre bilder."
    ),
    Reason.NOT_KEPT: _lazy(
        "Det är inget fel på filen, men portalen kunde inte spara den. Troligen är utrymmet slut. "
        "Säg till den som driver portalen."
    ),
    Reason.JAVASCRIPT: _lazy("Filen innehåller skript (JavaScript)."),
    Reason.ON_OPENING: _lazy("Filen gör något av sig själv när den öppnas."),
    Reason.AUTOMATIC: _lazy("Filen gör något av sig själv när man bläddrar eller fyller i den."),
    Reason.LAUNCH: _lazy("Filen kan starta andra program."),
    Reason.SUBMIT: _lazy("Filen innehåller ett formulär som skickar uppgifter."),
    Reason.IMPORT: _lazy("Filen kan hämta in uppgifter från andra filer."),
    Reason.MEDIA: _lazy("Filen innehåller ljud, film eller 3D."),
    Reason.ATTACHMENT: _lazy("Filen har andra filer inbäddade."),
    Reason.XFA: _lazy("Filen är ett XFA-formulär, som många läsare inte kan visa."),
    Reason.OTHER_FILE: _lazy("Filen hänvisar till andra filer på datorn eller i nätverket."),
    Reason.LINK: _lazy(
        "Filen har länkar som inte går till en webbplats, en e-postadress eller ett telefonnummer."
    ),
    Reason.NOT_PICTURE: _lazy(
        "Filen är ingen bild som går att läsa. Spara den som JPEG, PNG eller WebP."
    ),
    Reason.SVG: _lazy("SVG-bilder kan innehålla skript. Spara bilden som PNG i stället."),
    Reason.TOO_MANY_PIXELS: _lazy("Bilden är för stor. Gör den högst 8 000 bildpunkter bred."),
    Reason.NOT_FILM: _lazy(
        "Filen är ingen hel film som går att visa på en webbplats. Spara den som MP4 eller WebM."
    ),
}


@dataclass(frozen=True)
class Refusal:
    """Why a file is not let in. `is_cleanable`: a copy without the faults can be made."""

    reasons: tuple[Reason, ...]

    @property
    def is_cleanable(self) -> bool:
        return set(self.reasons) <= CLEANABLE

    @property
    def sentences(self) -> list[str]:
        return [sentence_of(reason) for reason in self.reasons]


def sentence_of(reason: Reason) -> str:
    if reason == Reason.TOO_LARGE:
        most = settings.UPLOAD_MOST_BYTES // 1024**2
        return _("Filen är för stor. Den får vara högst %(most)s MB.") % {"most": most}
    if reason == Reason.FILM_TOO_LARGE:
        most = settings.FILM_MOST_BYTES // 1024**2
        return _(
            "Filmen är för stor. Den får vara högst %(most)s MB. Spara den med lägre upplösning, "
            "till exempel 720p, eller korta den."
        ) % {"most": most}
    return str(_SENTENCES[reason])


def refusal(reasons: Iterable[Reason]) -> Refusal:
    """Each reason once, in the order in which they are listed."""
    found = set(reasons)
    return Refusal(tuple(reason for reason in Reason if reason in found))
