"""When a house was last known to be as it is said, and by whom."""

from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from .hours_text import day_with_year
from .models import Confirmation, FamilyCentre
from .source_dates import earliest_day, readable


@dataclass(frozen=True)
class Knowledge:
    """What a confirmation vouches for: `when` in words, `day` the earliest they can mean.

    `day` is None where the source has no date.
    """

    when: str
    day: date | None
    source: str = ""
    source_url: str = ""
    by_staff: bool = False
    is_example: bool = False

    @property
    def age_order(self) -> tuple[bool, date]:
        """Larger for what is newer; no date counts as oldest, and an example as still less."""
        return not self.is_example, self.day or date.min


def last_known(centre: FamilyCentre) -> Knowledge | None:
    """The newest that is known of a house, or None where nobody has said anything.

    Either what confirms that it exists, or the hours that staff have confirmed since: whoever
    opens a door knows that there is one. Reads what `with_knowledge` has loaded.
    """
    existence = [
        _knowledge(confirmation)
        for confirmation in centre.confirmations.all()
        if confirmation.fact_group == Confirmation.FactGroup.EXISTENCE
    ]
    hours = [
        _knowledge(confirmation)
        for room in centre.services_here.all()
        for confirmation in room.confirmations.all()
        if confirmation.fact_group == Confirmation.FactGroup.HOURS and _is_by_staff(confirmation)
    ]
    return max([*existence, *hours], key=lambda known: known.age_order, default=None)


def _is_by_staff(confirmation: Confirmation) -> bool:
    is_staff = confirmation.origin == Confirmation.Origin.STAFF
    return is_staff and confirmation.confirmed_at is not None


def _knowledge(confirmation: Confirmation) -> Knowledge:
    if confirmation.is_example:
        return Knowledge("", None, is_example=True)
    if _is_by_staff(confirmation):
        day = timezone.localdate(confirmation.confirmed_at)
        return Knowledge(day_with_year(day), day, by_staff=True)
    return Knowledge(
        readable(confirmation.source_date),
        earliest_day(confirmation.source_date),
        confirmation.source,
        confirmation.source_url,
    )
