from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from ..caching import keep_while_true
from ..structured_data import as_script
from .activity_page import ActivityPage
from .happening import activities_shown
from .page import ProgrammePage
from .structured_data import dates_as_schema_org


def programme(request: HttpRequest) -> HttpResponse:
    at = timezone.now()
    found = ProgrammePage(request.GET, at)
    response = render(request, "centres/whats_on/programme.html", {"found": found})
    return keep_while_true(response, [], at=at, asked=bool(request.GET))


def activity_detail(request: HttpRequest, pk: UUID) -> HttpResponse:
    at = timezone.now()
    activities = activities_shown().with_page(timezone.localdate(at))
    activity = get_object_or_404(activities.prefetch_related("recurrences"), pk=pk)
    page = ActivityPage(activity, at)
    context = {
        "page": page,
        "activity": activity,
        "centre": page.centre,
        "structured_data": as_script(dates_as_schema_org(page)),
    }
    response = render(request, "centres/whats_on/activity_detail.html", context)
    return keep_while_true(response, [], at=at, asked=bool(request.GET))
