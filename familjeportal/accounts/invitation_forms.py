"""Forms for inviting somebody, and for the person who has been invited."""

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from services.forms import StaffForm

from .invitations import Person
from .models import Invitation, User


class InvitationForm(StaffForm):
    """The choices offered are those that the sender may give (see `InvitationAdmin`)."""

    class Meta:
        model = Invitation
        fields = ("email", "role", "centres", "organisations", "city_areas")

    def clean_email(self):
        email = self.cleaned_data["email"].lower()
        if User.objects.filter(email=email).exists():
            raise ValidationError(_now("Det finns redan ett konto med den e-postadressen."))
        if Invitation.objects.open(timezone.now()).filter(email=email).exists():
            raise ValidationError(
                _now("Personen har redan en inbjudan som gäller. Skicka den på nytt i stället.")
            )
        return email

    def clean(self):
        data = super().clean() or self.cleaned_data
        if data.get("city_areas") and data.get("role") != User.Role.COORDINATOR:
            self.add_error("city_areas", _now("Bara samordnare har stadsområden att sköta."))
        return data


class AcceptForm(forms.Form):
    """Name and password of a new account."""

    first_name = forms.CharField(
        label=_("Förnamn"), max_length=150, widget=forms.TextInput({"autocomplete": "given-name"})
    )
    last_name = forms.CharField(
        label=_("Efternamn"),
        max_length=150,
        widget=forms.TextInput({"autocomplete": "family-name"}),
    )
    password1 = forms.CharField(
        label=_("Lösenord"),
        strip=False,
        help_text=_("Minst åtta tecken. Några ord i rad är både säkra och lätta att minnas."),
        widget=forms.PasswordInput({"autocomplete": "new-password"}),
    )
    password2 = forms.CharField(
        label=_("Lösenordet en gång till"),
        strip=False,
        widget=forms.PasswordInput({"autocomplete": "new-password"}),
    )

    def __init__(self, *args, email: str, **kwargs):
        super().__init__(*args, **kwargs)
        self.email = email

    def clean(self):
        data = super().clean() or self.cleaned_data
        first, second = data.get("password1"), data.get("password2")
        if first and second and first != second:
            self.add_error("password2", _now("Lösenorden är olika. Skriv samma två gånger."))
        elif first:
            self._check_strength(first, data)
        return data

    def _check_strength(self, password, data):
        names = {name: data.get(name, "") for name in ("first_name", "last_name")}
        try:
            validate_password(password, User(email=self.email, **names))
        except ValidationError as error:
            self.add_error("password1", error)

    @property
    def person(self) -> Person:
        data = self.cleaned_data
        return Person(data["first_name"], data["last_name"], data["password1"])
