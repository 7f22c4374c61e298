"""How staff get in, for tests in the browser."""

from django.conf import settings
from django.test import Client

from tests.second_factor import code_of


def sign_in(page, user, password, path="/personal/"):
    """As a person does it: the page asked for, e-mail and password, the code of the app."""
    page.goto(path)
    type_password(page, user, password)
    page.get_by_label("Kod").fill(code_of(user))
    page.get_by_role("button", name="Logga in", exact=True).click()
    page.wait_for_url(f"**{path}")


def type_password(page, user, password):
    page.get_by_label("E-post").fill(user.email)
    page.get_by_label("Lösenord").fill(password)
    page.get_by_role("button", name="Logga in", exact=True).click()


def already_signed_in(context, base_url, user):
    """Give the browser a session of the user's: quick, for tests of what comes after."""
    client = Client()
    client.force_login(user)
    value = client.cookies[settings.SESSION_COOKIE_NAME].value
    context.add_cookies(
        [{"name": settings.SESSION_COOKIE_NAME, "value": value, "url": str(base_url)}]
    )
