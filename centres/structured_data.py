"""Centres as schema.org says them, for search engines. Only open doors: drop-in hours.

A week without end is cut at days whose hours are unknown, so that nothing is claimed of them.
"""

import json
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from itertools import groupby

from django.conf import settings
from django.utils.safestring import SafeString, mark_safe

from services.models import Service

from .hours_values import Day, Schedule, Slot, State
from .house import House
from .models import Confirmation
from .opening_hours import OpeningHours
from .rooms import Room
from .spans import merge

DAYS_AHEAD = 90
CLOSED = {"opens": "00:00", "closes": "00:00"}
DAY_NAMES = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
TYPES = {
    Service.Kind.OPEN_PRESCHOOL: "ChildCare",
    Service.Kind.MATERNITY_CARE: "MedicalClinic",
    Service.Kind.CHILD_HEALTH_CARE: "MedicalClinic",
    Service.Kind.SOCIAL_SERVICES: "GovernmentOffice",
    Service.Kind.LIBRARY: "Library",
    Service.Kind.DENTAL_CARE: "Dentist",
}


def centre_as_schema_org(house: House, events: Sequence[dict] = ()) -> dict:
    """A `Place` with its rooms and `events`, under the portal's public address."""
    centre = house.centre
    url = settings.PUBLIC_URL + centre.get_absolute_url()
    place = {
        "@context": "https://schema.org",
        "@type": "Place",
        "@id": url,
        "url": url,
        "name": centre.name,
        "address": address_of(centre),
        "geo": point_of(centre),
        "containsPlace": [_room(house, room, url) for room in house.rooms],
        "event": list(events),
    }
    return {key: value for key, value in place.items() if value}


def as_script(data: dict) -> SafeString:
    """The data as a JSON-LD block of a page, with every < escaped."""
    text = json.dumps(data, ensure_ascii=False, default=str).replace("<", "\\u003c")
    return mark_safe(f'<script type="application/ld+json">{text}</script>')  # noqa: S308


def _room(house: House, room: Room, url: str) -> dict:
    hours = room.drop_in.hours if room.drop_in and house.receives_visitors else None
    said = {
        "@type": TYPES[room.service.kind],
        "name": f"{room.name}, {house.centre.name}",
        "url": f"{url}#{room.service.slug}",
        "telephone": room.place.phone,
        "email": room.place.email,
        "address": address_of(house.centre),
        "openingHoursSpecification": list(_weeks(hours, room.today)) if hours else None,
        "specialOpeningHoursSpecification": list(_differing(hours, room.today)) if hours else None,
    }
    return {key: value for key, value in said.items() if value}


def address_of(centre) -> dict | None:
    if not centre.address:
        return None
    address = {
        "@type": "PostalAddress",
        "streetAddress": centre.street,
        "postalCode": centre.postcode,
        "addressLocality": centre.postal_town,
        "addressCountry": "SE",
    }
    return {key: value for key, value in address.items() if value}


def point_of(centre) -> dict | None:
    """Only where staff have said that the place is right: the others are those of an area."""
    said = {c.fact_group: c.origin for c in centre.confirmations.all()}
    if centre.latitude is None or said.get("location") != Confirmation.Origin.STAFF:
        return None
    return {
        "@type": "GeoCoordinates",
        "latitude": float(centre.latitude),
        "longitude": float(centre.longitude),
    }


def _weeks(hours: OpeningHours, today: date) -> Iterator[dict]:
    """Rows for the weekly slots, for each run of days with one schedule and no unknown day."""
    for schedule, days in _runs(hours, today):
        slots = [s for s in schedule.slots if _is_weekly(s)] if schedule else []
        for weekday, opens, closes in sorted({(s.weekday, s.opens_at, s.closes_at) for s in slots}):
            yield {
                "@type": "OpeningHoursSpecification",
                "dayOfWeek": f"https://schema.org/{DAY_NAMES[weekday - 1]}",
                **_times(opens, closes),
                **_dates(days[0].date, days[-1].date),
            }


def _differing(hours: OpeningHours, today: date) -> Iterator[dict]:
    """A row for each span of a day that is not as its week says; closed is 00:00–00:00."""
    for schedule, days in _runs(hours, today):
        for day in days:
            if day.spans != _weekly_spans(schedule, day, hours):
                yield from _rows_of_day(day, hours)
    for day in hours.days(today, DAYS_AHEAD):
        if day.state is State.UNKNOWN and day.spans:
            yield from _rows_of_day(day, hours)


def _rows_of_day(day: Day, hours: OpeningHours) -> Iterator[dict]:
    spans = [(_wall(start, hours), _wall(end, hours)) for start, end in day.spans]
    times = [_times(opens, closes) for opens, closes in spans] if spans else [CLOSED]
    for row in times:
        yield {"@type": "OpeningHoursSpecification", **row, **_dates(day.date, day.date)}


def _runs(hours: OpeningHours, today: date) -> Iterator[tuple[Schedule | None, list[Day]]]:
    def key(day: Day):
        schedule = hours.schedule_on(day.date)
        return day.state is State.UNKNOWN, schedule

    for (is_unknown, schedule), days in groupby(hours.days(today, DAYS_AHEAD), key=key):
        if not is_unknown:
            yield schedule, list(days)


def _weekly_spans(schedule: Schedule | None, day: Day, hours: OpeningHours) -> list:
    slots = schedule.slots if schedule else ()
    return merge(
        hours.span(day.date, slot)
        for slot in slots
        if _is_weekly(slot) and slot.occurs_on(day.date)
    )


def _is_weekly(slot: Slot) -> bool:
    return slot.week_parity == "every" and slot.nth_in_month is None


def _wall(instant: datetime, hours: OpeningHours) -> time:
    return instant.astimezone(hours.zone).time()


def _times(opens: time, closes: time) -> dict[str, str]:
    """24 hours end a minute early (00:00–23:59), since equal times mean closed."""
    if opens == closes:
        closes = (datetime.combine(date.min, closes) + timedelta(hours=23, minutes=59)).time()
    return {"opens": f"{opens:%H:%M}", "closes": f"{closes:%H:%M}"}


def _dates(first: date, last: date) -> dict[str, str]:
    return {"validFrom": first.isoformat(), "validThrough": last.isoformat()}
