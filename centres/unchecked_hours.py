"""Which hours nobody has confirmed for 180 days, of the few rooms that a page names in passing.

The same rule as `OpeningHours.needs_check`, for rooms that are not loaded whole: one query.
"""

from collections.abc import Iterable
from datetime import UTC, datetime
from uuid import UUID

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from .hours_of_many import Key, key_of
from .hours_text import check_words
from .models import Channel, Schedule, ServiceAtCentre
from .opening_hours import STALE_AFTER


def unchecked(rooms: Iterable[Key], at: datetime) -> dict[tuple[Key, str], str]:
    """By room and way of contact, door or telephone: "ring före besök"."""
    phones: dict[Key, str] = {}
    checked: set[tuple[Key, str]] = set()
    since = at.astimezone(UTC) - STALE_AFTER
    for key, phone, channel, confirmed_at, is_copied in _confirmations(rooms, at):
        phones[key] = phone
        if confirmed_at and confirmed_at > since and not is_copied:
            checked.add((key, channel))
    return {
        (key, channel): check_words(phone)
        for key, phone in phones.items()
        for channel in (Channel.DROP_IN, Channel.PHONE)
        if (key, channel) not in checked
    }


def _confirmations(rooms: Iterable[Key], at: datetime):
    """Of each room, its phone and confirmations; those of hours have a channel.

    And whether its hours today were copied from another term and nobody has gone through them.
    """
    today = timezone.localdate(at)
    copied = Schedule.objects.filter(
        Q(valid_to=None) | Q(valid_to__gte=today),
        service_at_centre=OuterRef("pk"),
        channel=OuterRef("confirmations__channel"),
        valid_from__lte=today,
        awaits_confirmation=True,
    )
    found = ServiceAtCentre.objects.filter(pk__in=[UUID(key) for key in rooms]).order_by()
    return found.annotate(key=key_of("pk"), copied=Exists(copied)).values_list(
        "key", "phone", "confirmations__channel", "confirmations__confirmed_at", "copied"
    )
