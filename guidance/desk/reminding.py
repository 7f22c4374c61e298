"""What the weekly mail tells those who write and review: texts to look over, texts to read."""

from collections.abc import Iterator
from datetime import datetime

from django.conf import settings
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ..permissions import may_review, may_write
from .rows import Desk, Row


def texts_awaiting(user, at: datetime) -> list[str]:
    """The lines for one person; none where nothing awaits them."""
    if not (may_write(user) or may_review(user)):
        return []
    desk = Desk(user, at)
    lines = [*_to_review(desk.to_review)]
    if may_write(user):
        lines += _to_look_over(desk.to_look_over)
    return [*lines, settings.PUBLIC_URL + reverse("publishing:desk")] if lines else []


def _to_review(rows: list[Row]) -> Iterator[str]:
    if rows:
        count = ngettext("%(n)d text att granska:", "%(n)d texter att granska:", len(rows))
        yield count % {"n": len(rows)}
        yield from (f"- {row.version.title}" for row in rows)


def _to_look_over(rows: list[Row]) -> Iterator[str]:
    if rows:
        count = ngettext("%(n)d text att se över:", "%(n)d texter att se över:", len(rows))
        yield count % {"n": len(rows)}
        for row in rows:
            day = date_format(row.version.next_review_on, "j F Y")
            yield f"- {row.version.title} " + _("(senast %(day)s)") % {"day": day}
