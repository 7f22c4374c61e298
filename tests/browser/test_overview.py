"""What awaits staff, in a real browser."""

import re

import pytest
from playwright.sync_api import expect

from tests import vnu
from tests.factories import (
    make_centre,
    make_confirmation,
    make_district,
    make_schedule,
    make_service_at_centre,
    make_user,
    stockholm,
)

PATHS = ("/personal/", "/personal/oversikt/", "/personal/oversikt/?stadsdel=angered")


@pytest.fixture
def coordinator(transactional_db, client):
    for name in ("Angered", "Askim"):
        house = make_centre(name=f"Familjecentralen {name}", district=make_district(name))
        room = make_service_at_centre(centre=house)
        make_schedule(room, slots=[f"{day} 9-12" for day in ("mon", "tue", "wed", "thu", "fri")])
        make_confirmation(room, confirmed_at=stockholm(2025, 1, 1))
    user = make_user("coordinator")
    client.force_login(user)
    return user


def test_overview_is_accessible_and_leads_to_where_it_is_put_right(
    coordinator, client, context, live_server, page, axe
):
    session = client.cookies["sessionid"].value
    context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])
    for path in PATHS:
        for width in (1280, 320):
            page.set_viewport_size({"width": width, "height": 800})
            page.goto(path)
            for summary in page.locator("summary").all():
                summary.click()
            assert axe(page) == [], (path, width)
            assert page.evaluate("document.documentElement.scrollWidth") <= width, (path, width)
    page.get_by_role("link", name="Telefon, e-post och bokning").click()
    expect(page).to_have_url(re.compile("/personal/central/.*#stammer$"))


def test_pages_are_valid_html(coordinator, client):
    assert vnu.validate({path: client.get(path).content.decode() for path in PATHS}) == []
