"""Staff's pages for question flows: how a flow is drawn, what it lacks, and the form to write it.

Any of the staff may look. The steps from draft to reader are those of every text (`publishing`).
"""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from services.languages import Language
from services.staff_pages import staff_page
from services.versions import last_saved, version_of

from .actions import create_draft, save_draft, take_step
from .flow_drawing import Drawing
from .flow_form import FlowForm
from .models import Flow, FlowVersion
from .models.version import ON_THE_WAY
from .permissions import may_write, person_for
from .proof import problems_of
from .publishing import LABELS, State, Step, open_steps

# Those that ask for nothing more than a button.
STEPS_HERE = (Step.SUBMIT, Step.TAKE_BACK, Step.APPROVE, Step.PUBLISH, Step.CANCEL)


@staff_page
def flow_list(request: HttpRequest) -> HttpResponse:
    flows = Flow.objects.prefetch_related("versions")
    return render(request, "staff/flow_list.html", {"rows": [(f, _latest(f)) for f in flows]})


@staff_page
def flow_drawn(request: HttpRequest, slug: str) -> HttpResponse:
    """The latest version: drawn, in words, with what keeps it from being published."""
    at = timezone.now()
    flow = get_object_or_404(Flow, slug=slug)
    version = _latest(flow)
    if request.method == "POST":
        return _do(request, flow, version, at)
    graph = version.as_graph() if version else None
    on_the_way = version is not None and version.state in ON_THE_WAY
    person = person_for(request.user, Language.SWEDISH)
    steps = open_steps(version.progress, person, at) if on_the_way else []
    context = {
        "flow": flow,
        "version": version,
        "graph": graph,
        "drawing": Drawing(graph) if graph else None,
        "problems": problems_of(graph, at) if graph else [],
        "may_write": may_write(request.user),
        "may_begin": may_write(request.user) and not on_the_way,
        "steps": [(step.value, LABELS[step]) for step in steps if step in STEPS_HERE],
    }
    return render(request, "staff/flow_detail.html", context)


def _latest(flow: Flow) -> FlowVersion | None:
    swedish = (v for v in flow.versions.all() if v.language == Language.SWEDISH)
    return max(swedish, key=lambda version: version.number, default=None)


def _do(request, flow: Flow, version: FlowVersion | None, at) -> HttpResponse:
    """Begin a draft, or take a step with the latest version."""
    asked = request.POST.get("step", "")
    if not (may_write(request.user) or person_for(request.user, Language.SWEDISH).reviews):
        raise PermissionDenied
    try:
        if asked == "draft":
            create_draft(owner=flow, by=request.user, at=at)
            return redirect("flows:staff_edit", flow.slug)
        if version is not None and asked in {step.value for step in STEPS_HERE}:
            take_step(version=version, step=Step(asked), by=request.user, at=at)
            messages.success(request, _("Klart: %(step)s.") % {"step": LABELS[Step(asked)].lower()})
    except ValidationError as refused:
        for sentence in refused.messages:
            messages.error(request, sentence)
    return redirect("flows:staff_flow", flow.slug)


@staff_page
def flow_edit(request: HttpRequest, slug: str) -> HttpResponse:
    flow = get_object_or_404(Flow, slug=slug)
    if not may_write(request.user):
        raise PermissionDenied
    version = _latest(flow)
    if version is None or version.state != State.DRAFT:
        messages.error(request, _("Det finns inget utkast att ändra. Börja ett nytt."))
        return redirect("flows:staff_flow", flow.slug)
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
    return redirect("flows:staff_flow" if "look" in request.POST else "flows:staff_edit", flow.slug)


def _form_page(request, flow: Flow, form: FlowForm, *, seen="", who="", saved=None) -> HttpResponse:
    """`saved`: the version that somebody else has saved meanwhile, to be shown beside the form."""
    context = {
        "flow": flow,
        "form": form,
        "seen": seen or form.initial["seen"],
        "who": who,
        "saved": saved,
        "saved_graph": saved.as_graph() if saved else None,
    }
    return render(request, "staff/flow_form.html", context)
