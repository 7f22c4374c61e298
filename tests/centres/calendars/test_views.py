"""Calendars as a calendar program fetches and reads them."""

import re
from datetime import UTC, date, time

import icalendar
import pytest
import recurring_ical_events
import time_machine
import vobject
from django.urls import reverse
from django.utils.http import http_date

from centres.actions import change_date, close, save_activity, save_centre, undo_change
from centres.models import Activity, FamilyCentre, FormerSlug, OccurrenceChange, ScheduleException
from centres.programme_values import Key
from tests.factories import (
    make_activity,
    make_centre,
    make_change,
    make_confirmation,
    make_exception,
    make_schedule,
    make_service_at_centre,
    make_user,
    make_venue,
    stockholm,
)

pytestmark = pytest.mark.django_db
MONDAY, TUESDAY = date(2026, 11, 23), date(2026, 11, 24)
QUERIES = 31
BABIES = ("tue 9-11", {"label": "Babyöppet", "max_age_months": 8})


@pytest.fixture(autouse=True)
def a_monday_morning():
    with time_machine.travel(stockholm(2026, 11, 23, 8), tick=False):
        yield


@pytest.fixture
def room():
    centre = make_centre(
        name="Familjecentralen Hjällbo",
        slug="hjallbo",
        street="Bondegatan 3",
        postcode="424 33",
        postal_town="Angered",
        latitude="57.771",
        longitude="12.021",
    )
    return make_service_at_centre(centre=centre, phone="031-365 00 00")


def fetched(client, address: str) -> icalendar.Calendar:
    """As read by icalendar; what the second reader makes of it must be the same."""
    response = client.get(address)
    assert response.status_code == 200, address
    assert not response.cookies
    calendar = icalendar.Calendar.from_ical(response.content)
    second = vobject.readOne(response.content.decode())
    assert [(str(e["UID"]), str(e["SUMMARY"]), e.start) for e in calendar.events] == [
        (e.uid.value, e.summary.value, e.dtstart.value) for e in second.contents.get("vevent", ())
    ]
    return calendar


def shown_on(calendar: icalendar.Calendar, day: date) -> list[str]:
    """What a calendar program shows on a day."""
    return [
        f"{event.start:%H.%M} {event['SUMMARY']} ({event['STATUS']})"
        for event in recurring_ical_events.of(calendar).at(day)
    ]


def event_on(calendar: icalendar.Calendar, day: date):
    (event,) = recurring_ical_events.of(calendar).at(day)
    return event


# --- What stands in it ---------------------------------------------------------------------------
def test_house_with_slots_and_activities(client, room):
    make_schedule(room, slots=[BABIES])
    make_activity(
        room,
        name="Pappaträff",
        description="Fika, lek; sång.",
        min_age_months=0,
        max_age_months=11,
        siblings="welcome",
        for_whom=["dads"],
        languages=["sv", "ar"],
        cost=0,
        room="Stora rummet",
        admission="sign_up",
        sign_up_phone="031-365 00 01",
        bring="Filt",
    )
    make_activity()  # of another house
    calendar = fetched(client, "/familjecentraler/hjallbo/kalender.ics")
    assert shown_on(calendar, TUESDAY) == [
        "09.00 Babyöppet, Familjecentralen Hjällbo (CONFIRMED)",
        "13.00 Pappaträff, Familjecentralen Hjällbo (CONFIRMED)",
    ]
    assert shown_on(calendar, date(2026, 11, 3)) == []
    assert len(shown_on(calendar, date(2026, 11, 10))) == 2
    assert calendar["NAME"] == "Familjecentralen Hjällbo"
    event = recurring_ical_events.of(calendar).at(TUESDAY)[1]
    where = "Stora rummet, Familjecentralen Hjällbo, Bondegatan 3, 424 33 Angered"
    assert event["LOCATION"] == where
    assert "GEO" not in event
    assert [str(name) for name in event["CATEGORIES"].cats] == ["Öppen förskola"]
    said = event["DESCRIPTION"].replace("\N{WORD JOINER}", "").replace("\N{NO-BREAK SPACE}", " ")
    assert said.splitlines() == [
        "Fika, lek; sång.",
        "",
        "0–11 månader, särskilt för pappor, på svenska och arabiska, syskon är välkomna, gratis, "
        "anmälan behövs.",
        "",
        "Anmälan: 031-365 00 01",
        "Ta med: Filt",
        "",
        "Öppen förskola, Familjecentralen Hjällbo. Telefon: 031-365 00 00. Ring före besök.",
    ]


