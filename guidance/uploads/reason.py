"""Why a file is refused. Pure."""

from enum import StrEnum


class Reason(StrEnum):
    # The file as a whole
    EMPTY = "empty"
    TOO_LARGE = "too_large"
    NOT_PDF = "not_pdf"
    TRAILING = "trailing"
    TWO_KINDS = "two_kinds"
    DAMAGED = "damaged"
    ENCRYPTED = "encrypted"
    NO_PAGES = "no_pages"
    TOO_MANY_PAGES = "too_many_pages"
    EXPLODES = "explodes"
    TOO_HEAVY = "too_heavy"
    NOT_KEPT = "not_kept"
    # What stands in it
    JAVASCRIPT = "javascript"
    ON_OPENING = "on_opening"
    AUTOMATIC = "automatic"
    LAUNCH = "launch"
    SUBMIT = "submit"
    IMPORT = "import"
    MEDIA = "media"
    ATTACHMENT = "attachment"
    XFA = "xfa"
    OTHER_FILE = "other_file"
    LINK = "link"
    # Pictures
    NOT_PICTURE = "not_picture"
    SVG = "svg"
    TOO_MANY_PIXELS = "too_many_pixels"
    # Films
    NOT_FILM = "not_film"
    FILM_TOO_LARGE = "film_too_large"


CLEANABLE = frozenset(
    {
        *(Reason.TRAILING, Reason.TWO_KINDS, Reason.DAMAGED),
        *(Reason.JAVASCRIPT, Reason.ON_OPENING, Reason.AUTOMATIC, Reason.LAUNCH, Reason.SUBMIT),
        *(Reason.IMPORT, Reason.MEDIA, Reason.ATTACHMENT, Reason.XFA, Reason.OTHER_FILE),
        Reason.LINK,
    }
)
"""What a cleaned copy of a PDF is without."""


class RefusedError(Exception):
    """A file must not be let in, for these reasons."""

    def __init__(self, *reasons: Reason):
        super().__init__(*reasons)
        self.reasons = reasons
