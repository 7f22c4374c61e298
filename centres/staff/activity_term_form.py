"""The form for activities in a new term: its dates, which of them, and which are gone through."""

from datetime import date, timedelta
from uuid import uuid5

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from services.forms import DayField
from services.versions import version_of

from ..actions import copy_to_term
from ..house import House
from ..models import Recurrence
from .activity_term_sources import Source, not_yet_in, version_of_sources
from .task_form import PhoneDayInput, TaskForm

LONGEST = timedelta(days=400)


class ActivityTermForm(TaskForm):
    CHECK, SAVE = "check", "save"
    first_day = DayField(label=_("Första dagen"), widget=PhoneDayInput)
    last_day = DayField(label=_("Sista dagen"), widget=PhoneDayInput)
    activities = forms.MultipleChoiceField(
        label=_("Ta med"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Kryssa i minst en aktivitet.")},
    )
    confirmed = forms.MultipleChoiceField(
        label=_("Jag har gått igenom tiderna: de stämmer"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    looked_at = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, data=None, *, sources: list[Source], user, house: House, asked: dict):
        self.sources = {str(source.activity.pk): source for source in sources}
        super().__init__(
            data,
            user=user,
            task=f"activities of a term {house.centre.pk}",
            version=version_of_sources(sources),
            initial=_new_dates(sources, house.today) | asked,
        )
        choices = [(key, str(source.activity)) for key, source in self.sources.items()]
        self.fields["activities"].choices = self.fields["confirmed"].choices = choices
        first = self.initial.get("first_day") or house.today
        waiting = not_yet_in(sources, first)
        self.initial["activities"] = [str(source.activity.pk) for source in waiting]

    def clean(self):
        data = super().clean()
        first, last = data.get("first_day"), data.get("last_day")
        if first and last and last <= first:
            self.add_error("last_day", _now("Sista dagen måste vara efter den första."))
        elif first and last and last - first > LONGEST:
            self.add_error("last_day", _now("En termin kan vara högst ett drygt år."))
        return data

    @property
    def chosen(self) -> list[Source]:
        return [self.sources[key] for key in self.cleaned_data["activities"]]

    @property
    def mark(self) -> str:
        """Of what is looked at before it is saved."""
        data = self.cleaned_data
        return version_of(data["first_day"], data["last_day"], sorted(data["activities"]))

    def look_again(self) -> None:
        self._send_along("looked_at", self.mark)

    def copy(self, by) -> dict[str, list[Recurrence]]:
        """The new times by the key of their activity."""
        data = self.cleaned_data
        return {
            str(source.activity.pk): copy_to_term(
                activity=source.activity,
                recurrences=source.times,
                first_day=data["first_day"],
                last_day=data["last_day"],
                key=uuid5(self.key, str(source.activity.pk)),
                by=by,
            )
            for source in self.chosen
        }


def _new_dates(sources: list[Source], today: date) -> dict:
    """From the Monday after the last time of all, as long as they have lasted."""
    if not sources:
        return {}
    ended = max(source.last_day for source in sources)
    lasted = ended - min(source.first_day for source in sources)
    after = max(ended, today)
    first = after + timedelta(days=8 - after.isoweekday())
    return {"first_day": first, "last_day": first + min(lasted, LONGEST)}
