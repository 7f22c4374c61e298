"""Staff's pages for houses, rooms and hours, one module per subject."""

from . import centre, confirmation, hours, notice, people, places, room

__all__ = ["centre", "confirmation", "hours", "notice", "people", "places", "room"]
