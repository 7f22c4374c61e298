"""The seven documents that the city's page names, as examples: their titles are known, and little
else. The files are made for the demonstration and say so; `make_example_documents` makes them anew.
"""

import json
from dataclasses import asdict
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles import finders
from django.template.loader import render_to_string
from django.utils.html import format_html, format_html_join

from .actions.documents import keep_file
from .examples import add_example
from .models import Document
from .printed.typesetting import typeset
from .uploads.gate import Report, inspect

DATA = settings.BASE_DIR / "guidance" / "data"
FILES = DATA / "documents"
REPORTS = FILES / "reports.json"
_FACTS = ("slug", "kind", "publisher", "audience")


def known_documents() -> list[dict]:
    return json.loads((DATA / "documents.json").read_text(encoding="utf-8"))


def add_missing_documents(at: datetime) -> None:
    """Readers see them from `at`. What has a version already is left as it is."""
    reports = json.loads(REPORTS.read_text(encoding="utf-8"))
    for known in known_documents():
        facts = {name: known[name] for name in _FACTS}
        document, _is_new = Document.objects.get_or_create(slug=known["slug"], defaults=facts)
        if not document.versions.exists():
            _add_version(document, known, reports[known["slug"]], at)


def _add_version(document: Document, known: dict, found: dict, at: datetime) -> None:
    """The files are our own and were looked through when they were made."""
    path = FILES / f"{document.slug}.pdf"
    report = Report(**found, first_page=path.with_suffix(".webp").read_bytes())
    add_example(
        document,
        at,
        title=known["title"],
        summary=known["summary"],
        about=_about(known),
        year=known.get("year"),
        file=keep_file(path=path, report=report, at=at),
    )


def _about(known: dict) -> str:
    paragraphs = format_html_join("", "<p>{}</p>", ([line] for line in known["known"]))
    return format_html("{}<p>Källa: {}.</p>", paragraphs, known["source"])


# --- Making the files -----------------------------------------------------------------------------


def make_files() -> None:
    """Set each, look through it as through any other, and write down what was found."""
    FILES.mkdir(exist_ok=True)
    styles = Path(finders.find("css/printed/example_document.css")).read_text(encoding="utf-8")
    reports = {}
    for known in known_documents():
        html = render_to_string("printed/example_document.html", {**known, "styles": styles})
        path = FILES / f"{known['slug']}.pdf"
        path.write_bytes(typeset(html))
        reports[known["slug"]] = _report_of(path)
    written = json.dumps(reports, ensure_ascii=False, indent=1)
    REPORTS.write_text(f"{written}\n", encoding="utf-8")


def _report_of(path: Path) -> dict:
    report = inspect(path)
    if not isinstance(report, Report):
        raise ValueError(f"{path.name} is refused: {', '.join(report.reasons)}")
    found = asdict(report)
    path.with_suffix(".webp").write_bytes(found.pop("first_page"))
    return found
