"""Limits on signing in hold for all processes together: two servers on one database."""

import re
import sqlite3
import subprocess
import sys

import pytest
import requests

from tests.second_factor import code_for
from tests.test_server import ROOT, installation, served

EMAIL, PASSWORD, SECRET = "larare@goteborg.example", "korsbär-och-kanel-7", "JBSWY3DPEHPK3PXP"
MAKE_ACCOUNT = f"""
from allauth.mfa.totp.internal.auth import TOTP
from familjeportal.accounts.models import User
TOTP.activate(User.objects.create_user("{EMAIL}", "{PASSWORD}", is_staff=True), "{SECRET}")
"""
LOGIN, CODE, RESET = "/personal/logga-in/", "/personal/logga-in/kod/", "/personal/nytt-losenord/"


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("installation")


@pytest.fixture(scope="module")
def servers(folder):
    """The addresses of two servers, each a process of its own."""
    environment = installation(folder)
    make = [sys.executable, "manage.py", "shell", "-c", MAKE_ACCOUNT]
    subprocess.run(make, cwd=ROOT, env=environment, check=True, capture_output=True)
    with (
        served(environment, folder / "one.log") as one,
        served(environment, folder / "two.log") as two,
    ):
        yield [f"http://localhost:{one}", f"http://localhost:{two}"]


@pytest.fixture(autouse=True)
def nothing_counted_yet(folder, servers):
    with sqlite3.connect(folder / "db.sqlite3", timeout=20) as connection:
        connection.execute("DELETE FROM shared_cache")
    connection.close()


class Visitor(requests.Session):
    """A browser at one of the servers: forms are sent with their token."""

    def __init__(self, server):
        super().__init__()
        self.server = server

    def send_form(self, path, **fields):
        html = self.get(self.server + path, timeout=20).text
        token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', html).group(1)
        data = {"csrfmiddlewaretoken": token, **fields}
        return self.post(self.server + path, data, timeout=20, allow_redirects=False)

    def type_password(self, password=PASSWORD):
        return self.send_form(LOGIN, login=EMAIL, password=password)


def taking_turns(servers, times):
    return [servers[turn % len(servers)] for turn in range(times)]


def test_wrong_passwords_count_in_both(servers):
    for server in taking_turns(servers, 5):
        assert "stämmer inte" in Visitor(server).type_password("fel").text
    for server in servers:
        assert "För många försök" in Visitor(server).type_password().text


def test_wrong_codes_count_in_both(servers):
    visitors = [Visitor(server) for server in servers]
    for visitor in visitors:
        assert visitor.type_password().headers["Location"] == CODE
    for turn in range(5):
        assert "stämmer inte" in visitors[turn % 2].send_form(CODE, code="000000").text
    for visitor in visitors:
        assert "För många försök" in visitor.send_form(CODE, code=code_for(SECRET)).text


def test_asking_for_new_passwords_counts_in_both(servers):
    for server in taking_turns(servers, 5):
        assert Visitor(server).send_form(RESET, email=EMAIL).status_code == 302
    for server in servers:
        assert Visitor(server).send_form(RESET, email=EMAIL).status_code == 429


def test_code_used_at_one_is_refused_at_the_other(servers):
    one, two = (Visitor(server) for server in servers)
    for visitor in (one, two):
        visitor.type_password()
    code = code_for(SECRET)
    assert one.send_form(CODE, code=code).headers["Location"] == "/personal/"
    assert "stämmer inte" in two.send_form(CODE, code=code).text


def test_addresses_counted_cannot_be_read_from_the_table(servers, folder):
    Visitor(servers[0]).type_password("fel")
    with sqlite3.connect(folder / "db.sqlite3", timeout=20) as connection:
        keys = [key for (key,) in connection.execute("SELECT cache_key FROM shared_cache")]
    connection.close()
    assert keys
    assert all(re.fullmatch("[0-9a-f]{64}", key) for key in keys)
