"""What has been deleted, as staff read it, and putting it back."""

from datetime import date, timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from centres.actions import save_schedule
from centres.models import (
    Confirmation,
    ContactPerson,
    FamilyCentre,
    Notice,
    Schedule,
    ScheduleException,
    ServiceAtCentre,
)
from services.history import deleted_records
from tests.centres.test_history import change, read, read_of, slot, week
from tests.factories import (
    make_centre_text,
    make_confirmation,
    make_contact_person,
    make_exception,
    make_notice,
    make_place,
    make_schedule,
    make_service_at_centre,
    make_user,
    stockholm,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def clock():
    """`clock()` lets an hour go by."""
    with time_machine.travel(stockholm(2026, 11, 2, 8), tick=True) as traveller:
        yield lambda: traveller.shift(timedelta(hours=1))


@pytest.fixture
def room(clock):
    return make_service_at_centre(phone="031-365 00 00")


@pytest.fixture
def teacher(room):
    return make_user(
        centres=[room.centre], organisations=[room.organisation], first_name="Tea", last_name="Ek"
    )


@pytest.fixture
def coordinator():
    return make_user("coordinator")


def deleted_list(model) -> str:
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_deleted")


def page_of(model, key=None) -> str:
    """Where the newest of what is deleted is put back."""
    key = key or deleted_records(model).first().history_id
    name = f"admin:{model._meta.app_label}_{model._meta.model_name}_bring_back"
    return reverse(name, args=[key])


def delete_in_admin(client, row):
    name = f"admin:{row._meta.app_label}_{row._meta.model_name}_delete"
    assert client.post(reverse(name, args=[row.pk]), {"post": "yes"}).status_code == 302


def bring_back(client, model):
    return client.post(page_of(model), follow=True)


# --- Reading -------------------------------------------------------------------------------------
def test_list_leads_from_the_rows_to_what_is_gone(client, room, teacher):
    client.force_login(teacher)
    changelist = client.get(reverse("admin:centres_schedule_changelist")).content.decode()
    assert f'href="{deleted_list(Schedule)}"' in changelist
    assert "Inget är borttaget." in read(client, deleted_list(Schedule))


def test_list_says_what_it_was_who_deleted_it_and_when(client, room, teacher, clock):
    client.force_login(teacher)
    notice = make_notice(room.centre, heading="Hissen är trasig")
    schedule = make_schedule(room, slots=["mon 9-12"])
    clock()
    delete_in_admin(client, notice)
    delete_in_admin(client, schedule)
    text = read(client, deleted_list(Notice))
    for words in ("2 november 2026 09.00", "Tea Ek", "Hissen är trasig", room.centre.name):
        assert words in text
    assert "Pass: måndag 09.00–12.00" in read(client, deleted_list(Schedule))


def test_rows_removed_before_are_not_said_to_have_gone_with_it(client, room, teacher, clock):
    client.force_login(teacher)
    schedule = make_schedule(room, slots=["mon 9-12"])
    save_schedule(schedule=schedule, by=teacher, slots=[slot(5)])
    clock()
    delete_in_admin(client, schedule)
    text = read(client, deleted_list(Schedule))
    assert "fredag 09.00–12.00" in text
    assert "måndag" not in text
    bring_back(client, Schedule)
    assert week(Schedule.objects.get()) == ["fredag 09.00–12.00"]


def test_personal_details_are_neither_shown_nor_put_back(client, room, teacher):
    client.force_login(teacher)
    person = make_contact_person(
        room, approved_on=date(2026, 1, 1), name="Anna Exempel", phone="031-365 00 02"
    )
    delete_in_admin(client, person)
    text = read(client, deleted_list(ContactPerson))
    assert "förskollärare" in text
    assert "Anna" not in text
    assert "365 00 02" not in text
    assert client.post(page_of(ContactPerson)).status_code == 403
    assert not ContactPerson.objects.exists()


def test_longer_list_asks_the_database_no_more(client, room, coordinator):
    client.force_login(coordinator)

    def queries() -> int:
        make_schedule(room, slots=["mon 9-12", "tue 9-12"]).delete()
        with CaptureQueriesContext(connection) as asked:
            assert client.get(deleted_list(Schedule)).status_code == 200
        return len(asked)

    few = queries()
    for _ in range(60):
        make_schedule(room, slots=["mon 9-12"]).delete()
    assert queries() <= few <= 12
    assert len(client.get(deleted_list(Schedule)).context["saves"]) == 50
    assert client.get(deleted_list(Schedule), {"p": 2}).status_code == 200


# --- Putting back --------------------------------------------------------------------------------
def test_schedule_comes_back_with_its_slots_once(client, room, teacher, clock):
    client.force_login(teacher)
    schedule = make_schedule(room, slots=["mon 9-12", ("wed 13-16 odd", {"label": "Babyöppet"})])
    before = week(schedule)
    clock()
    delete_in_admin(client, schedule)
    url = page_of(Schedule)
    assert "Återställt efter att ha tagits bort 2 november 2026 kl. 09.00." in read_of(
        bring_back(client, Schedule)
    )
    back = Schedule.objects.get()
    assert (back.pk, week(back)) == (schedule.pk, before)
    newest = back.history.first()
    assert (newest.history_type, newest.history_user) == ("+", teacher)
    assert "tagits bort" in newest.history_change_reason
    count = Schedule.history.count()
    assert "Det är redan återställt." in read_of(client.post(url, follow=True))
    assert Schedule.history.count() == count
    assert "Inget är borttaget." in read(client, deleted_list(Schedule))


def test_notice_comes_back_with_its_words(client, room, teacher):
    client.force_login(teacher)
    delete_in_admin(client, make_notice(room, heading="Ny entré"))
    bring_back(client, Notice)
    assert Notice.objects.get().text.heading == "Ny entré"


def test_exception_comes_back_with_its_hours(client, room, teacher):
    client.force_login(teacher)
    delete_in_admin(client, make_exception(room, kind="replaced", slots=["13-15"]))
    bring_back(client, ScheduleException)
    assert str(ScheduleException.objects.get().slots.get()) == "13.00–15.00"


def test_house_comes_back_with_its_rooms_and_their_hours(client, room, clock):
    client.force_login(make_user("administrator"))
    centre = room.centre
    make_centre_text(centre, cost="Gratis.")
    make_notice(centre, heading="Ny entré")
    make_schedule(room, slots=["mon 9-12"])
    make_exception(room, kind="extra", slots=["9-10"])
    make_confirmation(room)
    make_contact_person(room)
    worker = make_user(centres=[centre])
    clock()
    delete_in_admin(client, centre)
    page = read(client, page_of(FamilyCentre))
    assert "Kostnad: Gratis." in page
    assert "Verksamheter på en central: 1" in page
    bring_back(client, FamilyCentre)
    back = FamilyCentre.objects.get(pk=centre.pk)
    assert back.texts.get().cost == "Gratis."
    assert back.notices.get().text.heading == "Ny entré"
    assert back.services_here.get() == room
    assert week(room.schedules.get()) == ["måndag 09.00–12.00"]
    assert str(room.exceptions.get().slots.get()) == "09.00–10.00"
    # What somebody has said or approved is said anew, and rights are given anew.
    assert not Confirmation.objects.exists()
    assert not ContactPerson.objects.exists()
    assert not worker.centre_memberships.exists()


def test_link_that_the_database_would_have_emptied_is_left_empty(client, room, coordinator, clock):
    client.force_login(coordinator)
    interim = make_service_at_centre().centre
    change(room.centre, coordinator, interim_centre=interim)
    FamilyCentre.objects.filter(pk=room.centre.pk).delete()
    clock()
    FamilyCentre.objects.filter(pk=interim.pk).delete()
    client.post(page_of(FamilyCentre, room.centre.history.first().history_id))
    assert FamilyCentre.objects.get(pk=room.centre.pk).interim_centre is None


# --- Refused -------------------------------------------------------------------------------------
def test_what_belongs_to_something_gone_waits_for_it(client, room, teacher, coordinator, clock):
    make_schedule(room, slots=["mon 9-12"]).delete()
    clock()
    room.delete()
    for person in (teacher, coordinator):
        client.force_login(person)
        assert "Återställ det först" in read(client, page_of(Schedule))
        assert "Återställ det först" in read_of(bring_back(client, Schedule))
        assert not Schedule.objects.exists()
    client.force_login(coordinator)
    bring_back(client, ServiceAtCentre)
    bring_back(client, Schedule)
    assert Schedule.objects.get().service_at_centre == ServiceAtCentre.objects.get()


def test_schedule_that_would_clash_does_not_come_back(client, room, teacher):
    client.force_login(teacher)
    delete_in_admin(client, make_schedule(room, slots=["mon 9-12"]))
    make_schedule(room, slots=["tue 9-12"])
    assert "Här finns redan ordinarie tider" in read_of(bring_back(client, Schedule))
    assert Schedule.objects.count() == 1


def test_name_that_is_taken_by_now_does_not_come_back(client, coordinator):
    client.force_login(coordinator)
    place = make_place()
    name, district = place.name, place.district
    delete_in_admin(client, place)
    make_place(name=name, district=district)
    response = bring_back(client, type(place))
    assert response.status_code == 200
    assert 'class="errorlist"' in response.content.decode()
    assert type(place).objects.count() == 1


def test_house_whose_hours_may_not_come_back_stays_away_whole(client, room, coordinator):
    """All of it, or nothing."""
    client.force_login(coordinator)
    closure = make_exception(room)
    clash = make_exception(room)
    assert closure.pk != clash.pk
    room.centre.delete()
    count = FamilyCentre.history.count()
    assert "finns redan" in read_of(bring_back(client, FamilyCentre))
    assert not FamilyCentre.objects.exists()
    assert FamilyCentre.history.count() == count


def test_others_rows_do_not_come_back(client, room, teacher, coordinator):
    other = make_service_at_centre()
    make_schedule(other, slots=["mon 9-12"]).delete()
    make_exception(room.centre).delete()
    client.force_login(teacher)
    for model in (Schedule, ScheduleException):
        page = client.get(page_of(model))
        assert page.context["may_put_back"] is False
        assert "<form class=" not in page.content.decode()
        assert client.post(page_of(model)).status_code == 403
        assert not model.objects.exists()


def test_confirmation_is_not_made_up_afterwards(client, room, coordinator):
    client.force_login(coordinator)
    delete_in_admin(client, make_confirmation(room))
    assert client.post(page_of(Confirmation)).status_code == 403
    assert not Confirmation.objects.exists()


def test_version_that_is_no_deletion_or_of_none_is_not_found(client, room, coordinator):
    client.force_login(coordinator)
    schedule = make_schedule(room)
    for key in (schedule.history.first().history_id, 987654321, "9" * 40):
        url = page_of(Schedule, key)
        assert client.get(url).status_code in (302, 404)
        assert client.post(url).status_code in (302, 404)
    assert Schedule.history.count() == 1


def test_junk_page_number_is_the_last_or_first(client, room, coordinator):
    client.force_login(coordinator)
    for junk in ("x", "-1", "9" * 5000, "\0"):
        assert client.get(deleted_list(Schedule), {"p": junk}).status_code == 200