def test_each_calendar_has_its_own(client, room):
    make_schedule(room, slots=[BABIES])
    nurse = make_service_at_centre("child_health_care", centre=room.centre)
    course = make_activity(nurse, name="Föräldragrupp", with_rooms=[room])
    make_activity(nurse, name="Vägning", when=["tue 10-11"])
    elsewhere = make_service_at_centre()
    make_activity(elsewhere, name="Sångstund", when=["tue 15-16"])
    names = {
        "/familjecentraler/hjallbo/kalender.ics": ["Babyöppet", "Vägning", "Föräldragrupp"],
        f"/familjecentraler/hjallbo/{room.service.slug}/kalender.ics": [
            "Babyöppet",
            "Föräldragrupp",
        ],
        f"/{nurse.service.slug}/kalender.ics": ["Vägning", "Föräldragrupp"],
        f"/{room.service.slug}/kalender.ics": ["Babyöppet", "Föräldragrupp", "Sångstund"],
        f"/det-hander/{course.pk}/kalender.ics": ["Föräldragrupp"],
    }
    for address, expected in names.items():
        events = recurring_ical_events.of(fetched(client, address)).at(TUESDAY)
        assert [str(event["SUMMARY"]).split(",")[0] for event in events] == expected, address


def test_service_has_what_it_holds_with_others(client, room):
    midwives = make_service_at_centre("maternity_care", centre=room.centre)
    make_activity(room, name="Babycafé", with_rooms=[midwives])
    calendar = fetched(client, f"/{midwives.service.slug}/kalender.ics")
    assert shown_on(calendar, TUESDAY) == ["13.00 Babycafé, Familjecentralen Hjällbo (CONFIRMED)"]


def test_break_in_the_middle_is_told_of(client, room):
    make_activity(room, name="Öppet hus", when=["tue 9-12"])
    make_exception(room, kind="part_closed", first_day=TUESDAY, slots=["10-11"])
    said = event_on(fetched(client, "/familjecentraler/hjallbo/kalender.ics"), TUESDAY)
    assert "Ändrat: Med uppehåll." in said["DESCRIPTION"]
    assert "Tider: 9.00–10.00 och 11.00–12.00." in said["DESCRIPTION"]


def test_new_address_counts_as_a_change(client, room):
    make_activity(room, venue=make_venue())
    anna, address = make_user(), "/familjecentraler/hjallbo/kalender.ics"
    before = event_on(fetched(client, address), TUESDAY)["SEQUENCE"]
    room.centre.street = "Bondegatan 5"
    save_centre(centre=room.centre, by=anna)
    assert event_on(fetched(client, address), TUESDAY)["SEQUENCE"] == before + 1


def test_nothing_held_is_an_empty_calendar(client, room):
    calendar = fetched(client, "/familjecentraler/hjallbo/kalender.ics")
    assert calendar.events == []


def test_another_place_with_its_point(client, room):
    library = make_venue(name="Hjällbo bibliotek", latitude="57.77", longitude="12.02")
    activity = make_activity(room, name="Sagostund", venue=library)
    event = event_on(fetched(client, f"/det-hander/{activity.pk}/kalender.ics"), TUESDAY)
    assert event["SUMMARY"] == "Sagostund, Hjällbo bibliotek"
    assert event["GEO"].to_ical() == "57.77;12.02"


