"""A document from nothing to its readers, by two people at the desk in a real browser."""

import pytest
from django.test import Client
from django.utils import timezone
from playwright.sync_api import expect

from guidance.actions import create_draft, save_draft, take_step
from guidance.example_documents import FILES
from guidance.publishing import Step
from tests import vnu
from tests.browser.sign_in import already_signed_in
from tests.factories import make_document, make_guide, make_user

DESK = "/personal/publicera/"
FLAWLESS = FILES / "vagledning-lokaler.pdf"


@pytest.fixture
def anna(transactional_db):
    return make_user("communicator", first_name="Anna", last_name="Skribent")


@pytest.fixture
def eva(transactional_db):
    return make_user("reviewer", first_name="Eva", last_name="Granskare")


@pytest.fixture
def page_of(browser, browser_context_args, base_url):
    """A browser of the person's own, signed in."""
    contexts = []

    def opened(person):
        contexts.append(browser.new_context(**{**browser_context_args, "base_url": base_url}))
        already_signed_in(contexts[-1], base_url, person)
        return contexts[-1].new_page()

    yield opened
    for context in contexts:
        context.close()


@pytest.fixture
def in_order(axe):
    """Fails where the page breaks a rule of accessibility or scrolls sideways, at two widths."""

    def check(page):
        for width in (320, 1280):
            page.set_viewport_size({"width": width, "height": 800})
            assert axe(page) == [], page.url
            assert page.evaluate("document.documentElement.scrollWidth") <= width, page.url

    return check


def test_a_document_is_published_by_two(anna, eva, page_of, in_order, settings, base_url):
    settings.PUBLIC_URL = base_url  # where the preview's link leads
    writing, reviewing = page_of(anna), page_of(eva)
    writing.goto(DESK)
    writing.get_by_role("link", name="Nytt dokument").click()
    in_order(writing)
    writing.get_by_label("Adress").fill("lokaler")
    writing.get_by_label("Slag").select_option("guidance")
    writing.get_by_role("button", name="Spara").click()

    writing.get_by_label("PDF").set_input_files(FLAWLESS)
    writing.get_by_label("Rubrik", exact=True).fill("Råd om lokaler")
    writing.get_by_label("Kort beskrivning").fill("Hur rummen kan ligga.")
    expect(writing.locator("textarea[data-rich-text]:visible")).to_have_count(0)
    writing.get_by_role("textbox", name="Sammanfattning").click()
    writing.keyboard.type("Rummen ska ligga nära varandra.")
    in_order(writing)
    writing.get_by_role("button", name="Spara", exact=True).click()
    expect(writing.get_by_text("Inga brister hittades")).to_be_visible()
    in_order(writing)
    writing.get_by_role("link", name="Vidare till granskning och publicering").click()
    in_order(writing)
    writing.get_by_role("button", name="Skicka till granskning").click()
    expect(writing.get_by_text("Väntar på granskning.")).to_be_visible()

    reviewing.goto(DESK)
    in_order(reviewing)
    reviewing.get_by_role("link", name="Råd om lokaler").click()
    in_order(reviewing)
    reviewing.get_by_role("link", name="Förhandsvisa sidan").click()
    expect(reviewing.get_by_text("Rummen ska ligga nära varandra.")).to_be_visible()
    picture = reviewing.get_by_alt_text("Filens första sida")
    picture.scroll_into_view_if_needed()
    expect(picture).to_have_js_property("complete", True)
    assert picture.evaluate("it => it.naturalWidth") > 0
    in_order(reviewing)
    reviewing.go_back()
    reviewing.get_by_role("button", name="Godkänn").click()
    expect(reviewing.get_by_text("Godkänt. Nu kan texten publiceras.")).to_be_visible()

    writing.reload()
    writing.get_by_role("button", name="Publicera", exact=True).click()
    expect(writing.get_by_text("Läsarna ser den här versionen nu")).to_be_visible()
    in_order(writing)
    writing.goto("/dokument/lokaler/")
    expect(writing.get_by_role("heading", level=1)).to_have_text("Råd om lokaler")


@pytest.fixture
def changed(anna, eva):
    """A guide and a document that readers see, each with a draft of other words."""
    owners = [make_guide(words={}), make_document(slug="lokaler")]
    drafts = [create_draft(owner=owner, by=anna, at=timezone.now()) for owner in owners]
    for draft in drafts:
        save_draft(version=draft, words={"title": "En annan rubrik"}, by=anna)
    take_step(version=drafts[0], step=Step.SUBMIT, by=anna, at=timezone.now())
    take_step(version=drafts[0], step=Step.APPROVE, by=eva, at=timezone.now())
    return dict(zip(("rad", "dokument"), drafts, strict=True))


def paths(changed) -> list[str]:
    found = [DESK, f"{DESK}lankar/", f"{DESK}bilder/", "/personal/dokument/lokaler/"]
    for kind, draft in changed.items():
        shown = draft.owner.versions.get(number=1)
        found += [f"{DESK}{kind}/{draft.pk}/", f"{DESK}{kind}/{draft.pk}/jamfor/"]
        found.append(f"{DESK}{kind}/{shown.pk}/")
    return found


def test_every_page_of_the_desk_is_accessible_and_fits(changed, anna, page_of, in_order):
    page = page_of(anna)
    for path in paths(changed):
        assert page.goto(path).ok, path
        in_order(page)


def test_every_page_of_the_desk_and_the_previews_are_valid_html(changed, anna):
    client = Client()
    client.force_login(anna)
    responses = {path: client.get(path) for path in paths(changed)}
    previews = [
        found.context["preview"] for found in responses.values() if "preview" in found.context
    ]
    pages = {path: found.content.decode() for path, found in responses.items()}
    pages |= {url: Client().get(url).content.decode() for url in previews}
    pages["form"] = client.get("/personal/dokument/lokaler/skriv/").content.decode()
    assert len(previews) == 4
    assert vnu.validate(pages) == []
