"""The forms for one date of an activity: cancel it, move it, change it."""

from django import forms
from django.utils.translation import gettext_lazy as _

from services.forms import ClockField, DayField

from .. import hours_text as words
from ..models import Activity, OccurrenceChange, Venue
from ..whats_on.words import spelled_out
from .own_dates import ZONE, OwnDate
from .reason_form import ReasonForm
from .task_form import PhoneClockInput, PhoneDayInput

Kind = OccurrenceChange.Kind
SAME_PLACE, AT_HOME = "", "hos-arrangoren"


class DateForm(ReasonForm):
    """A change of the date `own`; `kind` is what it becomes."""

    kind = Kind.CANCELLED

    def __init__(self, data=None, *, own: OwnDate, version: str, user, **kwargs):
        self.own = own
        key = own.occurrence.key
        task = f"date {self.kind} {key.owner} {key.day} {key.starts_at}"
        initial = {"reason": "", **self.begins_with()}
        super().__init__(data, user=user, task=task, version=version, initial=initial, **kwargs)

    def begins_with(self) -> dict:
        return {}

    def change(self) -> OccurrenceChange:
        """What the form says, not yet saved."""
        key = self.own.occurrence.key
        return OccurrenceChange(
            id=self.key,
            activity=self.own.activity,
            day=key.day,
            starts_at=key.starts_at,
            kind=self.kind,
            reason=self.cleaned_data["reason"],
            note=self.cleaned_data["note"],
            **self.new_values(),
        )

    def new_values(self) -> dict:
        return {}


class CancelForm(DateForm):
    pass


class ElsewhereForm(DateForm):
    """Another place too: those where one's activities are held already, or at the organiser's."""

    place = forms.ChoiceField(label=_("Plats"), required=False)
    new_room = forms.CharField(
        label=_("Rum i huset"),
        max_length=OccurrenceChange._meta.get_field("new_room").max_length,
        required=False,
    )

    def __init__(self, *args, own: OwnDate, **kwargs):
        super().__init__(*args, own=own, **kwargs)
        self.fields["place"].choices = [
            (SAME_PLACE, _("Samma som planerat")),
            *([(AT_HOME, own.activity.organiser.centre.name)] if own.activity.venue_id else []),
            *((str(venue.pk), venue.name) for venue in _places_near(own.activity)),
        ]

    def new_values(self) -> dict:
        place = self.cleaned_data["place"]
        return {
            "new_room": self.cleaned_data["new_room"],
            "at_organiser": place == AT_HOME,
            "new_venue_id": place if place not in (SAME_PLACE, AT_HOME) else None,
        }


def _places_near(activity: Activity):
    """Those where something from the same house is held; others are chosen in the admin."""
    used = Activity.objects.filter(organiser__centre=activity.organiser.centre_id)
    places = Venue.objects.filter(pk__in=used.values("venue")).order_by("name")
    return places.exclude(pk=activity.venue_id) if activity.venue_id else places


class MoveForm(ElsewhereForm):
    kind = Kind.MOVED
    new_day = DayField(label=_("Ny dag"), widget=PhoneDayInput)
    new_starts_at = ClockField(label=_("Börjar"), widget=PhoneClockInput)
    new_ends_at = ClockField(label=_("Slutar"), widget=PhoneClockInput)

    def begins_with(self) -> dict:
        starts, ends = (moment.astimezone(ZONE) for moment in self.own.occurrence.planned)
        return {
            "new_day": self.own.occurrence.day,
            "new_starts_at": starts.time(),
            "new_ends_at": ends.time(),
        }

    def clean_new_day(self):
        day = self.cleaned_data["new_day"]
        if day < self.own.house.today:
            raise forms.ValidationError(_("Dagen har redan varit. Välj en senare."))
        return day

    def new_values(self) -> dict:
        names = ("new_day", "new_starts_at", "new_ends_at")
        return super().new_values() | {name: self.cleaned_data[name] for name in names}


class ChangeForm(ElsewhereForm):
    kind = Kind.CHANGED
    new_ends_at = ClockField(
        label=_("Slutar"),
        help_text=_("Tomt betyder som planerat."),
        widget=PhoneClockInput,
        required=False,
    )
    despite_closing = forms.BooleanField(
        label=_("Äger rum även om det är stängt"),
        help_text=_("Gäller också helgdagar och aftnar."),
        required=False,
    )

    def new_values(self) -> dict:
        names = ("new_ends_at", "despite_closing")
        return super().new_values() | {name: self.cleaned_data[name] for name in names}


def in_words(own: OwnDate) -> str:
    """ "Inställt. Sjukdom.", or when it is held where nothing differs."""
    return own.state or spelled_out(own.occurrence, ZONE)


def change_words(change: OccurrenceChange) -> str:
    """What somebody wrote, in a few words."""
    said = [str(change.get_kind_display())]
    if change.new_day and change.new_starts_at and change.new_ends_at:
        hours = f"{words.clock(change.new_starts_at)}–{words.clock(change.new_ends_at)}"
        said.append(f"{words.full_date(change.new_day)} {hours}")
    elif change.new_ends_at:
        said.append(str(_("slutar %(time)s")) % {"time": words.clock(change.new_ends_at)})
    cause = change.note or (change.get_reason_display() if change.reason else "")
    return ", ".join([*said, *([cause] if cause else [])])
