"""An activity as readers meet it: what, for whom, when next, where, and how one signs up."""

from datetime import datetime, timedelta
from functools import cached_property
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from .. import hours_text as words
from ..models import Activity, Confirmation, FamilyCentre, ServiceAtCentre, Venue
from ..programme_of_many import ProgrammeOfMany
from ..programme_values import Rule
from .happening import (
    Happening,
    confirmation_of_activities,
    cost_words,
    group_words,
    happenings_of,
    language_words,
    needs_check,
    setting_words,
    siblings_words,
)
from .words import recurring_words

DATES_SHOWN = 8
_AHEAD = timedelta(days=366)


class ActivityPage:
    """Load the activity with `happening.activities_shown` and its `recurrences`."""

    def __init__(self, activity: Activity, at: datetime):
        self.activity = activity
        self.text = activity.text
        self.at = at
        self.today = timezone.localdate(at)
        self.zone = ZoneInfo(settings.TIME_ZONE)

    # --- When --------------------------------------------------------------------------------
    @cached_property
    def dates(self) -> list[Happening]:
        """The next that are not over, those that are cancelled among them."""
        programme = ProgrammeOfMany(
            self.today,
            self.today + _AHEAD,
            activities=Activity.objects.filter(pk=self.activity.pk),
        )
        ahead = [one for one in programme.between() if one.ends > self.at]
        return happenings_of(ahead[:DATES_SHOWN], self.at)

    @property
    def next_date(self) -> Happening | None:
        """The next that is not cancelled or moved away."""
        return next((date for date in self.dates if not date.is_struck), None)

    @property
    def rules(self) -> list[str]:
        """ "Torsdagar 9–11, jämna veckor, till och med 17 december", for what is not over."""
        values = [row.as_value() for row in self.activity.recurrences.all()]
        return [self._rule(rule) for rule in values if self._is_ahead(rule)]

    def _is_ahead(self, rule: Rule) -> bool:
        return rule.slot.weekday is not None and rule.last_day >= self.today

    def _rule(self, rule: Rule) -> str:
        first, last = (words.day_with_year(day) for day in (rule.first_day, rule.last_day))
        when = (
            f"{first}–{last}"
            if rule.first_day > self.today
            else _("till och med %(day)s") % {"day": last}
        )
        return f"{recurring_words(rule)}, {when}"

    # --- For whom ----------------------------------------------------------------------------
    @property
    def facts(self) -> list[tuple[str, str]]:
        """What is asked most, as label and answer; what is not stated is left out."""
        activity = self.activity
        expecting = _("för den som väntar barn") if activity.for_expectant_parents else ""
        ages = words.ages(activity.min_age_months, activity.max_age_months)
        cost = " – ".join(filter(None, [cost_words(activity), self.text.cost_note]))
        rows = [
            (_("Ålder"), ", ".join(filter(None, [ages, expecting]))),
            (_("För vem"), group_words(activity.for_whom)),
            (_("Syskon"), siblings_words(activity.siblings)),
            (_("Språk"), language_words(activity.languages)),
            (_("Kostnad"), cost),
            (_("Ta med"), self.text.bring),
            (_("Var vi är"), setting_words(activity)),
        ]
        return [(label, words.capitalised(said)) for label, said in rows if said]

    # --- Where -------------------------------------------------------------------------------
    @property
    def venue(self) -> Venue | None:
        return self.activity.venue

    @property
    def centre(self) -> FamilyCentre:
        return self.activity.organiser.centre

    @property
    def organisers(self) -> list[ServiceAtCentre]:
        return self.activity.rooms

    # --- How sure ----------------------------------------------------------------------------
    @property
    def confirmation(self) -> Confirmation | None:
        return confirmation_of_activities(self.activity.organiser)

    @property
    def needs_check(self) -> bool:
        return needs_check(self.confirmation, self.at)
