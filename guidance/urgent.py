"""The numbers to call when it cannot wait. They come from the table of lines, never from a text."""

from datetime import datetime

from centres.lines import LineNow, lines_now

from .models.guide import Guide
from .models.topic import Topic

ABOUT_HEALTH = {"112", "1177"}
"""By slug: what a page on health always tells of."""
SWITCHBOARD = "kontaktcenter"
"""By slug: the line that knows the numbers that nobody here knows."""


def lines_of(page: Guide | Topic, at: datetime) -> list[LineNow]:
    """Those of a page in the order of all lines, and what they say at `at`."""
    chosen = {line.pk for line in page.lines.all()}
    slugs = ABOUT_HEALTH if page.is_health else set()
    return [now for now in lines_now(at) if now.line.pk in chosen or now.line.slug in slugs]


def switchboard(at: datetime) -> LineNow | None:
    """What is known of it at `at`."""
    return next((now for now in lines_now(at) if now.line.slug == SWITCHBOARD), None)
