from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from centres.caching import keep_while_true
from centres.lines import lines_now

from .models import SupportContact, shown_of
from .support_page import SupportPage
from .urgent import switchboard


def support_near(request: HttpRequest) -> HttpResponse:
    at = timezone.now()
    page = SupportPage(request.GET, at)
    response = render(request, "guidance/support_near.html", {"page": page})
    shown = [hit.house for hit in page.nearest] + [house for house, _room, _s in page.sessions]
    return keep_while_true(response, shown, at=at, asked=bool(request.GET))


def support_contact(request: HttpRequest, slug: str) -> HttpResponse:
    at = timezone.now()
    contact = get_object_or_404(SupportContact.objects.with_texts(), slug=slug)
    guides = contact.guides.select_related("home_topic").shown(at)
    context = {
        "contact": contact,
        "guides": shown_of(guides, at),
        "topics": contact.topics.prefetch_related("texts"),
        "switchboard": switchboard(lines_now(at)),
    }
    response = render(request, "guidance/support_contact.html", context)
    return keep_while_true(response, [], at=at, asked=bool(request.GET))
