"""Forms for the words of guides, and for the steps of a version."""

from django import forms
from django.contrib.admin.widgets import AdminDateWidget, AdminTextareaWidget
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from services.forms import DayField, MomentField, VersionedForm

from .actions import hold
from .publishing import State, Step
from .sources import validate_sources

PARTS = ("title", "publisher", "url", "date")
SOURCES_HELP = _("En på varje rad: titel | utgivare | adress | datum. Adress får saknas.")


class SourcesField(forms.CharField):
    """Sources as lines: "Titel | utgivare | adress | datum"."""

    widget = AdminTextareaWidget({"rows": 6})
    default_validators = [validate_sources]
    empty_values = (*forms.CharField.empty_values, [])

    def prepare_value(self, value):
        if not isinstance(value, list):
            return value
        lines = (" | ".join(source.get(part, "") for part in PARTS) for source in value)
        return "\n".join(line.rstrip(" |") for line in lines)

    def to_python(self, value):
        if isinstance(value, list):
            return value
        lines = [line for line in super().to_python(value).splitlines() if line.strip()]
        return [_source(line) for line in lines]


def _source(line: str) -> dict[str, str]:
    values = [value.strip() for value in line.split("|")]
    if len(values) > len(PARTS):
        raise ValidationError(
            _now("En källa har högst fyra delar: titel, utgivare, adress, datum.")
        )
    return {part: value for part, value in zip(PARTS, values, strict=False) if value}


class TopicForm(VersionedForm):
    version_parts = ("texts", "lines")


class SupportContactForm(VersionedForm):
    version_parts = ("texts", "city_areas", "districts", "topics")


class GuideForm(VersionedForm):
    version_parts = ("helped_by", "other_topics", "lines", "contacts")


class VersionForm(VersionedForm):
    """The words of a draft."""

    def check(self):
        hold(self.instance.owner)
        saved = type(self.instance).objects.filter(pk=self.instance.pk).first()
        if saved is None or saved.state != State.DRAFT:
            raise ValidationError(
                _now("Texten är inte längre ett utkast. Ladda om sidan och se var den är nu.")
            )
        self.refuse_stale()


class GuideVersionForm(VersionForm):
    sources = SourcesField(
        label=_("källor"),
        required=False,
        help_text=SOURCES_HELP,
    )


class StepForm(forms.Form):
    """What can be said with a step; `only` names the fields of the step."""

    comment = forms.CharField(
        label=_("Vad behöver ändras?"),
        max_length=2000,
        widget=AdminTextareaWidget({"rows": 3}),
    )
    reviewed_by_name = forms.CharField(
        label=_("Sakgranskad av (namn)"), max_length=120, required=False
    )
    reviewed_by_role = forms.CharField(label=_("Yrke"), max_length=120, required=False)
    next_review_on = DayField(
        label=_("Ska ses över senast"), required=False, widget=AdminDateWidget
    )
    publish_at = MomentField(
        label=_("Syns från"), required=False, help_text=_("Lämna tomt för att publicera nu.")
    )
    unpublish_at = MomentField(
        label=_("Syns till"), required=False, help_text=_("Lämna tomt om den ska vara kvar.")
    )
    OF_STEP = {
        Step.SEND_BACK: ("comment",),
        Step.APPROVE: ("reviewed_by_name", "reviewed_by_role", "next_review_on"),
        Step.PUBLISH: ("publish_at", "unpublish_at"),
    }

    def __init__(self, step: Step, data=None):
        super().__init__(data, auto_id=f"{step}-%s")
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
