"""Pasting a programme: read, looked through, and saved all or nothing."""

from datetime import date, time

import pytest

from centres.known_venues import KnownVenues
from centres.models import (
    Activity,
    Confirmation,
    OccurrenceChange,
    Recurrence,
    Schedule,
    ScheduleException,
    TimeSlot,
)
from tests.factories import make_activity, make_change, make_district, make_venue

from .people import filled, signed_in, words_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_eight")]

TEXT = """Hej alla familjer! Vi ses igen måndag 11 januari.
Lunch 11.30-12.30 för den som har matsäck
Måndag
9-12 Öppet 0-6 år, sång 10.30
Tisdag
13-15 Spädbarnsmassage, anmälan
Stängt fredag 12/2, planeringsdag
Ons 16/12 inget babyöppet
Sommarstängt v 28-32"""


def address(people) -> str:
    return f"{people.home}{people.preschool.service.slug}/klistra-in/"


def read(client, people, text=TEXT):
    return client.post(address(people), {"text": text, "do": "read"})


def form_of(page) -> dict:
    rows = page.context["rows"]
    return filled(page, page.context["form"], rows.management_form, *rows)


def save(client, people, page, **answers):
    data = form_of(page) | {"do": "save"} | answers
    return client.post(address(people), data, follow=True)


@pytest.fixture
def teacher(people):
    return signed_in(people.teacher)


def test_every_line_stands_beside_what_it_gives(people, teacher):
    page = read(teacher, people)
    said = words_of(page)
    assert all(line in said for line in TEXT.splitlines())
    assert "Vilken dag gäller det? Raden gav inget förslag." in said
    data = form_of(page)
    assert (data["rows-0-name"], data["rows-0-becomes"]) == ("Öppet", "hours")
    assert (data["rows-1-name"], data["rows-1-becomes"]) == ("Spädbarnsmassage", "activity")
    assert (data["first_day"], data["last_day"]) == ("2027-01-11", "2027-07-11")
    assert not Schedule.objects.filter(valid_from=date(2027, 1, 11)).exists()


def test_a_row_that_lacks_something_is_not_ticked(people, teacher):
    data = form_of(read(teacher, people))
    ticked = {data[f"rows-{n}-name"] for n in range(5) if f"rows-{n}-include" in data}
    assert ticked == {"Öppet", "Spädbarnsmassage", "Planeringsdag", "Sommarstängt"}


def test_saved_are_hours_activities_and_closed_days_that_wait(people, teacher):
    page = save(teacher, people, read(teacher, people))
    assert "4 rader är sparade. " in words_of(page)
    assert "De är inte bekräftade än." in words_of(page)
    slot = TimeSlot.objects.get(schedule__valid_from=date(2027, 1, 11))
    assert (slot.weekday, slot.opens_at, slot.closes_at) == (1, time(9), time(12))
    assert (slot.label, slot.max_age_months) == ("Öppet, sång 10.30", 83)
    assert slot.schedule.awaits_confirmation
    old = people.preschool.schedules.order_by("valid_from").first()
    assert old.valid_to == date(2027, 1, 10)
    activity = Activity.objects.get()
    assert (str(activity), activity.admission) == ("Spädbarnsmassage", "sign_up")
    recurrence = Recurrence.objects.get()
    assert (recurrence.first_day, recurrence.last_day) == (date(2027, 1, 11), date(2027, 7, 11))
    assert recurrence.awaits_confirmation
    planning, summer = ScheduleException.objects.order_by("first_day")
    assert (planning.first_day, planning.reason) == (date(2027, 2, 12), "planning")
    assert (summer.first_day, summer.last_day) == (date(2027, 7, 12), date(2027, 8, 15))


def test_ticked_as_right_it_is_confirmed(people, teacher):
    save(teacher, people, read(teacher, people), is_confirmed="on")
    assert not Schedule.objects.filter(awaits_confirmation=True).exists()
    assert not Recurrence.objects.filter(awaits_confirmation=True).exists()
    groups = set(Confirmation.objects.values_list("fact_group", flat=True))
    assert groups >= {"hours", "activities"}


def test_sent_twice_it_is_saved_once(people, teacher):
    page = read(teacher, people)
    save(teacher, people, page)
    assert "Raderna är redan sparade." in words_of(save(teacher, people, page))
    assert (Activity.objects.count(), ScheduleException.objects.count()) == (1, 2)


def test_a_wrong_row_is_named_and_nothing_is_saved(people, teacher):
    page = save(teacher, people, read(teacher, people), **{"rows-0-ends_at": "08:00"})
    assert "Sluttiden måste vara senare än starttiden." in words_of(page)
    assert not Activity.objects.exists()


