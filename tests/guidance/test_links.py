"""Links that no longer lead anywhere: the portal's own looked up, others asked, none of our own."""

import socket
import time
from datetime import timedelta
from io import StringIO

import pytest
import time_machine
from django.core.management import call_command

from guidance import asking_addresses
from guidance.asking_addresses import RefusedError, problem_with, public_address
from guidance.models import CheckedLink, Guide
from tests.centres.staff.people import signed_in
from tests.factories import (
    make_centre,
    make_guide,
    make_picture,
    make_service,
    make_user,
    stockholm,
)

AT = stockholm(2026, 11, 23, 9)
PATH = "/personal/publicera/lankar/"


def guide_with(*addresses, **words) -> Guide:
    links = "".join(f'<p><a href="{address}">x</a></p>' for address in addresses)
    return make_guide(words={"where_to_turn": f"<p>Hit.</p>{links}", **words})


def broken(**_) -> dict[str, str]:
    with time_machine.travel(AT):
        rows = signed_in(make_user("communicator")).get(PATH).context["rows"]
    return {link.address: link.problem for _kind, link in rows}


def test_own_pages_that_are_gone_are_listed(db):
    centre, shown, hidden = make_centre(), make_guide(words={}), make_guide()
    service = make_service("library")
    works = [
        centre.get_absolute_url(),
        f"/{service.slug}/",
        shown.get_absolute_url(),
        f"{shown.get_absolute_url()}?alder=5#hit",
        "/familjecentraler/",
        "#hit",
        "tel:1177",
        "mailto:a@b.se",
    ]
    gone = [
        hidden.get_absolute_url(),
        "/familjecentraler/finns-inte/",
        "/finns-inte/",
        "/finns/inte/alls/nagonstans/",
        "http://localhost/stadsdelar/finns-inte/",
    ]
    guide_with(*works, *gone)
    assert list(broken()) == gone


def test_pictures_that_are_gone_are_listed(db):
    there, gone = make_picture().get_absolute_url(), f"/media/bild/{'0' * 64}.webp"
    pictures = "".join(f'<img src="{one}" alt="Bild">' for one in (there, gone))
    make_guide(words={"where_to_turn": pictures})
    assert broken() == {gone: "Bilden finns inte."}


def test_the_page_asks_as_little_of_many(
    db, django_assert_num_queries, django_assert_max_num_queries
):
    client = signed_in(make_user("communicator"))
    guide_with("/bvc/")
    client.get(PATH)
    with django_assert_max_num_queries(30) as few:
        client.get(PATH)
    for _n in range(4):
        guide_with("/familjecentraler/hjallbo/", make_centre().get_absolute_url())
    with django_assert_num_queries(len(few)):
        client.get(PATH)


# --- Addresses elsewhere --------------------------------------------------------------------------
@pytest.fixture
def answers(monkeypatch):
    """What each address answers in the command; others are there."""
    said = {}
    command = "guidance.management.commands.check_links.problem_with"
    monkeypatch.setattr(command, lambda url: said.get(url, ""))
    return said


def check() -> str:
    out = StringIO()
    call_command("check_links", stdout=out)
    return out.getvalue()


def test_what_does_not_answer_for_a_day_is_listed_until_it_does(db, answers):
    source = {"title": "Sida", "publisher": "Staden", "url": "https://borta.example/a"}
    guide_with("https://finns.example/", "https://borta.example/", sources=[source])
    answers["https://borta.example/"] = answers["https://borta.example/a"] = "Borta."
    with time_machine.travel(AT - timedelta(days=1)):
        assert "3 links checked, 2 do not answer." in check()
    assert broken() == {}
    with time_machine.travel(AT):
        check()
    assert broken() == {"https://borta.example/": "Borta.", "https://borta.example/a": "Borta."}
    del answers["https://borta.example/"]
    with time_machine.travel(AT):
        check()
    assert list(broken()) == ["https://borta.example/a"]


