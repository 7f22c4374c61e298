"""Who may see and change staff accounts, where people work, and invitations.

Administrators see and change every account. A coordinator looks after the people of their areas:

1. Their people are those who work at a centre in one of the coordinator's areas and whose role is
   one that a coordinator may give. Other coordinators, administrators and people elsewhere are not
   even seen.
2. Where such a person works *inside the areas* is the coordinator's to say.
3. The rest (name, role, employers, whether the account is in use) only when the person works
   nowhere else: two coordinators share somebody who works in the areas of both.
4. A coordinator never gives a role above those, and never sets an address or a password: with
   them one could act in another's name.
5. An invitation gives what its sender could give by hand, and is worth nothing when they no longer
   could.

Nobody changes their own rights. Everyone else sees no accounts.
"""

from centres.models import CentreMembership, CityArea, FamilyCentre, OrganisationMembership

from .models import AreaMembership, Invitation, User

GIVEN_BY_COORDINATORS = (
    User.Role.EDITOR,
    User.Role.COMMUNICATOR,
    User.Role.REVIEWER,
    User.Role.TRANSLATOR,
)


def may_change(user, obj=None) -> bool:
    """Whether `user` may change something of `obj`; for a model: of any such row."""
    if not user.is_authenticated:
        return False
    if user.changes_accounts:
        return True
    if obj is None or isinstance(obj, type):
        return obj is not AreaMembership and bool(areas_of(user))
    match obj:
        case User():
            return accounts_open_to(user).filter(pk=obj.pk).exists()
        case CentreMembership():
            return may_change(user, obj.user) and may_place_at(user, obj.centre)
        case OrganisationMembership():
            return may_change_all_of(user, obj.user)
        case Invitation():
            return invitations_open_to(user).filter(pk=obj.pk).exists()
    return False


def may_change_all_of(user, account) -> bool:
    """Whether `user` may also change the role and the employers of `account`, and end its use."""
    if user.pk == account.pk or not may_change(user, account):
        return False
    return user.changes_accounts or not (
        account.centre_memberships.exclude(centre__in=centres_open_to(user)).exists()
    )


def may_place_at(user, centre) -> bool:
    return centres_open_to(user).filter(pk=centre.pk).exists()


def may_grant(user, *, role: str, centres, city_areas) -> bool:
    """Whether `user` may make an account with this role, at these centres and for these areas."""
    if not user.is_authenticated or role not in roles_open_to(user):
        return False
    if user.changes_accounts:
        return True
    asked = {centre.pk for centre in centres}
    inside = set(centres_open_to(user).filter(pk__in=asked).values_list("pk", flat=True))
    return bool(asked) and asked == inside and not city_areas


# --- What a person meets in lists and choices -----------------------------------------------------
def areas_of(user) -> list[int]:
    """Keys of the areas whose accounts `user` looks after as a coordinator."""
    if not user.is_authenticated or not user.looks_after_an_area:
        return []
    return list(user.area_memberships.values_list("city_area", flat=True))


def roles_open_to(user) -> tuple[str, ...]:
    """The roles that `user` may give."""
    if user.changes_accounts:
        return tuple(User.Role)
    return GIVEN_BY_COORDINATORS if areas_of(user) else ()


def centres_open_to(user):
    """The centres where `user` may let people work."""
    if user.changes_accounts:
        return FamilyCentre.objects.all()
    return FamilyCentre.objects.filter(district__city_area__in=areas_of(user))


def city_areas_open_to(user):
    """The areas that `user` may hand to a coordinator."""
    return CityArea.objects.all() if user.changes_accounts else CityArea.objects.none()


def accounts_open_to(user):
    """The accounts that `user` may see; those whose data is erased are nobody's any more."""
    accounts = User.objects.filter(erased_at=None)
    if user.changes_accounts:
        return accounts
    here = CentreMembership.objects.filter(centre__in=centres_open_to(user))
    return accounts.filter(
        pk__in=here.values("user"), role__in=GIVEN_BY_COORDINATORS, is_superuser=False
    )


def invitations_open_to(user):
    """The invitations that `user` may see, send anew and revoke."""
    if user.changes_accounts:
        return Invitation.objects.all()
    elsewhere = FamilyCentre.objects.exclude(pk__in=centres_open_to(user))
    own = Invitation.objects.filter(
        role__in=GIVEN_BY_COORDINATORS, centres__in=centres_open_to(user)
    )
    shared = Invitation.objects.filter(centres__in=elsewhere)
    return own.exclude(pk__in=shared.values("pk")).distinct()
