"""Houses, hours and activities as files: first a dry run, then exactly what it showed.

Between the two the file travels in the page itself, signed for the person and for an hour, so that
nothing lies on the server's disk.
"""

from functools import wraps

from django import forms
from django.contrib import messages
from django.core import signing
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_POST

from services.staff_pages import staff_page

from .. import bulk
from ..bulk.plan import CHANGED, NEW, REMOVED, in_ranges
from ..bulk.sheet import decode, write_sheet
from ..permissions import may_import

TOKEN_LASTS = 3600  # seconds
LONGEST_TOKEN = 2_000_000  # characters; Django refuses forms of more than 2.5 MB
PROBLEMS_SHOWN = 200
FILE_NAMES = {"centres": "familjecentraler", "hours": "oppettider", "activities": "aktiviteter"}


class UploadForm(forms.Form):
    """A file that is a table; its text and the `bulk.Sheet` are in `cleaned_data`."""

    file = forms.FileField(
        label=_("Fil"),
        help_text=_(
            "CSV, högst 2 MB och 5 000 rader. Rubrikerna ska vara desamma som i filerna ovan."
        ),
        widget=forms.ClearableFileInput(attrs={"accept": ".csv,text/csv"}),
        error_messages={
            "required": _("Välj en fil."),
            "empty": _("Filen är tom."),
            "missing": _("Välj en fil."),
            "invalid": _("Välj en fil."),
        },
    )

    def clean_file(self):
        upload = self.cleaned_data["file"]
        try:
            text = decode(upload.read(bulk.MOST_BYTES + 1))
            return text, bulk.read_sheet(text)
        except bulk.SheetError as error:
            raise ValidationError(str(error)) from error


def _importers_page(view):
    """A page of staff for those who may import."""

    @staff_page
    @wraps(view)
    def only_importers(request: HttpRequest, *args, **kwargs) -> HttpResponse:
        if not may_import(request.user):
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return only_importers


@_importers_page
def import_page(request: HttpRequest) -> HttpResponse:
    """The files to fetch, and the form; what a POSTed file would do is shown, not done."""
    form = UploadForm()
    if request.method == "POST":
        form = UploadForm(request.POST, request.FILES)
        if form.is_valid():
            text, sheet = form.cleaned_data["file"]
            return _show_dry_run(request, text, bulk.dry_run(sheet, request.user))
    return render(request, "staff/import_upload.html", {"form": form})


@_importers_page
@require_POST
def carry_out(request: HttpRequest) -> HttpResponse:
    """Do what the dry run showed. If the facts have changed since, show what the file does now."""
    text, digest = _carried(request)
    if not digest:
        return redirect("staff:import")
    sheet = bulk.read_sheet(text)
    plan = bulk.carry_out(sheet, request.user, digest=digest)
    if plan is None:
        return _show_dry_run(request, text, bulk.dry_run(sheet, request.user), is_refused=True)
    messages.success(request, _now("Filen är införd: %(counts)s.") % {"counts": _counts(plan)})
    return redirect("staff:import")


@_importers_page
@require_POST
def export_problems(request: HttpRequest) -> HttpResponse:
    """All that is wrong with the file, row by row, where it is more than the page shows."""
    text, digest = _carried(request)
    if not digest:
        return redirect("staff:import")
    plan = bulk.dry_run(bulk.read_sheet(text), request.user)
    headings = [_now("Rad"), _now("Kolumn"), _now("Fel")]
    rows = ([str(p.number), p.heading, p.message] for p in _in_order(plan.problems))
    return _file(_now("fel"), write_sheet(headings, rows))


def _carried(request: HttpRequest) -> tuple[str, str]:
    """The text that the page carries and the digest of its dry run; empty, and the person is told,
    when it is too old."""
    try:
        return signing.loads(request.POST.get("file", ""), salt=_salt(request), max_age=TOKEN_LASTS)
    except signing.BadSignature:
        messages.error(request, _now("Provkörningen är för gammal. Välj filen igen."))
        return "", ""


@_importers_page
@require_GET
def export(request: HttpRequest, kind: str) -> HttpResponse:
    return _file(FILE_NAMES[kind], bulk.export(kind, request.user))


def _file(name: str, content: bytes) -> HttpResponse:
    disposition = f'attachment; filename="{name}-{timezone.localdate()}.csv"'
    return HttpResponse(
        content,
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": disposition},
    )


def _show_dry_run(request: HttpRequest, text: str, plan, *, is_refused: bool = False):
    """With a form that carries the file on: to do it, or to get what the page has no room for."""
    token, more_problems = "", max(0, len(plan.problems) - PROBLEMS_SHOWN)
    if plan.may_be_carried_out or more_problems:
        token = signing.dumps([text, plan.digest], salt=_salt(request), compress=True)
    context = {
        "plan": plan,
        "token": token if len(token) <= LONGEST_TOKEN else "",
        "is_too_long": len(token) > LONGEST_TOKEN,
        "is_refused": is_refused,
        "counts": _counts(plan),
        "unchanged": in_ranges(plan.unchanged),
        "problems": _in_order(plan.problems)[:PROBLEMS_SHOWN],
        "more_problems": more_problems,
    }
    return render(request, "staff/import_dry_run.html", context)


def _in_order(problems: list[bulk.Problem]) -> list[bulk.Problem]:
    return sorted(problems, key=lambda problem: problem.number)


def _salt(request: HttpRequest) -> str:
    """Another person's dry run is not one's own."""
    return f"centres.import:{request.user.pk}"


def _counts(plan) -> str:
    """ "2 nya, 1 ändrad"; never more words than there are numbers."""
    words = [
        (plan.count(NEW), _now("ny"), _now("nya")),
        (plan.count(CHANGED), _now("ändrad"), _now("ändrade")),
        (plan.count(REMOVED), _now("borttagen"), _now("borttagna")),
    ]
    told = [f"{count} {one if count == 1 else many}" for count, one, many in words if count]
    return ", ".join(told) or _now("inga ändringar")
