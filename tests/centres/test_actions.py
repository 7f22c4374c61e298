"""Writes of staff: what they refuse, and what they see to besides."""

from datetime import date, time, timedelta
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import ValidationError

from centres.actions import (
    check_exception_slots,
    clear_day,
    close,
    closed_beside,
    confirm,
    copy_schedule,
    opening_exceptions_within,
    remove_personal_details,
    save_centre,
    save_day,
    save_exception,
    save_schedule,
    undo_closing,
)
from centres.models import (
    ExceptionSlot,
    FamilyCentre,
    FormerSlug,
    Schedule,
    ScheduleException,
    TimeSlot,
)
from centres.opening_hours import OpeningHours
from centres.staff_words import days_in_words
from tests.factories import (
    make_centre,
    make_confirmation,
    make_contact_person,
    make_exception,
    make_schedule,
    make_service_at_centre,
    make_user,
    stockholm,
)

pytestmark = pytest.mark.django_db

MONDAY = date(2026, 11, 23)


def day(number: int) -> date:
    """The day that many days after Monday 23 November 2026."""
    return MONDAY + timedelta(days=number)


@pytest.fixture
def room():
    return make_service_at_centre()


@pytest.fixture
def by():
    return make_user("coordinator")


def message_of(refused) -> str:
    return " ".join(refused.value.messages)


# --- Schedules -----------------------------------------------------------------------------------
def new_schedule(room, **fields) -> Schedule:
    return Schedule(service_at_centre=room, **{"valid_from": date(2026, 8, 17), **fields})


def test_schedule_is_saved_with_its_slots_and_author(room, by):
    slots = [TimeSlot(weekday=1, opens_at=time(9), closes_at=time(15))]
    schedule = save_schedule(schedule=new_schedule(room), slots=slots, by=by)
    assert [str(slot) for slot in schedule.slots.all()] == ["måndag 09.00–15.00"]
    assert schedule.history.get().history_user == by
    assert schedule.slots.get().history.get().history_user == by


def test_slots_given_anew_replace_the_week(room, by):
    schedule = make_schedule(room, slots=["mon 9-15", "tue 9-15"])
    slots = [TimeSlot(weekday=5, opens_at=time(9), closes_at=time(12))]
    save_schedule(schedule=schedule, slots=slots, by=by)
    assert [slot.weekday for slot in schedule.slots.all()] == [5]


def test_slots_left_out_stay(room, by):
    schedule = make_schedule(room, slots=["mon 9-15"])
    save_schedule(schedule=schedule, by=by)
    assert schedule.slots.count() == 1


def test_bad_slot_leaves_the_whole_schedule_as_it_was(room, by):
    schedule = make_schedule(room, slots=["mon 9-15"])
    schedule.valid_to = date(2026, 12, 18)
    slots = [
        TimeSlot(weekday=2, opens_at=time(9), closes_at=time(15)),
        TimeSlot(weekday=9, opens_at=time(9), closes_at=time(15)),
    ]
    with pytest.raises(ValidationError):
        save_schedule(schedule=schedule, slots=slots, by=by)
    stored = Schedule.objects.get()
    assert stored.valid_to is None
    assert [slot.weekday for slot in stored.slots.all()] == [1]


@pytest.mark.parametrize(
    ("first", "last"),
    [
        (date(2026, 8, 17), None),
        (date(2026, 8, 17), date(2026, 12, 18)),
        (date(2025, 8, 18), date(2026, 1, 1)),
        (date(2025, 8, 18), None),
    ],
)
def test_second_regular_schedule_on_the_same_days_is_refused(room, by, first, last):
    make_schedule(room, valid_from=date(2026, 1, 1))
    with pytest.raises(ValidationError) as refused:
        save_schedule(schedule=new_schedule(room, valid_from=first, valid_to=last), by=by)
    assert "Här finns redan ordinarie tider för 1 januari 2026 tills vidare" in message_of(refused)
    assert Schedule.objects.count() == 1


