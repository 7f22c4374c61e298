import json
import re
from datetime import date, timedelta

import pytest
from django.apps import apps
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from simple_history.models import HistoricalChanges

from centres.actions import check_change, check_recurrences
from centres.known_facts import FactsError, read_known_facts
from centres.models import (
    Activity,
    Channel,
    Confirmation,
    FamilyCentre,
    Notice,
    Schedule,
    ScheduleException,
    ServiceAtCentre,
)
from centres.programme_of_many import ProgrammeOfMany
from centres.programme_values import State
from familjeportal.home.demo import seed
from familjeportal.home.demo.days import next_saturday, weekday_after
from familjeportal.home.demo.example import EXAMPLE_FILE, read_example
from familjeportal.home.demo.terms import terms_around
from services.history.branches import row_of
from services.history.values import same_values
from tests.factories import make_user, stockholm

MONDAY = date(2026, 11, 23)
FICTION = re.compile(r"031-390 06 [0-4]\d|070-174 06 (0[5-9]|[1-9]\d)")


@pytest.fixture(scope="module")
def laid(django_db_setup, django_db_blocker):
    """Laid once, since that takes seconds."""
    with django_db_blocker.unblock(), transaction.atomic():
        seed(MONDAY)
        yield
        transaction.set_rollback(True)


@pytest.fixture
def demo(laid, db):
    """What a test writes is taken back."""


def room(centre, service):
    return ServiceAtCentre.objects.get(centre__slug=centre, service__slug=service)


def every_row():
    models = [m for app in ("centres", "services") for m in apps.get_app_config(app).get_models()]
    models = [m for m in models if not issubclass(m, HistoricalChanges)]
    return {model: list(model.objects.order_by("pk").values()) for model in models}


# --- Days -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("today", "expected"),
    [
        (
            date(2026, 11, 23),
            [
                ("regular", date(2026, 7, 1), date(2026, 12, 31)),
                ("regular", date(2027, 1, 1), date(2027, 12, 31)),
                ("season", date(2027, 7, 12), date(2027, 8, 15)),
            ],
        ),
        (
            date(2027, 3, 1),
            [
                ("regular", date(2027, 1, 1), date(2027, 6, 30)),
                ("regular", date(2027, 7, 1), date(2028, 6, 30)),
                ("season", date(2027, 7, 12), date(2027, 8, 15)),
            ],
        ),
        (
            date(2027, 7, 20),
            [
                ("regular", date(2027, 7, 1), date(2027, 12, 31)),
                ("regular", date(2028, 1, 1), date(2028, 12, 31)),
                ("season", date(2027, 7, 12), date(2027, 8, 15)),
                ("season", date(2028, 7, 10), date(2028, 8, 13)),
            ],
        ),
    ],
)
def test_terms_around_a_day(today, expected):
    assert [(t.kind, t.first, t.last) for t in terms_around(today)] == expected


def test_terms_reach_a_year_ahead_from_every_day():
    for n in range(1500):
        today = date(2026, 1, 1) + timedelta(days=n)
        now, following, *_ = terms_around(today)
        assert now.first <= today <= now.last
        assert following.first == now.last + timedelta(days=1)
        assert following.last >= today + timedelta(days=365)


def test_weekday_after_skips_the_weekend():
    assert weekday_after(0)(MONDAY) == MONDAY
    assert weekday_after(0)(date(2026, 11, 28)) == date(2026, 11, 30)
    assert weekday_after(0)(date(2026, 11, 29)) == date(2026, 11, 30)
    assert next_saturday(MONDAY) == next_saturday(date(2026, 11, 28)) == date(2026, 11, 28)


# --- What the examples are ------------------------------------------------------------------------


@pytest.fixture(scope="module")
def houses():
    return read_example()


@pytest.fixture(scope="module")
def rooms(houses):
    return [room for house in houses for room in house.rooms]


def test_examples_take_every_number_from_the_series_for_fiction(rooms):
    phones = [room.fields["phone"] for room in rooms]
    direct = [person["phone"] for room in rooms for person in room.people]
    numbers = [number for number in (*phones, *direct) if number]
    assert len(numbers) > 40
    assert len(set(numbers)) == len(numbers)
    assert all(FICTION.fullmatch(number) for number in numbers)


def test_examples_stand_in_areas_that_are_known_each_in_its_own(houses):
    known = read_known_facts()
    points = {place["name"]: (place["latitude"], place["longitude"]) for place in known.places}
    assert len({points[centre.place] for centre in known.centres}) == len(houses)
    assert {house.slug for house in houses} == {centre.fields["slug"] for centre in known.centres}


def test_examples_invent_only_addresses_and_people_that_look_invented(houses, rooms):
    streets = [house.fields["street"] for house in houses if house.fields["street"]]
    assert all(street.startswith("Exempelgatan ") for street in streets)
    people = [person for room in rooms for person in room.people]
    named = [person for person in people if person["name"]]
    assert 5 <= len(named) < len(people) / 2
    assert all(person["name"].endswith(" Exempelsson") for person in named)
    assert all(person["approved"] for person in named)


