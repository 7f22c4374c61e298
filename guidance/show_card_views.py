from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from centres.caching import keep_while_true

from .show_cards import card_languages, cards_in


def show_cards(request: HttpRequest) -> HttpResponse:
    response = render(request, "guidance/show_cards.html", {"languages": card_languages()})
    return keep_while_true(response, [], at=timezone.now(), asked=bool(request.GET))


def show_cards_in(request: HttpRequest, language: str) -> HttpResponse:
    found = next((one for one in card_languages() if one.code == language), None)
    if found is None:
        raise Http404
    cards = cards_in(found)
    context = {
        "language": found,
        "cards": cards,
        "is_reviewed": all(card.is_reviewed for card in cards),
    }
    response = render(request, "guidance/show_cards_in.html", context)
    return keep_while_true(response, [], at=timezone.now(), asked=bool(request.GET))
