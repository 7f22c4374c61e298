"""The numbers to call when it cannot wait. They come from the table of lines, never from a text."""

from collections.abc import Iterable

from centres.lines import LineNow

from .models.guide import Guide
from .models.topic import Topic
from .pathways import Outcome

ABOUT_HEALTH = {"112", "1177"}
"""By slug: what a page on health always tells of."""
SWITCHBOARD = "kontaktcenter"
"""By slug: the line that knows the numbers that nobody here knows."""


def lines_of(page: Guide | Topic, lines: Iterable[LineNow]) -> list[LineNow]:
    """Those of a page, of all lines as they are now."""
    chosen = {line.pk for line in page.lines.all()}
    slugs = ABOUT_HEALTH if page.is_health else set()
    return [now for now in lines if now.line.pk in chosen or now.line.slug in slugs]


def lines_beside(outcome: Outcome, topic: Topic | None, lines: Iterable[LineNow]) -> list[LineNow]:
    """Those of the flow's topic that the outcome does not name itself.

    Where the topic is health, or the outcome names one of the lines about health, all of those.
    """
    slugs = {line.slug for line in topic.lines.all()} if topic else set()
    if is_about_health(outcome, topic):
        slugs |= ABOUT_HEALTH
    return [now for now in lines if now.line.slug in slugs - set(outcome.lines)]


def is_about_health(outcome: Outcome, topic: Topic | None) -> bool:
    return bool(topic and topic.is_health) or not ABOUT_HEALTH.isdisjoint(outcome.lines)


def switchboard(lines: Iterable[LineNow]) -> LineNow | None:
    return next((now for now in lines if now.line.slug == SWITCHBOARD), None)