def test_examples_show_what_hours_can_be(rooms):
    slots = {channel: [] for channel in Channel}
    for room in rooms:
        for channel, hours in room.hours.items():
            slots[channel] += hours.week
    assert all(slots.values())
    assert any(slot["week_parity"] == "odd" for slot in slots["group"])
    drop_in = slots["drop_in"]
    assert any(slot["week_parity"] == "odd" for slot in drop_in)
    assert any(slot["nth_in_month"] for slot in drop_in)
    assert any(slot["weekday"] == 6 for slot in drop_in)
    assert any(slot["closes_at"].hour == 18 for slot in drop_in)
    assert any(slot["language"] for slot in drop_in)
    assert any("drop_in" in room.hours for room in rooms if room.kind == "child_health_care")


# --- What is laid ---------------------------------------------------------------------------------


def test_seed_lays_only_rows_that_the_admin_would_accept(demo):
    for model in every_row():
        relations = [field.name for field in model._meta.fields if field.is_relation]
        for row in model.objects.all():
            row.clean_fields(exclude=relations)
            row.clean()


def test_seed_says_of_every_filled_group_that_it_holds_examples(demo):
    example = Confirmation.objects.filter(origin="example")
    for about in ServiceAtCentre.objects.exclude(phone=""):
        assert example.filter(service_at_centre=about, fact_group="contact").exists()
    for schedule in Schedule.objects.filter(valid_to__gte=MONDAY):
        assert example.filter(
            service_at_centre=schedule.service_at_centre,
            channel=schedule.channel,
            fact_group="hours",
        ).exists()
    location = {c.centre.slug: c for c in Confirmation.objects.filter(fact_group="location")}
    assert location["hjallbo"].source.endswith("; övrigt är exempel")
    assert location["lovgardet"].origin == Confirmation.Origin.EXAMPLE


def test_seed_confirms_examples_within_80_days_and_leaves_one_stale(demo):
    example = Confirmation.objects.filter(origin="example")
    days = [(MONDAY - timezone.localdate(c.confirmed_at)).days for c in example]
    assert [n for n in days if n > 80] == [200]
    assert min(days) >= 1
    assert len(set(days)) > 30
    assert not Confirmation.objects.filter(origin="public_page", confirmed_at__isnull=False)


def test_seed_leaves_some_rooms_without_hours(demo):
    empty = ServiceAtCentre.objects.filter(
        schedules__isnull=True, centre__status=FamilyCentre.Status.OPEN
    )
    assert {(r.centre.slug, r.service.slug) for r in empty} == {
        ("tuve", "bvc"),
        ("biskopsgarden", "barnmorska"),
        ("oppna-forskolan-torslanda", "oppen-forskola"),
    }
    assert all(r.text.how_to_reach for r in empty)


def test_seed_repeats_the_known_weeks_and_says_so(demo):
    for centre, term in (("glasmastaregatan", "våren 2024"), ("opaltorget", "hösten 2023")):
        preschool = room(centre, "oppen-forskola")
        schedules = preschool.schedules.filter(channel="drop_in", kind="regular")
        known, *examples = [
            [
                (s.weekday, s.opens_at, s.closes_at, s.min_age_months, s.max_age_months)
                for s in schedule.slots.all()
            ]
            for schedule in schedules.order_by("valid_from")
        ]
        assert examples == [known, known]
        hours = preschool.confirmations.get(fact_group="hours", channel="drop_in")
        assert hours.source == f"Exempel efter schemat {term}"
        assert hours.source_url.startswith("https://goteborg.se/")


def test_seed_lays_days_that_differ_around_the_day(demo):
    soon = ScheduleException.objects.filter(first_day__range=(MONDAY, MONDAY + timedelta(days=14)))
    kinds = {(e.kind, (e.centre or e.service_at_centre.centre).slug, e.first_day) for e in soon}
    assert kinds == {
        ("part_closed", "hjallbo", MONDAY),
        ("closed", "biskopsgarden", MONDAY),
        ("replaced", "angered-centrum", date(2026, 11, 26)),
        ("extra", "sannegarden", date(2026, 11, 28)),
        ("part_closed", "tuve", date(2026, 11, 30)),
        ("closed", "bergsjon", date(2026, 12, 1)),
    }


def test_seed_answers_the_eves_in_one_house_and_leaves_them_open_in_others(demo):
    christmas_eve = ScheduleException.objects.filter(first_day=date(2026, 12, 24))
    answered = {e.service_at_centre.centre.slug for e in christmas_eve}
    assert answered == {"hjallbo", "angered-centrum"}
    assert {e.kind for e in christmas_eve} == {"closed"}
    twelfth_night = ScheduleException.objects.get(
        first_day=date(2027, 1, 5), service_at_centre=room("hjallbo", "oppen-forskola")
    )
    assert twelfth_night.kind == "replaced"
    assert twelfth_night.slots.count() == 1


def test_seed_shows_one_piece_of_news_and_one_warning(demo):
    noon = stockholm(2026, 11, 23, 12)
    assert {n.severity for n in Notice.objects.shown(noon)} == {"info", "warning"}


