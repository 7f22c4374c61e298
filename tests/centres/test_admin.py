"""What staff do with houses, rooms and hours in the admin, and what is refused there."""

from datetime import date, timedelta

import pytest
from django.contrib import admin
from django.contrib.admin.models import LogEntry
from django.db import IntegrityError, transaction
from django.db.models import Field
from django.urls import reverse
from django.utils import timezone

from centres.models import (
    Confirmation,
    ContactPerson,
    FamilyCentre,
    FormerSlug,
    Notice,
    Place,
    Schedule,
    ScheduleException,
    ServiceAtCentre,
    TimeSlot,
)
from tests.factories import (
    make_centre,
    make_centre_text,
    make_confirmation,
    make_contact_person,
    make_district,
    make_exception,
    make_notice,
    make_organisation,
    make_schedule,
    make_service,
    make_service_at_centre,
    make_user,
    stockholm,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def room():
    return make_service_at_centre(phone="031-365 00 00")


@pytest.fixture
def clinic(room):
    region = make_organisation("Västra Götalandsregionen", kind="region")
    return make_service_at_centre("child_health_care", centre=room.centre, organisation=region)


@pytest.fixture
def teacher(room):
    return make_user(centres=[room.centre], organisations=[room.organisation])


@pytest.fixture
def coordinator():
    return make_user("coordinator")


def page(row_or_model, name, *args) -> str:
    meta = row_or_model._meta
    return reverse(f"admin:{meta.app_label}_{meta.model_name}_{name}", args=args)


def change(row) -> str:
    return page(row, "change", row.pk)


def inline(prefix, *rows, initial=0) -> dict:
    """The fields of an inline: how many rows, then each row's."""
    data = {f"{prefix}-TOTAL_FORMS": len(rows), f"{prefix}-INITIAL_FORMS": initial}
    for number, row in enumerate(rows):
        data |= {f"{prefix}-{number}-{field}": value for field, value in row.items()}
    return data


def errors_of(response) -> str:
    """All that the form and its inlines complain about."""
    assert response.status_code == 200
    return " ".join(str(error) for error in response.context["errors"])


# --- Schedules -----------------------------------------------------------------------------------
def slot(weekday=1, opens_at="9", closes_at="15", **more) -> dict:
    return {
        "weekday": weekday,
        "opens_at": opens_at,
        "closes_at": closes_at,
        "week_parity": "every",
        "siblings": "unstated",
        **more,
    }


def schedule_data(room, *slots, **fields) -> dict:
    return {
        "service_at_centre": room.pk,
        "channel": "drop_in",
        "kind": "regular",
        "valid_from": "2026-08-17",
        "valid_to": "",
        **inline("slots", *slots),
        **fields,
    }


def test_schedule_is_added_with_its_week(client, room, teacher):
    client.force_login(teacher)
    week = [
        slot(),
        slot(3, "13.30", "16", week_parity="odd"),
        slot(5, "22", "2", ends_next_day="on"),
    ]
    assert client.post(page(Schedule, "add"), schedule_data(room, *week)).status_code == 302
    schedule = Schedule.objects.get()
    assert [str(s) for s in schedule.slots.all()] == [
        "måndag 09.00–15.00",
        "onsdag 13.30–16.00",
        "fredag 22.00–02.00",
    ]
    assert schedule.history.get().history_user == teacher
    assert schedule.slots.first().history.get().history_user == teacher


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        (slot(closes_at="8"), "stänger nästa dag"),
        (slot(ends_next_day="on"), "högst 24 timmar"),
        (slot(opens_at="kvart över"), "Skriv klockslaget så här"),
        (slot(week_parity="odd", nth_in_month=1), "inte båda"),
        (slot(weekday=""), "måste fyllas i"),
    ],
)
def test_schedule_with_a_wrong_slot_is_not_saved_at_all(client, room, teacher, wrong, says):
    client.force_login(teacher)
    response = client.post(page(Schedule, "add"), schedule_data(room, slot(2), wrong))
    assert says in errors_of(response)
    assert not Schedule.objects.exists()
    assert not TimeSlot.objects.exists()


def test_schedule_that_overlaps_another_is_refused(client, room, teacher):
    client.force_login(teacher)
    make_schedule(room)
    response = client.post(page(Schedule, "add"), schedule_data(room, slot()))
    assert "Här finns redan ordinarie tider" in errors_of(response)
    assert Schedule.objects.count() == 1


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({"valid_to": "2026-08-16"}, "Sista dagen ligger före första dagen."),
        ({"kind": "season"}, "En säsong måste ha en sista dag."),
    ],
)
def test_schedule_that_cannot_be_is_refused(client, room, teacher, fields, says):
    client.force_login(teacher)
    response = client.post(page(Schedule, "add"), schedule_data(room, slot(), **fields))
    assert says in errors_of(response)
    assert not Schedule.objects.exists()


def test_schedule_is_changed_without_moving_to_another_room(client, room, clinic, teacher):
    client.force_login(teacher)
    schedule = make_schedule(room)
    data = schedule_data(clinic, slot(), valid_to="2026-12-18")
    assert client.post(change(schedule), data).status_code == 302
    schedule.refresh_from_db()
    assert schedule.valid_to == date(2026, 12, 18)
    assert schedule.service_at_centre == room


