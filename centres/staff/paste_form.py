"""The forms of pasting: the text, the term, and a row for each thing that the text says."""

import re
from datetime import date
from uuid import UUID

from django import forms
from django.forms import BaseFormSet, formset_factory
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from services.forms import ClockField, DayField
from services.languages import SpokenLanguage
from services.models.line import WEEKDAYS
from services.validators import HIGHEST_AGE

from ..actions import Becomes, PastedRow
from ..known_venues import KnownVenues
from ..models import TimeSlot
from ..pasted.values import Kind, Row
from .task_form import PhoneClockInput, PhoneDayInput, TaskForm

MOST_CHARACTERS = 20_000
MOST_ROWS = 50  # a browser sends at most a thousand fields
# What is a thing of its own, not the open preschool's hours.
_ACTIVITY = re.compile(
    r"grupp|massage|kurs|träff|promenad|sfi|cirkel|språkcaf|bvc|sagostund|utflykt", re.IGNORECASE
)
_NO_TIMES = _("Fyll i från när till när.")
_NOT_A_TERM = _("Öppettider gäller hela terminen. Töm datumen, eller välj ”aktivitet”.")
_NEEDS = {
    Becomes.HOURS: ("weekday", "starts_at", "ends_at"),
    Becomes.ACTIVITY: ("name", "starts_at", "ends_at"),
    Becomes.OTHER_HOURS: ("first_day", "starts_at", "ends_at"),
    Becomes.CLOSED: ("first_day",),
    Becomes.CANCELLED: ("name", "first_day"),  # the date of an activity has its times
}


_WHOLE_DAY_OR_HOURS = (Becomes.CLOSED, Becomes.CANCELLED)


class TextForm(forms.Form):
    text = forms.CharField(
        label=_("Texten"),
        widget=forms.Textarea(attrs={"rows": 14}),
        help_text=_("Högst 20 000 tecken. Inget sparas förrän ni har tittat igenom raderna."),
        error_messages={"required": _("Klistra in en text först.")},
    )


class PasteForm(TaskForm):
    """What concerns all rows. The text travels along, so that it stays beside them."""

    text = forms.CharField(widget=forms.HiddenInput)
    first_day = DayField(label=_("Terminens första dag"), widget=PhoneDayInput)
    last_day = DayField(
        label=_("Terminens sista dag"),
        widget=PhoneDayInput,
        required=False,
        help_text=_("Behövs för aktiviteter som återkommer."),
    )
    ends_old = forms.BooleanField(
        label=_("Låt de gamla öppettiderna sluta dagen före"), required=False
    )
    is_confirmed = forms.BooleanField(
        label=_("Jag har gått igenom raderna: de stämmer"),
        help_text=_("Utan krysset står det ”ring före besök” hos läsarna tills ni har bekräftat."),
        required=False,
    )

    def clean(self):
        data = super().clean()
        first, last = data.get("first_day"), data.get("last_day")
        if first and last and last < first:
            self.add_error("last_day", _now("Sista dagen ligger före första dagen."))
        return data


