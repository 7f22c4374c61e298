"""One date of what one's own rooms hold: cancelled, moved, changed, and taken back."""

from datetime import date, time

import pytest

from centres.models import OccurrenceChange, Revision, ScheduleException
from tests.factories import make_activity, make_change, make_exception, make_schedule, make_venue

from .people import filled, signed_in, words_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_eight")]
TUESDAY = "2026-11-24/1300/"


@pytest.fixture
def activity(people):
    return make_activity(people.preschool, name="Babycafé")


@pytest.fixture
def teacher(people):
    return signed_in(people.teacher)


@pytest.fixture
def url(people, activity):
    return f"{people.home}tillfalle/{activity.pk}/{TUESDAY}"


def send(client, url, **more):
    return client.post(url, filled(client.get(url)) | more)


def test_home_lists_today_and_two_weeks(people, activity, teacher, django_assert_max_num_queries):
    make_activity(people.preschool, name="Sångstund", when=["mon 10-11"])
    make_activity(people.preschool, name="I går", when=["sun 10-11"])
    make_activity(people.clinic, name="Föräldragrupp", when=["mon 10-11"])
    with django_assert_max_num_queries(50):
        page = teacher.get(people.home)
    assert [own.name for own in page.context["page"].dates_today] == ["Sångstund"]
    coming = [(own.name, own.occurrence.day.day) for own in page.context["page"].coming_dates]
    assert coming[:2] == [("Babycafé", 24), ("I går", 29)]
    assert "Föräldragrupp" not in words_of(page)


def test_date_is_cancelled_and_put_back(people, activity, teacher, url):
    response = send(teacher, f"{url}stall-in/", reason="illness")
    assert (response.status_code, response["Location"]) == (302, url)
    row = OccurrenceChange.objects.get()
    assert (row.kind, row.reason, row.history.get().history_user) == (
        "cancelled",
        "illness",
        people.teacher,
    )
    page = teacher.get(url)
    assert "Inställt. Sjukdom." in words_of(page)
    assert "Inställt. Sjukdom." in words_of(teacher.get(people.home))
    teacher.post(url, {"version": page.context["version"]})
    assert not OccurrenceChange.objects.exists()
    assert Revision.objects.get(service_at_centre=people.preschool).number == 2
    assert "redan ångrat" in words_of(teacher.post(url, follow=True))


def test_date_that_another_was_moved_to_is_not_put_back(people, activity, teacher, url):
    send(teacher, f"{url}stall-in/", reason="illness")
    here = OccurrenceChange.objects.get()
    make_change(activity, "2026-12-01 13", to=f"{here.day} {here.starts_at:%H}-23")
    page = teacher.post(url, {"version": teacher.get(url).context["version"]}, follow=True)
    assert "Tillfället tisdag 1 december är flyttat hit." in words_of(page)
    assert OccurrenceChange.objects.count() == 2


def test_date_is_moved_and_found_under_its_old_address(people, activity, teacher, url):
    send(teacher, f"{url}flytta/", new_day="2026-11-25", new_starts_at="14", new_ends_at="15.30")
    row = OccurrenceChange.objects.get()
    assert (row.new_day, row.new_starts_at, row.new_ends_at) == (
        date(2026, 11, 25),
        time(14),
        time(15, 30),
    )
    said = words_of(teacher.get(url))
    assert "onsdag 25 november kl. 14.00–15.30" in said
    assert "Flyttat från tisdag 24 november" in said


def test_date_is_changed_with_another_place(people, activity, teacher, url):
    venue = make_venue(name="Plikta")
    make_activity(people.preschool, name="Ute", venue=venue)
    send(teacher, f"{url}andra/", place=str(venue.pk), note="Vi ses i parken")
    assert OccurrenceChange.objects.get().new_venue == venue
    assert "Nu på en annan plats: Plikta. Vi ses i parken." in words_of(teacher.get(url))


