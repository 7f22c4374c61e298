"""What the database itself refuses, on both databases."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from centres.models import Schedule, ScheduleException
from tests.factories import make_centre, make_place, make_service_at_centre

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 24)


def refused(make) -> str:
    with pytest.raises(IntegrityError) as error, transaction.atomic():
        make()
    return str(error.value)


@pytest.mark.parametrize("kind", ["replaced", "extra"])
@pytest.mark.parametrize("days", [(DAY, None), (DAY, date(2026, 11, 25))])
def test_new_hours_of_more_than_one_day(kind, days):
    place = make_service_at_centre()
    first, last = days
    row = ScheduleException(
        service_at_centre=place, kind=kind, channel="drop_in", first_day=first, last_day=last
    )
    assert "exception_new_hours_one_day_one_channel" in refused(row.save)


def test_exception_of_neither_house_nor_room_and_of_both():
    place = make_service_at_centre()
    for target in ({}, {"centre": place.centre, "service_at_centre": place}):
        row = ScheduleException(kind="closed", first_day=DAY, last_day=DAY, **target)
        assert "exception_centre_or_service" in refused(row.save)


def test_season_without_end():
    row = Schedule(service_at_centre=make_service_at_centre(), kind="season", valid_from=DAY)
    assert "season_has_an_end" in refused(row.save)


def test_point_outside_the_region_and_half_a_point():
    for point in ({"latitude": 59, "longitude": 18}, {"latitude": 57.7}):
        refused(lambda point=point: make_centre(**point))
    refused(lambda: make_place(latitude=0, longitude=12))
