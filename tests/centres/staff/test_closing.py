"""Stäng i dag: what it closes, for whom, for how long, and back again."""

import json
import re
from datetime import date

import pytest
from django.test import Client

from centres.models import ScheduleException
from tests.factories import make_exception, make_schedule, make_user, stockholm

from .people import filled, signed_in, words_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_eight")]

TODAY = date(2026, 11, 23)
PRESCHOOL, CLINIC = "open-preschool", "child-health-care"


def close(client, address, **answers):
    """Open the page and press the button: the second tap."""
    data = filled(client.get(address)) | answers
    return client.post(address, data, follow=True)


def public_page(people, path="") -> str:
    return Client().get(path or people.centre.get_absolute_url()).content.decode()


def test_two_taps_close_the_day_everywhere(people):
    teacher = signed_in(people.teacher)
    page = close(teacher, f"{people.home}{PRESCHOOL}/stang/")
    assert "Öppen förskola har stängt hela dagen i dag, måndag 23 november." in words_of(page)
    row = ScheduleException.objects.get()
    assert (row.kind, row.first_day, row.last_day) == ("closed", TODAY, TODAY)
    assert row.history.get().history_user == people.teacher
    assert "Stängt – öppnar i morgon 9.00" in public_page(people)
    assert "Stängt – öppnar i morgon 9.00" in public_page(
        people, "/familjecentraler/?plats=angered"
    )
    data = re.search(r'<script type="application/ld\+json">(.*?)</script>', public_page(people))
    room = json.loads(data[1])["containsPlace"][0]
    closed = room["specialOpeningHoursSpecification"][0]
    assert (closed["validFrom"], closed["opens"], closed["closes"]) == (
        "2026-11-23",
        "00:00",
        "00:00",
    )


def test_closing_is_gone_by_itself_the_next_day(people, at_eight):
    close(signed_in(people.teacher), f"{people.home}{PRESCHOOL}/stang/")
    at_eight.move_to(stockholm(2026, 11, 24, 9, 30))
    assert "Öppet till 15.00" in public_page(people)
    assert "Stäng öppen förskola i dag" in words_of(signed_in(people.teacher).get(people.home))


@pytest.mark.parametrize(
    ("clock", "answers", "said", "status"),
    [
        ((8, 0), {}, "hela dagen i dag, måndag 23 november", "öppnar i morgon 9.00"),
        ((10, 7), {}, "från 10.07 och resten av dagen i dag", "öppnar i morgon 9.00"),
        (
            (10, 7),
            {"until": "clock", "closes_until": "13:00", "reason": "training"},
            "10.07–13 i dag, måndag 23 november (utbildning)",
            "Öppnar 13.00",
        ),
        (
            (8, 0),
            {"until": "dates", "last_day": "2026-11-25", "note": "Vattenläcka."},
            "från i dag, måndag 23 november till och med onsdag 25 november (Vattenläcka)",
            "öppnar torsdag 9.00",
        ),
    ],
)
def test_how_long_it_is_closed_is_said_exactly(people, at_eight, clock, answers, said, status):
    at_eight.move_to(stockholm(2026, 11, 23, *clock))
    page = close(signed_in(people.teacher), f"{people.home}{PRESCHOOL}/stang/", **answers)
    assert said in words_of(page)
    assert status in public_page(people)


def test_rest_of_the_day_also_closes_the_night_that_starts_today(people, at_eight):
    make_schedule(people.preschool, channel="phone", slots=["mon 22-2"])
    at_eight.move_to(stockholm(2026, 11, 23, 10))
    close(signed_in(people.teacher), f"{people.home}{PRESCHOOL}/stang/")
    assert str(ScheduleException.objects.get().slots.get()) == "10.00–02.00"


