"""Writes of activities: what they refuse, and what they see to besides."""

from datetime import date, time
from uuid import UUID

import pytest
from django.core.exceptions import ValidationError

from centres.actions import (
    change_date,
    clear_day,
    close,
    confirm,
    confirm_times,
    copy_to_term,
    save_activity,
    save_centre,
    save_day,
    save_schedule,
    undo_change,
    undo_closing,
)
from centres.models import (
    Activity,
    ActivityText,
    Confirmation,
    OccurrenceChange,
    Recurrence,
    Revision,
    ScheduleException,
)
from tests.factories import (
    make_activity,
    make_change,
    make_recurrence,
    make_schedule,
    make_service_at_centre,
    make_user,
    make_venue,
    recurrence_fields,
    stockholm,
)

pytestmark = pytest.mark.django_db
TUESDAY = date(2026, 11, 24)
KEY = UUID("0" * 31 + "1")


@pytest.fixture
def anna():
    return make_user()


def times(*when: str, **fields) -> list[Recurrence]:
    return [Recurrence(**recurrence_fields(text), **fields) for text in when]


def refused(write) -> str:
    with pytest.raises(ValidationError) as error:
        write()
    return " ".join(error.value.messages)


def number(room) -> int:
    found = Revision.objects.filter(service_at_centre=room).first()
    return found.number if found else 0


# --- Activities with their times -----------------------------------------------------------------
def test_activity_saved_whole_and_again(anna):
    room, library = make_service_at_centre(), make_service_at_centre()
    activity = Activity(organiser=room)
    rows = times("tue 13-15", "2026-12-05 10-12")
    save_activity(
        activity=activity,
        by=anna,
        texts=[ActivityText(name="Babycafé")],
        recurrences=rows,
        co_organisers=[library, room],
    )
    assert str(Activity.objects.get()) == "Babycafé"
    assert activity.rooms == [room, library]
    save_activity(activity=activity, by=anna, recurrences=rows[:1], co_organisers=[])
    assert list(activity.recurrences.all()) == rows[:1]
    assert activity.rooms == [room]
    assert rows[0].history.count() == 2
    assert Recurrence.history.filter(history_type="-", history_user=anna).count() == 1


def test_number_rises_when_an_activity_comes_to_another_room(anna):
    busy, quiet = make_service_at_centre(), make_service_at_centre()
    activity = make_activity(busy)
    for _ in range(3):
        save_activity(activity=activity, by=anna)
    activity.organiser = quiet
    save_activity(activity=activity, by=anna)
    assert (number(busy), number(quiet)) == (3, 4)


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ([], "Fyll i minst en tid"),
        ([("tue 9-11", date(2026, 12, 2), date(2026, 12, 7))], "infaller aldrig 2 december 2026"),
        ([("mon 9-11 #5", date(2026, 12, 1), date(2026, 12, 31))], "infaller aldrig"),
        ([("tue 9-11", date(2026, 1, 1), date(2030, 1, 1))], "mer än tre år"),
        (
            [("tue 9-11", date(2026, 12, 1), date(2026, 12, 31))] * 2,
            "Två tider börjar samtidigt tisdag 1 december",
        ),
        (
            [
                ("tue 9-11 odd", date(2026, 12, 1), date(2026, 12, 31)),
                ("2026-12-01 9-10", date(2026, 12, 1), date(2026, 12, 1)),
            ],
            "samtidigt tisdag 1 december",
        ),
    ],
)
def test_times_that_are_refused(anna, rows, words):
    recurrences = [
        Recurrence(**recurrence_fields(when) | {"first_day": first, "last_day": last})
        for when, first, last in rows
    ]
    activity = Activity(organiser=make_service_at_centre())
    text = refused(lambda: save_activity(activity=activity, by=anna, recurrences=recurrences))
    assert words in text
    assert not Activity.objects.exists()


def test_age_limit_without_a_word_of_siblings(anna):
    activity = Activity(organiser=make_service_at_centre(), max_age_months=8)
    assert "syskon" in refused(lambda: save_activity(activity=activity, by=anna))


