import logging
from datetime import datetime
from itertools import islice

from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import timezone
from django.views.decorators.cache import never_cache

from centres.caching import keep_while_true
from centres.channel_hours import Session
from centres.finder_page import FinderPage
from centres.finding import Finder
from centres.house import House, houses_of
from centres.lines import lines_now
from centres.models import District, FamilyCentre
from centres.reach import ASKED_FIRST, lines_to_try, open_houses
from centres.rooms import Room
from centres.wish import TODAY, Wish

from .demo import is_seeded

logger = logging.getLogger(__name__)

MOST_TODAY = 10
NEAREST = 3


def front(request: HttpRequest) -> HttpResponse:
    at = timezone.now()
    found = FinderPage(request.GET, at)
    nearest = found.as_hits(found.finding.houses[:NEAREST]) if found.spot else []
    sessions = sessions_today(found.finder)
    context = {
        "today": found.today,
        "districts": District.objects.all(),
        "found": found,
        "nearest": nearest,
        "open_houses": list(islice(open_houses(found.finder), NEAREST)),
        "unknown_today": len(found.finder.find(Wish(weekday=TODAY)).unknown),
        "sessions": sessions[:MOST_TODAY],
        "more_sessions": max(len(sessions) - MOST_TODAY, 0),
        "services": found.finder.services,
        "lines_to_try": lines_to_try(at),
        "more_lines": [line for line in lines_now(at) if line.line.slug not in ASKED_FIRST],
    }
    shown = [hit.house for hit in nearest]
    return keep_while_true(render(request, "home/front.html", context), shown, at=at)


def sessions_today(finder: Finder) -> list[tuple[House, Room, Session]]:
    """What one can walk in to for the rest of today, in the order of time.

    With a place only that of the nearest houses that have any; never of more than ten houses.
    """
    starts: dict[str, datetime] = {}
    for key, matches in finder.open_today(Wish()).items():
        house = finder.houses[finder.rooms[key].house].slug
        first = min(match.span[0] for match in matches)
        starts[house] = min(first, starts.get(house, first))
    slugs = list(starts)[:NEAREST] if finder.near else sorted(starts, key=starts.get)[:MOST_TODAY]
    sessions = [
        (house, room, session)
        for house in houses_of(FamilyCentre.objects.filter(slug__in=slugs), finder.at)
        for room in house.rooms
        for session in room.sessions_left_today
    ]
    return sorted(sessions, key=lambda found: found[2].starts)


def robots(request: HttpRequest) -> HttpResponse:
    """Search engines stay out while example data is loaded, and always out of the staff's pages."""
    closed = ["/"] if is_seeded() else ["/admin/", "/personal/"]
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in closed)]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain")


@never_cache
def health_live(request: HttpRequest) -> HttpResponse:
    """The process answers."""
    return HttpResponse("ok", content_type="text/plain")


@never_cache
def health_ready(request: HttpRequest) -> HttpResponse:
    """The database answers and has every migration; else 503, the reason in the log."""
    try:
        executor = MigrationExecutor(connection)
        missing = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except DatabaseError:
        logger.exception("The database does not answer")
        return HttpResponse("database", status=503, content_type="text/plain")
    if missing:
        logger.error("%s migrations are not applied", len(missing))
        return HttpResponse("migrations", status=503, content_type="text/plain")
    return HttpResponse("ok", content_type="text/plain")


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "404.html", status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    """Needs nothing that may be broken: no request, no database, no context processor."""
    return HttpResponse(render_to_string("500.html"), status=500)
