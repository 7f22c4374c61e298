"""Fills the gazetteer: what the database and the data files know of where a person may be."""

import csv
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from statistics import fmean

from django.conf import settings
from django.db.models import FloatField, QuerySet
from django.db.models.functions import Cast

from .models import District, FamilyCentre, Place
from .nearest import Answer, Found, Gazetteer, Kind, Outside, Point, Spot

# Offered to everyone at its static address, as its licence asks; the code reads the same copy.
POSTCODES_FILE = settings.BASE_DIR / "static" / "data" / "postcodes.csv"
OUTSIDE_FILE = settings.BASE_DIR / "centres" / "data" / "outside.csv"

_THE_CITY = "Göteborg"  # too wide to be a place
_ISLAND = "ö"
_ISLANDS = "Södra Skärgården"  # the area that the islands make up
_ORDER = {"alias": 1}  # after the names that the city itself uses

_POINT = (Cast("latitude", FloatField()), Cast("longitude", FloatField()))


@dataclass(frozen=True)
class Postcode:
    """A row of the file. `precision` is "box" for boxes and "ö" for islands."""

    code: str
    district: str
    point: Point
    precision: str


def look_up(place: str, today: date) -> Answer:
    """What a place that somebody asks for is, among the houses that are listed that day."""
    if not place:
        return Answer(Found.NOTHING_ASKED)
    return gazetteer(FamilyCentre.objects.listed(today)).look_up(place)


def gazetteer(centres: QuerySet) -> Gazetteer:
    """Where a person may be, with the given centres and their streets; three queries.

    As long as the rows are the same, so is the gazetteer: it is built once in a process.
    """
    districts = District.objects.values_list("slug", "name", "city_area__slug", "city_area__name")
    places = Place.objects.values_list("name", "kind", "district__slug", *_POINT)
    houses = centres.order_by("name").values_list(
        "slug", "name", "also_known_as", "street", "district__slug", "stop_kind", *_POINT
    )
    return _built(tuple(districts), tuple(places), tuple(houses))


@lru_cache(maxsize=4)
def _built(districts: tuple, places: tuple, houses: tuple) -> Gazetteer:
    areas = {slug: area for slug, _, area, _ in districts}
    names = {name for row in districts for name in (row[1], row[3])} | {_THE_CITY}
    points = _district_points(districts, places)
    spots = [
        *_city_areas(districts, points),
        *(
            Spot(name, Kind.DISTRICT, points[slug], slug, area, also=_also("stadsdel", "en", name))
            for slug, name, area, _ in districts
        ),
        *_places([row for row in places if row[0] not in names], areas),
        *_postcodes({name: (slug, area) for slug, name, area, _ in districts}),
    ]
    for house in houses:
        spots += _house(house, areas)
    return Gazetteer(spots, outside())


def _also(word: str, ending: str, name: str) -> tuple[str, str]:
    return f"{word} {name}", f"{word}{ending} {name}"


def _district_points(districts: tuple, places: tuple) -> dict[str, Point | None]:
    """By slug: the point that the district has among the places, else the middle of them all."""
    own, all_of_it = {}, defaultdict(list)
    for name, _, district, latitude, longitude in places:
        all_of_it[district].append(Point(latitude, longitude))
        own[district, name] = Point(latitude, longitude)
    return {
        slug: own.get((slug, name)) or _middle(all_of_it[slug]) for slug, name, _, _ in districts
    }


def _middle(points: Iterable[Point | None]) -> Point | None:
    known = [point for point in points if point]
    if not known:
        return None
    return Point(fmean(p.latitude for p in known), fmean(p.longitude for p in known))


def _city_areas(districts: tuple, points: dict[str, Point | None]) -> list[Spot]:
    """Each at the middle of its districts."""
    parts = defaultdict(list)
    for slug, _, area, name in districts:
        parts[area, name].append(points[slug])
    return [
        Spot(
            name,
            Kind.CITY_AREA,
            _middle(of_parts),
            city_area=area,
            also=_also("stadsområde", "t", name),
        )
        for (area, name), of_parts in sorted(parts.items(), key=lambda part: part[0][1])
    ]


def _places(places: list[tuple], areas: dict[str, str]) -> list[Spot]:
    return [
        Spot(
            name,
            Kind.PLACE,
            Point(latitude, longitude),
            district,
            areas[district],
            is_island=kind == _ISLAND or name == _ISLANDS,
        )
        for name, kind, district, latitude, longitude in sorted(
            places, key=lambda place: _ORDER.get(place[1], 0)
        )
    ]


def _postcodes(districts: dict[str, tuple[str, str]]) -> list[Spot]:
    """`districts` are slugs of district and city area by the district's name."""
    spots = []
    for row in postcodes():
        district, area = districts.get(row.district, ("", ""))
        is_box = row.precision == "box"
        spots.append(
            Spot(
                row.code,
                Kind.BOX_POSTCODE if is_box else Kind.POSTCODE,
                None if is_box else row.point,
                district,
                area,
                is_island=row.precision == _ISLAND,
            )
        )
    return spots


def _house(row: tuple, areas: dict[str, str]) -> list[Spot]:
    """The house, and its street where one is known."""
    slug, name, other_names, street, district, stop_kind, latitude, longitude = row
    point = None if latitude is None or longitude is None else Point(latitude, longitude)
    where = (point, district, areas[district], stop_kind == "ferry", slug)
    also = tuple(other.strip() for other in other_names.splitlines() if other.strip())
    house = Spot(name, Kind.CENTRE, *where, also=also)
    return [house, Spot(street, Kind.STREET, *where)] if street else [house]


# --- The files ------------------------------------------------------------------------------------


@lru_cache(maxsize=1)
def postcodes() -> tuple[Postcode, ...]:
    with POSTCODES_FILE.open(encoding="utf-8", newline="") as lines:
        return tuple(
            Postcode(
                row["postcode"],
                row["district"],
                Point(float(row["lat"]), float(row["lon"])),
                row["precision"],
            )
            for row in csv.DictReader(lines)
        )


@lru_cache(maxsize=1)
def outside() -> tuple[Outside, ...]:
    with OUTSIDE_FILE.open(encoding="utf-8", newline="") as lines:
        return tuple(
            Outside(row["name"], row["municipality"], tuple(row["postcodes"].split()))
            for row in csv.DictReader(lines)
        )
