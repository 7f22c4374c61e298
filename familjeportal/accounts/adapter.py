import logging
from threading import Thread

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import get_authentication_records
from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from . import sign_in_log

logger = logging.getLogger(__name__)

JUST_NOW = 5 * 60  # seconds: so long need nobody prove again who they are


class SentAside(Thread):
    """A letter that is sent while the page is answered.

    Neither a slow mail server nor one that does not answer tells which addresses have an account.
    """

    def __init__(self, letter):
        super().__init__()
        self.letter = letter

    def send(self):
        self.start()

    def run(self):
        try:
            self.letter.send()
        except OSError as error:
            logger.error("A mail could not be sent: %s", type(error).__name__)


class ClosedSignupAdapter(DefaultAccountAdapter):
    """Nobody makes their own account: staff are given one."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": _("E-postadressen eller lösenordet stämmer inte."),
        "incorrect_password": _("Lösenordet stämmer inte."),
        "enter_current_password": _("Det nuvarande lösenordet stämmer inte."),
        "too_many_login_attempts": _("För många försök. Vänta fem minuter och försök igen."),
        "rate_limited": _("För många försök. Vänta fem minuter och försök igen."),
    }

    ways_to_prove = {
        "reauthenticate": _("Använd lösenordet"),
        "mfa_reauthenticate": _("Använd en kod"),
        "mfa_reauthenticate:webauthn": _("Använd passnyckel"),
    }

    def render_mail(self, *args, **kwargs):
        """allauth sends what it gets from here at once."""
        return SentAside(super().render_mail(*args, **kwargs))

    def is_open_for_signup(self, request):
        return False

    def authentication_failed(self, request, **credentials):
        sign_in_log.password_refused(credentials.get("email", ""))

    def _get_login_attempts_cache_key(self, request, **credentials):
        """Attempts count for the account, whatever host the request names."""
        return credentials.get("email", "").lower()

    def is_reauthentication_required(self, *, app, **kwargs):
        """Who signed in a moment ago has just proved who they are."""
        records = get_authentication_records(self.request, self.request.user)
        just_signed_in = any(timezone.now().timestamp() - r["at"] < JUST_NOW for r in records)
        return not just_signed_in and super().is_reauthentication_required(app=app, **kwargs)

    def get_reauthentication_methods(self, user):
        ways = super().get_reauthentication_methods(user)
        return [{**way, "description": self.ways_to_prove[way["id"]]} for way in ways]

    def get_reset_password_from_key_url(self, key):
        """At the public address, whatever host the question named."""
        uid, _dash, token = key.partition("-")
        return settings.PUBLIC_URL + reverse("account_reset_password_from_key", args=[uid, token])
