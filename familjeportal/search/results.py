"""What the page of a search shows: the best three, the rest by what it is, and what is near.

Somebody may ask for a thing, for a place, or for a thing near a place. A place is a name that was
found, or a postcode; the houses nearest to it count as found.
"""

import re
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from centres.finder_page import services_with_texts
from centres.finding import Finder
from centres.gazetteer import gazetteer
from centres.hits import Hit as CentreHit
from centres.hits import hits_of
from centres.house import House, houses_of
from centres.lines import LineNow, lines_now
from centres.models import FamilyCentre
from centres.nearest import Spot
from centres.nearest.postcodes import POSTCODES
from centres.reach import lines_to_try
from centres.wish import Wish
from services.searchable import Found

from .analyser import words, written_words
from .finding import Hit, search
from .models import UrgentWord
from .names import HEADINGS, LABELS
from .reading import LONGEST

BEST = 3
NEAREST = 3
MOST_IN_GROUP = 3
MOST_URGENT = 3
ANSWER_ALL = ("1177", "kontaktcenter", "socialjouren")
"""The lines for a question that found nothing, by slug."""
HOURS = "oppettider"
"""What words about when something is open mean, by slug."""
_WORTH, _RELATED = 0.35, 0.1  # of the first one's points: to be among the best, and to be shown
_BEGINNING = 6  # letters of a place's name that are like no other word
_POSTCODE = re.compile(r"\d")
_VERB = re.compile(r"\b(?:att|kan|ska|vill)(?: bara| inte)? (\w+a)\b", re.IGNORECASE)


@dataclass(frozen=True)
class Result:
    """A hit as the page shows it; `house`, `line` and `now` where it has a live status."""

    hit: Hit
    label: str
    house: House | None = None
    line: LineNow | None = None
    now: str = ""


@dataclass(frozen=True)
class Group:
    heading: str
    results: list[Result]


