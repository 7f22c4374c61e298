"""The news, films and fixed pages of guidance/data/, as example versions that readers see.

What has a version already is left as it is: staff may have gone on from there.
"""

from datetime import date, datetime
from pathlib import Path

from django.utils import timezone

from centres.models import FamilyCentre

from .actions.media import keep_film, keep_picture
from .examples import add_example
from .guide_files import DATA, as_html, parts_of
from .models import Article, Film, Page, Version, Versioned
from .uploads.gate import Picture

NEWS, FILMS, PAGES = DATA / "news", DATA / "films", DATA / "pages"
PICTURE_SIZE, POSTER_SIZE = (1200, 675), (640, 360)


def add_missing_texts(at: datetime) -> None:
    """Readers see them from `at`; news without a day of its own is from that day."""
    for path in sorted(PAGES.glob("*.md")):
        page, _is_new = Page.objects.get_or_create(slug=path.stem)
        row, body = parts_of(path)
        _add_version(page, row.values, at, body=as_html(body))
    for path in sorted(NEWS.glob("*.md")):
        row, body = parts_of(path)
        article = _article(path.stem, row.values, at)
        words = {"body": as_html(body), **_picture(row.values, at)}
        _add_version(article, row.values, at, **words)
    for path in sorted(FILMS.glob("*.md")):
        row, transcript = parts_of(path)
        film, _is_new = Film.objects.get_or_create(slug=path.stem)
        words = {"transcript": as_html(transcript), **_film(path, at)}
        _add_version(film, row.values, at, **words)


def _article(slug: str, facts: dict, at: datetime) -> Article:
    day = date.fromisoformat(facts["day"]) if "day" in facts else timezone.localdate(at)
    article, is_new = Article.objects.get_or_create(slug=slug, defaults={"day": day})
    if is_new:
        article.centres.set(FamilyCentre.objects.filter(slug__in=facts.get("centres", [])))
    return article


def _picture(facts: dict, at: datetime) -> dict:
    if "picture" not in facts:
        return {}
    drawn = Picture(*PICTURE_SIZE, (NEWS / facts["picture"]).read_bytes())
    words = {name: facts[name] for name in ("picture_text", "picture_caption")}
    return {"picture": keep_picture(drawn, at=at), **words}


def _film(path: Path, at: datetime) -> dict:
    """The files beside the text: the film, what is said in it, and a picture of it."""
    poster = Picture(*POSTER_SIZE, path.with_suffix(".webp").read_bytes())
    with path.with_suffix(".mp4").open("rb") as file:
        return {
            "file": keep_film(file, "mp4", at=at),
            "poster": keep_picture(poster, at=at),
            "captions": path.with_suffix(".vtt").read_text(encoding="utf-8"),
        }


def _add_version(owner: Versioned, facts: dict, at: datetime, **words) -> None:
    if not owner.versions.exists():
        add_example(owner, at, **{name: facts[name] for name in Version.WORDS}, **words)
