"""Inviting people to an account: asking, asking anew, taking back and accepting.

A link holds 256 random bits, works once and for seven days, and only its hash is kept. The mail
leaves when what it tells of is saved.
"""

import hashlib
import logging
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.core.mail import send_mail
from django.db import IntegrityError, transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _

from centres.models import CentreMembership, OrganisationMembership

from . import permissions
from .models import AreaMembership, Invitation, User

logger = logging.getLogger(__name__)

VALID_FOR = timedelta(days=7)


class InvitationRefusedError(Exception):
    """The link leads to no account. `is_known` tells a link that has had its day from a wrong one.

    Why is for the log only: whoever holds a dead link learns nothing of accounts.
    """

    def __init__(self, why: str, *, is_known: bool):
        super().__init__(why)
        self.is_known = is_known


@dataclass(frozen=True)
class Person:
    """What the invited person fills in."""

    first_name: str
    last_name: str
    password: str


@transaction.atomic
def invite(
    *,
    invitation: Invitation,
    centres: Iterable = (),
    organisations: Iterable = (),
    city_areas: Iterable = (),
    at: datetime,
    by: User,
) -> Invitation:
    """Save an invitation and send its letter. PermissionDenied if `by` could not give so much."""
    centres, city_areas = list(centres), list(city_areas)
    if not permissions.may_grant(by, role=invitation.role, centres=centres, city_areas=city_areas):
        raise PermissionDenied
    invitation.email = invitation.email.lower()
    invitation.invited_by = by
    token = _renew(invitation, at)
    invitation.centres.set(centres)
    invitation.organisations.set(organisations)
    invitation.city_areas.set(city_areas)
    logger.info("Account %s invited somebody as %s", by.pk, invitation.role)
    _send(invitation, token)
    return invitation


@transaction.atomic
def send_again(*, invitation: Invitation, at: datetime, by: User) -> bool:
    """Send a new link for seven more days; the old one dies. False if it was accepted."""
    invitation = Invitation.objects.select_for_update().get(pk=invitation.pk)
    if invitation.accepted_at:
        return False
    invitation.revoked_at = None
    invitation.invited_by = by
    _send(invitation, _renew(invitation, at))
    logger.info("Account %s sent invitation %s again", by.pk, invitation.pk)
    return True


@transaction.atomic
def revoke(*, invitation: Invitation, at: datetime, by: User) -> bool:
    """Let the link lead nowhere. False if there was nothing left to revoke."""
    open_ones = Invitation.objects.open(at).filter(pk=invitation.pk)
    revoked = bool(open_ones.update(revoked_at=at))
    if revoked:
        logger.info("Account %s revoked invitation %s", by.pk, invitation.pk)
    return revoked


def find(token: str, *, at: datetime) -> Invitation:
    """The open invitation that the link's token belongs to; else InvitationRefusedError."""
    return _check(Invitation.objects.filter(token_hash=_hash(token)).first(), at)


@transaction.atomic
def accept(*, token: str, person: Person, at: datetime) -> User:
    """Make the account with its role and places; the link is used up. InvitationRefusedError."""
    row = Invitation.objects.select_for_update().filter(token_hash=_hash(token)).first()
    invitation = _check(row, at)
    user = User(
        email=invitation.email,
        first_name=person.first_name,
        last_name=person.last_name,
        role=invitation.role,
        is_staff=True,
    )
    user.set_password(person.password)
    # In the change history the rights come from whoever gave them.
    try:
        with transaction.atomic():
            _save_by(invitation.invited_by, user)
    except IntegrityError as error:
        why = f"the account was made this moment ({invitation.pk})"
        raise InvitationRefusedError(why, is_known=True) from error
    places = [CentreMembership(user=user, centre=centre) for centre in invitation.centres.all()]
    places += [
        OrganisationMembership(user=user, organisation=organisation)
        for organisation in invitation.organisations.all()
    ]
    places += [AreaMembership(user=user, city_area=area) for area in invitation.city_areas.all()]
    _save_by(invitation.invited_by, *places)
    invitation.accepted_at = at
    invitation.save(update_fields=["accepted_at"])
    logger.info("Invitation %s was accepted by the new account %s", invitation.pk, user.pk)
    return user


def _check(invitation: Invitation | None, at: datetime) -> Invitation:
    """Every condition that a link must meet, at each request anew."""
    if invitation is None:
        raise InvitationRefusedError("no such link", is_known=False)
    state = invitation.state(at)
    if state != Invitation.State.OPEN:
        raise InvitationRefusedError(f"{state} ({invitation.pk})", is_known=True)
    sender = invitation.invited_by
    if sender is None or not permissions.may_grant(
        sender,
        role=invitation.role,
        centres=invitation.centres.all(),
        city_areas=invitation.city_areas.all(),
    ):
        raise InvitationRefusedError(f"its sender may not ({invitation.pk})", is_known=True)
    if User.objects.filter(email__iexact=invitation.email).exists():
        raise InvitationRefusedError(f"the account is there ({invitation.pk})", is_known=True)
    return invitation


def _renew(invitation: Invitation, at: datetime) -> str:
    """Save with a new token, and return that: nobody can read it out again."""
    token = secrets.token_urlsafe(32)
    invitation.token_hash = _hash(token)
    invitation.sent_at, invitation.expires_at = at, at + VALID_FOR
    invitation.save()
    return token


def _hash(token: str) -> str:
    """A plain hash will do: nobody guesses 256 random bits."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


def _save_by(author: User, *rows) -> None:
    for row in rows:
        row._history_user = author
        row.save()


def _send(invitation: Invitation, token: str) -> None:
    context = {
        "invitation": invitation,
        "centres": list(invitation.centres.all()),
        "url": settings.PUBLIC_URL + reverse("invitation", args=[token]),
    }
    text = render_to_string("accounts/invitation_letter.txt", context)
    transaction.on_commit(partial(_mail, invitation.pk, invitation.email, text))


def _mail(key: int, address: str, text: str) -> None:
    """A letter that cannot be sent stops nothing: the list offers to send it again."""
    try:
        send_mail(_("Inbjudan till Familjeportalen"), text, None, [address])
    except OSError as error:  # of which every error of a mail server is one
        logger.error("Invitation %s could not be mailed: %s", key, type(error).__name__)
