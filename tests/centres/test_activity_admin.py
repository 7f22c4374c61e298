"""Activities and other places in the admin: made on one page, and what is refused there."""

from datetime import date, time

import pytest

from centres.models import Activity, CoOrganiser, OccurrenceChange, Revision, Venue
from services import content
from tests.centres.test_admin import change, errors_of, inline, page
from tests.factories import (
    make_activity,
    make_change,
    make_exception,
    make_schedule,
    make_service_at_centre,
    make_user,
    make_venue,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def room():
    return make_service_at_centre()


@pytest.fixture
def teacher(room):
    return make_user(centres=[room.centre], organisations=[room.organisation])


def when(weekday=2, starts_at="13", ends_at="15", first="2026-12-01", last="2027-03-30", **more):
    return {
        "weekday": weekday,
        "starts_at": starts_at,
        "ends_at": ends_at,
        "first_day": first,
        "last_day": last,
        "week_parity": "every",
        **more,
    }


def data(room, *times, words=None, **fields) -> dict:
    return {
        "organiser": room.pk,
        "kind": "weekly",
        "status": "published",
        "siblings": "unstated",
        "setting": "unstated",
        "admission": "drop_in",
        **inline("texts", words or {"language": "sv", "name": "Babycafé"}),
        **inline("recurrences", *times),
        **inline("shared_with"),
        **fields,
    }


def test_activity_is_made_on_one_page(client, room, teacher):
    client.force_login(teacher)
    beside = make_service_at_centre("child_health_care", centre=room.centre)
    sent = data(
        room,
        when(),
        when("", "10", "12", "2026-12-05", ""),
        max_age_months=8,
        siblings="welcome",
        languages=["sv", "ar"],
        for_whom=["dads"],
    )
    sent |= inline("shared_with", {"service_at_centre": beside.pk})
    response = client.post(page(Activity, "add"), sent)
    assert response.status_code == 302, errors_of(response)
    activity = Activity.objects.get()
    assert (str(activity), activity.languages, activity.for_whom) == (
        "Babycafé",
        ["sv", "ar"],
        ["dads"],
    )
    single, weekly = activity.recurrences.order_by("weekday")[::-1]
    assert {single.weekday, weekly.weekday} == {None, 2}
    assert CoOrganiser.objects.get().service_at_centre == beside
    assert Revision.objects.get().service_at_centre == room


@pytest.mark.parametrize(
    ("times", "fields", "words"),
    [
        ([], {}, "Fyll i minst en tid"),
        ([when(1, first="2026-12-01", last="2026-12-05")], {}, "infaller aldrig"),
        ([when(ends_at="12")], {}, "Sluttiden måste vara senare"),
        ([when(ends_next_day="on")], {}, "högst 24 timmar"),
        ([when(first="2026-12-02", last="")], {}, "en annan veckodag"),
        ([when(last="2026-11-01")], {}, "Sista dagen ligger före"),
        ([when(), when(ends_at="14")], {}, "börjar samtidigt"),
        ([when(week_parity="odd", nth_in_month="1")], {}, "inte båda"),
        ([when()], {"max_age_months": "8"}, "syskon"),
        ([when()], {"sign_up_phone": "031-365 00 00"}, "anmälan behövs"),
        ([when()], {"languages": ["xx"]}, "xx"),
        ([when()], {"organiser": "nonsense"}, "arrangör"),
    ],
)
def test_slips_are_told_and_nothing_is_saved(client, room, teacher, times, fields, words):
    client.force_login(teacher)
    response = client.post(page(Activity, "add"), data(room, *times, **fields))
    assert words.lower() in errors_of(response).lower() + response.content.decode().lower()
    assert not Activity.objects.exists()


def test_another_room_is_no_organiser(client, room, teacher):
    client.force_login(teacher)
    response = client.post(page(Activity, "add"), data(make_service_at_centre(), when()))
    assert errors_of(response)
    assert not Activity.objects.exists()


def changed(activity, *changes, starts_at="13") -> dict:
    text, time_ = activity.texts.get(), activity.recurrences.get()
    row = when(first="2026-01-01", last="2026-12-31", starts_at=starts_at)
    row |= {"id": time_.pk, "activity": activity.pk}
    words = {"id": text.pk, "activity": activity.pk, "language": "sv", "name": "Nytt namn"}
    sent = data(activity.organiser)
    return {
        **sent,
        **inline("texts", words, initial=1),
        **inline("recurrences", row, initial=1),
        **inline("changes", *changes),
    }


def test_date_is_cancelled_on_the_page_and_only_one_that_is_planned(client, room, teacher):
    client.force_login(teacher)
    activity = make_activity(room)
    row = {"day": "2026-11-24", "starts_at": "13", "kind": "cancelled", "reason": "illness"}
    response = client.post(change(activity), changed(activity, row | {"day": "2026-11-25"}))
    assert "Inget var planerat onsdag 25 november" in response.content.decode()
    assert client.post(change(activity), changed(activity, row)).status_code == 302
    saved = OccurrenceChange.objects.get()
    assert (saved.day, saved.starts_at, saved.history.get().history_user) == (
        date(2026, 11, 24),
        time(13),
        teacher,
    )


def test_date_stays_cancelled_where_the_page_lets_the_series_begin_later(client, room, teacher):
    client.force_login(teacher)
    activity = make_activity(room)
    make_change(activity, "2026-11-24 13")
    assert client.post(change(activity), changed(activity, starts_at="14")).status_code == 302
    assert OccurrenceChange.objects.get().starts_at == time(14)


def test_rows_written_on_the_page_are_told_of(client, room, teacher, monkeypatch):
    """Words, times and dates that differ: whoever follows content follows these too."""
    client.force_login(teacher)
    activity = make_activity(room)
    told = []
    monkeypatch.setattr(content, "_listeners", [told.append])
    row = {"day": "2026-11-24", "starts_at": "13", "kind": "cancelled"}
    assert client.post(change(activity), changed(activity, row)).status_code == 302
    assert activity in [row for rows in told for row in rows]
    assert activity.texts.get().name == "Nytt namn"


@pytest.mark.parametrize("way", ["page", "list"])
def test_deleting_counts_for_calendars(client, room, teacher, way):
    client.force_login(teacher)
    rows = [
        make_activity(room),
        make_schedule(room, slots=["mon 9-15"]),
        make_exception(room),
    ]
    for number, row in enumerate(rows, start=1):
        if way == "page":
            client.post(page(row, "delete", row.pk), {"post": "yes"})
        else:
            chosen = {"action": "delete_selected", "_selected_action": [row.pk], "post": "yes"}
            client.post(page(row, "changelist"), chosen)
        assert not type(row).objects.exists()
        assert Revision.objects.get(service_at_centre=room).number == number


def test_place_is_made_by_an_editor(client, room, teacher):
    client.force_login(teacher)
    sent = {
        "name": "Plikta",
        "kind": "playground",
        "district": room.centre.district_id,
        "step_free": "",
        **inline("texts", {"language": "sv", "directions": "Vid gungorna."}),
    }
    response = client.post(page(Venue, "add"), sent)
    assert response.status_code == 302, errors_of(response)
    assert Venue.objects.get().texts.get().directions == "Vid gungorna."


def test_new_name_of_a_place_counts_for_calendars(client, room, teacher):
    client.force_login(teacher)
    venue = make_venue(name="Plikta", directions="Vid gungorna.")
    make_activity(room, venue=venue)
    text = {"id": venue.texts.get().pk, "venue": venue.pk, "language": "sv", "directions": "Här."}
    sent = {"name": "Plikta lekplats", "kind": venue.kind, "district": venue.district_id}
    sent |= {"step_free": "", **inline("texts", text, initial=1)}
    response = client.post(change(venue), sent)
    assert response.status_code == 302, errors_of(response)
    assert Revision.objects.get(service_at_centre=room).number == 1
