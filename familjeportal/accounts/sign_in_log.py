"""What is written down of signing in: who, when, what. No network addresses, and never the
address that somebody typed: where it is an account's, the account is named, else nobody is.

allauth tells what has happened by signals alone; these receivers are all that listens.
"""

from datetime import datetime

from allauth.account.authentication import get_authentication_records
from allauth.account.signals import password_changed, password_reset, password_set, user_logged_in
from allauth.mfa.models import Authenticator
from allauth.mfa.signals import (
    authentication_failed,
    authenticator_added,
    authenticator_removed,
    authenticator_reset,
)
from django.dispatch import receiver

from .models import SignInEvent, User
from .second_factor import STEPS
from .sessions import end_other_sessions, list_session

What = SignInEvent.What


def delete_before(moment: datetime) -> int:
    """Forget what happened before `moment`; returns how many rows. See SignInEvent.KEPT_FOR."""
    return SignInEvent.objects.filter(at__lt=moment).delete()[0]


def password_refused(email: str) -> None:
    _write(What.PASSWORD_REFUSED, User.objects.filter(email=email.strip().lower()).first())


@receiver(user_logged_in)
def signed_in(request, user, **kwargs):
    list_session(request)
    steps = [
        record["type"] if record["method"] == "mfa" else record["method"]
        for record in get_authentication_records(request, user)
    ]
    _write(What.SIGNED_IN, user, how="+".join(steps))


@receiver(authenticator_added)
def step_added(request, user, authenticator, **kwargs):
    """The first second factor ends the sessions that were opened without one."""
    if authenticator.type not in STEPS:
        return
    _write(What.STEP_ADDED, user, how=authenticator.type)
    if Authenticator.objects.filter(user=user, type__in=STEPS).count() == 1:
        end_other_sessions(request)


@receiver(authenticator_removed)
def step_removed(user, authenticator, **kwargs):
    _write(What.STEP_REMOVED, user, how=authenticator.type)


@receiver(authenticator_reset)
def codes_renewed(user, **kwargs):
    _write(What.CODES_RENEWED, user)


@receiver(authentication_failed)
def code_refused(user, **kwargs):
    _write(What.CODE_REFUSED, user)


@receiver([password_changed, password_set])
def own_password_changed(request, user, **kwargs):
    list_session(request)
    _write(What.PASSWORD_CHANGED, user)


@receiver(password_reset)
def forgotten_password_replaced(user, **kwargs):
    _write(What.PASSWORD_RESET, user)


def _write(what, user: User | None, how: str = "") -> None:
    SignInEvent.objects.create(user=user, what=what, how=how[:100])
