"""Which week's mail of what to confirm a person has got."""

from datetime import date

from ..models import Reminder


def claim_reminder(*, user, week: date) -> bool:
    """Take it on to send `user` the mail of `week` (its Monday); False if that is done already.

    Of two who try at once one gets True.
    """
    reminder, _is_new = Reminder.objects.get_or_create(user=user)
    not_yet = Reminder.objects.filter(pk=reminder.pk).exclude(week__gte=week)
    return not_yet.update(week=week) == 1


def release_reminder(*, user, week: date) -> None:
    """The mail of `week` could not be sent: the next run tries again."""
    Reminder.objects.filter(user=user, week=week).update(week=None)
