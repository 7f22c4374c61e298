"""The rules of opening hours, one table or one pointed test for each sentence of them.

23 November 2026 is a Monday; the hours are confirmed then, and there are no holidays, unless a test
says otherwise.
"""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from centres.holiday_calendar import holidays_between
from centres.hours_values import Holiday, Schedule, ScheduleException, Slot, State, Why
from centres.opening_hours import OpeningHours, long_iso_years
from centres.spans import instant, merge

STOCKHOLM = ZoneInfo("Europe/Stockholm")
SWEDEN = holidays_between(2025, 2029)
OPEN, CLOSED, UNKNOWN = State.OPEN, State.CLOSED, State.UNKNOWN
MONDAY, TUESDAY, WEDNESDAY = "2026-11-23", "2026-11-24", "2026-11-25"
WEEKDAYS, ALL_WEEK = range(1, 6), range(1, 8)
SECOND = timedelta(seconds=1)


# --- Rows and moments, as short as one would say them -----------------------------------------


def clock(text):
    opens, closes = text.split("-")
    return time.fromisoformat(opens), time.fromisoformat(closes)


def week(text, weekdays=WEEKDAYS, **more):
    """The same hours, "09:00-15:00", on some days of the week."""
    return tuple(Slot(*clock(text), weekday=weekday, **more) for weekday in weekdays)


def regular(slots, first="2026-01-01", last=None):
    return Schedule(date.fromisoformat(first), last and date.fromisoformat(last), slots)


def season(slots, first, last):
    return Schedule(date.fromisoformat(first), date.fromisoformat(last), slots, "season")


def exception(kind, first=MONDAY, last="same", text="", **more):
    """One day unless `last` says more; `last=None` is until further notice."""
    first_day = date.fromisoformat(first)
    last_day = first_day if last == "same" else last and date.fromisoformat(last)
    slots = tuple(Slot(*clock(part)) for part in text.split())
    return ScheduleException(kind, first_day, last_day, slots, **more)


def hours(*rows, holidays=None, confirmed="2026-11-23T08:00", channel="drop_in", zone=STOCKHOLM):
    return OpeningHours(
        [row for row in rows if isinstance(row, Schedule)],
        [row for row in rows if isinstance(row, ScheduleException)],
        zone=zone,
        holidays=holidays or {},
        channel=channel,
        confirmed_at=confirmed and at(confirmed),
    )


def at(text, fold=0):
    return datetime.fromisoformat(text).replace(tzinfo=STOCKHOLM, fold=fold)


def shown(spans):
    """Spans as people read them: "09:00-12:00 14:00-16:00"."""
    local = [(a.astimezone(STOCKHOLM), b.astimezone(STOCKHOLM)) for a, b in spans]
    return " ".join(f"{a:%H:%M}-{b:%H:%M}" for a, b in local)


def on(asked, day):
    """State and hours that start on a day: ("open", "09:00-15:00")."""
    day = asked.day(date.fromisoformat(day))
    return day.state, shown(day.spans)


def state(asked, moment):
    return asked.status(at(moment)).state


NINE_TO_THREE = regular(week("09:00-15:00"))
EVERY_NIGHT = regular(week("20:00-02:00", ALL_WEEK))


# --- Rule 1: what decides a day ---------------------------------------------------------------


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([], (UNKNOWN, "", Why.NO_SCHEDULE)),
        ([NINE_TO_THREE], (OPEN, "09:00-15:00", Why.SCHEDULE)),
        ([regular(())], (CLOSED, "", Why.SCHEDULE)),
        ([regular(week("09:00-15:00", [2]))], (CLOSED, "", Why.SCHEDULE)),
        ([regular(week("09:00-15:00"), "2026-11-24")], (UNKNOWN, "", Why.NO_SCHEDULE)),
        ([regular(week("09:00-15:00"), last="2026-11-22")], (UNKNOWN, "", Why.NO_SCHEDULE)),
        ([regular(week("09:00-15:00"), MONDAY, MONDAY)], (OPEN, "09:00-15:00", Why.SCHEDULE)),
        (
            [NINE_TO_THREE, season(week("10:00-12:00"), MONDAY, MONDAY)],
            (OPEN, "10:00-12:00", Why.SCHEDULE),
        ),
        ([NINE_TO_THREE, season((), MONDAY, MONDAY)], (CLOSED, "", Why.SCHEDULE)),
        ([season(week("10:00-12:00"), MONDAY, MONDAY)], (OPEN, "10:00-12:00", Why.SCHEDULE)),
        (
            [
                season(week("10:00-12:00"), MONDAY, MONDAY),
                exception("replaced", text="13:00-14:00"),
            ],
            (OPEN, "13:00-14:00", Why.EXCEPTION),
        ),
        ([NINE_TO_THREE, exception("closed")], (CLOSED, "", Why.EXCEPTION)),
        ([exception("closed")], (CLOSED, "", Why.EXCEPTION)),
        ([exception("replaced", text="10:00-11:00")], (OPEN, "10:00-11:00", Why.EXCEPTION)),
        ([exception("as_usual")], (UNKNOWN, "", Why.NO_SCHEDULE)),
        ([exception("part_closed", text="10:00-11:00")], (UNKNOWN, "", Why.NO_SCHEDULE)),
        ([exception("extra", text="10:00-11:00")], (UNKNOWN, "10:00-11:00", Why.NO_SCHEDULE)),
        (
            [NINE_TO_THREE, exception("closed", "2026-11-01", None)],
            (CLOSED, "", Why.EXCEPTION),
        ),
    ],
)
def test_what_decides_a_day(rows, expected):
    day = hours(*rows).day(date.fromisoformat(MONDAY))

    assert (day.state, shown(day.spans), day.why) == expected


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        ("2026-06-14", (CLOSED, "")),  # the Sunday before
        ("2026-06-15", (OPEN, "10:00-14:00")),  # the summer
        ("2026-07-06", (CLOSED, "")),  # the weeks inside it without hours
        ("2026-07-19", (CLOSED, "")),
        ("2026-07-20", (OPEN, "10:00-14:00")),  # the summer again
        ("2026-08-17", (OPEN, "09:00-15:00")),  # back to the usual
    ],
)
def test_season_wholly_inside_another_wins(day, expected):
    summer = season(week("10:00-14:00"), "2026-06-15", "2026-08-16")
    july = season((), "2026-07-06", "2026-07-19")

    assert on(hours(NINE_TO_THREE, summer, july), day) == expected
    assert on(hours(july, summer, NINE_TO_THREE), day) == expected


def test_as_usual_inside_a_season_means_the_hours_of_the_season():
    asked = hours(
        NINE_TO_THREE,
        season(week("10:00-14:00"), MONDAY, "2026-11-27"),
        exception("closed", MONDAY, "2026-11-27"),
        exception("as_usual", TUESDAY),
    )

    assert on(asked, TUESDAY) == (OPEN, "10:00-14:00")


