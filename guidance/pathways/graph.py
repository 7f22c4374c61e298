"""What a question flow is made of. The first question is where everybody begins."""

from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property


class Voice(StrEnum):
    """To whom the words speak: to a parent, or to somebody who guides one."""

    PARENT = "parent"
    STAFF = "staff"


@dataclass(frozen=True)
class Words:
    """The same thing said in both voices; "" is not written yet."""

    parent: str = ""
    staff: str = ""

    def to(self, voice: Voice) -> str:
        return self.staff if voice is Voice.STAFF else self.parent


@dataclass(frozen=True)
class Answer:
    """`to` is the key of the question or outcome that it leads to; "" leads nowhere yet.

    Keys are short: they stand in addresses.
    """

    key: str
    words: Words
    to: str = ""


@dataclass(frozen=True)
class Question:
    """`hint` may be left out in either voice."""

    key: str
    words: Words
    answers: tuple[Answer, ...] = ()
    hint: Words = Words()

    def answer(self, key: str | None) -> Answer | None:
        return next((answer for answer in self.answers if answer.key == key), None)


@dataclass(frozen=True)
class Outcome:
    """What to do, and whom to turn to: kinds of services (the best first), lines and guides.

    `services` are values of `Service.Kind`; `lines`, `guides` and `contacts` are slugs.
    """

    key: str
    heading: Words
    advice: Words
    services: tuple[str, ...] = ()
    lines: tuple[str, ...] = ()
    guides: tuple[str, ...] = ()
    contacts: tuple[str, ...] = ()

    @property
    def names_somebody(self) -> bool:
        """Whether it leads to a person: a guide is only read."""
        return bool(self.services or self.lines or self.contacts)


Node = Question | Outcome


@dataclass(frozen=True)
class Graph:
    """Questions and outcomes in the order in which staff have put them; their keys differ."""

    questions: tuple[Question, ...] = ()
    outcomes: tuple[Outcome, ...] = ()

    @property
    def start(self) -> Question | None:
        return self.questions[0] if self.questions else None

    @property
    def all_nodes(self) -> tuple[Node, ...]:
        return (*self.questions, *self.outcomes)

    @cached_property
    def nodes(self) -> dict[str, Node]:
        return {node.key: node for node in self.all_nodes}

    def question(self, key: str) -> Question | None:
        node = self.nodes.get(key)
        return node if isinstance(node, Question) else None

    def next_questions(self, question: Question) -> list[Question]:
        """Those that its answers lead to, each once."""
        found = (self.question(answer.to) for answer in question.answers)
        return list({node.key: node for node in found if node}.values())