def test_schedule_of_a_foreign_room_is_refused(client, clinic, teacher):
    client.force_login(teacher)
    response = client.post(page(Schedule, "add"), schedule_data(clinic, slot()))
    assert "giltigt" in errors_of(response)
    assert not Schedule.objects.exists()


def test_schedule_of_a_foreign_room_is_neither_changed_nor_removed(client, clinic, teacher):
    client.force_login(teacher)
    schedule = make_schedule(clinic)
    assert client.post(change(schedule), schedule_data(clinic)).status_code == 403
    assert client.post(page(schedule, "delete", schedule.pk), {"post": "yes"}).status_code == 403
    chosen = {"action": "delete_selected", "_selected_action": [schedule.pk], "post": "yes"}
    client.post(page(Schedule, "changelist"), chosen)
    assert Schedule.objects.count() == 1


def test_own_schedule_is_removed(client, room, teacher):
    client.force_login(teacher)
    schedule = make_schedule(room, slots=["mon 9-15"])
    assert client.post(page(schedule, "delete", schedule.pk), {"post": "yes"}).status_code == 302
    assert not Schedule.objects.exists()


def test_hours_are_confirmed_together_with_saving_them(client, room, teacher):
    client.force_login(teacher)
    data = schedule_data(room, slot(), confirm_now="on", channel="phone")
    client.post(page(Schedule, "add"), data)
    confirmation = Confirmation.objects.get()
    assert (confirmation.fact_group, confirmation.channel) == ("hours", "phone")
    assert (confirmation.origin, confirmation.confirmed_by) == ("staff", teacher)


def test_hours_saved_without_the_tick_stay_unconfirmed(client, room, teacher):
    client.force_login(teacher)
    client.post(page(Schedule, "add"), schedule_data(room, slot()))
    assert not Confirmation.objects.exists()


@pytest.mark.parametrize(
    ("week_parity", "first", "last", "warned"),
    [
        ("odd", "2032-08-16", "2033-06-30", True),
        ("even", "2032-08-16", "", True),
        ("every", "2032-08-16", "2033-06-30", False),
        ("odd", "2033-08-16", "2034-06-30", False),
    ],
)
def test_odd_and_even_weeks_are_warned_of_in_a_year_of_53(
    client, room, teacher, week_parity, first, last, warned
):
    client.force_login(teacher)
    week = slot(week_parity=week_parity)
    data = schedule_data(room, week, valid_from=first, valid_to=last)
    response = client.post(page(Schedule, "add"), data, follow=True)
    assert ("2032 har 53 veckor" in response.content.decode()) == warned


def test_only_the_two_next_years_of_53_weeks_are_warned_of(client, room, teacher):
    client.force_login(teacher)
    week = slot(week_parity="odd")
    data = schedule_data(room, week, valid_from="2030-01-01", valid_to="2100-12-31")
    html = client.post(page(Schedule, "add"), data, follow=True).content.decode()
    assert html.count("har 53 veckor") == 2


@pytest.mark.parametrize("year", ["1899", "2101", "9999", "0001"])
def test_schedule_of_an_impossible_year_is_refused(client, room, teacher, year):
    client.force_login(teacher)
    data = schedule_data(room, slot(week_parity="odd"), valid_from=f"{year}-12-31")
    assert "Kontrollera årtalet." in errors_of(client.post(page(Schedule, "add"), data))


def test_schedule_of_the_last_year_there_is_can_be_looked_at(client, room, teacher):
    client.force_login(teacher)
    data = schedule_data(room, slot(week_parity="odd"), valid_from="2100-12-31")
    assert client.post(page(Schedule, "add"), data).status_code == 302
    assert client.get(change(Schedule.objects.get())).status_code == 200


# --- Exceptions ----------------------------------------------------------------------------------
def exception_data(target, *slots, **fields) -> dict:
    field = "centre" if isinstance(target, FamilyCentre) else "service_at_centre"
    return {
        field: target.pk,
        "kind": "closed",
        "first_day": "2026-11-23",
        "last_day": "2026-11-23",
        "channel": "",
        "reason": "",
        "note": "",
        **inline("slots", *slots),
        **fields,
    }


def part(opens_at="12", closes_at="14", **more) -> dict:
    return {"opens_at": opens_at, "closes_at": closes_at, "siblings": "unstated", **more}


def test_day_is_closed(client, room, teacher):
    client.force_login(teacher)
    response = client.post(page(ScheduleException, "add"), exception_data(room, reason="illness"))
    assert response.status_code == 302
    exception = ScheduleException.objects.get()
    assert (exception.kind, exception.reason) == ("closed", "illness")
    assert exception.history.get().history_user == teacher


def test_part_of_a_day_is_closed(client, room, teacher):
    client.force_login(teacher)
    data = exception_data(room, part(), kind="part_closed")
    assert client.post(page(ScheduleException, "add"), data).status_code == 302
    assert str(ScheduleException.objects.get().slots.get()) == "12.00–14.00"