def test_slots_set_aside_by_an_exception_are_told_as_usual():
    day = hours(NINE_TO_THREE, exception("closed")).day(date.fromisoformat(MONDAY))

    assert day.usual == week("09:00-15:00", [1])
    assert day.exception == exception("closed")
    assert day.entries == ()


@pytest.mark.parametrize(
    ("channel", "of_exception", "expected"),
    [
        ("drop_in", "", CLOSED),
        ("phone", "", CLOSED),
        ("drop_in", "drop_in", CLOSED),
        ("phone", "drop_in", OPEN),
    ],
)
def test_exception_concerns_its_channel_or_every_one(channel, of_exception, expected):
    asked = hours(NINE_TO_THREE, exception("closed", channel=of_exception), channel=channel)

    assert on(asked, MONDAY)[0] is expected


def test_changed_hours_of_the_phone_leave_the_open_door_alone():
    rows = [NINE_TO_THREE] + [
        exception(kind, text="10:00-11:00", channel="phone")
        for kind in ("replaced", "extra", "part_closed")
    ]

    assert on(hours(*rows), MONDAY) == (OPEN, "09:00-15:00")


# --- Rule 2: who wins -------------------------------------------------------------------------

ONE_DAY_CLOSED = exception("closed")
ONE_DAY_REPLACED = exception("replaced", text="10:00-11:00")
ONE_DAY_USUAL = exception("as_usual")
HOUSE_CLOSED = exception("closed", of_centre=True)
WEEK_CLOSED = exception("closed", MONDAY, "2026-11-29")
WEEK_USUAL = exception("as_usual", MONDAY, "2026-11-29")
HOUSE_CLOSED_TWO_DAYS = exception("closed", MONDAY, TUESDAY, of_centre=True)
CLOSED_FOR_NOW = exception("closed", "2026-10-01", None)
USUAL_FOR_NOW = exception("as_usual", "2026-10-01", None)


@pytest.mark.parametrize(
    ("rows", "winner"),
    [
        # the shorter range
        ([WEEK_CLOSED, ONE_DAY_REPLACED], ONE_DAY_REPLACED),
        ([WEEK_CLOSED, ONE_DAY_USUAL], ONE_DAY_USUAL),
        ([WEEK_USUAL, HOUSE_CLOSED], HOUSE_CLOSED),
        ([WEEK_USUAL, HOUSE_CLOSED_TWO_DAYS], HOUSE_CLOSED_TWO_DAYS),
        ([CLOSED_FOR_NOW, WEEK_USUAL], WEEK_USUAL),
        ([USUAL_FOR_NOW, WEEK_CLOSED], WEEK_CLOSED),
        # then service over centre
        ([HOUSE_CLOSED, ONE_DAY_USUAL], ONE_DAY_USUAL),
        ([HOUSE_CLOSED, ONE_DAY_REPLACED], ONE_DAY_REPLACED),
        # then closed, replaced, as_usual
        ([ONE_DAY_CLOSED, ONE_DAY_REPLACED], ONE_DAY_CLOSED),
        ([ONE_DAY_REPLACED, ONE_DAY_USUAL], ONE_DAY_REPLACED),
        ([ONE_DAY_CLOSED, ONE_DAY_USUAL], ONE_DAY_CLOSED),
        ([WEEK_CLOSED, WEEK_USUAL], WEEK_CLOSED),
        ([CLOSED_FOR_NOW, USUAL_FOR_NOW], CLOSED_FOR_NOW),
        # then the later first day
        (
            [exception("closed", "2026-11-22", MONDAY), exception("closed", MONDAY, TUESDAY)],
            exception("closed", MONDAY, TUESDAY),
        ),
        ([CLOSED_FOR_NOW, exception("closed", MONDAY, None)], exception("closed", MONDAY, None)),
        # the kind comes before the later first day
        (
            [exception("closed", "2026-11-22", MONDAY), exception("as_usual", MONDAY, TUESDAY)],
            exception("closed", "2026-11-22", MONDAY),
        ),
    ],
)
def test_who_wins_in_either_order_of_entry(rows, winner):
    for ordered in (rows, rows[::-1]):
        assert hours(NINE_TO_THREE, *ordered).day(date.fromisoformat(MONDAY)).exception == winner


def test_closed_and_replaced_on_one_day_is_closed_in_either_order():
    assert on(hours(NINE_TO_THREE, ONE_DAY_CLOSED, ONE_DAY_REPLACED), MONDAY) == (CLOSED, "")
    assert on(hours(NINE_TO_THREE, ONE_DAY_REPLACED, ONE_DAY_CLOSED), MONDAY) == (CLOSED, "")


def test_one_service_is_exempt_from_a_closure_of_the_house():
    asked = hours(
        NINE_TO_THREE,
        exception("closed", MONDAY, "2026-11-27", of_centre=True),
        exception("as_usual", WEDNESDAY),
    )

    assert [on(asked, day)[0] for day in (TUESDAY, WEDNESDAY)] == [CLOSED, OPEN]


def test_which_of_two_closures_is_told_does_not_depend_on_their_order():
    """One for every channel and one for this channel are both allowed on one day."""
    rows = [exception("closed", reason="illness"), exception("closed", channel="drop_in")]
    day = date.fromisoformat(MONDAY)

    assert hours(*rows).day(day) == hours(*rows[::-1]).day(day)


# --- Rule 3: adding and cutting ---------------------------------------------------------------

EXTRA = exception("extra", text="17:00-19:00")


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([], (OPEN, "09:00-15:00 17:00-19:00")),
        ([ONE_DAY_REPLACED], (OPEN, "10:00-11:00 17:00-19:00")),
        ([HOUSE_CLOSED], (OPEN, "17:00-19:00")),
        ([WEEK_CLOSED], (OPEN, "17:00-19:00")),
        ([CLOSED_FOR_NOW], (OPEN, "17:00-19:00")),
        ([ONE_DAY_CLOSED], (CLOSED, "")),
        ([ONE_DAY_CLOSED, HOUSE_CLOSED], (CLOSED, "")),
        ([ONE_DAY_CLOSED, ONE_DAY_REPLACED, ONE_DAY_USUAL], (CLOSED, "")),
        ([exception("closed", channel="phone")], (OPEN, "09:00-15:00 17:00-19:00")),
        ([exception("extra", text="14:00-16:00")], (OPEN, "09:00-16:00 17:00-19:00")),
        ([exception("part_closed", text="16:00-18:00")], (OPEN, "09:00-15:00 18:00-19:00")),
    ],
)
def test_extra_adds_unless_the_service_is_closed_that_very_day(rows, expected):
    assert on(hours(NINE_TO_THREE, EXTRA, *rows), MONDAY) == expected


def test_extra_opens_a_day_without_hours():
    asked = hours(NINE_TO_THREE, exception("extra", "2026-11-28", text="10:00-12:00"))

    assert on(asked, "2026-11-28") == (OPEN, "10:00-12:00")


