"""Writes that touch several rows, and what no portable constraint can refuse.

A check locks the room, or the house with all its rooms, until the surrounding transaction ends:
what it has seen still holds when the row is saved. It raises ValidationError with a sentence that
says what is wrong and what to do. Forms call the checks to show that sentence; the writes call them
again.
"""

from .exceptions import (
    check_exception,
    check_exception_slots,
    opening_exceptions_within,
    save_exception,
)
from .facts import change_slug, confirm, remove_personal_details, save_centre
from .feedback import (
    TooMuchFeedbackError,
    forget_old_words,
    handle_feedback,
    receive_feedback,
)
from .schedules import check_schedule, save_schedule

__all__ = [
    "TooMuchFeedbackError",
    "change_slug",
    "check_exception",
    "check_exception_slots",
    "check_schedule",
    "confirm",
    "forget_old_words",
    "handle_feedback",
    "opening_exceptions_within",
    "receive_feedback",
    "remove_personal_details",
    "save_centre",
    "save_exception",
    "save_schedule",
]