def test_point_of_a_house_where_staff_have_said_that_it_is_right(client, room):
    make_confirmation(room.centre, fact_group="location")
    activity = make_activity(room)
    event = event_on(fetched(client, f"/det-hander/{activity.pk}/kalender.ics"), TUESDAY)
    assert event["GEO"].to_ical() == "57.771;12.021"


def test_examples_say_so(client, room):
    make_confirmation(room, fact_group="activities", channel="", origin="example")
    activity = make_activity(room, name="Babycafé")
    calendar = fetched(client, f"/det-hander/{activity.pk}/kalender.ics")
    assert calendar["NAME"] == "Exempel: Babycafé – Familjecentralen Hjällbo"
    assert calendar["DESCRIPTION"].startswith("Exempel:")
    assert "påhittade" in event_on(calendar, TUESDAY)["DESCRIPTION"]


def test_holiday_that_nobody_has_answered(client, room):
    make_schedule(room, slots=[("thu 9-11", {"label": "Babyöppet"})])
    calendar = fetched(client, "/familjecentraler/hjallbo/kalender.ics")
    assert shown_on(calendar, date(2026, 12, 24)) == [
        "09.00 Inte bekräftat än: Babyöppet, Familjecentralen Hjällbo (TENTATIVE)"
    ]
    event = event_on(calendar, date(2026, 12, 24))
    said = "Inte bekräftat: Ingen har sagt än om det blir av på julafton."
    assert event["DESCRIPTION"].startswith(said)
    assert event_on(calendar, date(2027, 1, 14))["STATUS"] == "CONFIRMED"


# --- Before and after ----------------------------------------------------------------------------
def test_closing_today_cancels_and_says_why(client, room):
    anna = make_user()
    make_schedule(room, slots=[BABIES])
    make_activity(room, name="Babycafé")
    address = "/familjecentraler/hjallbo/kalender.ics"
    before = fetched(client, address)
    closing = ScheduleException(
        service_at_centre=room,
        kind="closed",
        first_day=TUESDAY,
        last_day=TUESDAY,
        reason="illness",
        note="Vi är sjuka",
    )
    close(closing=closing, by=anna)
    after = fetched(client, address)
    assert shown_on(after, TUESDAY) == [
        "09.00 Inställt: Babyöppet, Familjecentralen Hjällbo (CANCELLED)",
        "13.00 Inställt: Babycafé, Familjecentralen Hjällbo (CANCELLED)",
    ]
    assert all(e["DESCRIPTION"].startswith("Inställt: Vi är sjuka.") for e in _at(after, TUESDAY))
    assert [e["UID"] for e in _at(after, TUESDAY)] == [e["UID"] for e in _at(before, TUESDAY)]
    assert after.events[0]["SEQUENCE"] > before.events[0]["SEQUENCE"]
    assert after.events[0]["LAST-MODIFIED"].dt > before.events[0]["LAST-MODIFIED"].dt


def _at(calendar, day):
    return recurring_ical_events.of(calendar).at(day)


def test_one_date_cancelled_moved_and_put_back(client, room):
    anna = make_user()
    activity = make_activity(room, name="Babycafé")
    address = f"/det-hander/{activity.pk}/kalender.ics"
    seen = [event_on(fetched(client, address), TUESDAY)]
    planned = {"activity": activity, "day": TUESDAY, "starts_at": "13:00"}

    change = OccurrenceChange(**planned, kind="cancelled", reason="training")
    change.starts_at = seen[0].start.time()
    change_date(change=change, by=anna)
    cancelled = fetched(client, address)
    seen.append(event_on(cancelled, TUESDAY))
    assert shown_on(cancelled, TUESDAY) == [
        "13.00 Inställt: Babycafé, Familjecentralen Hjällbo (CANCELLED)"
    ]
    assert seen[-1]["DESCRIPTION"].startswith("Inställt: Utbildning.")

    wednesday = date(2026, 11, 25)
    moved = OccurrenceChange(
        activity=activity,
        day=TUESDAY,
        starts_at=change.starts_at,
        kind="moved",
        new_day=wednesday,
        new_starts_at=stockholm(2026, 11, 25, 10).time(),
        new_ends_at=stockholm(2026, 11, 25, 12).time(),
    )
    moved = change_date(change=moved, by=anna)
    calendar = fetched(client, address)
    seen.append(event_on(calendar, wednesday))
    assert shown_on(calendar, TUESDAY) == []
    assert shown_on(calendar, wednesday) == [
        "10.00 Ny tid: Babycafé, Familjecentralen Hjällbo (CONFIRMED)"
    ]
    assert "Flyttat från tisdag 24 november" in seen[-1]["DESCRIPTION"]

    undo_change(change=moved, by=anna)
    seen.append(event_on(fetched(client, address), TUESDAY))
    assert seen[-1]["SUMMARY"] == seen[0]["SUMMARY"]
    assert len({event["UID"] for event in seen}) == 1
    numbers = [event["SEQUENCE"] for event in seen]
    assert numbers == sorted(set(numbers))


