"""Fills what is empty in houses and rooms: address, point, facts, texts, numbers, people."""

from datetime import date, timedelta

from centres.models import (
    Confirmation,
    ContactPerson,
    FamilyCentre,
    FamilyCentreText,
    ServiceAtCentre,
    ServiceAtCentreText,
)
from services.languages import Language
from services.models import Organisation

from .example import FACTS, ExampleHouse, ExampleRoom
from .marks import Confirmations

_GROUPS = Confirmation.FactGroup
_ADDRESS = ("street", "postal_town")
_WAY = ("entrance", "directions")
_VISIT = ("who_meets_you", "when_ill", "cost")


def fill_houses(houses: list[ExampleHouse], confirmations: Confirmations) -> None:
    there = FamilyCentre.objects.prefetch_related("texts").in_bulk(field_name="slug")
    centres, texts = [], []
    for house in houses:
        if centre := there.get(house.slug):
            text = _swedish(centre, FamilyCentreText, "centre")
            _fill_house(house, centre, text, confirmations)
            centres.append(centre)
            texts.append(text)
    FamilyCentre.objects.bulk_update(centres, [*_ADDRESS, *FACTS])
    _save_texts(FamilyCentreText, texts, [*_WAY, *_VISIT])


def _fill_house(house, centre, text, confirmations: Confirmations) -> None:
    way = {name: house.text[name] for name in _WAY}
    visit = {name: house.text[name] for name in _VISIT}
    place_of_it = {"centre": centre, "fact_group": _GROUPS.LOCATION}
    _fill_group(confirmations, place_of_it, (centre, house.fields), (text, way))
    first_visit = {"centre": centre, "fact_group": _GROUPS.FIRST_VISIT}
    _fill_group(confirmations, first_visit, (centre, house.facts), (text, visit))


def fill_rooms(houses: list[ExampleHouse], today: date, confirmations: Confirmations) -> None:
    there = rooms_by_name()
    organisations = Organisation.objects.in_bulk(field_name="slug")
    rooms, texts, people = [], [], []
    for house in houses:
        for example in house.rooms:
            if room := there.get((house.slug, example.kind)):
                text = _swedish(room, ServiceAtCentreText, "service_at_centre")
                _fill_room(example, room, text, organisations, confirmations)
                rooms.append(room)
                texts.append(text)
                people += _people(example, room, today)
    ServiceAtCentre.objects.bulk_update(
        rooms,
        [
            "organisation",
            "phone",
            "email",
            "booking_url",
            "languages",
        ],
    )
    _save_texts(ServiceAtCentreText, texts, ["how_to_reach"])
    ContactPerson.objects.bulk_create(people)


def rooms_by_name() -> dict[tuple[str, str], ServiceAtCentre]:
    """Every room, by the slug of its house and the kind of its service."""
    rooms = ServiceAtCentre.objects.select_related("centre", "service")
    rooms = rooms.prefetch_related("texts", "contact_people")
    return {(room.centre.slug, room.service.kind): room for room in rooms}


def _fill_room(example: ExampleRoom, room, text, organisations, confirmations) -> None:
    contact = {"service_at_centre": room, "fact_group": _GROUPS.CONTACT}
    reach = {"how_to_reach": example.how_to_reach}
    fields = example.fields | {"languages": example.languages}
    _fill_group(confirmations, contact, (room, fields), (text, reach))
    if example.organisation:
        existence = {"service_at_centre": room, "fact_group": _GROUPS.EXISTENCE}
        run_by = {"organisation": organisations.get(example.organisation)}
        _fill_group(confirmations, existence, (room, run_by))


def _people(example: ExampleRoom, room: ServiceAtCentre, today: date) -> list[ContactPerson]:
    """Nobody is added to a room where somebody is."""
    if room.contact_people.all():
        return []
    approved_on = today - timedelta(days=30)
    return [
        ContactPerson(
            service_at_centre=room,
            approved_on=approved_on if person["approved"] else None,
            **{name: value for name, value in person.items() if name != "approved"},
        )
        for person in example.people
    ]


def _fill_group(confirmations: Confirmations, about: dict, *rows: tuple) -> None:
    """Set what is empty in a group of facts, and say so; what staff have confirmed is theirs."""
    if confirmations.are_staffs(**about):
        return
    filled = [_fill(row, values) for row, values in rows]
    if any(filled):
        confirmations.filled(**about)


def _fill(row, values: dict) -> bool:
    """Set those fields that are empty; say whether any was."""
    empty = {
        name: value
        for name, value in values.items()
        if value not in (None, "") and getattr(row, name) in (None, "", [])
    }
    for name, value in empty.items():
        setattr(row, name, value)
    return bool(empty)


def _swedish(row, text_model, owner: str):
    """The Swedish text row of a house or a room, or a new one that is not saved yet."""
    for text in row.texts.all():
        if text.language == Language.SWEDISH:
            return text
    return text_model(**{owner: row}, language=Language.SWEDISH)


def _save_texts(model, texts: list, names: list[str]) -> None:
    new = [text for text in texts if text.pk is None and any(getattr(text, n) for n in names)]
    model.objects.bulk_create(new)
    model.objects.bulk_update([text for text in texts if text.pk and text not in new], names)
