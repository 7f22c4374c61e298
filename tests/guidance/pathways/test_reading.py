"""What is no graph is refused, saying where."""

import pytest

from guidance.pathways import GraphError, read

QUESTION = {"key": "vad", "answers": [{"key": "ja", "to": "slut"}]}


@pytest.mark.parametrize(
    ("data", "where"),
    [
        ([], "graph: not an object"),
        ({"start": 1}, "graph: unknown"),
        ({"questions": {}}, "questions: not a list"),
        ({"questions": [1]}, "questions[0]: not an object"),
        ({"questions": [{"key": "Å"}]}, "questions[0].key"),
        ({"questions": [{"key": "a" * 41}]}, "questions[0].key"),
        ({"questions": [{"key": "vad", "text": "hej"}]}, "questions[0].text: not an object"),
        ({"questions": [{"key": "vad", "text": {"parent": "a\0"}}]}, "questions[0].text.parent"),
        ({"questions": [{"key": "vad", "hint": {"parent": "x" * 2001}}]}, "questions[0].hint"),
        ({"questions": [QUESTION, QUESTION]}, "'vad' stands twice"),
        ({"questions": [QUESTION], "outcomes": [{"key": "vad"}]}, "'vad' stands twice"),
        ({"questions": [{**QUESTION, "answers": QUESTION["answers"] * 2}]}, "'ja' stands twice"),
        ({"questions": [{"key": "vad", "answers": [{"key": "ja", "to": 1}]}]}, "answers[0].to"),
        ({"outcomes": [{"key": "slut", "lines": ["1177", "1177"]}]}, "stands twice"),
        ({"outcomes": [{"key": "slut", "services": [None]}]}, "outcomes[0].services"),
        ({"questions": [{"key": f"q{n}"} for n in range(41)]}, "at most 40"),
    ],
)
def test_what_is_no_graph_is_refused(data, where):
    with pytest.raises(GraphError) as refused:
        read(data)
    assert where in str(refused.value)


def test_what_is_not_written_yet_is_no_fault_of_shape():
    graph = read({"questions": [{"key": "vad"}], "outcomes": [{"key": "slut"}]})
    assert graph.start.words.parent == ""