def test_date_is_held_although_the_door_is_closed(people, activity, teacher, url):
    make_exception(people.preschool, first_day=date(2026, 11, 24))
    assert "Inställt" in words_of(teacher.get(url))
    send(teacher, f"{url}andra/", despite_closing="on")
    assert "Inställt" not in words_of(teacher.get(url))


def test_sent_twice_is_done_once(activity, teacher, url):
    data = filled(teacher.get(f"{url}stall-in/"))
    for _time in range(2):
        assert teacher.post(f"{url}stall-in/", data).status_code == 302
    assert OccurrenceChange.history.count() == 1
    teacher.post(url, {"version": teacher.get(url).context["version"]})
    teacher.post(f"{url}stall-in/", data)
    assert not OccurrenceChange.objects.exists()


def test_two_who_differ_are_shown_both(people, activity, teacher, url):
    data = filled(teacher.get(f"{url}flytta/")) | {"new_day": "2026-11-26"}
    send(signed_in(people.coordinator), f"{url}stall-in/", reason="illness")
    response = teacher.post(f"{url}flytta/", data)
    said = words_of(response)
    assert "Inställt. Sjukdom." in said
    assert "torsdag 26 november" in said
    assert OccurrenceChange.objects.get().kind == "cancelled"
    again = filled(response) | {"new_day": "2026-11-26"}
    assert teacher.post(f"{url}flytta/", again).status_code == 302
    assert OccurrenceChange.objects.get().kind == "moved"


def test_two_who_say_the_same_are_not_troubled(people, activity, teacher, url):
    data = filled(teacher.get(f"{url}stall-in/"))
    send(signed_in(people.coordinator), f"{url}stall-in/")
    assert teacher.post(f"{url}stall-in/", data).status_code == 302
    assert OccurrenceChange.history.count() == 1


def test_undoing_what_has_changed_meanwhile_asks_again(people, activity, teacher, url):
    change = make_change(activity, "2026-11-24 13")
    seen = teacher.get(url).context["version"]
    change.reason = "illness"
    change.save()
    assert "Någon har ändrat" in words_of(teacher.post(url, {"version": seen}))
    assert OccurrenceChange.objects.exists()


@pytest.mark.parametrize(
    ("task", "fields", "said"),
    [
        ("flytta", {"new_day": "2026-11-24"}, "samma dag och tid som förut"),
        ("flytta", {"new_day": "2026-12-01"}, "Då hålls aktiviteten redan"),
        ("flytta", {"new_day": "2026-11-20"}, "Dagen har redan varit"),
        ("flytta", {"new_day": "2026-11-25", "new_ends_at": "12"}, "Sluttiden måste vara senare"),
        ("flytta", {"new_day": "snart"}, ""),
        ("andra", {}, "Vad är ändrat?"),
        ("andra", {"place": "påhittad"}, ""),
        ("stall-in", {"reason": "påhittad"}, ""),
        ("stall-in", {"note": "x" * 10_000}, ""),
        ("stall-in", {"note": "\0"}, ""),
        ("stall-in", {"ticket": "fel"}, "Sidan hade legat öppen för länge"),
    ],
)
def test_slips_are_told_and_nothing_is_saved(activity, teacher, url, task, fields, said):
    response = send(teacher, f"{url}{task}/", **fields)
    assert response.status_code == 200
    assert said in words_of(response)
    assert response.context["form"].errors
    assert not OccurrenceChange.objects.exists()


@pytest.mark.parametrize(
    "path",
    [
        "2026-11-25/1300/",
        "2026-11-24/1400/",
        "2026-11-24/130/",
        "2026-02-30/1300/",
        "9999999/1300/",
        "2026-11-24/1300/radera/",
        "2026-11-17/1300/stall-in/",
    ],
)
def test_date_that_is_none_is_not_found(people, activity, teacher, path):
    assert teacher.get(f"{people.home}tillfalle/{activity.pk}/{path}").status_code == 404


