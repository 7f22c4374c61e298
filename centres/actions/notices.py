"""Saving notices with their words."""

from django.db import transaction

from services.languages import Language

from ..models import Notice, NoticeText
from .saving import lock, remove_by, save_by


@transaction.atomic
def save_notice(*, notice: Notice, heading: str, body: str, by) -> Notice:
    """Save a notice and its Swedish words. ValidationError if something is missing."""
    lock(notice.service_at_centre or notice.centre)
    notice.full_clean()
    save_by(notice, by)
    key = {"notice": notice, "language": Language.SWEDISH}
    text = NoticeText.objects.filter(**key).first() or NoticeText(**key)
    text.heading, text.body = heading, body
    text.full_clean()
    save_by(text, by)
    return notice


@transaction.atomic
def remove_notice(*, notice: Notice, by) -> None:
    lock(notice.service_at_centre or notice.centre)
    for text in notice.texts.all():
        remove_by(text, by)
    remove_by(notice, by)
