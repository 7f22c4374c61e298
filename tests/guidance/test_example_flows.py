"""The flows of the example data hold what publishing asks of any flow."""

import json
import re

import pytest
from django.utils import timezone

from familjeportal.home.demo import seed
from guidance.example_flows import FLOWS, ORDER, add_missing_flows
from guidance.models import Flow
from guidance.outcomes import endings
from guidance.pathways import paths, problems, read
from guidance.proof import finders_of_districts, problems_of
from tests.factories import stockholm

AT = stockholm(2026, 11, 24, 10)


@pytest.mark.parametrize("slug", ORDER)
def test_an_example_flow_has_no_problems(slug):
    data = json.loads((FLOWS / f"{slug}.json").read_text(encoding="utf-8"))
    graph = read(data["graph"])
    assert problems(graph) == []
    longest = max(len(way.steps) for way in paths(graph))
    assert longest <= 4, "more questions than a tired parent answers"


def test_every_file_is_loaded():
    assert {path.stem for path in FLOWS.glob("*.json")} == set(ORDER)


@pytest.mark.parametrize("slug", ORDER)
def test_a_flow_names_lines_and_leaves_their_numbers_to_the_table(slug):
    words = (FLOWS / f"{slug}.json").read_text(encoding="utf-8")
    assert set(re.findall(r"\d[\d -]+\d", words)) <= {"112", "1177", "12", "18", "21", "24"}


@pytest.mark.django_db
def test_every_way_of_every_flow_leads_to_somebody_in_every_district():
    seed(timezone.localdate(AT))
    add_missing_flows(AT)
    flows = list(Flow.objects.shown(AT))
    assert len(flows) == len(ORDER)
    graphs = [flow.shown(AT).version.as_graph() for flow in flows]
    for flow, graph in zip(flows, graphs, strict=True):
        assert problems_of(graph, AT) == [], flow.slug
    walked = 0
    for name, finder in finders_of_districts(AT):
        for graph in graphs:
            found = endings(graph.outcomes, finder)
            for way in paths(graph):
                ending = found[way.outcome.key]
                assert ending.leads_to_somebody, (name, way.given)
                assert len(ending.help) == len(way.outcome.services), (name, way.given)
                assert all(one.nearby or not one.is_known for one in ending.help), way.given
                assert len(ending.lines) == len(way.outcome.lines)
                walked += 1
    assert walked >= 10 * sum(1 for graph in graphs for _way in paths(graph))


@pytest.mark.django_db
def test_a_flow_that_staff_have_gone_on_with_is_left_alone():
    add_missing_flows(AT)
    add_missing_flows(AT)
    assert all(flow.versions.count() == 1 for flow in Flow.objects.all())
