import pytest

from centres.models import Notice
from tests.factories import make_notice, stockholm

from .people import filled, signed_in, words_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_eight")]


def test_notice_is_shown_for_a_day_unless_more_is_asked(people, at_eight):
    teacher, address = signed_in(people.teacher), f"{people.home}meddelande/"
    data = filled(teacher.get(address)) | {"heading": "Vagnförrådet är låst"}
    first, second = teacher.post(address, data), teacher.post(address, data)
    assert first["Location"] == second["Location"] == people.home
    notice = Notice.objects.get()
    assert notice.ends_at == stockholm(2026, 11, 24)
    assert notice.history.get().history_user == people.teacher
    public = people.centre.get_absolute_url()
    assert "Vagnförrådet är låst" in words_of(teacher.get(public))
    at_eight.move_to(stockholm(2026, 11, 24, 0, 1))
    assert "Vagnförrådet är låst" not in words_of(teacher.get(public))


@pytest.mark.parametrize(
    ("answers", "message"),
    [
        ({"heading": ""}, "måste fyllas i"),
        ({"last_day": "2026-11-22"}, "Dagen har redan varit"),
        ({"about": "child-health-care"}, "child-health-care"),
        ({"about": "forged"}, "forged"),
        ({"ticket": "forged"}, "legat öppen för länge"),
    ],
)
def test_what_cannot_be_is_refused(people, answers, message):
    teacher, address = signed_in(people.teacher), f"{people.home}meddelande/"
    data = filled(teacher.get(address)) | {"heading": "Hej"} | answers
    assert message in teacher.post(address, data).content.decode()
    assert not Notice.objects.exists()


@pytest.mark.parametrize("about", ["child-health-care", "forged"])
def test_room_that_was_not_offered_is_written_down(people, about, caplog):
    teacher, address = signed_in(people.teacher), f"{people.home}meddelande/"
    data = filled(teacher.get(address)) | {"heading": "Hej", "about": about}
    teacher.post(address, data)
    assert f"Account {people.teacher.pk} sent what was not offered" in caplog.text
    assert about not in caplog.text


def test_second_person_is_shown_both_versions_and_chooses(people):
    notice = make_notice(people.centre, heading="Hissen är trasig", ends_at=stockholm(2026, 12, 1))
    address = f"{people.home}meddelande/{notice.pk}/"
    teacher, nurse = signed_in(people.teacher), signed_in(people.nurse)
    own = filled(nurse.get(address)) | {"heading": "Hissen lagas"}
    teacher.post(address, filled(teacher.get(address)) | {"heading": "Hissen går igen"})
    page = nurse.post(address, own)
    said = words_of(page)
    assert "Tove Lärare 8.00" in said
    assert "”Hissen går igen”, visas till och med måndag 30 november" in said
    assert "”Hissen lagas”" in said
    assert Notice.objects.get().text.heading == "Hissen går igen"
    nurse.post(address, filled(page))
    assert Notice.objects.get().text.heading == "Hissen lagas"


def test_change_sent_twice_is_no_conflict_with_oneself(people):
    notice = make_notice(people.centre)
    teacher, address = signed_in(people.teacher), f"{people.home}meddelande/{notice.pk}/"
    data = filled(teacher.get(address)) | {"heading": "Nytt", "last_day": "2026-11-23"}
    assert [teacher.post(address, data).status_code for _ in range(2)] == [302, 302]


def test_removed_twice_is_removed_once(people):
    notice = make_notice(people.preschool)
    teacher, address = signed_in(people.teacher), f"{people.home}meddelande/{notice.pk}/ta-bort/"
    assert [teacher.post(address).status_code for _ in range(2)] == [302, 302]
    assert teacher.get(address).status_code == 405
    assert not Notice.objects.exists()


def test_notice_that_is_not_ones_own_is_refused(people):
    of_clinic = make_notice(people.clinic)
    elsewhere = make_notice(people.stranger.centre_memberships.get().centre)
    teacher = signed_in(people.teacher)
    for notice in (of_clinic, elsewhere):
        address = f"{people.home}meddelande/{notice.pk}/"
        assert teacher.get(address).status_code == 403
        assert teacher.post(address, {"heading": "Hej"}).status_code == 403
        assert teacher.post(f"{address}ta-bort/").status_code == 403
    assert signed_in(people.stranger).get(f"{people.home}meddelande/").status_code == 403
    assert Notice.objects.count() == 2