def test_uid_outlives_every_edit(client, room):
    anna = make_user()
    activity = make_activity(room, name="Babycafé")
    address = f"/det-hander/{activity.pk}/kalender.ics"
    before = {event["UID"] for event in fetched(client, address).events}
    other = make_service_at_centre("child_health_care", centre=room.centre)
    activity.organiser, activity.room, activity.venue = other, "Nya rummet", make_venue()
    save_activity(activity=Activity.objects.get(pk=activity.pk), by=anna)
    sequence = fetched(client, address).events[0]["SEQUENCE"]
    save_activity(activity=activity, by=anna)
    after = fetched(client, address)
    assert {event["UID"] for event in after.events} == before
    assert after.events[0]["SEQUENCE"] > sequence


# --- A single date -------------------------------------------------------------------------------
def test_single_date_by_the_day_that_was_planned(client, room):
    activity = make_activity(room, name="Babycafé", when=["tue 9-11", "tue 13-15"])
    make_change(activity, "2026-11-24 13", "2026-11-25 14-16")
    page = f"/det-hander/{activity.pk}"
    assert len(fetched(client, f"{page}/2026-11-24.ics").events) == 2
    (moved,) = fetched(client, f"{page}/2026-11-24-1300.ics").events
    assert moved.start == stockholm(2026, 11, 25, 14)
    response = client.get(f"{page}/2026-11-24-0900.ics")
    assert response["Content-Disposition"] == 'attachment; filename="2026-11-24.ics"'
    for gone in ("2026-11-25", "2026-11-24-1400", "2026-02-30", "2026-11-24-2500", "2099-12-31"):
        assert client.get(f"{page}/{gone}.ics").status_code == 404, gone
    assert client.get(f"{page}/0001-01-01.ics").status_code == 404


def test_address_of_a_date_says_which_was_planned(client, room):
    activity = make_activity(room, when=["tue 9-11"])
    key = Key(str(activity.pk), TUESDAY, time(9))
    address = reverse("calendars:date", args=[activity.pk, key])
    assert address == f"/det-hander/{activity.pk}/2026-11-24-0900.ics"


# --- What somebody has chosen --------------------------------------------------------------------
@pytest.mark.parametrize(
    ("query", "expected", "name"),
    [
        ("", ["Babyöppet", "Pappaträff", "Språkcafé"], "Det händer i Göteborg"),
        ("?alder=5", ["Babyöppet", "Pappaträff"], "Det händer: 5 månader"),
        ("?sprak=ar", ["Språkcafé"], "Det händer: på arabiska"),
        (
            "?sprak=ar&alder=40&nar=idag&sida=7",
            ["Språkcafé"],
            "Det händer: 40 månader och på arabiska",
        ),
        ("?grupp=dads&dag=tisdag", ["Pappaträff"], None),
        ("?hus=hjallbo", ["Babyöppet", "Pappaträff"], "Det händer: Familjecentralen Hjällbo"),
        ("?dag=fredag", [], "Det händer: på fredagar"),
        ("?tid=formiddag", ["Babyöppet"], None),
    ],
)
def test_filtered_view(client, room, query, expected, name):
    make_schedule(room, slots=[BABIES])
    make_activity(room, name="Pappaträff", for_whom=["dads"], max_age_months=11, siblings="not")
    ages = {"min_age_months": 12, "siblings": "welcome"}
    make_activity(name="Språkcafé", languages=["ar"], when=["tue 14-16"], **ages)
    calendar = fetched(client, f"/det-hander/kalender.ics{query}")
    names = [str(event["SUMMARY"]).split(",")[0] for event in _at(calendar, TUESDAY)]
    assert names == expected
    assert name in (None, calendar["NAME"])


