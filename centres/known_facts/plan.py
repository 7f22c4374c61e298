"""The city's plan of 2016 for more family centres, and what sources say became of it."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.conf import settings

from ..models import FamilyCentre
from ..source_dates import readable
from .centres import sources_in
from .rows import Row, read_json, refuse_twins

PLAN_FILE = settings.BASE_DIR / "centres" / "data" / "plan_2016.json"
EXISTED, PLANNED, NOT_SAID = "existed", "planned", "not_said"
_HIGHEST_COUNT = 100


@dataclass(frozen=True)
class Source:
    """A page with its name and, as far as it is known, its date."""

    name: str
    url: str
    date: str


@dataclass(frozen=True)
class Total:
    """How many family centres there were, or were to be; `when` in words."""

    count: int
    when: str
    sources: tuple[Source, ...]


@dataclass(frozen=True)
class HouseOf2016:
    """A house that sources name: what it was in 2016, and what is known since."""

    slug: str
    name: str
    in_2016: str
    since: str
    sources: tuple[Source, ...]


@dataclass(frozen=True)
class PlanOf2016:
    """`goal` is where the goal stands; the houses are those that sources name."""

    goal: tuple[Source, ...]
    existed: Total
    planned: Total
    later: Total
    houses: tuple[HouseOf2016, ...]


@cache
def read_plan(file: Path = PLAN_FILE) -> PlanOf2016:
    """Raise FactsError, naming the file and the row, if anything in the file is wrong."""
    row = read_json(file)
    sources = _sources(row)
    plan = PlanOf2016(
        goal=_goal(row.row("goal"), sources),
        existed=_total(row.row("existed"), sources),
        planned=_total(row.row("planned"), sources),
        later=_total(row.row("later"), sources),
        houses=_houses(row, sources),
    )
    row.finish()
    _refuse_too_many(row, plan)
    return plan


def _sources(row: Row) -> dict[str, Source]:
    return {
        key: Source(fields["source"], fields["source_url"], readable(fields["source_date"]))
        for key, fields in sources_in(row).items()
    }


def _goal(row: Row, sources: dict[str, Source]) -> tuple[Source, ...]:
    found = _named_sources(row, sources)
    row.finish()
    return found


def _total(row: Row, sources: dict[str, Source]) -> Total:
    total = Total(
        count=row.number("count", 1, _HIGHEST_COUNT),
        when=row.text("when", ""),
        sources=_named_sources(row, sources),
    )
    row.finish()
    return total


def _houses(row: Row, sources: dict[str, Source]) -> tuple[HouseOf2016, ...]:
    rows = row.rows("houses")
    refuse_twins(rows, "slug")
    return tuple(_house(inner, sources) for inner in rows)


def _house(row: Row, sources: dict[str, Source]) -> HouseOf2016:
    house = HouseOf2016(
        slug=row.text("slug", of=FamilyCentre),
        name=row.text("name", of=FamilyCentre),
        in_2016=row.one_of("in_2016", (EXISTED, PLANNED, NOT_SAID), "state in 2016"),
        since=row.text("since"),
        sources=_named_sources(row, sources),
    )
    row.finish()
    return house


def _named_sources(row: Row, sources: dict[str, Source]) -> tuple[Source, ...]:
    keys = row.texts("sources")
    if not keys:
        row.refuse("no source")
    for key in keys:
        if key not in sources:
            row.refuse(f"unknown source {key!r}")
    return tuple(sources[key] for key in keys)


def _refuse_too_many(row: Row, plan: PlanOf2016) -> None:
    """More houses by name than there were is a slip of the pen."""
    for state, total in ((EXISTED, plan.existed), (PLANNED, plan.planned)):
        if sum(house.in_2016 == state for house in plan.houses) > total.count:
            row.refuse(f"more houses that {state} than the {total.count} there were")