def test_a_closed_day_is_closed_though_hours_were_left_on_the_row():
    """Staff change "andra tider" to "stängt" and forget the times."""
    asked = hours(NINE_TO_THREE, exception("closed", text="10:00-11:00"))

    assert on(asked, MONDAY) == (CLOSED, "")


NINE_TO_FOUR = regular(week("09:00-16:00"))
LUNCH = exception("part_closed", text="12:00-14:00")


@pytest.mark.parametrize(
    ("cut", "expected"),
    [
        ("12:00-14:00", "09:00-12:00 14:00-16:00"),
        ("08:00-10:00", "10:00-16:00"),
        ("15:00-17:00", "09:00-15:00"),
        ("09:00-10:00", "10:00-16:00"),
        ("15:00-16:00", "09:00-15:00"),
        ("16:00-18:00", "09:00-16:00"),
        ("07:00-09:00", "09:00-16:00"),
        ("08:00-20:00", ""),
        ("00:00-00:00", ""),
        ("10:00-11:00 10:30-12:00", "09:00-10:00 12:00-16:00"),
        ("10:00-14:00 11:00-12:00", "09:00-10:00 14:00-16:00"),
        ("10:00-11:00 11:00-12:00", "09:00-10:00 12:00-16:00"),
        ("14:00-15:00 10:00-11:00", "09:00-10:00 11:00-14:00 15:00-16:00"),
    ],
)
def test_part_closure_is_cut_out(cut, expected):
    asked = hours(NINE_TO_FOUR, exception("part_closed", text=cut))

    assert on(asked, MONDAY) == (OPEN if expected else CLOSED, expected)


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([exception("replaced", text="11:00-13:00")], (OPEN, "11:00-12:00")),
        ([exception("extra", text="13:00-18:00")], (OPEN, "09:00-12:00 14:00-18:00")),
        ([exception("closed")], (CLOSED, "")),
        ([exception("part_closed", text="14:00-15:00")], (OPEN, "09:00-12:00 15:00-16:00")),
    ],
)
def test_part_closure_is_cut_last_whatever_decided_the_day(rows, expected):
    assert on(hours(NINE_TO_FOUR, LUNCH, *rows), MONDAY) == expected


def test_lunch_closure_on_a_day_the_house_is_closed_changes_nothing():
    asked = hours(NINE_TO_FOUR, LUNCH, HOUSE_CLOSED)

    assert on(asked, MONDAY) == (CLOSED, "")
    assert state(asked, "2026-11-23T13:00") is CLOSED
    assert asked.status(at("2026-11-23T13:00")).next_opening == at("2026-11-24T09:00")


def test_part_closure_of_several_days_is_cut_out_of_each():
    asked = hours(NINE_TO_FOUR, exception("part_closed", MONDAY, TUESDAY, "12:00-13:00"))

    assert on(asked, MONDAY)[1] == on(asked, TUESDAY)[1] == "09:00-12:00 13:00-16:00"
    assert on(asked, WEDNESDAY)[1] == "09:00-16:00"


def test_part_closure_cuts_the_tail_of_the_night_before():
    asked = hours(EVERY_NIGHT, exception("part_closed", TUESDAY, text="00:30-01:00"))

    assert on(asked, MONDAY)[1] == "20:00-00:30 01:00-02:00"
    assert on(asked, TUESDAY)[1] == "20:00-02:00"


def test_part_closure_over_midnight_cuts_both_days():
    asked = hours(EVERY_NIGHT, exception("part_closed", MONDAY, text="23:00-21:00"))

    assert on(asked, MONDAY)[1] == "20:00-23:00"
    assert on(asked, TUESDAY)[1] == "21:00-02:00"


@pytest.mark.parametrize(
    ("usual", "closure", "expected"),
    [
        # wider closures: longer, or of the house
        ({}, {"of_centre": True}, "09:00-16:00"),
        ({}, {"last": TUESDAY}, "09:00-16:00"),
        ({}, {"last": None}, "09:00-16:00"),
        ({}, {"last": TUESDAY, "of_centre": True}, "09:00-16:00"),
        ({"last": TUESDAY}, {"last": TUESDAY, "of_centre": True}, "09:00-16:00"),
        # equally narrow or narrower ones
        ({}, {}, "09:00-12:00 14:00-16:00"),
        ({"last": TUESDAY}, {"of_centre": True}, "09:00-12:00 14:00-16:00"),
        ({"last": TUESDAY}, {"last": TUESDAY}, "09:00-12:00 14:00-16:00"),
    ],
)
def test_as_usual_exempts_from_wider_part_closures_only(usual, closure, expected):
    asked = hours(
        NINE_TO_FOUR,
        exception("as_usual", **usual),
        exception("part_closed", text="12:00-14:00", **closure),
    )

    assert on(asked, MONDAY)[1] == expected


def test_as_usual_exempts_its_own_day_only():
    asked = hours(
        NINE_TO_FOUR,
        exception("part_closed", MONDAY, WEDNESDAY, "12:00-14:00", of_centre=True),
        exception("as_usual", TUESDAY),
    )

    assert [on(asked, day)[1] for day in (MONDAY, TUESDAY, WEDNESDAY)] == [
        "09:00-12:00 14:00-16:00",
        "09:00-16:00",
        "09:00-12:00 14:00-16:00",
    ]


def test_extra_hours_and_part_closures_in_force_are_told():
    own, house = LUNCH, exception("part_closed", text="09:00-10:00", of_centre=True)
    day = date.fromisoformat(MONDAY)

    asked = hours(NINE_TO_FOUR, own, house, EXTRA)
    exempt = hours(NINE_TO_FOUR, own, house, EXTRA, exception("as_usual"))
    closed = hours(NINE_TO_FOUR, EXTRA, ONE_DAY_CLOSED)

    assert set(asked.day(day).adjustments) == {own, house, EXTRA}
    assert set(exempt.day(day).adjustments) == {own, EXTRA}
    assert closed.day(day).adjustments == ()


def test_part_closures_are_told_in_the_same_order_however_they_were_entered():
    rows = [exception("part_closed", text=text) for text in ("14:00-15:00", "10:00-11:00")]
    day = date.fromisoformat(MONDAY)

    assert hours(*rows).day(day).adjustments == hours(*rows[::-1]).day(day).adjustments


def test_after_closed_today_nothing_that_starts_today_is_open():
    asked = hours(
        EVERY_NIGHT,
        exception("closed", TUESDAY),
        exception("replaced", TUESDAY, text="10:00-12:00"),
        exception("as_usual", TUESDAY),
        exception("extra", TUESDAY, text="13:00-14:00"),
    )

    assert on(asked, TUESDAY) == (CLOSED, "")
    assert shown(asked.intervals(at("2026-11-24T00:00"), at("2026-11-25T12:00"))) == "00:00-02:00"


