"""Where a person may be, and what a look-up answers: values that `nearest` and its pages share."""

from dataclasses import dataclass
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Point:
    """In degrees, WGS 84."""

    latitude: float
    longitude: float


class Kind(StrEnum):
    """What a spot is. The order says who is preferred where several mean the same."""

    CITY_AREA = "city_area"
    DISTRICT = "district"
    PLACE = "place"
    POSTCODE = "postcode"
    BOX_POSTCODE = "box_postcode"
    CENTRE = "centre"
    STREET = "street"


@dataclass(frozen=True, slots=True)
class Spot:
    """Somewhere a person may mean: a place, a district, a postcode, a house or its street.

    Districts, city areas and centres are named by their slugs. Without a point there is no
    distance. `is_island` is what one reaches by boat. `also` are other names that mean the spot.
    `apart` is set by the gazetteer where another spot has the same name.
    """

    name: str
    kind: Kind
    point: Point | None
    district: str = ""
    city_area: str = ""
    is_island: bool = False
    centre: str = ""
    also: tuple[str, ...] = ()
    apart: str = ""

    @property
    def label(self) -> str:
        """What to put in a link: the gazetteer that gave the spot finds this very one by it."""
        return f"{self.name} ({self.apart})" if self.apart else self.name

    @property
    def is_placed(self) -> bool:
        """Whether it says where in the city; a whole area and a postcode of boxes may not."""
        return bool(self.point or self.district)


@dataclass(frozen=True, slots=True)
class Outside:
    """A well-known place that is not in Göteborg, and how the postcodes there begin."""

    name: str
    municipality: str
    postcodes: tuple[str, ...] = ()

    @property
    def words(self) -> str:
        """ "Mölndal", "Mölnlycke i Härryda kommun"."""
        if self.name == self.municipality:
            return self.name
        return f"{self.name} i {_genitive(self.municipality)} kommun"


def _genitive(name: str) -> str:
    """As before "kommun": "Mölndals", but "Härryda" and "Borås"."""
    return name if name[-1] in "aeiouyåäös" else f"{name}s"


class Found(StrEnum):
    NOTHING_ASKED = "nothing_asked"
    FOUND = "found"
    MEANT = "meant"
    CHOICES = "choices"
    OUTSIDE = "outside"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Answer:
    """What a look-up found.

    `asked` is the question as it may be shown again, at most 100 characters. `spot` is there when
    FOUND, and when MEANT as the one best guess. `choices` are those of CHOICES (2–8), or what else
    it may have been. `outside` names the place beyond the city, where it is known.
    """

    found: Found
    asked: str = ""
    spot: Spot | None = None
    choices: tuple[Spot, ...] = ()
    outside: str = ""
