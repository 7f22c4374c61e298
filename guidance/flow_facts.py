"""What a flow is about: begun and changed here, its questions in the form (`flow_form`)."""

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _now

from services.forms import AddressField
from services.staff_pages import staff_page

from .actions import create_draft
from .facts_form import FactsForm, saved
from .models import Flow, Topic

TAKEN = ("ny",)
"""What no flow can have as its address: under /personal/ it is that of a page."""


class FlowFactsForm(FactsForm):
    class Meta:
        model = Flow
        fields = ("slug", "home_topic", "is_sensitive", "position")
        field_classes = {"slug": AddressField}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["home_topic"].queryset = Topic.objects.prefetch_related("texts")

    def clean_slug(self):
        if self.cleaned_data["slug"] in TAKEN:
            raise ValidationError(_now("Den adressen är upptagen. Välj en annan."))
        return self.cleaned_data["slug"]


@staff_page
@transaction.atomic
def flow_add(request: HttpRequest) -> HttpResponse:
    flow = Flow()
    form = saved(request, FlowFactsForm, flow)
    if form is not None:
        return _page(request, form, _now("Ny vägvisare"))
    create_draft(owner=flow, by=request.user, at=timezone.now())
    return redirect("flows:staff_edit", flow.slug)


@staff_page
def flow_facts(request: HttpRequest, slug: str) -> HttpResponse:
    flow = get_object_or_404(Flow, slug=slug)
    form = saved(request, FlowFactsForm, flow)
    if form is not None:
        return _page(request, form, _now("Ämne och känslighet"))
    messages.success(request, _now("Sparat."))
    return redirect("flows:staff_flow", slug)


def _page(request: HttpRequest, form: forms.ModelForm, heading: str) -> HttpResponse:
    return render(request, "staff/flow_facts.html", {"form": form, "heading": heading})
