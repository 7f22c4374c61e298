"""A new term from beginning to end: the hours, the activities after them, and the holidays."""

from datetime import date

import pytest
from django.test import Client

from centres.models import Recurrence, ScheduleException
from tests.factories import make_activity

from .people import filled, signed_in, words_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_eight")]
SPRING = {"valid_from": "2027-01-11", "valid_to": "2027-06-11"}
EVE = date(2027, 4, 30)


@pytest.fixture
def autumn(people):
    """Hours and two activities of the autumn; the clinic needs the same room in the spring."""
    term = people.preschool.schedules.get()
    term.valid_from, term.valid_to = date(2026, 8, 17), date(2026, 12, 11)
    term.save()
    cafe = make_activity(people.preschool, name="Fredagsfika", when=["fri 13-15"], room="Salen")
    make_activity(people.preschool, name="Lördagslek", when=["sat 10-12"])
    Recurrence.objects.update(first_day=term.valid_from, last_day=term.valid_to)
    make_activity(people.clinic, name="Grupp", when=["2027-01-22 14-16"], room="salen")
    return cafe


def copy_hours(teacher, people):
    url = f"{people.home}ny-termin/{people.preschool.schedules.get().pk}/"
    page = teacher.get(url).context
    sent = filled(None, page["form"], *page["slots"], page["slots"].management_form)
    sent |= SPRING | {"do": "save"}
    looked_at = teacher.post(url, sent).context["form"]
    return teacher.post(url, sent | filled(None, looked_at), follow=True)


def test_walk_from_hours_to_what_families_see(people, autumn):
    teacher = signed_in(people.teacher)
    assert f"{people.home}ny-termin/" in teacher.get(people.home).content.decode()

    activities = copy_hours(teacher, people)
    url = activities.request["PATH_INFO"]
    assert url == f"{people.home}ny-termin/aktiviteter/"
    assert "De nya tiderna är sparade" in words_of(activities)
    sent = filled(activities)
    assert (sent["first_day"], sent["last_day"]) == tuple(SPRING.values())

    sent["activities"] = activities.context["form"].initial["activities"]
    assert len(sent["activities"]) == 2
    looked_at = teacher.post(url, sent | {"do": "check"})
    review = looked_at.context["review"]
    assert review.room_clashes == [
        "Fredag 22 januari kl. 14.00–16.00: Fredagsfika och Grupp i samma rum, Salen"
    ]
    assert [day.partition(",")[0] for day in review.unanswered] == [
        "Fredag 30 april kl. 13.00–15.00 2027",
        "Fredag 7 maj kl. 13.00–15.00 2027",
    ]
    saturdays = [day.rpartition(": ")[2] for day in review.unanswered_without_hours]
    assert saturdays == ["påskafton", "pingstafton"]
    assert any("26 mars" in day for day in review.closed)

    kept = {"activities": sent["activities"], "confirmed": [str(autumn.pk)]}
    home = teacher.post(url, filled(looked_at) | kept | {"do": "save"}, follow=True)
    assert home.request["PATH_INFO"] == people.home
    assert "2 tider är sparade." in words_of(home)
    assert EVE in [question.day for question in home.context["page"].unanswered]

    programme = "/det-hander/?nar=2027-04-30"
    assert "Ingen har sagt än om det blir av" in words_of(Client().get(programme))
    answer_of_holiday(teacher, people)
    said = words_of(Client().get(programme))
    assert "Fredagsfika" in said
    assert "Ingen har sagt än" not in said
    easter = f"/det-hander/?nar={date(2027, 3, 27)}"
    assert "Inte bekräftat" in words_of(Client().get(easter))


def answer_of_holiday(teacher, people) -> None:
    """Open as usual on Walpurgis Night, in the list of holidays."""
    name = f"{EVE:%Y%m%d}-open-preschool-alla"
    teacher.post(f"{people.home}helgdagar/", {f"{name}-answer": "as_usual", f"{name}-seen": ""})
    assert ScheduleException.objects.get(first_day=EVE).kind == "as_usual"


def test_day_without_hours_is_answered_at_its_own_date(people, autumn):
    """As the review says: Easter Saturday has no question in the list of holidays."""
    teacher = signed_in(people.teacher)
    play = autumn.organiser.activities.exclude(pk=autumn.pk).get()
    play.recurrences.update(first_day=date(2027, 1, 16), last_day=date(2027, 5, 29))
    url = f"{people.home}tillfalle/{play.pk}/2027-03-27/1000/andra/"
    teacher.post(url, filled(teacher.get(url)) | {"despite_closing": "on"})
    said = words_of(Client().get("/det-hander/?nar=2027-03-27"))
    assert "Lördagslek" in said
    assert "Inte bekräftat" not in said


def test_hours_without_activities_lead_home(people):
    term = people.preschool.schedules.get()
    term.valid_from, term.valid_to = date(2026, 8, 17), date(2026, 12, 11)
    term.save()
    assert copy_hours(signed_in(people.teacher), people).request["PATH_INFO"] == people.home
