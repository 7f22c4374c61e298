"""What a file is compared with: the rooms, held, and which of their rows each row of it is."""

from collections import defaultdict
from collections.abc import Callable, Iterable

from ..models import ServiceAtCentre
from ..permissions import rooms_open_to


def rooms_held(by, slugs: Iterable[str], *loaded: str) -> dict[tuple[str, str], ServiceAtCentre]:
    """By slug of the house and kind of service, those `by` may change, with what is `loaded`.

    Held until the transaction ends.
    """
    rooms = rooms_open_to(by).filter(centre__slug__in=slugs).order_by("pk")
    held = rooms.select_related(None).values_list("pk", flat=True)
    list(ServiceAtCentre.objects.filter(pk__in=held).select_for_update(no_key=True).order_by("pk"))
    return {(room.centre.slug, room.service.kind): room for room in rooms.prefetch_related(*loaded)}


def matches(
    new: dict[int, dict], there: Iterable, values_of: Callable, names: Iterable[str]
) -> dict[int, object]:
    """Which of the rows that are there each new one is, by its number.

    The very same by all `names`, else one of the same weekday and weeks.
    """
    left = list(there)
    found: dict[int, object] = {}
    for some in (names, ("weekday", "weeks")):
        waiting = defaultdict(list)
        for row in left:
            waiting[picked(values_of(row), some)].append(row)
        for number, values in new.items():
            alike = waiting[picked(values, some)]
            if number not in found and alike:
                found[number] = alike.pop(0)
        left = [row for rows in waiting.values() for row in rows]
    return found


def picked(values: dict, names: Iterable[str]) -> tuple:
    return tuple(values[name] for name in names)
