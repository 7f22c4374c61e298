"""The second step of signing in: who has one, how its secrets are kept, how it is taken away."""

import base64

from allauth.account.authentication import get_authentication_records
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import generate_totp_secret
from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.db import transaction
from django.http import HttpRequest
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from qrcode import QRCode

from .models import SignInEvent, User
from .sessions import end_sessions

# Codes kept for the day the telephone is lost are no step of their own.
STEPS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


def is_there(request: HttpRequest) -> bool:
    """Whether the signed-in person has a second factor.

    The sign-in asks for it where there is one, and the first one ends all other sessions, so a
    session whose account has one has passed it. Whoever comes from the single sign-on has met
    that provider's own, unless `OIDC_HAS_SECOND_FACTOR` says that it has none.
    """
    return has_own(request.user) or (
        settings.OIDC_HAS_SECOND_FACTOR and _came_from_provider(request)
    )


def has_own(user: User) -> bool:
    return Authenticator.objects.filter(user=user, type__in=STEPS).exists()


def renew_recovery_codes(user: User) -> list[str]:
    """Give the account new recovery codes instead of its old ones, and return them."""
    with transaction.atomic():
        Authenticator.objects.filter(user=user, type=Authenticator.Type.RECOVERY_CODES).delete()
        return RecoveryCodes.activate(user).get_unused_codes()


def remaining_recovery_codes(user: User) -> list[str]:
    codes = Authenticator.objects.filter(user=user, type=Authenticator.Type.RECOVERY_CODES).first()
    return codes.wrap().get_unused_codes() if codes else []


@transaction.atomic
def take_away(user: User) -> None:
    """For who has lost everything: the next sign-in leads to setting up a new second factor.

    Whoever asks for it must be known to be that person: only their password guards the account
    until then. Ends their sessions.
    """
    Authenticator.objects.filter(user=user).delete()
    SignInEvent.objects.create(user=user, what=SignInEvent.What.STEP_TAKEN_AWAY)
    end_sessions(user)


def _came_from_provider(request: HttpRequest) -> bool:
    records = get_authentication_records(request, request.user)
    return any(record["method"] == "socialaccount" for record in records)


class SecondFactorAdapter(DefaultMFAAdapter):
    """Secrets are encrypted in the database, passkeys belong to the portal's public address."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "cannot_delete_authenticator": gettext_lazy(
            "Appen är ditt enda andra steg. Lägg först till en passnyckel."
        ),
        "incorrect_code": gettext_lazy(
            "Koden stämmer inte. Vänta på nästa kod i appen, eller använd en reservkod som du "
            "inte har använt."
        ),
    }

    def encrypt(self, text: str) -> str:
        return _locks().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """What no key opens (SECRET_KEY was changed) becomes a secret that fits no code."""
        try:
            return _locks().decrypt(encrypted_text.encode()).decode()
        except InvalidToken:
            return generate_totp_secret()

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        others = Authenticator.objects.filter(user=authenticator.user_id, type__in=STEPS)
        return others.exclude(pk=authenticator.pk).exists()

    def build_totp_svg(self, url: str) -> str:
        """The modules of the QR code as one path, a module to a unit, with a quiet zone of four."""
        code = QRCode(border=4)
        code.add_data(url)
        rows = code.get_matrix()
        path = "".join(
            f"M{x} {y}h1v1h-1z" for y, row in enumerate(rows) for x, dark in enumerate(row) if dark
        )
        return f'<svg viewBox="0 0 {len(rows)} {len(rows)}"><path d="{path}"/></svg>'

    def generate_authenticator_name(self, user, type) -> str:
        number = Authenticator.objects.filter(user_id=user.pk, type=type).count() + 1
        return _("Passnyckel %(number)d") % {"number": number}

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        return {"id": settings.PUBLIC_HOST, "name": "Familjeportalen"}


def _locks() -> MultiFernet:
    """Of the installation's secret; the ones before it still open, the first one closes."""
    secrets = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    keys = [
        salted_hmac("second factor", "", secret, algorithm="sha256").digest() for secret in secrets
    ]
    return MultiFernet([Fernet(base64.urlsafe_b64encode(key)) for key in keys])