# --- Rule 4: nights ---------------------------------------------------------------------------


def test_tail_survives_a_closed_next_day():
    asked = hours(EVERY_NIGHT, exception("closed", TUESDAY))

    assert state(asked, "2026-11-24T01:59") is OPEN
    assert state(asked, "2026-11-24T02:00") is CLOSED
    assert state(asked, "2026-11-24T21:00") is CLOSED


def test_exception_on_the_day_a_night_started_takes_its_tail_too():
    asked = hours(EVERY_NIGHT, exception("closed", MONDAY))

    assert state(asked, "2026-11-23T01:00") is OPEN  # Sunday's tail
    assert state(asked, "2026-11-23T21:00") is CLOSED
    assert state(asked, "2026-11-24T01:00") is CLOSED
    assert state(asked, "2026-11-24T21:00") is OPEN


def test_replaced_night_keeps_its_own_tail():
    asked = hours(EVERY_NIGHT, exception("replaced", MONDAY, text="22:00-04:00"))

    assert shown(asked.intervals(at("2026-11-23T12:00"), at("2026-11-24T12:00"))) == "22:00-04:00"


def test_last_night_of_a_schedule_runs_out_into_an_unknown_day():
    asked = hours(regular(week("20:00-02:00", ALL_WEEK), last=MONDAY))

    assert state(asked, "2026-11-24T01:59") is OPEN
    assert asked.status(at("2026-11-24T01:00")).until == at("2026-11-24T02:00")
    assert state(asked, "2026-11-24T02:00") is UNKNOWN


def test_first_day_of_a_schedule_has_no_night_before_it():
    asked = hours(regular(week("20:00-02:00", ALL_WEEK), first=MONDAY))

    assert state(asked, "2026-11-23T01:00") is CLOSED
    assert state(asked, "2026-11-22T21:00") is UNKNOWN


def test_night_into_a_season_without_hours_keeps_its_tail():
    asked = hours(EVERY_NIGHT, season((), TUESDAY, TUESDAY))

    assert state(asked, "2026-11-24T01:00") is OPEN
    assert state(asked, "2026-11-24T21:00") is CLOSED


def test_equal_times_are_24_hours():
    asked = hours(regular(week("04:00-04:00", [1])))

    assert asked.day(date.fromisoformat(MONDAY)).spans == [
        (at("2026-11-23T04:00"), at("2026-11-24T04:00"))
    ]


def test_overlapping_nights_are_open_once():
    asked = hours(regular(week("18:00-10:00", ALL_WEEK) + week("09:00-12:00", ALL_WEEK)))

    spans = asked.intervals(at("2026-11-23T00:00"), at("2026-11-24T00:00"))

    assert shown(spans) == "00:00-12:00 18:00-00:00"


def test_what_a_part_closure_leaves_of_a_night_may_start_after_the_mornings_first_slot():
    asked = hours(
        regular(week("20:00-12:00", ALL_WEEK) + week("08:00-09:00", ALL_WEEK)),
        exception("part_closed", TUESDAY, text="00:00-10:00"),
    )

    spans = asked.intervals(at("2026-11-23T18:00"), at("2026-11-24T18:00"))

    assert shown(spans) == "20:00-00:00 10:00-12:00"


# --- Rule 5: half-open, merging ---------------------------------------------------------------


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        ("2026-11-23T08:59:59", CLOSED),
        ("2026-11-23T09:00:00", OPEN),
        ("2026-11-23T14:59:59.999999", OPEN),
        ("2026-11-23T15:00:00", CLOSED),
    ],
)
def test_open_at_the_opening_minute_and_closed_at_the_closing_one(moment, expected):
    assert state(hours(NINE_TO_THREE), moment) is expected


def test_touching_slots_are_one_span_and_two_entries():
    asked = hours(
        regular(
            week("09:00-11:00", [1], label="Babyöppet", max_age_months=8)
            + week("11:00-15:00", [1], label="Öppet för alla")
        )
    )
    day = asked.day(date.fromisoformat(MONDAY))

    assert shown(day.spans) == "09:00-15:00"
    assert asked.status(at("2026-11-23T10:00")).until == at("2026-11-23T15:00")
    assert [(e.slot.label, shown(e.spans)) for e in day.entries] == [
        ("Babyöppet", "09:00-11:00"),
        ("Öppet för alla", "11:00-15:00"),
    ]


def test_spans_that_touch_at_midnight_are_one():
    asked = hours(
        regular(week("20:00-00:00", [1]) + week("00:00-03:00", [2])),
    )

    assert asked.status(at("2026-11-23T21:00")).until == at("2026-11-24T03:00")
    assert shown(asked.intervals(at("2026-11-23T12:00"), at("2026-11-24T12:00"))) == "20:00-03:00"


def test_intervals_are_clipped_to_what_was_asked():
    asked = hours(NINE_TO_THREE)

    assert shown(asked.intervals(at("2026-11-23T10:00"), at("2026-11-23T11:00"))) == "10:00-11:00"
    assert asked.intervals(at("2026-11-23T15:00"), at("2026-11-24T09:00")) == []


def test_alike_slots_are_listed_in_the_same_order_however_they_were_entered():
    """Same hours and label, other ages: two groups in two rooms."""
    small = week("09:00-11:00", [1], max_age_months=8)
    big = week("09:00-11:00", [1], min_age_months=9)
    day = date.fromisoformat(MONDAY)

    assert hours(regular(small + big)).day(day) == hours(regular(big + small)).day(day)


def test_slots_set_aside_are_listed_in_the_same_order_however_they_were_entered():
    morning, evening = week("09:00-11:00", [1]), week("18:00-20:00", [1])
    day, closed = date.fromisoformat(MONDAY), exception("closed")

    entered = [hours(regular(slots), closed) for slots in (morning + evening, evening + morning)]

    assert entered[0].day(day).usual == entered[1].day(day).usual


@pytest.mark.parametrize(
    ("spans", "expected"),
    [
        ([], []),
        ([(1, 2), (2, 3)], [(1, 3)]),
        ([(2, 3), (1, 2)], [(1, 3)]),
        ([(1, 4), (2, 3)], [(1, 4)]),
        ([(1, 2), (3, 4)], [(1, 2), (3, 4)]),
        ([(1, 1), (3, 4)], [(3, 4)]),
        ([(1, 2), (1, 2)], [(1, 2)]),
    ],
)
def test_merge(spans, expected):
    def hour(span):
        return tuple(datetime(2026, 11, 23, n, tzinfo=UTC) for n in span)

    assert merge(map(hour, spans)) == list(map(hour, expected))


