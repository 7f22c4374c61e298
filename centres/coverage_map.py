"""The goal on a map: what each district has, and where its family centres are or will be."""

from collections.abc import Iterator

from services.models import Service

from .coverage import Coverage, CoveringHouse
from .house_sign import house_sign
from .schematic_map import DistrictLink, Marker, SchematicMap, schematic_map

_CORE = [str(kind) for kind in Service.CORE_KINDS]


def coverage_map(coverage: Coverage) -> SchematicMap:
    looks = {row.name: DistrictLink(row.name, row.href, row.look) for row in coverage.districts}
    return schematic_map(list(_markers(coverage)), looks)


def _markers(coverage: Coverage) -> Iterator[Marker]:
    """Every house with a page and a point."""
    for house in (house for row in coverage.districts for house in row.houses):
        if house.has_page and house.centre.latitude is not None:
            yield _marker(house)


def _marker(house: CoveringHouse) -> Marker:
    centre = house.centre
    return Marker(
        number=None,
        name=centre.name,
        href=centre.get_absolute_url(),
        latitude=float(centre.latitude),
        longitude=float(centre.longitude),
        sign=house_sign(list(house.rooms), _CORE, centre.name),
        is_planned=not house.is_open,
    )
