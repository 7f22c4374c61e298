"""How example rows are known: by their ids, and by what their confirmations say."""

import hashlib
from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.utils import timezone

from centres.models import Confirmation

_FIRST = UUID("eeeeeeee" + "0" * 24)
_LAST = UUID("eeeeeeee" + "f" * 24)
PARTLY_EXAMPLE = "; övrigt är exempel"
_OLDEST_CONFIRMATION = 80  # days


def example_id(*names) -> UUID:
    """The same id for the same names on every installation; all begin with eeeeeeee."""
    digest = hashlib.sha256("/".join(map(str, names)).encode()).hexdigest()
    return UUID("eeeeeeee" + digest[:24])


def examples(queryset):
    """The rows that have an example id."""
    return queryset.filter(id__gte=_FIRST, id__lte=_LAST)


class Confirmations:
    """Says of groups of facts that they are examples; reads all confirmations once."""

    def __init__(self, today: date):
        self.today = today
        self._rows = {_identity(row): row for row in Confirmation.objects.all()}
        self._days_ago: dict[tuple, int] = {}

    def are_staffs(self, **about) -> bool:
        """Have staff said how this is? Then it is theirs."""
        row = self._rows.get(_key(**about))
        return row is not None and row.origin == Confirmation.Origin.STAFF

    def example(self, *, source: str = "", days_ago: int | None = None, **about):
        """The group holds example values. Where it came from a public page, its link stays."""
        if self.are_staffs(**about):
            return
        key = _key(**about)
        row = self._rows.setdefault(key, Confirmation(**about))
        row.origin = Confirmation.Origin.EXAMPLE
        row.source = source
        if days_ago is not None:
            self._days_ago[key] = days_ago

    def filled(self, **about):
        """Example values have filled gaps among what may be known from a public page."""
        row = self._rows.get(_key(**about))
        if row is None:
            self.example(**about)
        elif row.origin == Confirmation.Origin.PUBLIC_PAGE:
            row.source = row.source.removesuffix(PARTLY_EXAMPLE) + PARTLY_EXAMPLE

    def save(self) -> None:
        """Every example was confirmed some time in the 80 days before today, or as asked for."""
        for key, row in self._rows.items():
            if row.origin == Confirmation.Origin.EXAMPLE:
                days_ago = self._days_ago.get(key, _some_days_ago(key))
                row.confirmed_at = _mid_morning(self.today - timedelta(days=days_ago))
        new = [row for row in self._rows.values() if row.pk is None]
        old = [row for row in self._rows.values() if row.pk is not None]
        Confirmation.objects.bulk_create(new)
        Confirmation.objects.bulk_update(old, ["origin", "source", "confirmed_at"])


def _key(*, centre=None, service_at_centre=None, fact_group: str, channel: str = "") -> tuple:
    return (centre and centre.pk, service_at_centre and service_at_centre.pk, fact_group, channel)


def _identity(row: Confirmation) -> tuple:
    return (row.centre_id, row.service_at_centre_id, row.fact_group, row.channel)


def _some_days_ago(key: tuple) -> int:
    """Spread over 1 to 80, and the same whenever it is asked."""
    return 1 + example_id(*key).int % _OLDEST_CONFIRMATION


def _mid_morning(day: date) -> datetime:
    return datetime.combine(day, time(10), tzinfo=timezone.get_default_timezone())
