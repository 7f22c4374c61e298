"""How often what a question is about is among the first three.

The held-out questions were asked once, when the search was done: 63 of 67 were met.
"""

import json
from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone

from centres.finder_page import services_with_texts
from centres.finding import Finder
from centres.gazetteer import gazetteer
from centres.models import FamilyCentre
from familjeportal.home.demo import seed
from familjeportal.search import index
from familjeportal.search.many_entries import ask_many, fill
from familjeportal.search.models import UrgentWord
from familjeportal.search.results import Results
from familjeportal.search.words import URGENT_FILE
from services.searchable import Document, Found, Source

from .roles import is_one_of, records_of

DATA = Path(__file__).parent / "data"
LEAST = {"cases.json": 0.97, "more_cases.json": 0.97, "held_out_cases.json": 0.94}

pytestmark = pytest.mark.django_db


def read(name: str):
    return json.loads((DATA / name).read_text(encoding="utf-8"))


def documents_to_come(ids):
    """Stands in for what the example portal does not have."""
    if ids is None:
        for row in read("to_come.json"):
            yield Document(
                id="",
                kind=Found(row["kind"]),
                key=row["key"],
                title=row["title"],
                url="/",
                words=row.get("words", ""),
            )


@pytest.fixture
def portal(monkeypatch):
    """The example portal with stand-ins; the moment of the questions."""
    stand_in = Source("to_come", documents_to_come, lambda row: [])
    monkeypatch.setattr(index, "SOURCES", (*index.SOURCES, stand_in))
    seed(timezone.localdate())
    return timezone.now()


def nearest_at(at):
    def nearest(place: str) -> str:
        places = gazetteer(FamilyCentre.objects.listed(timezone.localdate(at)))
        finder = Finder(at, near=places.look_up(place).spot, services=services_with_texts())
        return next(iter(finder.houses.values())).slug

    return nearest


def is_met(case: dict, at) -> bool:
    results = Results(case["q"], at=at)
    expected = case["expect"]
    if expected["kind"] == "nothing":
        return not results.hits
    records = set()
    for role in expected["any_of"]:
        records |= records_of(role, case["q"], nearest_at(at))
    if expected["kind"] == "urgent":
        return any(("line", line.line.slug) in records for line in results.urgent_lines[:1])
    return any(is_one_of(hit, records) for hit in results.best[: case["top"]])


@pytest.mark.parametrize("name", LEAST)
def test_what_a_question_is_about_is_among_the_first_three(portal, name):
    cases = read(name)["cases"]
    missed = [case["q"] for case in cases if not is_met(case, portal)]
    share = 1 - len(missed) / len(cases)
    assert share >= LEAST[name], f"{share:.1%}, without: {missed}"


def test_only_what_is_urgent_puts_lines_on_top(portal):
    calm = [c for name in ("cases.json", "more_cases.json") for c in read(name)["cases"]]
    alarmed = [
        case["q"]
        for case in calm
        if case["expect"]["kind"] != "urgent" and Results(case["q"], at=portal).urgent_lines
    ]
    assert alarmed == []


def test_every_urgent_word_has_its_line(portal):
    brought = json.loads(URGENT_FILE.read_text(encoding="utf-8"))
    assert set(UrgentWord.objects.values_list("slug", flat=True)) == set(brought)


def test_a_search_takes_milliseconds_with_thousands_of_things():
    """Generous, as machines differ; `make bench` prints the milliseconds."""
    fill(1000)
    took = ask_many(at=timezone.now())
    assert took < timedelta(milliseconds=250)
