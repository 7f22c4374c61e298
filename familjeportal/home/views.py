import logging

from django.contrib.contenttypes.views import shortcut
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.exceptions import ValidationError
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import timezone
from django.views.decorators.cache import never_cache

from centres.caching import keep_while_true
from centres.finder_page import FinderPage
from centres.lines import lines_now
from centres.models import District
from centres.reach import ASKED_FIRST, lines_to_try, open_houses
from centres.sessions_today import sessions_today
from centres.whats_on.next_up import next_near
from centres.wish import TODAY, Wish
from guidance.models import Topic
from guidance.news.views import latest_news

from .demo import is_seeded

logger = logging.getLogger(__name__)

NEAREST = 3
TOPICS = 6
SESSIONS = 5
NEXT = 3
NEWS = 2


def front(request: HttpRequest) -> HttpResponse:
    at = timezone.now()
    found = FinderPage(request.GET, at)
    nearest = found.as_hits(found.finding.houses[:NEAREST]) if found.spot else []
    sessions, has_more = sessions_today(found.finder)
    lines = lines_now(at)
    context = {
        "today": found.today,
        "districts": District.objects.all(),
        "topics": Topic.objects.prefetch_related("texts")[:TOPICS],
        "found": found,
        "nearest": nearest,
        "open_houses": open_houses(found.finder, NEAREST),
        "unknown_today": len(found.finder.find(Wish(weekday=TODAY)).unknown),
        "sessions": sessions[:SESSIONS],
        "has_more_sessions": has_more or len(sessions) > SESSIONS,
        "next_up": next_near(found.spot, at)[:NEXT],
        "services": found.finder.services,
        "news": latest_news(at, NEWS),
        "lines_to_try": lines_to_try(lines),
        "more_lines": [line for line in lines if line.line.slug not in ASKED_FIRST],
    }
    shown = [hit.house for hit in nearest]
    response = render(request, "home/front.html", context)
    return keep_while_true(response, shown, at=at, asked=bool(request.GET))


def view_on_site(request: HttpRequest, content_type_id: str, object_id: str) -> HttpResponse:
    """Django's own view, which takes a key that is no UUID for an error of the server's."""
    try:
        return shortcut(request, content_type_id, object_id)
    except ValidationError:
        raise Http404 from None


def robots(request: HttpRequest) -> HttpResponse:
    """Search engines stay out while example data is loaded, and always out of the staff's
    pages and the search."""
    closed = ["/"] if is_seeded() else ["/admin/", "/personal/", "/sok/"]
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in closed)]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain")


@never_cache
def health_live(request: HttpRequest) -> HttpResponse:
    """The process answers."""
    return HttpResponse("ok", content_type="text/plain")


@never_cache
def health_ready(request: HttpRequest) -> HttpResponse:
    """Styles are there, the database answers and has every migration; else 503, the reason in the
    log."""
    if not getattr(staticfiles_storage, "hashed_files", True):
        logger.error("No static files: run manage.py collectstatic and start again")
        return HttpResponse("static files", status=503, content_type="text/plain")
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


def form_refused(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form without its token. Django's own reason may quote an address, so it is not logged; nor
    is the path, which may hold the secret of an invitation."""
    match = request.resolver_match
    logger.warning("A form without its token was refused: %s", match.route if match else "")
    return render(request, "403_csrf.html", status=403)


def server_error(request: HttpRequest) -> HttpResponse:
    """Needs nothing that may be broken: no request, no database, no context processor."""
    return HttpResponse(render_to_string("500.html"), status=500)