@pytest.mark.parametrize(
    "query",
    [
        {"alder": "-1", "sprak": "xx", "hus": "nej", "dag": "blåndag", "tid": "\0"},
        {"plats": "x" * 10_000},
        {"plats": "\0", "verksamhet": "'; --", "sida": "9" * 50, "nar": "2026-99-99"},
        {"skrap": "å" * 10_000, "alder": "9" * 400},
    ],
)
def test_junk_is_passed_over_and_named(client, room, query):
    make_activity(room)
    response = client.get("/det-hander/kalender.ics", query)
    assert response.status_code == 200
    calendar = icalendar.Calendar.from_ical(response.content)
    assert len(_at(calendar, TUESDAY)) == 1
    if "skrap" not in query:
        assert "Vi förstod inte" in calendar["DESCRIPTION"]
    assert "private" in response["Cache-Control"]


def test_moved_out_of_the_view_stays_as_cancelled(client, room):
    activity = make_activity(room, name="Babycafé")
    make_change(activity, "2026-11-24 13", "2026-11-25 14-16")
    calendar = fetched(client, "/det-hander/kalender.ics?dag=tisdag")
    assert shown_on(calendar, TUESDAY) == [
        "13.00 Flyttat: Babycafé, Familjecentralen Hjällbo (CANCELLED)"
    ]
    said = event_on(calendar, TUESDAY)["DESCRIPTION"]
    assert said.startswith("Flyttat: Till onsdag 25 november kl. 14.00–16.00.")


# --- What may be asked ---------------------------------------------------------------------------
def test_renamed_house_leads_on(client, room):
    FormerSlug.objects.create(centre=room.centre, slug="hjallbo-gamla")
    service = room.service.slug
    for end in ("kalender.ics", f"{service}/kalender.ics"):
        response = client.get(f"/familjecentraler/hjallbo-gamla/{end}")
        assert response.status_code == 301
        assert response["Location"] == f"/familjecentraler/hjallbo/{end}"


@pytest.mark.parametrize(
    "address",
    [
        "/familjecentraler/finns-inte/kalender.ics",
        "/familjecentraler/hjallbo/finns-inte/kalender.ics",
        "/finns-inte/kalender.ics",
        "/det-hander/00000000-0000-0000-0000-000000000000/kalender.ics",
        "/det-hander/skrap/kalender.ics",
        "/familjecentraler/hj%00llbo/kalender.ics",
        f"/{'x' * 10_000}/kalender.ics",
    ],
)
def test_unknown_addresses(client, room, address):
    assert client.get(address).status_code == 404


def test_drafts_and_ideas_are_nobodys(client, room):
    draft = make_activity(room, status="draft")
    assert client.get(f"/det-hander/{draft.pk}/kalender.ics").status_code == 404
    FamilyCentre.objects.update(status="idea")
    assert client.get("/familjecentraler/hjallbo/kalender.ics").status_code == 404


def test_parameters_of_others_change_nothing(client, room):
    make_schedule(room, slots=[BABIES])
    address = "/familjecentraler/hjallbo/kalender.ics"
    plain, junk = client.get(address), client.get(address, {"fbclid": "x\0" * 5_000})
    assert junk.content == plain.content


