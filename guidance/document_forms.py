"""What staff write of a document: its facts, and the words and the file of a version."""

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from services.forms import AddressField, DayField

from .facts_form import FactsForm
from .models import Document, DocumentVersion

WORDS = ("title", "summary", "about", "year", "what_changed", "search_words")


class DocumentForm(FactsForm):
    decided_on = DayField(label=_("Beslutat den"), required=False)
    valid_to = DayField(label=_("Gäller till och med"), required=False)

    class Meta:
        model = Document
        fields = (
            *("slug", "kind", "publisher", "audience", "registration_number", "decided_by"),
            *("decided_on", "valid_to", "responsible_unit", "replaces"),
        )
        field_classes = {"slug": AddressField}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["replaces"].queryset = Document.objects.exclude(pk=self.instance.pk)


class DraftForm(forms.ModelForm):
    """The words of a draft. The file is looked through by the view, when all else is in order."""

    file = forms.FileField(
        label=_("PDF"),
        required=False,
        widget=forms.FileInput(attrs={"accept": ".pdf,application/pdf"}),
        error_messages={
            "empty": _("Filen är tom. Välj en annan fil."),
            "missing": _("Välj en fil."),
            "invalid": _("Välj en fil."),
        },
    )
    may_clean = forms.BooleanField(
        label=_("Rensa filen om det behövs"),
        required=False,
        help_text=_(
            "Portalen tar bort skript, bilagor och annat som inte får finnas. Din egen fil ändras "
            "inte. Taggar, titel och språk finns kvar."
        ),
    )

    field_order = ("file", "may_clean")

    class Meta:
        model = DocumentVersion
        fields = WORDS
        widgets = {
            "what_changed": forms.Textarea({"rows": 3}),
            "search_words": forms.Textarea({"rows": 3}),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["file"].help_text = _(
            "Högst %(most)s MB, utan skript, bilagor och lösenord. Väljer du ingen fil behålls den "
            "som redan finns."
        ) % {"most": settings.UPLOAD_MOST_BYTES // 1024**2}

    def words(self) -> dict:
        return {name: self.cleaned_data[name] for name in WORDS}
