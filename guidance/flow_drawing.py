"""A flow drawn: questions from the left to the right, outcomes last, a line from each answer. Pure.

Measures are in user units of the SVG; letters are taken to be `LETTER` wide.
"""

from dataclasses import dataclass
from functools import cached_property
from textwrap import wrap

from .pathways import Graph, Question
from .pathways.graph import Node

WIDTH, GAP_ACROSS, GAP_DOWN, LANE = 250, 90, 26, 9
LINE, PADDING, LETTER = 19, 12, 7.4
LETTERS = int((WIDTH - 2 * PADDING) / LETTER)


@dataclass(frozen=True)
class TextLine:
    """A line of text and where its baseline begins."""

    x: int
    y: int
    text: str
    is_answer: bool = False


@dataclass(frozen=True)
class Box:
    """A question or an outcome, with its number and the rows of text in it."""

    key: str
    x: int
    y: int
    height: int
    is_outcome: bool
    number: int
    lines: tuple[TextLine, ...]
    ports: tuple[int, ...]
    """How far down the line of each answer leaves."""

    @property
    def width(self) -> int:
        return WIDTH


@dataclass(frozen=True)
class Line:
    """From an answer to what it leads to; it ends in the open where that is nothing."""

    path: str
    is_broken: bool


class Drawing:
    """The boxes and lines of a graph, loops and dead ends included."""

    def __init__(self, graph: Graph):
        self.graph = graph

    @cached_property
    def boxes(self) -> list[Box]:
        found, bottoms = [], dict.fromkeys(range(len(self.graph.questions) + 1), 0)
        for node in self.graph.all_nodes:
            column = self._columns[node.key]
            box = self._box(node, column * (WIDTH + GAP_ACROSS), bottoms[column])
            bottoms[column] = box.y + box.height + GAP_DOWN
            found.append(box)
        return found

    def _box(self, node: Node, x: int, y: int) -> Box:
        is_question = isinstance(node, Question)
        words = node.words if isinstance(node, Question) else node.heading
        siblings = self.graph.questions if is_question else self.graph.outcomes
        texts = [(text, False) for text in _wrapped(words.parent or words.staff)]
        ports: list[int] = []
        for answer in node.answers if isinstance(node, Question) else ():
            rows = _wrapped(f"– {answer.words.parent or answer.words.staff}")
            ports.append(y + PADDING + LINE * len(texts) + LINE * len(rows) // 2)
            texts += [(row, True) for row in rows]
        lines = tuple(
            TextLine(x + PADDING, y + PADDING + LINE * n - 5, text, is_answer)
            for n, (text, is_answer) in enumerate(texts, 1)
        )
        height = 2 * PADDING + LINE * max(len(texts), 1)
        number = [sibling.key for sibling in siblings].index(node.key) + 1
        return Box(node.key, x, y, height, not is_question, number, lines, tuple(ports))

    @cached_property
    def _columns(self) -> dict[str, int]:
        """The most answers before each question; outcomes stand in the last column."""
        columns = {question.key: 0 for question in self.graph.questions}
        for _round in self.graph.questions:  # enough for any graph; a loop stops growing too
            for question in self.graph.questions:
                for target in self.graph.next_questions(question):
                    deeper = min(columns[question.key] + 1, len(columns) - 1)
                    columns[target.key] = max(columns[target.key], deeper)
        last = max(columns.values(), default=-1) + 1
        return columns | {outcome.key: last for outcome in self.graph.outcomes}

    @cached_property
    def lines(self) -> list[Line]:
        found, lane = [], 0
        for start, port, end in self._ends:
            lane += _skips(start, end)
            found.append(_line(start, port, end, lane))
        return found

    @cached_property
    def _ends(self) -> list[tuple[Box, int, Box | None]]:
        """For each answer its question, how far down it leaves, and where it leads."""
        boxes = {box.key: box for box in self.boxes}
        return [
            (boxes[question.key], port, boxes.get(answer.to))
            for question in self.graph.questions
            for port, answer in zip(boxes[question.key].ports, question.answers, strict=True)
        ]

    @property
    def top(self) -> int:
        """Above the boxes there is a lane for each line that passes by a column."""
        return -LANE * (1 + sum(_skips(start, end) for start, _port, end in self._ends))

    @property
    def width(self) -> int:
        return max((box.x for box in self.boxes), default=0) + WIDTH

    @property
    def height(self) -> int:
        """From the top to the bottom of the lowest box."""
        return max((box.y + box.height for box in self.boxes), default=0) - self.top


def _skips(start: Box, end: Box | None) -> bool:
    """Whether a line passes by a column with boxes that it would run behind."""
    return end is not None and end.x - start.x > WIDTH + GAP_ACROSS


def _line(start: Box, port: int, end: Box | None, lane: int) -> Line:
    x = start.x + WIDTH
    if end is None:
        return Line(f"M{x} {port}h{GAP_ACROSS // 3}", True)
    y, half = end.y + min(end.height // 2, 30), GAP_ACROSS // 2
    if _skips(start, end):
        aside = 6 + lane * 4 % (GAP_ACROSS - 20)
        return Line(f"M{x} {port}h{aside}V{-LANE * lane}H{end.x - aside}V{y}H{end.x}", False)
    is_back = end.x <= start.x
    return Line(f"M{x} {port}C{x + half} {port} {end.x - half} {y} {end.x} {y}", is_back)


def _wrapped(text: str) -> list[str]:
    return wrap(text, LETTERS) or ["…"]