@pytest.mark.parametrize(
    "fields",
    [
        {"valid_from": date(2026, 7, 1)},
        {"valid_from": date(2025, 8, 18), "valid_to": date(2025, 12, 31)},
        {"channel": "phone"},
        {"kind": "season", "valid_to": date(2026, 9, 1)},
    ],
)
def test_schedule_beside_a_regular_one_is_saved(room, by, fields):
    make_schedule(room, valid_from=date(2026, 1, 1), valid_to=date(2026, 6, 30))
    save_schedule(schedule=new_schedule(room, **fields), by=by)
    assert Schedule.objects.count() == 2


def test_schedule_of_another_room_is_no_clash(room, by):
    make_schedule(make_service_at_centre())
    save_schedule(schedule=new_schedule(room), by=by)


def test_schedule_is_no_clash_with_itself(room, by):
    schedule = make_schedule(room)
    schedule.valid_to = date(2026, 12, 31)
    save_schedule(schedule=schedule, by=by)


SUMMER = {"kind": "season", "valid_from": date(2026, 6, 15), "valid_to": date(2026, 8, 14)}


@pytest.mark.parametrize("days_later", [0, 1, 60])
def test_overlapping_season_of_equal_length_is_refused(room, by, days_later):
    make_schedule(room, **SUMMER)
    moved = timedelta(days=days_later)
    twin = SUMMER | {
        "valid_from": SUMMER["valid_from"] + moved,
        "valid_to": SUMMER["valid_to"] + moved,
    }
    with pytest.raises(ValidationError) as refused:
        save_schedule(schedule=new_schedule(room, **twin), by=by)
    assert "precis lika lång" in message_of(refused)


@pytest.mark.parametrize(
    ("first", "last"),
    [
        (date(2026, 7, 1), date(2026, 7, 31)),
        (date(2026, 8, 1), date(2026, 8, 31)),
        (date(2026, 8, 15), date(2026, 10, 14)),
    ],
)
def test_season_inside_another_partly_over_it_or_after_it_is_saved(room, by, first, last):
    make_schedule(room, **SUMMER)
    season = new_schedule(room, kind="season", valid_from=first, valid_to=last)
    save_schedule(schedule=season, by=by)


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({"kind": "season"}, "En säsong måste ha en sista dag."),
        ({"valid_to": date(2026, 8, 1)}, "Sista dagen ligger före första dagen."),
    ],
)
def test_schedule_that_cannot_be_is_refused(room, by, fields, says):
    with pytest.raises(ValidationError) as refused:
        save_schedule(schedule=new_schedule(room, **fields), by=by)
    assert says in message_of(refused)


# --- Exceptions ----------------------------------------------------------------------------------
def new_exception(target, **fields) -> ScheduleException:
    field = "centre" if isinstance(target, FamilyCentre) else "service_at_centre"
    return ScheduleException(
        **{field: target, "kind": "closed", "first_day": MONDAY, "last_day": MONDAY, **fields}
    )


def noon_hours():
    return [ExceptionSlot(opens_at=time(12), closes_at=time(14))]


@pytest.mark.parametrize("kind", ["closed", "as_usual"])
@pytest.mark.parametrize("last_day", [MONDAY, day(4), None])
def test_twin_exception_is_refused(room, by, kind, last_day):
    make_exception(room, kind=kind, last_day=last_day)
    with pytest.raises(ValidationError) as refused:
        save_exception(exception=new_exception(room, kind=kind, last_day=last_day), by=by)
    assert "finns redan för 23 november 2026" in message_of(refused)


def test_twin_of_new_hours_is_refused(room, by):
    make_exception(room, kind="replaced", slots=["10-12"])
    twin = new_exception(room, kind="replaced", channel="drop_in")
    with pytest.raises(ValidationError):
        save_exception(exception=twin, slots=noon_hours(), by=by)


