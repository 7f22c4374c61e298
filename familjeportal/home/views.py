import logging

from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import timezone
from django.views.decorators.cache import never_cache

from centres.caching import keep_while_true
from centres.channel_hours import Session
from centres.house import House, houses_nearby, houses_of
from centres.lines import lines_now
from centres.models import District, FamilyCentre
from centres.rooms import Room
from services.models import Service

from .demo import is_seeded

logger = logging.getLogger(__name__)

MOST_TODAY = 10


def front(request: HttpRequest) -> HttpResponse:
    at = timezone.now()
    today = timezone.localdate(at)
    districts = District.objects.select_related("city_area")
    chosen = next((d for d in districts if d.slug == request.GET.get("stadsdel")), None)
    centres = FamilyCentre.objects.listed(today)
    houses = houses_of(centres.in_district(chosen) if chosen else centres, at)
    has_centre = any(house.is_family_centre for house in houses)
    nearby = houses_nearby(chosen, at) if chosen and not has_centre else []
    sessions = sessions_today(houses)
    context = {
        "today": today,
        "districts": districts,
        "chosen": chosen,
        "houses": houses if chosen else [],
        "nearby": nearby,
        "unconfirmed": sum(house.is_unconfirmed_today for house in houses),
        "sessions": sessions[:MOST_TODAY],
        "more_sessions": max(len(sessions) - MOST_TODAY, 0),
        "services": Service.objects.prefetch_related("texts"),
        "lines": lines_now(at),
    }
    return keep_while_true(render(request, "home/front.html", context), [*houses, *nearby], at=at)


def sessions_today(houses: list[House]) -> list[tuple[House, Room, Session]]:
    """What one can walk in to for the rest of today, in the order of time."""
    sessions = [
        (house, room, session)
        for house in houses
        if house.receives_visitors
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
