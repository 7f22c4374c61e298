from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from services.models import Service

from .caching import keep_while_true
from .changing_houses import changing_houses
from .coverage import Coverage, CoveringHouse
from .coverage_map import coverage_map
from .elsewhere import open_elsewhere
from .finder_form import Asked
from .finder_page import FinderPage, services_with_texts
from .finding import Finder
from .house import House, days_needed, houses_nearby, houses_of
from .known_facts.plan import read_plan
from .models import District, FamilyCentre
from .plan_then_and_now import PlanThenAndNow
from .reach import reach_from, spot_of
from .structured_data import as_script, centre_as_schema_org
from .whats_on.next_up import next_in_house
from .whats_on.structured_data import dates_in_house


def centre_list(request: HttpRequest) -> HttpResponse:
    at = timezone.now()
    found = FinderPage(request.GET, at)
    response = render(request, "centres/centre_list.html", {"found": found})
    return keep_while_true(response, found.houses_shown, at=at, asked=bool(request.GET))


def district_detail(request: HttpRequest, slug: str) -> HttpResponse:
    at = timezone.now()
    today = timezone.localdate(at)
    district = get_object_or_404(District.objects.select_related("city_area"), slug=slug)
    houses = houses_of(FamilyCentre.objects.listed(today).in_district(district), at)
    family_centres = [house for house in houses if house.is_family_centre]
    others = [house for house in houses if not house.is_family_centre]
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
    asked = Asked(request.GET, services_with_texts())
    finder = Finder(at, near=spot_of(house), services=list(asked.services.values()))
    elsewhere = open_elsewhere(house, finder, asked.wish)
    next_up = next_in_house(centre, at) if house.receives_visitors else []
    context = {
        "house": house,
        "centre": centre,
        "next_up": next_up,
        "rooms": [
            (
                room,
                elsewhere.get(room.service.slug),
                asked.href(plats=centre.name, verksamhet=room.service.slug, dag="idag"),
            )
            for room in house.rooms
        ],
        "asked": asked,
        "reach": reach_from(house, finder),
        "today": house.today,
        "structured_data": as_script(centre_as_schema_org(house, dates_in_house(next_up))),
    }
    response = render(request, "centres/centre_detail.html", context)
    return keep_while_true(response, [house], at=at, asked=bool(request.GET))


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


def coverage_overview(request: HttpRequest) -> HttpResponse:
    at = timezone.now()
    today = timezone.localdate(at)
    centres = FamilyCentre.objects.filter(kind=FamilyCentre.Kind.FAMILY_CENTRE).with_knowledge()
    houses = [CoveringHouse(centre, today) for centre in centres]
    coverage = Coverage(District.objects.select_related("city_area"), houses)
    context = {
        "coverage": coverage,
        "map": coverage_map(coverage),
        "changing": changing_houses(houses, today),
        "plan": PlanThenAndNow(read_plan(), houses),
        "today": today,
    }
    # Nothing here follows a clock: what changes by itself changes at midnight.
    return keep_while_true(render(request, "centres/coverage_overview.html", context), [], at=at)
