"""The rows whose changes are read with those of an account."""

from django.db.models import Q

from centres.models import CentreMembership, OrganisationMembership
from services.history import Branch

from .. import permissions
from ..erasing import MEMBERSHIPS


def branches_open_to(user) -> tuple[Branch, ...]:
    """As on the account's page: a coordinator is not told where else the person has worked."""
    if user.changes_accounts:
        return tuple(Branch(model, "user", _unnamed) for model in MEMBERSHIPS)
    here = Q(centre__in=permissions.centres_open_to(user))
    return (
        Branch(CentreMembership, "user", _unnamed, only=here),
        Branch(OrganisationMembership, "user", _unnamed),
    )


def _unnamed(membership) -> str:
    """The place itself stands among the values."""
    return ""
