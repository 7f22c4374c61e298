"""The rows whose changes are read with those of a house, a room or its hours."""

from services.history import Branch, words

from ..models import (
    ActivityText,
    ContactPerson,
    CoOrganiser,
    ExceptionSlot,
    FamilyCentreText,
    Notice,
    NoticeText,
    OccurrenceChange,
    Recurrence,
    Schedule,
    ScheduleException,
    ServiceAtCentreText,
    TimeSlot,
    VenueText,
)

_SPAN = ("opens_at", "closes_at")
_RANGE = ("channel", "valid_from", "valid_to")

OF_A_SCHEDULE = (Branch(TimeSlot, "schedule", named_by=("weekday", *_SPAN), restored=True),)
OF_AN_EXCEPTION = (Branch(ExceptionSlot, "exception", named_by=_SPAN, restored=True),)
OF_AN_ACTIVITY = (
    words(ActivityText, "activity"),
    Branch(
        Recurrence,
        "activity",
        named_by=("weekday", "first_day", "starts_at", "ends_at"),
        restored=True,
    ),
    Branch(OccurrenceChange, "activity", named_by=("kind", "day", "starts_at")),
    Branch(CoOrganiser, "activity"),
)
OF_A_PLACE = (words(VenueText, "venue"),)
OF_A_NOTICE = (words(NoticeText, "notice"),)


def _about(parent: str) -> tuple[Branch, ...]:
    """They have pages of their own, where they are put back."""
    return (
        Branch(ScheduleException, parent, named_by=("kind", "first_day"), branches=OF_AN_EXCEPTION),
        Branch(Notice, parent, Notice.get_severity_display, ("severity",), branches=OF_A_NOTICE),
    )


OF_A_HOUSE = (words(FamilyCentreText, "centre"), *_about("centre"))
OF_A_ROOM = (
    words(ServiceAtCentreText, "service_at_centre"),
    Branch(ContactPerson, "service_at_centre", named_by=("role",)),
    Branch(Schedule, "service_at_centre", named_by=_RANGE, branches=OF_A_SCHEDULE),
    *_about("service_at_centre"),
)