def test_twin_of_the_whole_house_is_refused(room, by):
    make_exception(room.centre)
    with pytest.raises(ValidationError):
        save_exception(exception=new_exception(room.centre), by=by)


@pytest.mark.parametrize(
    "fields",
    [
        {"kind": "as_usual"},
        {"channel": "phone"},
        {"last_day": day(1)},
        {"first_day": day(1), "last_day": day(1)},
    ],
)
def test_exception_that_differs_from_another_in_something_is_saved(room, by, fields):
    make_exception(room)
    save_exception(exception=new_exception(room, **fields), by=by)
    assert ScheduleException.objects.count() == 2


def test_house_and_room_may_close_on_the_same_day(room, by):
    make_exception(room)
    save_exception(exception=new_exception(room.centre), by=by)


@pytest.mark.parametrize("kind", ["part_closed", "extra"])
def test_what_adds_up_may_come_twice(room, by, kind):
    make_exception(room, kind=kind, channel="drop_in", slots=["9-10"])
    again = new_exception(room, kind=kind, channel="drop_in")
    save_exception(exception=again, slots=noon_hours(), by=by)


def test_exception_is_no_twin_of_itself(room, by):
    exception = make_exception(room)
    exception.note = "Vi är sjuka."
    save_exception(exception=exception, by=by)
    assert exception.history.first().history_user == by


@pytest.mark.parametrize("kind", ["replaced", "extra"])
def test_new_hours_over_several_days_are_refused(room, by, kind):
    exception = new_exception(room, kind=kind, channel="drop_in", last_day=day(1))
    with pytest.raises(ValidationError) as refused:
        save_exception(exception=exception, slots=noon_hours(), by=by)
    assert "som en säsong" in message_of(refused)


@pytest.mark.parametrize("kind", ["replaced", "extra"])
def test_new_hours_without_a_channel_are_refused(room, by, kind):
    with pytest.raises(ValidationError):
        save_exception(exception=new_exception(room, kind=kind), slots=noon_hours(), by=by)


@pytest.mark.parametrize("kind", ["as_usual", "replaced", "extra"])
def test_house_only_closes(room, by, kind):
    with pytest.raises(ValidationError) as refused:
        save_exception(exception=new_exception(room.centre, kind=kind), by=by)
    assert "För hela huset går det bara att stänga" in message_of(refused)


def test_exception_that_ends_before_it_starts_is_refused(room, by):
    with pytest.raises(ValidationError) as refused:
        save_exception(exception=new_exception(room, last_day=day(-1)), by=by)
    assert "Sista dagen ligger före första dagen." in message_of(refused)


@pytest.mark.parametrize("kind", ["replaced", "part_closed", "extra"])
def test_exception_of_hours_without_any_is_refused(kind):
    with pytest.raises(ValidationError) as refused:
        check_exception_slots(ScheduleException(kind=kind), 0)
    assert "Fyll i minst en tid" in message_of(refused)


@pytest.mark.parametrize("kind", ["closed", "as_usual"])
def test_exception_of_whole_days_with_hours_is_refused(kind):
    with pytest.raises(ValidationError) as refused:
        check_exception_slots(ScheduleException(kind=kind), 1)
    assert "gäller hela dagen" in message_of(refused)


def test_refused_exception_leaves_nothing_behind(room, by):
    exception = new_exception(room, kind="extra", channel="drop_in")
    bad = [ExceptionSlot(opens_at=time(9), closes_at=time(10), min_age_months=9, max_age_months=2)]
    with pytest.raises(ValidationError):
        save_exception(exception=exception, slots=bad, by=by)
    assert not ScheduleException.objects.exists()


# --- Closing and what is narrower ----------------------------------------------------------------
def open_days(room, channel: str = "drop_in", count: int = 14) -> list[int]:
    """Which of the days from Monday on have opening hours."""
    hours = OpeningHours(
        [schedule.as_value() for schedule in room.schedules.filter(channel=channel)],
        [e.as_value() for e in (*room.exceptions.all(), *room.centre.exceptions.all())],
        zone=ZoneInfo("Europe/Stockholm"),
        holidays={},
        channel=channel,
    )
    return [n for n in range(count) if hours.day(day(n)).entries]


