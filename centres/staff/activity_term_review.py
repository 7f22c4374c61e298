"""What to look at before activities are saved for a new term: tried, and taken back."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _now

from .. import hours_text as words
from ..house import House
from ..models import Activity
from ..programme_of_many import ProgrammeOfMany
from ..programme_values import Occurrence, State, Why
from ..room_clashes import clashes
from ..staff_words import days_in_words, long_year_warnings
from ..whats_on.words import spelled_out
from .activity_term_form import ActivityTermForm
from .holidays import questions
from .own_dates import ZONE


class Review:
    """Of what `form` would save: the times, what they clash with, and the days to answer for."""

    def __init__(self, form: ActivityTermForm, by, house: House):
        data = form.cleaned_data
        self.days = days_in_words(data["first_day"], data["last_day"])
        self.laid_out = [
            (source.activity, source.laid_out(data["first_day"], data["last_day"]))
            for source in form.chosen
        ]
        self.problems: list[str] = []
        self.room_clashes: list[str] = []
        self.unanswered: list[str] = []
        self.unanswered_without_hours: list[str] = []
        self.closed: list[str] = []
        with transaction.atomic():
            try:
                form.copy(by)
                self._look_at(form, house)
            except ValidationError as error:
                self.problems = error.messages
            transaction.set_rollback(True)
        alternates = any(
            row.week_parity != "every" for source in form.chosen for row in source.times
        )
        edges = data["first_day"], data["last_day"]
        self.warnings = long_year_warnings(*edges) if alternates else []

    def _look_at(self, form: ActivityTermForm, house: House) -> None:
        activities = Activity.objects.filter(organiser__centre=house.centre)
        found = ProgrammeOfMany(
            form.cleaned_data["first_day"],
            form.cleaned_data["last_day"],
            activities=activities,
        ).between()
        names = {str(row.pk): str(row) for row in activities.prefetch_related("texts")}
        chosen = set(form.cleaned_data["activities"])
        own = [one for one in found if one.key.owner in chosen]
        self._list_unanswered(form, house, own, names)
        self.closed = [_named(one, names) for one in own if one.state is State.SUSPENDED]
        self.room_clashes = [
            clash_words(one, other, names)
            for one, other in clashes(found)
            if chosen & {one.key.owner, other.key.owner}
        ]

    def _list_unanswered(self, form, house: House, own: list[Occurrence], names) -> None:
        """The list of holidays asks only of days on which the room would have hours."""
        rooms = {key: source.activity.organiser_id for key, source in form.sources.items()}
        asked = {(each.room.place.pk, each.day) for each in questions(house.rooms, house)}
        for one in own:
            if one.why is Why.HOLIDAY_UNANSWERED and one.holiday:
                is_asked = (rooms[one.key.owner], one.day) in asked
                days = self.unanswered if is_asked else self.unanswered_without_hours
                days.append(f"{_named(one, names)}: {one.holiday.name}")


def _named(one: Occurrence, names: dict[str, str]) -> str:
    when = words.capitalised(spelled_out(one, ZONE))
    return f"{when} {one.day.year}, {names[one.key.owner]}"


def clash_words(one: Occurrence, other: Occurrence, names: dict[str, str]) -> str:
    said = {
        "when": words.capitalised(spelled_out(other, ZONE)),
        "room": one.room,
        "one": names[one.key.owner],
        "other": names[other.key.owner],
    }
    return _now("%(when)s: %(one)s och %(other)s i samma rum, %(room)s") % said
