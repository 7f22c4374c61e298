"""From the link in the letter to the staff's pages, in a real browser."""

import re

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from tests import vnu
from tests.factories import make_centre, make_invitation, make_user

PAGES = {"open": "/personal/inbjudan/token/", "refused": "/personal/inbjudan/fel/"}


@pytest.fixture
def invitation(transactional_db):
    sender = make_user("administrator")
    return make_invitation(
        by=sender, centres=[make_centre()], token="token", sent_at=timezone.now()
    )


def test_pages_are_accessible_valid_and_fit(invitation, page, client, axe):
    found = []
    for name, path in PAGES.items():
        for width in (1280, 320):
            page.set_viewport_size({"width": width, "height": 800})
            page.goto(path)
            found += [f"{name} at {width}: {fault}" for fault in axe(page)]
            if page.evaluate("document.documentElement.scrollWidth") > width:
                found.append(f"{name} at {width}: scrolls sideways")
    assert not found, "\n".join(found)
    html = {name: client.get(path).content.decode() for name, path in PAGES.items()}
    assert vnu.validate(html) == []


def test_invited_person_ends_among_the_staff(invitation, page, axe):
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto(PAGES["open"])
    page.get_by_label("Förnamn").fill("Eva")
    page.get_by_label("Efternamn").fill("Ek")
    page.get_by_label("Lösenord", exact=True).fill("kort")
    page.get_by_label("Lösenordet en gång till").fill("kort")
    page.get_by_role("button", name="Skapa mitt konto").click()
    expect(page.get_by_role("alert")).to_be_visible()
    assert axe(page) == []
    page.get_by_label("Lösenord", exact=True).fill("korsbär-och-kanel-7")
    page.get_by_label("Lösenordet en gång till").fill("korsbär-och-kanel-7")
    page.get_by_role("button", name="Skapa mitt konto").click()
    expect(page).to_have_url(re.compile("/personal/"))
    expect(page.get_by_role("button", name="Logga ut")).to_be_visible()
    page.context.clear_cookies()
    page.goto(PAGES["open"])
    expect(page.get_by_role("heading", name="Länken fungerar inte")).to_be_visible()
