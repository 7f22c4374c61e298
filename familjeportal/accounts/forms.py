"""allauth's forms in the portal's own words."""

from allauth.account.forms import (
    ChangePasswordForm,
    LoginForm,
    ReauthenticateForm,
    ResetPasswordForm,
    ResetPasswordKeyForm,
    SetPasswordForm,
)
from allauth.core.internal.cryptokit import normalize_user_code
from allauth.mfa import app_settings
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base.forms import AuthenticateForm
from allauth.mfa.base.forms import ReauthenticateForm as ReauthenticateByCodeForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm, EditWebAuthnForm
from django.core.cache import cache
from django.utils.translation import gettext_lazy as _

LONGEST_NAME = 100


class PlainFields:
    """Labels above the fields, no text inside them."""

    labels: dict = {}
    help_texts: dict = {}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.widget.attrs.pop("placeholder", None)
            field.label = self.labels.get(name, field.label)
            field.help_text = self.help_texts.get(name, "")


# --- Passwords -----------------------------------------------------------------------------------
NEW_PASSWORD = {
    "password1": _("Nytt lösenord"),
    "password2": _("Nytt lösenord, en gång till"),
}
GOOD_PASSWORD = {
    "password1": _("Minst 8 tecken, inte bara siffror. Flera ord i rad är lätta att minnas.")
}


class StaffLoginForm(PlainFields, LoginForm):
    labels = {"login": _("E-postadress"), "remember": _("Kom ihåg mig på den här enheten")}


class StaffReauthenticateForm(PlainFields, ReauthenticateForm):
    labels = {"password": _("Lösenord")}


class StaffChangePasswordForm(PlainFields, ChangePasswordForm):
    labels = {"oldpassword": _("Lösenordet du har nu"), **NEW_PASSWORD}
    help_texts = GOOD_PASSWORD


class StaffSetPasswordForm(PlainFields, SetPasswordForm):
    labels = NEW_PASSWORD
    help_texts = GOOD_PASSWORD


class StaffNewPasswordForm(PlainFields, ResetPasswordKeyForm):
    labels = NEW_PASSWORD
    help_texts = GOOD_PASSWORD


class StaffResetPasswordForm(PlainFields, ResetPasswordForm):
    labels = {"email": _("E-postadress")}


# --- The second step -----------------------------------------------------------------------------
class UsedOnce(PlainFields):
    """A code from the app works once, for as long as the clock would let it.

    allauth remembers it for one period, and accepts it for as many as the tolerance adds.
    """

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["code"].widget.attrs["inputmode"] = "numeric"

    def clean_code(self):
        code = super().clean_code()
        periods = 2 * app_settings.TOTP_TOLERANCE + 1
        key = f"code-used:{self.user.pk}:{normalize_user_code(code)}"
        if not cache.add(key, True, timeout=periods * app_settings.TOTP_PERIOD):
            raise get_adapter().validation_error("incorrect_code")
        return code


class CodeForm(UsedOnce, AuthenticateForm):
    labels = {"code": _("Kod")}


class CodeAgainForm(UsedOnce, ReauthenticateByCodeForm):
    labels = {"code": _("Kod")}


class NewAppForm(UsedOnce, ActivateTOTPForm):
    labels = {"code": _("Koden som appen visar")}


class NewPasskeyForm(PlainFields, AddWebAuthnForm):
    labels = {
        "name": _("Namn på passnyckeln"),
        "passwordless": _("Låt den räcka för att logga in, utan lösenord"),
    }
    help_texts = {
        "name": _("Så att du känner igen den, till exempel ”Jobbtelefonen”."),
        "passwordless": _("Då frågar enheten efter ditt finger, ansikte eller sin egen kod."),
    }

    def __init__(self, *args, **kwargs):
        kwargs["initial"] = {"passwordless": True, **(kwargs.get("initial") or {})}
        super().__init__(*args, **kwargs)
        self.fields["name"].widget.attrs["maxlength"] = LONGEST_NAME

    def clean_name(self):
        """Cut, not refused: the passkey may be in the device already."""
        return super().clean_name()[:LONGEST_NAME]


class PasskeyNameForm(PlainFields, EditWebAuthnForm):
    labels = {"name": _("Namn på passnyckeln")}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["name"].widget.attrs["maxlength"] = LONGEST_NAME

    def clean_name(self):
        return self.cleaned_data["name"][:LONGEST_NAME]
