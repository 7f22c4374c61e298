from datetime import date, time

import pytest

from centres import hours_text as words
from centres.hours_values import Schedule, ScheduleException, Slot
from centres.opening_hours import OpeningHours
from tests.factories import STOCKHOLM, stockholm

ALWAYS = date(2026, 1, 1)


def slot(weekday, opens, closes, **more):
    return Slot(time.fromisoformat(opens), time.fromisoformat(closes), weekday=weekday, **more)


def week(*slots):
    return Schedule(ALWAYS, None, slots)


def every(weekdays, opens, closes):
    return [slot(day, opens, closes) for day in weekdays]


def hours(*slots, exceptions=(), holidays=None, confirmed_at=None):
    return OpeningHours(
        [week(*slots)] if slots else [],
        exceptions,
        zone=STOCKHOLM,
        holidays=holidays or {},
        confirmed_at=confirmed_at,
    )


@pytest.mark.parametrize(
    ("slots", "sentence"),
    [
        (
            [*every([1, 2, 3, 4], "09:00", "15:00"), slot(3, "13:00", "16:00", week_parity="odd")],
            "Måndag–torsdag 9–15, udda veckor även onsdag 13–16",
        ),
        (every(range(1, 8), "00:00", "00:00"), "Alla dagar dygnet runt"),
        (every([1, 2], "08:30", "12:00"), "Måndag och tisdag 8.30–12"),
        (
            [*every([1, 3], "09:00", "12:00"), slot(3, "13:00", "15:00")],
            "Måndag 9–12, onsdag 9–12 och 13–15",
        ),
        ([slot(4, "17:00", "20:00", nth_in_month=-1)], "Sista torsdagen i månaden 17–20"),
        (
            [slot(1, "17:00", "20:00", nth_in_month=-3)],
            "Tredje måndagen från slutet av månaden 17–20",
        ),
        ([slot(2, "13:00", "15:00", week_parity="even")], "Jämna veckor tisdag 13–15"),
        ([slot(5, "22:00", "02:00")], "Fredag 22–2"),
        ([slot(1, "09:00", "12:00"), slot(1, "09:00", "12:00", label="Sång")], "Måndag 9–12"),
        ([], ""),
    ],
)
def test_week_sentence_reads_as_a_person_would_say_it(slots, sentence):
    assert words.week_sentence(week(*slots)) == sentence


@pytest.mark.parametrize(
    ("lowest", "highest", "text"),
    [
        (0, 83, "0–6 år"),
        (0, 8, "0–8 månader"),
        (0, 35, "0–2 år"),
        (12, 23, "1 år"),
        (0, 11, "0–11 månader"),
        (6, None, "från 6 månader"),
        (24, None, "från 2 år"),
        (None, 9, "0–9 månader"),
        (0, None, "från födseln"),
        (1, None, "från 1 månad"),
        (3, 3, "3 månader"),
        (None, None, ""),
    ],
)
def test_ages_count_completed_months_with_both_ends(lowest, highest, text):
    said = words.ages(lowest, highest).replace("\N{WORD JOINER}", "")
    assert said.replace("\N{NO-BREAK SPACE}", " ") == text


def test_ages_stay_on_one_line():
    assert words.ages(0, 83) == "0–\N{WORD JOINER}6\N{NO-BREAK SPACE}år"


OPEN_WEEK = every(range(1, 6), "09:00", "15:00")


@pytest.mark.parametrize(
    ("at", "text"),
    [
        (stockholm(2026, 11, 24, 10, 0), "Öppet till 15.00"),
        (stockholm(2026, 11, 24, 8, 0), "Öppnar 9.00"),
        (stockholm(2026, 11, 24, 15, 0), "Stängt – öppnar i morgon 9.00"),
        (stockholm(2026, 11, 27, 15, 0), "Stängt – öppnar måndag 9.00"),
    ],
)
def test_drop_in_says_when_it_closes_or_opens(at, text):
    assert words.status_words(hours(*OPEN_WEEK).status(at), STOCKHOLM, "drop_in") == text


