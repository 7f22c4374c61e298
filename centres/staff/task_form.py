"""What every form of the daily tasks carries, so that sending it twice does nothing twice and two
people who change the same thing do not overwrite each other.

`ticket` is signed for one person and one task (with its day). With what the form says it makes the
key of the row: the second time the row is found, and who went back and changed their words has sent
another form. `version` is what the person saw; where it has changed meanwhile, the page comes back
with what is saved beside what they wrote.
"""

import logging
from uuid import UUID, uuid4, uuid5

from django import forms
from django.core import signing
from django.utils.translation import gettext_lazy as _

logger = logging.getLogger(__name__)
_SALT = "centres.staff.task"
_SAYS_NOTHING = {"csrfmiddlewaretoken", "ticket", "version"}
_OLD_PAGE = _("Sidan hade legat öppen för länge. Titta igenom det du fyllde i och spara igen.")


class TaskForm(forms.Form):
    """A form for one task of one person: `task` names it, `version` is what there is now."""

    ticket = forms.CharField(widget=forms.HiddenInput, required=False)
    version = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, data=None, *, user, task: str, version: str = "", **kwargs):
        super().__init__(data, **kwargs)
        self.signed_for = [str(user.pk), task]
        self.initial |= {"ticket": self._new_ticket(), "version": version}
        self.conflict: Conflict | None = None

    @property
    def key(self) -> UUID:
        """The key of the row to be made, once the form is valid."""
        said = sorted((k, v) for k, v in dict(self.data).items() if k not in _SAYS_NOTHING)
        return uuid5(self.cleaned_data["ticket"], repr(said))

    def clean_ticket(self) -> UUID:
        key = self._read_ticket(self.cleaned_data["ticket"])
        if key is None:
            logger.warning(
                "%s was sent with a ticket that is old or not its own", type(self).__name__
            )
            self._send_along("ticket", self._new_ticket())
            raise forms.ValidationError(_OLD_PAGE)
        return key

    def clean(self):
        """A room that was not offered is no slip: whoever sent it is written down."""
        errors = (error for of_field in self.errors.as_data().values() for error in of_field)
        if any(error.code == "invalid_choice" for error in errors):
            account, name = self.signed_for[0], type(self).__name__
            logger.warning("Account %s sent what was not offered in %s", account, name)
        return super().clean()

    def is_made_from(self, version: str) -> bool:
        return self.cleaned_data["version"] == version

    def show_conflict(self, version: str, *, saved: str, who: str, own: str) -> None:
        """Show both versions. To save once more is then to choose one's own."""
        self.conflict = Conflict(saved, who, own)
        self._send_along("version", version)
        self._send_along("ticket", self._new_ticket())

    def _send_along(self, name: str, value: str) -> None:
        self.data = self.data.copy()
        self.data[self.add_prefix(name)] = value

    def _new_ticket(self) -> str:
        return signing.dumps([str(uuid4()), *self.signed_for], salt=_SALT)

    def _read_ticket(self, ticket: str) -> UUID | None:
        try:
            key, *signed_for = signing.loads(ticket, salt=_SALT)
        except (signing.BadSignature, ValueError):
            return None
        return UUID(key) if signed_for == self.signed_for else None


class Conflict:
    """What somebody else has saved (and who, when) beside what one wrote, each in words."""

    def __init__(self, saved: str, who: str, own: str):
        self.saved, self.who, self.own = saved, who, own


class PhoneClockInput(forms.TimeInput):
    """The clock of the phone itself."""

    input_type = "time"

    def __init__(self, attrs=None):
        super().__init__(attrs, format="%H:%M")


class PhoneDayInput(forms.DateInput):
    """The calendar of the phone itself."""

    input_type = "date"

    def __init__(self, attrs=None):
        super().__init__(attrs, format="%Y-%m-%d")


class SlotFormSet(forms.BaseFormSet):
    """Rows of hours, each of which can be taken away."""

    def add_fields(self, form, index):
        super().add_fields(form, index)
        form.fields["DELETE"].label = _("Ta bort")
