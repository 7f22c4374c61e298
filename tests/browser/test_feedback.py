""" "Stämmer något inte?" in a real browser: from a centre's page to the list of staff."""

import re

import pytest
from playwright.sync_api import expect

from centres.models import Feedback
from tests import vnu
from tests.factories import make_centre, make_feedback, make_service_at_centre, make_user

FORM = "/familjecentraler/hjallbo/stammer-inte/"


@pytest.fixture
def room(transactional_db):
    house = make_centre(name="Familjecentralen Hjällbo", slug="hjallbo")
    make_service_at_centre("child_health_care", centre=house)
    return make_service_at_centre(centre=house)


@pytest.fixture
def coordinator(client, context, live_server):
    user = make_user("coordinator")
    client.force_login(user)
    session = client.cookies["sessionid"].value
    context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])
    return user


def faults(page, axe, path) -> list[str]:
    found = []
    for width in (1280, 320):
        page.set_viewport_size({"width": width, "height": 800})
        page.goto(path)
        found += [f"{path} at {width}: {fault}" for fault in axe(page)]
        if page.evaluate("document.documentElement.scrollWidth") > width:
            found.append(f"{path} at {width}: scrolls sideways")
    return found


def test_parent_reports_without_script_or_cookie(room, browser, browser_context_args, base_url):
    context = browser.new_context(
        **{**browser_context_args, "java_script_enabled": False, "base_url": base_url}
    )
    page = context.new_page()
    page.goto("/familjecentraler/hjallbo/")
    page.get_by_role("link", name=re.compile("Stämmer något inte.*Öppen förskola")).click()
    page.get_by_label("Tiderna").check()
    page.get_by_label("Hur är det i stället?").fill("Öppnar 9.00, ring 031-365 00 00")
    page.wait_for_timeout(3_100)
    page.get_by_role("button", name="Skicka").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Tack för hjälpen!")
    expect(page.get_by_text("Vi tog bort ett telefonnummer")).to_be_visible()
    assert context.cookies() == []
    context.close()
    assert Feedback.objects.get().text == "Öppnar 9.00, ring ***"


def test_form_is_accessible_with_and_without_errors(room, page, axe):
    assert faults(page, axe, FORM) == []
    assert faults(page, axe, f"{FORM}tack/?borttaget=1") == []
    page.goto(f"{FORM}?om={room.service.slug}")
    page.get_by_label("Tiderna").check()
    page.get_by_label("Hur är det i stället?").fill("811218-9876")
    page.get_by_role("button", name="Skicka").click()
    expect(page.get_by_label("Hur är det i stället?")).to_have_accessible_description(
        re.compile("personnummer")
    )
    assert axe(page) == []


def test_staff_answer_what_came_in(room, coordinator, page, axe):
    feedback = make_feedback(room, text="Stängt på fredagar")
    for path in ("/personal/", "/personal/inkommet/", f"/personal/inkommet/{feedback.pk}/"):
        assert faults(page, axe, path) == []
    page.goto("/personal/")
    page.get_by_role("link", name="Inkommet från besökare 1 ny").click()
    page.get_by_role("link", name=re.compile("Öppettider")).click()
    page.get_by_label("Åtgärdad").check()
    page.get_by_role("button", name="Spara").click()
    expect(page.get_by_text("Sparat.")).to_be_visible()
    expect(page.get_by_text("Inget nytt just nu.")).to_be_visible()


def test_pages_are_valid_html(room, client):
    feedback = make_feedback(room, text="Stängt\npå fredagar")
    paths = [FORM, f"{FORM}?om={room.service.slug}", f"{FORM}tack/"]
    pages = {path: client.get(path).content.decode() for path in paths}
    pages["refused"] = client.post(FORM, {"text": "811218-9876"}).content.decode()
    client.force_login(make_user("coordinator"))
    for path in ("/personal/", "/personal/inkommet/", f"/personal/inkommet/{feedback.pk}/"):
        pages[path] = client.get(path, follow=True).content.decode()
    assert vnu.validate(pages) == []
