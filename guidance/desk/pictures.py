"""The pictures that texts can show: uploaded here, and put in a text by their addresses."""

from datetime import datetime

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from services.staff_pages import staff_page

from ..models import Picture
from ..news.letting_in import picture_let_in
from ..permissions import languages_to_write
from ..uploads.refusals import Refusal
from .media_forms import PICTURES, most_said, upload

PAGE_SIZE = 24


class PictureForm(forms.Form):
    picture = upload(_("Ny bild"), PICTURES)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["picture"].required = True
        self.fields["picture"].help_text = most_said()

    def let_in(self, at: datetime) -> bool:
        found = picture_let_in(self.cleaned_data["picture"], at)
        if isinstance(found, Refusal):
            self.add_error("picture", found.sentences)
        return not self.errors


@staff_page
def pictures(request: HttpRequest) -> HttpResponse:
    may_upload = bool(languages_to_write(request.user))
    is_sent = request.method == "POST"
    if is_sent and not may_upload:
        raise PermissionDenied
    form = PictureForm(*((request.POST, request.FILES) if is_sent else ()))
    if form.is_valid() and form.let_in(timezone.now()):
        messages.success(request, _now("Bilden finns nu först i listan."))
        return redirect("publishing:pictures")
    found = Picture.objects.order_by("-received_at", "pk")
    page = Paginator(found, PAGE_SIZE).get_page(request.GET.get("sida"))
    context = {
        "form": form if may_upload else None,
        "page": page,
        "previous": f"?sida={page.number - 1}" if page.has_previous() else "",
        "next": f"?sida={page.number + 1}" if page.has_next() else "",
    }
    return render(request, "publishing/pictures.html", context)
