"""Forms of staff for activities, their times, the dates that differ, and other places."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from services.forms import (
    ClockField,
    ClockInput,
    StaffForm,
    StaffFormSet,
    VersionedForm,
    WebAddressField,
)
from services.languages import SpokenLanguage

from .actions import check_change, check_recurrences, days_of, lock
from .forms import PhoneField
from .models import Activity, ForWhom, OccurrenceChange, Recurrence, Venue


class ActivityForm(VersionedForm):
    version_parts = ("texts", "recurrences", "shared_with", "changes")
    for_whom = forms.MultipleChoiceField(
        label=_("Särskilt för"),
        choices=ForWhom,
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=_("Kryssa bara i det som aktiviteten är till för. Utan kryss är alla välkomna."),
    )
    languages = forms.MultipleChoiceField(
        label=_("Språk som den hålls på"),
        choices=SpokenLanguage,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    class Meta:
        model = Activity
        fields = "__all__"
        field_classes = {"sign_up_phone": PhoneField, "sign_up_url": WebAddressField}

    def check(self):
        if not self.instance._state.adding:
            lock(self.instance.organiser)
        self.refuse_stale()


class RecurrenceForm(StaffForm):
    """A time. The tick keeps a slip of the pen from becoming a whole night."""

    ends_next_day = forms.BooleanField(label=_("Slutar nästa dag"), required=False)

    class Meta:
        model = Recurrence
        fields = (
            "weekday",
            "starts_at",
            "ends_at",
            "first_day",
            "last_day",
            "week_parity",
            "nth_in_month",
        )
        field_classes = {"starts_at": ClockField, "ends_at": ClockField}
        widgets = {"starts_at": ClockInput, "ends_at": ClockInput}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "last_day" in self.fields:
            self.fields["last_day"].required = False
            self.fields["last_day"].help_text = _("Lämna tomt för ett enda tillfälle.")
        if self.instance.starts_at and self.instance.ends_at:
            self.initial.setdefault("ends_next_day", self.instance.ends_next_day)

    def clean(self):
        """A single date says its weekday itself; one that says another is a slip."""
        cleaned = super().clean() or self.cleaned_data
        first = cleaned.get("first_day")
        cleaned["last_day"] = cleaned.get("last_day") or first
        if first and cleaned["last_day"] == first and cleaned.get("weekday"):
            if cleaned["weekday"] != first.isoweekday():
                self.add_error("weekday", _ANOTHER_WEEKDAY)
            cleaned["weekday"] = None
        self._check_end(cleaned.get("starts_at"), cleaned.get("ends_at"), cleaned["ends_next_day"])
        return cleaned

    def _check_end(self, starts_at, ends_at, ends_next_day: bool):
        if starts_at is None or ends_at is None:
            return
        if ends_at <= starts_at and not ends_next_day:
            self.add_error("ends_at", _ENDS_TOO_EARLY)
        if ends_at > starts_at and ends_next_day:
            self.add_error("ends_next_day", _TOO_LONG)


_ANOTHER_WEEKDAY = _(
    "Dagen är en annan veckodag. Rätta den, eller fyll i en sista dag om det återkommer."
)
_ENDS_TOO_EARLY = _(
    "Sluttiden måste vara senare än starttiden. Rätta den, eller kryssa i ”slutar nästa dag” om "
    "det håller på över midnatt."
)
_TOO_LONG = _("Ett tillfälle kan vara högst 24 timmar. Ta bort krysset eller rätta tiderna.")


class RecurrenceFormSet(StaffFormSet):
    """All the times of an activity, which must come at some time and not begin together."""

    def clean(self):
        super().clean()
        if any(self.errors):
            return
        kept = self.kept_forms()
        for form in kept:
            try:
                days_of(form.instance)
            except ValidationError as refused:
                form.add_error(None, refused)
        if not any(form.errors for form in kept):
            check_recurrences(form.instance for form in kept)


class OccurrenceChangeForm(StaffForm):
    class Meta:
        model = OccurrenceChange
        fields = (
            "day",
            "starts_at",
            "kind",
            "reason",
            "note",
            "new_day",
            "new_starts_at",
            "new_ends_at",
            "new_venue",
            "at_organiser",
            "new_room",
            "despite_closing",
        )
        field_classes = dict.fromkeys(("starts_at", "new_starts_at", "new_ends_at"), ClockField)
        widgets = dict.fromkeys(("starts_at", "new_starts_at", "new_ends_at"), ClockInput)

    def _post_clean(self):
        """Once the row itself is sound: was anything planned then?"""
        super()._post_clean()
        if self.errors or not self.has_changed():
            return
        try:
            check_change(self.instance)
        except ValidationError as refused:
            self.add_error(None, ValidationError(refused.messages))


class VenueForm(VersionedForm):
    version_parts = ("texts",)

    class Meta:
        model = Venue
        fields = "__all__"

    def check(self):
        self.refuse_stale()
