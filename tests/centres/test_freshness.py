"""What is confirmed, by whom and for how long; what is unanswered; what is missing."""

from datetime import UTC, date, timedelta

import pytest

from centres.actions import confirm, save_centre, save_schedule
from centres.freshness import Freshness, HouseToDo, freshness, load_houses
from centres.models import Confirmation, Schedule
from services.models import Service
from tests.factories import (
    make_centre,
    make_confirmation,
    make_exception,
    make_schedule,
    make_service_at_centre,
    make_user,
    stockholm,
)

AT = stockholm(2026, 11, 24, 10)
SECOND = timedelta(seconds=1)
# Christmas Eve and New Year's Eve of 2026; the Fridays after them are public holidays.
THURSDAYS = [date(2026, 12, 24), date(2026, 12, 31)]


def to_do(room_or_house, at=AT, *, plans=True) -> HouseToDo:
    pk = getattr(room_or_house, "centre_id", None) or room_or_house.pk
    house = load_houses(at).get(pk=pk)
    return HouseToDo(house, at, {room.pk for room in house.services_here.all()}, plans=plans)


def by_words(house: HouseToDo) -> dict:
    return {(type(f.target).__name__, f.words): f.freshness for f in house.facts}


@pytest.mark.parametrize(
    ("age", "expected"),
    [
        (None, Freshness.NEVER),
        (timedelta(0), Freshness.FRESH),
        (timedelta(days=90) - SECOND, Freshness.FRESH),
        (timedelta(days=90), Freshness.DUE),
        (timedelta(days=180) - SECOND, Freshness.DUE),
        (timedelta(days=180), Freshness.STALE),
        (timedelta(days=4000), Freshness.STALE),
    ],
)
def test_a_confirmation_is_due_after_90_days_and_stale_after_180(age, expected):
    confirmed_at = None if age is None else AT.astimezone(UTC) - age
    assert freshness(confirmed_at, AT) is expected


def test_ages_are_reckoned_across_the_change_of_clocks():
    """180 days by the clock of the world, as the public page reckons."""
    summer = stockholm(2026, 5, 28, 11)  # 10.00 on 24 November is one hour less on the wall
    assert freshness(summer, AT) is Freshness.STALE
    assert freshness(summer + SECOND, AT) is Freshness.DUE


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"origin": "staff"}, Freshness.FRESH),
        ({"origin": "staff", "confirmed_at": None}, Freshness.NEVER),
        ({"origin": "example"}, Freshness.NEVER),
        ({"origin": "public_page"}, Freshness.NEVER),
        ({"origin": "public_page", "confirmed_at": None}, Freshness.NEVER),
    ],
)
def test_only_staff_confirm(fields, expected):
    house = make_centre()
    make_confirmation(house, fact_group="location", **fields)
    assert by_words(to_do(house))["FamilyCentre", "adress och väg dit"] is expected


@pytest.mark.django_db
def test_groups_of_a_house_and_its_rooms():
    room = make_service_at_centre()
    make_schedule(room, slots=["mon 9-12"])
    make_schedule(room, channel="phone", valid_from=date(2027, 1, 1))
    make_schedule(room, channel="group", valid_to=date(2026, 11, 23))
    assert list(by_words(to_do(room))) == [
        ("FamilyCentre", "att den finns"),
        ("FamilyCentre", "adress och väg dit"),
        ("FamilyCentre", "första besöket och tillgänglighet"),
        ("ServiceAtCentre", "att den finns"),
        ("ServiceAtCentre", "telefon, e-post och bokning"),
        ("ServiceAtCentre", "öppettider, öppet utan tidsbokning"),
        ("ServiceAtCentre", "öppettider, telefontid"),
    ]


@pytest.mark.django_db
def test_confirming_one_group_refreshes_no_other():
    room, by = make_service_at_centre(), make_user("coordinator")
    make_schedule(room, slots=["mon 9-12"])
    make_schedule(room, channel="phone", slots=["mon 8-9"])
    refreshed = []
    for target, group, channel in [
        (room.centre, "location", ""),
        (room, "contact", ""),
        (room, "hours", "phone"),
    ]:
        confirm(target=target, fact_group=group, channel=channel, at=AT, by=by)
        refreshed.append((target.pk, group, channel))
        fresh = [f for f in to_do(room).facts if f.freshness is Freshness.FRESH]
        assert sorted((f.target.pk, f.group, f.channel) for f in fresh) == sorted(refreshed)


@pytest.mark.django_db
def test_an_edit_confirms_nothing():
    room, by = make_service_at_centre(), make_user("coordinator")
    schedule = make_schedule(room, slots=["mon 9-12"])
    make_confirmation(room, confirmed_at=AT - timedelta(days=100))
    before = list(Confirmation.objects.values())
    schedule.valid_from = date(2026, 2, 1)
    save_schedule(schedule=schedule, by=by)
    room.centre.street = "Bondegatan 1"
    save_centre(centre=room.centre, by=by)
    assert list(Confirmation.objects.values()) == before