def test_what_an_action_refuses_is_said_at_its_row(people, teacher):
    ages = {"rows-1-max_age_months": "8"}
    page = save(teacher, people, read(teacher, people), **ages)
    assert "Ange om syskon är välkomna eller inte." in words_of(page)
    assert not ScheduleException.objects.exists()
    assert not Schedule.objects.filter(valid_from=date(2027, 1, 11)).exists()


def test_hours_that_clash_are_refused(people, teacher):
    page = save(teacher, people, read(teacher, people), ends_old="")
    assert "Här finns redan ordinarie tider" in words_of(page)
    assert not Activity.objects.exists()


def test_hours_with_days_of_their_own_are_not_lost(people, teacher):
    text = "Gäller från 11 januari.\nfre 10-12 öppet\nons 13-15 lek fr.o.m. v 10"
    page = read(teacher, people, text)
    data = form_of(page)
    assert (data["rows-0-becomes"], data.get("rows-0-first_day")) == ("hours", None)
    assert (data["rows-1-becomes"], data["rows-1-first_day"]) == ("activity", "2027-03-08")
    page = save(teacher, people, page, **{"rows-1-becomes": "hours"})
    assert "Öppettider gäller hela terminen." in words_of(page)


def test_a_line_that_gave_nothing_becomes_a_row(people, teacher):
    typed = form_of(read(teacher, people)) | {"rows-0-name": "Lek", "do": "row-of-2"}
    page = teacher.post(address(people), typed)
    data = form_of(page)
    assert data["rows-0-name"] == "Lek"
    assert data["rows-5-name"].startswith("Lunch 11.30")
    saved = save(
        teacher, people, page,
        **{"rows-5-weekday": "3", "rows-5-starts_at": "11:30", "rows-5-ends_at": "12:30"},
    )  # fmt: skip
    assert "5 rader är sparade." in words_of(saved)


def test_a_cancelled_session_closes_its_part_of_the_day(people, teacher):
    page = read(teacher, people, "Ons 16/12 kl 13-15 inget babyöppet")
    save(teacher, people, page)
    exception = ScheduleException.objects.get()
    assert (exception.kind, exception.first_day) == ("part_closed", date(2026, 12, 16))
    assert exception.note == "Babyöppet är inställt."


# --- Dates of activities -------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("Babycafé", "Ons 16/12 kl 13-15 inget babycafé"),
        ("Babycafé", "Babycaféet onsdag 16 december kl 13-15 är inställt"),
        ("Babycafé i Hjällbo", "Ons 16/12 kl 13-15 inget babycafé"),
    ],
)
def test_a_cancelled_activity_closes_nothing_else(people, teacher, name, text):
    activity = make_activity(people.preschool, name=name, when=["wed 13-15"])
    make_activity(people.preschool, name="Sångstund", when=["wed 13-14"])
    page = read(teacher, people, text)
    assert form_of(page)["rows-0-becomes"] == "cancelled"
    save(teacher, people, page)
    change = OccurrenceChange.objects.get()
    assert (change.activity, change.day, change.starts_at, change.kind) == (
        activity,
        date(2026, 12, 16),
        time(13),
        "cancelled",
    )
    assert change.history.get().history_user == people.teacher
    assert not ScheduleException.objects.exists()
    change.delete()
    assert "redan sparade" in words_of(save(teacher, people, page))
    assert not OccurrenceChange.objects.exists()


def test_a_cancelled_activity_needs_no_times(people, teacher):
    make_activity(people.preschool, name="Babyöppet", when=["wed 13-15", "wed 9-11"])
    page = read(teacher, people, "Ons 16/12 inget babyöppet")
    for _time in range(2):
        save(teacher, people, page, **{"rows-0-include": "on"})
    starts = sorted(OccurrenceChange.objects.values_list("starts_at", flat=True))
    assert starts == [time(9), time(13)]
    assert OccurrenceChange.history.count() == 2


def test_a_date_moved_before_is_cancelled_and_one_cancelled_keeps_its_reason(people, teacher):
    activity = make_activity(people.preschool, name="Babycafé", when=["wed 13-15"])
    make_change(activity, "2026-12-16 13", "2026-12-17 13-15")
    make_change(activity, "2026-12-23 13", reason="illness")
    page = read(teacher, people, "Ons 16/12 kl 13-15 inget babycafé")
    save(teacher, people, page, **{"rows-0-last_day": "2026-12-23"})
    rows = OccurrenceChange.objects.values_list("day", "kind", "reason")
    assert list(rows) == [
        (date(2026, 12, 16), "cancelled", ""),
        (date(2026, 12, 23), "cancelled", "illness"),
    ]