# --- Fetched again -------------------------------------------------------------------------------
def test_fetched_again_is_told_that_it_holds(client, room):
    activity = make_activity(room)
    address = f"/det-hander/{activity.pk}/kalender.ics"
    first = client.get(address)
    assert first["Content-Type"] == "text/calendar; charset=utf-8"
    assert first["Cache-Control"] == "public, max-age=60"
    assert client.get(address, HTTP_IF_NONE_MATCH=first["ETag"]).status_code == 304
    since = client.get(address, HTTP_IF_MODIFIED_SINCE=first["Last-Modified"])
    assert (since.status_code, since.content) == (304, b"")
    assert client.head(address)["ETag"] == first["ETag"]
    assert client.post(address).status_code == 405

    with time_machine.travel(stockholm(2026, 11, 23, 12)):
        assert client.get(address, HTTP_IF_NONE_MATCH=first["ETag"]).status_code == 304
    save_activity(activity=activity, by=make_user())
    changed = client.get(address, HTTP_IF_NONE_MATCH=first["ETag"])
    assert changed.status_code == 200
    assert client.get(address, HTTP_IF_MODIFIED_SINCE=first["Last-Modified"]).status_code == 200


def test_new_day_is_a_new_calendar(client, room):
    activity = make_activity(room)
    address = f"/det-hander/{activity.pk}/kalender.ics"
    first = client.get(address)
    assert first["Last-Modified"] == http_date(stockholm(2026, 11, 23).timestamp())
    with time_machine.travel(stockholm(2026, 11, 24, 1)):
        again = client.get(address, HTTP_IF_MODIFIED_SINCE=first["Last-Modified"])
    assert again.status_code == 200


# --- Very many -----------------------------------------------------------------------------------
def test_queries_are_constant(client, room, django_assert_num_queries):
    make_schedule(room, slots=[BABIES])
    make_activity(room, venue=make_venue(), with_rooms=[make_service_at_centre("library")])
    address = "/familjecentraler/hjallbo/kalender.ics"
    with django_assert_num_queries(QUERIES):
        client.get(address)
    for kind in ("child_health_care", "maternity_care", "library"):
        other = make_service_at_centre(kind, centre=room.centre)
        make_schedule(other, slots=[BABIES])
        make_activity(room, venue=make_venue())
        make_activity(other, with_rooms=[room])
    make_exception(room.centre, first_day=TUESDAY)
    with django_assert_num_queries(QUERIES):
        client.get(address)


def test_too_much_begins_today(client, room, monkeypatch):
    monkeypatch.setattr("centres.calendars.feeds.MOST", 3)
    make_schedule(room, slots=[BABIES])
    calendar = fetched(client, "/familjecentraler/hjallbo/kalender.ics")
    days = [event.start.astimezone(UTC).date() for event in calendar.events]
    assert days == [TUESDAY, date(2026, 12, 1), date(2026, 12, 8)]
    assert "bara de närmaste" in calendar["DESCRIPTION"]


# --- Where pages offer them ----------------------------------------------------------------------
def test_pages_lead_to_calendars_that_are_there(client, room):
    activity = make_activity(room, name="Babycafé", languages=["ar"])
    offered = {
        "/familjecentraler/hjallbo/": "/familjecentraler/hjallbo/kalender.ics",
        f"/{room.service.slug}/": f"/{room.service.slug}/kalender.ics",
        "/det-hander/": "/det-hander/kalender.ics",
        "/det-hander/?sprak=ar&nar=veckan": "/det-hander/kalender.ics?sprak=ar",
        f"/det-hander/{activity.pk}/": f"/det-hander/{activity.pk}/kalender.ics",
    }
    for page, calendar in offered.items():
        said = client.get(page).content.decode()
        assert f'href="http://localhost{calendar}"' in said, page
        assert f'href="webcal://localhost{calendar}"' in said, page
        assert len(_at(fetched(client, calendar), TUESDAY)) == 1
    page = client.get(f"/det-hander/{activity.pk}/").content.decode()
    (event,) = fetched(client, re.findall(r'href="(/det-hander/[^"]*-1300.ics)"', page)[0]).events
    assert event.start == stockholm(2026, 11, 24, 13)
