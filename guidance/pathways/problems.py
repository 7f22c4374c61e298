"""What keeps a graph from being published, in words that say where.

1. There is a question to begin with, and no question is left without answers.
2. Every answer leads to a question or an outcome.
3. No way comes back to a question that it has passed.
4. Every question and every outcome can be reached.
5. Everything is said in both voices; only hints may be left out.
6. Every outcome names somebody to turn to. (Whether anyone is there is asked elsewhere.)
7. There are not more ways than somebody can read through: `MOST_PATHS`.
"""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from .graph import Graph, Node, Question, Voice, Words
from .walking import Walk, walk

MOST_PATHS = 200


def problems(graph: Graph) -> list[str]:
    """None for a graph that may be published."""
    if not graph.questions:
        return [_("Vägvisaren har ingen fråga. Lägg till en.")]
    loops = list(_loops(graph))
    return [
        *_dead_ends(graph),
        *loops,
        *_unreachable(graph),
        *_unspoken(graph),
        *_without_anybody(graph),
        *([] if loops else _too_many_paths(graph)),
    ]


def paths(graph: Graph) -> Iterator[Walk]:
    """Every way from the first question to its end, lazily; a loop ends a way."""
    yield from _paths_from(graph, {})


def _paths_from(graph: Graph, given: dict[str, str]) -> Iterator[Walk]:
    way = walk(graph, given)
    question = way.question
    if question is None or not question.answers or question.key in way.given:
        yield way
        return
    for answer in question.answers:
        yield from _paths_from(graph, {**given, question.key: answer.key})


# --- Where in the graph ----------------------------------------------------------------------


def place_of(graph: Graph, node: Node) -> str:
    """ "Fråga 3" or "Besked 2": the number in the order of the form."""
    if isinstance(node, Question):
        return _("Fråga %(n)d") % {"n": graph.questions.index(node) + 1}
    return _("Besked %(n)d") % {"n": graph.outcomes.index(node) + 1}


def named(graph: Graph, node: Node) -> str:
    words = node.words if isinstance(node, Question) else node.heading
    text = words.parent or words.staff
    return f"{place_of(graph, node)} (”{text}”)" if text else place_of(graph, node)


def _answer_named(words: Words, number: int) -> str:
    text = words.parent or words.staff
    return _("svar ”%(text)s”") % {"text": text} if text else _("svar %(n)d") % {"n": number}


# --- The rules -------------------------------------------------------------------------------


def _dead_ends(graph: Graph) -> Iterator[str]:
    for question in graph.questions:
        if not question.answers:
            yield _("%(where)s har inga svar.") % {"where": named(graph, question)}
        for number, answer in enumerate(question.answers, 1):
            if answer.to not in graph.nodes:
                yield _("%(where)s, %(answer)s leder ingenstans.") % {
                    "where": place_of(graph, question),
                    "answer": _answer_named(answer.words, number),
                }


def _loops(graph: Graph) -> Iterator[str]:
    """Each answer that closes a loop on a way from the first question, or from one not reached."""
    done: set[str] = set()
    for start in graph.questions:
        if start.key not in done:
            yield from _loops_from(graph, start, [], done)


def _loops_from(
    graph: Graph, question: Question, passed: list[str], done: set[str]
) -> Iterator[str]:
    passed = [*passed, question.key]
    for number, answer in enumerate(question.answers, 1):
        target = graph.question(answer.to)
        if target and target.key in passed:
            yield _("%(where)s, %(answer)s går runt: det leder tillbaka till %(target)s.") % {
                "where": place_of(graph, question),
                "answer": _answer_named(answer.words, number),
                "target": place_of(graph, target).lower(),
            }
        elif target and target.key not in done:
            yield from _loops_from(graph, target, passed, done)
    done.add(question.key)


def reachable(graph: Graph) -> set[str]:
    """The keys of what some way leads to."""
    found: set[str] = set()
    waiting = [graph.start] if graph.start else []
    while waiting:
        question = waiting.pop()
        if question.key not in found:
            found.add(question.key)
            found |= {answer.to for answer in question.answers} & {o.key for o in graph.outcomes}
            waiting += graph.next_questions(question)
    return found


def _unreachable(graph: Graph) -> Iterator[str]:
    found = reachable(graph)
    for node in graph.nodes.values():
        if node.key not in found:
            yield _("%(where)s kan ingen komma till: inget svar leder dit.") % {
                "where": named(graph, node)
            }


def _unspoken(graph: Graph) -> Iterator[str]:
    names = {Voice.PARENT: _("till föräldern"), Voice.STAFF: _("till personalen")}
    for where, words in _all_words(graph):
        for voice, name in names.items():
            if not words.to(voice).strip():
                yield _("%(where)s saknar text %(voice)s.") % {"where": where, "voice": name}


def _all_words(graph: Graph) -> Iterator[tuple[str, Words]]:
    """Everything that must be said, and where."""
    for question in graph.questions:
        where = place_of(graph, question)
        yield where, question.words
        for number, answer in enumerate(question.answers, 1):
            yield f"{where}, {_answer_named(answer.words, number)}", answer.words
    for outcome in graph.outcomes:
        where = place_of(graph, outcome)
        yield _("%(where)s, rubriken") % {"where": where}, outcome.heading
        yield _("%(where)s, rådet") % {"where": where}, outcome.advice


def _without_anybody(graph: Graph) -> Iterator[str]:
    for outcome in graph.outcomes:
        if not outcome.names_somebody:
            yield _(
                "%(where)s har ingen att vända sig till. Välj en verksamhet eller ett nummer."
            ) % {"where": named(graph, outcome)}


def _too_many_paths(graph: Graph) -> Iterator[str]:
    count = count_of_paths(graph)
    if count > MOST_PATHS:
        yield _(
            "Vägvisaren har %(count)d olika vägar. Ingen hinner läsa igenom dem. "
            "Dela den i flera, så att var och en har högst %(most)d."
        ) % {"count": count, "most": MOST_PATHS}


def count_of_paths(graph: Graph) -> int:
    """How many ways there are in a graph without loops."""
    counts: dict[str, int] = {}

    def count(key: str) -> int:
        question = graph.question(key)
        if question is None:
            return 1
        if key not in counts:
            counts[key] = sum(count(answer.to) for answer in question.answers) or 1
        return counts[key]

    return count(graph.start.key) if graph.start else 0