# --- Single dates --------------------------------------------------------------------------------
def change(activity, day=TUESDAY, starts_at=time(13), kind="cancelled", **fields):
    return OccurrenceChange(activity=activity, day=day, starts_at=starts_at, kind=kind, **fields)


def test_date_cancelled_moved_instead_and_put_back(anna):
    activity = make_activity()
    first = change_date(change=change(activity, reason="illness"), by=anna)
    moved = change(
        activity,
        kind="moved",
        new_day=date(2026, 11, 25),
        new_starts_at=time(9),
        new_ends_at=time(11),
    )
    change_date(change=moved, by=anna)
    row = OccurrenceChange.objects.get()
    assert (row.pk, row.kind, row.reason) == (first.pk, "moved", "")
    undo_change(change=row, by=anna)
    undo_change(change=row, by=anna)
    assert not OccurrenceChange.objects.exists()
    assert number(activity.organiser) == 3


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"day": date(2026, 11, 25)}, "Inget var planerat onsdag 25 november"),
        ({"starts_at": time(9)}, "Den dagen börjar aktiviteten 13.00"),
        ({"kind": "changed"}, "Vad är ändrat?"),
        ({"kind": "changed", "new_ends_at": time(12)}, "Sluttiden måste vara senare"),
        ({"kind": "moved"}, "vilken dag är det flyttat"),
        ({"kind": "moved", "new_day": TUESDAY}, "när börjar och slutar"),
        ({"new_room": "stora rummet"}, "inställt har ingen ny tid"),
        ({"kind": "nonsense"}, "nonsense"),
    ],
)
def test_changes_that_are_refused(anna, fields, words):
    activity = make_activity()
    assert words in refused(lambda: change_date(change=change(activity, **fields), by=anna))
    assert not OccurrenceChange.objects.exists()


@pytest.mark.parametrize(
    ("day", "words"),
    [(TUESDAY, "samma dag och tid"), (date(2026, 12, 1), "hålls aktiviteten redan")],
)
def test_moved_to_where_it_is_already(anna, day, words):
    moved = change(
        make_activity(), kind="moved", new_day=day, new_starts_at=time(13), new_ends_at=time(15)
    )
    assert words in refused(lambda: change_date(change=moved, by=anna))


def moved_to(day: date, starts_at: time) -> dict:
    new = {"new_day": day, "new_starts_at": starts_at, "new_ends_at": time(23)}
    return {"kind": "moved", **new}


def test_two_dates_never_begin_together(anna):
    """One is moved to where another was cancelled, and stays the only one there."""
    activity, next_week = make_activity(), date(2026, 12, 1)
    gone = change_date(change=change(activity, day=next_week), by=anna)
    change_date(change=change(activity, **moved_to(next_week, time(13))), by=anna)
    words = "Tillfället tisdag 24 november är flyttat hit."
    assert words in refused(lambda: undo_change(change=gone, by=anna))
    held = change(activity, day=next_week, kind="changed", note="Vi sjunger.")
    assert words in refused(lambda: change_date(change=held, by=anna))
    third = change(activity, day=date(2026, 12, 8), **moved_to(next_week, time(13)))
    assert "hålls aktiviteten redan" in refused(lambda: change_date(change=third, by=anna))


@pytest.mark.parametrize(
    ("before", "after", "starts_at"),
    [
        (["tue 13-15"], ["tue 13.30-15"], time(13, 30)),
        (["tue 9-11", "tue 13-15"], ["tue 9.30-11", "tue 14-15"], time(14)),
        (["tue 9-11", "tue 13-15"], ["tue 9-11"], time(13)),  # no other time has come instead
        (["tue 13-15"], ["wed 14-15"], time(13)),
        (["tue 13-15"], ["tue 13-16"], time(13)),
    ],
)
def test_cancelled_date_stays_so_where_its_series_begins_at_another_hour(
    anna, before, after, starts_at
):
    activity = make_activity(when=before)
    change_date(change=change(activity), by=anna)
    save_activity(activity=activity, by=anna, recurrences=times(*after))
    assert OccurrenceChange.objects.get().starts_at == starts_at


