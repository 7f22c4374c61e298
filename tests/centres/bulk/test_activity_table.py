"""Activities as a table: out, changed, tried and carried out."""

from datetime import date, time

import pytest

from centres import bulk
from centres.models import Activity, Recurrence
from tests.factories import (
    make_activity,
    make_centre,
    make_change,
    make_service_at_centre,
    make_user,
)

from .test_importing import changed, read, told

pytestmark = pytest.mark.django_db


@pytest.fixture
def coordinator():
    return make_user("coordinator")


@pytest.fixture
def activity():
    room = make_service_at_centre(centre=make_centre(name="Hjällbo", slug="hjallbo"))
    return make_activity(
        room,
        name="Babycafé",
        when=["tue 13-15 odd", "2026-12-13 16-18"],
        max_age_months=8,
        siblings="welcome",
        description="=SUM(1)",
        cost=0,
    )


def carried_out(sheet, by):
    plan = bulk.dry_run(sheet, by)
    assert told(plan) == []
    assert bulk.carry_out(sheet, by, digest=plan.digest)
    return plan


def what(plan) -> list[tuple[int | None, str]]:
    return [(row.number, row.what) for row in plan.rows]


def test_export_taken_in_again_changes_nothing(activity, coordinator):
    plan = bulk.dry_run(read(bulk.export("activities", coordinator)), coordinator)
    assert (plan.kind, told(plan), what(plan)) == (
        "activities",
        [],
        [(2, "unchanged"), (3, "unchanged")],
    )


def test_changed_cells_are_told_and_saved(activity, coordinator):
    make_change(activity, "2026-11-24 13")
    tuesday = activity.recurrences.get(weekday=2)
    sheet = changed(
        "activities",
        coordinator,
        ("13:00;15:00;udda veckor", "13:30;15:00;jämna veckor"),
    )
    plan = bulk.dry_run(sheet, coordinator)
    assert not told(plan)
    assert Recurrence.objects.get(pk=tuesday.pk).starts_at == time(13)
    assert bulk.carry_out(sheet, coordinator, digest=plan.digest)
    row = activity.recurrences.get(weekday=2)
    assert (row.starts_at, row.week_parity) == (time(13, 30), "even")
    assert activity.changes.exists()


def test_facts_of_the_activity_are_changed_once_for_all_rows(activity, coordinator):
    text = bulk.export("activities", coordinator).decode("utf-8-sig").replace(";8;", ";10;")
    plan = carried_out(read(text.encode()), coordinator)
    assert what(plan) == [(2, "changed"), (3, "unchanged")]
    activity.refresh_from_db()
    assert (activity.max_age_months, activity.text.description) == (10, "=SUM(1)")


def test_time_left_out_is_removed(activity, coordinator):
    lines = bulk.export("activities", coordinator).decode("utf-8-sig").splitlines()
    kept = [line for line in lines if "2026-12-13" not in line]
    plan = carried_out(read("\r\n".join(kept).encode()), coordinator)
    assert (None, "removed") in what(plan)
    assert activity.recurrences.get().weekday == 2


def test_new_activity_is_made_with_its_times(activity, coordinator):
    text = bulk.export("activities", coordinator).decode("utf-8-sig")
    more = text.replace("Babycafé", "Sångstund").split("\r\n", 1)[1]
    carried_out(read((text + more).encode()), coordinator)
    new = Activity.objects.exclude(pk=activity.pk).get()
    assert (str(new), new.recurrences.count(), new.history.get().history_user) == (
        "Sångstund",
        2,
        coordinator,
    )
    assert date(2026, 12, 13) in [row.first_day for row in new.recurrences.all()]


@pytest.mark.parametrize(
    ("old", "new", "row", "said"),
    [
        ("hjallbo", "annat", 2, "Det finns ingen sådan verksamhet"),
        ("Babycafé", "", 2, "Fyll i vad aktiviteten heter"),
        (";8;", ";9;", 3, "något annat om samma aktivitet på rad 2"),
        ("13:00;15:00", "13:00;12:00", 2, "Sluttiden måste vara senare"),
        ("13:00;15:00", ";15:00", 2, "Fyll i det här för tiden"),
        ("13:00;15:00", "25:00;15:00", 2, ""),
        (";2026-12-31;", ";2026-01-02;", 2, "infaller aldrig"),
        (";2026-12-31;", ";2025-12-31;", 2, "Sista dagen ligger före"),
    ],
)
def test_slips_are_told_by_row_and_nothing_is_saved(activity, coordinator, old, new, row, said):
    before = Recurrence.history.count()
    plan = bulk.dry_run(changed("activities", coordinator, (old, new)), coordinator)
    numbers = [number for number, _heading, message in told(plan) if said in message]
    assert row in numbers
    assert not plan.may_be_carried_out
    assert Recurrence.history.count() == before


def test_two_of_the_same_name_cannot_be_told_apart(activity, coordinator):
    make_activity(activity.organiser, name="babycafé")
    plan = bulk.dry_run(read(bulk.export("activities", coordinator)), coordinator)
    assert "Flera aktiviteter heter så" in told(plan)[0][2]


def test_export_asks_constantly_many_questions(activity, coordinator, django_assert_num_queries):
    with django_assert_num_queries(4):
        bulk.export("activities", coordinator)
    for number in range(3):
        make_activity(activity.organiser, name=f"Nummer {number}")
    with django_assert_num_queries(4):
        bulk.export("activities", coordinator)
