"""Links in texts that readers see: which of them no longer lead anywhere.

An address of the portal is resolved, and what it names is looked for among what is shown: that is
done anew each time. Addresses elsewhere are asked by the command `check_links`; what they answered
is kept in `CheckedLink`.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from html import unescape
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.urls import Resolver404, resolve
from django.utils import timezone
from django.utils.translation import gettext as _

from centres.models import District, FamilyCentre
from services.models import Service

from .models import CheckedLink, Picture, Topic, Version

PICTURES = "news:picture"
_HREF = re.compile(r'<(?:a href|img src)="([^"]*)"')


@dataclass(frozen=True)
class BrokenLink:
    """Where it stands, where it leads, and what is wrong with it."""

    version: Version
    address: str
    problem: str


def links_of(version: Version) -> list[str]:
    """Every address that the words of a version lead to or show, each once."""
    found = [
        unescape(href) for name in version.RICH for href in _HREF.findall(getattr(version, name))
    ]
    sources = getattr(version, "sources", None) or []
    found += [source["url"] for source in sources if source.get("url")]
    return list(dict.fromkeys(found))


def is_outside(address: str) -> bool:
    parts = urlsplit(address)
    return parts.scheme in ("http", "https") and parts.hostname != settings.PUBLIC_HOST


def broken_links(versions: Iterable[Version], pages: Mapping[str, set[str]]) -> list[BrokenLink]:
    """`pages`: by the name of an address, the slugs that are shown there (`pages_shown`)."""
    failing = dict(CheckedLink.objects.failing().values_list("url", "problem"))
    return [
        BrokenLink(version, address, problem)
        for version in versions
        for address in links_of(version)
        if (problem := failing.get(address) or _inside_problem(address, pages))
    ]


def _inside_problem(address: str, pages: Mapping[str, set[str]]) -> str:
    """What is wrong with an address of the portal; "" for one that works, or that is none."""
    parts = urlsplit(address)
    is_inside = not parts.scheme or not is_outside(address)
    if not is_inside or not parts.path.startswith("/") or parts.scheme in ("mailto", "tel"):
        return ""
    if parts.path.startswith(settings.STATIC_URL):
        return ""
    try:
        match = resolve(unquote(parts.path))
    except Resolver404:
        return _("Det finns ingen sådan sida.")
    if match.view_name == PICTURES:
        return "" if match.kwargs["key"] in pages[PICTURES] else _("Bilden finns inte.")
    if match.view_name in pages and match.kwargs.get("slug") not in pages[match.view_name]:
        return _("Sidan visas inte för läsarna.")
    return ""


def pages_shown(at: datetime) -> dict[str, set[str]]:
    """What pages of the portal there are, by the name of their address; those of texts aside."""
    centres = FamilyCentre.objects.listed(timezone.localdate(at))
    houses = {centre.slug for centre in centres}
    return {
        "centres:detail": houses,
        "centres:district": set(District.objects.values_list("slug", flat=True)),
        "centres:service": set(Service.objects.values_list("slug", flat=True)),
        "guidance:topic": set(Topic.objects.values_list("slug", flat=True)),
        PICTURES: set(Picture.objects.values_list("pk", flat=True)),
    }


def outside_links(versions: Iterable[Version]) -> Iterator[str]:
    """Each address elsewhere once."""
    yield from sorted({link for one in versions for link in links_of(one) if is_outside(link)})