@pytest.fixture
def busy_room(room):
    for channel in ("drop_in", "phone"):
        days = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
        make_schedule(room, channel=channel, slots=[f"{name} 9-15" for name in days])
    return room


NARROWER = [
    {"kind": "extra", "first_day": day(2), "slots": ["17-19"]},
    {"kind": "replaced", "first_day": day(2), "slots": ["17-19"]},
    {"kind": "as_usual", "first_day": day(2)},
    {"kind": "as_usual", "first_day": day(1), "last_day": day(3)},
    {"kind": "as_usual", "first_day": day(-2), "last_day": day(1)},
    {"kind": "as_usual", "first_day": day(5), "last_day": day(8)},
    {"kind": "as_usual", "first_day": day(2), "channel": "drop_in"},
]


@pytest.mark.parametrize("fields", NARROWER)
def test_closing_a_week_names_what_would_still_open(busy_room, fields):
    narrower = make_exception(busy_room, **fields)
    assert opening_exceptions_within(new_exception(busy_room, last_day=day(6))) == [narrower]


@pytest.mark.parametrize("fields", NARROWER)
def test_closing_a_week_leaves_nothing_open_on_its_days(busy_room, by, fields):
    make_exception(busy_room, **fields)
    save_exception(exception=new_exception(busy_room, last_day=day(6)), by=by)
    assert open_days(busy_room) == [7, 8, 9, 10, 11, 12, 13]
    assert open_days(busy_room, "phone") == [7, 8, 9, 10, 11, 12, 13]


@pytest.mark.parametrize("fields", NARROWER)
def test_closing_the_house_leaves_nothing_open_on_its_days(busy_room, by, fields):
    make_exception(busy_room, **fields)
    save_exception(exception=new_exception(busy_room.centre, last_day=day(6)), by=by)
    assert open_days(busy_room) == [7, 8, 9, 10, 11, 12, 13]


def test_closing_the_house_today_beats_extra_hours_of_a_room(busy_room, by):
    make_exception(busy_room, kind="extra", slots=["17-19"])
    save_exception(exception=new_exception(busy_room.centre), by=by)
    assert open_days(busy_room, count=2) == [1]


def test_closing_until_further_notice_beats_answers_without_end(busy_room, by):
    make_exception(busy_room, kind="as_usual", first_day=day(3), last_day=None)
    save_exception(exception=new_exception(busy_room.centre, last_day=None), by=by)
    assert open_days(busy_room) == []


def test_days_outside_the_closing_keep_their_exception(busy_room, by):
    make_exception(busy_room.centre, first_day=day(5), last_day=day(12))
    make_exception(busy_room, kind="as_usual", first_day=day(5), last_day=day(8))
    save_exception(exception=new_exception(busy_room, last_day=day(6)), by=by)
    assert open_days(busy_room) == [7, 8, 13]


def test_closing_the_phone_leaves_the_door_open(busy_room, by):
    make_exception(busy_room, kind="as_usual", first_day=day(2))
    save_exception(exception=new_exception(busy_room, last_day=day(6), channel="phone"), by=by)
    assert open_days(busy_room, "phone", 7) == []
    assert open_days(busy_room, "drop_in", 7) == [0, 1, 2, 3, 4, 5, 6]


def test_staff_may_keep_what_is_narrower(busy_room, by):
    make_exception(busy_room, kind="as_usual", first_day=day(2))
    closing = new_exception(busy_room, last_day=day(6))
    save_exception(exception=closing, keep_narrower=True, by=by)
    assert open_days(busy_room, count=7) == [2]


