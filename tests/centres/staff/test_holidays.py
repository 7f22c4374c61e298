"""Holidays, eves and squeeze days in one list."""

from datetime import date

import pytest

from centres.models import ScheduleException
from tests.factories import make_exception, make_schedule

from .people import signed_in, words_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_eight")]
CHRISTMAS_EVE = date(2026, 12, 24)
EVE, DAY = "20261224-open-preschool-alla", "20261225-open-preschool-alla"


def address(people) -> str:
    return f"{people.home}helgdagar/"


def answers_on(page) -> dict:
    """What the browser would send back untouched."""
    data = {}
    for form in page.context["page"].forms:
        for field in form:
            value = field.value()
            if value:
                shown = value if isinstance(value, str) else f"{value:%H:%M}"
                data[field.html_name] = shown
    return data


def test_list_has_every_holiday_that_falls_on_a_day_with_hours(people):
    page = signed_in(people.teacher).get(address(people)).context["page"]
    names = {f"{day.day} {day.name}": len(day.forms) for day in page.days.values()}
    assert names["2026-12-24 Julafton"] == 1
    assert names["2027-05-07 Klämdag"] == 1
    assert "2026-12-26 Annandag jul" not in names  # a Saturday
    assert all(len(day.others) == 1 for day in page.days.values())
    assert min(page.days) > date(2026, 11, 23)
    assert max(page.days) <= date(2027, 11, 23)


def test_all_answers_are_saved_at_once_and_the_rest_stays_unanswered(people):
    teacher = signed_in(people.teacher)
    page = teacher.get(address(people))
    before = page.context["page"].unanswered
    data = answers_on(page) | {
        f"{EVE}-answer": "closed",
        f"{DAY}-answer": "as_usual",
        "20261231-open-preschool-alla-answer": "replaced",
        "20261231-open-preschool-alla-opens_at": "9",
        "20261231-open-preschool-alla-closes_at": "12",
    }
    saved = [teacher.post(address(people), data, follow=True) for _ in range(2)]
    assert "Svaren är sparade." in words_of(saved[0])
    assert "Svaren är sparade." in words_of(saved[1])
    assert [(row.first_day.isoformat(), row.kind) for row in ScheduleException.objects.all()] == [
        ("2026-12-24", "closed"),
        ("2026-12-25", "as_usual"),
        ("2026-12-31", "replaced"),
    ]
    assert ScheduleException.history.count() == 3
    assert saved[1].context["page"].unanswered == before - 2
    assert set(ScheduleException.objects.values_list("service_at_centre", flat=True)) == {
        people.preschool.pk
    }


@pytest.mark.parametrize(
    ("first", "second", "kinds"),
    [
        ({"answer": "closed"}, {"answer": "as_usual"}, ["as_usual"]),
        ({"answer": "closed"}, {"answer": ""}, []),
        ({"answer": "as_usual"}, {"answer": "closed"}, ["closed"]),
        (
            {"answer": "replaced", "opens_at": "9", "closes_at": "12"},
            {"answer": "closed"},
            ["closed"],
        ),
        (
            {"answer": "closed"},
            {"answer": "replaced", "opens_at": "9", "closes_at": "12"},
            ["replaced"],
        ),
    ],
)
def test_answer_can_be_changed_and_taken_back(people, first, second, kinds):
    teacher = signed_in(people.teacher)
    for answers in (first, second):
        data = answers_on(teacher.get(address(people)))
        data |= {f"{EVE}-{name}": value for name, value in answers.items()}
        teacher.post(address(people), data)
    assert [row.kind for row in ScheduleException.objects.all()] == kinds


@pytest.mark.parametrize(
    ("answers", "message"),
    [
        ({"answer": "replaced"}, "Fyll i från när och till när"),
        ({"answer": "replaced", "opens_at": "12", "closes_at": "9"}, "måste vara senare"),
        ({"answer": "extra"}, "extra"),
    ],
)
def test_one_wrong_answer_leaves_all_unsaved(people, answers, message):
    teacher = signed_in(people.teacher)
    data = answers_on(teacher.get(address(people))) | {f"{DAY}-answer": "as_usual"}
    data |= {f"{EVE}-{name}": value for name, value in answers.items()}
    page = teacher.post(address(people), data)
    assert message in page.content.decode()
    assert "Inget är sparat än." in words_of(page)
    assert not ScheduleException.objects.exists()


def test_two_who_answer_different_days_do_not_trouble_each_other(people):
    teacher, coordinator = signed_in(people.teacher), signed_in(people.coordinator)
    one, other = (
        answers_on(teacher.get(address(people))),
        answers_on(coordinator.get(address(people))),
    )
    teacher.post(address(people), one | {f"{EVE}-answer": "closed"})
    coordinator.post(address(people), other | {f"{DAY}-answer": "as_usual"})
    assert [row.kind for row in ScheduleException.objects.all()] == ["closed", "as_usual"]


def test_two_who_answer_the_same_day_are_shown_both(people):
    teacher, coordinator = signed_in(people.teacher), signed_in(people.coordinator)
    own = answers_on(coordinator.get(address(people))) | {f"{EVE}-answer": "as_usual"}
    own |= {f"{DAY}-answer": "as_usual"}
    teacher.post(
        address(people), answers_on(teacher.get(address(people))) | {f"{EVE}-answer": "closed"}
    )
    page = coordinator.post(address(people), own)
    said = words_of(page)
    assert "Sparat nu (Tove Lärare 8.00) stängt Det du skrev som vanligt" in said
    assert [row.kind for row in ScheduleException.objects.all()] == ["closed"]
    coordinator.post(address(people), answers_on(page))
    assert [row.kind for row in ScheduleException.objects.all()] == ["as_usual", "as_usual"]


def test_clashes_with_other_closings_are_shown(people):
    make_exception(people.centre, first_day=CHRISTMAS_EVE, reason="premises")
    make_exception(
        people.preschool, first_day=date(2026, 12, 21), last_day=date(2027, 1, 8), reason="holiday"
    )
    page = words_of(signed_in(people.teacher).get(address(people)))
    assert "Krockar kanske: Hela huset: stängt (problem i lokalen)." in page
    assert "21 december–8 januari: stängt (helg eller lov)." in page


def test_other_hours_of_the_door_leave_the_phone_to_be_answered(people):
    make_schedule(people.preschool, channel="phone", slots=["thu 8-9"])
    teacher = signed_in(people.teacher)
    data = answers_on(teacher.get(address(people)))
    data |= {f"{EVE}-answer": "replaced", f"{EVE}-opens_at": "9", f"{EVE}-closes_at": "11"}
    teacher.post(address(people), data)
    page = teacher.get(address(people))
    data = answers_on(page)
    assert data["20261224-open-preschool-drop_in-answer"] == "replaced"
    teacher.post(address(people), data | {"20261224-open-preschool-phone-answer": "closed"})
    rows = ScheduleException.objects.order_by("channel")
    assert [(row.channel, row.kind) for row in rows] == [
        ("drop_in", "replaced"),
        ("phone", "closed"),
    ]


def test_answers_for_others_services_are_not_taken(people):
    nurse = signed_in(people.nurse)
    data = answers_on(nurse.get(address(people))) | {f"{EVE}-answer": "closed", f"{EVE}-seen": ""}
    nurse.post(address(people), data)
    assert not ScheduleException.objects.exists()
    assert signed_in(people.stranger).post(address(people), data).status_code == 403
