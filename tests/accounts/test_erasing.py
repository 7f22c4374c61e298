"""Erasing a person's account: nothing of them is left, and what they changed is still there."""

from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.contrib.admin.models import LogEntry
from django.contrib.sessions.models import Session
from django.core.management import CommandError, call_command
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from familjeportal.accounts.erasing import INVITATIONS_KEPT_FOR
from familjeportal.accounts.models import Invitation, SignInEvent, User
from tests.factories import (
    make_centre,
    make_city_area,
    make_confirmation,
    make_invitation,
    make_organisation,
    make_schedule,
    make_service_at_centre,
    make_user,
)

pytestmark = pytest.mark.django_db

ADDRESS, OLD_ADDRESS = "greta.unik@goteborg.example", "greta.forr@goteborg.example"


@pytest.fixture
def administrator():
    return make_user("administrator")


@pytest.fixture
def greta(client, administrator):
    """Somebody who has left traces everywhere: a former address, invitations, admin pages."""
    room = make_service_at_centre()
    user = make_user(
        email=OLD_ADDRESS,
        first_name="Greta",
        last_name="Unikson",
        centres=[room.centre],
        organisations=[make_organisation()],
        areas=[make_city_area()],
    )
    make_invitation(by=administrator, email=OLD_ADDRESS, accepted_at=timezone.now())
    make_invitation(by=administrator, email=ADDRESS)
    make_invitation(by=user, email="annan@goteborg.example")
    EmailAddress.objects.create(user=user, email=OLD_ADDRESS)
    user.email = ADDRESS
    user.save()
    client.force_login(administrator)
    client.post(reverse("admin:accounts_user_change", args=[user.pk]), {"first_name": "x"})
    LogEntry.objects.log_actions(administrator.pk, User.objects.filter(pk=user.pk), 2)
    client.force_login(user)
    confirm = reverse("admin:centres_confirmation_changelist")
    confirmation = make_confirmation(room)
    client.post(confirm, {"action": "confirm_today", "_selected_action": [confirmation.pk]})
    schedule = make_schedule(room)
    schedule._history_user = user
    schedule.save()
    return user


def everything() -> str:
    """All that the database holds, as text."""
    tables = connection.introspection.table_names()
    with connection.cursor() as cursor:
        parts = []
        for table in tables:
            cursor.execute(f'SELECT * FROM "{table}"')  # noqa: S608
            parts += map(str, cursor.fetchall())
    parts += [str(session.get_decoded()) for session in Session.objects.all()]
    return "\n".join(parts)


def test_no_trace_of_the_person_is_left(greta):
    traces = (ADDRESS, OLD_ADDRESS, "Greta", "Unikson")
    assert all(trace in everything() for trace in traces)
    call_command("erase_account", ADDRESS.upper())
    left = everything().lower()
    assert [trace for trace in traces if trace.lower() in left] == []


def test_what_the_person_changed_is_still_somebodys(client, greta, administrator):
    schedule = greta.centre_memberships.get().centre.services_here.get().schedules.get()
    call_command("erase_account", ADDRESS)
    assert schedule.history.first().history_user_id == greta.pk
    client.force_login(administrator)
    url = reverse("admin:centres_schedule_history", args=[schedule.pk])
    assert "borttaget konto" in client.get(url).content.decode()


def test_erased_account_is_signed_out_and_gone_from_the_list(client, greta, administrator):
    call_command("erase_account", ADDRESS)
    assert client.get(reverse("staff:home")).status_code == 302
    greta.refresh_from_db()
    assert (greta.is_active, greta.is_staff, greta.has_usable_password()) == (False, False, False)
    assert greta.erased_at
    client.force_login(administrator)
    page = client.get(reverse("admin:accounts_user_changelist"))
    assert greta not in page.context["cl"].result_list


def test_address_is_free_for_a_new_account(greta):
    call_command("erase_account", ADDRESS)
    assert make_user(email=ADDRESS).pk != greta.pk


def test_administrator_who_deletes_in_the_admin_erases(client, greta, administrator):
    client.force_login(administrator)
    url = reverse("admin:accounts_user_delete", args=[greta.pk])
    assert client.post(url, {"post": "yes"}).status_code == 302
    assert User.objects.get(pk=greta.pk).erased_at
    assert ADDRESS not in everything()


def test_last_administrator_stays(administrator):
    with pytest.raises(CommandError, match="only administrator"):
        call_command("erase_account", administrator.email)
    make_user("administrator")
    call_command("erase_account", administrator.email)
    assert User.objects.get(pk=administrator.pk).erased_at


def test_unknown_address_is_told(db):
    with pytest.raises(CommandError, match="no account"):
        call_command("erase_account", "ingen@goteborg.example")


# --- Those that nobody uses -----------------------------------------------------------------------
def made(days_ago, **fields) -> User:
    return make_user(date_joined=timezone.now() - timedelta(days=days_ago), **fields)


def test_accounts_that_nobody_uses_are_erased(administrator, capsys):
    used = made(900, last_login=timezone.now() - timedelta(days=10))
    never_used, left = made(900), made(2000, last_login=timezone.now() - timedelta(days=731))
    call_command("erase_unused_accounts")
    erased = set(User.objects.exclude(erased_at=None))
    assert erased == {never_used, left}
    assert used not in erased
    call_command("erase_unused_accounts")
    assert "0 old invitations are erased" in capsys.readouterr().out


def test_dry_run_erases_nothing(administrator, capsys):
    old = made(900)
    call_command("erase_unused_accounts", "--dry-run", "--days", "365")
    assert f"Account {old.pk} would be erased." in capsys.readouterr().out
    assert not User.objects.exclude(erased_at=None).exists()


def test_last_administrator_stays_however_unused(capsys):
    user = made(900, role="administrator")
    call_command("erase_unused_accounts")
    assert f"Account {user.pk} stays" in capsys.readouterr().out


def test_a_holiday_is_no_reason(db):
    with pytest.raises(CommandError, match="at least 30"):
        call_command("erase_unused_accounts", "--days", "29")


def test_old_invitations_are_erased(administrator):
    ended = timezone.now() - INVITATIONS_KEPT_FOR
    make_invitation(by=administrator, expires_at=ended - timedelta(days=1))
    kept = make_invitation(by=administrator, expires_at=ended + timedelta(days=1))
    call_command("erase_unused_accounts")
    assert list(Invitation.objects.all()) == [kept]


def test_centre_of_the_person_stays(greta):
    centre = greta.centre_memberships.get().centre
    call_command("erase_account", ADDRESS)
    assert make_centre().pk != centre.pk
    assert not centre.memberships.exists()


def test_sign_ins_of_more_than_a_year_ago_are_erased():
    now = timezone.now()
    for days in (364, 366):
        SignInEvent.objects.create(what="signed_in", at=now - timedelta(days=days))
    call_command("erase_unused_accounts", "--dry-run")
    assert SignInEvent.objects.count() == 2
    call_command("erase_unused_accounts")
    assert SignInEvent.objects.get().at == now - timedelta(days=364)
