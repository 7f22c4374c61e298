"""On a bad connection: who goes back, changes a word and sends once more is not taken for somebody
who sent the same form twice."""

import pytest

from centres.models import Notice, ScheduleException, TimeSlot

from .people import filled, signed_in, words_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_eight")]

BOTH = "Något har sparats medan du höll på. Inget är överskrivet."


def with_slots(page) -> dict:
    slots = page.context["slots"]
    return filled(page, page.context["form"], *slots, slots.management_form)


def test_other_hours_sent_after_the_first_are_shown_beside_them_and_saved(people):
    nurse = signed_in(people.nurse)
    address = f"{people.home}child-health-care/nya-tider/telefon/"
    data = with_slots(nurse.get(address)) | {"form-0-opens_at": "10:00"}
    nurse.post(address, data | {"form-0-closes_at": "11:00"}, follow=True)
    page = nurse.post(address, data | {"form-0-closes_at": "12:00"})
    assert BOTH in words_of(page)
    assert "Läsarna ser det från den dagen" not in words_of(page)
    nurse.post(address, with_slots(page))
    assert TimeSlot.objects.filter(opens_at="10:00").get().closes_at.hour == 12


@pytest.mark.parametrize("way", ["i-dag/telefon/", "stang/"])
def test_what_is_said_otherwise_of_today_is_shown_beside_the_first(people, way):
    nurse, address = signed_in(people.nurse), f"{people.home}child-health-care/{way}"
    page = nurse.get(address)
    data = with_slots(page) if "slots" in page.context else filled(page)
    other = {"form-0-opens_at": "07:30", "note": "Vattenläcka."}
    nurse.post(address, data)
    assert BOTH in words_of(nurse.post(address, data | other))
    assert ScheduleException.objects.count() == 1


def test_corrected_notice_is_not_lost(people):
    teacher, address = signed_in(people.teacher), f"{people.home}meddelande/"
    data = filled(teacher.get(address))
    teacher.post(address, data | {"heading": "Hisen lagas"})
    page = teacher.post(address, data | {"heading": "Hissen lagas"}, follow=True)
    assert "Hissen lagas" in words_of(page)


def test_notice_sent_again_after_it_was_removed_is_not_said_to_be_seen(people):
    teacher, address = signed_in(people.teacher), f"{people.home}meddelande/"
    data = filled(teacher.get(address)) | {"heading": "Hissen lagas"}
    teacher.post(address, data)
    teacher.post(f"{address}{Notice.objects.get().pk}/ta-bort/", follow=True)
    page = teacher.post(address, data, follow=True)
    assert "Meddelandet är redan borttaget." in words_of(page)
    assert "Läsarna ser det nu" not in words_of(page)
    assert not Notice.objects.exists()