@pytest.mark.parametrize(
    ("slots", "fields", "says"),
    [
        ([], {"kind": "part_closed"}, "Fyll i minst en tid"),
        ([], {"kind": "extra", "channel": "drop_in"}, "Fyll i minst en tid"),
        ([part()], {}, "gäller hela dagen"),
        ([part()], {"kind": "as_usual"}, "gäller hela dagen"),
        ([part("14", "12")], {"kind": "part_closed"}, "stänger nästa dag"),
        ([part()], {"kind": "extra"}, "ett sätt att nå"),
        (
            [part()],
            {"kind": "replaced", "channel": "drop_in", "last_day": "2026-11-24"},
            "som en säsong",
        ),
        ([], {"last_day": "2026-11-22"}, "Sista dagen ligger före första dagen."),
        ([], {"kind": ""}, "måste fyllas i"),
        ([], {"first_day": "i dag"}, "Skriv datumet så här"),
        ([], {"service_at_centre": ""}, "måste fyllas i"),
    ],
)
def test_exception_that_cannot_be_is_refused(client, room, teacher, slots, fields, says):
    client.force_login(teacher)
    data = exception_data(room, *slots, **fields)
    response = client.post(page(ScheduleException, "add"), data)
    assert says in errors_of(response)
    assert not ScheduleException.objects.exists()


def test_twin_exception_is_refused(client, room, teacher):
    client.force_login(teacher)
    make_exception(room)
    response = client.post(page(ScheduleException, "add"), exception_data(room))
    assert "”Stängt” finns redan för 23 november 2026" in errors_of(response)


def test_last_slot_of_an_exception_cannot_be_ticked_away(client, room, teacher):
    client.force_login(teacher)
    exception = make_exception(room, kind="part_closed", slots=["12-14"])
    row = part(id=exception.slots.get().pk, exception=exception.pk, DELETE="on")
    data = exception_data(room, kind="part_closed") | inline("slots", row, initial=1)
    assert "Fyll i minst en tid" in errors_of(client.post(change(exception), data))
    assert exception.slots.count() == 1


def test_closed_exception_of_the_house_cannot_become_extra_hours(client, room, coordinator):
    """The house is not in the form any more; what must hold of it holds all the same."""
    client.force_login(coordinator)
    exception = make_exception(room.centre)
    data = exception_data(room.centre, part(), kind="extra", channel="drop_in")
    assert "går det bara att stänga" in errors_of(client.post(change(exception), data))


def test_exception_of_a_foreign_room_is_refused(client, clinic, teacher):
    client.force_login(teacher)
    response = client.post(page(ScheduleException, "add"), exception_data(clinic))
    assert "giltigt" in errors_of(response)
    assert not ScheduleException.objects.exists()


def test_editor_does_not_close_the_house(client, room, teacher):
    """A field slipped in is not read."""
    client.force_login(teacher)
    assert 'name="centre"' not in client.get(page(ScheduleException, "add")).content.decode()
    client.post(page(ScheduleException, "add"), exception_data(room.centre))
    client.post(page(ScheduleException, "add"), exception_data(room, centre=room.centre.pk))
    assert not room.centre.exceptions.exists()


def test_coordinator_closes_the_house(client, room, coordinator):
    client.force_login(coordinator)
    response = client.post(page(ScheduleException, "add"), exception_data(room.centre))
    assert response.status_code == 302
    assert room.centre.exceptions.count() == 1


@pytest.fixture
def closing_a_week(room):
    """A week to close, with extra hours on its Wednesday."""
    make_exception(room, kind="extra", first_day=date(2026, 11, 25), slots=["17-19"])
    return exception_data(room, last_day="2026-11-29")


def test_closing_over_extra_hours_asks_once(client, teacher, closing_a_week):
    client.force_login(teacher)
    response = client.post(page(ScheduleException, "add"), closing_a_week)
    assert "öppen förskola, extra öppet 25 november 2026" in errors_of(response)
    assert '<input type="radio" name="narrower" value="close"' in response.content.decode()
    assert response.context["adminform"].form["narrower"].value() == "close"
    assert ScheduleException.objects.count() == 1


def test_answering_close_closes_the_extra_hours_too(client, teacher, closing_a_week):
    client.force_login(teacher)
    data = closing_a_week | {"narrower": "close"}
    response = client.post(page(ScheduleException, "add"), data, follow=True)
    assert "Det här är också stängt nu" in response.content.decode()
    wednesday = ScheduleException.objects.filter(kind="closed", first_day=date(2026, 11, 25))
    assert wednesday.count() == 1


def test_answering_keep_leaves_the_extra_hours(client, teacher, closing_a_week):
    client.force_login(teacher)
    client.post(page(ScheduleException, "add"), closing_a_week | {"narrower": "keep"})
    assert ScheduleException.objects.filter(kind="closed").count() == 1


def test_new_reason_for_a_closing_asks_nothing(client, room, teacher, closing_a_week):
    client.force_login(teacher)
    exception = make_exception(room, last_day=date(2026, 11, 29))
    response = client.post(change(exception), closing_a_week | {"note": "Vi är sjuka."})
    assert response.status_code == 302
    assert ScheduleException.objects.filter(kind="closed").count() == 1


def test_closing_with_nothing_narrower_asks_nothing(client, room, teacher):
    client.force_login(teacher)
    html = client.get(page(ScheduleException, "add")).content.decode()
    assert 'name="narrower"' not in html
    data = exception_data(room, last_day="2026-11-29")
    assert client.post(page(ScheduleException, "add"), data).status_code == 302


