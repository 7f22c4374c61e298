"""The schematic map of Göteborg: districts, water, and a house sign for each centre. Pure.

Coordinates are the drawing's units, 1000 across, y down; the places of the earth are degrees.
`ground` holds what never changes and knows where a place is drawn; `placing` keeps boxes apart,
`pins` does so with houses and `names` with the names of districts and waters.
"""

from .ground import CORE, projected
from .map import DistrictLink, SchematicMap, schematic_map
from .pins import Marker

__all__ = ["CORE", "DistrictLink", "Marker", "SchematicMap", "projected", "schematic_map"]
