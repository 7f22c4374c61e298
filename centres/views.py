from itertools import groupby

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from services.models import Service

from .caching import keep_while_true
from .house import House, days_needed, houses_nearby, houses_of
from .models import CityArea, District, FamilyCentre
from .structured_data import as_script, centre_as_schema_org

LONGEST_QUESTION = 200


def centre_list(request: HttpRequest) -> HttpResponse:
    at = timezone.now()
    today = timezone.localdate(at)
    houses = houses_of(FamilyCentre.objects.listed(today), at)
    by_district = group_by_district(houses)
    context = {
        "question": request.GET.get("fraga", "").strip()[:LONGEST_QUESTION],
        "areas": [
            (area, [(district, *by_district.get(district.pk, ([], []))) for district in districts])
            for area, districts in areas_with_districts()
        ],
        "count": sum(house.is_family_centre and house.receives_visitors for house in houses),
    }
    return keep_while_true(render(request, "centres/centre_list.html", context), houses, at=at)


def district_detail(request: HttpRequest, slug: str) -> HttpResponse:
    at = timezone.now()
    today = timezone.localdate(at)
    district = get_object_or_404(District.objects.select_related("city_area"), slug=slug)
    houses = houses_of(FamilyCentre.objects.listed(today).in_district(district), at)
    family_centres, others = group_by_district(houses).get(district.pk, ([], []))
    nearby = [] if family_centres else houses_nearby(district, at)
    context = {
        "district": district,
        "nearby": nearby,
        "family_centres": family_centres,
        "others": others,
        "neighbours": District.objects.filter(city_area=district.city_area).exclude(pk=district.pk),
        "places": district.places.exclude(kind="stadsdel"),
    }
    shown = [*houses, *nearby]
    return keep_while_true(render(request, "centres/district_detail.html", context), shown, at=at)


def centre_detail(request: HttpRequest, slug: str) -> HttpResponse:
    at = timezone.now()
    today = timezone.localdate(at)
    centres = FamilyCentre.objects.published(today).with_place()
    centre = centres.with_everything(*days_needed(at), at=at).filter(slug=slug).first()
    if centre is None:
        renamed = get_object_or_404(FamilyCentre.objects.published(today), former_slugs__slug=slug)
        return redirect(renamed, permanent=True)
    house = House(centre, at)
    context = {
        "house": house,
        "centre": centre,
        "today": house.today,
        "structured_data": as_script(centre_as_schema_org(house)),
    }
    return keep_while_true(render(request, "centres/centre_detail.html", context), [house], at=at)


def service_detail(request: HttpRequest, slug: str) -> HttpResponse:
    at = timezone.now()
    today = timezone.localdate(at)
    services = Service.objects.prefetch_related("texts", "confidentiality_facts__texts")
    service = get_object_or_404(services, slug=slug)
    houses = houses_of(FamilyCentre.objects.listed(today).offering(service), at)
    places = [(house, house.room_for(service)) for house in houses]
    context = {
        "service": service,
        "facts": service.confidentiality_facts.all(),
        "places": places,
    }
    return keep_while_true(render(request, "centres/service_detail.html", context), houses, at=at)


def areas_with_districts() -> list[tuple[CityArea, list[District]]]:
    areas = CityArea.objects.prefetch_related("districts")
    return [(area, list(area.districts.all())) for area in areas]


def group_by_district(houses: list[House]) -> dict[int, tuple[list[House], list[House]]]:
    """By district: its family centres, and the other open preschools and meeting places."""
    groups = {}
    for district, run in groupby(houses, key=lambda house: house.centre.district_id):
        group = list(run)
        centres = [house for house in group if house.is_family_centre]
        groups[district] = (centres, [house for house in group if house not in centres])
    return groups