# --- Rule 6: the clock ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("zone", "day", "wall", "expected"),
    [
        ("Europe/Stockholm", "2026-11-23", "09:00", "2026-11-23T08:00"),
        ("Europe/Stockholm", "2026-06-01", "09:00", "2026-06-01T07:00"),
        # spring: 02:00 to 03:00 on 28 March 2027 do not exist
        ("Europe/Stockholm", "2027-03-28", "01:59", "2027-03-28T00:59"),
        ("Europe/Stockholm", "2027-03-28", "02:00", "2027-03-28T01:00"),
        ("Europe/Stockholm", "2027-03-28", "02:30", "2027-03-28T01:00"),
        ("Europe/Stockholm", "2027-03-28", "02:59", "2027-03-28T01:00"),
        ("Europe/Stockholm", "2027-03-28", "03:00", "2027-03-28T01:00"),
        ("Europe/Stockholm", "2027-03-28", "03:01", "2027-03-28T01:01"),
        # autumn: 02:00 to 03:00 on 25 October 2026 come twice
        ("Europe/Stockholm", "2026-10-25", "01:59", "2026-10-24T23:59"),
        ("Europe/Stockholm", "2026-10-25", "02:00", "2026-10-25T00:00"),
        ("Europe/Stockholm", "2026-10-25", "02:59", "2026-10-25T00:59"),
        ("Europe/Stockholm", "2026-10-25", "03:00", "2026-10-25T02:00"),
        # half an hour, midnight itself, a whole day that does not exist
        ("Australia/Lord_Howe", "2026-10-04", "02:15", "2026-10-03T15:30"),
        ("Asia/Beirut", "2026-03-29", "00:00", "2026-03-28T22:00"),
        ("Asia/Beirut", "2026-03-29", "00:45", "2026-03-28T22:00"),
        ("Pacific/Apia", "2011-12-30", "09:00", "2011-12-30T10:00"),
    ],
)
def test_wall_time_as_an_instant(zone, day, wall, expected):
    found = instant(date.fromisoformat(day), time.fromisoformat(wall), ZoneInfo(zone))

    assert f"{found:%Y-%m-%dT%H:%M %Z}" == f"{expected} UTC"


@pytest.mark.parametrize(
    ("day", "text", "expected"),
    [
        ("2027-03-28", "02:00-03:00", ""),
        ("2027-03-28", "02:30-03:00", ""),
        ("2027-03-28", "02:15-02:45", ""),
        ("2027-03-28", "02:30-05:00", "03:00-05:00"),
        ("2027-03-28", "01:00-02:30", "01:00-03:00"),
        ("2027-03-27", "22:00-02:30", "22:00-03:00"),
        ("2026-10-25", "01:00-02:30", "01:00-02:30"),
        ("2026-10-24", "22:00-02:30", "22:00-02:30"),
        ("2026-10-25", "02:30-04:00", "02:30-04:00"),
    ],
)
def test_hours_when_the_clocks_change(day, text, expected):
    assert on(hours(regular(week(text, ALL_WEEK))), day)[1] == expected


def test_slot_left_without_minutes_is_listed_and_never_open():
    asked = hours(regular(week("02:00-03:00", ALL_WEEK)))
    day = asked.day(date(2027, 3, 28))

    assert [(e.slot.opens_at, e.spans) for e in day.entries] == [(time(2), ())]
    assert day.state is CLOSED
    assert state(asked, "2027-03-28T03:00") is CLOSED
    assert asked.status(at("2027-03-28T01:59")).next_opening == at("2027-03-29T02:00")


def test_part_closure_left_without_minutes_cuts_nothing():
    asked = hours(
        regular(week("00:00-08:00", ALL_WEEK)),
        exception("part_closed", "2027-03-28", text="02:00-03:00"),
    )
    [entry] = asked.day(date(2027, 3, 28)).entries

    assert shown(entry.spans) == "00:00-08:00"


@pytest.mark.parametrize(
    ("day", "real_hours"), [("2026-10-25", 25), ("2027-03-28", 23), (MONDAY, 24)]
)
def test_around_the_clock_has_as_many_hours_as_the_day(day, real_hours):
    [(opens, closes)] = (
        hours(regular(week("00:00-00:00", ALL_WEEK))).day(date.fromisoformat(day)).spans
    )

    assert closes - opens == timedelta(hours=real_hours)


def test_closed_from_the_first_half_past_two_also_the_second_time():
    asked = hours(regular(week("01:00-02:30", ALL_WEEK)))

    assert asked.status(at("2026-10-25T02:29")).is_open
    assert not asked.status(at("2026-10-25T02:30")).is_open
    assert not asked.status(at("2026-10-25T02:15", fold=1)).is_open


def test_opens_at_the_first_half_past_two_and_stays_open():
    asked = hours(regular(week("02:30-04:00", ALL_WEEK)))

    assert not asked.status(at("2026-10-25T02:15")).is_open
    assert asked.status(at("2026-10-25T02:30")).is_open
    assert asked.status(at("2026-10-25T02:15", fold=1)).is_open
    assert asked.status(at("2026-10-25T02:15", fold=1)).until == at("2026-10-25T04:00")


def test_the_moment_may_come_in_any_zone():
    asked = hours(NINE_TO_THREE)

    assert asked.status(datetime(2026, 11, 23, 13, 59, tzinfo=UTC)).is_open
    assert not asked.status(datetime(2026, 11, 23, 14, tzinfo=UTC)).is_open
    # Monday 23:30 in New York is Tuesday morning here
    new_york = datetime(2026, 11, 23, 23, 30, tzinfo=ZoneInfo("America/New_York"))
    assert asked.status(new_york).day.date == date(2026, 11, 24)


# --- Rule 7: states ---------------------------------------------------------------------------


def test_outside_its_hours_an_open_day_is_closed():
    asked = hours(NINE_TO_THREE)

    assert on(asked, MONDAY)[0] is OPEN
    assert state(asked, "2026-11-23T08:00") is state(asked, "2026-11-23T20:00") is CLOSED


@pytest.mark.parametrize(
    ("moment", "expected"),
    [("09:59", UNKNOWN), ("10:00", OPEN), ("11:59", OPEN), ("12:00", UNKNOWN)],
)
def test_extra_on_an_unknown_day(moment, expected):
    asked = hours(exception("extra", text="10:00-12:00"))

    assert state(asked, f"{MONDAY}T{moment}") is expected
    assert on(asked, MONDAY) == (UNKNOWN, "10:00-12:00")


@pytest.mark.parametrize(
    ("moment", "expected", "holds_until"),
    [
        ("11:59", UNKNOWN, "2026-11-23T12:00"),
        ("12:00", CLOSED, "2026-11-23T14:00"),
        ("13:59", CLOSED, "2026-11-23T14:00"),
        ("14:00", UNKNOWN, "2026-11-24T00:00"),
    ],
)
def test_part_closure_on_an_unknown_day(moment, expected, holds_until):
    now = hours(LUNCH).status(at(f"{MONDAY}T{moment}"))

    assert (now.state, now.holds_until) == (expected, at(holds_until))
    assert now.unconfirmed.date == date.fromisoformat(MONDAY)


