"""The drawing's ground: its frame, its projection, and the inset of the city's core.

In the core pins would stand on each other, so it is drawn once more at twice the size in the
corner the city leaves empty; its pins and names stand there instead.
"""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from .placing import Box

_FILE = Path(__file__).parent.parent / "data" / "schematic_map.json"
DATA: dict[str, Any] = json.loads(_FILE.read_text("utf-8"))
FRAME = Box(0, 0, *DATA["size"])
CORE = Box(373, 438, 204, 202)
_ZOOM = 2


@dataclass(frozen=True, slots=True)
class Inset:
    """`core` on the map is drawn again in `frame`."""

    core: Box
    frame: Box

    @property
    def rays(self) -> str:
        """A path from the corners of one to those of the other."""
        core, frame = self.core, self.frame
        return (
            f"M{core.x:.0f} {core.bottom:.0f}L{frame.x:.0f} {frame.y:.0f}"
            f"M{core.right:.0f} {core.bottom:.0f}L{frame.right:.0f} {frame.y:.0f}"
        )

    def enlarged(self, x: float, y: float) -> tuple[float, float]:
        """Where a point of the core is in the frame."""
        return self.frame.x + (x - self.core.x) * _ZOOM, self.frame.y + (y - self.core.y) * _ZOOM


INSET = Inset(CORE, Box(584, 678, CORE.width * _ZOOM, CORE.height * _ZOOM))


def projected(latitude: float, longitude: float) -> tuple[float, float]:
    """A place on earth in the drawing's units, outside the drawing too."""
    about = DATA["projection"]
    x = (longitude - about["west"]) * about["units_per_degree_lon"]
    y = (about["north"] - latitude) * about["units_per_degree_lat"]
    return x, y


def drawn_at(x: float, y: float) -> tuple[float, float]:
    """Where a point of the map is drawn: one of the core in the inset."""
    return INSET.enlarged(x, y) if CORE.has(x, y) else (x, y)
