"""The first things of a programme: the same as if all had been weighed."""

from datetime import date, timedelta

import pytest

from centres.first_of_many import first_of_many
from centres.programme_of_many import ProgrammeOfMany
from tests.factories import (
    make_activity,
    make_change,
    make_exception,
    make_schedule,
    make_service_at_centre,
    stockholm,
)

pytestmark = pytest.mark.django_db
MONDAY, TUESDAY = date(2026, 11, 23), date(2026, 11, 24)
FORTNIGHT = MONDAY + timedelta(days=13)
BABIES = {"label": "Babyöppet"}


@pytest.fixture
def busy():
    """Rooms with slots, activities, changes that move and lengthen, and closings that cut."""
    rooms = [make_service_at_centre() for _ in range(3)]
    for room in rooms:
        slots = [("mon 8-10", BABIES), ("mon 13-15", BABIES), ("tue 9-11 odd", BABIES)]
        make_schedule(room, slots=slots)
        make_activity(room, when=["mon 9-11", "tue 9-10 even", "2026-11-25 9-11"])
        make_change(make_activity(room, when=["tue 10-11"]), "2026-11-24 10", "2026-11-23 8-9")
        make_change(make_activity(room, when=["mon 9-10"]), "2026-11-23 9", "2026-11-23 10-12")
        make_change(make_activity(room, when=["mon 8-9"]), "2026-11-23 8", reason="illness")
        make_activity(room, when=["mon 22-2"])
    make_exception(rooms[0], kind="part_closed", first_day=MONDAY, slots=["8-9"])
    new = {"channel": "drop_in", "first_day": TUESDAY, "slots": [("7-8", BABIES)]}
    make_exception(rooms[1], kind="replaced", **new)
    make_exception(rooms[2].centre, first_day=MONDAY)


@pytest.mark.parametrize("weekday", [None, 1])
@pytest.mark.parametrize("after", [None, stockholm(2026, 11, 23, 9, 30), stockholm(2026, 11, 24)])
@pytest.mark.parametrize("count", [1, 2, 3, 8, 20, 500])
def test_first_are_those_of_all(busy, count, after, weekday):
    def programme():
        return ProgrammeOfMany(MONDAY, FORTNIGHT, weekday=weekday)

    for keeps in (lambda _one: True, lambda one: one.happens):
        whole = programme().between()
        wanted = [one for one in whole if (after is None or one.ends > after) and keeps(one)]
        found = first_of_many(programme(), count, after=after, keeps=keeps)
        assert found == wanted[:count]


def test_few_are_asked_for_where_many_are_planned(busy, django_assert_num_queries):
    with django_assert_num_queries(4 + 4 + 10):
        (found,) = first_of_many(ProgrammeOfMany(MONDAY, FORTNIGHT), 1)
    assert found.starts == stockholm(2026, 11, 23, 8)