def test_what_was_closed_too_carries_the_reason_and_the_author(busy_room, by):
    make_exception(busy_room, kind="as_usual", first_day=day(2))
    closing = new_exception(busy_room, last_day=day(6), reason="illness", note="Alla är sjuka.")
    save_exception(exception=closing, by=by)
    also = ScheduleException.objects.get(kind="closed", first_day=day(2))
    assert (also.reason, also.note) == ("illness", "Alla är sjuka.")
    assert also.history.get().history_user == by


def test_closing_again_names_nothing_more(busy_room, by):
    for fields in NARROWER[:4]:
        make_exception(busy_room, **fields)
    closing = save_exception(exception=new_exception(busy_room, last_day=day(6)), by=by)
    assert opening_exceptions_within(closing) == []
    count = ScheduleException.objects.count()
    save_exception(exception=closing, by=by)
    assert ScheduleException.objects.count() == count


@pytest.mark.parametrize(
    "fields",
    [
        {"kind": "extra", "first_day": day(9), "slots": ["9-10"]},
        {"kind": "part_closed", "first_day": day(2), "slots": ["9-10"]},
        {"kind": "as_usual", "first_day": day(-7), "last_day": day(20)},
        {"kind": "as_usual", "first_day": day(2), "channel": "phone"},
    ],
)
def test_what_would_open_nothing_is_not_named(busy_room, fields):
    make_exception(busy_room, **fields)
    closing = new_exception(busy_room, last_day=day(6), channel="drop_in")
    assert opening_exceptions_within(closing) == []


def test_rooms_of_other_houses_are_not_named(busy_room):
    make_exception(make_service_at_centre(), kind="as_usual")
    assert opening_exceptions_within(new_exception(busy_room.centre, last_day=day(6))) == []


def test_only_a_closing_names_others(busy_room):
    make_exception(busy_room, kind="extra", slots=["17-19"])
    assert opening_exceptions_within(new_exception(busy_room, kind="as_usual")) == []


# --- Addresses of centres ------------------------------------------------------------------------
def test_address_that_changes_keeps_leading_to_the_centre(by):
    centre = make_centre(slug="gamla")
    centre.slug = "nya"
    save_centre(centre=centre, by=by)
    assert FamilyCentre.objects.get().slug == "nya"
    assert FormerSlug.objects.get().slug == "gamla"
    assert centre.history.first().history_user == by


def test_address_that_comes_back_is_no_former_one(by):
    centre = make_centre(slug="ett")
    for slug in ("tva", "ett"):
        centre.slug = slug
        save_centre(centre=centre, by=by)
    assert [former.slug for former in centre.former_slugs.all()] == ["tva"]


def test_former_address_of_another_centre_is_refused(by):
    centre, other = make_centre(slug="gamla"), make_centre()
    centre.slug = "nya"
    save_centre(centre=centre, by=by)
    other.slug = "gamla"
    with pytest.raises(ValidationError) as refused:
        other.full_clean()
    assert "Välj en annan" in message_of(refused)


def test_centre_saved_with_its_address_has_no_former_one(by):
    save_centre(centre=make_centre(), by=by)
    assert not FormerSlug.objects.exists()


# --- Confirmations and people --------------------------------------------------------------------
def test_confirming_hours_makes_staff_the_source(room, by):
    make_confirmation(room, origin="public_page", source="goteborg.se", source_date="våren 2024")
    at = stockholm(2026, 11, 23, 8)
    confirmation = confirm(target=room, fact_group="hours", channel="drop_in", at=at, by=by)
    confirmation.refresh_from_db()
    assert room.confirmations.count() == 1
    assert (confirmation.confirmed_at, confirmation.confirmed_by) == (at, by)
    assert (confirmation.origin, confirmation.source, confirmation.source_date) == ("staff", "", "")