def test_tail_of_an_unanswered_night_is_as_unknown_as_its_evening():
    holidays = {date(2026, 11, 23): Holiday("afton", public=False)}
    asked = hours(EVERY_NIGHT, exception("closed", TUESDAY), holidays=holidays)

    assert state(asked, "2026-11-23T01:00") is OPEN  # the night before is known
    assert state(asked, "2026-11-23T21:00") is UNKNOWN
    assert state(asked, "2026-11-24T01:59") is UNKNOWN
    assert asked.status(at("2026-11-24T01:00")).holds_until == at("2026-11-24T02:00")
    assert state(asked, "2026-11-24T02:00") is CLOSED


def test_unknown_tail_names_the_evening_that_nobody_answered_for():
    """Else the page says unknown without a reason: the new day itself is known."""
    holidays = {date(2026, 11, 23): Holiday("afton", public=False)}
    now = hours(EVERY_NIGHT, holidays=holidays).status(at("2026-11-24T01:00"))

    assert (now.state, now.day.state) == (UNKNOWN, OPEN)
    assert now.unconfirmed.date == date(2026, 11, 23)


def test_part_closure_in_an_unanswered_tail_is_closed():
    asked = hours(
        EVERY_NIGHT,
        exception("part_closed", TUESDAY, text="01:00-01:30"),
        holidays={date(2026, 11, 23): Holiday("afton", public=False)},
    )

    states = [state(asked, f"2026-11-24T{t}") for t in ("00:59", "01:00", "01:30", "02:00")]

    assert states == [UNKNOWN, CLOSED, UNKNOWN, CLOSED]


def test_tail_of_a_public_holiday_is_closed_with_its_evening():
    asked = hours(EVERY_NIGHT, holidays={date(2026, 11, 23): Holiday("helg", public=True)})

    assert state(asked, "2026-11-24T01:00") is CLOSED


@pytest.mark.parametrize(
    ("confirmed", "moment", "expected"),
    [
        (None, "2026-11-23T10:00", True),
        ("2026-11-23T08:00", "2026-11-23T10:00", False),
        ("2026-11-23T08:00", "2027-05-22T08:59:59", False),  # a summer and a winter clock
        ("2026-11-23T08:00", "2027-05-22T09:00", True),
    ],
)
def test_hours_confirmed_180_days_ago_need_a_check(confirmed, moment, expected):
    assert hours(NINE_TO_THREE, confirmed=confirmed).status(at(moment)).needs_check is expected


@pytest.mark.parametrize(
    ("moment", "expected"), [("2026-12-18T10:00", False), ("2027-01-11T10:00", True)]
)
def test_term_that_waits_to_be_confirmed_needs_a_check_once_it_holds(moment, expected):
    autumn = regular(week("09:00-15:00"), last="2026-12-31")
    spring = replace(regular(week("09:00-15:00"), first="2027-01-01"), awaits_confirmation=True)
    assert hours(autumn, spring).status(at(moment)).needs_check is expected


@pytest.mark.parametrize("moment", ["2026-10-28T10:59:59", "2026-10-28T11:00", "2026-10-28T11:59"])
def test_needs_check_counts_instants_whatever_zone_the_moment_comes_in(moment):
    """Two aware datetimes of one zone would be subtracted as wall clocks."""
    asked = hours(NINE_TO_THREE, confirmed="2026-05-01T12:00")

    assert asked.needs_check(at(moment)) is asked.status(at(moment)).needs_check


# --- Rule 8: now ------------------------------------------------------------------------------


def test_open_until():
    now = hours(NINE_TO_THREE).status(at("2026-11-23T10:00"))

    assert (now.state, now.until) == (OPEN, at("2026-11-23T15:00"))
    assert (now.next_opening, now.unconfirmed) == (None, None)


def test_closed_for_lunch_opens_after_it():
    now = hours(NINE_TO_FOUR, LUNCH).status(at("2026-11-23T12:00"))

    assert (now.state, now.next_opening) == (CLOSED, at("2026-11-23T14:00"))


def test_closed_on_friday_evening_opens_on_monday():
    now = hours(NINE_TO_THREE).status(at("2026-11-27T16:00"))

    assert (now.state, now.next_opening, now.unconfirmed) == (CLOSED, at("2026-11-30T09:00"), None)


def test_the_evening_before_christmas_eve():
    now = hours(NINE_TO_FOUR, holidays=SWEDEN).status(at("2026-12-23T16:00"))

    assert now.state is CLOSED
    assert now.next_opening == at("2026-12-28T09:00")
    assert now.unconfirmed.date == date(2026, 12, 24)
    assert now.unconfirmed.holiday.name == "julafton"


def test_first_of_several_unconfirmed_days_is_named():
    now = hours(regular(week("09:00-16:00"), last="2026-12-18")).status(at("2026-12-18T17:00"))

    assert (now.next_opening, now.unconfirmed.date) == (None, date(2026, 12, 19))


@pytest.mark.parametrize(
    ("row", "opens"),
    [
        (exception("extra", "2026-12-10", text="10:00-12:00"), "2026-12-10T10:00"),
        (exception("replaced", "2026-12-10", text="10:00-12:00"), "2026-12-10T10:00"),
        (exception("as_usual", "2026-12-10"), None),
        (regular(week("09:00-15:00"), "2027-01-11", "2027-01-11"), "2027-01-11T09:00"),
        (season(week("10:00-12:00"), "2027-06-14", "2027-06-18"), "2027-06-14T10:00"),
    ],
)
def test_next_opening_after_the_last_day_of_the_schedule(row, opens):
    ended = regular(week("09:00-15:00"), last="2026-11-20")
    now = hours(ended, row).status(at("2026-11-23T10:00"))

    assert now.next_opening == (opens and at(opens))
    assert hours(ended, row).status(at("2027-06-18T13:00")).next_opening is None


def test_next_opening_beyond_a_six_week_summer_closure():
    asked = hours(NINE_TO_THREE, exception("closed", "2026-06-22", "2026-08-02"))
    now = asked.status(at("2026-06-19T15:00"))

    assert (now.state, now.next_opening, now.unconfirmed) == (CLOSED, at("2026-08-03T09:00"), None)


def test_unknown_tells_when_known_hours_begin():
    asked = hours(regular(week("09:00-15:00"), first="2027-01-11"))
    now = asked.status(at("2026-11-23T10:00"))

    assert (now.state, now.next_opening) == (UNKNOWN, at("2027-01-11T09:00"))
    assert now.unconfirmed.date == date(2026, 11, 23)


def test_closed_until_further_notice_has_no_next_opening():
    now = hours(NINE_TO_THREE, CLOSED_FOR_NOW).status(at("2026-11-23T10:00"))

    assert (now.state, now.next_opening, now.unconfirmed) == (CLOSED, None, None)


