"""The text of a PDF, for the search, and its first page as a picture."""

import time
from typing import BinaryIO

import pypdfium2

from ..reason import Reason, RefusedError

MOST_TEXT = 300_000  # characters
LONGEST = 4.0  # seconds
WIDTH = 640  # pixels


def read(content: bytes, picture: BinaryIO) -> dict:
    try:
        document = pypdfium2.PdfDocument(content)
        _draw(document[0], picture)
        return _texts(document)
    except pypdfium2.PdfiumError:
        raise RefusedError(Reason.DAMAGED) from None


def _draw(page: pypdfium2.PdfPage, picture: BinaryIO) -> None:
    width, height = page.get_size()
    scale = min(WIDTH / max(width, 1), 2 * WIDTH / max(height, 1))
    drawn = page.render(scale=scale, may_draw_forms=False).to_pil()
    drawn.convert("RGB").save(picture, "WEBP", quality=70, method=4)


def _texts(document: pypdfium2.PdfDocument) -> dict:
    """As much as fits; how many pages were read, and on how many nothing could be."""
    until = time.monotonic() + LONGEST
    texts: list[str] = []
    length = 0
    for page in document:
        if length > MOST_TEXT or time.monotonic() > until:
            break
        texts.append(_cleaned(page.get_textpage().get_text_bounded()))
        length += len(texts[-1])
        page.close()
    silent = sum(1 for text in texts if not text)
    whole = "\n".join(texts)[:MOST_TEXT]
    return {"text": whole, "pages_read": len(texts), "pages_without_text": silent}


def _cleaned(text: str) -> str:
    """Without hyphens at the end of lines, breaks and characters that no database takes."""
    joined = text.replace("\ufffe\r\n", "").replace("\ufffe", "").replace("\xad", "")
    kept = "".join(c if c.isprintable() else " " for c in joined)
    return " ".join(kept.split())
