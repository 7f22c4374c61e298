"""A graph as it is kept: JSON of known shape. What is wrong with the shape is refused.

{"questions": [{"key", "text", "hint", "answers": [{"key", "text", "to"}]}],
 "outcomes": [{"key", "heading", "advice", "services", "lines", "guides", "contacts"}]}

Words are {"parent", "staff"}; what an outcome names are lists of short names.
"""

import re
from collections.abc import Iterable
from typing import Any

from .graph import Answer, Graph, Outcome, Question, Words

MOST_NODES = 40
MOST_ANSWERS = 12
MOST_NAMED = 6
LONGEST_TEXT = 2000
KEY = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
LONGEST_KEY = 40
TARGETS = ("services", "lines", "guides", "contacts")


class GraphError(ValueError):
    """Data that is no graph; says where: "questions[2].answers[0].to: not a text"."""


def read(data: object) -> Graph:
    """Raises GraphError. What may be published is another matter: see `problems`."""
    row = _row(data, "graph", {"questions", "outcomes"})
    graph = Graph(
        tuple(_question(*one) for one in _rows(row, "questions", MOST_NODES)),
        tuple(_outcome(*one) for one in _rows(row, "outcomes", MOST_NODES)),
    )
    _refuse_twins((node.key for node in graph.all_nodes), "graph")
    return graph


def _question(data: object, where: str) -> Question:
    row = _row(data, where, {"key", "text", "answers", "hint"})
    answers = tuple(_answer(*one) for one in _rows(row, "answers", MOST_ANSWERS, where))
    _refuse_twins((answer.key for answer in answers), where)
    return Question(
        _key(row, where), _words(row, "text", where), answers, _words(row, "hint", where)
    )


def _answer(data: object, where: str) -> Answer:
    row = _row(data, where, {"key", "text", "to"})
    return Answer(_key(row, where), _words(row, "text", where), _text(row, "to", where))


def _outcome(data: object, where: str) -> Outcome:
    row = _row(data, where, {"key", "heading", "advice", *TARGETS})
    heading, advice = (_words(row, name, where) for name in ("heading", "advice"))
    return Outcome(
        _key(row, where), heading, advice, *(_names(row, name, where) for name in TARGETS)
    )


# --- Plain values ----------------------------------------------------------------------------


def _row(data: object, where: str, allowed: set[str]) -> dict[str, Any]:
    if not isinstance(data, dict):
        raise GraphError(f"{where}: not an object")
    if unknown := set(data) - allowed:
        raise GraphError(f"{where}: unknown {sorted(map(str, unknown))}")
    return data


def _rows(row: dict[str, Any], name: str, most: int, where: str = "") -> list[tuple[object, str]]:
    """Each of a list, with where it stands."""
    path = f"{where}.{name}" if where else name
    found = row.get(name, [])
    if not isinstance(found, list) or len(found) > most:
        raise GraphError(f"{path}: not a list of at most {most}")
    return [(one, f"{path}[{number}]") for number, one in enumerate(found)]


def _text(row: dict[str, Any], name: str, where: str) -> str:
    text = row.get(name, "")
    if not isinstance(text, str) or len(text) > LONGEST_TEXT or "\0" in text:
        raise GraphError(f"{where}.{name}: not a text of at most {LONGEST_TEXT} characters")
    return text


def _key(row: dict[str, Any], where: str) -> str:
    key = _text(row, "key", where)
    if len(key) > LONGEST_KEY or not KEY.fullmatch(key):
        raise GraphError(f"{where}.key: {key!r} is not of a-z, 0-9 and hyphens")
    return key


def _words(row: dict[str, Any], name: str, where: str) -> Words:
    path = f"{where}.{name}"
    inner = _row(row.get(name, {}), path, {"parent", "staff"})
    return Words(_text(inner, "parent", path), _text(inner, "staff", path))


def _names(row: dict[str, Any], name: str, where: str) -> tuple[str, ...]:
    found = [one for one, _place in _rows(row, name, MOST_NAMED, where)]
    if not all(isinstance(one, str) and KEY.fullmatch(one.replace("_", "-")) for one in found):
        raise GraphError(f"{where}.{name}: not a list of short names")
    _refuse_twins(map(str, found), f"{where}.{name}")
    return tuple(map(str, found))


def _refuse_twins(keys: Iterable[str], where: str) -> None:
    seen: set[str] = set()
    for key in keys:
        if key in seen:
            raise GraphError(f"{where}: {key!r} stands twice")
        seen.add(key)


# --- And back --------------------------------------------------------------------------------


def as_data(graph: Graph) -> dict[str, Any]:
    """`read(as_data(graph)) == graph`; what is empty is left out."""
    return {
        "questions": [
            _filled(
                {
                    "key": question.key,
                    "text": _said(question.words),
                    "hint": _said(question.hint),
                    "answers": [
                        _filled({"key": a.key, "text": _said(a.words), "to": a.to})
                        for a in question.answers
                    ],
                }
            )
            for question in graph.questions
        ],
        "outcomes": [
            _filled(
                {
                    "key": outcome.key,
                    "heading": _said(outcome.heading),
                    "advice": _said(outcome.advice),
                    **{name: list(getattr(outcome, name)) for name in TARGETS},
                }
            )
            for outcome in graph.outcomes
        ],
    }


def _said(words: Words) -> dict[str, str]:
    return _filled({"parent": words.parent, "staff": words.staff})


def _filled(row: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in row.items() if value}
