"""Writes that touch several rows, and what no portable constraint can refuse.

A check locks the room, or the house with all its rooms, until the surrounding transaction ends:
what it has seen still holds when the row is saved. It raises ValidationError with a sentence that
says what is wrong and what to do. Forms call the checks to show that sentence; the writes call them
again.
"""

from .activities import (
    check_recurrences,
    confirm_times,
    copy_to_term,
    days_of,
    remove_activity,
    save_activity,
)
from .activity_copies import copy_activity
from .changed_dates import change_date, changes_carried, check_change, undo_change
from .closing import already_closed, close, undo_closing
from .days import clear_day, save_day
from .exceptions import (
    check_exception,
    check_exception_slots,
    check_nothing_opens,
    closed_beside,
    opening_exceptions_within,
    save_exception,
)
from .facts import confirm, remove_personal_details, save_centre
from .feedback import (
    TooMuchFeedbackError,
    forget_old_words,
    handle_feedback,
    receive_feedback,
)
from .notices import remove_notice, save_notice
from .pasted_rows import Becomes, PastedRow, PastedRowError
from .pasting import save_pasted, was_pasted
from .reminders import claim_reminder, release_reminder
from .saving import held, lock, revise, was_made
from .schedules import check_schedule, save_schedule
from .terms import copy_schedule
from .weeks import change_week

__all__ = [
    "Becomes",
    "PastedRow",
    "PastedRowError",
    "TooMuchFeedbackError",
    "already_closed",
    "change_date",
    "changes_carried",
    "check_change",
    "change_week",
    "check_exception",
    "check_exception_slots",
    "check_nothing_opens",
    "check_recurrences",
    "check_schedule",
    "clear_day",
    "close",
    "closed_beside",
    "claim_reminder",
    "confirm",
    "confirm_times",
    "copy_activity",
    "copy_schedule",
    "copy_to_term",
    "days_of",
    "forget_old_words",
    "handle_feedback",
    "held",
    "lock",
    "opening_exceptions_within",
    "receive_feedback",
    "remove_activity",
    "remove_notice",
    "release_reminder",
    "remove_personal_details",
    "revise",
    "save_activity",
    "save_centre",
    "save_day",
    "save_exception",
    "save_notice",
    "save_pasted",
    "save_schedule",
    "undo_change",
    "undo_closing",
    "was_made",
    "was_pasted",
]