def test_row_for_hours_left_empty_is_no_obstacle(client, room, teacher, closing_a_week):
    client.force_login(teacher)
    empty = inline("slots", part("", ""))
    data = closing_a_week | empty | {"narrower": "close"}
    assert client.post(page(ScheduleException, "add"), data).status_code == 302
    assert ScheduleException.objects.filter(kind="closed").count() == 2


@pytest.mark.parametrize(
    ("when", "listed"), [("ahead", ["Evig", "Framtid"]), ("past", ["Förr"]), ("junk", 3), (None, 3)]
)
def test_exceptions_are_listed_by_when_they_are(client, room, teacher, when, listed):
    client.force_login(teacher)
    make_exception(room, note="Förr", first_day=date(2020, 1, 1))
    make_exception(room, note="Evig", first_day=date(2020, 1, 2), last_day=None)
    make_exception(room, note="Framtid", first_day=date(2099, 1, 1))
    response = client.get(page(ScheduleException, "changelist"), {"when": when} if when else {})
    notes = [exception.note for exception in response.context["cl"].result_list]
    assert notes == listed or len(notes) == listed


# --- Rooms and people ----------------------------------------------------------------------------
def room_data(room, **fields) -> dict:
    return {
        "centre": room.centre_id,
        "service": room.service_id,
        "organisation": room.organisation_id,
        "phone": room.phone,
        "email": "",
        "booking_url": "",
        "languages": ["sv"],
        **inline("texts"),
        **inline("contact_people"),
        **fields,
    }


def test_phone_of_the_own_room_is_changed_and_tidied(client, room, teacher):
    client.force_login(teacher)
    response = client.post(change(room), room_data(room, phone="+46 (0)31 3650001"))
    assert response.status_code == 302
    room.refresh_from_db()
    assert room.phone == "031-365 00 01"


def test_phone_that_is_none_is_refused(client, room, teacher):
    client.force_login(teacher)
    response = client.post(change(room), room_data(room, phone="fråga i receptionen"))
    assert "är inget telefonnummer" in errors_of(response)


def test_phone_in_other_digits_is_kept_in_those_of_a_dial(client, room, teacher):
    client.force_login(teacher)
    assert client.post(change(room), room_data(room, phone="٠٣١-٣٦٥٠٠٠١")).status_code == 302
    room.refresh_from_db()
    assert room.phone == "031-365 00 01"


def test_booking_link_that_no_browser_opens_is_refused(client, room, teacher):
    client.force_login(teacher)
    response = client.post(change(room), room_data(room, booking_url="ftp://1177.se"))
    assert "https:// eller http://" in errors_of(response)


def test_booking_link_without_a_scheme_is_https(client, room, teacher):
    client.force_login(teacher)
    client.post(change(room), room_data(room, booking_url="1177.se"))
    room.refresh_from_db()
    assert room.booking_url == "https://1177.se"


def test_room_is_not_handed_to_another_house_or_organisation(client, room, clinic, teacher):
    """Fields slipped in are not read."""
    client.force_login(teacher)
    data = room_data(room, organisation=clinic.organisation_id, centre=make_centre().pk)
    assert client.post(change(room), data).status_code == 302
    before = (room.organisation_id, room.centre_id)
    room.refresh_from_db()
    assert (room.organisation_id, room.centre_id) == before


def test_foreign_room_is_shown_and_not_changed(client, clinic, teacher):
    client.force_login(teacher)
    assert client.get(change(clinic)).status_code == 200
    assert client.post(change(clinic), room_data(clinic, phone="0313650009")).status_code == 403


def test_editor_neither_adds_nor_removes_a_room(client, room, teacher):
    client.force_login(teacher)
    data = room_data(room, service=make_service("library").pk)
    assert client.post(page(ServiceAtCentre, "add"), data).status_code == 403
    assert client.post(page(room, "delete", room.pk), {"post": "yes"}).status_code == 403


def test_second_room_of_a_kind_is_refused(client, room, coordinator):
    client.force_login(coordinator)
    response = client.post(page(ServiceAtCentre, "add"), room_data(room))
    assert "Verksamheten finns redan i det här huset." in errors_of(response)


def test_room_that_somebody_else_has_just_added_is_refused(client, room, coordinator, monkeypatch):
    """Both found the place free; the second is told when its row meets the first one's."""
    client.force_login(coordinator)
    look, blind = ServiceAtCentre.validate_constraints, [True]
    admin_page = admin.site.get_model_admin(ServiceAtCentre)

    def write(*args):
        blind.clear()
        return type(admin_page).write_model(admin_page, *args)

    monkeypatch.setattr(
        ServiceAtCentre,
        "validate_constraints",
        lambda self, exclude=None: None if blind else look(self, exclude),
    )
    monkeypatch.setattr(admin_page, "write_model", write, raising=False)
    response = client.post(page(ServiceAtCentre, "add"), room_data(room))
    assert not blind
    assert "Verksamheten finns redan i det här huset." in errors_of(response)


def test_room_shows_its_hours_as_readers_will_see_them(client, room, teacher):
    client.force_login(teacher)
    make_schedule(room, slots=["mon 9-15", "tue 9-15", "wed 13-16 odd"])
    make_exception(room, first_day=date(2099, 1, 2), note="Vi flyttar.")
    html = client.get(change(room)).content.decode()
    assert html.count("Måndag och tisdag 9–15, udda veckor även onsdag 13–16") == 2
    assert "9.00–15.00" in html
    assert "2 januari 2099" in html
    assert "Vi flyttar." in html


