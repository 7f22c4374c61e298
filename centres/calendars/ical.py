"""A calendar as iCalendar writes it (RFC 5545, with the names of RFC 7986). Pure.

Every date is an event of its own, without RRULE: what cancels, moves and suspends single dates is
decided by the rules of the programme, and an event says all of that where a pattern with
exceptions says it differently in every calendar program.

Most lines are the same for many dates, so each is escaped and folded once.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

from icalendar import vText
from icalendar.parser import Contentline

CONFIRMED, TENTATIVE, CANCELLED = "CONFIRMED", "TENTATIVE", "CANCELLED"
_HOUR = "PT1H"
_PRODUCT = "-//Göteborgs familjecentraler//Familjeportalen//SV"
# The European Union's rule, which Sweden follows since 1996.
_VTIMEZONE = """\
BEGIN:VTIMEZONE
TZID:Europe/Stockholm
BEGIN:DAYLIGHT
DTSTART:19960331T020000
RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU
TZNAME:CEST
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
END:DAYLIGHT
BEGIN:STANDARD
DTSTART:19961027T030000
RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU
TZNAME:CET
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
END:STANDARD
END:VTIMEZONE""".splitlines()
_CONTROLS = re.compile(r"[\x00-\x09\x0b-\x1f\x7f]")  # all but new lines, which are escaped
_TZID = "Europe/Stockholm"
_ZONE = ZoneInfo(_TZID)


@dataclass(frozen=True, slots=True)
class Entry:
    """One event. Moments are aware; `point` is latitude and longitude, where it is exact.

    `changed_at` is when what it says was last changed, and `sequence` how many times.
    """

    uid: str
    sequence: int
    changed_at: datetime
    starts: datetime
    ends: datetime
    status: str
    summary: str
    description: str = ""
    location: str = ""
    point: tuple[float, float] | None = None
    url: str = ""
    categories: tuple[str, ...] = ()


def calendar_file(
    name: str, description: str, url: str, entries: Iterable[Entry], *, language: str = "sv"
) -> bytes:
    """The whole file. It asks to be fetched again once an hour."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        _line("PRODID", _PRODUCT),
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        _line("NAME", name, language),
        _line("X-WR-CALNAME", name),
        _line("DESCRIPTION", description, language),
        _line("X-WR-CALDESC", description),
        f"X-WR-TIMEZONE:{_TZID}",
        _plain("URL", url),
        f"REFRESH-INTERVAL;VALUE=DURATION:{_HOUR}",
        f"X-PUBLISHED-TTL:{_HOUR}",
        *_VTIMEZONE,
    ]
    for entry in entries:
        lines += _event(entry, language)
    return "\r\n".join([*lines, "END:VCALENDAR", ""]).encode()


def _event(entry: Entry, language: str) -> Iterator[str]:
    changed_at = _utc(entry.changed_at)
    yield "BEGIN:VEVENT"
    yield f"UID:{entry.uid}"
    yield f"DTSTAMP:{changed_at}"
    yield f"LAST-MODIFIED:{changed_at}"
    yield f"SEQUENCE:{entry.sequence}"
    yield f"DTSTART{_wall(entry.starts)}"
    if entry.ends > entry.starts:
        yield f"DTEND{_wall(entry.ends)}"
    yield f"STATUS:{entry.status}"
    yield "TRANSP:TRANSPARENT"  # what is offered takes nobody's time
    yield _line("SUMMARY", entry.summary, language)
    if entry.description:
        yield _line("DESCRIPTION", entry.description, language)
    if entry.location:
        yield _line("LOCATION", entry.location, language)
    if entry.point:
        yield f"GEO:{entry.point[0]:.6f};{entry.point[1]:.6f}"
    if entry.url:
        yield _plain("URL", entry.url)
    if entry.categories:
        yield _categories(entry.categories, language)
    yield "END:VEVENT"


def _utc(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _wall(moment: datetime) -> str:
    """By the clock on the wall; by UTC in the hour that autumn repeats, the second time round."""
    local = moment.astimezone(_ZONE)
    return f":{_utc(moment)}" if local.fold else f";TZID={_TZID}:{local:%Y%m%dT%H%M%S}"


@lru_cache(maxsize=4096)
def _line(name: str, text: str, language: str = "") -> str:
    """A line of text, escaped, and folded at 75 octets."""
    return _folded(name, _escaped(text), language)


@lru_cache(maxsize=1024)
def _categories(names: tuple[str, ...], language: str) -> str:
    return _folded("CATEGORIES", ",".join(map(_escaped, names)), language)


@lru_cache(maxsize=1024)
def _plain(name: str, value: str) -> str:
    """A line whose value is no text, and is not escaped."""
    return _folded(name, value)


def _escaped(text: str) -> str:
    return vText(_CONTROLS.sub(" ", text.replace("\r\n", "\n"))).to_ical().decode()


def _folded(name: str, value: str, language: str = "") -> str:
    parameters = f";LANGUAGE={language}" if language else ""
    line = Contentline(f"{name}{parameters}:{value}")  # type: ignore[no-untyped-call]
    return str(line.to_ical().decode())  # type: ignore[no-untyped-call]
