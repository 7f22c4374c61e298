"""Forms of the desk: what is said with a step, and the words of a draft."""

from datetime import datetime

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.forms import modelform_factory
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from centres.staff.task_form import PhoneClockInput, PhoneDayInput
from services.forms import DayField, MomentField
from services.versions import last_saved, version_of

from ..forms import SOURCES_HELP, SourcesField, VersionForm
from ..models import Version
from ..publishing import Step
from .changes import FieldChange, changes


class PhoneMomentWidget(forms.MultiWidget):
    """The calendar and the clock of the phone itself, side by side."""

    use_fieldset = True

    def __init__(self, attrs=None):
        day = PhoneDayInput({"aria-label": _("datum")})
        clock = PhoneClockInput({"aria-label": _("klockslag")})
        super().__init__([day, clock], attrs)

    decompress = forms.SplitDateTimeWidget.decompress


class StepForm(forms.Form):
    """What can be said with a step, for a phone; `OF_STEP` names the fields of each."""

    comment = forms.CharField(
        label=_("Vad behöver ändras?"),
        max_length=2000,
        required=False,
        widget=forms.Textarea({"rows": 4}),
    )
    reviewed_by_name = forms.CharField(
        label=_("Sakgranskad av (namn)"), max_length=120, required=False
    )
    reviewed_by_role = forms.CharField(label=_("Yrke"), max_length=120, required=False)
    next_review_on = DayField(label=_("Ska ses över senast"), required=False, widget=PhoneDayInput)
    publish_at = MomentField(
        label=_("Syns från"),
        required=False,
        widget=PhoneMomentWidget,
        help_text=_("Lämna tomt för att publicera nu."),
    )
    unpublish_at = MomentField(
        label=_("Syns till"),
        required=False,
        widget=PhoneMomentWidget,
        help_text=_("Lämna tomt om den ska vara kvar."),
    )
    OF_STEP = {
        Step.SEND_BACK: ("comment",),
        Step.APPROVE: ("reviewed_by_name", "reviewed_by_role", "next_review_on"),
        Step.PUBLISH: ("publish_at", "unpublish_at"),
        Step.MOVE_END: ("unpublish_at",),
    }

    def __init__(self, step: Step, data=None, *, unpublish_at: datetime | None = None):
        """`unpublish_at`: the end that it has now."""
        now = {"unpublish_at": unpublish_at}
        super().__init__(data, auto_id=f"{step}-%s", initial=now)
        self.step = step
        only = self.OF_STEP.get(step, ())
        self.fields = {name: field for name, field in self.fields.items() if name in only}

    def clean(self):
        who = [self.cleaned_data.get(f"reviewed_by_{part}", "") for part in ("name", "role")]
        if any(who) and not all(who):
            raise ValidationError(_now("Ange både sakgranskarens namn och yrke."))
        return self.cleaned_data

    @property
    def answers(self) -> dict:
        """As `take_step` takes them."""
        answers = dict(self.cleaned_data)
        name, role = (answers.pop(f"reviewed_by_{part}", "") for part in ("name", "role"))
        return answers | ({"reviewed_by": (name, role)} if name else {})


class DraftForm(VersionForm):
    """The words of a draft. Where somebody else has saved meanwhile, `saved` is what they wrote."""

    saved: list[FieldChange] | None = None
    saved_by = ""

    def _version_of(self, row: Version) -> str:
        """Only the words: who has saved them last is no change of theirs."""
        return version_of(row.words())

    def refuse_stale(self):
        saved = type(self.instance).objects.get(pk=self.instance.pk)
        own = {name: self.cleaned_data.get(name) for name in saved.WORDS}
        if self._version_of(saved) == self.cleaned_data["version"] or own == saved.words():
            return
        self.saved, self.saved_by = changes(saved, own), last_saved(saved)
        self.data = self.data.copy()
        self.data[self.add_prefix("version")] = self._version_of(saved)
        self.add_error(None, _("Ditt är inte sparat än."))

    def let_in(self, at: datetime) -> None:
        """Look through what is uploaded, before anything is locked."""

    def words(self) -> dict:
        return {name: self.cleaned_data[name] for name in self.instance.WORDS}


def draft_form(model: type[Version], form: type[DraftForm] = DraftForm) -> type[DraftForm]:
    """The form for the words of a kind of version, in the order of its `WORDS`.

    Keys of files are no fields of their own: `form` has uploads for them.
    """
    names = [name for name in model.WORDS if not model._meta.get_field(name).is_relation]
    return modelform_factory(model, form=form, fields=names, formfield_callback=_field)


def _field(field: models.Field, **kwargs) -> forms.Field:
    if field.name == "sources":
        return SourcesField(label=field.verbose_name, required=False, help_text=SOURCES_HELP)
    if field.name in ("summary", "search_words"):
        kwargs["widget"] = forms.Textarea({"rows": 2})
    return field.formfield(**kwargs)
