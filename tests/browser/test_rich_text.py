"""The editor of rich text in a real browser, under the policy that every page has."""

from pathlib import Path

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from guidance.actions import create_draft
from guidance.models import GuideVersion
from tests import vnu
from tests.browser.sign_in import already_signed_in
from tests.browser.test_pages import page_without_script  # noqa: F401
from tests.factories import make_guide, make_user
from tests.guidance.payloads import STORABLE

CLIPBOARDS = Path(__file__).parent.parent / "guidance"
PASTE = """(area, html) => {
    const data = new DataTransfer();
    data.setData("text/html", html);
    area.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true }));
}"""


@pytest.fixture
def anna(transactional_db):
    return make_user("communicator")


@pytest.fixture
def draft(anna):
    words = {
        "title": "Natten",
        "summary": "Om nätter.",
        "what_is_common": "<p>Vanligt.</p>",
        "what_to_try": "<p>Prova.</p>",
        "when_to_seek_help": "<p>Sök.</p>",
        "where_to_turn": "<p>Hit.</p>",
    }
    return create_draft(owner=make_guide(), by=anna, at=timezone.now(), words=words)


@pytest.fixture
def editing(page, context, base_url, anna, draft):
    already_signed_in(context, base_url, anna)
    return opened(page, draft)


def opened(page, draft):
    """The form once every field has its editor: before that a click may meet what is hidden."""
    page.goto(f"/personal/publicera/rad/{draft.pk}/skriv/")
    expect(page.locator("textarea[data-rich-text]:visible")).to_have_count(0)
    return page


def area(page, name="Det här kan ni prova"):
    return page.get_by_role("textbox", name=name)


def saved(page, draft) -> GuideVersion:
    page.get_by_role("button", name="Spara", exact=True).click()
    page.wait_for_url(f"**/rad/{draft.pk}/")
    return GuideVersion.objects.get(pk=draft.pk)


def test_the_form_is_accessible_valid_and_fits(editing, axe):
    expect(area(editing)).to_be_visible()
    found = []
    for width in (1280, 320):
        editing.set_viewport_size({"width": width, "height": 800})
        found += axe(editing)
        if editing.evaluate("document.documentElement.scrollWidth") > width:
            found.append(f"scrolls sideways at {width}")
    assert found == []


def test_words_are_written_with_keyboard_and_toolbar(editing, draft):
    area(editing).click()
    editing.keyboard.press("Control+End")
    editing.keyboard.press("Enter")
    editing.keyboard.type("Vila")
    editing.keyboard.press("Escape")
    for _n in range(5):
        editing.keyboard.press("ArrowRight")
    expect(editing.locator(":focus")).to_have_text("Punktlista")
    editing.keyboard.press("Enter")
    assert saved(editing, draft).what_to_try == "<p>Prova.</p><ul><li><p>Vila</p></li></ul>"


def test_tab_leads_on_out_of_the_text(editing):
    area(editing).click()
    editing.keyboard.press("Tab")
    assert editing.evaluate("!document.activeElement.closest('.ProseMirror')")


def test_what_word_puts_on_the_clipboard_becomes_clean(editing, draft):
    area(editing).click()
    editing.keyboard.press("Control+A")
    area(editing).evaluate(PASTE, (CLIPBOARDS / "word.html").read_text())
    html = saved(editing, draft).what_to_try
    for part in (
        "<h3>Om natten</h3>",
        "<p>Turas <strong>om</strong> att vila, och <em>be om hjälp</em>.</p>",
        "<ul><li><p>Vila på dagen</p><ul><li><p>Gärna ute</p></li></ul></li>"
        "<li><p>Gå ut en stund</p></li></ul>",
        '<a href="https://www.1177.se/" rel="noopener">1177</a>',
        "<table><tbody><tr><th",
    ):
        assert part in html, html
    for rest in ("Mso", "style", "span", "class", "<o:p", "nbsp"):
        assert rest not in html, rest


def test_what_google_puts_on_the_clipboard_becomes_clean(editing, draft):
    area(editing).click()
    editing.keyboard.press("Control+A")
    area(editing).evaluate(PASTE, (CLIPBOARDS / "google_docs.html").read_text())
    html = saved(editing, draft).what_to_try
    for part in (
        "<h3>Om natten</h3>",
        "<p>Turas <strong>om</strong> att vila, och <em>be om hjälp</em>.</p>",
        "</p><ul><li><p>Vila på dagen</p><ul><li><p>Gärna ute</p></li></ul></li>"
        "<li><p>Gå ut en stund</p></li></ul>",
        '<p><a href="https://www.1177.se/" rel="noopener">1177</a></p>',
        "<tr><th><p><strong>Ålder</strong></p></th>",
        "<tr><td><p>0–3 mån</p></td>",
    ):
        assert part in html, html
    assert html.count("<strong>om</strong>") == html.count("<em>") == 1
    for rest in ("guid", "style", "span>", "class", "google", "<img", "<br"):
        assert rest not in html, rest