def test_room_without_hours_says_that_they_are_unknown(client, room, teacher):
    client.force_login(teacher)
    assert "Tiderna är inte kända." in client.get(change(room)).content.decode()


def test_room_in_a_house_not_in_use_says_that_readers_see_no_hours(client, coordinator):
    client.force_login(coordinator)
    room = make_service_at_centre(centre=make_centre(status="building"))
    make_schedule(room, slots=["mon 9-15"])
    assert "Huset är inte i drift." in client.get(change(room)).content.decode()


def test_schedule_that_begins_later_shows_its_first_week(client, room, teacher):
    client.force_login(teacher)
    schedule = make_schedule(room, slots=["thu 9-12"], valid_from=date(2099, 1, 1))
    html = client.get(change(schedule)).content.decode()
    assert "Torsdag 9–12" in html
    assert "torsdag 1 januari" in html
    assert "(i dag)" not in html


def test_shortcut_fills_in_the_room(client, room, teacher):
    client.force_login(teacher)
    link = f"{page(Schedule, 'add')}?service_at_centre={room.pk}"
    assert link in client.get(change(room)).content.decode()
    assert f'<option value="{room.pk}" selected>' in client.get(link).content.decode()


def person(**fields) -> dict:
    names = ("role", "approved_on", "name", "phone", "languages")
    return {**dict.fromkeys(names, ""), "role": "förskollärare", **fields}


def test_person_is_named_only_with_approval(client, room, teacher):
    client.force_login(teacher)
    data = room_data(room, **inline("contact_people", person(name="Anna Exempel")))
    assert "vilken dag personen godkände" in errors_of(client.post(change(room), data))
    assert not ContactPerson.objects.exists()


def test_approval_still_to_come_is_none(client, room, teacher):
    client.force_login(teacher)
    tomorrow = timezone.localdate() + timedelta(days=1)
    row = person(name="Anna Exempel", approved_on=tomorrow.isoformat())
    response = client.post(change(room), room_data(room, **inline("contact_people", row)))
    assert "kan inte ligga i framtiden" in errors_of(response)
    assert not ContactPerson.objects.exists()


def test_emptied_approval_removes_the_personal_details(client, room, teacher):
    client.force_login(teacher)
    anna = make_contact_person(room, name="Anna Exempel", approved_on=date(2026, 1, 1))
    row = person(id=anna.pk, service_at_centre=room.pk, name="Anna Exempel")
    client.post(change(room), room_data(room, **inline("contact_people", row, initial=1)))
    anna.refresh_from_db()
    assert (anna.name, anna.approved_on) == ("", None)


def test_personal_details_are_in_no_log(client, room, teacher):
    client.force_login(teacher)
    row = person(name="Anna Exempel", phone="0313650002", approved_on="2026-01-01")
    data = room_data(room, **inline("contact_people", row))
    assert client.post(change(room), data).status_code == 302
    anna = ContactPerson.objects.get()
    client.post(page(anna, "delete", anna.pk), {"post": "yes"})
    logged = str(list(LogEntry.objects.values())) + str(list(ContactPerson.history.values()))
    assert "Anna" not in logged
    assert "365 00 02" not in logged


def test_details_of_several_people_are_removed_at_once(client, room, clinic, teacher):
    client.force_login(teacher)
    approved = {"name": "Anna Exempel", "approved_on": date(2026, 1, 1)}
    people = [make_contact_person(room, **approved), make_contact_person(clinic, **approved)]
    chosen = {"action": "remove_details", "_selected_action": [person.pk for person in people]}
    html = client.post(page(ContactPerson, "changelist"), chosen, follow=True).content.decode()
    assert "Personuppgifterna är borttagna för 1 person." in html
    assert "Några rader får du inte ändra." in html
    assert [ContactPerson.objects.get(pk=p.pk).name for p in people] == ["", "Anna Exempel"]


# --- Houses --------------------------------------------------------------------------------------
def centre_data(centre, **fields) -> dict:
    return {
        "name": centre.name,
        "slug": centre.slug,
        "also_known_as": "",
        "kind": centre.kind,
        "district": centre.district_id,
        "status": centre.status,
        "step_free_entrance": "unknown",
        "street": "",
        **inline("texts"),
        **inline("services_here"),
        **inline("notices"),
        **inline("former_slugs"),
        **fields,
    }


def test_editor_changes_facts_of_the_own_house(client, room, teacher):
    client.force_login(teacher)
    data = centre_data(room.centre, street="Vintergatan 1A", nappy_table="True", own_food="")
    assert client.post(change(room.centre), data).status_code == 302
    centre = FamilyCentre.objects.get()
    assert (centre.street, centre.nappy_table, centre.own_food) == ("Vintergatan 1A", True, None)
    assert centre.history.first().history_user == teacher


def test_planning_of_the_own_house_is_not_changed_by_an_editor(client, room, teacher):
    """Fields slipped in are not read."""
    client.force_login(teacher)
    planned = {"name": "Kapad", "slug": "kapad", "status": "closed", "kind": "mobile"}
    assert client.post(change(room.centre), centre_data(room.centre, **planned)).status_code == 302
    centre = FamilyCentre.objects.get()
    assert centre.name != "Kapad"
    assert (centre.slug, centre.status, centre.kind) == (
        room.centre.slug,
        "open",
        "family_centre",
    )