def test_confirming_one_channel_leaves_the_other(room, by):
    make_confirmation(room)
    at = stockholm(2026, 11, 23, 8)
    confirm(target=room, fact_group="hours", channel="phone", at=at, by=by)
    confirmed = dict(room.confirmations.values_list("channel", "confirmed_at"))
    assert confirmed == {"drop_in": stockholm(2026, 11, 20, 9), "phone": at}


def test_confirming_hours_of_a_house_is_refused(room, by):
    with pytest.raises(ValidationError):
        confirm(target=room.centre, fact_group="hours", at=stockholm(2026, 11, 23), by=by)


def test_removing_personal_details_leaves_the_role_everywhere(room, by):
    person = make_contact_person(
        room,
        approved_on=date(2026, 1, 1),
        name="Anna Exempel",
        phone="031-365 00 00",
        languages="svenska",
    )
    unnamed = make_contact_person(room, role="kurator")
    assert remove_personal_details(people=[person, unnamed], by=by) == 1
    person.refresh_from_db()
    assert (person.name, person.phone, person.languages, person.approved_on) == ("", "", "", None)
    assert person.role == "förskollärare"
    assert "Anna" not in str(list(person.history.values()))


# --- Words ---------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("last", "words"),
    [
        (date(2026, 6, 1), "1 juni 2026"),
        (date(2026, 8, 15), "1 juni 2026 – 15 augusti 2026"),
        (None, "1 juni 2026 tills vidare"),
    ],
)
def test_days_in_words(last, words):
    assert days_in_words(date(2026, 6, 1), last) == words


# --- Closing and undoing -------------------------------------------------------------------------
def test_what_was_closed_besides_and_has_been_moved_since_is_left(busy_room, by):
    make_exception(busy_room, kind="extra", first_day=day(1), slots=["17-19"])
    make_exception(busy_room, kind="as_usual", first_day=day(2))
    closing = close(closing=new_exception(busy_room, last_day=day(6)), by=by)
    tuesday, wednesday = closed_beside(closing)
    tuesday.first_day = tuesday.last_day = day(9)
    tuesday.save()
    removed = undo_closing(closing=closing, by=by)
    assert [row.first_day for row in removed] == [MONDAY, wednesday.first_day]
    assert list(ScheduleException.objects.filter(kind="closed")) == [tuesday]
    assert undo_closing(closing=closing, by=by) == []


def test_undoing_is_in_the_history_with_its_author(busy_room, by):
    closing = close(closing=new_exception(busy_room), by=by)
    key = closing.pk
    undo_closing(closing=closing, by=by)
    last = ScheduleException.history.filter(id=key).first()
    assert (last.history_type, last.history_user) == ("-", by)


@pytest.mark.parametrize("kind", ["closed", "as_usual", "replaced"])
def test_one_row_says_what_a_day_is(room, by, kind):
    for before in ("replaced", "as_usual", "closed"):
        make_exception(room, kind=before, channel="drop_in", first_day=MONDAY, reason="training")
    slots = [ExceptionSlot(opens_at=time(9), closes_at=time(12))] if kind == "replaced" else []
    fields = {"room": room, "channel": "drop_in", "day": MONDAY, "by": by}
    row = save_day(kind=kind, slots=slots, **fields)
    assert list(ScheduleException.objects.all()) == [row]
    assert row.kind == kind
    clear_day(**fields)
    assert not ScheduleException.objects.exists()


def test_copied_term_that_clashes_leaves_the_old_one_as_it_was(room, by):
    source = make_schedule(room, valid_from=date(2026, 1, 1), slots=["mon 9-15"])
    make_schedule(room, valid_from=date(2025, 1, 1), valid_to=date(2025, 12, 31))
    with pytest.raises(ValidationError):
        copy_schedule(
            source=source,
            key=uuid4(),
            valid_from=date(2025, 6, 1),
            valid_to=None,
            slots=[],
            by=by,
            at=stockholm(2026, 11, 23, 8),
            ends_source=True,
        )
    source.refresh_from_db()
    assert source.valid_to is None
    assert Schedule.objects.count() == 2
