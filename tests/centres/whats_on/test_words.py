"""What is said of an occurrence that is not as planned."""

from datetime import date, time
from zoneinfo import ZoneInfo

import pytest

from centres.holiday_calendar import holidays_around
from centres.hours_values import ScheduleException, Slot
from centres.programme import occurrences
from centres.programme_values import Activity, Change, Closures, Rule
from centres.whats_on.words import explanation, hours_words, recurring_words, status_word

ZONE = ZoneInfo("Europe/Stockholm")
YEAR = date(2026, 1, 1), date(2026, 12, 31)
TUESDAY = date(2026, 11, 24)
NINE = time(9)
CHRISTMAS = date(2026, 12, 24)


def said(*, change=None, exception=None, awaits=False, day=TUESDAY) -> list[tuple[str, str, str]]:
    rule = Rule(*YEAR, Slot(NINE, time(11), day.isoweekday()), awaits)
    activity = Activity("a", "room", (rule,), (change,) if change else ())
    closures = Closures((exception,) if exception else ())
    calendar = holidays_around(TUESDAY)
    days = (day, date.fromordinal(day.toordinal() + 6))
    found = occurrences(activity, *days, zone=ZONE, closures=closures, holidays=calendar)
    return [(hours_words(o, ZONE), status_word(o), explanation(o, ZONE)) for o in found]


def test_held_as_planned_says_nothing_more():
    assert said() == [("9.00–11.00", "", "")]


@pytest.mark.parametrize(
    ("about", "first"),
    [
        (
            {"change": Change("cancelled", TUESDAY, NINE, reason="sjukdom")},
            ("9.00–11.00", "Inställt", "Sjukdom."),
        ),
        (
            {"change": Change("changed", TUESDAY, NINE, new_ends_at=time(10), note="Kom i tid!")},
            ("9.00–10.00", "Ändrat", "Skulle ha varit 9.00–11.00. Kom i tid!"),
        ),
        (
            {"change": Change("changed", TUESDAY, NINE, new_room="lilla rummet")},
            ("9.00–11.00", "Ändrat", "Rum: lilla rummet."),
        ),
        (
            {"exception": ScheduleException("closed", TUESDAY, TUESDAY, reason="planeringsdag")},
            ("9.00–11.00", "Inställt", "Planeringsdag."),
        ),
        (
            {"exception": ScheduleException("part_closed", TUESDAY, None, (Slot(NINE, time(10)),))},
            ("10.00–11.00", "Ändrat", "Skulle ha varit 9.00–11.00."),
        ),
        (
            {"awaits": True},
            ("9.00–11.00", "Inte bekräftat",
             "Personalen har inte bekräftat tiden för terminen än."),
        ),
        (
            {"day": CHRISTMAS},
            ("9.00–11.00", "Inte bekräftat", "Ingen har sagt än om det blir av på julafton."),
        ),
        (
            {"day": date(2026, 12, 25)},
            ("9.00–11.00", "Inställt", "Stängt juldagen."),
        ),
    ],
)  # fmt: skip
def test_what_differs_is_said_with_its_reason(about, first):
    assert said(**about)[0] == first


def test_moved_is_said_where_it_was_and_where_it_is():
    change = Change(
        "moved", TUESDAY, NINE, date(2026, 11, 25), time(13), time(14), reason="utbildning"
    )
    assert said(change=change) == [
        ("9.00–11.00", "Flyttat", "Till onsdag 25 november kl. 13.00–14.00. Utbildning."),
        ("13.00–14.00", "Ny tid", "Flyttat från tisdag 24 november kl. 9.00–11.00. Utbildning."),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("slot", "words"),
    [
        (Slot(NINE, time(11), 4), "Torsdagar 9–11"),
        (Slot(NINE, time(11), 4, "even"), "Torsdagar 9–11, jämna veckor"),
        (Slot(NINE, time(11, 30), 4, nth_in_month=1), "Första torsdagen i månaden 9–11.30"),
        (Slot(NINE, time(11)), ""),
    ],
)
def test_rule_in_words(slot, words):
    assert recurring_words(Rule(*YEAR, slot)) == words
