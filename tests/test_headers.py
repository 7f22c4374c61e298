"""What every answer carries, and what it must not."""

import logging
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management import call_command

from tests.factories import make_district, make_service_at_centre

ROOT = Path(__file__).parent.parent
PUBLIC = ["/", "/familjecentraler/", "/stadsdelar/angered/", "/finns-inte/", "/robots.txt"]


@pytest.fixture
def some_content(db):
    make_district("Angered")
    return make_service_at_centre()


@pytest.mark.parametrize("path", [*PUBLIC, "/admin/", "/personal/logga-in/"])
def test_strict_headers_everywhere(client, some_content, path):
    headers = client.get(path, follow=True).headers
    policy = headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["X-Frame-Options"] == "DENY"
    assert "geolocation=(self)" in headers["Permissions-Policy"]
    assert "publickey-credentials-get=(self)" in headers["Permissions-Policy"]


def test_no_cookie_on_public_pages(client, some_content):
    pages = [*PUBLIC, some_content.centre.get_absolute_url(), f"/{some_content.service.slug}/"]
    for path in pages:
        response = client.get(path, {"fraga": "sömn"})
        assert not response.cookies, path
        assert "Cookie" not in response.headers.get("Vary", ""), path


def test_sign_in_is_not_open_to_newcomers(client, db):
    assert client.get("/personal/logga-in/").status_code == 200
    assert client.get("/accounts/signup/").status_code == 404


def test_no_log_record_holds_a_query(client, some_content, caplog):
    caplog.set_level(logging.DEBUG)
    for path in PUBLIC:
        client.get(path, {"fraga": "hemligfråga"})
    assert "hemligfr" not in caplog.text


def test_access_log_format_has_no_query_address_or_agent():
    from familjeportal import gunicorn

    for secret in ("%(q)s", "%(r)s", "%(h)s", "%(a)s", "%(f)s", "%(u)s", "%({"):
        assert secret not in gunicorn.access_log_format
    assert gunicorn.accesslog is None


# --- Settings ------------------------------------------------------------------------------------


def manage(*arguments, **environment):
    kept = {key: os.environ[key] for key in ("PATH", "HOME", "LANG") if key in os.environ}
    return subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=ROOT,
        env={**kept, "READ_DOT_ENV": "0", "DATABASE_URL": "sqlite://:memory:", **environment},
        capture_output=True,
        text=True,
        timeout=60,
    )


def test_missing_secret_stops_the_start_and_names_it():
    result = manage("check")
    assert result.returncode != 0
    assert "SECRET_KEY is missing" in result.stderr


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PUBLIC_URL", "portal.example"),
        ("PUBLIC_URL", "https://portal.example/familj"),
        ("DATABASE_URL", "familjeportal"),
        ("DATABASE_URL", "mysql://me:hemlig@localhost/familjeportal"),
    ],
)
def test_malformed_address_stops_the_start_and_names_it(name, value):
    result = manage("check", **{"SECRET_KEY": "x" * 60, name: value})
    assert result.returncode != 0
    assert f"{name} must look like" in result.stderr
    assert "hemlig" not in result.stderr


def test_deployment_check_is_clean_in_production():
    result = manage(
        "check",
        "--deploy",
        "--fail-level",
        "WARNING",
        SECRET_KEY="aB3dE5gH7jK9mN1pQ3rS5tU7vW9xY1zA3cD5fG7hJ9kL1nM3pQ5rS7",
        PUBLIC_URL="https://familjeportalen.example",
    )
    assert result.returncode == 0, result.stderr


SHOW = """
from django.conf import settings as s
print(s.EMAIL_HOST, s.EMAIL_PORT, s.EMAIL_USE_TLS, s.EMAIL_BACKEND.split(".")[-2])
print(s.CONTENT_SECURITY_POLICY["DIRECTIVES"]["form-action"])
print(s.SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"] if s.OIDC_ISSUER else "no provider")
"""


def test_mail_and_single_sign_on_are_off_until_the_environment_names_them():
    shown = manage("shell", "-c", SHOW, SECRET_KEY="x").stdout
    assert "console" in shown
    assert "no provider" in shown
    assert """["'self'"]""" in shown


def test_mail_and_single_sign_on_are_set_by_the_environment():
    shown = manage(
        "shell",
        "-c",
        SHOW,
        SECRET_KEY="x",
        EMAIL_URL="smtp+tls://me:word@mail.example:587",
        OIDC_ISSUER="https://login.example/city/",
        OIDC_CLIENT_ID="portal",
        OIDC_CLIENT_SECRET="hemlig",
        OIDC_NAME="Göteborgs Stad",
    ).stdout
    assert "mail.example 587 True smtp" in shown
    assert "'https://login.example']" in shown
    for part in ("https://login.example/city'", "portal", "hemlig", "Göteborgs Stad"):
        assert part in shown


def test_single_sign_on_without_client_stops_the_start_and_names_it():
    result = manage("check", SECRET_KEY="x", OIDC_ISSUER="https://login.example")
    assert result.returncode != 0
    assert "OIDC_CLIENT_ID" in result.stderr


def test_every_setting_of_the_environment_is_documented():
    import re

    settings = (ROOT / "familjeportal" / "settings.py").read_text()
    server = (ROOT / "familjeportal" / "gunicorn.py").read_text()
    names = set(re.findall(r'env\.\w+\(\s*"(\w+)"', settings))
    names |= set(re.findall(r'environ\.get\(\s*"(\w+)"', server))
    documented = (ROOT / ".env.example").read_text()
    assert {n for n in names if n not in documented} <= {"READ_DOT_ENV"}


@pytest.mark.django_db
def test_models_and_migrations_agree():
    call_command("makemigrations", "--check", "--dry-run", verbosity=0)


def test_refused_forms_are_not_logged_with_where_they_came_from():
    assert not logging.getLogger("django.security.csrf").isEnabledFor(logging.WARNING)


def test_insecure_visit_is_redirected_with_the_strict_headers(client, settings, db):
    settings.SECURE_SSL_REDIRECT = True
    response = client.get("/")
    assert response.status_code == 301
    assert "default-src 'none'" in response.headers["Content-Security-Policy"]
    assert "geolocation=(self)" in response.headers["Permissions-Policy"]


def test_form_without_its_token_is_refused_in_swedish_and_logged(db, caplog):
    from django.test import Client

    client = Client(enforce_csrf_checks=True)
    for path in ("/personal/logga-in/", "/personal/inbjudan/hemlig/"):
        response = client.post(path, {"login": "a"}, headers={"referer": "https://ond.example/?a"})
        assert response.status_code == 403
        assert "Inget har sparats" in response.content.decode()
    assert caplog.text.count("A form without its token was refused: personal/") == 2
    assert "hemlig" not in caplog.text
    assert "ond.example" not in caplog.text


def test_guessing_passwords_is_stopped_in_swedish(client, db):
    for _ in range(31):
        response = client.post("/personal/logga-in/", {"login": "a@b.example", "password": "x"})
    assert response.status_code == 429
    assert "För många försök" in response.content.decode()
