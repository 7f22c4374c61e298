"""Staff's pages for question flows: how a flow is drawn, what it lacks, and the form to write it.

Any of the staff may look. The steps from draft to reader are taken at the desk (`desk`).
"""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from services.languages import Language
from services.staff_pages import staff_page
from services.versions import last_saved, version_of

from .actions import save_draft
from .flow_drawing import Drawing
from .flow_form import FlowForm
from .models import Flow, FlowVersion
from .permissions import may_write
from .proof import problems_of
from .publishing import State


@staff_page
def flow_list(request: HttpRequest) -> HttpResponse:
    flows = Flow.objects.prefetch_related("versions")
    context = {"rows": [(f, f.latest()) for f in flows], "may_write": may_write(request.user)}
    return render(request, "staff/flow_list.html", context)


@staff_page
@require_safe
def flow_drawn(request: HttpRequest, slug: str, language: str = Language.SWEDISH) -> HttpResponse:
    """The latest version: drawn, in words, with what keeps it from being published."""
    at = timezone.now()
    flow = get_object_or_404(Flow, slug=slug)
    version = flow.latest(language)
    graph = version.as_graph() if version else None
    writes = may_write(request.user, language)
    context = {
        "flow": flow,
        "version": version,
        "language": language,
        "graph": graph,
        "drawing": Drawing(graph) if graph else None,
        "is_shown": flow.shown(at).version is not None,
        "problems": problems_of(graph, at) if graph else [],
        "edit_url": _edit_url(version) if writes and version and version.is_draft else "",
        "may_write": may_write(request.user),
        "may_begin": writes and (version is None or not version.is_on_the_way),
    }
    return render(request, "staff/flow_detail.html", context)


def _edit_url(version: FlowVersion) -> str:
    return reverse("flows:staff_edit", kwargs=version.place)


@staff_page
def flow_edit(request: HttpRequest, slug: str, language: str = Language.SWEDISH) -> HttpResponse:
    flow = get_object_or_404(Flow, slug=slug)
    if not may_write(request.user, language):
        raise PermissionDenied
    version = flow.latest(language)
    if version is None or version.state != State.DRAFT:
        messages.error(request, _("Det finns inget utkast att ändra. Börja ett nytt."))
        return redirect("flows:staff_flow", slug)
    if request.method == "POST":
        return _save(request, flow, version)
    form = FlowForm(version=version, seen=version_of(version.words()))
    return _form_page(request, flow, form)


@transaction.atomic
def _save(request: HttpRequest, flow: Flow, version: FlowVersion) -> HttpResponse:
    """Save and show the form again; where somebody else has saved since, show both instead."""
    version = FlowVersion.objects.select_for_update().get(pk=version.pk)
    saved = version_of(version.words())
    form = FlowForm(request.POST, version=version, seen=saved)
    if request.POST.get("seen") != saved:
        who = last_saved(version)
        version = FlowVersion.objects.get(pk=version.pk)
        return _form_page(request, flow, form, seen=saved, who=who, saved=version)
    if not form.is_valid():
        return _form_page(request, flow, form, seen=saved)
    try:
        save_draft(version=version, words=form.words(), by=request.user)
    except ValidationError as refused:
        form.add_error(None, refused)
        return _form_page(request, flow, form, seen=saved)
    messages.success(request, _("Sparat. Läsarna ser det när det är granskat och publicerat."))
    return redirect(
        "flows:staff_flow" if "look" in request.POST else "flows:staff_edit", **version.place
    )


def _form_page(
    request: HttpRequest, flow: Flow, form: FlowForm, *, seen="", who="", saved=None
) -> HttpResponse:
    """`saved`: the version that somebody else has saved meanwhile, to be shown beside the form."""
    context = {
        "flow": flow,
        "own_page": reverse("flows:staff_flow", kwargs=form.instance.place),
        "form": form,
        "seen": seen or form.initial["seen"],
        "who": who,
        "saved": saved,
        "saved_graph": saved.as_graph() if saved else None,
    }
    return render(request, "staff/flow_form.html", context)
