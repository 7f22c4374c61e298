"""Every page type as a visitor gets it: accessible, valid, without script, at every width."""

import re

import pytest
from django.utils import timezone

from centres.whats_on.page import MOST
from familjeportal.home.demo import seed
from familjeportal.home.demo.marks import example_id
from tests import vnu

PAGES = {
    "front": "/",
    "front, place chosen": "/?plats=angered",
    "list": "/familjecentraler/",
    "list near a postcode": "/familjecentraler/?plats=424+33&dag=onsdag&tid=formiddag",
    "list with a choice of places": "/familjecentraler/?plats=centrum",
    "list outside the city": "/familjecentraler/?plats=stockholm&sida=99",
    "list with nothing found": "/familjecentraler/?verksamhet=tandvard&kvallhelg=1&alder=gravid",
    "search": "/sok/",
    "search for a service at a place": "/sok/?q=öppna+förskolan+kortedala",
    "search for advice": "/sok/?q=bebisen+sover+inte",
    "search for a house, misspelt": "/sok/?q=familjesentral",
    "search for a place elsewhere": "/sok/?q=stockholm",
    "search for what is urgent": "/sok/?q=barnet+andas+konstigt",
    "search that finds nothing": "/sok/?q=xyzzyqqq",
    "centre": "/familjecentraler/hjallbo/",
    "centre with a term": "/familjecentraler/glasmastaregatan/",
    "planned centre": "/familjecentraler/gamlestaden/",
    "open preschool": "/familjecentraler/oppna-forskolan-backa/",
    "district": "/stadsdelar/angered/",
    "district without centre": "/stadsdelar/askim-frolunda-hogsbo/",
    "service": "/bvc/",
    "service with few places": "/tandvard/",
    "the goal": "/utbyggnad/",
    "programme": "/det-hander/",
    "programme of a month": "/det-hander/?nar=manaden&plats=angered",
    "programme of a house's week": "/det-hander/?nar=veckan&hus=hjallbo",
    "programme with nothing found": "/det-hander/?grupp=twins&tid=kvall&sprak=uk&nar=2027-99",
    "activity": f"/det-hander/{example_id('activity', 'bergsjon', 'Babysång')}/",
    "activity with signing up": f"/det-hander/{example_id('activity', 'hjallbo', 'Babymassage')}/",
    "topics": "/rad-och-stod/",
    "topics for an age": "/rad-och-stod/?alder=5",
    "topic": "/rad-och-stod/somn/",
    "guide": "/rad-och-stod/somn/nar-bebisen-inte-sover/",
    "guide near a place": "/rad-och-stod/somn/nar-bebisen-inte-sover/?plats=angered",
    "support for parents": "/foraldrastod/",
    "support near a place": "/foraldrastod/?plats=hjällbo&alder=5",
    "support where there is no centre": "/foraldrastod/?plats=askim&amne=tonaring",
    "a support outside the houses": "/foraldrastod/familjeradgivning/",
    "flow that ends outside the houses": "/vagledning/tonaring/?a=nu.nej&a=vad.droger",
    "material to print": "/tryck/",
    "material of a house": "/familjecentraler/hjallbo/tryck/",
    "flows": "/vagledning/",
    "flow": "/vagledning/barnet-ar-sjukt/?a=hur.sjukt",
    "flow for staff": "/vagledning/barnet-ar-sjukt/for-personal/",
    "flow answered": "/vagledning/barnet-ar-sjukt/?a=hur.friskt&a=undrar.vaxer&plats=angered",
    "sensitive flow": "/vagledning/hemma/",
    "cards to show": "/visa-for-personalen/",
    "cards in Arabic": "/visa-for-personalen/ar/",
    "documents": "/dokument/",
    "documents narrowed": "/dokument/?slag=guidance",
    "document": "/dokument/slutrapport-utvardering/",
    "news": "/nyheter/",
    "news item": "/nyheter/kort-och-affischer/",
    "films": "/film/",
    "film": "/film/allt-i-samma-hus/",
    "those who meet families": "/moter-familjer/",
    "list of rooms": "/moter-familjer/rumslista/?verksamhet=open_preschool&rum=lekrum",
    "about the site": "/om/webbplatsen/",
    "accessibility": "/om/tillganglighet/",
    "data": "/om/uppgifter/",
    "not found": "/finns-inte/",
    "sign in": "/personal/logga-in/",
}


