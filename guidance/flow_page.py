"""A flow as a reader meets it: the question to answer next, or whom to turn to.

The answers so far stand in the address, "?a=question.answer&a=…", with the place, `plats`. `andra`
is the question that somebody wants to answer anew.
"""

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from urllib.parse import urlencode

from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone

from centres.address_values import place_in
from centres.finder_page import services_with_texts
from centres.finding import Finder
from centres.gazetteer import look_up
from centres.lines import LineNow, lines_now
from centres.nearest import Answer as Where
from centres.nearest import Spot

from .models import Flow, FlowVersion, Guide
from .models.version import shown_of
from .outcomes import Ending, endings
from .pathways import Graph, Question, Voice, Walk, changed, walk
from .urgent import is_about_health, lines_beside

MOST_ANSWERS_READ = 40


@dataclass(frozen=True)
class Choice:
    """An answer that can be chosen, and the address it leads to."""

    text: str
    href: str


@dataclass(frozen=True)
class Told:
    """A question that has been answered, what was answered, and where it is answered anew."""

    question: str
    answer: str
    href: str


class FlowPage:
    """A published flow, as far as the answers in the address have come, in one voice."""

    def __init__(
        self, flow: Flow, version: FlowVersion, query: QueryDict, at: datetime, voice: Voice
    ):
        self.flow = flow
        self.version = version
        self.at = at
        self.voice = voice
        self.graph: Graph = version.as_graph()
        self.place = place_in(query).strip()
        asked = query.getlist("a")
        self.given = _answers(self.graph, asked[:MOST_ANSWERS_READ])
        self.has_unread = len(self.given) < len(asked)
        self.way: Walk = walk(self.graph, self.given, until=query.get("andra", ""))

    # --- Where one has come ------------------------------------------------------------------
    @property
    def question(self) -> Question | None:
        return self.way.question

    @property
    def heading(self) -> str:
        if self.question:
            return self.question.words.to(self.voice)
        return self.way.outcome.heading.to(self.voice)

    @property
    def hint(self) -> str:
        return self.question.hint.to(self.voice) if self.question else ""

    @property
    def choices(self) -> list[Choice]:
        """Each leads on with the answers that still hold when it is given."""
        return [
            Choice(
                answer.words.to(self.voice),
                self.href(changed(self.graph, self.given, self.question.key, answer.key)),
            )
            for answer in self.question.answers
        ]

    @property
    def chosen(self) -> str:
        """What was answered before to the question that is answered anew, or ""."""
        answer = self.question.answer(self.given.get(self.question.key))
        return answer.words.to(self.voice) if answer else ""

    @property
    def told(self) -> list[Told]:
        return [
            Told(
                step.question.words.to(self.voice),
                step.answer.words.to(self.voice),
                self.href(self.given, andra=step.question.key),
            )
            for step in self.way.steps
        ]

    # --- Addresses ---------------------------------------------------------------------------
    def href(self, given: dict[str, str], **more: str) -> str:
        pairs = [("a", f"{question}.{answer}") for question, answer in given.items()]
        if self.place:
            pairs.append(("plats", self.place))
        return f"?{urlencode([*pairs, *more.items()])}"

    @property
    def hidden(self) -> list[tuple[str, str]]:
        """What the form for the place must send along."""
        return [("a", f"{question}.{answer}") for question, answer in self.way.given.items()]

    @property
    def href_in_other_voice(self) -> str:
        name = "flows:detail" if self.is_for_staff else "flows:for_staff"
        href = reverse(name, args=[self.flow.slug])
        return href if self.flow.is_sensitive else href + self.href(self.given)

    @property
    def is_for_staff(self) -> bool:
        return self.voice is Voice.STAFF

    # --- Where one is ------------------------------------------------------------------------
    @cached_property
    def where(self) -> Where:
        return look_up(self.place, timezone.localdate(self.at))

    @property
    def spot(self) -> Spot | None:
        return self.where.spot

    @property
    def suggestions(self) -> list[tuple[str, str]]:
        """Other places that may have been meant, with the page for each."""
        pairs = self.hidden
        return [
            (spot.label, f"?{urlencode([*pairs, ('plats', spot.label)])}")
            for spot in self.where.choices
        ]

    # --- Whom to turn to ---------------------------------------------------------------------
    @cached_property
    def ending(self) -> Ending | None:
        if self.way.outcome is None:
            return None
        finder = Finder(self.at, near=self.spot, services=services_with_texts())
        return endings([self.way.outcome], finder)[self.way.outcome.key]

    @property
    def advice(self) -> str:
        return self.ending.outcome.advice.to(self.voice)

    @cached_property
    def urgent_lines(self) -> list[LineNow]:
        """What to call when it cannot wait, beside the lines that the outcome names."""
        return lines_beside(self.way.outcome, self.flow.home_topic, lines_now(self.at))

    @property
    def is_about_health(self) -> bool:
        return is_about_health(self.way.outcome, self.flow.home_topic)

    @cached_property
    def guides(self) -> list[tuple[Guide, object]]:
        """Those of the outcome that readers see, each with its words, in the outcome's order."""
        return guides_of(self.way.outcome.guides, self.at) if self.way.outcome else []


def guides_of(slugs: tuple[str, ...], at: datetime) -> list[tuple[Guide, object]]:
    if not slugs:
        return []
    found = Guide.objects.filter(slug__in=slugs).select_related("home_topic").shown(at)
    by_slug = {guide.slug: (guide, version) for guide, version in shown_of(found, at)}
    return [by_slug[slug] for slug in slugs if slug in by_slug]


def _answers(graph: Graph, asked: list[str]) -> dict[str, str]:
    """Of "question.answer" those that the graph has; of two to one question the last."""
    given = {}
    for pair in asked:
        key, _dot, answer = pair.partition(".")
        question = graph.question(key)
        if question and question.answer(answer):
            given[key] = answer
    return given