def test_foreign_house_is_not_changed(client, teacher):
    client.force_login(teacher)
    centre = make_centre()
    assert client.post(change(centre), centre_data(centre, street="Här")).status_code == 403


def test_house_with_a_wrong_inline_is_not_saved_at_all(client, room, coordinator):
    client.force_login(coordinator)
    notice = {"heading": "", "body": "Mer", "severity": "info", "starts_at_0": "2026-11-23"}
    data = centre_data(room.centre, name="Nytt namn", **inline("notices", notice))
    assert "måste fyllas i" in errors_of(client.post(change(room.centre), data))
    assert FamilyCentre.objects.get().name == room.centre.name
    assert not Notice.objects.exists()


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({"latitude": "59.33", "longitude": "18.06"}, "Punkten ligger utanför Göteborgsområdet."),
        ({"latitude": "11.97", "longitude": "57.70"}, "Har de bytt plats?"),
        ({"latitude": "57.7"}, "Ange både latitud och longitud"),
        ({"latitude": "nord", "longitude": "12"}, "Fyll i ett tal."),
        ({"latitude": "1e999999", "longitude": "NaN"}, "Fyll i ett tal."),
        ({"postcode": "42433"}, "Skriv postnumret så här: 424 33."),
        ({"postcode": "٤٢٤ ٣٣"}, "Skriv postnumret så här: 424 33."),
        (
            {
                "status_since": "2026-12-01",
                "next_status": "closed",
                "next_status_on": "2026-11-01",
                "next_status_certainty": "decided",
            },
            "Nästa läge måste börja senare",
        ),
        ({"next_status": "closed"}, "från vilken dag det gäller och hur säker"),
        ({"step_free_entrance": ""}, "måste fyllas i"),
    ],
)
def test_house_that_cannot_be_is_refused(client, coordinator, fields, says):
    client.force_login(coordinator)
    centre = make_centre()
    assert says in errors_of(client.post(change(centre), centre_data(centre, **fields)))


def test_point_of_a_house_is_taken_with_commas_and_all_decimals_of_a_map(client, coordinator):
    client.force_login(coordinator)
    centre = make_centre()
    point = {"latitude": " 57,7", "longitude": "12.03166666667"}
    assert client.post(change(centre), centre_data(centre, **point)).status_code == 302
    centre.refresh_from_db()
    assert (str(centre.latitude), str(centre.longitude)) == ("57.700000", "12.031667")


def test_name_and_address_that_are_taken_say_what_to_do(client, coordinator):
    client.force_login(coordinator)
    centre, other = make_centre(), make_centre()
    data = centre_data(centre, name=other.name, slug=other.slug)
    says = errors_of(client.post(change(centre), data))
    assert "Det finns redan en familjecentral med det namnet." in says
    assert "En annan familjecentral har adressen. Välj en annan." in says


def test_every_value_that_must_be_unique_has_words_of_its_own():
    """Django's own words make sentences such as ”Familjecentral med detta Adress finns redan.”"""
    for model in admin.site._registry:
        for field in model._meta.get_fields():
            if getattr(field, "unique", False) and field.editable and not field.primary_key:
                assert field.error_messages["unique"] != Field.default_error_messages["unique"], (
                    field
                )


@pytest.mark.parametrize("status", ["open", "idea"])
def test_address_that_a_house_has_now_is_no_former_one(client, coordinator, status):
    client.force_login(coordinator)
    live, centre = make_centre(slug="nu", status=status), make_centre(slug="egen")
    for slug in (live.slug, centre.slug):
        data = centre_data(centre, **inline("former_slugs", {"slug": slug}))
        assert "som har den nu. Välj en annan." in errors_of(client.post(change(centre), data))
    both = centre_data(centre, slug="ny", **inline("former_slugs", {"slug": "ny"}))
    assert "som har den nu. Välj en annan." in errors_of(client.post(change(centre), both))
    assert not FormerSlug.objects.exists()


def test_changed_address_of_a_house_keeps_leading_there(client, coordinator):
    client.force_login(coordinator)
    centre = make_centre(slug="gamla")
    assert client.post(change(centre), centre_data(centre, slug="nya")).status_code == 302
    assert FormerSlug.objects.get().slug == "gamla"
    other = make_centre()
    response = client.post(change(other), centre_data(other, slug="gamla"))
    assert "Välj en annan" in errors_of(response)


def test_house_is_added_with_a_text_and_a_notice(client, coordinator):
    client.force_login(coordinator)
    notice = {
        "heading": "Vi öppnar snart",
        "body": "",
        "severity": "info",
        "starts_at_0": "2026-11-23",
        "starts_at_1": "8.30",
        "ends_at_0": "",
        "ends_at_1": "",
    }
    fresh = FamilyCentre(name="Ny", slug="ny", district=make_district(), status="building")
    data = centre_data(
        fresh,
        **inline("texts", {"language": "sv", "summary": "Ett nytt hus."}),
        **inline("notices", notice),
    )
    assert client.post(page(FamilyCentre, "add"), data).status_code == 302
    centre = FamilyCentre.objects.get()
    assert centre.text.summary == "Ett nytt hus."
    assert str(centre.notices.get()) == "Vi öppnar snart"
    assert centre.notices.get().starts_at == stockholm(2026, 11, 23, 8, 30)


