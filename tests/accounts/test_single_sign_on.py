"""Single sign-on against a real OpenID Connect provider, run here on the loopback."""

import pytest
import requests
from allauth.socialaccount.models import SocialAccount
from django.test import Client

from familjeportal.accounts.models import SignInEvent, User
from tests import oidc_provider
from tests.factories import make_user

pytestmark = pytest.mark.django_db

START = "/personal/logga-in/hos/oidc/"
PEOPLE = [
    {"sub": "teacher", "email": "Larare@goteborg.example", "email_verified": True},
    {"sub": "claims-it", "email": "larare@goteborg.example", "email_verified": False},
    {"sub": "says-nothing", "email": "larare@goteborg.example"},
    {"sub": "stranger", "email": "okand@goteborg.example", "email_verified": True},
    {"sub": "nameless"},
]


@pytest.fixture(scope="module")
def provider():
    """The address of a provider; stopped when the module's tests are over."""
    with oidc_provider.running(PEOPLE) as address:
        yield address


@pytest.fixture
def app(settings, provider):
    app = {
        "provider_id": "oidc",
        "name": "Göteborgs Stad",
        "client_id": "portal",
        "secret": "secret",
        "settings": {"server_url": provider, "verified_email": False},
    }
    settings.OIDC_HAS_SECOND_FACTOR = True
    settings.SOCIALACCOUNT_PROVIDERS = {
        "openid_connect": {"OAUTH_PKCE_ENABLED": True, "APPS": [app]}
    }
    return app


@pytest.fixture
def teacher(app):
    return make_user(email="larare@goteborg.example", second_factor=False, password="kvar")


def at_the_provider(client, sub, start=START) -> str:
    """Press the button, sign in at the provider as `sub`; the path it sends the browser back to."""
    to_provider = client.post(start).url
    back = requests.post(to_provider, {"sub": sub}, allow_redirects=False, timeout=10)
    return back.headers["Location"].removeprefix("http://testserver")


def sign_in(client, sub, start=START):
    return client.get(at_the_provider(client, sub, start))


# --- Who gets in ----------------------------------------------------------------------------------
def test_person_with_an_account_is_signed_in_by_the_verified_address(client, teacher):
    assert "Logga in via Göteborgs Stad" in client.get("/personal/logga-in/").content.decode()
    assert sign_in(client, "teacher").url == "/personal/"
    page = client.get("/personal/")
    assert page.status_code == 200
    assert page.wsgi_request.user == teacher
    event = SignInEvent.objects.get()
    assert (event.user, event.what, event.how) == (teacher, "signed_in", "socialaccount")


def test_sign_in_leaves_the_password_and_keeps_nothing_of_the_providers(client, teacher):
    sign_in(client, "teacher")
    teacher.refresh_from_db()
    assert teacher.check_password("kvar")
    assert not SocialAccount.objects.exists()


@pytest.mark.parametrize("sub", ["claims-it", "says-nothing", "stranger", "nameless"])
def test_nobody_else_gets_in_and_no_account_is_made(client, teacher, sub):
    html = sign_in(client, sub).content.decode()
    assert "inget konto" in html
    assert client.get("/personal/").status_code == 302
    assert User.objects.get() == teacher
    event = SignInEvent.objects.get()
    assert (event.user, event.what) == (None, "provider_refused")


def test_employers_provider_is_trusted_with_addresses_when_the_settings_say_so(
    client, teacher, app
):
    app["settings"]["verified_email"] = True
    assert sign_in(client, "says-nothing").url == "/personal/"


def test_deactivated_account_gets_no_further(client, teacher):
    User.objects.update(is_active=False)
    assert sign_in(client, "teacher").url == "/personal/logga-in/ej-i-bruk/"
    assert client.get("/personal/").status_code == 302


def test_changed_address_shuts_the_old_one_out(client, teacher):
    sign_in(client, "teacher")
    User.objects.update(email="ny@goteborg.example")
    assert "inget konto" in sign_in(Client(), "teacher").content.decode()


# --- The second factor ----------------------------------------------------------------------------
def test_provider_without_second_factor_leads_to_setting_one_up(client, teacher, settings):
    settings.OIDC_HAS_SECOND_FACTOR = False
    sign_in(client, "teacher")
    assert client.get("/personal/").url == "/personal/konto/skydda/"


def test_password_does_not_pass_for_the_provider(client, teacher):
    client.post("/personal/logga-in/", {"login": teacher.email, "password": "kvar"})
    assert client.get("/personal/").url == "/personal/konto/skydda/"


def test_who_has_a_factor_here_is_asked_for_it(client, app):
    make_user(email="larare@goteborg.example")
    assert sign_in(client, "teacher").url == "/personal/logga-in/kod/"
    assert client.get("/personal/").status_code == 302


# --- What is refused ------------------------------------------------------------------------------
def test_answer_meant_for_another_browser_is_refused(client, teacher):
    back = at_the_provider(client, "teacher")
    victim = Client()
    assert "avbröts" in victim.get(back).content.decode()
    assert victim.get("/personal/").status_code == 302


def test_answer_is_used_once(client, teacher):
    back = at_the_provider(client, "teacher")
    client.get(back)
    client.post("/personal/logga-ut/")
    client.get(back)
    assert client.get("/personal/").status_code == 302


def test_no_account_is_connected_to_a_providers(client, teacher):
    client.force_login(make_user())
    assert sign_in(client, "stranger", START + "?process=connect").url == "/personal/logga-in/"
    assert not SocialAccount.objects.exists()


def test_sign_in_leads_to_no_other_site(client, teacher):
    assert sign_in(client, "teacher", START + "?next=https://other.example/").url == "/personal/"
    assert sign_in(Client(), "teacher", START + "?next=/admin/").url == "/admin/"


def test_a_link_alone_does_not_start_the_sign_in(client, teacher):
    page = client.get(START)
    assert page.status_code == 200
    assert "Fortsätt" in page.content.decode()


def test_refusal_at_the_provider_leads_back(client, teacher):
    back = requests.post(
        client.post(START).url, {"action": "deny"}, allow_redirects=False, timeout=10
    )
    answer = client.get(back.headers["Location"].removeprefix("http://testserver"), follow=True)
    assert "avbröts" in answer.content.decode()


def test_provider_that_does_not_answer_is_told_in_words(client, teacher, app):
    app["settings"]["server_url"] = "http://localhost:9"
    assert "avbröts" in client.post(START).content.decode()


def test_single_sign_on_is_off_until_it_is_set(client):
    assert "Logga in via" not in client.get("/personal/logga-in/").content.decode()
    assert client.post(START).status_code == 404
    assert client.get(START + "svar/").status_code == 404
