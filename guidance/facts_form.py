"""What something with versions is about: the form for it, and saving that for who may write."""

from django import forms
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest

from services import content
from services.forms import VersionedForm

from .models import Versioned
from .permissions import may_write


class FactsForm(VersionedForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if not self.instance._state.adding:
            del self.fields["slug"]  # addresses are for good


@transaction.atomic
def saved(
    request: HttpRequest, form_class: type[FactsForm], owner: Versioned
) -> forms.ModelForm | None:
    """The form to show; None once it is saved."""
    if not may_write(request.user):
        raise PermissionDenied
    form = form_class(request.POST or None, instance=owner)
    if not form.is_valid():
        return form
    owner._history_user = request.user
    content.changed(form.save())
    return None
