import pytest

from centres.lines import lines_now
from services.models import LineHours
from tests.factories import make_line, stockholm

pytestmark = pytest.mark.django_db


def test_line_that_always_answers():
    make_line()
    assert [(line.when, line.is_open) for line in lines_now(stockholm(2026, 11, 24, 3))] == [
        ("Svarar dygnet runt", True)
    ]


@pytest.mark.parametrize(
    ("at", "when", "is_open"),
    [
        (stockholm(2026, 11, 24, 10), "Svarar nu, till 16.00", True),
        (stockholm(2026, 11, 24, 16), "Svarar tisdag 8.30–16", False),
        # 8 December 2026 is a Tuesday like any other; 6 January 2026, Epiphany, was one too.
        (stockholm(2026, 1, 6, 10), "Svarar nu, till 16.00", True),
    ],
)
def test_line_with_weekly_hours_ignores_public_holidays(at, when, is_open):
    line = make_line(hours="weekly")
    LineHours.objects.create(line=line, weekday=2, opens_at="08:30", closes_at="16:00")
    found = lines_now(at)[0]
    assert (found.when, found.is_open) == (when, is_open)


def test_lines_ask_the_database_three_times_however_many(django_assert_num_queries):
    for _ in range(5):
        make_line()
    with django_assert_num_queries(3):
        lines_now(stockholm(2026, 11, 24, 10))
