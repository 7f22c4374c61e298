"""Adds known facts to the database, and never changes a row that is there.

Staff may have edited what an earlier import wrote. What belongs to a schedule comes with it: if
staff have laid other hours on the same dates, neither the schedule nor its slots are added.
"""

from collections import Counter

from django.db import transaction
from django.db.models import Q
from simple_history.utils import bulk_create_with_history

from services.languages import Language
from services.models import (
    ConfidentialityFact,
    ConfidentialityFactText,
    Line,
    LineText,
    Organisation,
    Service,
    ServiceText,
)

from ..models import (
    CityArea,
    Confirmation,
    District,
    FamilyCentre,
    FamilyCentreText,
    Place,
    Schedule,
    ScheduleException,
    ServiceAtCentre,
    ServiceAtCentreText,
    TimeSlot,
)
from .centres import KnownCentre, KnownService
from .hours import KnownSchedule
from .reading import KnownFacts
from .services import KnownWords

_GROUPS = Confirmation.FactGroup


@transaction.atomic
def add_missing(facts: KnownFacts) -> Counter:
    """Write what is not there yet; return how many rows of each model were added.

    Who keeps copies of content is for the caller to tell.
    """
    return _Writer().write(facts)


class _Writer:
    def __init__(self):
        self.added = Counter()
        self.districts: dict[str, District] = {}
        self.organisations: dict[str | None, Organisation | None] = {None: None}

    def write(self, facts: KnownFacts) -> Counter:
        self._areas_and_places(facts)
        for fields in facts.organisations:
            self.organisations[fields["slug"]] = self._add_named(Organisation, fields)
        for words in facts.services:
            self._service(words)
        for words in facts.lines:
            self._line(words)
        for centre in facts.centres:
            self._centre(centre)
        return self.added

    def _add(self, model, identity: dict, fields: dict | None = None):
        row = model.objects.filter(**identity).first()
        if row is None:
            row = model.objects.create(**{**(fields or {}), **identity})
            self.added[model] += 1
        return row

    def _add_named(self, model, fields: dict):
        """Staff may have changed the address or the name, not both."""
        same = Q(slug=fields["slug"]) | Q(name=fields["name"])
        row = model.objects.filter(same).first()
        return row or self._add(model, fields)

    def _areas_and_places(self, facts: KnownFacts) -> None:
        areas = {fields["slug"]: self._add_named(CityArea, fields) for fields in facts.areas}
        for fields in facts.districts:
            fields = fields | {"city_area": areas[fields["city_area"]]}
            self.districts[fields["slug"]] = self._add_named(District, fields)
        there = set(Place.objects.values_list("name", flat=True))
        missing = [
            Place(**fields | {"district": self.districts[fields["district"]]})
            for fields in facts.places
            if fields["name"] not in there
        ]
        bulk_create_with_history(missing, Place)
        self.added[Place] += len(missing)

    def _service(self, words: KnownWords) -> None:
        service = self._add(Service, {"kind": words.fields["kind"]}, words.fields)
        for language, fields in words.texts.items():
            self._add(ServiceText, {"service": service, "language": language}, fields)
        for known in words.confidentiality:
            identity = {"service": service, "question": known.question}
            fact = self._add(ConfidentialityFact, identity, {"source": known.source})
            for language, answer in known.answers.items():
                identity = {"fact": fact, "language": language}
                self._add(ConfidentialityFactText, identity, {"answer": answer})

    def _line(self, words: KnownWords) -> None:
        line = self._add(Line, {"slug": words.fields["slug"]}, words.fields)
        for language, fields in words.texts.items():
            self._add(LineText, {"line": line, "language": language}, fields)

    def _centre(self, known: KnownCentre) -> None:
        centre = self._find_or_add(known)
        if known.text:
            identity = {"centre": centre, "language": Language.SWEDISH}
            self._add(FamilyCentreText, identity, known.text)
        for group, fields in known.confirmations.items():
            self._confirm({"centre": centre, "fact_group": group}, fields)
        for service in known.services:
            self._service_here(centre, service)

    def _find_or_add(self, known: KnownCentre) -> FamilyCentre:
        """The house may have a new address or name by now; its old address still finds it."""
        slug, name = known.fields["slug"], known.fields["name"]
        same = Q(slug=slug) | Q(former_slugs__slug=slug) | Q(name=name)
        centre = FamilyCentre.objects.filter(same).first()
        if centre is None:
            centre = FamilyCentre.objects.create(
                district=self.districts[known.district], **known.fields, **_point(known.place)
            )
            self.added[FamilyCentre] += 1
        return centre

    def _service_here(self, centre: FamilyCentre, known: KnownService) -> None:
        room = self._add(
            ServiceAtCentre,
            {"centre": centre, "service": Service.objects.get(kind=known.kind)},
            {"organisation": self.organisations[known.organisation]},
        )
        if known.text:
            identity = {"service_at_centre": room, "language": Language.SWEDISH}
            self._add(ServiceAtCentreText, identity, known.text)
        identity = {"service_at_centre": room, "fact_group": _GROUPS.EXISTENCE}
        self._confirm(identity, known.confirmation)
        for schedule in known.schedules:
            self._schedule(room, schedule)
        for fields in known.closures:
            days = {"first_day": fields["first_day"], "last_day": fields["last_day"]}
            identity = {"service_at_centre": room, "kind": fields["kind"], **days}
            self._add(ScheduleException, identity, fields)

    def _schedule(self, room: ServiceAtCentre, known: KnownSchedule) -> None:
        on_the_same_dates = room.schedules.filter(
            Q(valid_to__isnull=True) | Q(valid_to__gte=known.valid_from),
            channel=known.channel,
            valid_from__lte=known.valid_to,
        )
        if on_the_same_dates.exists():
            return
        schedule = Schedule.objects.create(
            service_at_centre=room,
            channel=known.channel,
            valid_from=known.valid_from,
            valid_to=known.valid_to,
        )
        self.added[Schedule] += 1
        for fields in known.slots:
            TimeSlot.objects.create(schedule=schedule, **fields)
        self.added[TimeSlot] += len(known.slots)
        identity = {
            "service_at_centre": room,
            "channel": known.channel,
            "fact_group": _GROUPS.HOURS,
        }
        self._confirm(identity, known.confirmation)

    def _confirm(self, identity: dict, fields: dict) -> None:
        """From a public page; nobody here has confirmed it yet."""
        origin = Confirmation.Origin.PUBLIC_PAGE
        self._add(Confirmation, identity, fields | {"origin": origin, "confirmed_at": None})


def _point(name: str) -> dict:
    """The point of an area, as that of a house in it: near enough to say what is nearest."""
    place = Place.objects.filter(name=name).first()
    return {"latitude": place.latitude, "longitude": place.longitude} if place else {}
