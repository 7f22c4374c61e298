"""Searching in a real browser: suggestions by keyboard, and what staff see of what is asked."""

import re

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from familjeportal.search.counting import monday_of
from familjeportal.search.models import SearchCount
from familjeportal.search.words import add_missing_words
from tests import vnu
from tests.browser.sign_in import sign_in
from tests.factories import make_centre, make_service, make_user

PASSWORD = "korsbär-och-kanel-7"
STAFF_PAGE = "/personal/sokningar/"


@pytest.fixture
def portal(transactional_db):
    make_service("open_preschool", slug="oppen-forskola")
    make_centre(name="Öppna huset", slug="oppna-huset")
    add_missing_words()


@pytest.fixture
def field(portal, page):
    page.goto("/sok/")
    field = page.get_by_role("combobox")
    field.press_sequentially("öpp", delay=20)
    expect(page.get_by_role("listbox", name="Förslag")).to_be_visible()
    return field


def test_suggestions_are_chosen_by_keyboard(field, page, axe):
    options = page.get_by_role("option")
    expect(field).to_have_attribute("aria-expanded", "true")
    expect(field).to_have_attribute("aria-autocomplete", "list")
    field.press("ArrowDown")
    expect(options.first).to_have_attribute("aria-selected", "true")
    expect(field).to_have_attribute("aria-activedescendant", options.first.get_attribute("id"))
    expect(field).to_be_focused()
    assert axe(page) == []
    field.press("ArrowUp")
    expect(options.last).to_have_attribute("aria-selected", "true")
    field.press("ArrowDown")
    field.press("Enter")
    expect(page).to_have_url(re.compile("/oppna-huset/$"))


def test_escape_takes_suggestions_away_and_keeps_the_words(field, page):
    field.press("ArrowDown")
    field.press("Escape")
    expect(page.get_by_role("listbox")).to_be_hidden()
    expect(field).to_have_attribute("aria-expanded", "false")
    assert field.get_attribute("aria-activedescendant") is None
    expect(field).to_have_value("öpp")


def test_what_one_wrote_is_sent_when_nothing_is_chosen(field, page):
    field.press("Enter")
    expect(page).to_have_url(re.compile(r"/sok/\?q=%C3%B6pp$"))


def test_suggestions_fit_a_narrow_screen(field, page):
    page.set_viewport_size({"width": 320, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


def test_staff_see_what_is_asked_for(portal, page, axe):
    week = monday_of(timezone.localdate())
    SearchCount.objects.create(week=week, kind="synonym", key="bvc", asked=12, unmet=7)
    user = make_user(email="samordnare@goteborg.example", password=PASSWORD, role="coordinator")
    sign_in(page, user, PASSWORD, STAFF_PAGE)
    for width in (1280, 320):
        page.set_viewport_size({"width": width, "height": 800})
        assert axe(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    expect(page.get_by_role("heading", name="Det som saknas")).to_be_visible()
    assert vnu.validate({STAFF_PAGE: page.request.get(STAFF_PAGE).text()}) == []
