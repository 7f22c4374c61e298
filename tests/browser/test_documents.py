"""Publishing a document in a real browser: a bad file refused in words, a cleaned copy let in."""

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from guidance.actions import create_draft
from tests.browser.sign_in import sign_in
from tests.factories import make_document, make_user
from tests.guidance.uploads import payloads

PASSWORD = "korsbär-och-kanel-7"
PATH = "/personal/dokument/lokaler/"


@pytest.fixture
def anna(transactional_db):
    anna = make_user("communicator", email="anna@goteborg.example", password=PASSWORD)
    create_draft(owner=make_document(slug="lokaler"), by=anna, at=timezone.now())
    return anna


def test_file_with_script_is_refused_and_its_cleaned_copy_let_in(anna, page, axe):
    bad = {
        "name": "lokaler.pdf",
        "mimeType": "application/pdf",
        "buffer": payloads.with_root(OpenAction=payloads.script()),
    }
    sign_in(page, anna, PASSWORD, f"{PATH}skriv/")
    for width in (1280, 320):
        page.set_viewport_size({"width": width, "height": 800})
        page.get_by_label("PDF").set_input_files(bad)
        page.get_by_role("button", name="Spara").click()
        expect(page.get_by_role("alert")).to_contain_text("skript (JavaScript)")
        assert axe(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.get_by_label("PDF").set_input_files(bad)
    page.get_by_label("Rensa filen om det behövs").check()
    page.get_by_role("button", name="Spara").click()
    expect(page.get_by_text("Den är inte taggad")).to_be_visible()
    assert axe(page) == []
    for path in ("/personal/dokument/", "/personal/nytt-dokument/", f"{PATH}uppgifter/"):
        page.goto(path)
        assert axe(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= 320