@pytest.mark.parametrize(
    ("fields", "day"),
    [({"status": "draft"}, "16/12"), ({"name": "Sångstund"}, "16/12"), ({}, "15/12")],
)
def test_without_an_activity_of_that_name_times_are_asked_for(people, teacher, fields, day):
    make_activity(people.preschool, **{"name": "Babycafé", "when": ["wed 13-15"], **fields})
    page = read(teacher, people, f"{day} inget babycafé")
    told = words_of(save(teacher, people, page, **{"rows-0-include": "on"}))
    assert "Ingen aktivitet som heter ”Babycafé” är planerad då." in told
    assert not ScheduleException.objects.exists()


@pytest.mark.parametrize(
    ("written", "is_known"),
    [("Hjällbo bibliotek", True), ("hjallbo  BIBLIOTEK", True), ("Plikta", False)],
)
def test_another_place_is_one_that_the_portal_knows(people, teacher, written, is_known):
    library = make_venue(name="Hjällbo bibliotek", street="Bondegatan 1")
    page = read(teacher, people, "Onsdagar 10-11 sagostund")
    data = {"rows-0-where": written, "last_day": "2027-06-11"}
    looked_at = teacher.post(
        address(people), form_of(page) | data | {"do": "save", "rows-0-ends_at": "08:00"}
    )
    said = words_of(looked_at)
    assert ("Platsen finns i portalen: Bondegatan 1." in said) == is_known
    assert ("finns inte i portalen" in said) != is_known
    save(teacher, people, page, **data)
    activity = Activity.objects.get()
    assert activity.venue == (library if is_known else None)
    assert activity.text.description == ("" if is_known else f"Plats: {written}.")


def test_of_two_places_of_one_name_the_one_in_the_district_is_meant(people):
    make_venue(name="Biblioteket", district=make_district("Centrum"))
    near = make_venue(name="Biblioteket", district=people.centre.district)
    venues = KnownVenues()
    assert venues.called("biblioteket", people.centre.district_id) == near
    assert venues.called("biblioteket", make_district("Askim").pk) is None
    assert venues.called("", people.centre.district_id) is None


def test_other_hours_on_a_date_replace_those_of_the_week(people, teacher):
    page = read(teacher, people, "torsdag 26/11 har vi öppet 10-12 i stället för 9-15")
    save(teacher, people, page)
    exception = ScheduleException.objects.get()
    assert exception.kind == "replaced"
    assert [str(slot) for slot in exception.slots.all()] == ["10.00–12.00"]


@pytest.mark.parametrize(
    "data",
    [
        {"text": ""},
        {"text": "mån\x009-12"},
        {"text": "mån 9-12", "do": "save"},
        {"text": "mån 9-12", "do": "row-of-9999999999"},
        {"text": "mån 9-12", "do": "row-of-" + "9" * 5000},
        {"text": "mån 9-12", "do": "row-of-1", "rows-TOTAL_FORMS": "1", "rows-0-line": "²"},
        {"text": "mån 9-12", "do": "row-of-1", "rows-TOTAL_FORMS": "1", "rows-0-line": "9" * 5000},
        {"text": "mån 9-12", "do": "row-of-²", "rows-TOTAL_FORMS": "²"},
        {"text": "mån 9-12", "do": "row-of-1", "rows-TOTAL_FORMS": "999999999"},
        {"text": "mån 9-12", "do": "save", "rows-TOTAL_FORMS": "99", "rows-INITIAL_FORMS": "0"},
        {"text": "mån 9-12 " * 3000, "do": "read"},
        {"text": "mån 9-12\n" * 3000, "do": "read"},
        {"text": "9" * 20000, "do": "read"},
        {"text": "mån 9-12", "do": "row-of-1", "rows-TOTAL_FORMS": "1", "rows-0-line": "x"},
    ],
)
def test_junk_is_answered_with_a_page(people, teacher, data):
    assert teacher.post(address(people), data).status_code == 200


def test_a_long_text_says_what_is_left_out(people, teacher):
    page = read(teacher, people, "mån 9-12\n" * 3000)
    assert "Bara de första 20 000 tecknen är med" in words_of(page)
    assert "rader för mycket" in words_of(page)


def test_another_organisations_room_is_refused(people):
    assert signed_in(people.nurse).get(address(people)).status_code == 403
    assert signed_in(people.stranger).post(address(people), {"text": "x"}).status_code == 403


def test_a_page_of_rows_asks_the_database_little(people, teacher, django_assert_max_num_queries):
    with django_assert_max_num_queries(40) as few:
        read(teacher, people)
    with django_assert_max_num_queries(len(few.captured_queries)):
        read(teacher, people, TEXT * 2)
