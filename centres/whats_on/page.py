"""The programme as a reader asked for it: which days, where, what is on, and how to get on."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property
from itertools import groupby

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from .. import hours_text as words
from ..gazetteer import look_up
from ..nearest import Answer, Spot
from ..programme_of_many import ProgrammeOfMany
from .asked import Asked, Chosen, Looked, without
from .happening import Happening, happenings_of
from .period import View, after, before, day_heading, heading
from .sieve import Sieve, sieve_of

MOST = 50
MOST_OF_MANY_HOUSES = 30
ROOMY = 20
MOST_DAYS = 14
LOOKED_AHEAD = timedelta(days=60)
_DAY = timedelta(days=1)


@dataclass(frozen=True)
class DayOn:
    """What is on, on a day, in the order of time."""

    day: date
    heading: str
    happenings: list[Happening]


@dataclass(frozen=True)
class CalendarDay:
    """A day of the month's small calendar; `href` is "" where nothing is known to be on."""

    day: date
    href: str
    is_today: bool
    label: str


class ProgrammePage:
    """Everything that the programme shows, at a moment."""

    def __init__(self, query, at: datetime):
        self.at = at
        self.today = timezone.localdate(at)
        self.asked = Asked(query, self.today)
        self.period = self.asked.period
        self.looked: Looked = self.asked.looked

    # --- Where -------------------------------------------------------------------------------
    @cached_property
    def where(self) -> Answer:
        """What the place asked for is."""
        return look_up(self.asked.place, self.today)

    @property
    def spot(self) -> Spot | None:
        return self.where.spot

    @property
    def suggestions(self) -> list[tuple[str, str]]:
        """Other places that may have been meant, with the page for each."""
        return [(spot.label, self.asked.href(plats=spot.label)) for spot in self.where.choices]

    @property
    def is_near(self) -> bool:
        """Whether the place narrows what is shown."""
        return self.spot is not None and self.spot.is_placed and not self.looked.centre

    # --- What is on --------------------------------------------------------------------------
    @cached_property
    def sieve(self) -> Sieve:
        return self._sieve(self.looked)

    @cached_property
    def _programme(self) -> ProgrammeOfMany:
        return self.sieve.programme(self.period.first, self.period.last)

    def _sieve(self, looked: Looked) -> Sieve:
        return sieve_of(looked, self.today, self.spot if self.is_near else None)

    @cached_property
    def _found(self) -> list:
        """Those of this page, and one more where there are more."""
        page = self.number
        count = page * self._most + 1
        found = self.sieve.first(count, self._programme, self.at)
        return found[(page - 1) * self._most :]

    @property
    def _most(self) -> int:
        """A day has its pages and a house's week its sheet; the rest must not tire a thumb."""
        return MOST if self.shows_one_day or self.looked.centre else MOST_OF_MANY_HOUSES

    @cached_property
    def _shown(self) -> list:
        """As many as fit; of several days whole ones, so that none looks emptier than it is."""
        shown = self._found[: self._most]
        if not self.has_more or self.shows_one_day:
            return shown
        cut = self._found[self._most].day
        return [one for one in shown if one.day != cut] or shown

    @property
    def shows_houses(self) -> bool:
        return not self.looked.centre

    @property
    def number(self) -> int:
        """Only a single day has more pages than one: longer times are walked by day."""
        return self.asked.page if self.period.view is View.DAY else 1

    @cached_property
    def happenings(self) -> list[Happening]:
        return happenings_of(self._shown, self.at)

    @cached_property
    def days(self) -> list[DayOn]:
        found = groupby(self.happenings, key=lambda happening: happening.day)
        return [DayOn(day, day_heading(day, self.today), list(on)) for day, on in found]

    @property
    def has_more(self) -> bool:
        return len(self._found) > self._most

    @property
    def fills_the_sheet(self) -> bool:
        """Whether it is so much that it must be printed small to have room on one sheet."""
        return len(self.happenings) > ROOMY

    @property
    def more_days(self) -> list[CalendarDay]:
        """Where a longer time is too full: its days from the first that is not all shown."""
        if not self.has_more or self.shows_one_day:
            return []
        first = self._found[len(self._shown)].day
        days = [day for day in self.calendar_days if day.href and day.day >= first]
        return days[:MOST_DAYS]

    # --- To subscribe to ---------------------------------------------------------------------
    @property
    def calendar_path(self) -> str:
        """The calendar of what is chosen, whichever days are shown."""
        return f"{reverse('calendars:programme')}{self.asked.href(nar='')}".rstrip("?")

    @property
    def calendar_words(self) -> str:
        """ "5 månader, på arabiska och nära Hjällbo", or "" where nothing is chosen."""
        near = [_("nära %(place)s") % {"place": self.spot.name}] if self.is_near else []
        return words.listed([*(chosen.label for chosen in self.asked.chosen), *near])

    # --- Getting on --------------------------------------------------------------------------
    @property
    def heading(self) -> str:
        return heading(self.period, self.today)

    @property
    def shows_one_day(self) -> bool:
        return self.period.view is View.DAY

    @property
    def previous_href(self) -> str:
        earlier = before(self.period, self.today)
        return self.asked.href(nar=earlier) if earlier else ""

    @property
    def next_href(self) -> str:
        later = after(self.period, self.today)
        return self.asked.href(nar=later) if later else ""

    @property
    def previous_page_href(self) -> str:
        return self.asked.href(sida=str(self.number - 1)) if self.number > 1 else ""

    @property
    def next_page_href(self) -> str:
        has_next = self.has_more and self.shows_one_day
        return self.asked.href(sida=str(self.number + 1)) if has_next else ""

    # --- The month's small calendar ----------------------------------------------------------
    @property
    def has_calendar(self) -> bool:
        return self.period.view is View.MONTH

    @cached_property
    def calendar_days(self) -> list[CalendarDay]:
        return [self._calendar_day(day) for day in self.period.days]

    def _calendar_day(self, day: date) -> CalendarDay:
        count = self._programme.counts.get(day, 0)
        href = self.asked.href(nar=day.isoformat()) if count else ""
        return CalendarDay(day, href, day == self.today, day_heading(day, self.today))

    @property
    def calendar_weeks(self) -> list[tuple[int, list[CalendarDay | None]]]:
        """By week its number and seven days; None is over, or of another month."""
        days = {day.day: day for day in self.calendar_days}
        first = self.period.first - (self.period.first.isoweekday() - 1) * _DAY
        count = (self.period.last - first).days // 7 + 1
        mondays = [first + n * 7 * _DAY for n in range(count)]
        return [
            (monday.isocalendar().week, [days.get(monday + n * _DAY) for n in range(7)])
            for monday in mondays
        ]

    # --- Where nothing is found --------------------------------------------------------------
    @cached_property
    def loosenings(self) -> list[Chosen]:
        """Where nothing is found: the filters of which it is enough to take one away."""
        if self._found:
            return []
        found = [
            c for c in self.asked.chosen if self._is_on(self._sieve(without(self.looked, c.name)))
        ]
        return [*found, *self._place_to_loosen()]

    def _place_to_loosen(self) -> list[Chosen]:
        if not self.is_near or not self._is_on(sieve_of(self.looked, self.today)):
            return []
        return [Chosen("plats", self.spot.name, self.asked.href(plats=""))]

    def _is_on(self, sieve: Sieve) -> bool:
        programme = sieve.programme(self.period.first, self.period.last)
        return bool(sieve.first(1, programme, self.at))

    @cached_property
    def next_that_would_fit(self) -> Happening | None:
        """Where nothing is found: the first thing later that is."""
        if self._found:
            return None
        day = self.period.last + _DAY
        later = self.sieve.programme(day, day + LOOKED_AHEAD)
        found = self.sieve.first(1, later, self.at)
        return next(iter(happenings_of(found, self.at)), None)

    @property
    def next_day_words(self) -> str:
        return day_heading(self.next_that_would_fit.day, self.today)

    # --- Forms and links ---------------------------------------------------------------------
    @property
    def hidden(self) -> list[tuple[str, str]]:
        """What the form must send along: what is chosen by links."""
        return self.asked.hidden("plats", *IN_FIELDS)

    @property
    def place_removed(self) -> str:
        return self.asked.href(plats="")

    @property
    def href_cleared(self) -> str:
        kept = self.asked.values.get("nar", "")
        return f"?nar={kept}" if kept else "?"


IN_FIELDS = ("alder", "sprak", "grupp", "dag", "tid")
