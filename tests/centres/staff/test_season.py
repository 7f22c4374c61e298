"""A new term from an old one."""

from datetime import date

import pytest

from centres.models import Confirmation, Schedule, TimeSlot
from tests.factories import make_confirmation, make_exception, make_schedule, stockholm

from .people import filled, signed_in, words_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_eight")]


@pytest.fixture
def term(people) -> Schedule:
    """The open preschool's autumn, with baby time in odd weeks."""
    Schedule.objects.all().delete()
    return make_schedule(
        people.preschool,
        valid_from=date(2026, 8, 17),
        valid_to=date(2026, 12, 18),
        slots=["mon 9-15", ("thu 9-12 odd", {"label": "Babyöppet", "max_age_months": 8})],
    )


def address(people, term) -> str:
    return f"{people.home}ny-termin/{term.pk}/"


def form_of(response) -> dict:
    context = response.context
    return filled(response, context["form"], context["slots"].management_form, *context["slots"])


SPRING = {"valid_from": "2027-01-11", "valid_to": "2027-06-11"}


def review(client, people, term, **answers):
    data = form_of(client.get(address(people, term))) | SPRING | answers
    return client.post(address(people, term), data | {"do": "check"})


def save(client, people, term, page, **answers):
    data = form_of(page) | {"do": "save"} | answers
    return client.post(address(people, term), data, follow=True)


def test_term_is_copied_to_new_dates_and_waits_for_confirmation(people, term, at_eight):
    make_confirmation(people.preschool)
    teacher = signed_in(people.teacher)
    page = review(teacher, people, term)
    assert not Schedule.objects.exclude(pk=term.pk).exists()
    assert "Måndag 9–15, udda veckor även torsdag 9–12" in words_of(page)
    page = save(teacher, people, term, page)
    assert "De är inte bekräftade än." in words_of(page)
    copy = Schedule.objects.exclude(pk=term.pk).get()
    assert (copy.valid_from, copy.valid_to) == (date(2027, 1, 11), date(2027, 6, 11))
    assert copy.awaits_confirmation
    assert [str(slot) for slot in copy.slots.all()] == ["måndag 09.00–15.00", "torsdag 09.00–12.00"]
    assert copy.slots.get(weekday=4).max_age_months == 8
    assert TimeSlot.objects.filter(schedule=term).count() == 2
    public = people.centre.get_absolute_url()
    assert "ring före besök" not in words_of(teacher.get(public)).lower()
    at_eight.move_to(stockholm(2027, 1, 11, 10))
    assert "ring före besök" in words_of(teacher.get(public)).lower()


def test_tick_is_of_the_term_looked_at_and_no_other(people, term):
    summer = make_schedule(
        people.preschool,
        kind="season",
        valid_from=date(2027, 6, 14),
        valid_to=date(2027, 8, 13),
        awaits_confirmation=True,
    )
    teacher = signed_in(people.teacher)
    save(teacher, people, term, review(teacher, people, term), is_confirmed="on")
    assert list(Schedule.objects.filter(awaits_confirmation=True)) == [summer]


def test_ticked_term_is_confirmed_by_the_one_who_ticks(people, term, at_eight):
    teacher = signed_in(people.teacher)
    save(teacher, people, term, review(teacher, people, term), is_confirmed="on")
    assert not Schedule.objects.filter(awaits_confirmation=True).exists()
    assert Confirmation.objects.get().confirmed_by == people.teacher


def test_confirming_the_hours_later_ends_the_waiting(people, term):
    teacher = signed_in(people.teacher)
    save(teacher, people, term, review(teacher, people, term))
    page = teacher.get(people.home).context["page"]
    fact = next(fact for fact in page.to_confirm if fact.awaits)
    assert "11 januari–11 juni: Måndag 9–15" in fact.value
    teacher.post(f"{people.home}stammer/", {"fact": fact.key, "version": fact.version})
    assert not Schedule.objects.filter(awaits_confirmation=True).exists()


@pytest.mark.parametrize(
    ("fields", "dates"),
    [
        ({"valid_to": date(2026, 12, 18)}, ("2026-12-21", "2027-04-23")),
        (
            {
                "kind": "season",
                "valid_from": date(2026, 6, 15),
                "valid_to": date(2026, 8, 14),
            },
            ("2027-06-14", "2027-08-13"),
        ),
        ({"valid_from": date(2026, 1, 12), "valid_to": None}, ("2026-11-30", None)),
    ],
)
def test_new_dates_are_proposed_on_the_same_weekdays(people, term, fields, dates):
    Schedule.objects.filter(pk=term.pk).update(**fields)
    data = form_of(signed_in(people.teacher).get(address(people, term)))
    assert (data["valid_from"], data.get("valid_to")) == dates


def test_clash_is_named_and_nothing_is_saved(people, term):
    make_schedule(people.preschool, valid_from=date(2027, 1, 1), valid_to=date(2027, 6, 30))
    teacher = signed_in(people.teacher)
    page = review(teacher, people, term)
    clash = "Här finns redan ordinarie tider för 1 januari 2027 – 30 juni 2027"
    assert clash in words_of(page)
    assert clash in words_of(save(teacher, people, term, page))
    assert Schedule.objects.count() == 2


