import json
from datetime import datetime
from functools import lru_cache

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from centres.caching import keep_while_true
from centres.lines import lines_now
from services.models import Service

from ..models import Document, Flow, Page, PageVersion, shown_of
from ..printed.material import material_of
from ..urgent import switchboard
from .room_check import ROOMS, check

STARTING_POINTS = settings.BASE_DIR / "guidance" / "data" / "starting_points.json"


@require_safe
def about_page(request: HttpRequest, slug: str) -> HttpResponse:
    at = timezone.now()
    return show_page(request, *_words(slug, at), at)


@require_safe
def professionals(request: HttpRequest) -> HttpResponse:
    at = timezone.now()
    return show_page(request, *_words(Page.Slug.PROFESSIONALS, at), at)


def _words(slug: str, at: datetime) -> tuple[Page, PageVersion | None]:
    """The page is there even before anybody has written it."""
    page = Page.objects.with_versions(at).filter(slug=slug).first()
    return (page, page.shown(at).version) if page else (Page(slug=slug), None)


def show_page(
    request: HttpRequest, page: Page, version: PageVersion | None, at: datetime
) -> HttpResponse:
    """A fixed page with the words of one of its versions."""
    context = {"page": page, "version": version}
    if page.slug == Page.Slug.PROFESSIONALS:
        context |= _for_professionals(at)
        response = render(request, "pages/professionals.html", context)
    else:
        response = render(request, "pages/about.html", context)
    return keep_while_true(response, [], at=at)


def _for_professionals(at: datetime) -> dict:
    documents = shown_of(Document.objects.shown(at), at)
    return {
        "starting_points": starting_points(),
        "flows": [row for row in shown_of(Flow.objects.shown(at), at) if not row[0].is_sensitive],
        "documents": sorted(documents, key=lambda row: row[1].title),
        "material": material_of(None, at),
        "switchboard": switchboard(lines_now(at)),
    }


@lru_cache(maxsize=1)
def starting_points() -> list[dict]:
    """What the family centres start from, in the words of our own: title and what it asks of us."""
    return json.loads(STARTING_POINTS.read_text(encoding="utf-8"))


@require_safe
def room_list(request: HttpRequest) -> HttpResponse:
    """What a house lacks, from the ticks in the address; nothing is kept."""
    at = timezone.now()
    services = list(Service.objects.prefetch_related("texts"))
    kinds = [service.kind for service in services]
    found = check(request.GET.getlist("verksamhet"), request.GET.getlist("rum"), kinds)
    context = {
        "services": services,
        "rooms": ROOMS,
        "found": found,
        "is_asked": bool(request.GET),
        "missing_services": [s for s in services if s.kind in found.missing_services],
    }
    response = render(request, "pages/room_list.html", context)
    return keep_while_true(response, [], at=at, asked=bool(request.GET))
