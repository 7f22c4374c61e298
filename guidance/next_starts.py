"""The courses, groups and meetings of some activities that come next, each with its next time."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Min, Q
from django.utils import timezone

from centres.models import Activity, FamilyCentre, Recurrence
from centres.programme_of_many import ProgrammeOfMany
from centres.programme_values import Occurrence
from centres.whats_on.happening import Happening, happenings_of
from centres.wish import Wish

AHEAD = timedelta(days=90)


@dataclass(frozen=True)
class NextStart:
    """When an activity is held next; `begins` says that it is the first time of all."""

    happening: Happening
    begins: bool


def next_starts(activities, at: datetime, *, most: int) -> list[NextStart]:
    """Up to `most` of the activities in houses that readers see, the next first.

    Only days are looked at until there are so many, and none more than `AHEAD`; what is cancelled
    or unconfirmed is passed over.
    """
    today = timezone.localdate(at)
    listed = activities.in_centres(FamilyCentre.objects.listed(today))
    programme = ProgrammeOfMany(today, today + AHEAD, activities=listed)
    found: dict[str, Occurrence] = {}
    for day in programme.days():
        for occurrence in programme.on(day):
            if occurrence.happens and occurrence.starts > at:
                found.setdefault(occurrence.key.owner, occurrence)
        if len(found) >= most:
            break
    times = Recurrence.objects.filter(activity__in=found).order_by().values_list("activity")
    first_days = dict(times.annotate(Min("first_day")))
    return [
        NextStart(happening, first_days[happening.activity.pk] >= happening.day)
        for happening in happenings_of(list(found.values())[:most], at)
    ]


# --- Which activities ----------------------------------------------------------------------------


def courses(wish: Wish):
    """What one signs up for, and series that are open to everyone."""
    needs_sign_up = ~Q(admission=Activity.Admission.DROP_IN)
    return _for(wish).filter(needs_sign_up | Q(kind=Activity.Kind.SERIES))


def meetings(wish: Wish):
    """What one comes to without signing up."""
    return _for(wish).drop_in().exclude(kind=Activity.Kind.SERIES)


def _for(wish: Wish):
    """Those for an age or a pregnancy; what says nothing of ages is for those of its organiser."""
    activities = Activity.objects.published()
    if wish.expecting:
        return activities.for_expectant_parents()
    if wish.age is None:
        return activities
    only_expecting = Q(for_expectant_parents=True, min_age_months=None, max_age_months=None)
    takes_age = (
        Q(max_age_months__isnull=False)
        | Q(organiser__service__max_age_months=None)
        | Q(organiser__service__max_age_months__gte=wish.age)
    )
    return activities.for_age(wish.age).filter(takes_age).exclude(only_expecting)
