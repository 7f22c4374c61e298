from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.cache import patch_cache_control

from centres.caching import keep_while_true
from services.searchable import Found

from .counting import count
from .models import SearchEntry
from .reading import LONGEST
from .results import Results
from .suggesting import suggestions


def search_results(request: HttpRequest) -> HttpResponse:
    at = timezone.now()
    results = Results(request.GET.get("q", ""), at=at)
    context = {
        "results": results,
        "longest": LONGEST,
        "topics": SearchEntry.objects.filter(kind=Found.TOPIC).order_by("id"),
    }
    response = render(request, "search/search_results.html", context)
    if request.method == "GET" and results.asked:
        count(results, at=at)
    if results.urgent_lines:
        # Somebody else may use the same browser.
        patch_cache_control(response, no_store=True, private=True)
        return response
    return keep_while_true(response, results.houses_shown, at=at, asked=bool(request.GET))


def search_suggestions(request: HttpRequest) -> JsonResponse:
    """Names that begin as what is written, for the field: [{"title", "url", "label"}].

    Kept nowhere: nobody knows yet what the word will be, and somebody else may use the same
    browser.
    """
    found = suggestions(request.GET.get("q", ""), at=timezone.now())
    response = JsonResponse({"suggestions": found})
    patch_cache_control(response, private=True, no_store=True)
    return response
