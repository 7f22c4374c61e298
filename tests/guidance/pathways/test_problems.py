"""What keeps a graph from being published: each planted fault is found, and said where."""

import pytest

from guidance.pathways import Answer, Graph, Outcome, Question, Words, paths, problems
from guidance.pathways.problems import MOST_PATHS, count_of_paths


def said(text):
    return Words(text, f"{text} (personal)")


def question(key, *targets, text="Hur är det?"):
    answers = tuple(Answer(f"svar-{n}", said(f"Svar {n}"), to) for n, to in enumerate(targets, 1))
    return Question(key, said(text), answers)


def outcome(key="slut", **fields):
    return Outcome(
        key, said("Ring BVC"), said("De hjälper er."), **{"services": ("bvc",), **fields}
    )


WHOLE = Graph((question("ett", "tva", "slut"), question("tva", "slut", "slut")), (outcome(),))


def test_whole_graph_has_no_problems():
    assert problems(WHOLE) == []
    assert len(list(paths(WHOLE))) == count_of_paths(WHOLE) == 3


@pytest.mark.parametrize(
    ("graph", "found"),
    [
        (Graph(), "Vägvisaren har ingen fråga"),
        (Graph((question("ett"),), ()), "Fråga 1 (”Hur är det?”) har inga svar."),
        (
            Graph((question("ett", "slut", ""),), (outcome(),)),
            "Fråga 1, svar ”Svar 2” leder ingenstans.",
        ),
        (
            Graph((question("ett", "slut", "borta"),), (outcome(),)),
            "Fråga 1, svar ”Svar 2” leder ingenstans.",
        ),
        (
            Graph((question("ett", "tva", "slut"), question("tva", "slut", "ett")), (outcome(),)),
            "Fråga 2, svar ”Svar 2” går runt: det leder tillbaka till fråga 1.",
        ),
        (
            Graph((question("ett", "ett", "slut"),), (outcome(),)),
            "Fråga 1, svar ”Svar 1” går runt: det leder tillbaka till fråga 1.",
        ),
        (
            Graph((question("ett", "slut"), question("tva", "slut")), (outcome(),)),
            "Fråga 2 (”Hur är det?”) kan ingen komma till: inget svar leder dit.",
        ),
        (
            Graph((question("ett", "slut"),), (outcome(), outcome("annat"))),
            "Besked 2 (”Ring BVC”) kan ingen komma till: inget svar leder dit.",
        ),
        (
            Graph(
                (Question("ett", Words("Hur?", ""), question("x", "slut").answers),), (outcome(),)
            ),
            "Fråga 1 saknar text till personalen.",
        ),
        (
            Graph(
                (Question("ett", said("Hur?"), (Answer("ja", Words("", "Ja"), "slut"),)),),
                (outcome(),),
            ),
            "Fråga 1, svar ”Ja” saknar text till föräldern.",
        ),
        (
            Graph(
                (question("ett", "slut"),),
                (Outcome("slut", said("Ring"), Words(" ", "x"), services=("bvc",)),),
            ),
            "Besked 1, rådet saknar text till föräldern.",
        ),
        (
            Graph((question("ett", "slut"),), (outcome(services=(), guides=("somn",)),)),
            "Besked 1 (”Ring BVC”) har ingen att vända sig till. "
            "Välj en verksamhet eller ett nummer.",
        ),
    ],
)
def test_each_fault_is_told_with_where_it_is(graph, found):
    assert any(found in problem for problem in problems(graph)), problems(graph)


def test_line_is_somebody_to_turn_to():
    graph = Graph((question("ett", "slut"),), (outcome(services=(), lines=("1177",)),))
    assert problems(graph) == []


def test_more_ways_than_anybody_reads_are_counted_and_refused():
    """Forty questions of two answers each have more ways than can be walked."""
    chain = [question(f"q{n}", f"q{n + 1}", f"q{n + 1}") for n in range(39)]
    graph = Graph((*chain, question("q39", "slut", "slut")), (outcome(),))
    (only,) = problems(graph)
    assert str(2**40) in only
    assert str(MOST_PATHS) in only
