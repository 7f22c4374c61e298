from allauth.account.forms import LoginForm
from django.utils.translation import gettext as _


class StaffLoginForm(LoginForm):
    """Signing in with e-mail and password, in the portal's own words."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.label_suffix = ""
        self.fields["login"].label = _("E-postadress")
        self.fields["remember"].label = _("Kom ihåg mig på den här enheten")
        for field in self.fields.values():
            field.widget.attrs.pop("placeholder", None)
