"""What the lines to call say at a moment. Lines never follow the public-holiday rule."""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from services.models import Line

from . import hours_text as words
from .hours_values import Schedule, Slot
from .opening_hours import OpeningHours


@dataclass(frozen=True)
class LineNow:
    """A line, when it is answered in words, and what is known of now."""

    line: Line
    when: str
    is_open: bool
    is_closed: bool = False


def lines_now(at: datetime, *, everywhere_only: bool = False) -> list[LineNow]:
    """The lines in their order at the moment `at`; three queries however many there are."""
    lines = Line.objects.prefetch_related("texts", "week")
    if everywhere_only:
        lines = lines.filter(on_every_page=True)
    return [_line_now(line, at) for line in lines]


def _line_now(line: Line, at: datetime) -> LineNow:
    if line.hours == Line.Hours.ALWAYS:
        return LineNow(line, _("Svarar dygnet runt"), True)
    note = line.text.hours_note if line.text else ""
    if line.hours == Line.Hours.NOT_KNOWN:
        return LineNow(line, words.capitalised(note) or _("Vi vet inte när någon svarar"), False)
    slots = [Slot(s.opens_at, s.closes_at, weekday=s.weekday) for s in line.week.all()]
    week = Schedule(date.min, None, tuple(slots))
    status = OpeningHours(
        [week], zone=timezone.get_default_timezone(), holidays={}, confirmed_at=at
    ).status(at)
    if status.is_open and status.until:
        until = words.clock(timezone.localtime(status.until))
        return LineNow(line, _("Svarar nu, till %(until)s") % {"until": until}, True)
    return LineNow(
        line,
        _("Svarar %(week)s") % {"week": words.lowered(words.week_sentence(week))},
        status.is_open,
        is_closed=not status.is_open,
    )
