import json

import pytest

from centres.coverage import CoveringHouse
from centres.known_facts import FactsError, read_known_facts
from centres.known_facts.plan import PLAN_FILE, read_plan
from centres.models import FamilyCentre, FormerSlug
from centres.plan_then_and_now import PlanThenAndNow
from tests.factories import make_centre, make_confirmation, stockholm

TODAY = stockholm(2026, 11, 23).date()


# --- What the file says ---------------------------------------------------------------------------


def test_plan_names_what_sources_name():
    plan = read_plan()
    assert (plan.existed.count, plan.planned.count, plan.later.count) == (7, 8, 10)
    named = {house.slug: house.in_2016 for house in plan.houses}
    assert named == {
        "angered-centrum": "existed",
        "hjallbo": "existed",
        "sandarna": "planned",
        "lovgardet": "planned",
        "opaltorget": "planned",
        "gamlestaden": "not_said",
    }


def test_houses_of_the_plan_are_among_the_known_centres():
    known = {centre.fields["slug"] for centre in read_known_facts().centres}
    assert {house.slug for house in read_plan().houses} <= known


def test_every_source_of_the_plan_has_an_address_and_a_date():
    for house in read_plan().houses:
        assert all(source.url and source.date for source in house.sources)


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (lambda plan: plan.pop("planned"), "missing key 'planned'"),
        (lambda plan: plan["existed"].update(count=0), "bad number in 'count'"),
        (lambda plan: plan["existed"].update(count=1), "more houses that existed than the 1"),
        (lambda plan: plan["goal"].update(sources=["x"]), "unknown source 'x'"),
        (lambda plan: plan["houses"][0].update(sources=[]), "no source"),
        (lambda plan: plan["houses"][0].update(in_2016="maybe"), "unknown state in 2016 'maybe'"),
        (lambda plan: plan["houses"][0].update(since=" "), "'since' is empty"),
        (lambda plan: plan["houses"][0].update(colour="blue"), "unknown key 'colour'"),
        (lambda plan: plan["houses"].append(plan["houses"][0]), "duplicate slug"),
        (lambda plan: plan.update(more=1), "unknown key 'more'"),
    ],
)
def test_mistake_in_the_file_is_named(tmp_path, change, says):
    content = json.loads(PLAN_FILE.read_text(encoding="utf-8"))
    change(content)
    file = tmp_path / "plan.json"
    file.write_text(json.dumps(content), encoding="utf-8")
    with pytest.raises(FactsError, match=says):
        read_plan(file)


# --- Beside the houses of today -------------------------------------------------------------------


def then_and_now():
    houses = [CoveringHouse(centre, TODAY) for centre in FamilyCentre.objects.with_knowledge()]
    return PlanThenAndNow(read_plan(), houses)


@pytest.mark.django_db
def test_house_of_the_plan_is_found_under_its_new_address():
    centre = make_centre(name="Familjecentralen i Hjällbo", slug="nytt")
    FormerSlug.objects.create(centre=centre, slug="hjallbo")
    pair = next(pair for pair in then_and_now().existed.houses if pair.then.slug == "hjallbo")
    assert (pair.now.centre, pair.name) == (centre, "Familjecentralen i Hjällbo")


@pytest.mark.django_db
def test_house_that_the_portal_lacks_is_named_as_in_the_file():
    pair = then_and_now().planned.houses[0]
    assert (pair.now, pair.name) == (None, "Sandarna")


@pytest.mark.django_db
def test_those_that_no_source_names_are_counted():
    plan = then_and_now()
    assert (plan.existed.unnamed_words, plan.planned.unnamed_words) == ("fem", "fem")


@pytest.mark.django_db
def test_open_houses_of_which_no_source_speaks_are_listed():
    silent = make_centre(name="Tuve")
    make_centre(slug="hjallbo")
    make_centre(status="decided")
    make_confirmation(make_centre(), origin="example")
    assert [house.centre for house in then_and_now().others] == [silent]
