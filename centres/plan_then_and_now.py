"""The plan of 2016 beside the houses of today: who is who, and what nobody has said."""

from dataclasses import dataclass

from .coverage import CoveringHouse
from .known_facts.plan import EXISTED, NOT_SAID, PLANNED, HouseOf2016, PlanOf2016, Total

# Swedish writes small numbers in words.
_NUMBERS = [
    "noll",
    "en",
    "två",
    "tre",
    "fyra",
    "fem",
    "sex",
    "sju",
    "åtta",
    "nio",
    "tio",
    "elva",
    "tolv",
]


def number_words(number: int) -> str:
    return _NUMBERS[number] if number < len(_NUMBERS) else str(number)


@dataclass(frozen=True)
class ThenAndNow:
    """A house of the plan and the family centre that it is today, if the portal has it."""

    then: HouseOf2016
    now: CoveringHouse | None

    @property
    def name(self) -> str:
        return self.now.centre.name if self.now else self.then.name


@dataclass(frozen=True)
class PartOfPlan:
    """Those that existed or were planned: how many there were, and the ones known by name."""

    total: Total
    houses: list[ThenAndNow]

    @property
    def count_words(self) -> str:
        return number_words(self.total.count)

    @property
    def unnamed(self) -> int:
        return self.total.count - len(self.houses)

    @property
    def unnamed_words(self) -> str:
        return number_words(self.unnamed)


class PlanThenAndNow:
    def __init__(self, plan: PlanOf2016, houses: list[CoveringHouse]):
        self.goal_sources = plan.goal
        self.later = plan.later
        self.later_words = number_words(plan.later.count)
        self._now = {slug: house for house in houses for slug in _slugs(house)}
        self.existed = PartOfPlan(plan.existed, self._of(plan, EXISTED))
        self.planned = PartOfPlan(plan.planned, self._of(plan, PLANNED))
        self.not_said = self._of(plan, NOT_SAID)
        named = [pair.now for pair in (*self.existed.houses, *self.planned.houses, *self.not_said)]
        self.others = sorted(
            (h for h in houses if h.is_open and not h.is_example and h not in named),
            key=lambda house: house.centre.name,
        )

    def _of(self, plan: PlanOf2016, state: str) -> list[ThenAndNow]:
        found = (house for house in plan.houses if house.in_2016 == state)
        return [ThenAndNow(house, self._now.get(house.slug)) for house in found]


def _slugs(house: CoveringHouse) -> list[str]:
    """Its address and those it has had: the plan's file keeps the first."""
    return [house.centre.slug, *(former.slug for former in house.centre.former_slugs.all())]
