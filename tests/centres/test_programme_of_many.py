"""The programme of many rooms, from what is saved."""

from datetime import date, time

import pytest
from django.db.models import Q

from centres.models import Activity, ServiceAtCentre
from centres.programme_of_many import ProgrammeOfMany
from centres.programme_values import State, Why
from tests.factories import (
    make_activity,
    make_centre,
    make_change,
    make_exception,
    make_recurrence,
    make_schedule,
    make_service_at_centre,
    make_venue,
)

pytestmark = pytest.mark.django_db
MONDAY, TUESDAY, SUNDAY = date(2026, 11, 23), date(2026, 11, 24), date(2026, 11, 29)
BABIES = ("tue 9-11", {"label": "Babyöppet", "max_age_months": 8})


@pytest.fixture
def room():
    return make_service_at_centre()


def of(first=MONDAY, last=SUNDAY, **which):
    return ProgrammeOfMany(first, last, **which).between()


def states(first=MONDAY, last=SUNDAY, **which) -> list[tuple[str, str]]:
    return [(f"{one.day:%m-%d}", one.state.value) for one in of(first, last, **which)]


def test_activities_and_labelled_slots_in_one_programme(room):
    make_schedule(room, slots=[BABIES, "mon 9-15"])
    activity = make_activity(room)
    session, held = of()
    assert (session.key.owner, held.key.owner) == (str(room.pk), str(activity.pk))
    assert session.is_session
    assert session.slot.label == "Babyöppet"
    assert not held.is_session
    assert held.happens
    assert held.key.starts_at == time(13)


def test_drafts_and_other_weeks_are_left_out(room):
    make_activity(room, status="draft")
    make_activity(room, when=["tue 13-15 odd"])
    assert of() == []
    assert states(date(2026, 12, 1), date(2026, 12, 1)) == [("12-01", "scheduled")]


@pytest.mark.parametrize("many", [500, 0])
def test_house_closed_where_it_is_closed(room, monkeypatch, many):
    monkeypatch.setattr("centres.closures_of_many.MANY", many)
    monkeypatch.setattr("centres.programme_of_many.MANY", many)
    make_schedule(room, slots=[BABIES])
    make_activity(room)
    make_activity(room, venue=make_venue())
    make_activity()
    make_exception(room.centre, first_day=TUESDAY, reason="planning")
    found = of()
    assert [(one.state, one.reason) for one in found] == [
        (State.SUSPENDED, "planeringsdag"),
        *[(one.state, one.reason) for one in found[1:]],
    ]
    assert sorted(one.state for one in found[1:]) == ["scheduled", "scheduled", "suspended"]


@pytest.mark.parametrize("many", [500, 0])
def test_room_closed_where_only_it_is_closed(room, monkeypatch, many):
    monkeypatch.setattr("centres.closures_of_many.MANY", many)
    make_schedule(room, slots=[BABIES])
    make_activity(room)
    make_activity()
    make_exception(room, first_day=TUESDAY)
    assert sorted(one.state for one in of()) == ["scheduled", "suspended", "suspended"]


def test_moved_into_the_week_from_one_that_is_not_loaded(room):
    activity = make_activity(room)
    make_change(activity, "2026-12-08 13", "2026-11-25 9-11", reason="training")
    (moved,) = of(date(2026, 11, 25), date(2026, 11, 25))
    assert (moved.state, moved.key.day, moved.reason) == (
        State.MOVED,
        date(2026, 12, 8),
        "utbildning",
    )
    assert states(date(2026, 12, 8), date(2026, 12, 8)) == [("12-08", "moved_away")]


def test_house_open_no_longer_or_not_yet():
    closing = {"next_status": "closed", "next_status_on": TUESDAY}
    decided = closing | {"next_status_certainty": "decided"}
    room = make_service_at_centre(centre=make_centre(**decided))
    make_schedule(room, slots=["mon 9-11", BABIES])
    make_activity(room, when=["mon 13-15", "tue 13-15"])
    assert states() == [("11-23", "scheduled"), ("11-24", "suspended"), ("11-24", "suspended")]
    expected = closing | {"next_status_certainty": "expected"}
    later = make_service_at_centre(centre=make_centre(**expected))
    make_activity(later)
    in_use = Activity.objects.filter(organiser=later)
    assert states(activities=in_use) == [("11-24", "scheduled")]


def test_extra_hours_with_a_label_and_what_sieves_them(room):
    make_exception(
        room,
        kind="extra",
        channel="drop_in",
        first_day=SUNDAY,
        last_day=SUNDAY,
        slots=[("10-13", {"label": "Klädbytardag"})],
    )
    make_schedule(room, slots=[BABIES, ("wed 9-11", {"label": "Storbarn", "min_age_months": 36})])
    assert [one.slot.label for one in of()] == ["Babyöppet", "Storbarn", "Klädbytardag"]
    for_four_years = Q(min_age_months=None) | Q(min_age_months__lte=48)
    for_four_years &= Q(max_age_months=None) | Q(max_age_months__gte=48)
    assert [one.slot.label for one in of(slots=for_four_years)] == ["Storbarn", "Klädbytardag"]
    assert of(rooms=ServiceAtCentre.objects.exclude(pk=room.pk)) == []


def test_closed_season_and_the_channel_of_groups(room):
    make_schedule(room, slots=["tue 9-15"])
    season = {"kind": "season", "valid_from": MONDAY, "valid_to": SUNDAY}
    make_schedule(room, **season)
    make_activity(room)
    make_activity(room, admission="sign_up")
    assert [one.why for one in of()] == [Why.SEASON, Why.SEASON]
    make_schedule(room, channel="group", slots=["tue 9-15"])
    assert sorted(one.why for one in of()) == [Why.PLAN, Why.SEASON]


def test_queries_do_not_grow(room, django_assert_num_queries):
    def more():
        for _ in range(3):
            here = make_service_at_centre()
            make_schedule(here, slots=[BABIES, "mon 9-15"])
            make_change(make_activity(here, venue=make_venue()), "2026-11-24 13")
            make_exception(here, kind="replaced", channel="drop_in", slots=["9-11"])

    for _ in range(2):
        more()
        with django_assert_num_queries(10):
            of()


def test_planned_is_counted_without_weighing(room):
    make_schedule(room, slots=[BABIES])
    make_recurrence(make_activity(room), "2026-11-28 9-11")
    week = ProgrammeOfMany(MONDAY, SUNDAY)
    assert list(week.counts.values()) == [0, 2, 0, 0, 0, 1, 0]
