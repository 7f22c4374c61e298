from collections import defaultdict
from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from centres.caching import keep_while_true
from centres.finder_form import Asked
from centres.finder_page import FinderPage
from centres.lines import lines_now

from .ages import ages_to_choose, chosen_words, for_whom
from .help_nearby import helpers_of
from .models import Guide, GuideVersion, Topic, shown_of
from .urgent import lines_of, switchboard


def topic_list(request: HttpRequest) -> HttpResponse:
    at = timezone.now()
    asked = Asked(request.GET, [])
    guides = Guide.objects.asked_for(asked.wish).shown(at).select_related("home_topic")
    by_topic = defaultdict(list)
    for guide, version in shown_of(guides, at):
        by_topic[guide.home_topic_id].append((guide, version))
    topics = Topic.objects.prefetch_related("texts")
    context = {
        "asked": asked,
        "ages": ages_to_choose(asked, asked.wish.age),
        "age": chosen_words(asked),
        "topics": [(topic, by_topic[topic.pk]) for topic in topics if topic.pk in by_topic],
    }
    response = render(request, "guidance/topic_list.html", context)
    return keep_while_true(response, [], at=at, asked=bool(request.GET))


def topic_detail(request: HttpRequest, slug: str) -> HttpResponse:
    at = timezone.now()
    topic = get_object_or_404(Topic.objects.prefetch_related("texts", "lines"), slug=slug)
    asked = Asked(request.GET, [])
    guides = Guide.objects.about(topic).asked_for(asked.wish).shown(at).select_related("home_topic")
    context = {
        "topic": topic,
        "asked": asked,
        "age": chosen_words(asked),
        "guides": [(guide, version, for_whom(guide)) for guide, version in shown_of(guides, at)],
        "has_contacts": topic.support_contacts.exists(),
        "flows": shown_of(topic.flows.shown(at), at),
        "lines": lines_of(topic, lines_now(at)),
    }
    response = render(request, "guidance/topic_detail.html", context)
    return keep_while_true(response, [], at=at, asked=bool(request.GET))


def guide_detail(request: HttpRequest, topic: str, slug: str) -> HttpResponse:
    at = timezone.now()
    guides = Guide.objects.shown(at).prefetch_related("home_topic__texts", "helped_by", "lines")
    guide = get_object_or_404(guides, slug=slug)
    if guide.home_topic.slug != topic:
        return redirect(guide, permanent=True)
    return show_guide(request, guide, guide.shown(at).version, at)


def show_guide(
    request: HttpRequest, guide: Guide, version: GuideVersion, at: datetime
) -> HttpResponse:
    """The page of a guide with the words of one of its versions."""
    found = FinderPage(request.GET, at)
    helpers = helpers_of(guide, found.finder)
    own = guide.contacts.with_texts()
    contacts = [contact for contact in own if contact.reaches(*found.district_and_area)]
    lines = lines_now(at)
    context = {
        "guide": guide,
        "version": version,
        "for_whom": for_whom(guide),
        "lines": lines_of(guide, lines),
        "found": found,
        "carried": found.asked.hidden("plats"),
        "helpers": helpers,
        "contacts": contacts,
        "switchboard": switchboard(lines) if contacts else None,
    }
    response = render(request, "guidance/guide_detail.html", context)
    houses = [hit.house for helper in helpers for hit, _room in helper.nearby]
    return keep_while_true(response, houses, at=at, asked=bool(request.GET))
