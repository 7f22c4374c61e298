"""Where answers lead."""

from guidance.pathways import Graph, changed, walk
from tests.guidance.pathways.test_problems import WHOLE, outcome, question


def test_nothing_answered_puts_the_first_question():
    way = walk(WHOLE, {})
    assert (way.question.key, way.number, way.most) == ("ett", 1, 2)


def test_answers_lead_to_the_next_question_and_to_the_outcome():
    way = walk(WHOLE, {"ett": "svar-1"})
    assert (way.question.key, way.number, way.most) == ("tva", 2, 2)
    way = walk(WHOLE, {"ett": "svar-1", "tva": "svar-2"})
    assert (way.question, way.outcome.key) == (None, "slut")
    assert way.most == 2


def test_answers_that_are_none_are_passed_over():
    way = walk(WHOLE, {"ett": "nej", "tva": "svar-1", "x": "y"})
    assert way.question.key == "ett"
    assert way.given == {}


def test_question_is_put_again_though_it_was_answered():
    given = {"ett": "svar-1", "tva": "svar-2"}
    way = walk(WHOLE, given, until="ett")
    assert (way.question.key, way.number, way.outcome) == ("ett", 1, None)


def test_changing_an_answer_drops_those_to_questions_no_longer_met():
    given = {"ett": "svar-1", "tva": "svar-2"}
    assert changed(WHOLE, given, "ett", "svar-2") == {"ett": "svar-2"}
    assert changed(WHOLE, given, "ett", "svar-1") == given
    assert changed(WHOLE, given, "tva", "svar-1") == {"ett": "svar-1", "tva": "svar-1"}


def test_changing_an_answer_keeps_those_that_another_way_comes_to():
    graph = Graph(
        (question("ett", "sist", "emellan"), question("emellan", "sist"), question("sist", "slut")),
        (outcome(),),
    )
    kept = changed(graph, {"ett": "svar-1", "sist": "svar-1"}, "ett", "svar-2")
    assert kept == {"ett": "svar-2", "sist": "svar-1"}
    assert walk(graph, kept).question.key == "emellan"
    assert walk(graph, changed(graph, kept, "emellan", "svar-1")).outcome.key == "slut"


def test_walking_a_loop_ends():
    graph = Graph((question("ett", "tva"), question("tva", "ett")), (outcome(),))
    way = walk(graph, {"ett": "svar-1", "tva": "svar-1"})
    assert way.question.key == "ett"
    assert len(way.steps) == 2
