"""A flow in a real browser: by keyboard, without script, back and forth, and left in a hurry."""

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from familjeportal.home.demo import seed
from guidance.actions import create_draft
from guidance.models import Flow
from tests import vnu
from tests.browser.sign_in import sign_in
from tests.browser.test_pages import example_data, page_without_script  # noqa: F401
from tests.factories import make_user

PASSWORD = "korsbär-och-kanel-7"


@pytest.fixture
def leads_home(settings):
    """Another page of ours: the tests let no other host be asked."""
    settings.LEAVE_TO = "/bvc/"


def requests_of(page) -> list[str]:
    """What is asked from now on. A browser may ask for the site's icon at any time."""
    asked = []

    def note(request):
        if not request.url.endswith("/img/house.svg"):
            asked.append(request.url)

    page.on("request", note)
    return asked


def test_from_question_to_a_house_without_script(example_data, page_without_script):  # noqa: F811
    page = page_without_script
    page.goto("/vagledning/")
    page.get_by_role("link", name="Barnet är sjukt").click()
    page.get_by_role("link", name="Barnet är friskt").click()
    page.get_by_role("link", name="Vaccinationer").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Ring BVC")
    page.get_by_label("Var är du?").fill("Angered")
    page.get_by_role("button", name="Visa närmaste").click()
    expect(page.get_by_text("i stadsdelen").first).to_be_visible()
    page.get_by_role("link", name="Ändra svaret på frågan Hur är det").click()
    page.get_by_role("link", name="Jag är rädd för barnets liv").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Ring 112 nu")
    page.go_back()
    page.go_back()
    expect(page.get_by_role("heading", level=1)).to_have_text("Ring BVC")


def test_a_sensitive_flow_asks_nothing_more_and_is_left_by_escape(
    example_data,  # noqa: F811
    leads_home,
    page,
):
    page.goto("/")
    page.goto("/vagledning/hemma/")
    asked = requests_of(page)
    page.get_by_text("Någon hemma slår").click()
    page.get_by_text("Komma bort, eller få hjälp").click()
    expect(page.get_by_text("Socialtjänsten hjälper dig till skydd")).to_be_visible()
    assert asked == []
    assert page.url.endswith("/vagledning/hemma/")
    page.keyboard.press("Escape")
    page.wait_for_url("**/bvc/")
    page.go_back()
    assert "hemma" not in page.url


def test_the_link_out_replaces_the_page_too(example_data, leads_home, page):  # noqa: F811
    page.goto("/")
    page.goto("/vagledning/hemma/")
    page.get_by_role("link", name="Lämna sidan snabbt").click()
    page.wait_for_url("**/bvc/")
    page.go_back()
    assert "hemma" not in page.url


def test_the_way_out_is_a_plain_link_without_script(
    example_data,  # noqa: F811
    leads_home,
    page_without_script,  # noqa: F811
):
    page = page_without_script
    page.goto("/vagledning/hemma/")
    expect(page.get_by_text("Esc")).to_be_hidden()
    page.get_by_text("Jag är under 18 år").click()
    expect(page.get_by_text("Bris finns för dig")).to_be_visible()
    page.get_by_role("link", name="Lämna sidan snabbt").click()
    page.wait_for_url("**/bvc/")


def test_a_card_stands_alone_and_is_asked_of_nobody(db, page):
    page.goto("/visa-for-personalen/ar/")
    asked = requests_of(page)
    page.locator("#tolk .show-card__text").click()
    expect(page.get_by_text("Jag behöver tolk.")).to_be_visible()
    expect(page.locator(".show-card:visible")).to_have_count(1)
    page.get_by_role("link", name="Alla kort").click()
    expect(page.locator(".show-card:visible").nth(1)).to_be_visible()
    assert asked == []


def test_staff_see_a_flow_drawn_and_write_it(transactional_db, page, axe):
    seed(timezone.localdate())
    anna = make_user("communicator", email="anna@goteborg.example", password=PASSWORD)
    flow = Flow.objects.get(slug="barnet-ar-sjukt")
    create_draft(owner=flow, by=anna, at=timezone.now())
    sign_in(page, anna, PASSWORD, "/personal/fragefloden/")
    found, pages = [], {}
    for path in ("", "barnet-ar-sjukt/", "barnet-ar-sjukt/skriv/"):
        for width in (1280, 320):
            page.set_viewport_size({"width": width, "height": 800})
            page.goto(f"/personal/fragefloden/{path}")
            found += [f"{path} at {width}: {fault}" for fault in axe(page)]
            if page.evaluate("document.documentElement.scrollWidth") > width:
                found.append(f"{path} at {width}: scrolls sideways")
        pages[path] = page.content()
    assert not found, "\n".join(found)
    assert vnu.validate(pages) == []
    page.get_by_label("Rubrik till föräldern").first.fill("Ring 112 genast")
    page.get_by_role("button", name="Spara och se ritningen").click()
    expect(page.get_by_text("Varje väg leder till någon, i varje stadsdel.")).to_be_visible()
    page.get_by_text("Samma sak i ord").click()
    expect(page.locator("dt", has_text="Ring 112 genast")).to_be_visible()
