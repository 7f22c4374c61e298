"""HTML to a tagged PDF (PDF/UA-1), with our own typefaces only and nothing fetched from anywhere.

WeasyPrint needs system libraries; where they are missing the portal runs without printed material.
It is loaded on first use: a third of a second that most processes never need to spend.
"""

import io
import os
import re
import unicodedata
import warnings
from functools import cache
from importlib import import_module
from pathlib import Path
from types import ModuleType

from django.contrib.staticfiles import finders

DEBIAN_PACKAGES = ("libpango-1.0-0", "libpangoft2-1.0-0", "libharfbuzz-subset0")
# Without this file the system's own faces would stand in for a letter that ours lack.
_NO_SYSTEM_FONTS = Path(__file__).parent / "fonts.conf"
_SMALLER = (1, 0.92, 0.84, 0.76, 0.68, 0.6)


class PrintingUnavailableError(Exception):
    """The system lacks what WeasyPrint needs."""


@cache
def weasyprint() -> ModuleType | None:
    """The library, or None where the system lacks what it needs."""
    os.environ["FONTCONFIG_FILE"] = str(_NO_SYSTEM_FONTS)
    try:
        with warnings.catch_warnings():
            warnings.filterwarnings("ignore", "No fonts configured")  # documents bring their own
            library = import_module("weasyprint")
            tags = import_module("weasyprint.pdf.tags")
    except (ImportError, OSError):
        return None
    tags._build_box_tree = _as_heard(tags._build_box_tree)
    return library


def typeset(html: str, *, scale: float = 1) -> bytes:
    """The PDF of a document whose sizes are in rem, `scale` times 16 px; smaller until one page.

    The document brings a typeface: without any the library ends the process. Raises
    `PrintingUnavailableError`.
    """
    library = weasyprint()
    if library is None:
        raise PrintingUnavailableError
    page = library.HTML(string=html, url_fetcher=_fetcher(library))
    for smaller in _SMALLER:
        size = library.CSS(string=f"html {{ font-size: {16 * scale * smaller:.3f}px }}")
        document = page.render(stylesheets=[size], pdf_variant="pdf/ua-1")
        if len(document.pages) == 1:
            break
    return document.write_pdf(finisher=_readable, pdf_variant="pdf/ua-1")


@cache
def _fetcher(library: ModuleType):
    """Reads drawings that stand in the address itself, and "static:" typefaces of ours."""

    class OwnFiles(library.urls.URLFetcher):
        def fetch(self, url, headers=None):
            name = url.removeprefix("static:")
            if name != url and name.endswith(".woff2") and finders.find(name):
                return library.urls.URLFetcherResponse(url, _face(name))
            return super().fetch(url, headers)

    return OwnFiles(allowed_protocols={"data"})


@cache
def _face(name: str) -> bytes:
    """A typeface unpacked: the library would do so anew each time a sheet is laid out."""
    unpacked = io.BytesIO()
    with open(finders.find(name), "rb") as packed:
        import_module("fontTools.ttLib.woff2").decompress(packed, unpacked)
    return unpacked.getvalue()


# --- What WeasyPrint 70 leaves out ---------------------------------------------------------------


def _as_heard(build_box_tree):
    """Say in the tags which language a part is in: its `lang`, where another begins.

    Empty boxes that are only seen (aria-hidden) have no tags.
    """

    def build(box, *args):
        marks = {} if getattr(box, "element", None) is None else box.element.attrib
        if marks.get("aria-hidden"):
            return
        lang = marks.get("lang")
        for element in build_box_tree(box, *args):
            if lang:
                element.setdefault("Lang", f"({lang})")
            yield element

    return build


def _arabic_ligatures() -> dict[bytes, bytes]:
    """The letters of each ligature, as hexadecimal, to the character that stands for both."""
    found = {}
    for code in (*range(0xFC00, 0xFD3E), *range(0xFEF5, 0xFEFD)):
        letters = unicodedata.normalize("NFKC", chr(code))
        if len(letters) == 2 and " " not in letters:
            found.setdefault(letters.encode("utf-16-be").hex().encode(), b"%04x" % code)
    return found


_LIGATURES = _arabic_ligatures()
_TWO_LETTERS = re.compile(rb"> <(06[0-9a-f]{2}06[0-9a-f]{2})>")


def _readable(document, pdf) -> None:
    """Let a ligature stand for one character: readers turn the letters of a line around, and those
    inside a ligature with them, so that "الأربعاء" would come out as "األربعاء"."""
    for stream in (found for found in pdf.objects if hasattr(found, "stream")):
        if b"begincmap" in stream.stream:
            stream.stream = [_TWO_LETTERS.sub(_as_one, line) for line in stream.stream]


def _as_one(match: re.Match) -> bytes:
    return b"> <" + _LIGATURES.get(match[1], match[1]) + b">"
