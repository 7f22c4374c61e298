"""From the invitation to the account: who may ask whom, and every link that must not work."""

import logging
import re
from datetime import timedelta

import pytest
import time_machine
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from familjeportal.accounts.invitations import invite
from familjeportal.accounts.models import Invitation, User
from tests.factories import (
    make_centre,
    make_city_area,
    make_district,
    make_invitation,
    make_organisation,
    make_user,
    stockholm,
)

pytestmark = pytest.mark.django_db

NOW = stockholm(2026, 11, 23, 8)
PASSWORD = "korsbär-och-kanel-7"
ADD = "admin:accounts_invitation_add"
LIST = "admin:accounts_invitation_changelist"
DATA = {
    "first_name": "Eva",
    "last_name": "Ek",
    "password1": PASSWORD,
    "password2": PASSWORD,
}


@pytest.fixture(autouse=True)
def now():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def north():
    return make_city_area("Nordost")


@pytest.fixture
def house(north):
    return make_centre(district=make_district("Angered", north))


@pytest.fixture
def elsewhere():
    return make_centre(district=make_district("Högsbo", make_city_area("Sydväst")))


@pytest.fixture
def coordinator(north):
    return make_user("coordinator", areas=[north])


@pytest.fixture
def administrator():
    return make_user("administrator")


def link(token) -> str:
    return reverse("invitation", args=[token])


def token_in(letter) -> str:
    return re.search(r"http://localhost/personal/inbjudan/([\w-]+)/", letter.body)[1]


def asking(*centres, **fields) -> dict:
    return {
        "email": "Eva.Ek@goteborg.example",
        "role": "editor",
        "centres": [centre.pk for centre in centres],
        **fields,
    }


# --- Inviting -------------------------------------------------------------------------------------
def test_invited_person_gets_a_letter_and_becomes_staff(
    client, coordinator, house, django_capture_on_commit_callbacks
):
    city = make_organisation()
    client.force_login(coordinator)
    with django_capture_on_commit_callbacks(execute=True):
        response = client.post(reverse(ADD), asking(house, organisations=[city.pk]))
    assert response.status_code == 302
    letter = mail.outbox[0]
    assert letter.to == ["eva.ek@goteborg.example"]
    assert "till och med 30 november 2026 klockan 08.00" in letter.body
    assert house.name in letter.body

    client.logout()
    token = token_in(letter)
    assert "eva.ek@goteborg.example" in client.get(link(token)).content.decode()
    response = client.post(link(token), DATA)
    assert (response.status_code, response.url) == (302, reverse("staff:home"))
    user = User.objects.get(email="eva.ek@goteborg.example")
    assert (user.is_staff, user.role, user.get_full_name()) == (True, "editor", "Eva Ek")
    assert user.check_password(PASSWORD)
    assert user.centre_memberships.get().centre == house
    assert user.organisation_memberships.get().organisation == city
    assert user.history.last().history_user == coordinator
    assert client.session["_auth_user_id"] == str(user.pk)


def test_only_the_hash_of_the_link_is_kept(
    client, administrator, house, django_capture_on_commit_callbacks
):
    client.force_login(administrator)
    with django_capture_on_commit_callbacks(execute=True):
        client.post(reverse(ADD), asking(house))
    token = token_in(mail.outbox[0])
    row = Invitation.objects.values().get()
    assert token not in str(row)
    assert len(token) >= 43


def test_coordinator_is_given_an_area_by_an_administrator(client, administrator, north):
    client.force_login(administrator)
    client.post(reverse(ADD), asking(role="coordinator", city_areas=[north.pk]))
    assert list(Invitation.objects.get().city_areas.all()) == [north]


@pytest.mark.parametrize("role", ["coordinator", "administrator", "kung"])
def test_coordinator_gives_no_role_above(client, coordinator, house, role, caplog):
    client.force_login(coordinator)
    response = client.post(reverse(ADD), asking(house, role=role))
    assert response.context["adminform"].form.errors["role"]
    assert not Invitation.objects.exists()
    assert f"Account {coordinator.pk} sent what was not offered" in caplog.text


def test_coordinator_invites_to_no_foreign_centre(client, coordinator, house, elsewhere, caplog):
    client.force_login(coordinator)
    for centres in ([elsewhere], [house, elsewhere]):
        response = client.post(reverse(ADD), asking(*centres))
        assert response.context["adminform"].form.errors["centres"]
    assert elsewhere.name not in client.get(reverse(ADD)).content.decode()
    assert not Invitation.objects.exists()
    assert "sent what was not offered at /admin/accounts/invitation/add/: centres" in caplog.text


