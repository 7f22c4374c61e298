"""What readers have said is wrong: each to those who may put it right."""

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from services.staff_pages import staff_page

from ..actions import handle_feedback
from ..models import Feedback, ServiceAtCentre
from ..permissions import feedback_open_to

PAGE_SIZE = 25


class HandleForm(forms.Form):
    status = forms.ChoiceField(
        label=_("Läge"),
        choices=Feedback.Status,
        widget=forms.RadioSelect,
        error_messages={"required": _("Välj ett läge."), "invalid_choice": _("Välj ett läge.")},
    )
    note = forms.CharField(
        label=_("Anteckning"),
        required=False,
        max_length=Feedback.LONGEST_TEXT,
        help_text=Feedback._meta.get_field("note").help_text,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    forget = forms.BooleanField(
        label=_("Ta bort orden nu, till exempel för att de handlar om en person"), required=False
    )
    seen = forms.CharField(widget=forms.HiddenInput, required=False)


@staff_page
def feedback_list(request: HttpRequest) -> HttpResponse:
    """The new ones; with ?visa=alla all of them. The newest first."""
    at = timezone.now()
    shows_all = request.GET.get("visa") == "alla"
    mine = feedback_open_to(request.user).with_target()
    page = Paginator(mine if shows_all else mine.new(), PAGE_SIZE).get_page(request.GET.get("sida"))
    context = {
        "page": page,
        "rows": [(feedback, feedback.text_at(at)) for feedback in page],
        "shows_all": shows_all,
        "previous": _address(shows_all, page.number - 1) if page.has_previous() else "",
        "next": _address(shows_all, page.number + 1) if page.has_next() else "",
    }
    return render(request, "staff/feedback_list.html", context)


@staff_page
def feedback_detail(request: HttpRequest, key) -> HttpResponse:
    """One of them, with its words as long as they are kept, and what to do with it."""
    at = timezone.now()
    feedback = get_object_or_404(feedback_open_to(request.user).with_target(), pk=key)
    if request.method == "POST":
        form = HandleForm(request.POST)
        if form.is_valid() and _handle(request, feedback, form, at):
            return redirect("staff:feedback")
    else:
        state = {"status": feedback.status, "note": feedback.note_at(at), "seen": feedback.version}
        form = HandleForm(initial=state)
    context = {
        "feedback": feedback,
        "text": feedback.text_at(at),
        "note": feedback.note_at(at),
        "keeps_words": feedback.keeps_words_at(at),
        "form": form,
        "facts_url": _facts_url(feedback),
    }
    return render(request, "staff/feedback_detail.html", context)


def _handle(request: HttpRequest, feedback: Feedback, form: HandleForm, at) -> bool:
    """Save; False with the reason in the form if another was quicker, whose words then show."""
    try:
        handle_feedback(feedback=feedback, at=at, by=request.user, **form.cleaned_data)
    except ValidationError as error:
        feedback.refresh_from_db()
        form.data = form.data.copy()
        form.data["seen"] = feedback.version
        form.add_error(None, error)
        return False
    messages.success(request, _now("Sparat."))
    return True


def _facts_url(feedback: Feedback) -> str:
    """The admin's form of the house or the room."""
    is_room = isinstance(feedback.target, ServiceAtCentre)
    model = "serviceatcentre" if is_room else "familycentre"
    return reverse(f"admin:centres_{model}_change", args=[feedback.target.pk])


def _address(shows_all: bool, number: int) -> str:
    return f"?sida={number}" + ("&visa=alla" if shows_all else "")