def test_room_is_added_from_its_house_with_languages(client, coordinator):
    client.force_login(coordinator)
    centre = make_centre()
    link = f"{page(ServiceAtCentre, 'add')}?centre={centre.pk}"
    assert link in client.get(change(centre)).content.decode()
    room = ServiceAtCentre(centre=centre, service=make_service(), organisation=make_organisation())
    refused = client.post(link, room_data(room, languages=[]))
    assert "Välj minst ett språk" in errors_of(refused)
    client.post(link, room_data(room, languages=["sv", "ar"]))
    assert ServiceAtCentre.objects.get().languages == ["sv", "ar"]


def test_second_text_in_a_language_is_refused(client, coordinator):
    client.force_login(coordinator)
    centre = make_centre()
    texts = inline("texts", *[{"language": "sv", "summary": f"Text {n}."} for n in (1, 2)])
    response = client.post(change(centre), centre_data(centre, **texts))
    assert response.status_code == 200
    assert centre.texts.count() == 0
    make_centre_text(centre)
    texts = inline("texts", {"language": "sv", "summary": "Ännu en."})
    assert "Det finns redan en text" in errors_of(
        client.post(change(centre), centre_data(centre, **texts))
    )


# --- Notices -------------------------------------------------------------------------------------
def notice_data(target, **fields) -> dict:
    field = "centre" if isinstance(target, FamilyCentre) else "service_at_centre"
    return {
        field: target.pk,
        "heading": "Vi har fått ny entré",
        "body": "",
        "severity": "info",
        "starts_at_0": "2026-11-23",
        "starts_at_1": "9",
        "ends_at_0": "",
        "ends_at_1": "",
        **inline("texts"),
        **fields,
    }


def test_notice_is_written_and_rewritten(client, room, teacher):
    client.force_login(teacher)
    assert client.post(page(Notice, "add"), notice_data(room)).status_code == 302
    notice = Notice.objects.get()
    client.post(change(notice), notice_data(room, heading="Entrén är klar", body="Kom in!"))
    text = notice.texts.get()
    assert (text.language, text.heading, text.body) == ("sv", "Entrén är klar", "Kom in!")


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({"heading": ""}, "måste fyllas i"),
        ({"ends_at_0": "2026-11-22", "ends_at_1": "9"}, "måste vara senare än ”visas från”"),
        ({"starts_at_1": "nio"}, "Skriv klockslaget så här"),
        ({"starts_at_0": "0001-01-01"}, "Kontrollera årtalet."),
        ({"ends_at_0": "9999-12-31", "ends_at_1": "9"}, "Kontrollera årtalet."),
        ({"service_at_centre": ""}, "Välj antingen hela huset eller en verksamhet."),
    ],
)
def test_notice_that_cannot_be_is_refused(client, room, teacher, fields, says):
    client.force_login(teacher)
    assert says in errors_of(client.post(page(Notice, "add"), notice_data(room, **fields)))
    assert not Notice.objects.exists()


def test_notice_about_both_house_and_room_is_refused(client, room, coordinator):
    client.force_login(coordinator)
    response = client.post(page(Notice, "add"), notice_data(room, centre=room.centre.pk))
    assert "Välj antingen hela huset eller en verksamhet." in errors_of(response)


def test_notice_about_a_foreign_house_is_refused(client, teacher):
    client.force_login(teacher)
    response = client.post(page(Notice, "add"), notice_data(make_centre()))
    assert "giltigt" in errors_of(response)


def test_foreign_notice_is_shown_with_its_words(client, clinic, teacher):
    client.force_login(teacher)
    notice = make_notice(clinic, heading="Kön är lång")
    html = client.get(change(notice)).content.decode()
    assert html.count("Kön är lång") >= 2
    assert 'name="_save"' not in html


# --- Confirmations -------------------------------------------------------------------------------
def confirmation_data(target, **fields) -> dict:
    field = "centre" if isinstance(target, FamilyCentre) else "service_at_centre"
    return {
        field: target.pk,
        "fact_group": "contact",
        "channel": "",
        "origin": "staff",
        "confirmed_at_0": "2026-11-20",
        "confirmed_at_1": "9",
        **fields,
    }


def test_confirmation_is_by_the_one_who_makes_it(client, room, teacher, coordinator):
    client.force_login(teacher)
    other = {"confirmed_by": coordinator.pk}
    client.post(page(Confirmation, "add"), confirmation_data(room, **other))
    assert Confirmation.objects.get().confirmed_by == teacher


def test_changed_source_does_not_make_a_confirmation_ones_own(client, room, teacher, coordinator):
    client.force_login(teacher)
    confirmation = make_confirmation(room, fact_group="contact", confirmed_by=coordinator)
    moment = {"confirmed_at_0": "2026-11-20", "confirmed_at_1": "9"}
    client.post(change(confirmation), confirmation_data(room, source="Anna ringde", **moment))
    confirmation.refresh_from_db()
    assert (confirmation.source, confirmation.confirmed_by) == ("Anna ringde", coordinator)