def test_coordinator_invites_to_some_centre_and_hands_out_no_area(
    client, coordinator, house, north
):
    client.force_login(coordinator)
    assert client.post(reverse(ADD), asking()).context["adminform"].form.errors["centres"]
    client.post(reverse(ADD), asking(house, city_areas=[north.pk]))
    assert not Invitation.objects.get().city_areas.exists()


def test_action_refuses_what_the_form_would_not_offer(coordinator, elsewhere):
    row = Invitation(email="eva@goteborg.example", role="editor")
    with pytest.raises(PermissionDenied):
        invite(invitation=row, centres=[elsewhere], at=NOW, by=coordinator)


@pytest.mark.parametrize("taken_by", ["account", "invitation"])
def test_address_that_is_taken_is_not_invited(client, administrator, house, taken_by):
    address = {"email": "eva.ek@goteborg.example"}
    if taken_by == "account":
        make_user(**address)
    else:
        make_invitation(by=administrator, sent_at=NOW, **address)
    client.force_login(administrator)
    response = client.post(reverse(ADD), asking(house))
    assert "redan" in str(response.context["adminform"].form.errors["email"])


# --- Sending again and taking back ----------------------------------------------------------------
def act(client, action, *invitations):
    chosen = {"action": action, "_selected_action": [row.pk for row in invitations]}
    return client.post(reverse(LIST), chosen, follow=True).content.decode()


def test_sent_again_the_new_link_works_and_the_old_one_does_not(
    client, coordinator, house, django_capture_on_commit_callbacks
):
    row = make_invitation(
        by=coordinator, centres=[house], token="gammal", sent_at=stockholm(2026, 1, 1)
    )
    client.force_login(coordinator)
    with django_capture_on_commit_callbacks(execute=True):
        assert "1 inbjudan skickad" in act(client, "send_again", row)
    client.logout()
    assert client.get(link("gammal")).status_code == 400
    assert client.get(link(token_in(mail.outbox[0]))).status_code == 200


def test_revoked_link_leads_nowhere(client, coordinator, house):
    row = make_invitation(by=coordinator, centres=[house], token="t")
    client.force_login(coordinator)
    assert "1 inbjudan tillbakadragen" in act(client, "revoke", row)
    assert "De andra är som förut" in act(client, "revoke", row)
    client.logout()
    assert client.post(link("t"), DATA).status_code == 410
    assert not User.objects.filter(first_name="Eva").exists()


@pytest.mark.parametrize("action", ["send_again", "revoke"])
def test_coordinator_of_another_area_does_neither(client, coordinator, elsewhere, action):
    row = make_invitation(by=make_user("administrator"), centres=[elsewhere])
    client.force_login(coordinator)
    assert row.email not in act(client, action, row)
    before = Invitation.objects.filter(pk=row.pk).values().get()
    assert (before["revoked_at"], before["sent_at"]) == (None, row.sent_at)
    assert mail.outbox == []


def test_letter_that_cannot_be_sent_stops_nothing(
    client, administrator, house, settings, caplog, django_capture_on_commit_callbacks
):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9
    client.force_login(administrator)
    with django_capture_on_commit_callbacks(execute=True):
        assert client.post(reverse(ADD), asking(house)).status_code == 302
    assert "could not be mailed" in caplog.text
    assert "eva" not in caplog.text.lower()


# --- Links that must not work ---------------------------------------------------------------------
@pytest.mark.parametrize(
    ("fields", "status"),
    [
        ({}, 200),
        ({"revoked_at": NOW}, 410),
        ({"accepted_at": NOW}, 410),
        ({"expires_at": NOW}, 410),
        ({"expires_at": NOW - timedelta(days=40)}, 410),
        ({"invited_by": None}, 410),
        ({"role": "administrator"}, 410),  # altered: its sender could not give that
    ],
)
def test_link_works_only_while_everything_about_it_holds(
    client, coordinator, house, fields, status, caplog
):
    row = make_invitation(by=coordinator, centres=[house], token="hemlig")
    Invitation.objects.filter(pk=row.pk).update(**fields)
    for ask in (client.get, client.post):
        response = ask(link("hemlig"))
        assert response.status_code == status
    assert ("An invitation was refused" in caplog.text) == (status != 200)
    assert row.email not in caplog.text


@pytest.mark.parametrize("token", ["x", "hemlig", "HEMLIGT", "hemligt.", "%FF", "å" * 500])
def test_altered_link_is_refused_and_tells_nothing(client, coordinator, house, token, caplog):
    make_invitation(by=coordinator, centres=[house], token="hemligt")
    response = client.get(f"/personal/inbjudan/{token}/")
    assert response.status_code == 400
    html = response.content.decode()
    assert "Länken fungerar inte" in html
    assert "@" not in html
    assert "An invitation was refused: no such link" in caplog.text