def test_closing_has_the_last_word(anna):
    here = make_activity()
    elsewhere = make_activity(here.organiser, venue=make_venue())
    rows = [
        make_change(activity, "2026-11-24 13", kind="changed", despite_closing=True)
        for activity in (here, elsewhere)
    ]
    whole = ScheduleException(
        centre=here.organiser.centre, kind="closed", first_day=TUESDAY, last_day=TUESDAY
    )
    close(closing=whole, by=anna)
    assert [OccurrenceChange.objects.get(pk=row.pk).despite_closing for row in rows] == [
        False,
        True,
    ]
    own = ScheduleException(
        service_at_centre=here.organiser, kind="closed", first_day=TUESDAY, last_day=TUESDAY
    )
    close(closing=own, by=anna)
    assert not OccurrenceChange.objects.filter(despite_closing=True).exists()
    for closing in (own, whole):
        undo_closing(closing=closing, by=anna)
    assert not OccurrenceChange.objects.filter(despite_closing=False).exists()


def test_date_given_up_after_a_closing_stays_so_when_that_is_undone(anna):
    activity = make_activity()
    row = make_change(activity, "2026-11-24 13", kind="changed", note="Nytt", despite_closing=True)
    row.despite_closing = False
    row.save()
    row.history.update(history_date=stockholm(2026, 11, 1))
    closing = ScheduleException(
        centre=activity.organiser.centre, kind="closed", first_day=TUESDAY, last_day=TUESDAY
    )
    close(closing=closing, by=anna)
    undo_closing(closing=closing, by=anna)
    row.refresh_from_db()
    assert not row.despite_closing


# --- Terms ---------------------------------------------------------------------------------------
def test_term_copied_once_and_confirmed(anna):
    activity = make_activity(when=())
    autumn = {"first_day": date(2026, 8, 24), "last_day": date(2026, 12, 18)}
    weekly = make_recurrence(activity, "tue 13-15 odd", **autumn)
    single = make_recurrence(activity, "2026-10-03 10-12")
    spring = {"first_day": date(2027, 1, 11), "last_day": date(2027, 6, 11)}
    for _ in range(2):
        copy_to_term(activity=activity, recurrences=[weekly, single], key=KEY, by=anna, **spring)
    new = activity.recurrences.filter(awaits_confirmation=True)
    assert [(row.first_day, row.last_day, row.week_parity) for row in new] == [
        (spring["first_day"], spring["last_day"], "odd"),
        (date(2027, 2, 20), date(2027, 2, 20), "every"),
    ]
    confirm_times(activity=activity, recurrences=[new[0]], by=anna)
    assert new.all().count() == 1
    group = Confirmation.FactGroup.ACTIVITIES
    confirm(target=activity.organiser, fact_group=group, at=stockholm(2026, 11, 24), by=anna)
    assert not new.all().exists()


# --- What calendars count ------------------------------------------------------------------------
def test_every_change_is_counted_and_none_taken_back(anna):
    room = make_service_at_centre()
    beside = make_service_at_centre("child_health_care", centre=room.centre)
    schedule = make_schedule(room, slots=["mon 9-15"])
    counted = [number(room)]

    def count(write):
        write()
        counted.append(number(room))

    closing = ScheduleException(
        service_at_centre=room, kind="closed", first_day=TUESDAY, last_day=TUESDAY
    )
    house = ScheduleException(
        centre=room.centre, kind="closed", first_day=TUESDAY, last_day=TUESDAY
    )
    count(lambda: close(closing=closing, by=anna))
    count(lambda: undo_closing(closing=closing, by=anna))
    count(lambda: close(closing=house, by=anna))
    count(lambda: save_schedule(schedule=schedule, by=anna))
    count(lambda: save_day(room=room, channel="", day=date(2026, 12, 24), kind="as_usual", by=anna))
    count(lambda: clear_day(room=room, channel="", day=date(2026, 12, 24), by=anna))
    room.centre.status = "temporarily_closed"
    count(lambda: save_centre(centre=room.centre, by=anna))
    assert counted == sorted(set(counted))
    assert number(beside) == 2
    assert Revision.objects.get(service_at_centre=room).changed_at
