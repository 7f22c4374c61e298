"""What keeps a flow from being published: its own problems, then what it leads to in the city.

1. What the graph itself lacks (`pathways.problems`).
2. It names services, supports and lines that exist. (Guides may come and go: pages leave out those
   that are not published.)
3. Every way, walked from every district, ends with somebody to turn to: a line, a room where it is
   known when somebody is there or how to reach them, or a support that reaches the district.
"""

from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime

from django.utils.translation import gettext as _

from centres import hours_text as words
from centres.finder_page import services_with_texts
from centres.finding import Finder
from centres.models import District
from centres.nearest import Kind, Spot
from services.models import Line, Service

from .models.support_contact import SupportContact
from .outcomes import endings
from .pathways import Graph, Walk, paths, problems
from .pathways.problems import named


def problems_of(graph: Graph, at: datetime) -> list[str]:
    """In words that say where; none for a flow that may be published."""
    found = problems(graph) or list(_unknown_names(graph))
    return found or list(_without_help(graph, at))


def _unknown_names(graph: Graph) -> Iterator[str]:
    services = set(Service.objects.values_list("kind", flat=True))
    lines = set(Line.objects.values_list("slug", flat=True))
    contacts = set(SupportContact.objects.values_list("slug", flat=True))
    for outcome in graph.outcomes:
        unknown = {*outcome.services} - services | {*outcome.lines} - lines
        unknown |= {*outcome.contacts} - contacts
        for name in sorted(unknown):
            yield _("%(where)s nämner ”%(name)s”, som inte finns.") % {
                "where": named(graph, outcome),
                "name": name,
            }


def _without_help(graph: Graph, at: datetime) -> Iterator[str]:
    ways: dict[str, Walk] = {}
    for way in paths(graph):
        if way.outcome:
            ways.setdefault(way.outcome.key, way)
    # A line is answered wherever one is: only the others are asked of every district.
    asked = [graph.nodes[key] for key in ways if not graph.nodes[key].lines]
    missing: dict[str, list[str]] = defaultdict(list)
    for name, finder in finders_of_districts(at) if asked else ():
        for key, ending in endings(asked, finder).items():
            if not ending.leads_to_somebody:
                missing[key].append(name)
    for key, districts in missing.items():
        yield _("%(where)s har ingen att vända sig till i %(districts)s. Vägen dit: %(way)s.") % {
            "where": named(graph, ways[key].outcome),
            "districts": words.listed(districts),
            "way": " → ".join(step.answer.words.parent for step in ways[key].steps),
        }


def finders_of_districts(at: datetime) -> Iterator[tuple[str, Finder]]:
    """Each district by name, looked from as a whole."""
    services = services_with_texts()
    for district in District.objects.select_related("city_area"):
        area = district.city_area.slug
        spot = Spot(district.name, Kind.DISTRICT, None, district.slug, area)
        yield district.name, Finder(at, near=spot, services=services)
