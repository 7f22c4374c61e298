"""Forms of staff for houses, rooms and hours. The admin uses them, and so can any other page."""

import re

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from services.forms import (
    ClockField,
    ClockInput,
    StaffFormSet,
    VersionedForm,
    WebAddressField,
    refuse_future,
)
from services.languages import Language, SpokenLanguage

from .actions import (
    check_exception,
    check_exception_slots,
    check_schedule,
    lock,
    opening_exceptions_within,
)
from .models import (
    ContactPerson,
    ExceptionSlot,
    FamilyCentre,
    NoticeText,
    ServiceAtCentre,
    TimeSlot,
)
from .staff_words import exception_in_words, exceptions_in_words, schedule_in_words

# Area codes written with their dash; the rest of the number in groups as is usual in Sweden.
_AREA = re.compile(r"(08|010|020|031|040|07[02369])(\d{5,8})")
_GROUPS = {5: (3, 2), 6: (2, 2, 2), 7: (3, 2, 2), 8: (3, 3, 2)}


def tidy_phone_number(value: str) -> str:
    """ "0046313650000", "+46 (0)31-3650000" and "031 365 00 00" all become "031-365 00 00".

    Numbers of other countries and unknown area codes keep their grouping as it was written. Digits
    of other scripts become those of a dial.
    """
    value = re.sub(r"\d", lambda digit: str(int(digit[0])), value)
    value = re.sub(r"[\u2010-\u2015\u2212]", "-", value)
    value = re.sub(r"\s+", " ", value).strip()
    value = re.sub(r"^(\+|00)46[ -]?(\(0\))?[ -]?0?", "0", value)
    match = _AREA.fullmatch(re.sub(r"[ -]", "", value))
    return f"{match[1]}-{_grouped(match[2])}" if match else value


def _grouped(digits: str) -> str:
    parts, start = [], 0
    for size in _GROUPS[len(digits)]:
        parts.append(digits[start : start + size])
        start += size
    return " ".join(parts)


class PhoneField(forms.CharField):
    """A telephone number, kept in one way of writing."""

    def to_python(self, value):
        return tidy_phone_number(super().to_python(value))


# --- Houses ----------------------------------------------------------------------------------
class StatedField(forms.TypedChoiceField):
    """Yes, no or "nobody knows": one of them must be chosen, since readers filter by it."""

    ANSWERS = {"yes": True, "no": False, "unknown": None}
    CHOICES = [("yes", _("Ja")), ("no", _("Nej")), ("unknown", _("Vet inte"))]

    def __init__(self, **kwargs):
        choices = [("", _("Välj")), *self.CHOICES]
        super().__init__(choices=choices, coerce=self.ANSWERS.get, empty_value=None, **kwargs)

    def prepare_value(self, value):
        return {True: "yes", False: "no"}.get(value, value)


class FamilyCentreForm(VersionedForm):
    version_parts = ("texts", "former_slugs")
    step_free_entrance = StatedField(label=_("Entré utan trappsteg"))

    class Meta:
        model = FamilyCentre
        fields = "__all__"

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        is_unstated = self.instance.step_free_entrance is None
        if is_unstated and not self.instance._state.adding:
            self.initial["step_free_entrance"] = "unknown"

    def check(self):
        lock(self.instance)
        self.refuse_stale()


# --- Rooms -----------------------------------------------------------------------------------
class ServiceAtCentreForm(VersionedForm):
    version_parts = ("texts", "contact_people")
    languages = forms.MultipleChoiceField(
        label=_("Språk som personalen talar"),
        choices=SpokenLanguage,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Välj minst ett språk. Föräldrar söker på språk.")},
        help_text=_("Språk som besökare kan räkna med utan tolk."),
    )

    class Meta:
        model = ServiceAtCentre
        fields = (
            "centre",
            "service",
            "organisation",
            "phone",
            "email",
            "booking_url",
            "languages",
        )
        field_classes = {"phone": PhoneField, "booking_url": WebAddressField}

    def check(self):
        lock(self.instance)
        self.refuse_stale()


class ContactPersonForm(VersionedForm):
    class Meta:
        model = ContactPerson
        fields = ("service_at_centre", "role", "approved_on", "name", "phone", "languages")
        field_classes = {"phone": PhoneField}

    def clean_approved_on(self):
        return refuse_future(self.cleaned_data["approved_on"])


# --- Confirmations ---------------------------------------------------------------------------
class ConfirmationForm(VersionedForm):
    def clean_confirmed_at(self):
        return refuse_future(self.cleaned_data["confirmed_at"])


# --- Hours -----------------------------------------------------------------------------------
HOURS_FIELDS = (
    "opens_at",
    "closes_at",
    "label",
    "min_age_months",
    "max_age_months",
    "siblings",
    "language",
)


class HoursForm(forms.ModelForm):
    """One span of time. The tick keeps a slip of the pen from becoming a whole night."""

    ends_next_day = forms.BooleanField(label=_("Stänger nästa dag"), required=False)

    class Meta:
        fields = HOURS_FIELDS
        field_classes = {"opens_at": ClockField, "closes_at": ClockField}
        widgets = {"opens_at": ClockInput, "closes_at": ClockInput}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.opens_at and self.instance.closes_at:
            self.initial.setdefault("ends_next_day", self.instance.ends_next_day)

    def clean(self):
        cleaned = super().clean()
        opens_at, closes_at = cleaned.get("opens_at"), cleaned.get("closes_at")
        if opens_at is None or closes_at is None:
            return cleaned
        if closes_at <= opens_at and not cleaned["ends_next_day"]:
            self.add_error("closes_at", _STOPS_TOO_EARLY)
        if closes_at > opens_at and cleaned["ends_next_day"]:
            self.add_error("ends_next_day", _TOO_LONG)
        return cleaned


