"""Other places by the name that somebody has written of them."""

from collections import defaultdict
from uuid import UUID

from .models import Venue
from .nearest.spelling import folded


class KnownVenues:
    """All of them, in one query; names are compared without capitals, accents and blanks."""

    def __init__(self):
        self._by_name: dict[str, list[Venue]] = defaultdict(list)
        for venue in Venue.objects.order_by("pk"):
            self._by_name[folded(venue.name)].append(venue)

    def called(self, name: str, district: UUID) -> Venue | None:
        """The place of that name: of several the one in the district, or none at all."""
        found = self._by_name.get(folded(name), []) if name else []
        near = [venue for venue in found if venue.district_id == district]
        return found[0] if len(found) == 1 else near[0] if len(near) == 1 else None
