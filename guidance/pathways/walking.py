"""Where the answers so far have led. Ends for every graph, also for one with a loop."""

from collections.abc import Mapping
from dataclasses import dataclass

from .graph import Answer, Graph, Node, Outcome, Question


@dataclass(frozen=True)
class Step:
    """A question that has been answered; the first has number 1."""

    number: int
    question: Question
    answer: Answer


@dataclass(frozen=True)
class Walk:
    """The answers that hold, and the question to put next or the outcome.

    Both are None where the graph leads nowhere, as only one that is being written does.
    `most_left` is how many questions there can be at most, the next one included.
    """

    steps: tuple[Step, ...]
    question: Question | None
    outcome: Outcome | None
    most_left: int

    @property
    def given(self) -> dict[str, str]:
        """The answers that hold: key of the answer by key of the question, in order."""
        return {step.question.key: step.answer.key for step in self.steps}

    @property
    def number(self) -> int:
        """That of the next question."""
        return len(self.steps) + 1

    @property
    def most(self) -> int:
        """How many questions this way has at most."""
        return len(self.steps) + self.most_left


def walk(graph: Graph, given: Mapping[str, str], *, until: str = "") -> Walk:
    """Follow `given` (answer by question, in any order) from the first question.

    Answers that are no answers, and those to questions that are not met, are passed over. The
    question with the key `until` is put again though it has been answered.
    """
    steps: list[Step] = []
    node: Node | None = graph.start
    met: set[str] = set()
    while isinstance(node, Question) and node.key not in met and node.key != until:
        met.add(node.key)
        answer = node.answer(given.get(node.key))
        if answer is None:
            break
        steps.append(Step(len(steps) + 1, node, answer))
        node = graph.nodes.get(answer.to)
    question = node if isinstance(node, Question) else None
    outcome = node if isinstance(node, Outcome) else None
    return Walk(tuple(steps), question, outcome, _longest(graph, question))


def changed(graph: Graph, given: Mapping[str, str], question: str, answer: str) -> dict[str, str]:
    """The answers when one is given or changed: those that hold, and those that still may.

    The other way may ask something first, and then come to questions that have been answered.
    """
    way = walk(graph, {**given, question: answer})
    met = way.given
    to_come = [key for key in _ahead(graph, way.question) if key in given and key not in met]
    return met | {key: given[key] for key in to_come}


def _ahead(graph: Graph, question: Question | None) -> list[str]:
    """The keys of the questions that can be met from this one on, itself first."""
    found: dict[str, Question] = {}
    waiting = [question] if question else []
    while waiting:
        node = waiting.pop(0)
        if node.key not in found:
            found[node.key] = node
            waiting += graph.next_questions(node)
    return list(found)


def _longest(graph: Graph, question: Question | None) -> int:
    """The most questions from this one to an outcome; a loop is counted once around."""
    lengths: dict[str, int] = {}

    def length(node: Question) -> int:
        if node.key not in lengths:
            lengths[node.key] = 0
            lengths[node.key] = 1 + max(map(length, graph.next_questions(node)), default=0)
        return lengths[node.key]

    return length(question) if question else 0