class Results:
    """Of one question, at a moment."""

    def __init__(self, text: str, *, at: datetime):
        self.asked = text.replace("\0", " ").strip()
        self.is_cut = len(self.asked) > LONGEST
        self.asked = self.asked[:LONGEST]
        self.at = at
        self.search = search(self._said, at=at)

    @cached_property
    def _said(self) -> str:
        """What was asked, without a verb that is written as a place: "vill backa"."""
        return _VERB.sub(lambda verb: "" if self._is_place(verb[1]) else verb[0], self.asked)

    # --- In which order ----------------------------------------------------------------------

    @cached_property
    def hits(self) -> list[Hit]:
        """The best first: the place asked for, what is nearest to it, the rest by its points."""
        found = self._found
        if self._postcode:
            found = [_hit_of(self._postcode), *found]
        if self.spot and (self._asks_only_for_place or self.service_asked):
            near = [_hit_of_house(hit) for hit in self.nearest]
            found = [found[0], *near, *found[1:]]
        return list({(hit.kind, hit.key): hit for hit in reversed(found)}.values())[::-1]

    @cached_property
    def _found(self) -> list[Hit]:
        """Without what fits far worse than the first; places but the first come last."""
        hits = [hit for hit in self.search.hits if self._is_named(hit)]
        least = hits[0].score * _RELATED if hits else 0
        first = next((hit for hit in hits if hit.kind == Found.PLACE), None)
        related = [hit for hit in hits if hit.score >= least]
        return sorted(related, key=lambda hit: hit.kind == Found.PLACE and hit != first)

    @cached_property
    def best(self) -> list[Hit]:
        """Up to three, but none that fits much worse than the first, nor houses elsewhere than
        near the place asked for."""
        least = self._found[0].score * _WORTH if self._found else 0
        near = {hit.house.centre.slug for hit in self.nearest}
        hits = [hit for hit in self.hits if not (near and _is_elsewhere(hit, near))]
        return [
            hit
            for hit in hits[:BEST]
            if hit.score >= least or self._postcode or _is_house(hit, near)
        ]

    # --- Where -------------------------------------------------------------------------------

    @cached_property
    def spot(self) -> Spot | None:
        if self._postcode:
            return self._postcode
        place = next((hit for hit in self._found if hit.kind == Found.PLACE), None)
        return self._gazetteer.look_up(place.title).spot if place else None

    def _is_named(self, hit: Hit) -> bool:
        """Whether a place is what was written, or begins so: "backen" is a slope, not Backa."""
        return hit.kind != Found.PLACE or any(
            _is_spelled(written, as_name)
            if word == name
            else len(word) >= _BEGINNING and name.startswith(word[:_BEGINNING])
            for name, as_name in _bare_words(hit.title).items()
            for word, written in self._words.items()
        )

    def _is_place(self, word: str) -> bool:
        spot = self._gazetteer.look_up(word).spot
        return bool(spot) and words(spot.name) == words(word)

    @cached_property
    def _words(self) -> dict[str, str]:
        return _bare_words(self.search.reading.corrected or self._said)

    @cached_property
    def outside(self) -> str:
        """The place beyond the city that was asked for by its name, else ""."""
        if self.spot:
            return ""
        place = self._gazetteer.look_up(self.asked).outside
        name = _bare_words(place.split(" i ")[0])
        return place if name.keys() <= self._words.keys() else ""

    @cached_property
    def _postcode(self) -> Spot | None:
        if not _POSTCODE.search(self.asked):
            return None
        spot = self._gazetteer.look_up(self.asked).spot
        return spot if spot and spot.kind in POSTCODES else None

    @cached_property
    def _gazetteer(self):
        return gazetteer(FamilyCentre.objects.listed(timezone.localdate(self.at)))

    @property
    def _asks_only_for_place(self) -> bool:
        return bool(self._postcode) or self._found[0].kind == Found.PLACE

    @cached_property
    def nearest(self) -> list[CentreHit]:
        """The houses nearest to the place asked for, with the service asked for if one was."""
        if not (self.spot and self.spot.point):
            return []
        wish = Wish(service=self.service_asked)
        rows = self._finder.find(wish).houses[:NEAREST]
        return hits_of(rows, finder=self._finder, wish=wish)

    @property
    def is_in_district(self) -> bool:
        """Whether any house in the district of the place, near or not, has the service."""
        found = self._finder.find(Wish(service=self.service_asked)).houses
        return any(row.district == self.spot.district for row in found)

    @property
    def service_asked(self) -> str:
        """The slug of the first service that was named, or ""."""
        slugs = {service.slug for service in self._finder.services}
        return next((means for means in self.search.reading.means if means in slugs), "")

    @cached_property
    def _finder(self) -> Finder:
        return Finder(self.at, near=self.spot, services=services_with_texts())

    @property
    def asks_for_nearest(self) -> bool:
        """Whether houses near the place are what was asked for, and not only where one is."""
        if not self.nearest:
            return False
        asks_when = HOURS in self.search.reading.means
        return self._asks_only_for_place or bool(self.service_asked) or asks_when

    @property
    def place_name(self) -> str:
        return self.spot.name if self.spot else ""

    # --- As the page shows it ----------------------------------------------------------------

    @cached_property
    def urgent_lines(self) -> list[LineNow]:
        """Those to call at once, where the words say that it is urgent."""
        words = {word.slug: word for word in UrgentWord.objects.all()}
        keys = [
            key
            for slug in self.search.reading.urgent
            if (word := words.get(slug))
            for key in (word.line_id, word.other_line_id)
        ]
        lines = {line.line.pk: line for line in self._lines.values()}
        return [lines[key] for key in dict.fromkeys(keys) if key in lines][:MOST_URGENT]

    @cached_property
    def best_results(self) -> list[Result]:
        """Without the houses that stand under the place they are near, and without that place."""
        near = {hit.house.centre.slug for hit in self.nearest}
        shown = (hit for hit in self.best if not _is_house(hit, near))
        if near:
            shown = (hit for hit in shown if hit.kind != Found.PLACE)
        return [self._result(hit) for hit in shown if self._is_there(hit)]

    @cached_property
    def groups(self) -> list[Group]:
        """What is not among the best, by what it is; the group of the best one first."""
        by_kind: dict[str, list[Result]] = {}
        for hit in self._rest:
            if self._is_there(hit):
                by_kind.setdefault(hit.kind, []).append(self._result(hit))
        return [Group(HEADINGS[kind], results) for kind, results in by_kind.items()]

    @cached_property
    def _rest(self) -> list[Hit]:
        """At most so many of a kind; with a place that has houses near it, neither houses nor
        places."""
        by_kind: dict[str, list[Hit]] = {}
        for hit in self.hits:
            if hit in self.best:
                continue
            if not (self.nearest and hit.kind in (Found.CENTRE, Found.PLACE)):
                by_kind.setdefault(hit.kind, []).append(hit)
        return [hit for hits in by_kind.values() for hit in hits[:MOST_IN_GROUP]]

    def _is_there(self, hit: Hit) -> bool:
        """A house or a line may be gone since it was found."""
        if hit.kind == Found.CENTRE:
            return hit.key in self._houses
        return hit.kind != Found.LINE or hit.key in self._lines

    def _result(self, hit: Hit) -> Result:
        house = self._houses.get(hit.key) if hit.kind == Found.CENTRE else None
        line = self._lines.get(hit.key) if hit.kind == Found.LINE else None
        now = self._open_now.get(hit.key, "") if hit.kind == Found.SERVICE else ""
        return Result(hit, str(LABELS[hit.kind]), house, line, now)

    @cached_property
    def _houses(self) -> dict[str, House]:
        slugs = [hit.key for hit in (*self.best, *self._rest) if hit.kind == Found.CENTRE]
        shown = FamilyCentre.objects.listed(timezone.localdate(self.at)).filter(slug__in=slugs)
        return {house.centre.slug: house for house in houses_of(shown, self.at)} if slugs else {}

    @cached_property
    def _lines(self) -> dict[str, LineNow]:
        return {line.line.slug: line for line in lines_now(self.at)}

    @cached_property
    def _open_now(self) -> dict[str, str]:
        """By the slug of a service in how many houses it is open now, in words."""
        counted = self._finder.find(Wish(now=True)).services
        return {service.slug: _open_words(count) for service, count in counted if count}

    @property
    def lines_to_try(self) -> list[LineNow]:
        return lines_to_try(self._lines.values(), ANSWER_ALL)

    @property
    def houses_shown(self) -> list[House]:
        return [*self._houses.values(), *(hit.house for hit in self.nearest)]


