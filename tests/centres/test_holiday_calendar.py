"""The Swedish calendar: public holidays of the law, eves and squeeze days."""

from datetime import date, timedelta

import pytest
from django.utils.translation import override

from centres.holiday_calendar import holidays_around, holidays_between

YEARS = holidays_between(2005, 2040)


@pytest.mark.parametrize(
    ("day", "name", "public"),
    [
        # 1989:253, all of 2026 and 2027
        ("2026-01-01", "nyårsdagen", True),
        ("2026-01-06", "trettondedag jul", True),
        ("2026-04-03", "långfredagen", True),
        ("2026-04-05", "påskdagen", True),
        ("2026-04-06", "annandag påsk", True),
        ("2026-05-01", "första maj", True),
        ("2026-05-14", "Kristi himmelsfärdsdag", True),
        ("2026-05-24", "pingstdagen", True),
        ("2026-06-06", "nationaldagen", True),
        ("2026-06-20", "midsommardagen", True),
        ("2026-10-31", "alla helgons dag", True),
        ("2026-12-25", "juldagen", True),
        ("2026-12-26", "annandag jul", True),
        ("2027-03-26", "långfredagen", True),
        # eves that are as good as free, and those that are at some workplaces
        ("2026-12-24", "julafton", False),
        ("2026-12-31", "nyårsafton", False),
        ("2026-06-19", "midsommarafton", False),
        ("2026-01-05", "trettondagsafton", False),
        ("2026-04-02", "skärtorsdagen", False),
        ("2026-04-04", "påskafton", False),
        ("2026-04-30", "valborgsmässoafton", False),
        ("2026-05-23", "pingstafton", False),
        ("2026-10-30", "allhelgonaafton", False),
        # squeeze days
        ("2026-01-02", "klämdag", False),
        ("2026-05-15", "klämdag", False),
        ("2028-06-05", "klämdag", False),
        ("2024-12-23", "klämdag", False),  # between a Sunday and julafton
        ("2024-12-30", "klämdag", False),  # between a Sunday and nyårsafton
        ("2024-12-27", "klämdag", False),  # between annandag jul and a Saturday
        # two on one day
        ("2008-05-01", "Kristi himmelsfärdsdag och första maj", True),
        ("2022-06-05", "pingstdagen", True),
        ("2033-06-05", "pingstdagen", True),
    ],
)
def test_holiday(day, name, public):
    holiday = YEARS[date.fromisoformat(day)]

    assert (str(holiday.name), holiday.public) == (name, public)


@pytest.mark.parametrize(
    "day",
    [
        "2026-11-22",  # an ordinary Sunday: left to the schedules
        "2026-05-13",  # the day before Ascension
        "2026-06-05",  # the day before the national day
        "2026-12-23",  # a Wednesday
        "2026-12-28",  # a Monday after Christmas
        "2027-05-17",  # annandag pingst is no holiday since 2005
        "2026-04-29",  # a Wednesday before Walpurgis: an optional eve squeezes nothing
    ],
)
def test_ordinary_day(day):
    assert date.fromisoformat(day) not in YEARS


def test_thirteen_public_holidays_a_year():
    """They may meet: the national day on Whit Sunday, the first of May on Ascension Day."""
    for year in range(2005, 2041):
        public = [h for day, h in YEARS.items() if day.year == year and h.public]
        assert sum(str(holiday.name).count(" och ") + 1 for holiday in public) == 13


def test_squeeze_days_lie_between_two_free_days():
    def is_free(day):
        eves = {"julafton", "nyårsafton", "midsommarafton"}
        holiday = YEARS.get(day)
        red = holiday is not None and (holiday.public or str(holiday.name) in eves)
        return red or day.isoweekday() >= 6

    one = timedelta(days=1)
    days = (date(2005, 1, 2) + n * one for n in range(13_000))

    for day in days:
        between = not is_free(day) and is_free(day - one) and is_free(day + one)
        name = str(YEARS[day].name) if day in YEARS else None
        assert between or name != "klämdag", day
        assert name is not None or not between, day  # an optional eve keeps its own name


def test_every_holiday_has_a_swedish_name_of_ours():
    with override("sv"):
        names = {str(holiday.name) for holiday in holidays_between(1990, 2100).values()}

    assert "helgdag" not in names
    assert not [name for name in names if "Day" in name or "Eve" in name or ";" in name]


def test_answers_about_400_days_find_their_holidays():
    calendar = holidays_around(date(2026, 12, 31))

    assert date(2025, 12, 25) in calendar
    assert date(2028, 2, 4) < max(calendar)


def test_the_turn_of_the_last_year_is_as_in_a_longer_calendar():
    """A squeeze day at the edge needs its neighbours: none is lost where the years end."""
    for year in range(2006, 2040):
        alone = dict(holidays_between(year, year))
        assert alone.keys() == {day for day in YEARS if day.year == year}