class PastedRowForm(forms.Form):
    """A row that is not ticked is left as it is, whatever stands in it."""

    line = forms.IntegerField(widget=forms.HiddenInput, min_value=1)
    include = forms.BooleanField(label=_("Ta med"), required=False)
    becomes = forms.ChoiceField(label=_("Blir"), choices=Becomes)
    name = forms.CharField(label=_("Namn"), max_length=60, required=False)
    weekday = forms.TypedChoiceField(
        label=_("Veckodag"), choices=[("", "–"), *WEEKDAYS], coerce=int, empty_value=None,
        required=False,
    )  # fmt: skip
    first_day = DayField(label=_("Dag, eller första dagen"), widget=PhoneDayInput, required=False)
    last_day = DayField(label=_("Sista dagen"), widget=PhoneDayInput, required=False)
    starts_at = ClockField(label=_("Från"), widget=PhoneClockInput, required=False)
    ends_at = ClockField(label=_("Till"), widget=PhoneClockInput, required=False)
    min_age_months = forms.IntegerField(
        label=_("Från ålder (månader)"), min_value=0, max_value=HIGHEST_AGE, required=False
    )
    max_age_months = forms.IntegerField(
        label=_("Till och med (månader)"),
        min_value=0,
        max_value=HIGHEST_AGE,
        required=False,
    )
    week_parity = forms.ChoiceField(label=_("Veckor"), choices=TimeSlot.WeekParity)
    nth_in_month = forms.TypedChoiceField(
        label=_("Bara en gång i månaden"), choices=[("", "–"), *TimeSlot.NTH], coerce=int,
        empty_value=None, required=False,
    )  # fmt: skip
    siblings = forms.ChoiceField(label=_("Syskon"), choices=TimeSlot.Siblings)
    sign_up = forms.BooleanField(label=_("Anmälan behövs"), required=False)
    language = forms.ChoiceField(
        label=_("Språk"), choices=[("", "–"), *SpokenLanguage.choices], required=False
    )
    song_at = ClockField(label=_("Sång"), widget=PhoneClockInput, required=False)
    where = forms.CharField(label=_("Annan plats"), max_length=60, required=False)

    MAIN = (
        "becomes",
        "name",
        "weekday",
        "first_day",
        "starts_at",
        "ends_at",
        "min_age_months",
        "max_age_months",
    )
    MORE = (
        "siblings",
        "week_parity",
        "nth_in_month",
        "last_day",
        "song_at",
        "language",
        "where",
        "sign_up",
    )

    @property
    def main_fields(self):
        return [self[name] for name in self.MAIN]

    @property
    def more_fields(self):
        return [self[name] for name in self.MORE]

    def clean(self):
        data = super().clean()
        if not data.get("include"):
            self._errors.clear()
            return data
        for name in _NEEDS.get(data.get("becomes"), ()):
            if data.get(name) in (None, "") and name not in self._errors:
                self.add_error(name, _now("Fyll i fältet."))
        self._check_times(data)
        self._check_days(data)
        return data

    def _check_times(self, data) -> None:
        starts, ends = data.get("starts_at"), data.get("ends_at")
        if starts and ends and ends <= starts:
            self.add_error("ends_at", _now("Sluttiden måste vara senare än starttiden."))
        if bool(starts) != bool(ends) and data.get("becomes") in _WHOLE_DAY_OR_HOURS:
            self.add_error("ends_at", _NO_TIMES)

    def _check_days(self, data) -> None:
        first, last = data.get("first_day"), data.get("last_day")
        if first and last and last < first:
            self.add_error("last_day", _now("Sista dagen ligger före första dagen."))
        if data.get("becomes") == Becomes.HOURS and (first or last):
            self.add_error("first_day" if first else "last_day", _NOT_A_TERM)
        if data.get("becomes") == Becomes.ACTIVITY and not first and not data.get("weekday"):
            self.add_error("weekday", _now("Välj en veckodag eller fyll i ett datum."))

    def place_words(self, venues: KnownVenues, district: UUID) -> str:
        """Whether another place is one that the portal knows, or "" where none is named."""
        where = self["where"].value() or ""
        venue = venues.called(where, district)
        if venue:
            return ": ".join(filter(None, [_now("Platsen finns i portalen"), venue.address]))
        return _now("Platsen finns inte i portalen, så namnet läggs i texten") if where else ""

    def as_row(self, number: int) -> PastedRow:
        names = PastedRow.__dataclass_fields__.keys() - {"number"}
        return PastedRow(number=number, **{name: self.cleaned_data[name] for name in names})


PastedRows = formset_factory(
    PastedRowForm,
    BaseFormSet,
    extra=0,
    max_num=MOST_ROWS,
    absolute_max=MOST_ROWS,
    validate_max=True,
)


def proposed(row: Row, term_from: date | None = None) -> dict:
    """What the form of a read row begins with; ticked if it has all it needs.

    The term's own first day need not be said again.
    """
    begins = row.from_ if row.from_ != term_from else None
    becomes = Becomes.ACTIVITY if begins else _becomes(row)
    initial = {
        "line": row.line,
        "becomes": becomes,
        "name": row.name,
        "weekday": row.weekday,
        "first_day": row.date or begins,
        "last_day": row.last_date or row.until,
        "starts_at": row.starts_at,
        "ends_at": row.ends_at,
        "min_age_months": row.min_age_months,
        "max_age_months": row.max_age_months,
        "week_parity": row.parity,
        "nth_in_month": row.nth,
        "siblings": TimeSlot.Siblings.UNSTATED,
        "sign_up": bool(row.sign_up),
        "language": row.language or "",
        "song_at": row.song_at,
        "where": row.where or "",
    }
    needs = _NEEDS[becomes]
    if becomes == Becomes.CANCELLED:
        needs += ("starts_at", "ends_at")
    return initial | {"include": all(initial[name] not in (None, "") for name in needs)}


def _becomes(row: Row) -> Becomes:
    if row.kind is Kind.CLOSED:
        return Becomes.CLOSED
    if row.kind is Kind.CANCELLED:
        return Becomes.CANCELLED
    if row.kind is Kind.SINGLE:
        is_open = row.name.lower().startswith("öppet") and row.last_date is None
        return Becomes.OTHER_HOURS if is_open else Becomes.ACTIVITY
    is_own = row.sign_up or row.where or row.until or _ACTIVITY.search(row.name)
    return Becomes.ACTIVITY if is_own else Becomes.HOURS
