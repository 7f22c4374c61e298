"""All the known facts, read from the project's own data files before anything is written."""

import csv
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from pathlib import Path

from django.conf import settings

from ..models import Place
from ..models.places import EAST, NORTH, SOUTH, WEST
from .centres import (
    KnownCentre,
    Vocabulary,
    areas_in,
    centres_in,
    districts_in,
    organisations_in,
    sources_in,
)
from .rows import FactsError, Row, read_json, refuse_twins
from .services import KnownWords, lines_in, services_in

CENTRES_FILE = settings.BASE_DIR / "centres" / "data" / "known_facts.json"
PLACES_FILE = settings.BASE_DIR / "centres" / "data" / "places.csv"
SERVICES_FILE = settings.BASE_DIR / "services" / "data" / "services.json"
LINES_FILE = settings.BASE_DIR / "services" / "data" / "lines.json"

_COLUMNS = ["name", "district", "kind", "lat", "lon"]


@dataclass(frozen=True)
class KnownFacts:
    areas: list[dict]
    districts: list[dict]
    places: list[dict]
    organisations: list[dict]
    services: list[KnownWords]
    lines: list[KnownWords]
    centres: list[KnownCentre]


def read_known_facts(
    centres_file: Path = CENTRES_FILE,
    *,
    places_file: Path = PLACES_FILE,
    services_file: Path = SERVICES_FILE,
    lines_file: Path = LINES_FILE,
) -> KnownFacts:
    """Raise FactsError, naming the file and the row, if anything in the files is wrong."""
    row = read_json(centres_file)
    areas = areas_in(row)
    districts = districts_in(row, _slugs(areas))
    organisations = organisations_in(row)
    places = _places(places_file, {district["name"]: district["slug"] for district in districts})
    vocabulary = Vocabulary(
        _slugs(districts),
        {"", *(place["name"] for place in places)},
        _slugs(organisations),
        sources_in(row),
    )
    centres = centres_in(row, vocabulary)
    row.finish()
    return KnownFacts(
        areas=areas,
        districts=districts,
        places=places,
        organisations=organisations,
        services=services_in(read_json(services_file)),
        lines=lines_in(read_json(lines_file)),
        centres=centres,
    )


def _slugs(rows: list[dict]) -> set[str]:
    return {row["slug"] for row in rows}


def _places(path: Path, districts: dict[str, str]) -> list[dict]:
    """Fields of `Place`, with the district's slug instead of its name."""
    try:
        with path.open(encoding="utf-8", newline="") as lines:
            table = csv.DictReader(lines)
            rows = [Row(dict(values), f"{path.name}, line {table.line_num}") for values in table]
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise FactsError(f"{path.name}: cannot be read ({error})") from error
    if table.fieldnames != _COLUMNS:
        raise FactsError(f"{path.name}: the columns must be {', '.join(_COLUMNS)}")
    refuse_twins(rows, "name")
    return [_place(row, districts) for row in rows]


def _place(row: Row, districts: dict[str, str]) -> dict:
    return {
        "name": row.text("name", of=Place),
        "kind": row.text("kind", of=Place),
        "district": districts[row.one_of("district", districts, "district")],
        "latitude": _degrees(row, "lat", SOUTH, NORTH),
        "longitude": _degrees(row, "lon", WEST, EAST),
    }


def _degrees(row: Row, key: str, first: Decimal, last: Decimal) -> Decimal:
    written = row.text(key)
    try:
        value = Decimal(written)
        is_near = first <= value <= last
    except InvalidOperation:
        row.refuse(f"bad number in {key!r}: {written!r}")
    if not is_near:
        row.refuse(f"bad number in {key!r}: {written} is not between {first} and {last}")
    return value
