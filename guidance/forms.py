"""Forms for what guides are about, and what forms for words share."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from services.forms import VersionedForm
from services.versions import hold

from .publishing import State
from .sources import validate_sources

PARTS = ("title", "publisher", "url", "date")
SOURCES_HELP = _("En på varje rad: titel | utgivare | adress | datum. Adress får saknas.")


class SourcesField(forms.CharField):
    """Sources as lines: "Titel | utgivare | adress | datum"."""

    widget = forms.Textarea({"rows": 6})
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
