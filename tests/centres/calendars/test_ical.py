"""The file itself, as two unrelated readers understand it."""

from datetime import UTC, datetime, timedelta

import icalendar
import pytest
import vobject

from centres.calendars.ical import CONFIRMED, Entry, calendar_file
from tests.factories import STOCKHOLM, stockholm

MORNING = stockholm(2026, 11, 24, 9)
CHANGED_AT = datetime(2026, 11, 20, 8, 15, tzinfo=UTC)


def entry(starts=MORNING, hours=2, **more) -> Entry:
    ends = starts.astimezone(UTC) + timedelta(hours=hours)
    fields = {"status": CONFIRMED, "summary": "Babyöppet", **more}
    return Entry("uid-1", 3, CHANGED_AT, starts, ends, **fields)


def file_of(*entries: Entry, name="Hjällbo", description="") -> bytes:
    return calendar_file(name, description, "https://example.org/kalender.ics", entries)


def both(content: bytes):
    """The first event as both readers have it."""
    event = icalendar.Calendar.from_ical(content).events[0]
    return event, vobject.readOne(content.decode()).vevent


def test_lines_end_as_they_should_and_are_at_most_75_octets():
    content = file_of(entry(description="Sång, lek & fika; å\\ä. " * 40, summary="ö" * 300))
    lines = content.split(b"\r\n")
    assert max(map(len, lines)) <= 75
    assert b"\n" not in b"".join(lines)
    assert b"\r" not in b"".join(lines)
    assert lines[-2:] == [b"END:VCALENDAR", b""]


@pytest.mark.parametrize(
    "text",
    [
        "Sång, lek; å\\n\nny rad",
        "Ta med: \"filt\", 'nalle': och vatten",
        "مرحبا بكم، الأطفال",
        "🎈" * 60,
        "BEGIN:VEVENT\nEND:VCALENDAR",
    ],
)
def test_text_comes_back_as_it_was(text):
    event, second = both(file_of(entry(description=text, summary="Hej", location=text)))
    assert (event["DESCRIPTION"], event["LOCATION"]) == (text, text)
    assert (second.description.value, second.location.value) == (text, text)


@pytest.mark.parametrize("text", ["en\r\nannan", "en\rannan", "en\0annan", "en\x0bannan"])
def test_control_characters_break_no_line(text):
    event, _second = both(file_of(entry(description=text)))
    assert event["DESCRIPTION"].split() == ["en", "annan"]


@pytest.mark.parametrize(
    ("starts", "hours"),
    [
        (stockholm(2026, 11, 24, 9), 2),
        (stockholm(2026, 7, 1, 9), 2),
        (stockholm(2026, 3, 28, 22), 8),  # the night of the change to summer time
        (stockholm(2026, 3, 29, 1), 2),
        (stockholm(2026, 10, 24, 22), 8),  # and back
        (stockholm(2026, 10, 25, 2, 30), 1),  # ends in the hour that comes twice
        (stockholm(2026, 10, 25, 2, 30).replace(fold=1), 1),
        (stockholm(2026, 12, 31, 0), 24),
    ],
)
def test_moments_are_the_same_in_both_readers(starts, hours):
    event, second = both(file_of(entry(starts, hours)))
    expected = starts.astimezone(UTC), starts.astimezone(UTC) + timedelta(hours=hours)
    assert (event.start.astimezone(UTC), event.end.astimezone(UTC)) == expected
    assert second.dtstart.value.astimezone(UTC) == expected[0]
    assert second.dtend.value.astimezone(UTC) == expected[1]


def test_zone_says_what_the_clock_on_the_wall_does():
    calendar = icalendar.Calendar.from_ical(file_of(entry()))
    (zone,) = calendar.timezones
    zone = zone.to_tz(lookup_tzid=False)
    noon = datetime(2026, 1, 1, 12)
    for days in range(3 * 365):
        wall = noon + timedelta(days=days)
        assert zone.utcoffset(wall) == STOCKHOLM.utcoffset(wall)


def test_without_length_it_has_no_end():
    event, _second = both(file_of(entry(hours=0)))
    assert "DTEND" not in event


def test_calendar_says_its_name_and_how_often_to_ask():
    calendar = icalendar.Calendar.from_ical(file_of(name="Exempel: Hjällbo", description="Hej, du"))
    assert calendar["X-WR-CALNAME"] == calendar["NAME"] == "Exempel: Hjällbo"
    assert calendar["DESCRIPTION"] == "Hej, du"
    assert calendar["REFRESH-INTERVAL"].td == timedelta(hours=1)
    assert calendar["X-PUBLISHED-TTL"] == "PT1H"
    assert calendar.events == []
