"""Activities and series laid out for a new term, gone through before anybody relies on them."""

from datetime import date
from uuid import uuid5

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from services.staff_pages import staff_page

from ..actions import confirm_times, held
from ..house import House
from ..models import Recurrence
from .activity_term_form import ActivityTermForm
from .activity_term_review import Review
from .activity_term_sources import not_yet_in, sources_of, version_of_sources
from .own import house_of


@staff_page
def activity_term(request: HttpRequest, slug: str) -> HttpResponse:
    house = house_of(request.user, slug, timezone.now())
    asked = _asked(request)
    form = _form(request, house, asked)
    review = None
    if form.is_valid():
        with held(house.centre):
            form = _form(request, house, asked)
            if form.is_valid() and _save(request, form):
                return redirect("staff:centre", slug)
        if form.is_valid():
            form.look_again()
            review = Review(form, request.user, house)
    context = {"house": house, "centre": house.centre, "form": form, "review": review}
    return render(request, "staff/activity_term_form.html", context)


def _form(request: HttpRequest, house: House, asked: dict) -> ActivityTermForm:
    return ActivityTermForm(
        request.POST or None,
        sources=sources_of(request.user, house),
        user=request.user,
        house=house,
        asked=asked,
    )


def _asked(request: HttpRequest) -> dict:
    """The term in the address, if it can be read: that of the hours just copied."""
    days = {}
    for name, key in (("fran", "first_day"), ("till", "last_day")):
        try:
            days[key] = date.fromisoformat(request.GET.get(name, ""))
        except ValueError:
            return {}
    return days


def _save(request: HttpRequest, form: ActivityTermForm) -> bool:
    """Whether the times are saved; else the page comes back with what to look at."""
    if _is_saved(form):
        messages.info(request, _("Terminen är redan sparad."))
        return True
    version = version_of_sources(form.sources.values())
    if not form.is_made_from(version):
        form.add_error(None, _("Tiderna har ändrats sedan du tittade. Titta igenom dem igen."))
        form._send_along("version", version)
        return False
    is_looked_at = form.cleaned_data["looked_at"] == form.mark
    if request.POST.get("do") != form.SAVE or not is_looked_at:
        return False
    try:
        with transaction.atomic():
            new = form.copy(request.user)
            for key in set(form.cleaned_data["confirmed"]) & set(new):
                activity = form.sources[key].activity
                confirm_times(activity=activity, recurrences=new[key], by=request.user)
    except ValidationError:
        return False  # the review names the clash
    _tell(request, form, sum(map(len, new.values())))
    return True


def _is_saved(form: ActivityTermForm) -> bool:
    """Whether the form was sent before: its times have keys made of its ticket."""
    keys = [
        uuid5(uuid5(form.key, str(source.activity.pk)), str(row.pk))
        for source in form.sources.values()
        for row in source.activity.recurrences.all()
    ]
    return Recurrence.history.filter(id__in=keys).exists()


def _tell(request: HttpRequest, form: ActivityTermForm, count: int) -> None:
    text = ngettext("%(n)d tid är sparad.", "%(n)d tider är sparade.", count) % {"n": count}
    messages.success(request, text)
    if set(form.cleaned_data["activities"]) - set(form.cleaned_data["confirmed"]):
        more = _("Det som inte är bekräftat står så hos läsarna tills ni bekräftar det.")
        messages.warning(request, more)


def after_hours(user, house: House, first: date, last: date | None) -> str:
    """Where to go on once the hours of a term are copied: "" if no activity waits for it."""
    if last is None or not not_yet_in(sources_of(user, house), first):
        return ""
    address = reverse("staff:activity_term", args=[house.centre.slug])
    return f"{address}?fran={first}&till={last}"
