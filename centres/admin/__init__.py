"""Staff's pages for houses, rooms and hours, one module per subject."""

from . import activity, centre, confirmation, feedback, hours, notice, people, places, room

__all__ = [
    "activity",
    "centre",
    "confirmation",
    "feedback",
    "hours",
    "notice",
    "people",
    "places",
    "room",
]