def test_links_that_no_text_has_are_forgotten(db, answers):
    guide = guide_with("https://finns.example/")
    check()
    guide.versions.update(where_to_turn="")
    check()
    assert not CheckedLink.objects.exists()


@pytest.mark.parametrize(
    "address",
    [
        *("127.0.0.1", "10.0.0.8", "192.168.1.1", "172.16.0.1", "169.254.169.254", "100.64.0.1"),
        *("0.0.0.0", "224.0.0.1", "255.255.255.255", "::1", "fe80::1", "fc00::1", "ff02::1"),  # noqa: S104
        *("::ffff:127.0.0.1", "::ffff:10.0.0.1", "2002:7f00:1::", "::"),
        *("64:ff9b::7f00:1", "64:ff9b:1::a00:1", "::7f00:1", "::ffff:0:7f00:1", "fec0::1"),
    ],
)
def test_addresses_of_our_own_are_refused(monkeypatch, address):
    found = [(0, 0, 0, "", ("93.184.216.34", 80)), (0, 0, 0, "", (address, 80))]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *a, **k: found)
    with pytest.raises(RefusedError):
        public_address("intern.example", 80)


@pytest.mark.parametrize("address", ["2606:4700::1111", "64:ff9b::808:808", "::ffff:8.8.8.8"])
def test_addresses_elsewhere_are_asked(monkeypatch, address):
    monkeypatch.setattr(socket, "getaddrinfo", lambda *a, **k: [(0, 0, 0, "", (address, 80))])
    assert public_address("ute.example", 80) == address


@pytest.mark.parametrize(
    "url",
    [
        *("http://127.0.0.1/", "http://localhost/", "https://[::1]/", "http://2130706433/"),
        *("http://0x7f.1/", "http://example.se:22/", "ftp://example.se/", "http://", "http://a b/"),
        *("file:///etc/passwd", "http://[", "http://\x00/", "gopher://127.0.0.1:70/"),
    ],
)
def test_what_is_no_address_outside_is_never_asked(monkeypatch, url):
    monkeypatch.setattr(socket, "create_connection", lambda *a, **k: pytest.fail("asked"))
    assert problem_with(url)


@pytest.mark.parametrize(
    ("replies", "problem"),
    [
        ({"HEAD /": (200, "")}, ""),
        ({"HEAD /": (405, ""), "GET /": (200, "")}, ""),
        ({"HEAD /": (404, ""), "GET /": (404, "")}, "Sidan finns inte längre."),
        ({"HEAD /": (403, ""), "GET /": (403, "")}, ""),
        ({"HEAD /": (500, ""), "GET /": (500, "")}, "Sidan svarar med fel 500."),
        ({"HEAD /": (301, "/ny"), "HEAD /ny": (200, "")}, ""),
        ({"HEAD /": (302, "/")}, "Adressen leder runt i en cirkel."),
        ({"HEAD /": (302, "http://127.0.0.1/")}, "Adressen leder inte ut på internet."),
    ],
)
def test_an_answer_is_read(monkeypatch, replies, problem):
    ask = asking_addresses._ask

    def asked(method, url):
        if "127.0.0.1" in url:
            return ask(method, url)
        return replies[f"{method} {url.removeprefix('https://sida.example')}"]

    monkeypatch.setattr(asking_addresses, "_ask", asked)
    assert problem_with("https://sida.example/") == problem


def test_who_answers_a_little_at_a_time_is_left(monkeypatch):
    class Dripping:
        def __init__(self, host):
            pass

        def request(self, *args, **kwargs):
            time.sleep(5)

        def close(self):
            pass

    monkeypatch.setattr(asking_addresses, "_Pinned", Dripping)
    monkeypatch.setattr(asking_addresses, "SECONDS_IN_ALL", 0.1)
    began = time.monotonic()
    assert problem_with("https://sida.example/") == "Ingen svarar på adressen."
    assert time.monotonic() - began < 3
