"""Finding a house in a real browser: one's own place, the map beside the list, without script."""

import gzip

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from familjeportal.home.demo import seed

HJALLBO = {"latitude": 57.7701, "longitude": 12.0203}
HEAVIEST = 20_000  # bytes of a list page, compressed
LISTS = [
    "/familjecentraler/",
    "/familjecentraler/?plats=424+33",
    "/familjecentraler/?plats=centrum&nu=oppet&dag=onsdag&tid=eftermiddag&alder=5&sprak=ar",
    "/?plats=tuve",
]


@pytest.fixture
def example_data(transactional_db):
    seed(timezone.localdate())


@pytest.fixture
def phone_in_hjallbo(browser, browser_context_args, base_url):
    context = browser.new_context(
        **{**browser_context_args, "base_url": base_url},
        geolocation=HJALLBO,
        permissions=["geolocation"],
        viewport={"width": 360, "height": 800},
    )
    yield context.new_page()
    context.close()


def test_own_place_sorts_the_list_and_never_leaves_the_phone(example_data, phone_in_hjallbo):
    page = phone_in_hjallbo
    page.goto("/familjecentraler/", wait_until="networkidle")
    address = page.url
    sent = []
    page.on("request", lambda request: sent.append(request.url))
    page.get_by_role("button", name="Använd min plats").click()
    expect(page.get_by_role("status")).to_contain_text("närmaste husen först")
    first = page.locator("#lista > li").first
    expect(first).to_contain_text("Familjecentralen Hjällbo")
    expect(first.locator(".card__distance")).to_contain_text("Mindre än 500")
    assert sent == []
    assert page.url == address
    assert page.evaluate("[localStorage.length, sessionStorage.length]") == [0, 0]


def test_place_that_is_refused_is_said_with_another_way(example_data, page):
    page.goto("/familjecentraler/")
    page.get_by_role("button", name="Använd min plats").click()
    expect(page.get_by_role("status")).to_contain_text("Skriv var du är i stället")


def test_distance_in_the_browser_is_said_as_on_the_server(example_data, phone_in_hjallbo):
    """The same place by name and by position gives the same words on every card."""
    page = phone_in_hjallbo
    page.goto("/familjecentraler/?plats=Hjällbo")
    by_name = dict(page.evaluate(WORDS_BY_HOUSE))
    page.goto("/familjecentraler/")
    page.context.set_geolocation({"latitude": 57.770, "longitude": 12.020})
    page.get_by_role("button", name="Använd min plats").click()
    expect(page.get_by_role("status")).to_contain_text("närmaste husen först")
    by_position = dict(page.evaluate(WORDS_BY_HOUSE))
    assert {name: words.split(",  ")[0] for name, words in by_position.items()} == {
        name: words.split(", ")[0].strip() if ", " in words else words
        for name, words in by_name.items()
    }


WORDS_BY_HOUSE = """[...document.querySelectorAll("#lista > li")].map(card => [
    card.querySelector(".card__name").textContent,
    card.querySelector(".card__distance").textContent.trim()])"""


def test_without_script_there_is_no_button_and_the_rest_works(
    browser, browser_context_args, base_url, example_data
):
    context = browser.new_context(
        **{**browser_context_args, "java_script_enabled": False, "base_url": base_url}
    )
    page = context.new_page()
    page.goto("/")
    page.get_by_label("Var är du?").fill("hjälbo")
    page.get_by_role("button", name="Visa närmaste").click()
    expect(page.get_by_text("Menade du Hjällbo?")).to_be_visible()
    page.get_by_role("link", name="Alla hus, med karta").click()
    expect(page.get_by_role("button", name="Använd min plats")).to_be_hidden()
    page.get_by_text("Välj verksamhet, dag, ålder eller språk").click()
    page.get_by_label("Verksamhet", exact=True).select_option("bvc")
    page.get_by_role("button", name="Visa", exact=True).click()
    page.get_by_role("link", name="Ta bort Barnhälsovård (BVC)").click()
    assert "verksamhet" not in page.url
    assert "plats=" in page.url
    page.locator(".map__pin").first.click()
    assert "#hus-" in page.url
    context.close()


def test_pin_and_card_light_up_together(example_data, page):
    page.set_viewport_size({"width": 1280, "height": 900})
    page.goto("/familjecentraler/?plats=hjällbo")
    page.locator("#hus-2").hover()
    expect(page.locator('.map__pin[data-number="2"]')).to_have_class("map__pin is-lit")
    page.locator('.map__pin[data-number="1"]').focus()
    expect(page.locator("#hus-1")).to_have_class("card is-lit")


def test_every_pin_is_reached_by_keyboard_in_the_order_of_the_list(example_data, page):
    page.goto("/familjecentraler/")
    numbers = page.eval_on_selector_all(
        ".map__pin", "pins => pins.map(pin => Number(pin.dataset.number))"
    )
    assert numbers == sorted(numbers)
    assert len(numbers) == page.locator("#lista > li").count()
    page.locator(".map__pin").first.focus()
    page.keyboard.press("Enter")
    assert page.url.endswith("#hus-1")


@pytest.mark.parametrize("address", LISTS)
def test_page_of_the_list_is_light(example_data, client, address):
    content = client.get(address).content
    assert len(gzip.compress(content, 6)) <= HEAVIEST
