"""What news and films are about: begun and changed here, their words at the desk (`desk`)."""

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from services.forms import AddressField, DayField
from services.staff_pages import staff_page

from ..actions import create_draft
from ..facts_form import FactsForm, saved
from ..models import Article, Film, Guide, Versioned


class ArticleForm(FactsForm):
    version_parts = ("centres", "guides")
    day = DayField(label=_("Datum"), help_text=_("Den nyaste står överst."))

    class Meta:
        model = Article
        fields = ("slug", "day", "centres", "guides")
        field_classes = {"slug": AddressField}
        widgets = {
            "centres": forms.CheckboxSelectMultiple,
            "guides": forms.CheckboxSelectMultiple,
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        at = timezone.now()
        self.fields["guides"].queryset = Guide.objects.shown(at)
        self.fields["guides"].label_from_instance = lambda guide: guide.shown(at).version.title


class FilmForm(FactsForm):
    class Meta:
        model = Film
        fields = ("slug",)
        field_classes = {"slug": AddressField}


@staff_page
def article_add(request: HttpRequest) -> HttpResponse:
    return _add(request, ArticleForm, Article(day=timezone.localdate()), "nyhet", _now("Ny nyhet"))


@staff_page
def film_add(request: HttpRequest) -> HttpResponse:
    return _add(request, FilmForm, Film(), "film", _now("Ny film"))


@staff_page
def article_facts(request: HttpRequest, slug: str) -> HttpResponse:
    article = get_object_or_404(Article, slug=slug)
    form = saved(request, ArticleForm, article)
    if form is None:
        messages.success(request, _now("Sparat."))
        return redirect("publishing:desk")
    return _page(request, form, _now("Vad nyheten handlar om"))


@transaction.atomic
def _add(request, form_class, owner: Versioned, kind: str, heading: str) -> HttpResponse:
    form = saved(request, form_class, owner)
    if form is not None:
        return _page(request, form, heading)
    draft = create_draft(owner=owner, by=request.user, at=timezone.now())
    return redirect("publishing:edit", kind, draft.pk)


def _page(request: HttpRequest, form: forms.ModelForm, heading: str) -> HttpResponse:
    return render(request, "news/staff_facts.html", {"form": form, "heading": heading})