def test_never_any_hours_is_unknown_today():
    now = hours().status(at("2026-11-23T10:00"))

    assert (now.state, now.next_opening) == (UNKNOWN, None)
    assert now.unconfirmed.date == date(2026, 11, 23)


def test_around_the_clock_has_no_end():
    now = hours(regular(week("00:00-00:00", ALL_WEEK))).status(at("2026-11-23T10:00"))

    assert (now.state, now.until) == (OPEN, None)


def test_around_the_clock_until_a_known_end():
    asked = hours(regular(week("00:00-00:00", ALL_WEEK), last="2027-06-30"))

    assert asked.status(at("2026-11-23T10:00")).until == at("2027-07-01T00:00")


@pytest.mark.parametrize(
    ("opens", "expected"),
    [(398, True), (399, True), (401, False), (500, False)],
)
def test_openings_are_looked_for_within_400_days(opens, expected):
    day = str(date(2026, 11, 23) + timedelta(days=opens))
    asked = hours(regular(()), exception("replaced", day, text="10:00-11:00"))
    opening = at(f"{day}T10:00") if expected else None

    assert asked.status(at("2026-11-23T10:00")).next_opening == opening


IN_400_DAYS = str(date(2026, 11, 23) + timedelta(days=400))


@pytest.mark.parametrize("edge", ["00:00", "09:00", "23:59"])
def test_opening_some_400_days_away_does_not_come_into_sight_within_an_answer(edge):
    asked = hours(regular(()), exception("replaced", IN_400_DAYS, text=f"{edge}-{edge}"))

    now = asked.status(at("2026-11-23T00:30"))

    assert asked.status(now.holds_until - SECOND).next_opening == now.next_opening


@pytest.mark.parametrize("edge", ["00:00", "09:00", "23:59"])
def test_end_some_400_days_away_does_not_come_into_sight_within_an_answer(edge):
    asked = hours(
        regular(week("00:00-00:00", ALL_WEEK), last=IN_400_DAYS),
        exception("part_closed", IN_400_DAYS, text=f"{edge}-{edge}"),
    )

    now = asked.status(at("2026-11-23T00:30"))

    assert asked.status(now.holds_until - SECOND).until == now.until


# --- Rule 9: holidays -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("day", "rows", "expected"),
    [
        # public holidays
        ("2026-12-25", [NINE_TO_FOUR], (CLOSED, "", Why.HOLIDAY)),
        ("2026-12-25", [NINE_TO_FOUR, exception("as_usual", "2026-12-25")],
         (OPEN, "09:00-16:00", Why.EXCEPTION)),
        ("2026-12-25", [NINE_TO_FOUR, exception("replaced", "2026-12-25", text="10:00-12:00")],
         (OPEN, "10:00-12:00", Why.EXCEPTION)),
        ("2026-12-25", [NINE_TO_FOUR, exception("closed", "2026-12-25")],
         (CLOSED, "", Why.EXCEPTION)),
        ("2026-12-25", [NINE_TO_FOUR, exception("extra", "2026-12-25", text="10:00-12:00")],
         (OPEN, "10:00-12:00", Why.HOLIDAY)),
        ("2026-12-25", [], (UNKNOWN, "", Why.NO_SCHEDULE)),
        ("2026-12-26", [NINE_TO_FOUR], (CLOSED, "", Why.SCHEDULE)),  # a Saturday
        # eves
        ("2026-12-24", [NINE_TO_FOUR], (UNKNOWN, "", Why.HOLIDAY_UNANSWERED)),
        ("2026-12-24", [NINE_TO_FOUR, exception("as_usual", "2026-12-24")],
         (OPEN, "09:00-16:00", Why.EXCEPTION)),
        ("2026-12-24", [NINE_TO_FOUR, exception("replaced", "2026-12-24", text="09:00-12:00")],
         (OPEN, "09:00-12:00", Why.EXCEPTION)),
        ("2026-12-24", [NINE_TO_FOUR, exception("closed", "2026-12-24")],
         (CLOSED, "", Why.EXCEPTION)),
        ("2026-12-24", [NINE_TO_FOUR, exception("closed", "2026-12-21", "2027-01-06",
                                                of_centre=True)], (CLOSED, "", Why.EXCEPTION)),
        ("2026-12-24", [NINE_TO_FOUR, exception("extra", "2026-12-24", text="10:00-11:00")],
         (UNKNOWN, "10:00-11:00", Why.HOLIDAY_UNANSWERED)),
        ("2026-12-24", [], (UNKNOWN, "", Why.NO_SCHEDULE)),
        ("2026-12-24", [NINE_TO_FOUR, season((), "2026-12-21", "2027-01-06")],
         (CLOSED, "", Why.SCHEDULE)),
        ("2026-12-24", [regular(()), season(week("10:00-12:00"), "2026-12-21", "2027-01-06")],
         (UNKNOWN, "", Why.HOLIDAY_UNANSWERED)),
        ("2026-04-04", [NINE_TO_FOUR], (CLOSED, "", Why.SCHEDULE)),  # påskafton, a Saturday
        ("2026-04-04", [regular(week("10:00-12:00", [6]))], (UNKNOWN, "", Why.HOLIDAY_UNANSWERED)),
        ("2026-05-13", [NINE_TO_FOUR], (OPEN, "09:00-16:00", Why.SCHEDULE)),  # no eve of Ascension
        # squeeze days
        ("2026-01-02", [NINE_TO_FOUR], (UNKNOWN, "", Why.HOLIDAY_UNANSWERED)),
        ("2028-06-05", [NINE_TO_FOUR], (UNKNOWN, "", Why.HOLIDAY_UNANSWERED)),
        ("2028-06-05", [regular(week("09:00-16:00", [2, 3]))], (CLOSED, "", Why.SCHEDULE)),
        ("2028-06-05", [NINE_TO_FOUR, exception("as_usual", "2028-06-05")],
         (OPEN, "09:00-16:00", Why.EXCEPTION)),
    ],
)  # fmt: skip
def test_holidays(day, rows, expected):
    found = hours(*rows, holidays=SWEDEN).day(date.fromisoformat(day))

    assert (found.state, shown(found.spans), found.why) == expected


def test_night_before_a_public_holiday_keeps_its_tail():
    asked = hours(EVERY_NIGHT, exception("as_usual", "2026-12-24"), holidays=SWEDEN)

    states = [state(asked, f"2026-12-25T{moment}") for moment in ("01:59", "02:00", "21:00")]

    assert states == [OPEN, CLOSED, CLOSED]


@pytest.mark.parametrize("day", ["2026-12-24", "2026-12-25"])
def test_usual_hours_of_a_holiday_are_attached(day):
    found = hours(NINE_TO_FOUR, holidays=SWEDEN).day(date.fromisoformat(day))

    assert [(s.opens_at, s.closes_at) for s in found.usual] == [(time(9), time(16))]
    assert found.entries == ()


