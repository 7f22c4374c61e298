"""A new activity like another."""

from uuid import UUID

from django.db import transaction

from ..models import Activity
from .activities import save_activity
from .saving import lock


@transaction.atomic
def copy_activity(*, activity: Activity, key: UUID, by) -> Activity:
    """Make a draft like the activity, with its words and times, which wait to be confirmed.

    Dates that differ are not copied. Asked twice with the same `key` it copies once.
    """
    lock(activity.organiser)
    there = Activity.objects.filter(pk=key).first()
    if there:
        return there
    recurrences = [_like(row) for row in activity.recurrences.all()]
    for row in recurrences:
        row.awaits_confirmation = True
    copy = _like(activity, id=key)
    copy.status = Activity.Status.DRAFT
    return save_activity(
        activity=copy,
        by=by,
        texts=[_like(text) for text in activity.texts.all()],
        recurrences=recurrences,
        co_organisers=activity.co_organisers.all(),
    )


def _like(row, **others):
    fields = [field.attname for field in row._meta.concrete_fields if not field.primary_key]
    return type(row)(**{name: getattr(row, name) for name in fields}, **others)
