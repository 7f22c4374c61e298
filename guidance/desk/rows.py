"""Everything that is written, by how far it has come; as few questions of many as of one."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cached_property

from django.utils import timezone

from ..models import Version
from ..models.version import ON_THE_WAY, PUBLISHED_STATES
from ..permissions import may_review
from ..publishing import State
from .kinds import KINDS, Kind

REVIEW_AHEAD = timedelta(days=30)


@dataclass(frozen=True)
class Row:
    """A version in a list."""

    kind: Kind
    version: Version


@dataclass
class Desk:
    """What stands on somebody's desk at a moment."""

    user: object
    at: datetime
    kinds: tuple[Kind, ...] = field(default=KINDS)

    @cached_property
    def _on_the_way(self) -> list[Row]:
        return [
            Row(kind, version)
            for kind in self.kinds
            for version in _lean(kind).filter(state__in=ON_THE_WAY).order_by("created_at")
        ]

    def _in(self, state: State, mine: bool) -> list[Row]:
        key = self.user.pk
        return [
            row
            for row in self._on_the_way
            if row.version.state == state and (key in row.version.writers) == mine
        ]

    # --- What awaits --------------------------------------------------------------------------
    @property
    def to_review(self) -> list[Row]:
        """What the person may approve: they have written none of it."""
        return self._in(State.IN_REVIEW, mine=False) if may_review(self.user) else []

    @property
    def my_drafts(self) -> list[Row]:
        return self._in(State.DRAFT, mine=True)

    @property
    def approved(self) -> list[Row]:
        return [row for row in self._on_the_way if row.version.state == State.APPROVED]

    @property
    def others(self) -> list[Row]:
        """Drafts of others, and what waits for somebody else to review it."""
        shown = {row.version.pk for row in (*self.to_review, *self.my_drafts, *self.approved)}
        return [row for row in self._on_the_way if row.version.pk not in shown]

    # --- What is published --------------------------------------------------------------------
    @cached_property
    def planned(self) -> list[Row]:
        """What begins or ends later, by when."""
        rows = [row for row in self._published if self.next_change(row.version)]
        return sorted(rows, key=lambda row: self.next_change(row.version))

    def next_change(self, version: Version) -> datetime | None:
        """When it begins or ends, if that is still to come."""
        coming = [at for at in (version.publish_at, version.unpublish_at) if at and at > self.at]
        return min(coming, default=None)

    @cached_property
    def to_look_over(self) -> list[Row]:
        """What readers see whose day of review has come or comes within `REVIEW_AHEAD`."""
        last = timezone.localdate(self.at) + REVIEW_AHEAD
        due = [row for row in self.shown if (row.version.next_review_on or last) < last]
        return sorted(due, key=lambda row: row.version.next_review_on)

    @cached_property
    def shown(self) -> list[Row]:
        """What readers see now, kind by kind, by title."""
        rows = [Row(kind, version) for kind in self.kinds for version in _lean(kind).shown(self.at)]
        return sorted(
            rows, key=lambda row: (self.kinds.index(row.kind), row.version.title.casefold())
        )

    @cached_property
    def _published(self) -> list[Row]:
        return [
            Row(kind, version)
            for kind in self.kinds
            for version in _lean(kind).filter(state=State.PUBLISHED).not_replaced(self.at)
        ]

    @cached_property
    def gone(self) -> list[Row]:
        """The last words of what readers no longer see."""
        return [
            Row(kind, version)
            for kind in self.kinds
            for version in _lean(kind)
            .filter(state__in=PUBLISHED_STATES, unpublish_at__lte=self.at)
            .not_replaced(self.at)
        ]

    @cached_property
    def without_words(self) -> list[tuple[Kind, object]]:
        """What nothing has been written for yet."""
        return [
            (kind, owner)
            for kind in self.kinds
            for owner in kind.owners.objects.filter(versions=None)
        ]


def _lean(kind: Kind):
    """Without the long texts, which no list shows."""
    long = [name for name in kind.model.WORDS if name not in ("title", "summary")]
    return kind.model.objects.defer(*long).select_related("owner", "author")
