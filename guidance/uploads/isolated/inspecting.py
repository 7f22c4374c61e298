"""A whole PDF looked through: refused with every reason, or reported on."""

import io
from typing import BinaryIO

from pikepdf import PasswordError, Pdf, PdfError

from ..reason import Reason, RefusedError
from . import expanding, pages, structure, surface
from .accessibility import marks_of

MOST_PAGES = 2_000


def inspect(content: bytes, picture: BinaryIO) -> dict:
    """What readers are told of the file; its first page is written to `picture`."""
    found = list(surface.reasons_of(content))
    if Reason.EMPTY in found or Reason.NOT_PDF in found:
        raise RefusedError(*found)
    try:
        with Pdf.open(io.BytesIO(content), attempt_recovery=False) as pdf:
            found += _faults(pdf)
            if found:
                raise RefusedError(*found)
            report = marks_of(pdf)
    except PasswordError:
        raise RefusedError(*found, Reason.ENCRYPTED) from None
    except (PdfError, RecursionError, ValueError, TypeError, KeyError, AttributeError):
        raise RefusedError(*found, Reason.DAMAGED) from None
    return report | pages.read(content, picture)


def _faults(pdf: Pdf) -> list[Reason]:
    """The cheap questions first: who asks the others of a million pages runs out of memory."""
    if pdf.is_encrypted:
        return [Reason.ENCRYPTED]
    if int(pdf.Root.Pages.Count) > MOST_PAGES:
        return [Reason.TOO_MANY_PAGES]
    found = [*expanding.reasons_in(pdf), *structure.reasons_in(pdf)]
    number = len(pdf.pages)
    if number > MOST_PAGES:
        found.append(Reason.TOO_MANY_PAGES)
    if number == 0:
        found.append(Reason.NO_PAGES)
    if pdf.get_warnings():
        found.append(Reason.DAMAGED)  # programs will differ in how they mend it
    return found
