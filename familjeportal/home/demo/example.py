"""The example data as it stands in centres/data/example.json."""

from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from centres.known_facts.hours import slot_fields
from centres.known_facts.rows import Row, read_json, refuse_twins
from centres.models import Channel, ContactPerson, FamilyCentre, FamilyCentreText, ServiceAtCentre
from centres.models.facts import FirstVisitFacts, PlaceAccessibilityFacts, fields_of
from services.languages import SpokenLanguage
from services.models import Service

EXAMPLE_FILE = settings.BASE_DIR / "centres" / "data" / "example.json"
FACTS = (*fields_of(FirstVisitFacts), *fields_of(PlaceAccessibilityFacts))
_TEXTS = ("entrance", "directions", "who_meets_you", "when_ill", "cost")


@dataclass(frozen=True)
class ExampleHours:
    """A week that returns all year; `summer` takes over in the holiday weeks, empty is closed."""

    week: list[dict]
    summer: list[dict] | None
    source: str
    confirmed_days_ago: int | None


@dataclass(frozen=True)
class ExampleRoom:
    kind: str
    organisation: str | None
    fields: dict[str, str]
    languages: list[str]
    how_to_reach: str
    people: list[dict]
    hours: dict[str, ExampleHours]


@dataclass(frozen=True)
class ExampleHouse:
    slug: str
    fields: dict[str, str]
    facts: dict[str, bool]
    text: dict[str, str]
    rooms: list[ExampleRoom]


def read_example(path: Path = EXAMPLE_FILE) -> list[ExampleHouse]:
    """Raise FactsError, naming file and row, if something in it is wrong."""
    row = read_json(path)
    weeks = row.row("weeks")
    slots = {name: [slot_fields(slot) for slot in weeks.rows(name)] for name in weeks.values}
    reach = row.row("how_to_reach")
    how_to_reach = {kind: reach.text(kind, "") for kind in Service.Kind.values}
    rows = row.rows("houses")
    refuse_twins(rows, "slug")
    houses = [_house(inner, slots, how_to_reach) for inner in rows]
    for finished in (weeks, reach, row):
        finished.finish()
    return houses


def _house(row: Row, weeks: dict, how_to_reach: dict) -> ExampleHouse:
    rooms = row.row("rooms")
    text = row.row("text", {})
    house = ExampleHouse(
        slug=row.text("slug"),
        fields={name: row.text(name, "", of=FamilyCentre) for name in ("street", "postal_town")},
        facts=_facts(row),
        text={name: text.text(name, "", of=FamilyCentreText) for name in _TEXTS},
        rooms=[_room(rooms, kind, weeks, how_to_reach) for kind in list(rooms.values)],
    )
    for finished in (rooms, text, row):
        finished.finish()
    return house


def _facts(row: Row) -> dict[str, bool]:
    yes, no = row.texts("yes", []), row.texts("no", [])
    for name in (*yes, *no):
        if name not in FACTS:
            row.refuse(f"unknown fact {name!r}")
    return dict.fromkeys(yes, True) | dict.fromkeys(no, False)


def _room(rooms: Row, kind: str, weeks: dict, how_to_reach: dict) -> ExampleRoom:
    if kind not in Service.Kind.values:
        rooms.refuse(f"unknown service kind {kind!r}")
    row = rooms.row(kind)
    hours = row.row("hours", {})
    room = ExampleRoom(
        kind=kind,
        organisation=row.text("organisation", None),
        fields={
            name: row.text(name, "", of=ServiceAtCentre)
            for name in ("phone", "email", "booking_url")
        },
        languages=_languages(row),
        how_to_reach=row.text("how_to_reach", how_to_reach[kind]),
        people=[_person(inner) for inner in row.rows("people", [])],
        hours={channel: _hours(hours, channel, weeks) for channel in list(hours.values)},
    )
    hours.finish()
    row.finish()
    return room


def _languages(row: Row) -> list[str]:
    """Swedish, and what else is spoken."""
    more = row.texts("languages", [])
    for code in more:
        if code not in SpokenLanguage.values:
            row.refuse(f"unknown language {code!r}")
    return [SpokenLanguage.SWEDISH.value, *more]


def _person(row: Row) -> dict:
    """Fields of a `ContactPerson`; `approved` instead of the day."""
    person = {name: row.text(name, "", of=ContactPerson) for name in ("name", "phone", "languages")}
    person |= {
        "role": row.text("role", of=ContactPerson),
        "approved": row.answer("approved", False),
    }
    row.finish()
    return person


def _hours(rooms_hours: Row, channel: str, weeks: dict) -> ExampleHours:
    if channel not in Channel.values:
        rooms_hours.refuse(f"unknown channel {channel!r}")
    row = rooms_hours.row(channel)
    summer = row.one_of("summer", {*weeks, "closed"}, "week", None)
    hours = ExampleHours(
        week=weeks[row.one_of("week", weeks, "week")],
        summer=[] if summer == "closed" else weeks.get(summer),
        source=row.text("source", ""),
        confirmed_days_ago=row.number("confirmed_days_ago", 1, 3650, None),
    )
    row.finish()
    return hours