def test_emptied_confirmation_is_by_nobody(client, room, teacher):
    client.force_login(teacher)
    confirmation = make_confirmation(room, fact_group="contact", confirmed_by=teacher)
    nothing = {"confirmed_at_0": "", "confirmed_at_1": ""}
    client.post(change(confirmation), confirmation_data(room, **nothing))
    confirmation.refresh_from_db()
    assert (confirmation.confirmed_at, confirmation.confirmed_by) == (None, None)


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({"fact_group": "hours"}, "ett sätt att nå den"),
        ({"channel": "phone"}, "andra uppgifter utan sätt"),
        ({"confirmed_at_0": "2099-01-01"}, "kan inte ligga i framtiden"),
        ({"source_url": "ftp://goteborg.se/tider"}, "https:// eller http://"),
    ],
)
def test_confirmation_that_cannot_be_is_refused(client, room, teacher, fields, says):
    client.force_login(teacher)
    data = confirmation_data(room, **fields)
    assert says in errors_of(client.post(page(Confirmation, "add"), data))


def test_second_confirmation_of_the_same_facts_is_refused(client, room, teacher):
    client.force_login(teacher)
    make_confirmation(room, fact_group="contact")
    response = client.post(page(Confirmation, "add"), confirmation_data(room))
    assert "Uppgifterna har redan en bekräftelse." in errors_of(response)


def test_several_facts_are_confirmed_at_once_but_for_foreign_ones(client, room, clinic, teacher):
    client.force_login(teacher)
    own, foreign = make_confirmation(room, confirmed_at=None), make_confirmation(clinic)
    chosen = {"action": "confirm_today", "_selected_action": [own.pk, foreign.pk]}
    html = client.post(page(Confirmation, "changelist"), chosen, follow=True).content.decode()
    assert "1 uppgift bekräftad." in html
    assert "Några rader får du inte ändra." in html
    own.refresh_from_db()
    foreign.refresh_from_db()
    assert (own.confirmed_by, foreign.confirmed_by) == (teacher, None)


# --- Searching for a room or a house in a form ---------------------------------------------------
@pytest.mark.parametrize(
    ("model", "field"),
    [("schedule", "service_at_centre"), ("notice", "centre"), ("notice", "service_at_centre")],
)
def test_search_in_a_form_offers_only_what_one_may_change(
    client, room, clinic, teacher, coordinator, model, field
):
    make_service_at_centre()
    query = {"app_label": "centres", "model_name": model, "field_name": field, "term": ""}
    offered = {}
    for user in (teacher, coordinator):
        client.force_login(user)
        offered[user] = client.get(reverse("admin:autocomplete"), query).json()["results"]
    own = room.centre if field == "centre" else room
    assert [result["id"] for result in offered[teacher]] == [str(own.pk)]
    assert len(offered[coordinator]) == (2 if field == "centre" else 3)


def test_lists_show_all_houses_also_to_an_editor(client, room, teacher):
    client.force_login(teacher)
    elsewhere = make_centre(name="Familjecentralen Långt borta")
    assert elsewhere.name in client.get(page(FamilyCentre, "changelist")).content.decode()


def test_history_of_a_room_names_who_and_what(client, room, teacher):
    client.force_login(teacher)
    client.post(change(room), room_data(room, phone="031-365 00 77"))
    html = client.get(page(room, "history", room.pk)).content.decode()
    assert str(teacher) in html
    assert "Telefon" in html
    assert "031-365 00 77" in html


# --- Places --------------------------------------------------------------------------------------
def test_place_outside_the_region_is_refused(client, coordinator):
    client.force_login(coordinator)
    place = {"name": "Långt borta", "kind": "torg", "district": make_district().pk}
    data = place | {"latitude": "0", "longitude": "99.999999"}
    assert "utanför Göteborgsområdet" in errors_of(client.post(page(Place, "add"), data))
    data = place | {"latitude": "57,7", "longitude": "11,97"}
    assert client.post(page(Place, "add"), data).status_code == 302
    with pytest.raises(IntegrityError), transaction.atomic():
        Place.objects.update(latitude=0)


def test_day_left_empty_is_that_one_day_and_without_end_is_ticked(client, room, teacher):
    client.force_login(teacher)
    data = exception_data(room, last_day="")
    assert client.post(page(ScheduleException, "add"), data).status_code == 302
    assert ScheduleException.objects.get().last_day == date(2026, 11, 23)
    data = exception_data(room, first_day="2026-12-01", last_day="", until_further_notice="on")
    assert client.post(page(ScheduleException, "add"), data).status_code == 302
    assert ScheduleException.objects.get(first_day=date(2026, 12, 1)).last_day is None


def test_last_day_and_without_end_exclude_each_other(client, room, teacher):
    client.force_login(teacher)
    data = exception_data(room, until_further_notice="on")
    response = client.post(page(ScheduleException, "add"), data)
    assert "inte båda" in errors_of(response)
    assert not ScheduleException.objects.exists()


def test_box_for_without_end_is_not_shown_to_those_who_only_look(client, room):
    exception = make_exception(room)
    client.force_login(make_user(centres=[room.centre]))
    html = client.get(change(exception)).content.decode()
    assert "until_further_notice" not in html
    assert "Tills vidare" not in html
