"""What forms of staff share: fields that take times and dates as people in Sweden write them."""

import re
from datetime import date, datetime, time
from uuid import UUID, uuid4

from django import forms
from django.contrib.admin.widgets import AdminDateWidget, AdminSplitDateTime, AutocompleteSelect
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.forms.models import InlineForeignKeyField
from django.utils import timezone
from django.utils.text import format_lazy, slugify
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from .validators import FIRST_DAY, LAST_DAY
from .versions import hold, last_saved, version_of_row

_CLOCK = re.compile(r"(\d{1,2})(?:[.:]?(\d{2}))?")
# Never month first: 1/12 is the first of December.
DAY_FORMATS = ["%Y-%m-%d", "%Y%m%d", "%d/%m %Y", "%d/%m/%Y", "%d.%m.%Y"]
_WRONG_YEAR = _("Året ska vara mellan 1900 och 2100. Kontrollera årtalet.")


class ClockInput(forms.TimeInput):
    """A short text field that shows 09.30."""

    def __init__(self, attrs=None):
        super().__init__({"size": 6, "autocomplete": "off", **(attrs or {})}, format="%H.%M")


class ClockField(forms.TimeField):
    """A time of the day: 9, 9.30, 9:30, 930 and 24 (midnight) are all understood."""

    widget = ClockInput
    default_error_messages = {"invalid": _("Skriv klockslaget så här: 9.30.")}

    def to_python(self, value):
        if value in self.empty_values or isinstance(value, time):
            return value or None
        match = _CLOCK.fullmatch(str(value).strip())
        if not match:
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        hour, minute = int(match[1]), int(match[2] or 0)
        if (hour, minute) == (24, 0):
            return time(0)
        try:
            return time(hour, minute)
        except ValueError:
            raise ValidationError(self.error_messages["invalid"], code="invalid") from None


class DayField(forms.DateField):
    """A date: 2026-12-01 first of all, also 1/12 2026."""

    default_error_messages = {"invalid": _("Skriv datumet så här: 2026-12-01.")}
    default_validators = [
        MinValueValidator(FIRST_DAY, _WRONG_YEAR),
        MaxValueValidator(LAST_DAY, _WRONG_YEAR),
    ]

    def __init__(self, **kwargs):
        super().__init__(**{"input_formats": DAY_FORMATS, **kwargs})


class MomentWidget(AdminSplitDateTime):
    """The admin's date and time, with our short time field."""

    def __init__(self, attrs=None):
        day = AdminDateWidget({"aria-label": _("datum")})
        clock = ClockInput({"aria-label": _("klockslag")})
        forms.MultiWidget.__init__(self, [day, clock], attrs)


class MomentField(forms.SplitDateTimeField):
    """A date and a time of the day."""

    widget = MomentWidget

    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        self.fields = (DayField(required=False), ClockField(required=False))


def refuse_future(value: date | datetime | None):
    """Return a day or a moment at which something has been done; it cannot be still to come."""
    now = timezone.now() if isinstance(value, datetime) else timezone.localdate()
    if value and value > now:
        raise ValidationError(_now("Det kan inte ligga i framtiden. Kontrollera datumet."))
    return value


class DegreesField(forms.DecimalField):
    """A latitude or a longitude, with a comma or a point and as many decimals as a map gives."""

    widget = forms.TextInput(attrs={"inputmode": "decimal", "size": 12})

    def to_python(self, value):
        if isinstance(value, str):
            value = value.strip().replace(",", ".")
        degrees = super().to_python(value)
        if degrees is None or not degrees.is_finite() or degrees.copy_abs() > 360:
            return degrees
        return round(degrees, self.decimal_places)


def may_be_key(model: type[models.Model], value: str) -> bool:
    """Whether a row could have the key `value`, which may be any text that came over the net."""
    try:
        model._meta.pk.clean(value, None)
    except ValidationError:
        return False
    return True


class RowChooser(AutocompleteSelect):
    """A search for a row, with words in the field while nothing is chosen."""

    def optgroups(self, name, value, attr=None):
        """A link or a form may bring what is no key at all: nothing is chosen then."""
        model = self.choices.queryset.model
        return super().optgroups(name, [key for key in value if may_be_key(model, key)], attr)

    def build_attrs(self, base_attrs, extra_attrs=None):
        attrs = super().build_attrs(base_attrs, extra_attrs)
        return attrs | {"data-placeholder": _("Sök och välj")}


class WebAddressField(forms.URLField):
    """A web address; https where none is written."""

    def __init__(self, **kwargs):
        super().__init__(**{"assume_scheme": "https", **kwargs})


class AddressField(forms.SlugField):
    """The last part of a page's address, made of the words somebody writes: "Nytt i Tuve" gives
    nytt-i-tuve."""

    def __init__(self, *, help_text="", **kwargs):
        more = _("Skriv vanliga ord, så görs de om till en adress.")
        super().__init__(help_text=format_lazy("{} {}", help_text, more), **kwargs)

    def to_python(self, value):
        return slugify(super().to_python(value))


