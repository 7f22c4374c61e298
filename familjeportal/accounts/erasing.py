"""Erasing what is kept of a person who has worked with the portal (docs/personal-data.md).

The account's row stays as a number without a person, so that what it changed is still somebody's
change. Everything that would go with the row goes: ways of signing in, sessions, memberships and
the admin's own log. The history of the account and of the memberships goes too.
"""

import logging
from datetime import datetime, timedelta

from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db import models, transaction
from django.db.models.functions import Coalesce
from django.utils import timezone

from centres.models import CentreMembership, OrganisationMembership

from .models import AreaMembership, Invitation, User
from .sessions import end_sessions

logger = logging.getLogger(__name__)

INVITATIONS_KEPT_FOR = timedelta(days=90)  # after they could last be accepted
MEMBERSHIPS = (CentreMembership, OrganisationMembership, AreaMembership)


class LastAdministratorError(Exception):
    """Without an administrator nobody could make accounts any more."""


@transaction.atomic
def erase_account(*, user: User, by: User | None = None, at: datetime | None = None) -> None:
    """Erase the personal data of `user`. LastAdministratorError if nobody else administers."""
    if is_last_administrator(user):
        raise LastAdministratorError
    end_sessions(user)
    addresses = {user.email, *user.history.values_list("email", flat=True)}
    _delete_what_belongs_to(user)
    for membership in MEMBERSHIPS:
        membership.history.filter(user_id=user.pk).delete()
    user.history.all().delete()
    for address in addresses:
        _forget_letters_to(address)
    _forget_log_of(User, [user.pk])
    _empty(user, at or timezone.now())
    logger.info("Account %s was erased by %s", user.pk, by.pk if by else "a command")


def is_last_administrator(user: User) -> bool:
    if not user.changes_accounts:
        return False
    others = User.objects.exclude(pk=user.pk).filter(is_active=True)
    may = models.Q(role=User.Role.ADMINISTRATOR) | models.Q(is_superuser=True)
    return not others.filter(may, is_staff=True).exists()


def unused_since(moment: datetime):
    """Accounts that nobody has signed in to since `moment`, nor were made after it."""
    used = Coalesce("last_login", "date_joined")
    return User.objects.filter(erased_at=None).annotate(used=used).filter(used__lt=moment)


def invitations_to_erase(at: datetime):
    """Those that cannot be accepted any more, long enough ago."""
    return Invitation.objects.filter(expires_at__lt=at - INVITATIONS_KEPT_FOR)


def _delete_what_belongs_to(user: User) -> None:
    """Rows that exist only for the account: whichever app has them, they say so by CASCADE."""
    for relation in User._meta.get_fields(include_hidden=True):
        if getattr(relation, "on_delete", None) is models.CASCADE:
            relation.related_model._base_manager.filter(**{relation.field.name: user}).delete()


def _forget_letters_to(address: str) -> None:
    forget_invitations(Invitation.objects.filter(email__iexact=address))


def forget_invitations(invitations) -> int:
    """Delete them and what the admin logged of them; returns how many there were."""
    _forget_log_of(Invitation, invitations.values_list("pk", flat=True))
    return invitations.delete()[1].get(Invitation._meta.label, 0)


def _forget_log_of(model, keys) -> None:
    """The admin's log quotes names and addresses."""
    entries = LogEntry.objects.filter(content_type=ContentType.objects.get_for_model(model))
    entries.filter(object_id__in=[str(key) for key in keys]).delete()


def _empty(user: User, at: datetime) -> None:
    """`.invalid` is an address that can never be anybody's (RFC 2606)."""
    user.email = f"konto-{user.pk}@borttaget.invalid"
    user.first_name = user.last_name = ""
    user.is_active = user.is_staff = user.is_superuser = False
    user.role = User.Role.EDITOR
    user.last_login = None
    user.erased_at = at
    user.set_unusable_password()
    user.skip_history_when_saving = True
    user.save()