@pytest.mark.parametrize(
    ("at", "text"),
    [
        (stockholm(2026, 11, 24, 10, 0), "Telefontid nu, till 15.00"),
        (stockholm(2026, 11, 24, 8, 0), "Telefontid i dag från 9.00"),
        (stockholm(2026, 11, 24, 16, 0), "Telefontid i morgon från 9.00"),
    ],
)
def test_a_phone_hour_is_never_an_open_door(at, text):
    assert words.status_words(hours(*OPEN_WEEK).status(at), STOCKHOLM, "phone") == text


def test_unknown_hours_are_never_called_closed():
    status = hours().status(stockholm(2026, 11, 24, 10, 0))
    assert words.status_words(status, STOCKHOLM, "drop_in") == "Tiderna är inte kända"
    assert words.status_words(status, STOCKHOLM, "phone") == "Tiderna är inte kända"


def test_the_day_before_an_unanswered_eve_tells_of_it():
    from centres.holiday_calendar import holidays_around

    at = stockholm(2026, 12, 23, 16)
    status = hours(*OPEN_WEEK, holidays=holidays_around(at.date())).status(at)
    assert words.status_words(status, STOCKHOLM, "drop_in") == "Stängt – öppnar måndag 9.00"
    assert words.unconfirmed_words(status) == "julafton är inte bekräftad"


def test_sentence_names_the_service():
    status = hours(*OPEN_WEEK).status(stockholm(2026, 11, 24, 10, 0))
    sentence = words.status_sentence(status, STOCKHOLM, "drop_in", "Öppna förskolan")
    assert sentence == "Öppna förskolan har öppet till 15.00"


def test_open_past_midnight_says_so():
    status = hours(slot(2, "20:00", "00:00")).status(stockholm(2026, 11, 24, 21, 0))
    assert words.status_words(status, STOCKHOLM, "drop_in") == "Öppet till midnatt"


def test_closed_day_gives_the_reason_in_staffs_own_words_first():
    exception = ScheduleException(
        "closed", date(2026, 11, 24), date(2026, 11, 24), reason="illness", note="vattenläcka"
    )
    day = hours(*OPEN_WEEK, exceptions=[exception]).day(date(2026, 11, 24))
    assert words.closed_words(day) == "Stängt (vattenläcka)"


@pytest.mark.parametrize(
    ("opens", "closes", "text"),
    [
        ("12:00", "14:00", "stängt 12–14"),
        ("13:20", "00:00", "stängt från 13.20"),
        ("00:00", "00:00", "stängt dygnet runt"),
        ("22:00", "02:00", "stängt 22–2"),
    ],
)
def test_part_closure_to_midnight_is_the_rest_of_the_day(opens, closes, text):
    slots = (Slot(time.fromisoformat(opens), time.fromisoformat(closes)),)
    day = date(2026, 11, 24)
    assert words.exception_words(ScheduleException("part_closed", day, day, slots)) == text


def test_odd_weeks_spell_out_their_next_dates_across_week_53():
    sessions = words.recurring_sessions(
        hours(slot(6, "10:00", "13:00", week_parity="odd", label="Pappaöppet")),
        date(2026, 11, 24),
    )
    assert sessions == [
        (
            "Pappaöppet, lördag udda veckor 10–13",
            ["5 december", "19 december", "2 januari", "9 januari"],
        )
    ]


@pytest.mark.parametrize(
    ("first", "last", "text"),
    [
        (date(2026, 12, 24), date(2026, 12, 24), "torsdag 24 december"),
        (date(2026, 7, 1), date(2026, 7, 14), "1–14 juli"),
        (date(2026, 6, 28), date(2026, 8, 9), "28 juni–9 augusti"),
        (date(2026, 11, 1), None, "från 1 november tills vidare"),
    ],
)
def test_date_range_is_short(first, last, text):
    assert words.date_range(first, last) == text


@pytest.mark.parametrize(
    ("first", "last", "said"),
    [
        (date(2026, 7, 6), date(2026, 8, 9), "6 juli–9 augusti (vecka 28–32)"),
        (date(2026, 7, 6), date(2026, 7, 12), "6–12 juli (vecka 28)"),
        (date(2026, 7, 7), date(2026, 8, 9), "7 juli–9 augusti"),
    ],
)
def test_season_is_told_with_its_weeks_where_they_are_whole(first, last, said):
    assert words.season_words(first, last) == said
