"""Support for parents near where somebody lives: the page that cards and posters lead to.

"?plats=…&alder=…&amne=…": each may be left out, and what cannot be read is named. Nothing on the
page is ever empty: where the district has nothing the area is asked, then the city.
"""

from datetime import datetime
from functools import cached_property

from django import forms
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from centres import hours_text as words
from centres.address_values import AddressValues
from centres.finder_form import AgeField, ChosenFilter, Option
from centres.finder_page import FinderPage
from centres.hits import Hit
from centres.lines import LineNow, lines_now
from centres.models import CityArea, District, FamilyCentre
from centres.nearest import Answer, Kind, Spot
from centres.sessions_today import sessions_today
from centres.wish import Wish

from .ages import ages_to_choose
from .models import Guide, SupportContact, Topic, shown_of
from .next_starts import NextStart, courses, meetings, next_starts
from .urgent import switchboard

MOST_COURSES = 6
NEAREST = 3
MOST_GUIDES = 6


class SupportForm(forms.Form):
    plats = forms.CharField(label=_lazy("platsen"), required=False)
    alder = AgeField(label=_lazy("åldern"), required=False)
    amne = forms.CharField(label=_lazy("ämnet"), required=False)


class SupportPage:
    """Everything that the page shows, at a moment."""

    def __init__(self, query, at: datetime):
        self.at = at
        self.found = FinderPage(query, at)
        self.asked = AddressValues(SupportForm, query)
        slug = self.asked.values.get("amne", "")
        self.topic = next((topic for topic in self.topics if topic.slug == slug), None)
        if slug and not self.topic:
            self.asked.pass_over("amne")

    # --- What is asked -------------------------------------------------------------------------
    @property
    def wish(self) -> Wish:
        """For whom; the other fields of the list of houses are not asked here."""
        return Wish(age=self.found.wish.age, expecting=self.found.wish.expecting)

    @property
    def hidden(self) -> list[tuple[str, str]]:
        """What the form for the place sends along."""
        return self.asked.hidden("plats")

    @property
    def unread_words(self) -> str:
        return words.listed(self.asked.unread)

    # --- Where ---------------------------------------------------------------------------------
    @property
    def where(self) -> Answer:
        return self.found.where

    @property
    def spot(self) -> Spot | None:
        return self.found.spot

    @property
    def suggestions(self) -> list[tuple[str, str]]:
        return [(spot.label, self.asked.href(plats=spot.label)) for spot in self.where.choices]

    @property
    def near_name(self) -> str:
        return self.found.near_name

    @cached_property
    def district(self) -> District | None:
        slug = self.spot.district if self.spot else ""
        return District.objects.filter(slug=slug).first() if slug else None

    @cached_property
    def city_area(self) -> CityArea | None:
        slug = self.spot.city_area if self.spot else ""
        return next((area for area in self._all_areas if area.slug == slug), None)

    @cached_property
    def _all_areas(self) -> list[CityArea]:
        return list(CityArea.objects.all())

    @property
    def city_areas(self) -> list[Option]:
        """Links that choose one of the four."""
        chosen = self.city_area if self.spot and self.spot.kind is Kind.CITY_AREA else None
        return [
            Option(
                area.name,
                area.slug,
                area == chosen,
                self.asked.href(plats=_("stadsområde %(name)s") % {"name": area.name}),
            )
            for area in self._all_areas
        ]

    # --- For whom and about what ---------------------------------------------------------------
    @property
    def ages(self) -> list[Option]:
        """Those of the list of guides."""
        return ages_to_choose(self.asked, self.wish.age)

    @cached_property
    def topics(self) -> list[Topic]:
        """Those that there is support about."""
        about = SupportContact.topics.through.objects.values("topic")
        return list(Topic.objects.filter(pk__in=about).prefetch_related("texts", "lines"))

    @property
    def topic_options(self) -> list[Option]:
        return [self.asked.toggle("amne", topic.slug, topic.text.name) for topic in self.topics]

    @property
    def chosen(self) -> list[ChosenFilter]:
        """The age and the topic, each with the page without it."""
        labels = {chosen.name: chosen.label for chosen in self.found.asked.chosen}
        labels["amne"] = self.topic.text.name if self.topic else ""
        return [
            ChosenFilter(name, labels[name], (), self.asked.href(**{name: ""}))
            for name in ("alder", "amne")
            if labels.get(name)
        ]

    # --- What there is -------------------------------------------------------------------------
    @cached_property
    def courses(self) -> tuple[str, list[NextStart]]:
        """What one signs up for, in the smallest part of the city that has any, and its name."""
        return self._smallest(courses(self.wish))

    @cached_property
    def meetings(self) -> tuple[str, list[NextStart]]:
        """The same of what one comes to without signing up."""
        return self._smallest(meetings(self.wish))

    def _smallest(self, activities) -> tuple[str, list[NextStart]]:
        for name, here in self._parts:
            if found := next_starts(activities.filter(here), self.at, most=MOST_COURSES):
                return name, found
        return "", []

    @cached_property
    def _parts(self) -> list[tuple[str, Q]]:
        """The district, the area and the city: what to call each, and what is held there."""
        parts = []
        if self.district:
            parts.append((self.district.name, _held_in("district__slug", self.district.slug)))
        if self.city_area:
            name = _("stadsområde %(name)s") % {"name": self.city_area.name}
            parts.append((name, _held_in("district__city_area__slug", self.city_area.slug)))
        return [*parts, (_("hela Göteborg"), Q())]

    @cached_property
    def sessions(self) -> list:
        """What is left of today without booking: (house, room, session)."""
        return sessions_today(self.found.finder, self.wish)[0]

    @property
    def contacts(self) -> list[SupportContact]:
        """Those to talk to."""
        return [one for one in self._contacts if one.kind != SupportContact.Kind.COURSE]

    @property
    def known_courses(self) -> list[SupportContact]:
        """What is or has been given, though nobody here knows when."""
        return [one for one in self._contacts if one.kind == SupportContact.Kind.COURSE]

    @cached_property
    def _contacts(self) -> list[SupportContact]:
        """Those that reach the place, the ones of one part of the city first."""
        reaching = SupportContact.objects.reaching(*self.found.district_and_area)
        found = reaching.asked_for(self.wish).with_texts()
        if self.topic:
            found = found.about(self.topic)
        return sorted(found, key=lambda contact: contact.is_citywide)

    @cached_property
    def nearest(self) -> list[Hit]:
        """The houses nearest to the place that are for the age; without such a one the nearest."""
        finder = self.found.finder
        rows = finder.find(self.wish).houses or list(finder.houses.values())
        return self.found.as_hits(rows[:NEAREST]) if self.spot else []

    @property
    def lacks_centre(self) -> bool:
        """Whether the district asked for has no family centre in use."""
        if not self.district:
            return False
        rows = self.found.finder.houses.values()
        here = [row for row in rows if row.district == self.district.slug and not row.is_planned]
        return all(row.kind != FamilyCentre.Kind.FAMILY_CENTRE for row in here)

    @cached_property
    def guides(self) -> list:
        """What to read on the topic, for the age: (guide, version)."""
        if not self.topic:
            return []
        about = Guide.objects.about(self.topic).asked_for(self.wish).shown(self.at)
        return shown_of(about.select_related("home_topic"), self.at)[:MOST_GUIDES]

    # --- Who answers ---------------------------------------------------------------------------
    @cached_property
    def _lines(self) -> list[LineNow]:
        return lines_now(self.at)

    @property
    def lines(self) -> list[LineNow]:
        """Those of every page, and of the topic."""
        of_topic = {line.pk for line in self.topic.lines.all()} if self.topic else set()
        return [now for now in self._lines if now.line.on_every_page or now.line.pk in of_topic]

    @property
    def switchboard(self) -> LineNow | None:
        return switchboard(self._lines)


def _held_in(field: str, slug: str) -> Q:
    """Where it is held counts, not where its organiser is."""
    at_home = Q(venue=None, **{f"organiser__centre__{field}": slug})
    return at_home | Q(**{f"venue__{field}": slug})
