from collections.abc import Iterable
from datetime import datetime, timedelta
from itertools import groupby

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.cache import patch_cache_control

from services.models import Service

from .models import CityArea, District, FamilyCentre
from .rooms import House, load_window, local_date
from .structured_data import as_script, centre_as_schema_org

# Staff close in two taps: no reader's browser keeps a page longer than this.
LONGEST_CACHE = timedelta(seconds=60)


def centre_list(request: HttpRequest) -> HttpResponse:
    at = timezone.now()
    houses = houses_of(FamilyCentre.objects.listed(), at)
    areas = CityArea.objects.prefetch_related("districts")
    by_district = group_by_district(houses)
    context = {
        "question": request.GET.get("fraga", "").strip()[:200],
        "areas": [
            (
                area,
                [
                    (district, *by_district.get(district.pk, ([], [])))
                    for district in area.districts.all()
                ],
            )
            for area in areas
        ],
        "count": sum(house.is_family_centre and house.centre.receives_visitors for house in houses),
    }
    return page(render(request, "centres/centre_list.html", context), houses, at)


def district_detail(request: HttpRequest, slug: str) -> HttpResponse:
    at = timezone.now()
    district = get_object_or_404(District.objects.select_related("city_area"), slug=slug)
    houses = houses_of(FamilyCentre.objects.listed().in_district(district), at)
    family_centres, others = group_by_district(houses).get(district.pk, ([], []))
    context = {
        "district": district,
        "family_centres": family_centres,
        "others": others,
        "neighbours": District.objects.filter(city_area=district.city_area).exclude(pk=district.pk),
        "places": district.places.exclude(name=district.name),
    }
    return page(render(request, "centres/district_detail.html", context), houses, at)


def centre_detail(request: HttpRequest, slug: str) -> HttpResponse:
    at = timezone.now()
    centres = FamilyCentre.objects.published().with_place().with_everything(*load_window(at), at=at)
    centre = centres.filter(slug=slug).first()
    if centre is None:
        renamed = get_object_or_404(FamilyCentre.objects.published(), former_slugs__slug=slug)
        return redirect(renamed, permanent=True)
    house = House(centre, at)
    context = {
        "house": house,
        "centre": centre,
        "today": local_date(at),
        "structured_data": as_script(centre_as_schema_org(house, request.build_absolute_uri)),
    }
    return page(render(request, "centres/centre_detail.html", context), [house], at)


def service_detail(request: HttpRequest, slug: str) -> HttpResponse:
    at = timezone.now()
    services = Service.objects.prefetch_related("texts", "confidentiality_facts__texts")
    service = get_object_or_404(services, slug=slug)
    houses = houses_of(FamilyCentre.objects.listed().offering(service), at)
    places = [(house, house.room_for(service)) for house in houses]
    context = {"service": service, "places": places}
    return page(render(request, "centres/service_detail.html", context), houses, at)


def houses_of(centres, at: datetime) -> list[House]:
    """Each centre of the queryset with its rooms at `at`; the number of queries is constant."""
    loaded = centres.with_place().with_hours(*load_window(at)).order_by("district__name", "name")
    return [House(centre, at) for centre in loaded]


def group_by_district(houses: list[House]) -> dict[int, tuple[list[House], list[House]]]:
    """By district: its family centres, and the other open preschools and meeting places."""
    return {
        district: (
            [house for house in group if house.is_family_centre],
            [house for house in group if not house.is_family_centre],
        )
        for district, group in (
            (key, list(run)) for key, run in groupby(houses, key=lambda h: h.centre.district_id)
        )
    }


def page(response: HttpResponse, houses: Iterable[House], at: datetime) -> HttpResponse:
    """Let caches keep a page until something on it may change, a minute at most."""
    until = min([at + LONGEST_CACHE, *filter(None, (house.holds_until for house in houses))])
    patch_cache_control(response, public=True, max_age=int((until - at).total_seconds()))
    return response
