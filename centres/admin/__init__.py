"""Staff's pages for houses, rooms and hours, one module per subject."""

from . import centre, confirmation, feedback, hours, notice, people, places, room

__all__ = ["centre", "confirmation", "feedback", "hours", "notice", "people", "places", "room"]
