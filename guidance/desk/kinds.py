"""What is written, reviewed and published here: a line for each model built on `Version`."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from centres.hours_text import capitalised

from ..document_views import show_document
from ..flow_views import show_flow
from ..models import (
    ArticleVersion,
    DocumentVersion,
    FilmVersion,
    FlowVersion,
    Guide,
    GuideVersion,
    PageVersion,
    Version,
    Versioned,
)
from ..news.views import show_article, show_film
from ..pages.views import show_page
from ..pathways import Voice
from ..views import show_guide
from .forms import DraftForm
from .media_forms import ArticleDraftForm, FilmDraftForm

Page = Callable[[HttpRequest, Version, datetime], HttpResponse]


@dataclass(frozen=True)
class Kind:
    """Something with versions.

    `key` stands in addresses. `page` shows a version on the very page that readers meet. `address`
    is the name of that page's address, which ends with the owner's slug. `form` is for the words.
    `own_form` is the address of a page for them where the general one does not do, `own_page` of a
    page where staff see more of the latest version, both by the owner's slug and the language;
    `facts` of the form for what the text is about. `report` is the template of what was found in a
    version, to be read before it is approved.
    """

    key: str
    name: str | Promise
    model: type[Version]
    page: Page
    address: str
    form: type[DraftForm] = DraftForm
    own_form: str = ""
    own_page: str = ""
    own_page_name: str | Promise = ""
    facts: str = ""
    report: str = ""

    @property
    def owners(self) -> type[Versioned]:
        return self.model._meta.get_field("owner").related_model

    @property
    def plural(self) -> str:
        return capitalised(str(self.owners._meta.verbose_name_plural))

    def edit_url(self, version: Version) -> str:
        if self.own_form:
            return reverse(self.own_form, kwargs=version.place)
        return reverse("publishing:edit", args=[self.key, version.pk])

    def own_page_url(self, version: Version) -> str:
        return reverse(self.own_page, kwargs=version.place) if self.own_page else ""


def _guide_page(request: HttpRequest, version: GuideVersion, at: datetime) -> HttpResponse:
    guides = Guide.objects.prefetch_related("home_topic__texts", "helped_by", "lines")
    return show_guide(request, guides.get(pk=version.owner_id), version, at)


def _flow_page(request: HttpRequest, version: FlowVersion, at: datetime) -> HttpResponse:
    return show_flow(request, version.owner, version, at, Voice.PARENT)


def _document_page(request: HttpRequest, version: DocumentVersion, at: datetime) -> HttpResponse:
    return show_document(request, version.owner, version, at, latest=version)


def _article_page(request: HttpRequest, version: ArticleVersion, at: datetime) -> HttpResponse:
    return show_article(request, version.owner, version, at)


def _film_page(request: HttpRequest, version: FilmVersion, at: datetime) -> HttpResponse:
    return show_film(request, version.owner, version, at)


def _fixed_page(request: HttpRequest, version: PageVersion, at: datetime) -> HttpResponse:
    return show_page(request, version.owner, version, at)


KINDS = (
    Kind("rad", _("Råd"), GuideVersion, _guide_page, "guidance:guide"),
    Kind(
        "flode",
        _("Vägvisare"),
        FlowVersion,
        _flow_page,
        "flows:detail",
        own_form="flows:staff_edit",
        own_page="flows:staff_flow",
        own_page_name=_("Så hänger frågorna ihop"),
    ),
    Kind(
        "dokument",
        _("Dokument"),
        DocumentVersion,
        _document_page,
        "documents:detail",
        own_form="documents:staff_write",
        own_page="documents:staff_document",
        own_page_name=_("Om dokumentet och filen"),
        report="staff/_document_report.html",
    ),
    Kind(
        "nyhet",
        _("Nyhet"),
        ArticleVersion,
        _article_page,
        "news:article",
        form=ArticleDraftForm,
        facts="news:staff_article",
    ),
    Kind("film", _("Film"), FilmVersion, _film_page, "news:film", form=FilmDraftForm),
    Kind("sida", _("Fast sida"), PageVersion, _fixed_page, "pages:about"),
)


def kind_of(key: str) -> Kind:
    """The kind with that key; Http404 where there is none."""
    for kind in KINDS:
        if kind.key == key:
            return kind
    raise Http404


def version_of_kind(kind: Kind, pk) -> Version:
    versions = kind.model.objects.select_related("owner", "author", "approved_by")
    return get_object_or_404(versions, pk=pk)
