"""The list of one's activities, copies, the week room by room, and a new term for all."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from centres.models import Activity, Recurrence
from tests.factories import make_activity, make_change, make_exception, make_venue

from .people import filled, signed_in, words_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_eight")]


@pytest.fixture
def teacher(people):
    return signed_in(people.teacher)


def own(people, name="Babycafé", when=("tue 13-15",), **fields) -> Activity:
    return make_activity(people.preschool, name=name, when=when, **fields)


# --- Questions to the database -----------------------------------------------------------------
@pytest.mark.parametrize("path", ["", "aktiviteter/", "vecka/", "ny-termin/aktiviteter/"])
def test_many_activities_ask_as_little_as_few(people, teacher, django_assert_num_queries, path):
    def add(number: int) -> None:
        venue = make_venue()
        for at_home in (True, False):
            activity = own(
                people,
                f"Nummer {number} {at_home}",
                ["mon 11-12", "tue 13-15", "2026-11-26 9-10"],
                room="Salen",
                venue=None if at_home else venue,
                with_rooms=[people.clinic],
            )
            make_change(activity, "2026-11-24 13", reason="illness")
            make_change(activity, "2026-11-30 11", "2026-12-01 14-15", new_venue=make_venue())
        activity.recurrences.update(awaits_confirmation=True)

    add(0)
    teacher.get(f"{people.home}{path}")  # what is kept in memory is read
    with CaptureQueriesContext(connection) as few:
        teacher.get(f"{people.home}{path}")
    for number in range(1, 8):
        add(number)
    with django_assert_num_queries(len(few)):
        teacher.get(f"{people.home}{path}")


# --- The list ----------------------------------------------------------------------------------
def test_list_names_times_drafts_and_what_is_over(people, teacher, django_assert_max_num_queries):
    own(people, "Babycafé", ["tue 13-15 odd"])
    Recurrence.objects.update(last_day=date(2027, 5, 30))
    own(people, "Utkastet", status="draft")
    own(people, "Sommarfesten", ["2026-06-12 13-15"])
    make_activity(people.clinic, name="Föräldragrupp")
    with django_assert_max_num_queries(26):
        response = teacher.get(f"{people.home}aktiviteter/")
    said = words_of(response)
    assert "Tisdagar 13–15, udda veckor, 1 januari 2026 – 30 maj 2027" in said
    assert "2026 har 53 veckor" in said
    assert "utkast, syns inte" in said
    assert [str(row.activity) for row in response.context["over"]] == ["Sommarfesten"]
    assert "Föräldragrupp" not in said


def test_copy_is_a_draft_made_once(people, teacher):
    activity = own(people, description="Vi fikar.", with_rooms=[people.clinic], cost=20)
    page = teacher.get(f"{people.home}aktiviteter/")
    url = f"{people.home}aktiviteter/{activity.pk}/kopiera/"
    sent = {"ticket": page.context["ticket"]}
    for _time in range(2):
        response = teacher.post(url, sent)
    copy = Activity.objects.exclude(pk=activity.pk).get()
    assert response["Location"] == f"/admin/centres/activity/{copy.pk}/change/"
    assert (copy.status, copy.cost, copy.text.description) == ("draft", 20, "Vi fikar.")
    assert copy.recurrences.get().awaits_confirmation
    assert list(copy.co_organisers.all()) == [people.clinic]
    assert copy.history.get().history_user == people.teacher
    assert activity.recurrences.count() == activity.texts.count() == 1


def test_copying_without_a_ticket_makes_nothing(people, teacher):
    activity = own(people)
    teacher.post(f"{people.home}aktiviteter/{activity.pk}/kopiera/", {"ticket": "fel"})
    assert Activity.objects.count() == 1


def test_copying_what_others_hold_is_refused(people, teacher):
    foreign = make_activity(people.clinic)
    url = f"{people.home}aktiviteter/{foreign.pk}/kopiera/"
    assert teacher.post(url).status_code == 403
    assert teacher.get(url).status_code == 405


# --- The week ----------------------------------------------------------------------------------
def test_week_marks_in_words_what_needs_the_same_room(
    people, teacher, django_assert_max_num_queries
):
    own(people, "Babycafé", room="Stora rummet")
    make_activity(people.clinic, name="Föräldragrupp", when=["tue 14-16"], room="stora rummet")
    own(people, "Sångstund", ["wed 10-11"])
    with django_assert_max_num_queries(34):
        response = teacher.get(f"{people.home}vecka/")
    said = words_of(response)
    assert "1 gång behövs samma rum" in said
    assert "Krockar med Föräldragrupp 14.00–16.00" in said
    assert "Krockar med Babycafé 13.00–15.00" in said
    assert [name for name, _days in response.context["page"].rows] == [
        "Stora rummet",
        "Inget rum angivet",
    ]


@pytest.mark.parametrize(
    ("asked", "monday"),
    [
        ("2026-12-31", date(2026, 12, 28)),
        ("", date(2026, 11, 23)),
        ("snart", date(2026, 11, 23)),
        ("9999-12-31", date(2026, 11, 23)),
        ("0001-01-01", date(2026, 11, 23)),
        ("\0" * 5, date(2026, 11, 23)),
    ],
)
def test_week_is_that_of_the_day_asked_for(people, teacher, asked, monday):
    response = teacher.get(f"{people.home}vecka/", {"dag": asked})
    assert response.context["monday"] == monday


# --- A new term --------------------------------------------------------------------------------
@pytest.fixture
def autumn(people):
    rows = [own(people, "Babycafé", ["tue 13-15 odd"], room="Salen"), own(people, "Sångstund")]
    Recurrence.objects.update(first_day=date(2026, 8, 17), last_day=date(2026, 12, 11))
    return rows


SPRING = {"first_day": "2026-12-14", "last_day": "2027-05-30"}


def reviewed(teacher, url, **more):
    return teacher.post(url, filled(teacher.get(url)) | SPRING | {"do": "check"} | more)


def chosen(response, *activities, confirmed=()) -> dict:
    return filled(response) | {
        "activities": [str(row.pk) for row in activities],
        "confirmed": [str(row.pk) for row in confirmed],
    }


def keys(activities) -> list[str]:
    return [str(row.pk) for row in activities]


def test_term_is_looked_at_before_it_is_saved(people, teacher, autumn):
    url = f"{people.home}ny-termin/aktiviteter/"
    make_activity(people.clinic, name="Grupp", when=["2027-01-19 14-15"], room="salen")
    make_exception(people.preschool, first_day=date(2027, 2, 9), reason="planning")
    response = reviewed(teacher, url, activities=keys(autumn), do="save")
    said = words_of(response)
    assert "14 december 2026 – 30 maj 2027" in said
    assert "2026 har 53 veckor" in said
    assert "Babycafé och Grupp i samma rum" in said
    assert "påskafton" not in said
    assert response.context["review"].closed == [
        "Tisdag 9 februari kl. 13.00–15.00 2027, Sångstund"
    ]
    assert Recurrence.objects.filter(first_day__year=2027).count() == 1
    sent = chosen(response, *autumn, confirmed=autumn[:1]) | {"do": "save"}
    assert teacher.post(url, sent)["Location"] == people.home
    new = Recurrence.objects.filter(last_day=date(2027, 5, 30)).order_by("week_parity")
    assert [(row.week_parity, row.awaits_confirmation) for row in new] == [
        ("every", True),
        ("odd", False),
    ]
    assert teacher.post(url, sent)["Location"] == people.home
    assert Recurrence.objects.filter(last_day=date(2027, 5, 30)).count() == 2


def test_only_what_is_ticked_is_copied(people, teacher, autumn):
    url = f"{people.home}ny-termin/aktiviteter/"
    response = reviewed(teacher, url, activities=keys(autumn[:1]))
    teacher.post(url, chosen(response, autumn[0]) | {"do": "save"})
    assert Recurrence.objects.get(last_day=date(2027, 5, 30)).activity == autumn[0]


def test_what_was_not_looked_at_is_not_saved(people, teacher, autumn):
    url = f"{people.home}ny-termin/aktiviteter/"
    response = reviewed(teacher, url, activities=keys(autumn[:1]))
    other = teacher.post(url, chosen(response, *autumn) | {"do": "save"})
    assert other.context["review"]
    assert Recurrence.objects.count() == 2


def test_copying_onto_times_that_are_there_is_told(people, teacher, autumn):
    url = f"{people.home}ny-termin/aktiviteter/"
    response = reviewed(teacher, url, activities=keys(autumn), first_day="2026-11-30")
    assert "Två tider börjar samtidigt" in words_of(response)
    sent = chosen(response, *autumn) | {"do": "save", "first_day": "2026-11-30"}
    assert teacher.post(url, sent).status_code == 200
    assert Recurrence.objects.count() == 2


def test_times_changed_meanwhile_are_looked_at_again(people, teacher, autumn):
    url = f"{people.home}ny-termin/aktiviteter/"
    response = reviewed(teacher, url, activities=keys(autumn))
    Recurrence.objects.filter(activity=autumn[0]).update(ends_at="16:00")
    said = words_of(teacher.post(url, chosen(response, *autumn) | {"do": "save"}))
    assert "Tiderna har ändrats" in said
    assert Recurrence.objects.count() == 2


@pytest.mark.parametrize(
    "slip",
    [
        {"first_day": "snart"},
        {"last_day": "2026-12-01"},
        {"last_day": "2036-12-01"},
        {"activities": []},
        {"activities": ["påhittad"]},
        {"ticket": "fel"},
    ],
)
def test_slips_are_told(people, teacher, autumn, slip):
    url = f"{people.home}ny-termin/aktiviteter/"
    response = reviewed(teacher, url, **{"activities": keys(autumn), **slip})
    assert response.context["form"].errors
    assert Recurrence.objects.count() == 2


def test_copied_hours_lead_on_to_the_activities(people, teacher, autumn):
    term = people.preschool.schedules.get()
    term.valid_from, term.valid_to = date(2026, 8, 17), date(2026, 12, 13)
    term.save()
    url = f"{people.home}ny-termin/{term.pk}/"
    page = teacher.get(url).context
    sent = filled(None, page["form"], *page["slots"], page["slots"].management_form)
    sent |= {"valid_from": "2026-12-14", "valid_to": "2027-05-30", "do": "save"}
    looked_at = teacher.post(url, sent).context["form"]
    response = teacher.post(url, sent | filled(None, looked_at))
    onward = f"{people.home}ny-termin/aktiviteter/?fran=2026-12-14&till=2027-05-30"
    assert response["Location"] == onward
    assert teacher.get(onward).context["form"].initial["first_day"] == date(2026, 12, 14)