class StaffForm(forms.ModelForm):
    """A form whose row must keep every constraint, also where a page leaves out some of its fields.

    `check` is for what the row must keep besides; it runs when all else is in order, and what its
    ValidationError says is shown.
    """

    def check(self):
        pass

    def _post_clean(self):
        super()._post_clean()
        if self.errors:
            return
        try:
            self.instance.validate_constraints(exclude=self._parents_to_come())
            self.check()
        except ValidationError as error:
            self.add_error(None, error)

    def _parents_to_come(self) -> set[str]:
        """The fields for rows that this one is written inside of and that are still to be saved."""
        return {
            name
            for name, field in self.fields.items()
            if isinstance(field, InlineForeignKeyField) and field.parent_instance._state.adding
        }


class VersionField(forms.CharField):
    """The hidden version that a form was made from; never a change of its own."""

    def __init__(self):
        super().__init__(required=False, widget=forms.HiddenInput)

    def has_changed(self, initial, data):
        return False


class VersionedForm(StaffForm):
    """A form that refuses once to overwrite what somebody else has saved since it was made.

    That of a new row carries the row's key instead, so that sent twice it makes one row.

    A subclass that holds more than the row does so in `check`; it says in `saved_in_words` what is
    saved, and names in `version_parts` the rows that are changed on the same page, in
    `version_without` the fields that change by themselves.
    """

    version = VersionField()
    instance_key: UUID | None = None
    version_parts: tuple[str, ...] = ()
    version_without: tuple[str, ...] = ()

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if not self.instance._state.adding:
            self.initial["version"] = self._version_of(self.instance)
        elif self._carries_key():
            self.initial["version"] = str(uuid4())

    def _carries_key(self) -> bool:
        """Not inside another form: of its rows a browser makes more from one that is empty."""
        is_new = self.instance._state.adding and self.prefix is None
        return is_new and isinstance(self.instance._meta.pk, models.UUIDField)

    def _post_clean(self):
        if self._carries_key():
            self._take_key(self.cleaned_data.get("version", ""))
        super()._post_clean()

    def _take_key(self, key: str) -> None:
        if not key or not may_be_key(self._meta.model, key):
            return
        model, self.instance_key = self._meta.model, UUID(key)
        self.instance.pk = self.instance_key
        known = [model._base_manager, getattr(model, "history", model._base_manager)]
        if any(rows.filter(**{model._meta.pk.attname: key}).exists() for rows in known):
            self.add_error(None, _now("Det är redan sparat: formuläret kom fram två gånger."))

    def check(self):
        hold(self.instance)
        self.refuse_stale()

    def _version_of(self, row) -> str:
        return version_of_row(row, *self.version_parts, without=self.version_without)

    def saved_in_words(self, row) -> str:
        """Of each field where what is saved differs from the form: "Telefon: 031-365 00 00"."""
        names = [f.name for f in self._meta.model._meta.fields if f.name in self.cleaned_data]
        differing = [
            (self.fields[name].label, self._shown(row, name))
            for name in names
            if getattr(row, name) != self.cleaned_data[name]
        ]
        said = "; ".join(f"{label}: {value}" for label, value in differing)
        return said or _now("ändringarna som står under ”Historik”")

    def _shown(self, row, name: str) -> str:
        value = getattr(row, name)
        if self._meta.model._meta.get_field(name).choices:
            value = getattr(row, f"get_{name}_display")()
        elif isinstance(value, list):
            value = ", ".join(map(str, value))
        return str(value) if value not in (None, "") else "–"

    def refuse_stale(self) -> None:
        """Show what is saved; to save once more is then to choose one's own."""
        made_from = self.cleaned_data.get("version")
        if self.instance._state.adding or not made_from:
            return
        saved = type(self.instance)._base_manager.filter(pk=self.instance.pk).first()
        version = self._version_of(saved) if saved else made_from
        if version == made_from:
            return
        self.data = self.data.copy()
        self.data[self.add_prefix("version")] = version
        said = {"who": last_saved(saved), "saved": self.saved_in_words(saved)}
        self.add_error(None, _SAVED_MEANWHILE % said)


_SAVED_MEANWHILE = _(
    "Någon annan har sparat medan du höll på, och inget är överskrivet. Sparat nu (%(who)s): "
    "%(saved)s. Ditt står kvar i formuläret: spara igen om det ska gälla i stället, eller ladda om "
    "sidan för att behålla det som är sparat."
)


class StaffFormSet(forms.BaseInlineFormSet):
    """Rows inside the form of what they belong to."""

    deletion_widget = forms.CheckboxInput({"aria-label": _("Radera")})

    def kept_forms(self) -> list[forms.ModelForm]:
        """Those that are filled in and not ticked away, once all are valid."""
        return [f for f in self.forms if f.cleaned_data and not f.cleaned_data.get("DELETE")]
