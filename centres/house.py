"""A centre as readers meet it, at a moment: its sign, its rooms and what to know of the house."""

from datetime import date, datetime, timedelta
from functools import cached_property

from django.utils import timezone
from django.utils.translation import gettext as _

from services.models import Service

from . import hours_text as words
from .house_sign import HouseSign, house_sign
from .models import Confirmation, District, FamilyCentre, Notice, ServiceAtCentre
from .models.centre import FamilyCentreQuerySet
from .models.facts import FirstVisitFacts, PlaceAccessibilityFacts, fields_of
from .opening_hours import HORIZON
from .provenance import of_house
from .rooms import Change, Room
from .status_words import next_status_words, words_of_status


class House:
    """A centre and its rooms, at a moment; load the centre with `with_hours` around it."""

    def __init__(self, centre: FamilyCentre, at: datetime):
        self.centre = centre
        self.at = at
        self.today = timezone.localdate(at)
        self.status = centre.status_on(self.today)
        self.rooms = [Room(place, at) for place in self._places()]

    def _places(self) -> list[ServiceAtCentre]:
        places = list(self.centre.services_here.all())
        for place in places:
            place.centre = self.centre  # its exceptions are loaded with the centre
        return places

    # --- What it is --------------------------------------------------------------------------

    @cached_property
    def sign(self) -> HouseSign:
        kinds = [room.service.kind for room in self.rooms]
        return house_sign(kinds, [str(kind) for kind in Service.CORE_KINDS], self.names_of_services)

    @property
    def names_of_services(self) -> str:
        """ "Öppen förskola, barnmorska och socialtjänst", for the sign's text alternative."""
        names = [room.name for room in self.rooms]
        return words.listed([*names[:1], *(words.lowered(name) for name in names[1:])])

    @property
    def is_family_centre(self) -> bool:
        return self.centre.kind == FamilyCentre.Kind.FAMILY_CENTRE

    @property
    def is_planned(self) -> bool:
        return self.status in FamilyCentre.PLANNED

    @property
    def receives_visitors(self) -> bool:
        """Only a house in use has hours to show."""
        return self.status == FamilyCentre.Status.OPEN

    def room_for(self, service: Service) -> Room:
        return next(room for room in self.rooms if room.service == service)

    @property
    def provenance(self) -> list[tuple[str, Confirmation | None]]:
        return of_house(self.centre.confirmations.all())

    @property
    def first_visit(self) -> list[tuple[str, bool]]:
        return self._stated(FirstVisitFacts)

    @property
    def accessibility(self) -> list[tuple[str, bool]]:
        return self._stated(PlaceAccessibilityFacts)

    def _stated(self, facts) -> list[tuple[str, bool]]:
        """Label and answer of those facts that someone has stated; the rest are not shown as no."""
        fields = (self.centre._meta.get_field(name) for name in fields_of(facts))
        answers = ((str(field.verbose_name), getattr(self.centre, field.name)) for field in fields)
        return [
            (words.capitalised(label), answer) for label, answer in answers if answer is not None
        ]

    @property
    def status_words(self) -> str:
        """What a house says that has no hours to show."""
        said = words_of_status(self.centre, self.today)
        return " – ".join(
            part for part in (said, next_status_words(self.centre, self.today)) if part
        )

    @property
    def coming_status_words(self) -> str:
        """What a house in use will soon be: "Flyttar 1 mars 2027", or ""."""
        return next_status_words(self.centre, self.today) if self.receives_visitors else ""

    @property
    def moves_to(self) -> FamilyCentre | None:
        """Where it has moved or will move, if that house has a page."""
        return self._with_page(self.centre.moved_to)

    @property
    def interim_centre(self) -> FamilyCentre | None:
        """Where families can go until this house opens, if that house has a page."""
        return self._with_page(self.centre.interim_centre) if self.is_yet_to_open else None

    @property
    def is_yet_to_open(self) -> bool:
        return self.is_planned or self.status == FamilyCentre.Status.TEMPORARILY_CLOSED

    def _with_page(self, other: FamilyCentre | None) -> FamilyCentre | None:
        is_idea = other is None or other.status_on(self.today) == FamilyCentre.Status.IDEA
        return None if is_idea else other

    # --- Now ---------------------------------------------------------------------------------

    @property
    def front_room(self) -> Room | None:
        """The room that answers "can I go there now?": an open door, else the open preschool."""
        if not self.receives_visitors:
            return None
        doors = [room for room in self.rooms if room.drop_in]
        is_open = [room for room in doors if room.drop_in.status.is_open]
        return next(iter([*is_open, *doors, *self.rooms]), None)

    @property
    def phone(self) -> str:
        """The number to call first: that of the room in front, else the first there is."""
        rooms = [self.front_room, *self.rooms] if self.front_room else []
        return next((room.place.phone for room in rooms if room.place.phone), "")

    @property
    def notices(self) -> list[Notice]:
        """Those of the house, then those of its rooms."""
        own = list(self.centre.notices.all())
        return own + [notice for room in self.rooms for notice in room.place.notices.all()]

    @property
    def changes_today(self) -> list[tuple[str, str]]:
        """Whom today's changes concern and what they are; what is the same is told once."""
        if not self.receives_visitors:
            return []
        concerned: dict[str, list[Room]] = {}
        of_house = set()
        for room, change in self._changes_today():
            concerned.setdefault(change.what, []).append(room)
            of_house |= {change.what} if change.of_centre else set()
        return [
            (self._named(rooms, is_house=what in of_house), what)
            for what, rooms in concerned.items()
        ]

    def _changes_today(self) -> list[tuple[Room, Change]]:
        return [(r, change) for r in self.rooms for change in r.changes if change.is_today]

    def _named(self, rooms: list[Room], *, is_house: bool) -> str:
        """ "Öppna förskolan och barnhälsovården", or "Hela huset" where it is of all of it."""
        if is_house or len(rooms) == len(self.rooms) > 1:
            return _("Hela huset")
        names = dict.fromkeys(room.name_in_sentence for room in rooms)
        return words.capitalised(words.listed(list(names)))

    @property
    def holds_until(self) -> list[datetime]:
        """The instants at which what its rooms say of now may change."""
        return [c.status.holds_until for room in self.rooms for c in room.contacts]


def houses_of(centres: FamilyCentreQuerySet, at: datetime) -> list[House]:
    """Each centre of the queryset with its rooms at `at`; the number of queries is constant."""
    loaded = centres.with_place().with_hours(*days_needed(at)).order_by("district__name", "name")
    return [House(centre, at) for centre in loaded]


def houses_nearby(district: District, at: datetime) -> list[House]:
    """The family centres in the other districts of the same city area."""
    same_area = FamilyCentre.objects.listed(timezone.localdate(at)).filter(
        district__city_area=district.city_area, kind=FamilyCentre.Kind.FAMILY_CENTRE
    )
    return houses_of(same_area.exclude(district=district), at)


def days_needed(at: datetime) -> tuple[date, date]:
    """The days whose hours pages need at a moment: from those whose nights may reach into today."""
    today = timezone.localdate(at)
    return today - timedelta(days=2), today + HORIZON + timedelta(days=2)
