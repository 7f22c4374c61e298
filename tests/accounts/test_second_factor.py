"""No staff page before there is a second factor; setting one up, and losing it."""

from datetime import timedelta
from urllib.parse import unquote

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import SECRET_SESSION_KEY
from django.conf import settings
from django.contrib.admin.models import LogEntry
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from familjeportal.accounts import second_factor
from tests.factories import make_centre, make_user
from tests.second_factor import code_for, code_of

pytestmark = pytest.mark.django_db

LOGIN, PROTECT = "/personal/logga-in/", "/personal/konto/skydda/"
APP = "/personal/konto/app/"
PASSWORD = "korsbär-och-kanel-7"


@pytest.fixture
def newcomer():
    return make_user("administrator", password=PASSWORD, second_factor=False)


@pytest.fixture
def signed_in(client, newcomer):
    client.post(LOGIN, {"login": newcomer.email, "password": PASSWORD})
    return client


# --- The door -------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    "path",
    [
        "/personal/",
        "/personal/konto/",
        "/personal/konto/losenord/",
        "/personal/konto/enheter/",
        "/personal/konto/reservkoder/",
        "/admin/",
        "/admin/accounts/user/",
        "/admin/jsi18n/",
        "/admin/login/",
        "/admin/finns-inte/",
    ],
)
def test_no_page_of_staff_is_seen_or_changed_before_there_is_a_second_factor(signed_in, path):
    assert signed_in.get(path).url == PROTECT
    assert signed_in.post(path, {}).url == PROTECT


def test_centre_is_not_changed_before_there_is_a_second_factor(signed_in):
    centre = make_centre()
    url = reverse("admin:centres_familycentre_delete", args=[centre.pk])
    assert signed_in.post(url, {"post": "yes"}).url == PROTECT
    centre.refresh_from_db()


def test_page_explains_and_leads_to_the_choices(signed_in):
    html = signed_in.get("/personal/", follow=True).content.decode()
    assert "Skydda ditt konto" in html
    for path in (APP, "/personal/konto/passnycklar/ny/", "/personal/logga-ut/"):
        assert f'"{path}"' in html
        assert signed_in.get(path).status_code == 200


def test_public_pages_ask_for_nothing(signed_in):
    assert signed_in.get("/").status_code == 200


def test_recovery_codes_alone_are_no_second_factor(signed_in, newcomer):
    second_factor.renew_recovery_codes(newcomer)
    assert signed_in.get("/personal/").url == PROTECT


def test_protected_account_is_not_asked_again(client):
    client.force_login(make_user())
    assert client.get(PROTECT).url == "/personal/konto/"


# --- Setting one up -------------------------------------------------------------------------------
def set_up_app(client):
    client.get(APP)
    return client.post(APP, {"code": code_for(client.session[SECRET_SESSION_KEY])})


# allauth tells of a new app when the transaction is over: these need real ones.
@pytest.mark.django_db(transaction=True)
def test_app_is_set_up_and_recovery_codes_shown(signed_in, newcomer, mailoutbox):
    answer = set_up_app(signed_in)
    assert answer.url == "/personal/konto/reservkoder/"
    html = signed_in.get(answer.url).content.decode()
    codes = second_factor.remaining_recovery_codes(newcomer)
    assert len(codes) == 10
    assert all(f"{code[:4]} {code[4:]}" in html for code in codes)
    assert signed_in.get("/personal/").status_code == 200
    assert [mail.subject for mail in mailoutbox] == [
        "Familjeportalen: En app är kopplad till ditt konto"
    ]


@pytest.mark.django_db(transaction=True)
def test_first_factor_ends_the_sessions_opened_without_one(signed_in, newcomer):
    thief = Client()
    thief.post(LOGIN, {"login": newcomer.email, "password": PASSWORD})
    set_up_app(signed_in)
    assert signed_in.get("/personal/").status_code == 200
    assert thief.get("/personal/").url.startswith(LOGIN)


def test_wrong_code_sets_nothing_up(signed_in, newcomer):
    signed_in.get(APP)
    before = signed_in.session[SECRET_SESSION_KEY]
    answer = signed_in.post(APP, {"code": "000000"})
    assert "stämmer inte" in answer.content.decode()
    assert signed_in.session[SECRET_SESSION_KEY] == before  # the same square to scan
    assert not second_factor.has_own(newcomer)


def test_code_that_set_up_the_app_does_not_sign_in(signed_in, newcomer):
    signed_in.get(APP)
    code = code_for(signed_in.session[SECRET_SESSION_KEY])
    signed_in.post(APP, {"code": code})
    other = Client()
    other.post(LOGIN, {"login": newcomer.email, "password": PASSWORD})
    assert other.post("/personal/logga-in/kod/", {"code": code}).status_code == 200


