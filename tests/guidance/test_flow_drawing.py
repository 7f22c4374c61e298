"""A drawing shows every question, outcome and answer, of any graph."""

from hypothesis import given

from guidance.flow_drawing import Drawing
from guidance.pathways import Graph, read
from tests.guidance.pathways.test_properties import graphs


def test_nothing_is_drawn_of_nothing():
    drawing = Drawing(Graph())
    assert (drawing.boxes, drawing.lines, drawing.width) == ([], [], 250)


def test_an_answer_that_leads_nowhere_is_drawn_broken():
    answers = [{"key": "a", "text": {"parent": "Ja"}, "to": "slut"}, {"key": "b"}]
    graph = read({"questions": [{"key": "q", "answers": answers}], "outcomes": [{"key": "slut"}]})
    assert [line.is_broken for line in Drawing(graph).lines] == [False, True]


def test_a_line_that_passes_a_column_runs_above_the_boxes():
    answers = [{"key": "a", "to": "q2"}, {"key": "b", "to": "slut"}]
    questions = [
        {"key": "q1", "answers": answers},
        {"key": "q2", "answers": [{"key": "c", "to": "slut"}]},
    ]
    drawing = Drawing(read({"questions": questions, "outcomes": [{"key": "slut"}]}))
    assert "V-9H" in drawing.lines[1].path
    assert drawing.top < -9


@given(graphs())
def test_no_box_lies_on_another_and_every_answer_has_its_line(graph):
    drawing = Drawing(graph)
    boxes = drawing.boxes
    assert len(boxes) == len(graph.all_nodes)
    assert len(drawing.lines) == sum(len(question.answers) for question in graph.questions)
    for n, one in enumerate(boxes):
        for other in boxes[n + 1 :]:
            apart_down = one.y + one.height < other.y or other.y + other.height < one.y
            assert one.x != other.x or apart_down
