"""What readers report, from when it comes in to when its words are forgotten."""

from datetime import datetime, timedelta
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from ..models import FamilyCentre, Feedback, ServiceAtCentre

MOST_AN_HOUR_PER_HOUSE = 30


class TooMuchFeedbackError(Exception):
    """A house has been sent as much in an hour as anybody would read."""


@transaction.atomic
def receive_feedback(
    *, key: UUID, target: FamilyCentre | ServiceAtCentre, fact_group: str, text: str, at: datetime
) -> Feedback:
    """Keep what a reader says at the moment `at`; once for each `key`, however often it is sent.

    TooMuchFeedbackError beyond `MOST_AN_HOUR_PER_HOUSE`, counted exactly by holding the house.
    """
    is_room = isinstance(target, ServiceAtCentre)
    house = target.centre if is_room else target
    list(FamilyCentre.objects.select_for_update(no_key=True).filter(pk=house.pk))
    known = Feedback.objects.filter(pk=key).first()
    if known:
        return known
    recent = Feedback.objects.about_house(house).filter(received_at__gt=at - timedelta(hours=1))
    if recent.count() >= MOST_AN_HOUR_PER_HOUSE:
        raise TooMuchFeedbackError
    feedback = Feedback(pk=key, fact_group=fact_group, text=text, received_at=at)
    setattr(feedback, "service_at_centre" if is_room else "centre", target)
    feedback.full_clean()
    feedback.save(force_insert=True)
    return feedback


@transaction.atomic
def handle_feedback(
    *, feedback: Feedback, status: str, note: str, seen: str, at: datetime, by, forget: bool = False
) -> Feedback:
    """Write what became of it; `forget` removes the words at once, the note too.

    `seen` is the `version` that `by` had before their eyes: ValidationError if another has written
    since, unless that is just what stands there: a form that a bad connection sent twice.
    """
    current = Feedback.objects.select_for_update(no_key=True).get(pk=feedback.pk)
    is_gone = forget or not current.keeps_words_at(at)
    text, note = ("", "") if is_gone else (current.text, note)
    saved = current.status, current.text, current.note
    if seen != current.version and saved == (status, text, note):
        return current
    if seen != current.version:
        raise ValidationError(
            _(
                "Någon annan har ändrat det här medan du läste. Se vad som står nu och spara igen "
                "om något fattas."
            ),
            code="changed",
        )
    current.status, current.text, current.note = status, text, note
    is_new = status == Feedback.Status.NEW
    current.handled_at, current.handled_by = (None, None) if is_new else (at, by)
    current.full_clean()
    current.save()
    return current


def forget_old_words(*, at: datetime) -> int:
    """Delete the words, readers' and staff's, whose time is over; returns of how many."""
    return Feedback.objects.with_words_past_keeping(at).update(text="", note="")