def test_square_to_scan_is_drawn_without_what_the_content_policy_stops(signed_in):
    html = signed_in.get(APP).content.decode()
    assert "<svg viewBox" in html
    assert "data:" not in html
    assert " style=" not in html


# --- Changing and losing it -----------------------------------------------------------------------
def test_old_sign_in_is_asked_again_before_the_account_is_changed(client, time_machine):
    user = make_user(password=PASSWORD)
    client.post(LOGIN, {"login": user.email, "password": PASSWORD})
    client.post("/personal/logga-in/kod/", {"code": code_of(user)})
    time_machine.move_to(timezone.now() + timedelta(minutes=6))
    codes = "/personal/konto/reservkoder/nya/"
    answer = client.post(codes)
    assert unquote(answer.url) == f"/personal/konto/bekrafta/?next={codes}"
    assert "Lösenord" in client.get(answer.url).content.decode()
    client.post(answer.url, {"password": "fel", "next": codes})
    assert not second_factor.remaining_recovery_codes(user)
    client.post(answer.url, {"password": PASSWORD, "next": codes})
    assert second_factor.remaining_recovery_codes(user)


def test_only_factor_is_kept(client):
    user = make_user(password=PASSWORD)
    client.post(LOGIN, {"login": user.email, "password": PASSWORD})
    client.post("/personal/logga-in/kod/", {"code": code_of(user)})
    answer = client.post("/personal/konto/app/ta-bort/")
    assert "ditt enda andra steg" in answer.content.decode()
    assert second_factor.has_own(user)


def test_administrator_takes_away_a_lost_factor_and_the_sessions(client):
    user, administrator = make_user(), make_user("administrator")
    theirs = Client()
    theirs.force_login(user)
    client.force_login(administrator)
    chosen = {"action": "take_away_second_factor", "_selected_action": [user.pk]}
    client.post(reverse("admin:accounts_user_changelist"), chosen)
    assert not second_factor.has_own(user)
    assert second_factor.has_own(administrator)
    assert LogEntry.objects.get(user=administrator).object_id == str(user.pk)
    assert theirs.get("/personal/").url.startswith(LOGIN)


@pytest.mark.parametrize("role", ["editor", "coordinator"])
def test_others_take_away_nobodys_factor(client, role):
    user = make_user()
    client.force_login(make_user(role))
    chosen = {"action": "take_away_second_factor", "_selected_action": [user.pk]}
    assert client.post(reverse("admin:accounts_user_changelist"), chosen).status_code == 403
    assert second_factor.has_own(user)


@pytest.mark.parametrize("path", ["", "ta-bort/"])
def test_passkey_of_another_is_not_found(client, path):
    owner, user = make_user(), make_user(password=PASSWORD)
    passkey = Authenticator.objects.create(user=owner, type="webauthn", data={"name": "x"})
    client.post(LOGIN, {"login": user.email, "password": PASSWORD})
    client.post("/personal/logga-in/kod/", {"code": code_of(user)})
    url = f"/personal/konto/passnycklar/{passkey.pk}/{path}"
    assert client.post(url, {"name": "min"}).status_code == 404
    assert Authenticator.objects.get(pk=passkey.pk).data["name"] == "x"


# --- Secrets --------------------------------------------------------------------------------------
def test_secrets_are_encrypted_in_the_database():
    user = make_user()
    codes = second_factor.renew_recovery_codes(user)
    for row in Authenticator.objects.filter(user=user):
        kept = row.data.get("secret") or row.data["seed"]
        assert second_factor.SecondFactorAdapter().decrypt(kept) != kept
    assert second_factor.remaining_recovery_codes(user) == codes


def test_secrets_outlive_a_rotated_key(settings):
    user = make_user()
    codes = second_factor.renew_recovery_codes(user)
    old, settings.SECRET_KEY = settings.SECRET_KEY, "another"
    settings.SECRET_KEY_FALLBACKS = [old]
    assert second_factor.remaining_recovery_codes(user) == codes


def test_secrets_that_no_key_opens_fit_no_code(settings):
    user = make_user()
    code = code_of(user)
    codes = second_factor.renew_recovery_codes(user)
    settings.SECRET_KEY = "another"
    app = Authenticator.objects.get(user=user, type="totp").wrap()
    assert not app.validate_code(code)
    assert not set(second_factor.remaining_recovery_codes(user)) & set(codes)


def test_passkeys_belong_to_the_public_address():
    entity = second_factor.SecondFactorAdapter().get_public_key_credential_rp_entity()
    assert entity == {"id": settings.PUBLIC_HOST, "name": "Familjeportalen"}
