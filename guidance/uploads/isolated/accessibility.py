"""What a PDF says of itself to a reading voice: title, language, tags, texts for pictures."""

from pikepdf import Dictionary, Pdf, String

from .structure import dictionaries_of

LONGEST = 500


def marks_of(pdf: Pdf) -> dict:
    figures, without_text = _figures(pdf)
    return {
        "pages": len(pdf.pages),
        "title": _title(pdf),
        "language": _text(pdf.Root.get("/Lang")),
        "is_tagged": _is_tagged(pdf),
        "figures": figures,
        "figures_without_text": without_text,
    }


def _text(value: object) -> str:
    words = str(value)[:LONGEST] if isinstance(value, String) else ""
    return " ".join("".join(c if c.isprintable() else " " for c in words).split())


def _title(pdf: Pdf) -> str:
    about = pdf.trailer.get("/Info")
    return _text(about.get("/Title")) if isinstance(about, Dictionary) else ""


def _is_tagged(pdf: Pdf) -> bool:
    marks, tree = pdf.Root.get("/MarkInfo"), pdf.Root.get("/StructTreeRoot")
    is_marked = isinstance(marks, Dictionary) and marks.get("/Marked") is True
    return is_marked and isinstance(tree, Dictionary) and "/K" in tree


def _figures(pdf: Pdf) -> tuple[int, int]:
    """How many pictures are tagged as such, and how many of them have no words."""
    figures = [one for one in dictionaries_of(pdf) if one.get("/S") == "/Figure"]
    silent = [one for one in figures if not (_text(one.get("/Alt")) or "/ActualText" in one)]
    return len(figures), len(silent)
