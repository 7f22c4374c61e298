"""Example staff accounts, with passwords and recovery codes that are random on every installation.

The codes stand for the second step of signing in, so that nobody needs an app to try the portal:
each works once, and there are ten.
"""

import os
import secrets
from dataclasses import dataclass
from pathlib import Path

from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.conf import settings

from centres.models import CentreMembership, CityArea, FamilyCentre, OrganisationMembership
from familjeportal.accounts import second_factor
from familjeportal.accounts.models import EXAMPLE_DOMAIN, AreaMembership, User
from services.models import Organisation

_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"  # without those that look alike


@dataclass(frozen=True)
class ExampleAccount:
    """`what` says in English who it is; slugs of where the person works, for whom, and of the area
    whose accounts they look after."""

    what: str
    login: str
    first_name: str
    role: str
    centre: str | None = None
    organisation: str | None = None
    city_area: str | None = None

    @property
    def email(self) -> str:
        return f"{self.login}@{EXAMPLE_DOMAIN}"


ACCOUNTS = (
    ExampleAccount("administrator", "administrator", "Ada", User.Role.ADMINISTRATOR),
    ExampleAccount(
        "coordinator, accounts of Nordost",
        "samordnare",
        "Sam",
        User.Role.COORDINATOR,
        city_area="nordost",
    ),
    ExampleAccount(
        "communicator, writes guides, news and pages",
        "kommunikator",
        "Noor",
        User.Role.COMMUNICATOR,
    ),
    ExampleAccount(
        "reviewer, approves what the communicator has written",
        "granskare",
        "Greta",
        User.Role.REVIEWER,
    ),
    ExampleAccount(
        "preschool teacher, Hjällbo",
        "forskollarare.hjallbo",
        "Alva",
        User.Role.EDITOR,
        "hjallbo",
        "goteborgs-stad",
    ),
    ExampleAccount(
        "nurse, Hjällbo",
        "sjukskoterska.hjallbo",
        "Kim",
        User.Role.EDITOR,
        "hjallbo",
        "vastra-gotalandsregionen",
    ),
)


def accounts_file() -> Path:
    return Path(settings.BASE_DIR) / "var" / "example-accounts.txt"


def make_accounts() -> None:
    """Make the accounts that are missing, give all of them new passwords and write those down."""
    passwords = {}
    for account in ACCOUNTS:
        user = _user(account) or _make(account)
        passwords[account.email] = new_password()
        user.set_password(passwords[account.email])
        user.save(update_fields=["password"])
    _write_down(passwords)


def renew_recovery_codes() -> None:
    """Ten new codes for each account, and an app that nobody has where it has no second step."""
    for account in ACCOUNTS:
        if user := _user(account):
            if not second_factor.has_own(user):
                TOTP.activate(user, generate_totp_secret())
            second_factor.renew_recovery_codes(user)


def passwords_are_known() -> bool:
    return _lines() is not None


def table() -> str | None:
    """The accounts as lines to print, or None when nobody knows their passwords any more.

    Below each, the recovery codes that have not been used.
    """
    lines = _lines()
    if lines is None:
        return None
    return "".join(f"{line}\n  {_codes(line.split()[0])}\n" for line in lines.splitlines())


def _lines() -> str | None:
    try:
        lines = accounts_file().read_text(encoding="utf-8")
    except OSError:
        return None
    return lines if _still_work(lines) else None


def _codes(email: str) -> str:
    user = User.objects.filter(email=email).first()
    codes = second_factor.remaining_recovery_codes(user) if user else []
    return " ".join(codes) or "no codes left: `make demo-refresh` makes new ones"


def _user(account: ExampleAccount) -> User | None:
    return User.objects.filter(email=account.email).first()


def new_password() -> str:
    """Sixteen letters and digits in groups of four: easy to type, about 79 bits of chance."""
    groups = ("".join(secrets.choice(_LETTERS) for _ in range(4)) for _ in range(4))
    return "-".join(groups)


def _make(account: ExampleAccount) -> User:
    user = User.objects.create_user(
        account.email,
        first_name=account.first_name,
        last_name="Exempelsson",
        role=account.role,
        is_staff=True,
    )
    if centre := FamilyCentre.objects.filter(slug=account.centre).first():
        CentreMembership.objects.create(user=user, centre=centre)
    if organisation := Organisation.objects.filter(slug=account.organisation).first():
        OrganisationMembership.objects.create(user=user, organisation=organisation)
    if city_area := CityArea.objects.filter(slug=account.city_area).first():
        AreaMembership.objects.create(user=user, city_area=city_area)
    return user


def _write_down(passwords: dict[str, str]) -> None:
    """Readable by its owner only, from the first byte."""
    path = accounts_file()
    path.parent.mkdir(exist_ok=True)
    path.unlink(missing_ok=True)
    width = max(len(account.email) for account in ACCOUNTS)
    lines = [
        f"{account.email:<{width}}  {passwords[account.email]}  {account.what}\n"
        for account in ACCOUNTS
    ]
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with open(descriptor, "w", encoding="utf-8") as file:
        file.writelines(lines)


def _still_work(lines: str) -> bool:
    """The file may be left from another database, or from before an account was added."""
    if not all(account.email in lines for account in ACCOUNTS):
        return False
    email, password = (lines.split() + ["", ""])[:2]
    user = User.objects.filter(email=email).first()
    return user is not None and user.check_password(password)
