"""A picture drawn anew, smaller: nothing of the file itself is left, and nothing beside the pixels.

Where and when it was taken, by whom and with what, goes with the file.
"""

import io
import re
from typing import BinaryIO

from PIL import Image, ImageOps

from ..reason import Reason, RefusedError

MOST_PIXELS = 50_000_000
LONGEST_SIDE = 1_600
KINDS = ("JPEG", "PNG", "WEBP")
_SVG = re.compile(rb"<svg[\s>]", re.IGNORECASE)


def shrink(content: bytes, smaller: BinaryIO) -> dict:
    if not content:
        raise RefusedError(Reason.EMPTY)
    try:
        with Image.open(io.BytesIO(content), formats=KINDS) as image:
            _refuse_bomb(image)
            image.verify()
        with Image.open(io.BytesIO(content), formats=KINDS) as image:
            drawn = _drawn(image)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise RefusedError(Reason.TOO_MANY_PIXELS) from None
    except (OSError, ValueError, SyntaxError, EOFError):
        is_svg = _SVG.search(content, 0, 4096) is not None
        raise RefusedError(Reason.SVG if is_svg else Reason.NOT_PICTURE) from None
    drawn.save(smaller, "WEBP", quality=82, method=4)
    return {"width": drawn.width, "height": drawn.height}


def _refuse_bomb(image: Image.Image) -> None:
    if image.width * image.height > MOST_PIXELS:
        raise RefusedError(Reason.TOO_MANY_PIXELS)


def _drawn(image: Image.Image) -> Image.Image:
    """The first frame, the right way up."""
    upright = ImageOps.exif_transpose(image)
    upright.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    fresh = upright.convert("RGBA" if upright.has_transparency_data else "RGB")
    fresh.info.clear()
    return fresh