@pytest.fixture
def example_data(transactional_db):
    seed(timezone.localdate())


@pytest.fixture
def page_without_script(browser, browser_context_args, base_url):
    context = browser.new_context(
        **{**browser_context_args, "java_script_enabled": False, "base_url": base_url}
    )
    yield context.new_page()
    context.close()


def test_every_page_type_is_accessible_and_fits(example_data, page, axe):
    found = []
    for name, path in PAGES.items():
        for width in (1280, 320):
            page.set_viewport_size({"width": width, "height": 800})
            page.goto(path)
            found += [f"{name} at {width}: {fault}" for fault in axe(page)]
            if page.evaluate("document.documentElement.scrollWidth") > width:
                found.append(f"{name} at {width}: scrolls sideways")
            if page.locator("h1").count() != 1:
                found.append(f"{name}: not exactly one h1")
    assert not found, "\n".join(found)


def test_every_page_type_is_valid_html(example_data, client):
    pages = {name: client.get(path).content.decode() for name, path in PAGES.items()}
    assert vnu.validate(pages) == []


def test_from_the_front_page_to_a_centre_without_script(example_data, page_without_script):
    page = page_without_script
    page.goto("/")
    page.get_by_role("link", name="Angered", exact=True).first.click()
    page.get_by_role("link", name="Familjecentralen Hjällbo").first.click()
    assert page.get_by_role("heading", level=1).inner_text() == "Familjecentralen Hjällbo"
    page.get_by_role("link", name="Vägen hit").click()
    assert page.url.endswith("#hitta")


def test_keyboard_reaches_the_content_first(example_data, page):
    page.goto("/familjecentraler/hjallbo/")
    page.keyboard.press("Tab")
    skip = page.locator(":focus")
    assert skip.inner_text() == "Hoppa till innehållet"
    assert skip.bounding_box()["y"] >= 0
    page.keyboard.press("Enter")
    assert page.url.endswith("#innehall")


def test_targets_are_large_enough_on_a_phone(example_data, page):
    """Buttons and chips are 44 px high; no link that stands by itself is under 24."""
    page.set_viewport_size({"width": 360, "height": 800})
    for path in ("/", "/familjecentraler/hjallbo/"):
        page.goto(path)
        small = page.eval_on_selector_all(
            ".button, .chip, .site-nav a:not(.site-nav__wide), .brand",
            "all => all.filter(e => e.getBoundingClientRect().height < 44).map(e => e.outerHTML)",
        )
        assert small == []


def test_a_visit_sets_no_cookie_and_stores_nothing(example_data, page, context):
    page.goto("/")
    page.goto("/familjecentraler/hjallbo/")
    assert context.cookies() == []
    assert page.evaluate("[localStorage.length, sessionStorage.length]") == [0, 0]


def test_text_twice_as_large_still_fits(example_data, page):
    page.set_viewport_size({"width": 360, "height": 800})
    for path in ("/", "/familjecentraler/", "/familjecentraler/hjallbo/", "/bvc/"):
        page.goto(path)
        page.evaluate("document.documentElement.style.fontSize = '200%'")
        assert page.evaluate("document.documentElement.scrollWidth") <= 360, path


def test_week_of_a_house_is_printed_on_one_sheet(example_data, page):
    page.goto("/det-hander/?hus=hjallbo")
    assert page.locator(".happening").count() >= 8
    assert sheets(page) == 1


def test_week_with_as_much_as_a_page_holds_is_printed_on_one_sheet(example_data, page):
    """No house of the example holds so much: what it holds is repeated."""
    page.goto("/det-hander/?hus=hjallbo")
    page.evaluate(
        """most => {
            document.querySelector('.programme').classList.add('programme--full')
            const all = [...document.querySelectorAll('.happening')]
            for (let n = all.length; n < most; n++) {
                const one = all[n % all.length]
                one.after(one.cloneNode(true))
            }
        }""",
        MOST,
    )
    assert page.locator(".happening").count() == MOST
    assert sheets(page) == 1


def sheets(page) -> int:
    pdf = page.pdf(format="A4", prefer_css_page_size=True)
    return len(re.findall(rb"/Type /Page\b", pdf))
