"""Random graphs, whole and broken: walking always ends, and problems are found where they are."""

from hypothesis import given, settings
from hypothesis import strategies as st

from guidance.pathways import (
    Answer,
    Graph,
    Outcome,
    Question,
    Words,
    as_data,
    changed,
    paths,
    problems,
    read,
    walk,
)
from guidance.pathways.problems import MOST_PATHS, count_of_paths

SAID = Words("Text", "Text till personal")


@st.composite
def graphs(draw, whole=False):
    """Of up to seven questions; a whole one leads forwards only, and everything is said."""
    questions = draw(st.integers(1, 7))
    outcomes = draw(st.integers(1, 4))
    ends = [f"o{n}" for n in range(outcomes)]
    made = []
    for n in range(questions):
        targets = [f"q{m}" for m in range(n + 1, questions)] + ends
        if not whole:
            targets += [f"q{m}" for m in range(questions)] + ["", "borta"]
        chosen = draw(st.lists(st.sampled_from(targets), min_size=whole, max_size=4))
        words = st.just(SAID) if whole else st.sampled_from([SAID, SAID, Words("Text"), Words()])
        answers = (Answer(f"a{i}", draw(words), to) for i, to in enumerate(chosen))
        made.append(Question(f"q{n}", draw(words), tuple(answers)))
    services = st.just(("bvc",)) if whole else st.sampled_from([("bvc",), ()])
    found = (Outcome(key, SAID, SAID, services=draw(services)) for key in ends)
    return Graph(tuple(made), tuple(found))


def answers_to(graph):
    """Any answers at all, sensible or not."""
    keys = st.sampled_from([q.key for q in graph.questions] + ["annat"])
    return st.dictionaries(keys, st.sampled_from([f"a{n}" for n in range(5)]), max_size=7)


@given(graphs().flatmap(lambda graph: st.tuples(st.just(graph), answers_to(graph))))
def test_walking_ends_and_says_only_what_was_answered(case):
    graph, given_ = case
    way = walk(graph, given_)
    assert len(way.steps) <= len(graph.questions)
    assert way.given.items() <= given_.items()
    assert not (way.question and way.outcome)
    assert way.most <= 2 * len(graph.questions)
    assert walk(graph, way.given) == way


@given(graphs().flatmap(lambda graph: st.tuples(st.just(graph), answers_to(graph))), st.data())
def test_changing_an_answer_keeps_the_later_ones_that_still_hold(case, data):
    graph, given_ = case
    before = walk(graph, given_)
    if not before.steps:
        return
    step = data.draw(st.sampled_from(before.steps))
    answer = data.draw(st.sampled_from(step.question.answers))
    after = walk(graph, changed(graph, before.given, step.question.key, answer.key))
    assert after.given[step.question.key] == answer.key
    assert after.steps[: step.number - 1] == before.steps[: step.number - 1]
    later = {s.question.key: s.answer.key for s in before.steps[step.number :]}
    met = {s.question.key for s in after.steps} | {after.question.key if after.question else ""}
    assert {key for key in later if key in met} <= set(after.given)
    assert all(after.given[key] == later[key] for key in later if key in after.given)


@given(graphs(whole=True).flatmap(lambda graph: st.tuples(st.just(graph), answers_to(graph))))
def test_the_other_way_asks_nothing_again_that_was_answered(case):
    """All the way to an outcome, each new question answered with its first answer."""
    graph, given_ = case
    kept = changed(graph, given_, graph.start.key, graph.start.answers[0].key)
    while question := walk(graph, kept).question:
        assert question.answer(given_.get(question.key)) is None
        kept = changed(graph, kept, question.key, question.answers[0].key)
    assert walk(graph, kept).outcome


@given(graphs())
def test_graph_without_problems_leads_everybody_to_somebody(graph):
    if problems(graph):
        return
    ways = list(paths(graph))
    assert len(ways) == count_of_paths(graph) <= MOST_PATHS
    assert all(way.outcome and way.outcome.names_somebody for way in ways)
    seen = {way.outcome.key for way in ways} | {s.question.key for w in ways for s in w.steps}
    assert seen == set(graph.nodes)


@given(graphs())
def test_graph_with_a_way_that_fails_has_problems(graph):
    if count_of_questions(graph) > 5:
        return
    ways = list(paths(graph))
    failing = [way for way in ways if not (way.outcome and way.outcome.names_somebody)]
    if failing:
        assert problems(graph)


def count_of_questions(graph):
    return len(graph.questions)


@settings(max_examples=50)
@given(graphs(whole=True))
def test_whole_graph_has_no_problems_but_what_nobody_reaches(graph):
    assert all("kan ingen komma till" in problem for problem in problems(graph))


@given(graphs())
def test_graph_is_the_same_when_it_has_been_kept(graph):
    assert read(as_data(graph)) == graph