@pytest.mark.parametrize(
    ("answers", "message"),
    [
        ({"until": "clock"}, "Skriv till vilket klockslag."),
        ({"until": "clock", "closes_until": "07:00"}, "Klockslaget har redan varit."),
        ({"until": "clock", "closes_until": "25"}, "Skriv klockslaget så här"),
        ({"until": "dates"}, "Välj den sista stängda dagen."),
        ({"until": "dates", "last_day": "2026-11-22"}, "Dagen har redan varit."),
        ({"until": "day", "closes_until": "13:00"}, "eller töm fältet"),
        ({"until": "forever"}, "forever"),
        ({"reason": "summer"}, "summer"),
        ({"note": "x" * 201}, "200"),
        ({"ticket": "forged"}, "legat öppen för länge"),
        ({"ticket": ""}, "legat öppen för länge"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_closed(people, answers, message):
    page = close(signed_in(people.teacher), f"{people.home}{PRESCHOOL}/stang/", **answers)
    assert message in words_of(page)
    assert not ScheduleException.objects.exists()


def test_page_left_open_since_yesterday_closes_nothing_unseen(people, at_eight):
    teacher, address = signed_in(people.teacher), f"{people.home}{PRESCHOOL}/stang/"
    data = filled(teacher.get(address))
    at_eight.move_to(stockholm(2026, 11, 24, 8))
    page = teacher.post(address, data)
    assert "legat öppen för länge" in words_of(page)
    assert not ScheduleException.objects.exists()
    teacher.post(address, filled(page))
    assert ScheduleException.objects.get().first_day == date(2026, 11, 24)


def test_clinic_that_closes_its_door_may_keep_its_phone_hour(people):
    nurse = signed_in(people.nurse)
    address = f"{people.home}{CLINIC}/stang/"
    assert "Stäng bara dörren: telefontid gäller ändå" in words_of(nurse.get(address))
    close(nurse, address, only_door="on", until="day")
    public = public_page(people)
    assert "Telefontid nu, till 9.00" in public
    assert "Stängt – öppnar i morgon 13.00" in public
    assert nurse.get(f"{people.home}{CLINIC}/i-dag/telefon/").status_code == 200


def test_form_without_its_csrf_token_is_refused(people):
    client = Client(enforce_csrf_checks=True)
    client.force_login(people.teacher)
    address = f"{people.home}{PRESCHOOL}/stang/"
    assert client.post(address, filled(client.get(address))).status_code == 403
    assert not ScheduleException.objects.exists()


# --- Who may -------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("who", "address", "status"),
    [
        ("teacher", f"{PRESCHOOL}/stang/", 200),
        ("nurse", f"{PRESCHOOL}/stang/", 403),
        ("teacher", f"{CLINIC}/stang/", 403),
        ("nurse", f"{CLINIC}/stang/", 200),
        ("stranger", f"{PRESCHOOL}/stang/", 403),
        ("teacher", "stang/", 403),
        ("coordinator", "stang/", 200),
        ("coordinator", f"{CLINIC}/stang/", 200),
        ("coordinator", "dental-care/stang/", 404),
    ],
)
def test_only_ones_own_organisations_services_are_closed(people, who, address, status):
    client = signed_in(getattr(people, who))
    assert client.get(people.home + address).status_code == status
    response = client.post(people.home + address, {"until": "day"})
    assert response.status_code == status
    assert not ScheduleException.objects.exists()


def test_ticket_of_another_person_or_room_is_refused(people):
    clinic = f"{people.home}{CLINIC}/stang/"
    foreign = filled(signed_in(people.coordinator).get(clinic))
    page = signed_in(people.nurse).post(clinic, foreign)
    assert "legat öppen för länge" in words_of(page)
    coordinator = signed_in(people.coordinator)
    page = coordinator.post(f"{people.home}{PRESCHOOL}/stang/", foreign)
    assert "legat öppen för länge" in words_of(page)
    assert not ScheduleException.objects.exists()


# --- Twice, and two at once ----------------------------------------------------------------------
def test_sent_twice_it_is_done_once_with_the_same_answer(people):
    teacher, address = signed_in(people.teacher), f"{people.home}{PRESCHOOL}/stang/"
    data = filled(teacher.get(address))
    first, second = teacher.post(address, data), teacher.post(address, data)
    assert first["Location"] == second["Location"]
    assert ScheduleException.objects.count() == 1
    assert ScheduleException.history.count() == 1


def test_sent_again_after_undoing_it_stays_undone(people):
    teacher, address = signed_in(people.teacher), f"{people.home}{PRESCHOOL}/stang/"
    data = filled(teacher.get(address))
    page = teacher.post(address, data, follow=True)
    undo(teacher, page)
    page = teacher.post(address, data, follow=True)
    assert "Det är redan ångrat." in words_of(page)
    assert not ScheduleException.objects.exists()


def test_second_person_is_shown_both_versions_and_chooses(people):
    colleague = make_user(
        centres=[people.centre], organisations=[people.preschool.organisation], first_name="Ali"
    )
    address = f"{people.home}{PRESCHOOL}/stang/"
    tove, ali = signed_in(people.teacher), signed_in(colleague)
    own = filled(ali.get(address)) | {"reason": "training"}
    close(tove, address, reason="illness")
    page = ali.post(address, own)
    said = words_of(page)
    assert "Något har sparats medan du höll på. Inget är överskrivet." in said
    assert "Tove Lärare 8.00" in said
    assert "stängt (sjukdom)" in said
    assert "hela dagen i dag, måndag 23 november (utbildning)" in said
    assert ScheduleException.objects.get().reason == "illness"
    ali.post(address, filled(page))
    assert ScheduleException.objects.get().reason == "training"


def test_two_who_say_the_same_do_not_trouble_each_other(people):
    address = f"{people.home}{PRESCHOOL}/stang/"
    teacher, coordinator = signed_in(people.teacher), signed_in(people.coordinator)
    first, second = filled(teacher.get(address)), filled(coordinator.get(address))
    one = teacher.post(address, first)["Location"]
    assert coordinator.post(address, second)["Location"] == one
    assert ScheduleException.objects.count() == 1


def test_what_is_closed_already_is_not_offered_again(people):
    teacher = signed_in(people.teacher)
    close(teacher, f"{people.home}{PRESCHOOL}/stang/", reason="illness")
    page = words_of(teacher.get(people.home))
    assert "Stäng öppen förskola i dag" not in page
    assert "Stängt (sjukdom) Visa eller ångra" in page


def test_reason_of_what_is_closed_already_can_be_changed(people):
    teacher, address = signed_in(people.teacher), f"{people.home}{PRESCHOOL}/stang/"
    close(teacher, address, until="day", reason="illness")
    close(teacher, address, until="day", reason="training")
    assert ScheduleException.objects.get().reason == "training"


# --- What would open it again --------------------------------------------------------------------
def undo(client, page, **data):
    address = page.redirect_chain[-1][0]
    return client.post(address, {"version": page.context["version"]} | data, follow=True)


def test_days_that_would_open_are_closed_too_named_and_undone(people):
    extra = make_exception(
        people.preschool, kind="extra", first_day=date(2026, 11, 24), slots=["17-19"]
    )
    other = make_exception(people.clinic, first_day=date(2026, 11, 24))
    teacher = signed_in(people.teacher)
    page = close(teacher, f"{people.home}{PRESCHOOL}/stang/", until="dates", last_day="2026-11-27")
    assert "också stängt: öppen förskola, stängt 24 november 2026" in words_of(page)
    assert ScheduleException.objects.count() == 4
    page = undo(teacher, page)
    assert "Också borttaget: öppen förskola, stängt 24 november 2026" in words_of(page)
    assert set(ScheduleException.objects.all()) == {extra, other}


def test_house_closed_for_the_rest_of_the_day_leaves_no_room_open(people, at_eight):
    answer = make_exception(people.preschool, kind="as_usual", first_day=TODAY)
    at_eight.move_to(stockholm(2026, 11, 23, 13, 30))
    coordinator = signed_in(people.coordinator)
    page = close(coordinator, f"{people.home}stang/")
    assert "Hela huset har stängt från 13.30 och resten av dagen" in words_of(page)
    assert public_page(people).count("Stängt – öppnar i morgon") >= 2
    undo(coordinator, page)
    assert list(ScheduleException.objects.all()) == [answer]


def test_house_closed_all_day_closes_a_room_with_its_own_answer(people):
    make_exception(people.preschool, kind="replaced", first_day=TODAY, slots=["10-12"])
    coordinator = signed_in(people.coordinator)
    page = close(coordinator, f"{people.home}stang/", until="day")
    assert "också stängt: öppen förskola" in words_of(page)
    undo(coordinator, page)
    assert [row.kind for row in ScheduleException.objects.all()] == ["replaced"]


# --- Undoing -------------------------------------------------------------------------------------
def test_undone_twice_is_undone_once(people):
    teacher = signed_in(people.teacher)
    page = close(teacher, f"{people.home}{PRESCHOOL}/stang/")
    assert "Ångrat." in words_of(undo(teacher, page))
    assert "Det är redan ångrat." in words_of(undo(teacher, page))
    assert not ScheduleException.objects.exists()
    assert "Öppnar 9.00" in public_page(people)


def test_undoing_what_somebody_has_changed_since_asks_first(people):
    teacher = signed_in(people.teacher)
    page = close(teacher, f"{people.home}{PRESCHOOL}/stang/")
    ScheduleException.objects.update(note="Vattenläcka")
    asked = undo(teacher, page)
    assert "Någon har ändrat det här sedan du tittade" in words_of(asked)
    assert ScheduleException.objects.exists()
    teacher.post(page.redirect_chain[-1][0], {"version": asked.context["version"]})
    assert not ScheduleException.objects.exists()


@pytest.mark.parametrize(("who", "status"), [("nurse", 403), ("stranger", 403)])
def test_undoing_what_is_not_ones_own_is_refused(people, who, status):
    page = close(signed_in(people.teacher), f"{people.home}{PRESCHOOL}/stang/")
    response = undo(signed_in(getattr(people, who)), page)
    assert response.status_code == status
    assert ScheduleException.objects.exists()


def test_change_of_another_house_or_of_no_house_is_not_found(people):
    other = make_exception(people.stranger.centre_memberships.get().centre)
    teacher = signed_in(people.teacher)
    for key in (other.pk, "00000000-0000-4000-8000-000000000000"):
        address = f"{people.home}andring/{key}/"
        assert teacher.get(address).status_code == 404
        assert teacher.post(address).status_code == 404
    assert ScheduleException.objects.exists()


def test_what_began_before_today_is_not_undone_here(people):
    row = make_exception(
        people.preschool, first_day=date(2026, 11, 20), last_day=date(2026, 11, 25)
    )
    teacher, address = signed_in(people.teacher), f"{people.home}andring/{row.pk}/"
    assert "Ångra" not in words_of(teacher.get(address))
    assert teacher.post(address).status_code == 404
