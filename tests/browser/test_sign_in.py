"""Signing in in a real browser: passkeys by a virtual authenticator, an app, recovery codes."""

import re
from contextlib import contextmanager

import pytest
from playwright.sync_api import expect

from familjeportal.accounts import second_factor
from tests import oidc_provider, vnu
from tests.browser.sign_in import already_signed_in, sign_in, type_password
from tests.factories import make_user
from tests.second_factor import code_for, code_of

LOGIN, ACCOUNT = "/personal/logga-in/", "/personal/konto/"
PASSWORD = "korsbär-och-kanel-7"


@pytest.fixture
def newcomer(transactional_db):
    return make_user(email="ny@goteborg.example", password=PASSWORD, second_factor=False)


@pytest.fixture
def teacher(transactional_db):
    return make_user(email="larare@goteborg.example", password=PASSWORD)


@contextmanager
def device_with_passkeys(page):
    """A telephone that keeps passkeys and always recognises its owner."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    session.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    yield
    session.detach()


def test_newcomer_makes_a_passkey_and_signs_in_with_nothing_else(newcomer, page):
    with device_with_passkeys(page):
        page.goto("/admin/")
        type_password(page, newcomer, PASSWORD)
        expect(page.get_by_role("heading", level=1)).to_have_text("Skydda ditt konto")
        page.get_by_role("link", name="Skapa en passnyckel").click()
        page.get_by_label("Namn på passnyckeln").fill("Jobbtelefonen")
        page.get_by_role("button", name="Skapa passnyckeln").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Reservkoder")
        expect(page.locator(".codes li")).to_have_count(10)
        page.get_by_role("link", name="Jag har sparat koderna").click()
        expect(page).to_have_url(re.compile("/personal/$"))

        page.get_by_role("button", name="Logga ut").click()
        page.goto(LOGIN)
        page.get_by_role("button", name="Logga in med passnyckel").click()
        expect(page).to_have_url(re.compile("/personal/$"))
        page.goto(ACCOUNT)
        expect(page.get_by_text("Jobbtelefonen")).to_be_visible()


def test_passkey_serves_as_the_second_step(newcomer, page):
    with device_with_passkeys(page):
        page.goto(LOGIN)
        type_password(page, newcomer, PASSWORD)
        page.get_by_role("link", name="Skapa en passnyckel").click()
        page.get_by_label("Låt den räcka").uncheck()
        page.get_by_role("button", name="Skapa passnyckeln").click()
        page.wait_for_url("**/reservkoder/")
        page.context.clear_cookies()
        page.goto(LOGIN)
        type_password(page, newcomer, PASSWORD)
        page.get_by_role("button", name="Använd passnyckel").click()
        expect(page).to_have_url(re.compile("/personal/$"))


def test_device_without_a_passkey_is_told_in_words(teacher, page):
    page.goto(LOGIN)
    page.evaluate("() => { navigator.credentials.get = () => Promise.reject(new Error('none')) }")
    page.get_by_role("button", name="Logga in med passnyckel").click()
    expect(page.get_by_text("Det gick inte att använda passnyckeln")).to_be_visible()


def test_newcomer_connects_an_app_and_signs_in_with_its_code(newcomer, page):
    page.goto(LOGIN)
    type_password(page, newcomer, PASSWORD)
    page.get_by_role("link", name="Koppla en app").click()
    secret = page.locator(".secret").inner_text().replace(" ", "")
    expect(page.get_by_role("img", name="Ruta att läsa av")).to_be_visible()
    page.get_by_label("Koden som appen visar").fill(code_for(secret))
    page.get_by_role("button", name="Koppla appen").click()
    page.wait_for_url("**/reservkoder/")
    page.context.clear_cookies()
    sign_in(page, newcomer, PASSWORD)


def test_recovery_code_stands_in_for_a_lost_phone(teacher, page):
    code, *_others = second_factor.renew_recovery_codes(teacher)
    page.goto(LOGIN)
    type_password(page, teacher, PASSWORD)
    page.get_by_label("Kod").fill(code)
    page.get_by_role("button", name="Logga in", exact=True).click()
    expect(page).to_have_url(re.compile("/personal/$"))


def test_wrong_code_is_told_in_words(teacher, page, axe):
    page.goto(LOGIN)
    type_password(page, teacher, PASSWORD)
    page.get_by_label("Kod").fill("000000")
    page.get_by_role("button", name="Logga in", exact=True).click()
    expect(page.get_by_text("Koden stämmer inte")).to_be_visible()
    assert axe(page) == []


def test_single_sign_on_passes_the_content_policy(
    teacher, browser, browser_context_args, base_url, settings
):
    second_factor.take_away(teacher)
    settings.OIDC_HAS_SECOND_FACTOR = True
    with oidc_provider.running(
        [{"sub": "larare", "email": teacher.email, "email_verified": True}]
    ) as address:
        settings.SOCIALACCOUNT_PROVIDERS = {
            "openid_connect": {
                "OAUTH_PKCE_ENABLED": True,
                "APPS": [
                    {
                        "provider_id": "oidc",
                        "name": "Göteborgs Stad",
                        "client_id": "portal",
                        "secret": "secret",
                        "settings": {"server_url": address},
                    }
                ],
            }
        }
        directives = settings.CONTENT_SECURITY_POLICY["DIRECTIVES"]
        settings.CONTENT_SECURITY_POLICY = {
            "DIRECTIVES": {**directives, "form-action": ["'self'", address]}
        }
        context = browser.new_context(**{**browser_context_args, "base_url": base_url})
        page = context.new_page()
        page.goto(LOGIN)
        page.get_by_role("button", name="Logga in via Göteborgs Stad").click()
        page.get_by_role("button", name="larare").click()
        expect(page).to_have_url(re.compile("/personal/$"))
        context.close()


# --- Every page -----------------------------------------------------------------------------------
OUTSIDE = [LOGIN, "/personal/nytt-losenord/", "/personal/nytt-losenord/skickat/"]
OUTSIDE += ["/personal/nytt-losenord/1/x-y/", "/personal/nytt-losenord/klart/"]
OUTSIDE += ["/personal/logga-in/ej-i-bruk/", "/personal/logga-in/avbruten/"]
INSIDE = ["", "losenord/", "app/ta-bort/", "passnycklar/", "passnycklar/ny/"]
INSIDE += ["reservkoder/", "reservkoder/nya/", "enheter/", "bekrafta/", "bekrafta/kod/"]


def faults(page, axe, paths):
    for path in paths:
        for width in (1280, 320):
            page.set_viewport_size({"width": width, "height": 800})
            page.goto(path)
            yield from (f"{path} at {width}: {fault}" for fault in axe(page))
            if page.evaluate("document.documentElement.scrollWidth") > width:
                yield f"{path} at {width}: scrolls sideways"
            if page.locator("h1").count() != 1:
                yield f"{path}: not exactly one h1"


def test_pages_before_the_sign_in_are_accessible_and_fit(teacher, page, axe):
    assert list(faults(page, axe, OUTSIDE)) == []


def test_pages_of_the_second_step_are_accessible_and_fit(teacher, newcomer, page, context, axe):
    page.goto(LOGIN)
    type_password(page, teacher, PASSWORD)
    assert list(faults(page, axe, [page.url])) == []
    context.clear_cookies()
    page.goto(LOGIN)
    type_password(page, newcomer, PASSWORD)
    assert list(faults(page, axe, [ACCOUNT + "skydda/", ACCOUNT + "app/"])) == []


def test_pages_of_ones_account_are_accessible_and_fit(teacher, page, axe):
    second_factor.renew_recovery_codes(teacher)
    sign_in(page, teacher, PASSWORD)
    assert list(faults(page, axe, [ACCOUNT + path for path in INSIDE])) == []


def test_pages_of_ones_account_are_valid_html(teacher, client):
    second_factor.renew_recovery_codes(teacher)
    client.post(LOGIN, {"login": teacher.email, "password": PASSWORD})
    pages = {"second step": client.get("/personal/logga-in/kod/").content.decode()}
    client.post("/personal/logga-in/kod/", {"code": code_of(teacher)})
    for path in INSIDE:
        pages[path or "account"] = client.get(ACCOUNT + path).content.decode()
    assert vnu.validate(pages) == []


def test_session_given_to_the_browser_is_signed_in(teacher, page, context, base_url):
    already_signed_in(context, base_url, teacher)
    page.goto("/personal/")
    expect(page).to_have_url(re.compile("/personal/$"))