def test_what_excel_puts_on_the_clipboard_becomes_a_table_with_headers(editing, draft):
    area(editing).click()
    editing.keyboard.press("Control+A")
    area(editing).evaluate(PASTE, (CLIPBOARDS / "excel.html").read_text())
    html = saved(editing, draft).what_to_try
    assert '<th><p>Ålder</p></th><th colspan="2"><p>Sömn</p></th></tr>' in html, html
    assert "<tr><td><p>0–3 mån</p></td><td><p>14</p></td>" in html, html


def test_a_table_has_a_caption_and_header_cells(editing, draft):
    area(editing).click()
    editing.get_by_role("toolbar", name="Verktyg: Det här kan ni prova").get_by_role(
        "button", name="Tabell", exact=True
    ).click()
    editing.get_by_label("Tabellens rubrik").fill("Sömn")
    editing.get_by_role("dialog").get_by_role("button", name="Spara").click()
    editing.keyboard.type("Ålder")
    html = saved(editing, draft).what_to_try
    assert "<caption>Sömn</caption><tbody><tr><th" in html
    opened(editing, draft)
    expect(editing.locator(".ProseMirror caption")).to_have_text("Sömn")
    assert "<caption>Sömn</caption>" in saved(editing, draft).what_to_try


def test_a_picture_needs_words_for_who_cannot_see_it(editing, draft):
    area(editing).click()
    tools = editing.get_by_role("toolbar", name="Verktyg: Det här kan ni prova")
    tools.get_by_role("button", name="Bild", exact=True).click()
    dialog = editing.get_by_role("dialog")
    dialog.get_by_label("Bildens adress").fill("/static/img/house.svg")
    dialog.get_by_role("button", name="Spara").click()
    expect(dialog).to_be_visible()
    dialog.get_by_label("Beskrivning").fill("Ett hus")
    dialog.get_by_label("Bildtext").fill("Huset")
    dialog.get_by_role("button", name="Spara").click()
    html = saved(editing, draft).what_to_try
    picture = '<img src="/static/img/house.svg" alt="Ett hus">'
    assert f"<figure>{picture}<figcaption>Huset</figcaption></figure>" in html


def test_without_script_plain_text_becomes_paragraphs(
    page_without_script,  # noqa: F811
    base_url,
    anna,
    draft,
):
    page = page_without_script
    already_signed_in(page.context, base_url, anna)
    page.goto(f"/personal/publicera/rad/{draft.pk}/skriv/")
    page.get_by_label("Det här kan ni prova").fill("Vila < sov.\nLugnt.\n\nGå ut.")
    html = saved(page, draft).what_to_try
    assert html == "<p>Vila &lt; sov.<br>Lugnt.</p><p>Gå ut.</p>"


@pytest.fixture
def unguarded(browser, browser_context_args, base_url):
    """Without the policy, so that it is not what holds; the rules of the folder aside."""
    context = browser.new_context(
        **{**browser_context_args, "base_url": base_url, "bypass_csp": True}
    )
    yield context
    context.close()


def test_nothing_that_is_pasted_runs_even_without_the_policy(unguarded, anna, draft, base_url):
    already_signed_in(unguarded, base_url, anna)
    page, asked = unguarded.new_page(), []
    ran = watched(page)
    page.goto(f"/personal/publicera/rad/{draft.pk}/skriv/")
    expect(area(page)).to_be_visible()
    page.on("request", lambda request: asked.append(request.url))
    errors, failed = [], []
    page.on("pageerror", lambda error: errors.append(error))
    for payload in STORABLE:
        area(page).evaluate(PASTE, payload)
        failed += [(payload, errors.pop().message)] if errors else []
    page.wait_for_timeout(300)
    assert failed == []
    assert [url for url in asked if "/static/" not in url] == []
    saved(page, draft)
    page.goto(f"/personal/publicera/rad/{draft.pk}/skriv/")
    expect(area(page)).to_be_visible()
    assert_nothing_ran(page, ran)


def test_the_form_is_valid_html(client, anna, draft):
    client.force_login(anna)
    pages = {
        path: client.get(f"/personal/publicera/{path}").content.decode()
        for path in (
            "",
            "lankar/",
            "bilder/",
            *(f"rad/{draft.pk}/{p}" for p in ("", "skriv/", "jamfor/")),
        )
    }
    assert vnu.validate(pages) == []


# --- What runs is seen ----------------------------------------------------------------------------
def watched(page) -> list[str]:
    """Everything that a script could do to be noticed, on this page and those that follow."""
    ran: list[str] = []
    page.expose_function("__x", lambda *_: ran.append("a script ran"))
    page.on("dialog", lambda dialog: (ran.append("a dialog"), dialog.dismiss()))
    page.on("popup", lambda _popup: ran.append("a window"))
    return ran


def assert_nothing_ran(page, ran):
    page.wait_for_timeout(200)
    assert ran == []