def test_while_an_eve_is_unanswered_it_is_never_open_and_never_closed():
    asked = hours(NINE_TO_FOUR, holidays=SWEDEN)

    states = {state(asked, f"2026-12-24T{hour:02}:30") for hour in range(24)}

    assert states == {UNKNOWN}


def test_answer_as_usual_for_several_days_also_answers_the_eve_among_them():
    asked = hours(NINE_TO_FOUR, exception("as_usual", "2026-12-21", "2026-12-24"), holidays=SWEDEN)

    assert on(asked, "2026-12-24") == (OPEN, "09:00-16:00")


# --- Rule 10: odd and even, and the other recurrences -----------------------------------------


def starts(slot, first, count):
    """The next dates on which a slot starts."""
    return [f"{day:%m-%d}" for day in hours(regular((slot,))).next_dates(slot, first, count)]


@pytest.mark.parametrize(
    ("more", "first", "expected"),
    [
        # 2026 has 53 weeks; 28 December is in week 53, 4 January in week 1
        ({"week_parity": "even"}, date(2026, 12, 1), ["12-07", "12-21", "01-11", "01-25"]),
        ({"week_parity": "odd"}, date(2026, 12, 1), ["12-14", "12-28", "01-04", "01-18"]),
        # 2027 has 52: the rhythm goes on
        ({"week_parity": "even"}, date(2027, 12, 13), ["12-13", "12-27", "01-10", "01-24"]),
        ({"nth_in_month": 1}, date(2026, 11, 1), ["11-02", "12-07", "01-04", "02-01"]),
        ({"nth_in_month": 5}, date(2026, 11, 1), ["11-30", "03-29", "05-31", "08-30"]),
        ({"nth_in_month": -1}, date(2026, 11, 1), ["11-30", "12-28", "01-25", "02-22"]),
        ({"nth_in_month": -2}, date(2026, 11, 1), ["11-23", "12-21", "01-18", "02-15"]),
        ({"nth_in_month": -5}, date(2026, 11, 1), ["11-02", "03-01", "05-03", "08-02"]),
    ],
)
def test_next_four_dates_of_a_monday_session(more, first, expected):
    assert starts(Slot(time(9), time(11), weekday=1, **more), first, 4) == expected


def test_odd_and_even_are_those_of_the_day_the_slot_starts():
    """Sunday 3 January 2027 ends week 53, so its night runs into Monday of week 1, odd as well."""
    asked = hours(regular(week("22:00-02:00", [7], week_parity="even")))

    assert state(asked, "2026-12-27T23:00") is OPEN  # Sunday of week 52
    assert state(asked, "2026-12-28T01:00") is OPEN  # Monday of week 53
    assert state(asked, "2027-01-03T23:00") is CLOSED


def test_next_dates_leave_out_days_without_open_time():
    session = Slot(time(9), time(11), weekday=4)
    asked = hours(
        regular((session,)),
        exception("closed", "2026-12-03"),
        exception("part_closed", "2026-12-17", text="08:00-12:00"),
        holidays=SWEDEN,
    )

    found = asked.next_dates(session, date(2026, 12, 1))

    assert [f"{day:%m-%d}" for day in found] == ["12-10", "01-07", "01-14", "01-21"]


@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [
        ("2026-08-01", "2027-06-30", [2026]),
        ("2026-01-01", "2026-12-20", []),
        ("2027-01-11", "2027-12-31", []),
        ("2020-01-01", "2033-01-31", [2020, 2026, 2032]),
        # in the middle of week 53: an odd session of Thursdays still runs two weeks in a row
        ("2026-12-29", "2027-06-30", [2026]),
    ],
)
def test_years_whose_turn_breaks_the_rhythm_of_odd_and_even(first, last, expected):
    assert long_iso_years(date.fromisoformat(first), date.fromisoformat(last)) == expected


# --- Rule 11: how long an answer holds --------------------------------------------------------


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        ("2026-11-23T00:00", "2026-11-23T09:00"),  # the next opening
        ("2026-11-23T09:00", "2026-11-23T12:00"),  # the end of the span, at a part closure
        ("2026-11-23T12:00", "2026-11-23T14:00"),  # its other edge
        ("2026-11-23T14:00", "2026-11-23T16:00"),  # the end of the span
        ("2026-11-23T16:00", "2026-11-24T00:00"),  # midnight
        ("2026-11-28T10:00", "2026-11-29T00:00"),  # midnight of a day without hours
    ],
)
def test_answer_holds_until(moment, expected):
    assert hours(NINE_TO_FOUR, LUNCH).status(at(moment)).holds_until == at(expected)


def test_answer_never_holds_beyond_midnight_though_open():
    now = hours(EVERY_NIGHT).status(at("2026-11-23T21:00"))

    assert (now.until, now.holds_until) == (at("2026-11-24T02:00"), at("2026-11-24T00:00"))


def test_answer_holds_until_the_hours_turn_180_days_old():
    asked = hours(NINE_TO_THREE, confirmed="2026-05-27T11:00")
    turns = at("2026-05-27T11:00").astimezone(UTC) + timedelta(days=180)
    now = asked.status(at("2026-11-23T09:30"))

    assert turns == at("2026-11-23T10:00")
    assert (now.needs_check, now.holds_until) == (False, turns)
    assert (asked.status(turns).needs_check, asked.status(turns).holds_until) == (
        True,
        at("2026-11-23T15:00"),
    )


def test_answer_holds_until_the_clocks_midnight_on_long_and_short_days():
    asked = hours(regular(()))

    assert asked.status(at("2026-10-25T12:00")).holds_until == at("2026-10-26T00:00")
    assert asked.status(at("2027-03-27T23:00")).holds_until == at("2027-03-28T00:00")


# --- Lists ------------------------------------------------------------------------------------


def test_days_are_asked_in_a_row():
    found = hours(NINE_TO_THREE).days(date(2026, 11, 27), 4)

    assert [(f"{day.date:%m-%d}", day.state) for day in found] == [
        ("11-27", OPEN),
        ("11-28", CLOSED),
        ("11-29", CLOSED),
        ("11-30", OPEN),
    ]


def test_entries_of_a_day_stand_in_order_and_know_what_is_extra():
    asked = hours(
        regular(week("13:00-15:00", [1]) + week("09:00-11:00", [1])),
        exception("extra", text="11:00-12:00"),
    )
    entries = asked.day(date.fromisoformat(MONDAY)).entries

    assert [(e.slot.opens_at.hour, e.is_extra) for e in entries] == [
        (9, False),
        (11, True),
        (13, False),
    ]


def test_last_known_schedule_is_the_one_that_ends_last():
    spring = regular(week("09:00-15:00"), "2026-01-01", "2026-06-30")
    summer = season(week("10:00-12:00"), "2026-06-01", "2026-08-15")

    assert hours(spring, summer).last_known == summer
    assert hours(NINE_TO_THREE).last_known is None
