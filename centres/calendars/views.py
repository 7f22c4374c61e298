"""The files under their addresses. A program that has one already is told that it still holds."""

from datetime import date, datetime, time
from hashlib import sha256
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.http import http_date
from django.views.decorators.http import require_safe

from services.models import Service

from ..caching import keep_while_true
from ..models import Activity, FamilyCentre, ServiceAtCentre
from ..whats_on.page import ProgrammePage
from . import feeds


@require_safe
def centre_calendar(request: HttpRequest, slug: str) -> HttpResponse:
    at = timezone.now()
    centres = FamilyCentre.objects.published(timezone.localdate(at))
    centre = centres.filter(slug=slug).first()
    if centre is None:
        renamed = get_object_or_404(centres, former_slugs__slug=slug)
        return redirect("calendars:centre", renamed.slug, permanent=True)
    return _answer(request, feeds.of_centre(centre, request.path, at).content, at)


@require_safe
def room_calendar(request: HttpRequest, slug: str, service: str) -> HttpResponse:
    at = timezone.now()
    centres = FamilyCentre.objects.published(timezone.localdate(at))
    rooms = ServiceAtCentre.objects.select_related("centre", "service").filter(
        service__slug=service, centre__in=centres.values("pk")
    )
    room = rooms.filter(centre__slug=slug).first()
    if room is None:
        renamed = get_object_or_404(rooms, centre__former_slugs__slug=slug)
        return redirect("calendars:room", renamed.centre.slug, service, permanent=True)
    return _answer(request, feeds.of_room(room, request.path, at).content, at)


@require_safe
def service_calendar(request: HttpRequest, slug: str) -> HttpResponse:
    at = timezone.now()
    service = get_object_or_404(Service.objects.prefetch_related("texts"), slug=slug)
    return _answer(request, feeds.of_service(service, request.path, at).content, at)


@require_safe
def programme_calendar(request: HttpRequest) -> HttpResponse:
    """Of what was chosen on the page "Det händer", by the same fields in the address."""
    at = timezone.now()
    feed = feeds.of_programme(ProgrammePage(request.GET, at))
    return _answer(request, feed.content, at)


@require_safe
def activity_calendar(request: HttpRequest, pk: UUID) -> HttpResponse:
    at = timezone.now()
    activity = _activity(pk, at)
    return _answer(request, feeds.of_activity(activity, request.path, at).content, at)


@require_safe
def date_file(request: HttpRequest, pk: UUID, when: tuple[date, time | None]) -> HttpResponse:
    """One planned date, to be put into a calendar once."""
    at = timezone.now()
    day, start = when
    content = feeds.of_date(_activity(pk, at), day, start, request.path, at)
    if content is None:
        raise Http404
    response = _answer(request, content, at)
    response["Content-Disposition"] = f'attachment; filename="{day}.ics"'
    return response


def _activity(pk: UUID, at: datetime) -> Activity:
    activities = Activity.objects.with_page(timezone.localdate(at))
    return get_object_or_404(
        activities.select_related("organiser__centre").prefetch_related("texts"), pk=pk
    )


def _answer(request: HttpRequest, content: bytes, at: datetime) -> HttpResponse:
    """The file, or that the one which the program has is the same."""
    etag = f'"{sha256(content).hexdigest()[:32]}"'
    changed_at = feeds.last_modified(at)
    response = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    response["ETag"] = etag
    response["Last-Modified"] = http_date(changed_at.timestamp())
    keep_while_true(response, [], at=at, asked=bool(request.GET))
    stamp = int(changed_at.timestamp())
    return get_conditional_response(request, etag=etag, last_modified=stamp, response=response)
