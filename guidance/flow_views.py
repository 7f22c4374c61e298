from datetime import datetime

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from centres.caching import keep_while_true
from centres.lines import lines_now

from .disclosures import disclosures
from .flow_page import FlowPage
from .models import Flow, FlowVersion
from .models.version import shown_of
from .outcomes_met import tell
from .pathways import Voice
from .urgent import lines_of


def flow_list(request: HttpRequest) -> HttpResponse:
    at = timezone.now()
    context = {"flows": shown_of(Flow.objects.shown(at), at)}
    response = render(request, "guidance/flow_list.html", context)
    return keep_while_true(response, [], at=at, asked=bool(request.GET))


def flow_detail(request: HttpRequest, slug: str) -> HttpResponse:
    return _flow(request, slug, Voice.PARENT)


def flow_for_staff(request: HttpRequest, slug: str) -> HttpResponse:
    """The same questions, in words for somebody who guides a parent. Open to everyone."""
    return _flow(request, slug, Voice.STAFF)


def _flow(request: HttpRequest, slug: str, voice: Voice) -> HttpResponse:
    at = timezone.now()
    flow = get_object_or_404(Flow.objects.shown(at), slug=slug)
    version = flow.shown(at).version
    if flow.is_sensitive:
        return _sensitive(request, flow, version, at, voice)
    page = FlowPage(flow, version, request.GET, at, voice)
    response = _step(request, page)
    if request.method == "GET" and page.ending:
        district = page.spot.district if page.spot else ""
        tell(flow, page.ending, district, at)
    return response


def show_flow(
    request: HttpRequest, flow: Flow, version: FlowVersion, at: datetime, voice: Voice
) -> HttpResponse:
    """The page of a flow with the questions of one of its versions, before readers see it."""
    if flow.is_sensitive:
        return _sensitive(request, flow, version, at, voice)
    return _step(request, FlowPage(flow, version, request.GET, at, voice))


def _step(request: HttpRequest, page: FlowPage) -> HttpResponse:
    """The next question, or the outcome."""
    if page.question is None and page.ending is None:
        raise Http404
    response = render(request, "guidance/flow_detail.html", {"page": page, "flow": page.flow})
    houses = page.ending.houses if page.ending else []
    return keep_while_true(response, houses, at=page.at, asked=bool(request.GET))


def _sensitive(
    request: HttpRequest, flow: Flow, version: FlowVersion, at: datetime, voice: Voice
) -> HttpResponse:
    """Kept nowhere, and no other site is told where the reader came from."""
    context = {
        "flow": flow,
        "version": version,
        "is_for_staff": voice is Voice.STAFF,
        "first": disclosures(version.as_graph(), voice, at),
        "lines": lines_of(flow.home_topic, lines_now(at)) if flow.home_topic else [],
        "leave_to": settings.LEAVE_TO,
    }
    response = render(request, "guidance/flow_on_one_page.html", context)
    response.headers["Cache-Control"] = "no-store"
    response.headers["Referrer-Policy"] = "no-referrer"
    return response