def _open_words(count: int) -> str:
    return ngettext("Öppet nu i %(n)d hus", "Öppet nu i %(n)d hus", count) % {"n": count}


def _bare_words(text: str) -> dict[str, str]:
    """The folded words and how each is written, without the genitive's s: "Kortedalas"."""
    return {
        word.removesuffix("s"): written.removesuffix("s") for word, written in written_words(text)
    }


def _is_spelled(written: str, name: str) -> bool:
    """Whether dots and accents are those of the name, or none: "skär" is not Skår."""
    return written.isascii() or written == name


def _is_house(hit: Hit, slugs: set[str]) -> bool:
    return hit.kind == Found.CENTRE and hit.key in slugs


def _is_elsewhere(hit: Hit, near: set[str]) -> bool:
    return hit.kind == Found.CENTRE and hit.key not in near


def _hit_of(spot: Spot) -> Hit:
    url = f"{reverse('centres:list')}?{urlencode({'plats': spot.label})}"
    return Hit(Found.PLACE, spot.label, spot.label, url, _("Postnummer i Göteborg"), 0)


def _hit_of_house(hit: CentreHit) -> Hit:
    centre = hit.house.centre
    return Hit(Found.CENTRE, centre.slug, centre.name, centre.get_absolute_url(), "", 0)
