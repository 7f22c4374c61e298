"""What is unconfirmed, unanswered and missing, house by house and district by district."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from services.staff_pages import staff_page

from ..bulk.sheet import write_sheet
from ..freshness import Fact, Freshness, HouseToDo, Missing, Target, Unanswered
from ..hours_text import capitalised
from ..looking_after import houses_looked_after
from ..models import District, FamilyCentre
from ..put_right import answer_url, confirm_url, facts_url

FIRST_SHOWN = 5


@dataclass(frozen=True)
class Item:
    """One thing to put right, and where."""

    words: str
    url: str
    note: str = ""


class HouseRow:
    """A house in the table: each column as groups of items under the house's or a room's name."""

    def __init__(self, house: HouseToDo):
        self.house = house
        self.centre = house.centre
        self.url = facts_url(house.centre)

    @property
    def is_done(self) -> bool:
        return not (self.house.unconfirmed or self.house.unanswered or self.house.missing)

    @cached_property
    def unconfirmed(self) -> list[tuple[str, list[Item]]]:
        return _by_target(self.house.unconfirmed, _unconfirmed_item)

    @cached_property
    def unanswered(self) -> list[Item]:
        """By day; several rooms on one day are several items."""
        return [
            Item(row.words, answer_url(row), f"{_name(row.room)}: {row.channel_words}")
            for row in self.house.unanswered
        ]

    @cached_property
    def missing(self) -> list[tuple[str, list[Item]]]:
        return _by_target(self.house.missing, _missing_item)


@dataclass(frozen=True)
class DistrictRow:
    """A district with the sums of its houses."""

    district: District
    houses: list[HouseToDo]

    @property
    def never(self) -> int:
        return sum(house.never for house in self.houses)

    @property
    def stale(self) -> int:
        return sum(house.stale for house in self.houses)

    @property
    def due(self) -> int:
        return sum(house.due for house in self.houses)

    @property
    def unanswered(self) -> int:
        return sum(len(house.unanswered) for house in self.houses)

    @property
    def missing(self) -> int:
        return sum(len(house.missing) for house in self.houses)


@staff_page
def overview(request: HttpRequest) -> HttpResponse:
    """One's own houses; for coordinators all of them. ?stadsdel= for those of one district."""
    if request.GET.get("format") == "csv":
        return overview_csv(request)
    houses = houses_looked_after(request.user, timezone.now())
    districts = _by_district(houses)
    chosen = _chosen(districts, request.GET.get("stadsdel", ""))
    context = {
        "districts": districts,
        "chosen": chosen,
        "rows": [HouseRow(house) for house in (chosen.houses if chosen else houses)],
    }
    return render(request, "staff/overview.html", context)


@staff_page
def overview_csv(request: HttpRequest) -> HttpResponse:
    """The same, a line for each thing to put right."""
    at = timezone.now()
    houses = houses_looked_after(request.user, at)
    chosen = _chosen(_by_district(houses), request.GET.get("stadsdel", ""))
    lines = _lines(request, chosen.houses if chosen else houses)
    headings, *rows = [["" if cell is None else str(cell) for cell in line] for line in lines]
    name = f"oversikt-{timezone.localdate(at).isoformat()}.csv"
    return HttpResponse(
        write_sheet(headings, rows),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def to_confirm(user) -> dict:
    """For `staff/_to_confirm.html` on the front page of staff: how much, and the first things."""
    houses = houses_looked_after(user, timezone.now())
    facts = sorted(
        (fact for house in houses for fact in house.unconfirmed),
        key=lambda fact: (list(Freshness).index(fact.freshness), -(fact.days or 0)),
    )
    days = sorted((row for house in houses for row in house.unanswered), key=lambda row: row.day)
    several = len(houses) > 1
    return {
        "facts": [
            _item_with_place(fact, _unconfirmed_item, several) for fact in facts[:FIRST_SHOWN]
        ],
        "all_facts": len(facts),
        "days": [_item_with_place(row, _unanswered_item, several) for row in days[:FIRST_SHOWN]],
        "all_days": len(days),
    }


# --- Items ------------------------------------------------------------------------------------
def _unconfirmed_item(fact: Fact) -> Item:
    return Item(fact.words, confirm_url(fact), fact.age_words)


def _unanswered_item(row: Unanswered) -> Item:
    return Item(row.words, answer_url(row), row.channel_words)


def _missing_item(row: Missing) -> Item:
    return Item(row.words, facts_url(row.target))


def _item_with_place(row: Fact | Unanswered, item: Callable[..., Item], several: bool) -> Item:
    """The item with its house or room in front; where there are several houses, with the house."""
    made = item(row)
    place = str(row.target) if several else _name(row.target)
    return Item(f"{capitalised(place)}: {made.words}", made.url, made.note)


def _by_target(rows: Iterable, item: Callable[..., Item]) -> list[tuple[str, list[Item]]]:
    """Rows stand together by target already, the house first."""
    groups = groupby(rows, key=lambda row: row.target)
    return [(_name(target), [item(row) for row in found]) for target, found in groups]


def _name(target: Target) -> str:
    is_house = isinstance(target, FamilyCentre)
    return str(_("Huset")) if is_house else capitalised(str(target.service))


# --- Districts --------------------------------------------------------------------------------
def _by_district(houses: Iterable[HouseToDo]) -> list[DistrictRow]:
    groups = groupby(houses, key=lambda house: house.centre.district)
    return [DistrictRow(district, list(found)) for district, found in groups]


def _chosen(districts: list[DistrictRow], slug: str) -> DistrictRow | None:
    """None is all of them; Http404 where the person has no house in such a district."""
    if not slug:
        return None
    for row in districts:
        if row.district.slug == slug:
            return row
    raise Http404


# --- CSV --------------------------------------------------------------------------------------
_LEVELS = {
    Freshness.NEVER: _("aldrig bekräftat"),
    Freshness.STALE: _("över 180 dagar"),
    Freshness.DUE: _("över 90 dagar"),
}


def _lines(request: HttpRequest, houses: Iterable[HouseToDo]) -> Iterator[tuple]:
    yield (
        _("Stadsdel"),
        _("Hus"),
        _("Verksamhet"),
        _("Vad"),
        _("Uppgift"),
        _("Läge"),
        _("Dag"),
        _("Dagar sedan"),
        _("Länk"),
    )
    for house in houses:
        for target, *cells, url in _cells(house):
            place = "" if isinstance(target, FamilyCentre) else capitalised(str(target.service))
            link = request.build_absolute_uri(url)
            yield (house.centre.district.name, house.centre.name, place, *cells, link)


def _cells(house: HouseToDo) -> Iterator[tuple]:
    """Target, what, fact, state, day, days since, address."""
    for fact in house.unconfirmed:
        day = timezone.localdate(fact.confirmed_at) if fact.confirmed_at else None
        state = fact.age_words if fact.awaits else _LEVELS[fact.freshness]
        yield fact.target, _("obekräftat"), fact.words, state, day, fact.days, confirm_url(fact)
    for row in house.unanswered:
        what = _("obesvarad helgdag")
        yield row.room, what, row.holiday.name, row.channel_words, row.day, None, answer_url(row)
    for row in house.missing:
        yield row.target, _("saknas"), row.words, None, None, None, facts_url(row.target)