def test_open_ended_hours_end_the_day_before_the_new_ones(people, term):
    Schedule.objects.filter(pk=term.pk).update(valid_to=None)
    teacher = signed_in(people.teacher)
    clash = review(teacher, people, term, ends_source="")
    assert "Här finns redan ordinarie tider" in words_of(clash)
    save(teacher, people, term, review(teacher, people, term, ends_source="on"))
    term.refresh_from_db()
    assert term.valid_to == date(2027, 1, 10)
    assert Schedule.objects.count() == 2


def test_year_already_laid_ends_where_the_new_term_begins(people, term):
    laid = make_schedule(people.preschool, valid_from=date(2027, 1, 1), valid_to=date(2027, 12, 31))
    teacher = signed_in(people.teacher)
    clash = words_of(review(teacher, people, term))
    assert "kryssa i ”Låt de gamla tiderna sluta dagen före”" in clash
    assert "Spara terminen" not in clash
    save(teacher, people, term, review(teacher, people, term, ends_source="on"))
    laid.refresh_from_db()
    last_of_source = term.valid_to
    term.refresh_from_db()
    assert (laid.valid_to, term.valid_to) == (date(2027, 1, 10), last_of_source)


def test_review_names_days_without_answer_red_days_and_long_years(people, term):
    make_exception(people.preschool, kind="as_usual", first_day=date(2026, 12, 31))
    teacher = signed_in(people.teacher)
    page = review(teacher, people, term, valid_from="2026-12-21", valid_to="2027-06-11", **TUESDAYS)
    found = page.context["review"]
    assert "Torsdag 24 december 2026, julafton" not in found.unanswered  # week 52 is even
    assert "Torsdag 31 december 2026, nyårsafton" not in found.unanswered  # answered
    assert "Tisdag 5 januari 2027, trettondagsafton" in found.unanswered
    assert "Måndag 29 mars 2027, annandag påsk" in found.closed
    assert "2026 har 53 veckor" in found.warnings[0]


TUESDAYS = {
    "form-2-weekday": "2",
    "form-2-opens_at": "9",
    "form-2-closes_at": "12",
}


def test_rows_of_the_week_can_be_changed_added_and_left_out(people, term):
    teacher = signed_in(people.teacher)
    page = review(
        teacher, people, term, **TUESDAYS, **{"form-0-closes_at": "14", "form-1-DELETE": "on"}
    )
    save(teacher, people, term, page)
    copy = Schedule.objects.exclude(pk=term.pk).get()
    assert [str(slot) for slot in copy.slots.all()] == ["måndag 09.00–14.00", "tisdag 09.00–12.00"]


def test_week_that_nobody_has_looked_at_is_shown_before_it_is_saved(people, term):
    teacher = signed_in(people.teacher)
    page = save(teacher, people, term, review(teacher, people, term), **TUESDAYS)
    assert "Måndag 9–15, tisdag 9–12" in words_of(page)
    assert Schedule.objects.count() == 1
    save(teacher, people, term, page)
    assert Schedule.objects.count() == 2


def test_dates_that_nobody_has_looked_at_are_shown_before_they_are_saved(people, term):
    teacher = signed_in(people.teacher)
    page = review(teacher, people, term)
    page = save(teacher, people, term, page, valid_from="2027-01-18")
    assert "18 januari 2027 – 11 juni 2027" in words_of(page)
    assert Schedule.objects.count() == 1


def test_sent_twice_it_is_saved_once(people, term):
    teacher = signed_in(people.teacher)
    data = form_of(review(teacher, people, term)) | {"do": "save"}
    for _ in range(2):
        assert teacher.post(address(people, term), data)["Location"] == people.home
    assert Schedule.objects.count() == 2


def test_old_term_that_was_changed_meanwhile_is_shown(people, term):
    teacher = signed_in(people.teacher)
    page = review(teacher, people, term)
    term.slots.filter(weekday=1).update(closes_at="14:00")
    asked = save(teacher, people, term, page)
    assert "Måndag 9–14" in words_of(asked)
    assert Schedule.objects.count() == 1
    save(teacher, people, term, asked)
    assert Schedule.objects.count() == 2


def test_season_without_hours_is_copied_as_one(people, term):
    summer = make_schedule(
        people.preschool,
        kind="season",
        valid_from=date(2026, 6, 22),
        valid_to=date(2026, 8, 9),
    )
    teacher = signed_in(people.teacher)
    page = review(teacher, people, summer, valid_from="2027-06-21", valid_to="2027-08-08")
    assert "stängt hela tiden" in words_of(page)
    save(teacher, people, summer, page)
    copy = Schedule.objects.get(valid_from=date(2027, 6, 21))
    assert (copy.kind, copy.slots.count()) == ("season", 0)


@pytest.mark.parametrize(("who", "status"), [("nurse", 403), ("stranger", 403)])
def test_term_of_another_organisation_is_refused(people, term, who, status):
    client = signed_in(getattr(people, who))
    assert client.get(address(people, term)).status_code == status
    assert client.post(address(people, term), {"do": "save"}).status_code == status
    assert "Kopia av" not in words_of(client.get(f"{people.home}ny-termin/"))


def test_only_ones_own_terms_are_offered(people, term):
    page = words_of(signed_in(people.teacher).get(f"{people.home}ny-termin/"))
    assert "17 augusti 2026 – 18 december 2026" in page
    assert "telefontid" not in page.lower()
