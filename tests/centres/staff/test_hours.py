"""Today's hours of a room, for one day."""

import pytest

from centres.models import ScheduleException, TimeSlot
from tests.factories import make_exception, make_user, stockholm

from .people import filled, signed_in, words_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_eight")]
OPEN = "open-preschool/i-dag/oppet/"
PHONE = "child-health-care/i-dag/telefon/"


def form_of(response) -> dict:
    context = response.context
    return filled(response, context["form"], context["slots"].management_form, *context["slots"])


def test_hours_of_today_are_changed_for_today_only(people, at_eight):
    teacher = signed_in(people.teacher)
    page = teacher.get(people.home + OPEN)
    data = form_of(page)
    assert (data["form-0-opens_at"], data["form-0-closes_at"]) == ("09:00", "15:00")
    page = teacher.post(people.home + OPEN, data | {"form-0-closes_at": "12:30"}, follow=True)
    assert "Öppen förskola, måndag 23 november: öppet 9–12.30." in words_of(page)
    public = people.centre.get_absolute_url()
    at_eight.move_to(stockholm(2026, 11, 23, 10))
    assert "Öppet till 12.30" in words_of(teacher.get(public))
    at_eight.move_to(stockholm(2026, 11, 24, 10))
    assert "Öppet till 15.00" in words_of(teacher.get(public))


def test_for_whom_a_session_is_comes_along(people):
    slot = TimeSlot.objects.filter(schedule__service_at_centre=people.preschool, weekday=1)
    slot.update(label="Babyöppet", min_age_months=0, max_age_months=8, siblings="not")
    teacher = signed_in(people.teacher)
    data = form_of(teacher.get(people.home + OPEN)) | {"form-0-opens_at": "10:00"}
    teacher.post(people.home + OPEN, data)
    saved = ScheduleException.objects.get().slots.get()
    assert (saved.label, saved.min_age_months, saved.max_age_months) == ("Babyöppet", 0, 8)
    assert saved.siblings == "not"


def test_phone_hour_is_changed_and_the_door_is_not(people, at_eight):
    nurse = signed_in(people.nurse)
    data = form_of(nurse.get(people.home + PHONE))
    data |= {"form-0-opens_at": "10:00", "form-0-closes_at": "11:00"}
    nurse.post(people.home + PHONE, data)
    row = ScheduleException.objects.get()
    assert (row.kind, row.channel) == ("replaced", "phone")
    public = words_of(nurse.get(people.centre.get_absolute_url()))
    assert "Telefontid i dag från 10.00" in public
    assert "Öppnar 13.00" in public


@pytest.mark.parametrize(
    ("answers", "message"),
    [
        ({"form-0-closes_at": "08:00"}, "Stängningstiden måste vara senare"),
        ({"form-0-closes_at": ""}, "måste fyllas i"),
        ({"form-0-DELETE": "on"}, "Fyll i minst en tid"),
        ({"ticket": "forged"}, "legat öppen för länge"),
        ({"form-0-language": "xx"}, "xx"),
    ],
)
def test_what_cannot_be_is_refused(people, answers, message):
    teacher = signed_in(people.teacher)
    data = form_of(teacher.get(people.home + OPEN)) | answers
    page = teacher.post(people.home + OPEN, data)
    assert message in page.content.decode()
    assert not ScheduleException.objects.exists()


def test_sent_twice_it_is_saved_once(people):
    teacher = signed_in(people.teacher)
    data = form_of(teacher.get(people.home + OPEN)) | {"form-0-closes_at": "12:00"}
    first, second = (teacher.post(people.home + OPEN, data) for _ in range(2))
    assert first["Location"] == second["Location"]
    again = form_of(teacher.get(people.home + OPEN)) | {"form-0-closes_at": "11:00"}
    third, fourth = (teacher.post(people.home + OPEN, again) for _ in range(2))
    assert third["Location"] == fourth["Location"] == first["Location"]
    assert str(ScheduleException.objects.get().slots.get()) == "09.00–11.00"


def test_second_person_is_shown_both_versions_and_chooses(people):
    teacher, coordinator = signed_in(people.teacher), signed_in(people.coordinator)
    own = form_of(coordinator.get(people.home + OPEN)) | {"form-0-opens_at": "10:00"}
    data = form_of(teacher.get(people.home + OPEN)) | {"form-0-closes_at": "12:00"}
    teacher.post(people.home + OPEN, data)
    page = coordinator.post(people.home + OPEN, own)
    said = words_of(page)
    assert "Sparat nu (Tove Lärare 8.00) Öppen förskola: öppet 9–12" in said
    assert "Det du skrev 10–15" in said
    assert str(ScheduleException.objects.get().slots.get()) == "09.00–12.00"
    coordinator.post(people.home + OPEN, form_of(page))
    assert str(ScheduleException.objects.get().slots.get()) == "10.00–15.00"


def test_closed_room_says_so_before_its_hours_are_changed(people):
    make_exception(people.preschool)
    page = signed_in(people.teacher).get(people.home + OPEN, follow=True)
    assert "Ångra det först" in words_of(page)


@pytest.mark.parametrize(
    ("who", "address", "status"),
    [
        ("nurse", OPEN, 403),
        ("teacher", PHONE, 403),
        ("stranger", OPEN, 403),
        ("nurse", PHONE, 200),
        ("teacher", "open-preschool/i-dag/telefon/", 404),
        ("teacher", "open-preschool/i-dag/booked/", 404),
    ],
)
def test_only_ones_own_hours_are_changed(people, who, address, status):
    client = signed_in(getattr(people, who))
    assert client.get(people.home + address).status_code == status
    assert client.post(people.home + address, {"form-TOTAL_FORMS": "x"}).status_code == status
    assert not ScheduleException.objects.exists()


def test_person_without_the_organisation_changes_nothing(people):
    guest = signed_in(make_user(centres=[people.centre]))
    assert guest.get(people.home + OPEN).status_code == 403
