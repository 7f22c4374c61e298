"""The made-up centres that pages are measured with."""

import pytest

from centres.finding import Finder
from centres.management.many_centres import furnish
from centres.models import Schedule, ScheduleException, TimeSlot
from centres.wish import Wish
from services.models import Service
from tests.factories import stockholm

pytestmark = pytest.mark.django_db
AT = stockholm(2026, 11, 23, 10, 30)


def weeks():
    fields = ("weekday", "opens_at", "closes_at", "week_parity", "nth_in_month")
    slots = TimeSlot.objects.order_by(*fields).values_list("schedule_id", *fields)
    found = {}
    for schedule, *slot in slots:
        found.setdefault(schedule, []).append(tuple(slot))
    return [tuple(week) for week in found.values()]


def test_made_up_centres_are_unlike_one_another():
    centres = furnish(60, AT)

    assert len(centres) == 60
    assert len(set(weeks())) > 0.9 * len(weeks())
    assert Schedule.objects.filter(kind="season").exists()
    changed_today = ScheduleException.objects.filter(first_day=AT.date())
    assert set(changed_today.values_list("kind", flat=True)) == set(ScheduleException.Kind.values)


def test_some_of_them_are_open_and_some_are_unknown():
    furnish(60, AT)
    finder = Finder(AT, near=None, services=list(Service.objects.all()))
    open_now = finder.find(Wish(now=True))

    assert 6 < len(open_now.houses) < 54
    assert open_now.unknown