_STOPS_TOO_EARLY = _(
    "Stängningstiden måste vara senare än öppningstiden. Rätta den, eller kryssa i ”stänger nästa "
    "dag” om det är öppet över midnatt."
)
_TOO_LONG = _("Ett pass kan vara högst 24 timmar. Ta bort krysset eller rätta tiderna.")


class TimeSlotForm(HoursForm):
    class Meta(HoursForm.Meta):
        model = TimeSlot
        fields = ("weekday", *HOURS_FIELDS, "week_parity", "nth_in_month")


class ExceptionSlotForm(HoursForm):
    class Meta(HoursForm.Meta):
        model = ExceptionSlot


class ScheduleForm(VersionedForm):
    version_parts = ("slots",)
    confirm_now = forms.BooleanField(
        label=_("Jag bekräftar att tiderna stämmer i dag"),
        required=False,
        help_text=_(
            "Läsarna ser när tiderna senast bekräftades. Är de inte bekräftade står det ”ring före "
            "besök”."
        ),
    )

    def check(self):
        check_schedule(self.instance)
        self.refuse_stale()

    def saved_in_words(self, row):
        return schedule_in_words(row)


class ExceptionSlotFormSet(StaffFormSet):
    """The hours of an exception, as many as its kind asks for."""

    def clean(self):
        super().clean()
        if not any(self.errors) and self.instance.kind:
            check_exception_slots(self.instance, len(self.kept_forms()))


class ScheduleExceptionForm(VersionedForm):
    """Days that differ.

    A `closed` over days that something narrower would open is stopped once, with a list of what
    would open; the answer then waits on "close that too".
    """

    version_parts = ("slots",)
    CLOSE, KEEP = "close", "keep"
    RULE = frozenset({"kind", "channel", "first_day", "last_day"})
    narrower = forms.ChoiceField(
        label=_("Det som ändå skulle vara öppet"),
        choices=[(CLOSE, _("Stäng det också")), (KEEP, _("Låt det vara öppet"))],
        widget=forms.RadioSelect,
        required=False,
    )
    until_further_notice = forms.BooleanField(label=_("Tills vidare"), required=False)
    opening = ()

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "last_day" in self.fields:
            self.fields["last_day"].help_text = _("Tomt betyder bara den första dagen.")
        if not self.instance._state.adding and self.instance.last_day is None:
            self.initial["until_further_notice"] = True
        if "service_at_centre" in self.fields and "centre" not in self.fields:
            self.fields["service_at_centre"].required = True

    def clean(self):
        """A day left empty is a slip more often than a closure without end: that is ticked."""
        data = super().clean() or self.cleaned_data
        if data.get("until_further_notice"):
            if data.get("last_day"):
                self.add_error("last_day", _("Ange en sista dag eller ”tills vidare”, inte båda."))
        elif "last_day" in data and not data["last_day"]:
            data["last_day"] = data.get("first_day")
        return data

    @property
    def keeps_narrower(self) -> bool:
        return self.cleaned_data.get("narrower") == self.KEEP or not self._decides_anew()

    def check(self):
        check_exception(self.instance)
        self.refuse_stale()
        if self._decides_anew() and not self.cleaned_data["narrower"]:
            self._ask_about_narrower()

    def saved_in_words(self, row):
        return exception_in_words(row)

    def _decides_anew(self) -> bool:
        """Only new rules are asked about, not a changed reason."""
        return self.instance._state.adding or bool(self.RULE & set(self.changed_data))

    def _ask_about_narrower(self):
        self.opening = opening_exceptions_within(self.instance)
        if not self.opening:
            return
        self.data = self.data.copy()
        self.data[self.add_prefix("narrower")] = self.CLOSE
        self.add_error(None, _WOULD_OPEN % {"list": exceptions_in_words(self.opening)})


_WOULD_OPEN = _(
    "De här dagarna skulle det ändå vara öppet: %(list)s. Välj under ”Det som ändå skulle vara "
    "öppet” om det också ska stängas eller vara öppet, och spara igen."
)


# --- Notices ---------------------------------------------------------------------------------
class NoticeForm(VersionedForm):
    """A notice together with its Swedish words."""

    version_parts = ("texts",)

    heading = forms.CharField(
        label=_("Det viktigaste, i en mening"),
        max_length=NoticeText._meta.get_field("heading").max_length,
        widget=forms.TextInput(attrs={"class": "vTextField"}),
    )
    body = forms.CharField(
        label=_("Mer"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3, "class": "vLargeTextField"}),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "starts_at" in self.fields:
            self.fields["starts_at"].initial = timezone.now
        text = self._swedish_text()
        if text:
            self.initial |= {"heading": text.heading, "body": text.body}

    def check(self):
        lock(self.instance.service_at_centre or self.instance.centre)
        self.refuse_stale()

    def _swedish_text(self) -> NoticeText | None:
        if self.instance._state.adding:
            return None
        return next((t for t in self.instance.texts.all() if t.language == Language.SWEDISH), None)

    def _save_m2m(self):
        """The words belong to the notice's own row, so they are saved once it has been."""
        super()._save_m2m()
        text = self._swedish_text() or NoticeText(notice=self.instance)
        text.heading, text.body = self.cleaned_data["heading"], self.cleaned_data["body"]
        text.save()
