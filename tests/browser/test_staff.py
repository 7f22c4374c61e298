"""Staff in a real browser: signing in, and the admin under the same strict policy."""

import pytest
from playwright.sync_api import expect

from tests.browser.sign_in import sign_in
from tests.factories import (
    make_centre,
    make_organisation,
    make_schedule,
    make_service_at_centre,
    make_user,
)

PASSWORD = "korsbär-och-kanel-7"


@pytest.fixture
def teacher(transactional_db):
    city = make_organisation()
    room = make_service_at_centre(centre=make_centre(name="Familjecentralen Hjällbo"))
    make_schedule(room, slots=["mon 9-12"])
    return make_user(
        email="larare@goteborg.example",
        password=PASSWORD,
        centres=[room.centre],
        organisations=[city],
    )


def test_teacher_changes_hours_and_sees_what_readers_will_see(teacher, page):
    sign_in(page, teacher, PASSWORD, "/admin/")
    page.get_by_role("link", name="Öppettider", exact=True).first.click()
    page.locator("#result_list tbody th a").first.click()
    page.locator("[name=slots-0-closes_at]").fill("14.30")
    page.get_by_role("button", name="Spara och fortsätt redigera").click()
    expect(page.get_by_text("Måndag 9–14.30").first).to_be_visible()


def test_a_slot_that_ends_before_it_begins_is_refused_with_what_to_do(teacher, page):
    sign_in(page, teacher, PASSWORD, "/admin/")
    page.get_by_role("link", name="Öppettider", exact=True).first.click()
    page.locator("#result_list tbody th a").first.click()
    page.locator("[name=slots-0-closes_at]").fill("8")
    page.get_by_role("button", name="Spara", exact=True).click()
    expect(page.get_by_text("Stängningstiden måste vara senare")).to_be_visible()


def test_wrong_password_says_so_and_keeps_the_address(teacher, page, axe):
    page.goto("/admin/")
    page.get_by_label("E-post").fill(teacher.email)
    page.get_by_label("Lösenord").fill("fel")
    page.get_by_role("button", name="Logga in", exact=True).click()
    expect(page.get_by_role("alert")).to_be_visible()
    expect(page.get_by_label("E-post")).to_have_value(teacher.email)
    assert axe(page) == []
