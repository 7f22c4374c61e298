"""What every test shares: no network, cheap passwords, static files without collecting them."""

import ipaddress
import os
import socket

import hypothesis
import pytest
from django.conf import settings as django_settings
from django.core.cache import cache
from django.test import TransactionTestCase, override_settings

# Deadlines fail on a busy machine, not on wrong code. In CI the same examples every time: a red
# run is the change's fault; at a developer's desk new ones, which find new mistakes.
hypothesis.settings.register_profile("suite", deadline=None, derandomize="CI" in os.environ)
hypothesis.settings.load_profile("suite")


# --- No test reaches outside this machine -----------------------------------------------------


class OutsideNetworkError(RuntimeError):
    """A test tried to reach another machine."""


def _refuse_outside(connect):
    def guarded(self, address):
        if self.family in (socket.AF_INET, socket.AF_INET6) and not _is_loopback(address[0]):
            raise OutsideNetworkError(f"Tests stay on this machine, but one connects to {address}.")
        return connect(self, address)

    return guarded


def _is_loopback(host):
    if host in ("localhost", b"localhost"):
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


socket.socket.connect = _refuse_outside(socket.socket.connect)
socket.socket.connect_ex = _refuse_outside(socket.socket.connect_ex)


# --- Only what touches the database -----------------------------------------------------------

DATABASE_FIXTURES = {"db", "transactional_db", "live_server"}


def pytest_addoption(parser):
    parser.addoption(
        "--database-only",
        action="store_true",
        help="run only the tests that use the database (the second pass, on PostgreSQL)",
    )


def pytest_collection_modifyitems(config, items):
    if not config.getoption("--database-only"):
        return
    config.hook.pytest_deselected(items=[item for item in items if not _uses_database(item)])
    items[:] = [item for item in items if _uses_database(item)]


def _uses_database(item):
    return bool(
        item.get_closest_marker("django_db")
        or DATABASE_FIXTURES & set(getattr(item, "fixturenames", ()))
        or (getattr(item, "cls", None) and issubclass(item.cls, TransactionTestCase))
    )


def pytest_report_header(config):
    return f"database: {django_settings.DATABASES['default']['ENGINE']}"


# --- Settings ---------------------------------------------------------------------------------


@pytest.fixture(scope="session", autouse=True)
def quick_settings(tmp_path_factory):
    """A cheap password hash, static files straight from the source, uploads in a folder apart."""
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    with override_settings(
        PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"],
        CACHES={"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}},
        MEDIA_ROOT=tmp_path_factory.mktemp("media"),
        STORAGES={**django_settings.STORAGES, "staticfiles": plain},
        # Else whitenoise lists the folder of collected files anew for every test client.
        WHITENOISE_AUTOREFRESH=True,
    ):
        yield


@pytest.fixture(autouse=True)
def fresh_limits():
    """Limits on signing in, and codes that were used, are counted anew for each test."""
    cache.clear()


@pytest.fixture(autouse=True)
def letters_at_once(monkeypatch):
    """A letter has been sent when the page is there, so that tests need not wait for it."""
    start = "familjeportal.accounts.adapter.SentAside.start"
    monkeypatch.setattr(start, lambda letter: letter.run())