def test_used_link_and_wrong_link_read_the_same(client, coordinator, house):
    make_invitation(by=coordinator, centres=[house], token="t", accepted_at=NOW)
    pages = [re.sub(r"csrf\w*", "", client.get(link(token)).content.decode()) for token in "tx"]
    assert pages[0] == pages[1]


def test_form_sent_twice_makes_one_account(client, coordinator, house):
    make_invitation(by=coordinator, centres=[house], token="t")
    assert client.post(link("t"), DATA).status_code == 302
    before = User.objects.count()
    again = DATA | {"password1": "annat-ord-99"}
    assert client.post(link("t"), again)["Location"] == reverse("account_protect")
    assert Client().post(link("t"), again).status_code == 410
    assert User.objects.count() == before


def test_looking_at_the_link_does_not_use_it_up(client, coordinator, house):
    make_invitation(by=coordinator, centres=[house], token="t")
    client.get(link("t"))
    client.head(link("t"))
    assert client.post(link("t"), DATA).status_code == 302


@pytest.mark.parametrize("change", [{"is_active": False}, {"role": "editor"}])
def test_invitation_is_worth_nothing_when_its_sender_may_no_longer(
    client, coordinator, house, change
):
    make_invitation(by=coordinator, centres=[house], token="t")
    User.objects.filter(pk=coordinator.pk).update(**change)
    assert client.post(link("t"), DATA).status_code == 410


def test_invitation_is_worth_nothing_when_the_sender_lost_the_area(client, coordinator, house):
    make_invitation(by=coordinator, centres=[house], token="t")
    coordinator.area_memberships.all().delete()
    assert client.post(link("t"), DATA).status_code == 410


def test_account_that_came_to_be_by_another_way_is_not_taken_over(client, coordinator, house):
    row = make_invitation(by=coordinator, centres=[house], token="t")
    user = make_user(email=row.email, password="gammalt")
    assert client.post(link("t"), DATA).status_code == 410
    user.refresh_from_db()
    assert user.check_password("gammalt")


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"password2": "något annat"}, "password2"),
        ({"password1": "12345678", "password2": "12345678"}, "password1"),
        ({"password1": "kort", "password2": "kort"}, "password1"),
        ({"first_name": ""}, "first_name"),
        ({"last_name": "x" * 151}, "last_name"),
    ],
)
def test_weak_password_or_missing_name_is_refused(client, coordinator, house, fields, field):
    make_invitation(by=coordinator, centres=[house], token="t")
    response = client.post(link("t"), DATA | fields)
    assert response.status_code == 200
    assert list(response.context["form"].errors) == [field]
    assert client.post(link("t"), DATA).status_code == 302


def test_fields_slipped_in_give_no_rights(client, coordinator, house, elsewhere):
    make_invitation(by=coordinator, centres=[house], token="t")
    more = {
        "role": "administrator",
        "is_superuser": "on",
        "centres": elsewhere.pk,
        "email": "x@y.se",
    }
    client.post(link("t"), DATA | more)
    user = User.objects.get(first_name="Eva")
    assert (user.role, user.is_superuser) == ("editor", False)
    assert user.centre_memberships.get().centre == house
    assert user.email != "x@y.se"


def test_log_holds_neither_link_nor_address(
    client, coordinator, house, caplog, django_capture_on_commit_callbacks
):
    caplog.set_level(logging.INFO, logger="familjeportal")
    client.force_login(coordinator)
    with django_capture_on_commit_callbacks(execute=True):
        client.post(reverse(ADD), asking(house))
    token = token_in(mail.outbox[0])
    client.post(link(token), DATA)
    own = "\n".join(r.getMessage() for r in caplog.records if r.name.startswith("familjeportal"))
    assert f"Account {coordinator.pk} invited somebody as editor" in own
    assert "was accepted by the new account" in own
    assert token not in own
    assert "goteborg.example" not in own


def test_open_invitations_are_those_that_can_still_be_accepted(coordinator):
    row = make_invitation(by=coordinator)
    make_invitation(by=coordinator, revoked_at=NOW)
    make_invitation(by=coordinator, accepted_at=NOW)
    make_invitation(by=coordinator, expires_at=NOW)
    assert list(Invitation.objects.open(timezone.now())) == [row]


def test_refused_link_stands_in_no_log(client, caplog):
    """It may work again once its sender does."""
    sender = make_user("administrator")
    make_invitation(by=sender, token="hemlig-lapp", sent_at=timezone.now())
    User.objects.filter(pk=sender.pk).update(is_staff=False)
    assert client.get("/personal/inbjudan/hemlig-lapp/").status_code == 410
    assert "hemlig-lapp" not in caplog.text
