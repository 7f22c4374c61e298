from datetime import datetime

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.http import content_disposition_header

from centres.caching import keep_while_true
from centres.house import houses_of
from centres.models import FamilyCentre
from services.staff_pages import staff_page

from ..models import Edition
from .editions import Print, changes_of, leads_to, print_of
from .facts import houses_with_material
from .material import material_of
from .sheets import LANGUAGES, SHEETS
from .shelf import BusyError
from .typesetting import DEBIAN_PACKAGES, PrintingUnavailableError


def material_list(request: HttpRequest) -> HttpResponse:
    at = timezone.now()
    response = render(request, "printed/material_list.html", _all_material(at))
    return keep_while_true(response, [], at=at)


@staff_page
def staff_material(request: HttpRequest) -> HttpResponse:
    return render(request, "printed/staff_material.html", _all_material(timezone.now()))


def _all_material(at: datetime) -> dict:
    return {"material": material_of(None, at), "centres": houses_with_material(at)}


def centre_material(request: HttpRequest, slug: str) -> HttpResponse:
    at = timezone.now()
    centre = get_object_or_404(houses_with_material(at), slug=slug)
    context = {"centre": centre, "material": material_of(centre, at)}
    response = render(request, "printed/centre_material.html", context)
    return keep_while_true(response, [], at=at)


def sheet_pdf(
    request: HttpRequest, sheet: str, language: str, slug: str | None = None
) -> HttpResponse:
    """The sheet as it is now; who has it already is told so without its being set again."""
    at = timezone.now()
    wanted = _wanted(sheet, language, slug, at)
    etag = f'"{wanted.key}"'
    response = get_conditional_response(request, etag=etag) or _set(request, wanted, at)
    if response.status_code == 503:
        return response
    response["ETag"] = etag
    return keep_while_true(response, [], at=at)


def _wanted(sheet: str, language: str, slug: str | None, at: datetime) -> Print:
    if sheet not in SHEETS or language not in LANGUAGES:
        raise Http404
    centre = get_object_or_404(houses_with_material(at), slug=slug) if slug else None
    found = print_of(SHEETS[sheet], language, centre, at)
    if found is None:
        raise Http404
    return found


def _set(request: HttpRequest, wanted: Print, at: datetime) -> HttpResponse:
    try:
        pdf = wanted.pdf(at)
    except PrintingUnavailableError:
        context = {"packages": DEBIAN_PACKAGES}
        return render(request, "printed/unavailable.html", context, status=503)
    except BusyError:
        response = render(request, "printed/busy.html", status=503)
        response["Retry-After"] = "10"
        return response
    named = content_disposition_header(False, f"{wanted.name}.pdf")
    return HttpResponse(pdf, content_type="application/pdf", headers={"Content-Disposition": named})


def edition_detail(request: HttpRequest, code: str) -> HttpResponse:
    """Where the code on a sheet leads: to today's facts, past what has changed since."""
    at = timezone.now()
    edition = get_object_or_404(Edition.objects.select_related("centre__district"), code=code)
    changes = changes_of(edition, at)
    houses = houses_of(FamilyCentre.objects.filter(pk=edition.centre_id), at) if changes else []
    if changes:
        context = {
            "edition": edition,
            "sheet": SHEETS.get(edition.sheet),
            "gist": changes[0],
            "changes": changes[1:],
            "houses": houses,
            "leads_to": leads_to(edition),
        }
        response = render(request, "printed/edition_detail.html", context)
    else:
        response = redirect(leads_to(edition))
    return keep_while_true(response, houses, at=at)
