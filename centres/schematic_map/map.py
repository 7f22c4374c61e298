"""The map as a whole: ready answers for templates/components/map.html."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from .ground import DATA, FRAME, INSET, Inset, drawn_at, projected
from .names import LINE, Label, placed_labels
from .pins import Marker, Pin, PinSign, placed_pins
from .placing import Box

_HERE_SIZE, _HERE_NAME = 44, 150  # the mark's breadth, and its name's


@dataclass(frozen=True, slots=True)
class DistrictLink:
    """Where a district leads. `look` is "", or "open", "planned" or "none" for what it has."""

    name: str
    href: str
    look: str = ""


@dataclass(frozen=True, slots=True)
class District:
    name: str
    path: str
    link: DistrictLink | None

    @property
    def look(self) -> str:
        return self.link.look if self.link else ""


@dataclass(frozen=True, slots=True)
class SchematicMap:
    width: int
    height: int
    sea: str
    river: str
    harbour: str
    districts: list[District]
    labels: list[Label]
    signs: list[PinSign]
    pins: list[Pin]
    inset: Inset
    here: tuple[int, int] | None
    unplaced: list[Marker]
    credit: str


def schematic_map(
    markers: Sequence[Marker],
    districts: Mapping[str, DistrictLink],
    *,
    here: tuple[float, float] | None = None,
) -> SchematicMap:
    """The map with `markers`; `districts` by name, `here` as (latitude, longitude).

    What lies outside the drawing, or finds no room in it, is in `unplaced`.
    """
    here_at = _here(here)
    taken = _around(here_at)
    pins = placed_pins(markers, taken)
    looks = {name: link.look for name, link in districts.items()}
    placed = {id(pin.marker) for pin in pins}
    return SchematicMap(
        width=round(FRAME.width),
        height=round(FRAME.height),
        sea=DATA["sea"],
        river=DATA["river"],
        harbour=DATA["harbour"],
        districts=[
            District(row["name"], row["path"], districts.get(row["name"]))
            for row in DATA["districts"]
        ],
        labels=placed_labels(looks, [*(pin.box for pin in pins), *taken]),
        signs=list({pin.sign.id: pin.sign for pin in pins}.values()),
        pins=pins,
        inset=INSET,
        here=here_at,
        unplaced=[marker for marker in markers if id(marker) not in placed],
        credit=DATA["credit"],
    )


def _here(here: tuple[float, float] | None) -> tuple[int, int] | None:
    if not here:
        return None
    x, y = projected(*here)
    if not FRAME.has(x, y):
        return None
    x, y = drawn_at(x, y)
    return round(x), round(y)


def _around(here: tuple[int, int] | None) -> list[Box]:
    if not here:
        return []
    x, y = here
    ring, name = _HERE_SIZE / 2, _HERE_NAME / 2
    return [Box(x - ring, y - ring, 2 * ring, 2 * ring), Box(x - name, y + ring, 2 * name, LINE)]