# --- Again ----------------------------------------------------------------------------------------


def without_ids(rows):
    return {
        model: sorted(
            json.dumps({k: v for k, v in row.items() if k != "id"}, default=str, sort_keys=True)
            for row in values
        )
        for model, values in rows.items()
    }


def test_seed_twice_on_a_day_lays_the_same(demo):
    before = every_row()
    seed(MONDAY)
    assert without_ids(every_row()) == without_ids(before)


def test_seed_on_a_later_day_moves_terms_days_and_confirmations(demo):
    later = date(2027, 8, 20)
    seed(later)
    hours = room("hjallbo", "oppen-forskola").schedules.filter(kind="regular")
    assert sorted(s.valid_from for s in hours) == [date(2027, 7, 1), date(2028, 1, 1)]
    assert not ScheduleException.objects.filter(
        first_day__gt=date(2024, 12, 31), first_day__lt=later
    ).exists()
    oldest = Confirmation.objects.filter(origin="example").earliest("confirmed_at").confirmed_at
    assert (later - oldest.date()).days == 200
    known = room("glasmastaregatan", "oppen-forskola").schedules.filter(valid_to__lt=MONDAY)
    assert known.get().valid_from == date(2024, 1, 1)


def test_seed_leaves_a_version_of_every_row_as_it_stands(demo):
    """Else the first change by staff would have nothing before it, and nothing to go back to."""
    for model in (m for m in apps.get_models() if hasattr(m, "history")):
        versions = {record.pk: record for record in map(row_of, model.history.all()[::-1])}
        rows = {row.pk: row for row in model.objects.all()}
        assert versions.keys() == rows.keys()
        assert all(same_values(row, versions[key]) for key, row in rows.items())
    seeded = FamilyCentre.history.count()
    seed(MONDAY)
    assert FamilyCentre.history.count() == seeded


def test_seed_leaves_a_history_that_staff_can_read(demo, client):
    client.force_login(make_user("coordinator"))
    centre = FamilyCentre.objects.get(slug="hjallbo")
    page = client.get(reverse("admin:centres_familycentre_history", args=[centre.pk]))
    assert "Tillagt" in page.content.decode()


def test_seed_anew_leaves_what_staff_have_made(demo):
    preschool, nurse = room("hjallbo", "oppen-forskola"), room("hjallbo", "bvc")
    closed = ScheduleException.objects.create(
        service_at_centre=preschool, kind="closed", first_day=MONDAY, last_day=MONDAY
    )
    preschool.confirmations.filter(fact_group="hours", channel="drop_in").update(origin="staff")
    theirs = set(preschool.schedules.filter(channel="drop_in").values_list("pk", "valid_to"))
    nurse.schedules.filter(channel="phone").delete()
    new = Schedule.objects.create(
        service_at_centre=nurse, channel="phone", valid_from=date(2027, 8, 1)
    )
    seed(date(2027, 8, 20))
    assert ScheduleException.objects.filter(pk=closed.pk).exists()
    assert (
        set(preschool.schedules.filter(channel="drop_in").values_list("pk", "valid_to")) == theirs
    )
    assert list(nurse.schedules.filter(channel="phone")) == [new]


# --- A malformed file of examples -----------------------------------------------------------------


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('"nappy_table"', '"nappytable"', "houses[0] (angered-centrum): unknown fact 'nappytable'"),
        ('"week": "angered"', '"week": "hammarkullen"', "unknown week 'hammarkullen'"),
        ('"phone": {', '"telephone": {', "unknown channel 'telephone'"),
        ('"maternity_care": {', '"midwife": {', "unknown service kind 'midwife'"),
        ("031-390 06 00", "031", "bad phone '031'"),
    ],
)
def test_a_malformed_example_is_named(tmp_path, old, new, message):
    text = EXAMPLE_FILE.read_text(encoding="utf-8")
    assert old in text
    file = tmp_path / "example.json"
    file.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(FactsError, match=re.escape(message)):
        read_example(file)


def test_programme_around_the_day(demo):
    week = ProgrammeOfMany(MONDAY, MONDAY + timedelta(days=13)).between()
    activities = [one for one in week if not one.is_session]
    states = {one.state for one in activities}
    assert {State.SCHEDULED, State.CANCELLED, State.MOVED, State.MOVED_AWAY} <= states
    assert any(one.venue for one in activities)
    assert any(one.is_session for one in week)
    for activity in Activity.objects.all():
        activity.full_clean()
        check_recurrences(activity.recurrences.all())
        for change in activity.changes.all():
            change.full_clean()
            check_change(change)


def test_activities_that_staff_have_confirmed_are_theirs(demo):
    preschool = room("hjallbo", "oppen-forskola")
    keep, remove = preschool.activities.all()[:2]
    remove.delete()
    before = list(preschool.activities.all())
    assert keep in before
    confirmation = Confirmation.objects.get(service_at_centre=preschool, fact_group="activities")
    assert confirmation.is_example
    confirmation.origin = Confirmation.Origin.STAFF
    confirmation.save()
    seed(MONDAY)
    assert list(preschool.activities.all()) == before
