"""The coming dates of activities as schema.org says them, for search engines.

What is not confirmed has no row: nothing is claimed of it.
"""

from collections.abc import Iterable

from django.conf import settings
from django.db.models import prefetch_related_objects

from ..models import Venue
from ..programme_values import State
from ..structured_data import address_of, point_of
from .activity_page import ActivityPage
from .happening import Happening

_STATUS = {
    State.SCHEDULED: "EventScheduled",
    State.CHANGED: "EventScheduled",
    State.CANCELLED: "EventCancelled",
    State.SUSPENDED: "EventCancelled",
    State.MOVED: "EventRescheduled",
}


def dates_as_schema_org(page: ActivityPage) -> dict:
    """An `Event` for each date of which something is known; one that is moved at its new time."""
    return {"@context": "https://schema.org", "@graph": _events(page.dates)}


def dates_in_house(dates: Iterable[Happening]) -> list[dict]:
    """The same of activities that a house holds, for its page: only what is held in the house."""
    return _events(date for date in dates if date.venue is None)


def _events(dates: Iterable[Happening]) -> list[dict]:
    known = [date for date in dates if date.occurrence.state in _STATUS]
    prefetch_related_objects([date.centre for date in known], "confirmations")  # for their points
    return [_event(date) for date in known]


def _event(date: Happening) -> dict:
    activity, occurrence = date.activity, date.occurrence
    said = {
        "@type": "Event",
        "@id": f"{settings.PUBLIC_URL}{date.url}#{occurrence.uid}",
        "url": settings.PUBLIC_URL + date.url,
        "name": date.name,
        "description": activity.text.description,
        "startDate": _moment(occurrence.starts, date),
        "endDate": _moment(occurrence.ends, date),
        "previousStartDate": _moment(occurrence.planned[0], date)
        if occurrence.state is State.MOVED
        else None,
        "eventStatus": f"https://schema.org/{_STATUS[occurrence.state]}",
        "eventAttendanceMode": "https://schema.org/OfflineEventAttendanceMode",
        "inLanguage": activity.languages,
        "isAccessibleForFree": None if activity.cost is None else activity.cost == 0,
        "offers": _offer(activity.cost),
        "location": _venue(date.venue) if date.venue else _centre(date.centre),
        "organizer": [_organiser(room) for room in activity.rooms],
    }
    return {key: value for key, value in said.items() if value not in (None, "", [])}


def _moment(instant, date: Happening) -> str:
    return instant.astimezone(date.zone).isoformat()


def _offer(cost: int | None) -> dict | None:
    if cost is None:
        return None
    return {"@type": "Offer", "price": cost, "priceCurrency": "SEK"}


def _centre(centre) -> dict:
    place = {"name": centre.name, "address": address_of(centre), "geo": point_of(centre)}
    url = settings.PUBLIC_URL + centre.get_absolute_url()
    return {"@type": "Place", "url": url} | {key: value for key, value in place.items() if value}


def _venue(venue: Venue) -> dict:
    place = {"name": venue.name, "address": address_of(venue)}
    return {"@type": "Place"} | {key: value for key, value in place.items() if value}


def _organiser(room) -> dict:
    text = room.service.text
    name = text.name if text else str(room.service)
    url = f"{settings.PUBLIC_URL}{room.centre.get_absolute_url()}#{room.service.slug}"
    return {"@type": "Organization", "name": f"{name}, {room.centre.name}", "url": url}
