"""What a person's own things would show: the app's codes."""

import time

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from allauth.mfa.utils import decrypt

PERIOD = 30  # seconds

_given: set[tuple[str, int]] = set()  # secrets and the periods whose codes have been given


def code_of(user) -> str:
    """A code from the user's app that works now and has not been given before."""
    app = Authenticator.objects.get(user=user, type=Authenticator.Type.TOTP)
    return code_for(decrypt(app.data["secret"]))


def code_for(secret: str) -> str:
    """The periods after and before count too: two codes in a row never wait, three seldom."""
    now = int(time.time()) // PERIOD
    period = next((p for p in (now, now + 1, now - 1) if (secret, p) not in _given), None)
    if period is None:
        time.sleep(PERIOD)
        return code_for(secret)
    _given.add((secret, period))
    return format_hotp_value(hotp_value(secret, period))
