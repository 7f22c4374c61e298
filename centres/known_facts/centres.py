"""Areas, districts, organisations and centres as they stand in a facts file."""

from dataclasses import dataclass

from services.models import Organisation, Service

from ..models import (
    CityArea,
    Confirmation,
    District,
    FamilyCentre,
    FamilyCentreText,
    ServiceAtCentreText,
)
from ..models.facts import FirstVisitFacts, fields_of
from .hours import KnownSchedule, closures_in, schedules_in
from .rows import Row, refuse_twins

_GROUPS = Confirmation.FactGroup
_TEXTS = ("summary", "status_note", "entrance", "directions", "who_meets_you", "when_ill", "cost")


@dataclass(frozen=True)
class KnownService:
    """A service in a house. The organisation is None where no source names one."""

    kind: str
    organisation: str | None
    text: dict
    confirmation: dict
    schedules: list[KnownSchedule]
    closures: list[dict]


@dataclass(frozen=True)
class KnownCentre:
    """A house with its district's slug, the fields of its own row, and what belongs to it.

    `place` names the area in it whose point stands in for the house's own, which nobody has told.
    """

    fields: dict
    district: str
    place: str
    text: dict
    confirmations: dict[str, dict]
    services: list[KnownService]


@dataclass(frozen=True)
class Vocabulary:
    """The slugs and keys that rows of centres may refer to."""

    districts: set[str]
    places: set[str]
    organisations: set[str]
    sources: dict[str, dict]

    def confirmation(self, row: Row) -> dict:
        """Fields of a `Confirmation`: a note on how sure it is stands behind the page's name."""
        source = dict(self.sources[row.one_of("source", self.sources, "source")])
        note = row.text("note", "")
        row.finish()
        source["source"] = f"{source['source']}: {note}" if note else source["source"]
        if len(source["source"]) > Confirmation._meta.get_field("source").max_length:
            row.refuse("the source and its note are longer than 200 characters")
        return source


def sources_in(row: Row) -> dict[str, dict]:
    """Fields of `Confirmation` by the key that the rest of the file uses for the page."""
    return {key: _source(inner) for key, inner in row.named_rows("sources").items()}


def _source(row: Row) -> dict:
    fields = {
        "source": row.text("name"),
        "source_url": row.text("url", "", of=Confirmation, column="source_url"),
        "source_date": row.text("date", of=Confirmation, column="source_date"),
    }
    row.finish()
    return fields


def areas_in(row: Row) -> list[dict]:
    return [_named(inner, CityArea) for inner in _unique(row, "city_areas")]


def districts_in(row: Row, areas: set[str]) -> list[dict]:
    rows = _unique(row, "districts")
    return [
        {"city_area": inner.one_of("city_area", areas, "city area"), **_named(inner, District)}
        for inner in rows
    ]


def organisations_in(row: Row) -> list[dict]:
    return [_organisation(inner) for inner in _unique(row, "organisations")]


def _organisation(row: Row) -> dict:
    kind = row.one_of("kind", Organisation.Kind.values, "kind of organisation")
    website = row.text("website", "", of=Organisation)
    return {"kind": kind, "website": website, **_named(row, Organisation)}


def _named(row: Row, model) -> dict:
    fields = {"slug": row.text("slug", of=model), "name": row.text("name", of=model)}
    row.finish()
    return fields


def _unique(row: Row, key: str) -> list[Row]:
    rows = row.rows(key)
    refuse_twins(rows, "slug")
    refuse_twins(rows, "name")
    return rows


def centres_in(row: Row, known: Vocabulary) -> list[KnownCentre]:
    return [_centre(inner, known) for inner in _unique(row, "centres")]


def _centre(row: Row, known: Vocabulary) -> KnownCentre:
    centre = KnownCentre(
        fields=_centre_fields(row),
        district=row.one_of("district", known.districts, "district"),
        place=row.one_of("place", known.places, "place", ""),
        text=_texts(row.row("text", {}), FamilyCentreText, _TEXTS),
        confirmations=_confirmations(row, known),
        services=_services(row, known),
    )
    row.finish()
    return centre


def _centre_fields(row: Row) -> dict:
    return {
        "slug": row.text("slug", of=FamilyCentre),
        "name": row.text("name", of=FamilyCentre),
        "kind": row.one_of("kind", FamilyCentre.Kind.values, "kind of centre"),
        "status": row.one_of("status", FamilyCentre.Status.values, "status"),
        "also_known_as": "\n".join(row.texts("also_known_as", [])),
        "opened_on": row.day("opened_on", None),
        "street": row.text("street", "", of=FamilyCentre),
        "postal_town": row.text("postal_town", "", of=FamilyCentre),
        "stop_name": row.text("stop_name", "", of=FamilyCentre),
        "stop_kind": row.one_of("stop_kind", ("", "tram", "bus", "ferry"), "kind of stop", ""),
        **_first_visit(row.row("first_visit", {})),
    }


def _first_visit(row: Row) -> dict[str, bool | None]:
    facts = {name: row.answer(name) for name in fields_of(FirstVisitFacts)}
    row.finish()
    return facts


def _confirmations(row: Row, known: Vocabulary) -> dict[str, dict]:
    """By fact group. Every house says where we know it from."""
    rows = row.rows("confirmations")
    refuse_twins(rows, "fact_group")
    groups = (_GROUPS.EXISTENCE, _GROUPS.LOCATION, _GROUPS.FIRST_VISIT)
    found = {
        inner.one_of("fact_group", groups, "fact group"): known.confirmation(inner)
        for inner in rows
    }
    if _GROUPS.EXISTENCE not in found:
        row.refuse("no confirmation of its existence")
    return found


def _services(row: Row, known: Vocabulary) -> list[KnownService]:
    rows = row.rows("services")
    refuse_twins(rows, "kind")
    return [_service(inner, known) for inner in rows]


def _service(row: Row, known: Vocabulary) -> KnownService:
    service = KnownService(
        kind=row.one_of("kind", Service.Kind.values, "service kind"),
        organisation=row.one_of("organisation", known.organisations, "organisation", None),
        text=_texts(row, ServiceAtCentreText, ("description", "how_to_reach"), finish=False),
        confirmation=known.confirmation(row.row("existence")),
        schedules=schedules_in(row, known.confirmation),
        closures=closures_in(row),
    )
    row.finish()
    return service


def _texts(row: Row, model, names: tuple[str, ...], *, finish: bool = True) -> dict[str, str]:
    """Fields of a text row in Swedish; empty when nothing is said."""
    texts = {name: text for name in names if (text := row.text(name, "", of=model))}
    if finish:
        row.finish()
    return texts
