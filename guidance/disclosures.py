"""A whole flow on one page, opened answer by answer in the reader's own browser.

For what nobody else may see (violence, abuse): no answer is sent, none stands in an address.
"""

from dataclasses import dataclass
from datetime import datetime

from centres.finder_page import services_with_texts
from centres.finding import Finder

from .outcomes import Ending, endings
from .pathways import Graph, Outcome, Question, Voice


@dataclass(frozen=True)
class Disclosure:
    """An answer to open; in it either the next question with its own, or whom to turn to."""

    text: str
    question: str = ""
    hint: str = ""
    answers: tuple["Disclosure", ...] = ()
    heading: str = ""
    advice: str = ""
    ending: Ending | None = None


def disclosures(graph: Graph, voice: Voice, at: datetime) -> Disclosure:
    """The first question with everything under it. Of a graph without loops."""
    finder = Finder(at, services=services_with_texts())
    ends = endings(graph.outcomes, finder)

    def opened(text: str, node: Question | Outcome | None) -> Disclosure:
        if isinstance(node, Outcome):
            heading, advice = node.heading.to(voice), node.advice.to(voice)
            return Disclosure(text, heading=heading, advice=advice, ending=ends[node.key])
        return Disclosure(
            text,
            question=node.words.to(voice),
            hint=node.hint.to(voice),
            answers=tuple(
                opened(answer.words.to(voice), graph.nodes[answer.to]) for answer in node.answers
            ),
        )

    return opened("", graph.start)
