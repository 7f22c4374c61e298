"""The page of links that no longer lead anywhere."""

from collections.abc import Iterator
from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from services.staff_pages import staff_page

from ..links import broken_links, pages_shown
from ..models import CheckedLink, Version
from .kinds import KINDS


def versions_shown(at: datetime) -> Iterator[Version]:
    """What readers see of every kind, whole."""
    for kind in KINDS:
        yield from kind.model.objects.shown(at).select_related("owner").order_by("title")


@staff_page
def links(request: HttpRequest) -> HttpResponse:
    at = timezone.now()
    kinds = {kind.model: kind for kind in KINDS}
    versions = list(versions_shown(at))
    broken = broken_links(versions, {**pages_shown(at), **_slugs_by_address(versions)})
    context = {
        "rows": [(kinds[type(link.version)], link) for link in broken],
        "checked": CheckedLink.objects.order_by("checked_at").first(),
    }
    return render(request, "publishing/links.html", context)


def _slugs_by_address(versions: list[Version]) -> dict[str, set[str]]:
    """By the address of each kind, the slugs that readers find there."""
    return {
        kind.address: {one.owner.slug for one in versions if type(one) is kind.model}
        for kind in KINDS
    }