@pytest.mark.django_db
@pytest.mark.parametrize("confirms", [True, False])
def test_saving_hours_on_the_form_confirms_them_only_where_that_is_ticked(client, confirms):
    room = make_service_at_centre()
    schedule = make_schedule(room, slots=["mon 9-12"])
    client.force_login(make_user("coordinator"))
    management = {"TOTAL_FORMS": "0", "INITIAL_FORMS": "0"}
    data = {"channel": "drop_in", "kind": "regular", "valid_from": "2026-02-01"}
    data |= {f"slots-{name}": value for name, value in management.items()}
    ticked = {"confirm_now": "on"} if confirms else {}
    client.post(f"/admin/centres/schedule/{schedule.pk}/change/", {**data, **ticked})
    assert Schedule.objects.get().valid_from == date(2026, 2, 1)
    assert Confirmation.objects.exists() == confirms


# --- Holidays ---------------------------------------------------------------------------------
@pytest.mark.django_db
def test_eves_with_hours_await_an_answer_and_public_holidays_do_not():
    room = make_service_at_centre()
    make_schedule(room, slots=["thu 9-12", "fri 9-12"])
    assert [row.day for row in to_do(room).unanswered] == THURSDAYS
    assert to_do(room).unanswered[0].words == "julafton, torsdag 24 december"


@pytest.mark.django_db
@pytest.mark.parametrize("kind", ["closed", "as_usual"])
def test_an_answer_of_the_room_or_the_house_is_enough(kind):
    room = make_service_at_centre()
    make_schedule(room, slots=["thu 9-12"])
    make_exception(room, kind=kind, first_day=THURSDAYS[0])
    make_exception(room.centre, first_day=THURSDAYS[1])
    assert to_do(room).unanswered == []


@pytest.mark.django_db
def test_an_answer_for_one_way_of_contact_leaves_the_others_open():
    room = make_service_at_centre()
    for channel in ("drop_in", "phone"):
        make_schedule(room, channel=channel, slots=["thu 9-12"])
    make_exception(room, first_day=THURSDAYS[0], channel="drop_in")
    assert [row.channels for row in to_do(room).unanswered] == [("phone",), ("drop_in", "phone")]


@pytest.mark.django_db
def test_holidays_later_than_90_days_and_of_closed_houses_are_left():
    room = make_service_at_centre()
    make_schedule(room, slots=["thu 9-12"])
    assert [row.day for row in to_do(room, stockholm(2026, 10, 2, 9)).unanswered] == THURSDAYS[:1]
    assert len(to_do(room).unanswered_within(timedelta(days=31))) == 1
    room.centre.status = "temporarily_closed"
    room.centre.save()
    assert to_do(room).unanswered == []


# --- Core facts -------------------------------------------------------------------------------
@pytest.mark.django_db
def test_core_facts_that_nobody_has_filled_in_are_missing():
    room = make_service_at_centre()
    assert [row.words for row in to_do(room).missing] == [
        "adress",
        "punkt på kartan",
        "om entrén är utan trappsteg",
        "barnmorskemottagning",
        "barnhälsovård (BVC)",
        "socialtjänst",
        "telefon",
        "språk",
        "öppettider",
    ]


@pytest.mark.django_db
def test_a_no_is_an_answer_and_nothing_is_missing_of_a_furnished_house():
    house = make_centre(
        kind="open_preschool",
        street="Bondegatan 1",
        latitude="57.75",
        longitude="12.03",
        step_free_entrance=False,
    )
    room = make_service_at_centre(centre=house, phone="031-390 06 01", languages=["sv"])
    make_schedule(room, slots=["mon 9-12"])
    assert to_do(room).missing == []


@pytest.mark.django_db
def test_booking_elsewhere_needs_no_hours_and_services_are_planned_by_coordinators():
    room = make_service_at_centre(booking_url="https://www.1177.se/")
    words = [row.words for row in to_do(room, plans=False).missing]
    assert "öppettider" not in words
    assert str(Service.Kind.SOCIAL_SERVICES.label) not in words


# --- Which houses, and how dear ---------------------------------------------------------------
@pytest.mark.django_db
@pytest.mark.parametrize(
    ("status", "is_in"),
    [("open", True), ("temporarily_closed", True), ("building", False), ("closed", False)],
)
def test_only_houses_in_use_await_anything(status, is_in):
    make_centre(status=status)
    assert load_houses(AT).exists() == is_in


@pytest.mark.django_db
def test_queries_do_not_grow_with_the_houses(django_assert_max_num_queries):
    for _ in range(6):
        room = make_service_at_centre()
        make_schedule(room, slots=["thu 9-12"])
        make_exception(room, first_day=THURSDAYS[0])
        make_confirmation(room)
    with django_assert_max_num_queries(14):
        for centre in load_houses(AT):
            house = HouseToDo(
                centre, AT, {room.pk for room in centre.services_here.all()}, plans=True
            )
            assert house.unconfirmed
            assert house.missing
            assert house.unanswered


# --- What readers see -------------------------------------------------------------------------
@pytest.mark.django_db
def test_public_page_says_call_first_180_days_after_the_confirmation(client, time_machine):
    room = make_service_at_centre(phone="031-390 06 01")
    make_schedule(room, slots=["mon 9-12", "tue 9-12"])
    confirm(target=room, fact_group="hours", channel="drop_in", at=AT, by=make_user("coordinator"))
    for days, says_so in [(0, False), (179, False), (180, True)]:
        time_machine.move_to(AT.astimezone(UTC) + timedelta(days=days), tick=False)
        page = client.get(room.centre.get_absolute_url()).content.decode()
        assert ("Ring före besök" in page) == says_so, days
