"""”Stämmer något inte?”: readers tell what is wrong on a page, without a cookie or a name."""

from datetime import datetime
from uuid import uuid5

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from .actions import TooMuchFeedbackError, receive_feedback
from .caching import keep_while_true
from .cookieless_forms import is_sent_from_here
from .feedback_form import FeedbackForm, Topic, topics
from .models import FamilyCentre, Feedback
from .visitor_limits import may_send_more

WAIT = 3_600  # seconds: limits count by the hour


# Django's own protection needs a cookie, which public pages do not set. The signed token of the
# form and the browser's word on where it was sent from stand in: see `cookieless_forms`.
@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def feedback_form(request: HttpRequest, slug: str) -> HttpResponse:
    at = timezone.now()
    centre = _published(slug, at)
    if request.method != "POST" and centre.slug != slug:
        return redirect("centres:feedback", centre.slug, permanent=True)
    all_topics = topics(centre, timezone.localdate(at))
    asked = request.GET.get("om", "")
    topic = next((topic for topic in all_topics if topic.slug == asked), all_topics[0])
    context = {"centre": centre, "topics": all_topics, "topic": topic}
    if request.method != "POST":
        form = FeedbackForm(topic=topic, page=str(centre.pk), at=at)
        return render(request, "centres/feedback_form.html", context | {"form": form})
    return _receive(request, context, at)


def _receive(request: HttpRequest, context: dict, at: datetime) -> HttpResponse:
    topic, page = context["topic"], str(context["centre"].pk)
    if not is_sent_from_here(request):
        context["form"] = FeedbackForm(topic=topic, page=page, at=at)  # none of their words
        return _refuse(request, context, _FROM_ANOTHER_SITE, status=403)
    form = FeedbackForm(request.POST, topic=topic, page=page, at=at)
    context["form"] = form
    if form.is_from_a_robot:
        return redirect("centres:feedback_thanks", context["centre"].slug)
    if not form.is_valid():
        form.renew_token()
        status = 400 if form.has_error("token", "not_ours") else 200
        return render(request, "centres/feedback_form.html", context, status=status)
    try:
        _keep(request, form, topic, at)
    except TooMuchFeedbackError:
        return _refuse(request, context, _TOO_MUCH, status=429)
    thanks = redirect("centres:feedback_thanks", context["centre"].slug)
    if form.has_lost_details:
        thanks["Location"] += "?borttaget=1"
    return thanks


def _keep(request: HttpRequest, form: FeedbackForm, topic: Topic, at: datetime) -> None:
    """The limit counts forms, not how often a bad connection sends one."""
    text = form.cleaned_data["text"]
    key = uuid5(form.cleaned_data["token"], f"{topic.slug} {form.fact_group} {text}")
    is_known = Feedback.objects.filter(pk=key).exists()
    if not is_known and not may_send_more(request, "feedback", at=at):
        raise TooMuchFeedbackError
    receive_feedback(
        key=key,
        target=topic.target,
        fact_group=form.fact_group,
        text=text,
        at=at,
    )


def _refuse(request: HttpRequest, context: dict, why: str, *, status: int) -> HttpResponse:
    context = context | {"refused": why}
    response = render(request, "centres/feedback_form.html", context, status=status)
    if status == 429:
        response["Retry-After"] = str(WAIT)
    return response


def feedback_thanks(request: HttpRequest, slug: str) -> HttpResponse:
    at = timezone.now()
    context = {"centre": _published(slug, at), "lost_details": "borttaget" in request.GET}
    response = render(request, "centres/feedback_thanks.html", context)
    return keep_while_true(response, [], at=at)


def _published(slug: str, at: datetime) -> FamilyCentre:
    """The house with that address, also one that it has had before; else a 404."""
    centres = FamilyCentre.objects.published(timezone.localdate(at)).select_related("district")
    return centres.filter(slug=slug).first() or get_object_or_404(centres, former_slugs__slug=slug)


_FROM_ANOTHER_SITE = _(
    "Det som skickades kom från en annan webbplats och har inte sparats. Vill du säga till om "
    "något? Fyll i formuläret här."
)
_TOO_MUCH = _(
    "Det har kommit många meddelanden den senaste timmen, så det här sparades inte. Vänta en "
    "timme och skicka igen, eller ring huset."
)
