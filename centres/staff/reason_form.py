"""Why something is not as planned: what is asked wherever something is closed or cancelled."""

from django import forms
from django.utils.translation import gettext_lazy as _

from .. import hours_text as words
from ..models import ScheduleException
from .task_form import TaskForm

Reason = ScheduleException.Reason
REASONS = [
    (Reason.NOT_STATED.value, _("Säg ingen orsak")),
    *(
        (reason.value, words.capitalised(str(reason.label)))
        for reason in (
            Reason.ILLNESS,
            Reason.PLANNING,
            Reason.TRAINING,
            Reason.BOOKED,
            Reason.PREMISES,
        )
    ),
]


class ReasonForm(TaskForm):
    """Why something is not as planned."""

    reason = forms.ChoiceField(
        label=_("Varför?"), choices=REASONS, widget=forms.RadioSelect, required=False
    )
    note = forms.CharField(
        label=_("Eller med egna ord"),
        help_text=_("Läsarna ser texten."),
        max_length=ScheduleException._meta.get_field("note").max_length,
        required=False,
    )
