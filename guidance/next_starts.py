"""The courses, groups and meetings of some activities that come next, each with its next time."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Min, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from centres import hours_text as words
from centres.models import Activity, FamilyCentre, ServiceAtCentre
from centres.programme_of_many import ProgrammeOfMany
from centres.programme_values import Occurrence
from centres.wish import Wish

AHEAD = timedelta(days=90)


@dataclass(frozen=True)
class NextStart:
    """An activity and when it is held next; `begins` says that it is the first time of all."""

    activity: Activity
    occurrence: Occurrence
    begins: bool
    when: str

    @property
    def place(self) -> str:
        """Where it is held then: another place by its name, else the house of its organiser."""
        venue, house = self.activity.venue, self.activity.organiser.centre
        return venue.name if venue and self.occurrence.venue else house.name

    @property
    def ages(self) -> str:
        return words.ages(self.activity.min_age_months, self.activity.max_age_months)

    @property
    def sign_up(self) -> str:
        """How one signs up, in a few words, or "" where one just comes."""
        if self.activity.is_drop_in:
            return ""
        return words.capitalised(str(self.activity.get_admission_display()))


def next_starts(activities, at: datetime, *, most: int) -> list[NextStart]:
    """Up to `most` of the activities in houses that readers see, the next first.

    Only days are looked at until there are so many, and none more than `AHEAD`; what is cancelled
    or unconfirmed is passed over.
    """
    today = timezone.localdate(at)
    listed = activities.in_centres(FamilyCentre.objects.listed(today))
    programme = ProgrammeOfMany(
        today, today + AHEAD, activities=listed, rooms=ServiceAtCentre.objects.none()
    )
    found: dict[str, Occurrence] = {}
    for day in programme.days():
        for occurrence in programme.on(day):
            if occurrence.happens and occurrence.starts > at:
                found.setdefault(occurrence.key.owner, occurrence)
        if len(found) >= most:
            break
    chosen = dict(list(found.items())[:most])
    rows = Activity.objects.with_everything().annotate(begins=Min("recurrences__first_day"))
    by_key = {str(row.pk): row for row in rows.filter(pk__in=chosen)}
    return [_start(by_key[key], occurrence, at) for key, occurrence in chosen.items()]


def _start(activity: Activity, occurrence: Occurrence, at: datetime) -> NextStart:
    zone = timezone.get_default_timezone()
    day = words.capitalised(words.relative_day(occurrence.day, timezone.localdate(at)))
    hours = words.span_words(occurrence.starts, occurrence.ends, zone)
    when = _("%(day)s %(hours)s") % {"day": day, "hours": hours}
    return NextStart(activity, occurrence, activity.begins >= occurrence.day, when)


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
