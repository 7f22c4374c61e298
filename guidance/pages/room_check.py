"""What a family centre's list of rooms lacks. Pure.

A house has the four services that make it a family centre, and it has rooms. Some rooms belong to a
service and are asked for only where it is in the house; the others every house needs. The city's
own guidance on premises was not to be had when this was written: the rooms here are an example, and
the page says so.
"""

from collections.abc import Collection
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

BASE_SERVICES = ("open_preschool", "maternity_care", "child_health_care", "social_services")


@dataclass(frozen=True)
class Room:
    """`service`: the kind of the service that needs it; "" where every house does."""

    key: str
    name: str | Promise
    service: str = ""


ROOMS = (
    Room("entre", _("Entré utan trappsteg, med plats för barnvagnar")),
    Room("kapprum", _("Kapprum och väntrum som delas")),
    Room("toalett", _("Tillgänglig toalett med skötbord")),
    Room("grupprum", _("Rum för föräldragrupper, kvällar också")),
    Room("personalrum", _("Personalrum där yrkena träffas")),
    Room("lekrum", _("Stort rum för lek och sångstund"), "open_preschool"),
    Room("kok", _("Kök eller pentry där familjer kan äta"), "open_preschool"),
    Room("utegard", _("Gård eller lekplats intill"), "open_preschool"),
    Room("barnmorska", _("Mottagningsrum för barnmorska"), "maternity_care"),
    Room("provtagning", _("Rum för provtagning"), "maternity_care"),
    Room("bvc", _("Mottagningsrum för BVC, med plats att väga och mäta"), "child_health_care"),
    Room("samtalsrum", _("Samtalsrum där ingen utanför hör"), "social_services"),
)


@dataclass(frozen=True)
class RoomCheck:
    """What was ticked, and what is missing; kinds of services, and rooms."""

    services: frozenset[str]
    rooms: frozenset[str]
    missing_services: tuple[str, ...]
    missing_rooms: tuple[Room, ...]
    needed: int

    @property
    def is_family_centre(self) -> bool:
        return not self.missing_services

    @property
    def rooms_there(self) -> int:
        return self.needed - len(self.missing_rooms)


def check(services: Collection[str], rooms: Collection[str], known: Collection[str]) -> RoomCheck:
    """`known`: the kinds of services there are. What is no service and no room is left out."""
    in_house = frozenset(services) & frozenset(known)
    there = frozenset(rooms) & {room.key for room in ROOMS}
    needed = [room for room in ROOMS if not room.service or room.service in in_house]
    return RoomCheck(
        services=in_house,
        rooms=there,
        missing_services=tuple(kind for kind in BASE_SERVICES if kind not in in_house),
        missing_rooms=tuple(room for room in needed if room.key not in there),
        needed=len(needed),
    )
