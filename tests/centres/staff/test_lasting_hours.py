"""Another phone hour from a day on."""

from datetime import date

import pytest

from centres.models import Schedule
from tests.factories import make_schedule, make_user, stockholm

from .people import filled, signed_in, words_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_eight")]
PHONE = "child-health-care/nya-tider/telefon/"
NEW = {"first_day": "2026-12-01", "form-0-opens_at": "10:00", "form-0-closes_at": "11:30"}


def form_of(response) -> dict:
    context = response.context
    return filled(response, context["form"], context["slots"].management_form, *context["slots"])


def phone_hours(people) -> list[tuple]:
    rows = Schedule.objects.filter(service_at_centre=people.clinic, channel="phone")
    rows = rows.order_by("valid_from")
    return [(row.valid_from, row.valid_to, str(row.slots.first())) for row in rows]


def test_old_hours_end_the_day_before_and_readers_see_the_new_from_that_day(people, at_eight):
    nurse = signed_in(people.nurse)
    home = nurse.get(people.home).content.decode()
    assert f'href="{people.home}{PHONE}"' in home
    data = form_of(nurse.get(people.home + PHONE))
    assert data["first_day"] == "2026-11-30"
    page = nurse.post(people.home + PHONE, data | NEW, follow=True)
    assert "från och med 1 december 2026" in words_of(page)
    (_first, ended, old), (begins, until, new) = phone_hours(people)
    assert (ended, begins, until) == (date(2026, 11, 30), date(2026, 12, 1), None)
    assert (old, new) == ("måndag 08.00–09.00", "måndag 10.00–11.30")
    assert Schedule.history.first().history_user == people.nurse
    public = people.centre.get_absolute_url()
    at_eight.move_to(stockholm(2026, 11, 30, 8, 30))
    assert "Telefontid nu" in words_of(nurse.get(public))
    at_eight.move_to(stockholm(2026, 12, 7, 8, 30))
    assert "Telefontid i dag från 10.00" in words_of(nurse.get(public))


def test_terms_laid_already_get_the_new_hours_and_seasons_do_not(people):
    Schedule.objects.filter(channel="phone").update(valid_to=date(2026, 12, 31))
    phone = {"channel": "phone", "slots": ["mon 8-9"]}
    spring = date(2027, 1, 1)
    make_schedule(people.clinic, valid_from=spring, valid_to=date(2027, 6, 30), **phone)
    summer = (date(2027, 6, 14), date(2027, 8, 15))
    make_schedule(people.clinic, kind="season", valid_from=summer[0], valid_to=summer[1], **phone)
    nurse = signed_in(people.nurse)
    page = nurse.get(people.home + PHONE)
    assert "1 januari 2027 – 30 juni 2027" in words_of(page)
    nurse.post(people.home + PHONE, form_of(page) | NEW)
    assert [row[2] for row in phone_hours(people)] == [
        "måndag 08.00–09.00",
        "måndag 10.00–11.30",
        "måndag 10.00–11.30",
        "måndag 08.00–09.00",
    ]
    assert phone_hours(people)[1][:2] == (date(2026, 12, 1), date(2026, 12, 31))


def test_hours_that_begin_that_day_are_changed_themselves(people):
    Schedule.objects.filter(channel="phone").update(valid_from=date(2026, 12, 1))
    nurse = signed_in(people.nurse)
    nurse.post(people.home + PHONE, form_of(nurse.get(people.home + PHONE)) | NEW)
    assert phone_hours(people) == [(date(2026, 12, 1), None, "måndag 10.00–11.30")]


def test_form_sent_twice_does_nothing_twice(people):
    nurse = signed_in(people.nurse)
    data = form_of(nurse.get(people.home + PHONE)) | NEW
    for _ in range(2):
        assert nurse.post(people.home + PHONE, data).status_code == 302
    assert len(phone_hours(people)) == 2


def test_second_of_two_is_shown_both_versions(people):
    nurse, boss = signed_in(people.nurse), signed_in(people.coordinator)
    first, second = (form_of(c.get(people.home + PHONE)) for c in (nurse, boss))
    nurse.post(people.home + PHONE, first | NEW)
    page = boss.post(people.home + PHONE, second | NEW | {"form-0-closes_at": "12:00"})
    assert page.context["form"].conflict.who.startswith("Sam Syster")
    said = words_of(page)
    assert "10–11.30" in said
    assert "10–12" in said
    boss.post(people.home + PHONE, form_of(page))
    assert phone_hours(people)[-1][2] == "måndag 10.00–12.00"


def test_two_who_say_the_same_are_not_troubled(people):
    nurse, boss = signed_in(people.nurse), signed_in(people.coordinator)
    first, second = (form_of(c.get(people.home + PHONE)) for c in (nurse, boss))
    nurse.post(people.home + PHONE, first | NEW)
    assert boss.post(people.home + PHONE, second | NEW).status_code == 302
    assert len(phone_hours(people)) == 2


@pytest.mark.parametrize(
    ("answers", "message"),
    [
        ({"first_day": "2026-11-22"}, "Dagen har redan varit"),
        ({"first_day": "\0"}, "Skriv datumet"),
        ({"first_day": ""}, "måste fyllas i"),
        ({f"form-{n}-DELETE": "on" for n in range(5)}, "Fyll i minst en tid"),
        ({"form-0-closes_at": "09:00"}, "Stängningstiden måste vara senare"),
        ({"form-0-weekday": "9"}, "9"),
        ({"form-0-label": "x" * 10_000}, "80"),
        ({"ticket": "forged"}, "legat öppen för länge"),
    ],
)
def test_what_cannot_be_is_refused(people, answers, message):
    nurse = signed_in(people.nurse)
    data = form_of(nurse.get(people.home + PHONE)) | NEW | answers
    page = nurse.post(people.home + PHONE, data)
    assert page.status_code == 200
    assert message in words_of(page)
    assert len(phone_hours(people)) == 1


def test_only_the_own_room_and_a_way_of_contact_that_there_is(people):
    nurse, teacher = signed_in(people.nurse), signed_in(people.teacher)
    assert teacher.get(people.home + PHONE).status_code == 403
    for path in ("finns-inte", "digitalt"):
        address = f"{people.home}child-health-care/nya-tider/{path}/"
        assert nurse.get(address).status_code == 404
    stranger = signed_in(make_user(centres=[people.centre]))
    assert stranger.post(people.home + PHONE, NEW).status_code == 403