def test_dates_of_others_are_refused(people, activity, url):
    for person in (people.nurse, people.stranger):
        assert signed_in(person).get(f"{url}stall-in/").status_code == 403


def test_room_that_shares_an_activity_may_cancel_it(people, url, activity):
    shared = make_activity(people.preschool, name="Tillsammans", with_rooms=[people.clinic])
    address = f"{people.home}tillfalle/{shared.pk}/{TUESDAY}stall-in/"
    assert send(signed_in(people.nurse), address).status_code == 302


# --- Labelled slots --------------------------------------------------------------------------
@pytest.fixture
def labelled(people):
    people.preschool.schedules.all().delete()
    return make_schedule(
        people.preschool, slots=["tue 9-12", ("tue 13-15", {"label": "Babyöppet"})]
    )


@pytest.fixture
def session(people, labelled):
    return f"{people.home}open-preschool/pass/oppet/{TUESDAY}"


def test_one_date_of_a_labelled_slot_is_cancelled_and_put_back(people, teacher, session):
    response = send(teacher, session, reason="illness")
    row = ScheduleException.objects.get()
    assert (row.kind, row.first_day, row.last_day, row.channel) == (
        "part_closed",
        date(2026, 11, 24),
        date(2026, 11, 24),
        "drop_in",
    )
    assert response["Location"] == f"{people.home}andring/{row.pk}/"
    coming = teacher.get(people.home).context["page"].coming_dates
    assert [own.state for own in coming] == ["Inställt. Sjukdom.", ""]
    assert "9.00–12.00" in words_of(teacher.get(people.centre.get_absolute_url()))
    assert teacher.get(session)["Location"] == response["Location"]
    teacher.post(
        response["Location"], {"version": teacher.get(response["Location"]).context["version"]}
    )
    assert not ScheduleException.objects.exists()


def test_slot_within_longer_hours_tells_what_closes_too(people, teacher, session, labelled):
    labelled.slots.filter(label="").update(closes_at=time(16))
    assert "Under passet stängs också: 9–16" in words_of(teacher.get(session))


def test_slot_that_somebody_else_has_cancelled_is_shown(people, teacher, session):
    data = filled(teacher.get(session)) | {"reason": "planning"}
    send(signed_in(people.coordinator), session, reason="illness")
    assert teacher.post(session, data).status_code == 302
    assert ScheduleException.objects.get().reason == "illness"


def test_slot_of_a_day_with_new_hours_comes_back_with_both(people, teacher, session):
    data = filled(teacher.get(session))
    make_exception(
        people.preschool,
        first_day=date(2026, 11, 24),
        kind="part_closed",
        slots=["9-10"],
        reason="illness",
    )
    response = teacher.post(session, data)
    assert "Något har sparats" in words_of(response)
    assert ScheduleException.objects.count() == 1
    assert teacher.post(session, filled(response)).status_code == 302
    assert ScheduleException.objects.count() == 2


@pytest.mark.parametrize(
    "path",
    ["oppet/2026-11-24/0900/", "telefon/2026-11-24/1300/", "oppet/2026-11-25/1300/", "x/y/z/"],
)
def test_slot_that_is_none_is_not_found(people, labelled, teacher, path):
    assert teacher.get(f"{people.home}open-preschool/pass/{path}").status_code == 404


def test_slot_of_others_is_refused(people, session):
    assert signed_in(people.nurse).get(session).status_code == 403


def test_closing_today_reaches_the_programme_and_undoing_puts_it_back(people, teacher):
    make_activity(people.preschool, name="Sångstund", when=["mon 10-11"])
    close = f"{people.home}open-preschool/stang/"
    response = send(teacher, close, reason="illness")
    today = teacher.get(people.home).context["page"].dates_today
    assert [(own.name, own.state) for own in today] == [("Sångstund", "Inställt. Sjukdom.")]
    version = teacher.get(response["Location"]).context["version"]
    teacher.post(response["Location"], {"version": version})
    assert [own.state for own in teacher.get(people.home).context["page"].dates_today] == [""]
