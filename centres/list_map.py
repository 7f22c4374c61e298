"""The houses of a page of the list on the map, with the list's numbers."""

from django.urls import reverse

from .hits import Hit
from .models import District
from .nearest import Spot
from .schematic_map import DistrictLink, Marker, SchematicMap, schematic_map

LONGEST_NAME = 9  # letters; a longer one does not fit beside the mark


def map_of(hits: list[Hit], spot: Spot | None) -> SchematicMap:
    point = spot.point if spot else None
    here = (point.latitude, point.longitude) if point else None
    return schematic_map([_marker(hit) for hit in hits if hit.row.point], _districts(), here=here)


def name_of_here(spot: Spot | None) -> str:
    """What stands at the place asked for, or "" where it is too long."""
    return spot.name if spot and len(spot.name) <= LONGEST_NAME else ""


def _marker(hit: Hit) -> Marker:
    return Marker(
        number=hit.number,
        name=hit.house.centre.name,
        href=f"#hus-{hit.number}",
        latitude=hit.row.point.latitude,
        longitude=hit.row.point.longitude,
        sign=hit.house.sign,
        is_planned=hit.house.is_planned,
    )


def _districts() -> dict[str, DistrictLink]:
    """By name: where each district of the map leads."""
    rows = District.objects.values_list("name", "slug")
    return {
        name: DistrictLink(name, reverse("centres:district", args=[slug])) for name, slug in rows
    }
