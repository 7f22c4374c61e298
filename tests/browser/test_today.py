"""The daily tasks on a phone: how quickly a door is closed, and every page as it should be."""

import json
import re
import time

import pytest
import time_machine
from playwright.sync_api import expect

from tests import vnu
from tests.browser.sign_in import sign_in
from tests.centres.staff.people import EIGHT, make_people
from tests.factories import make_activity, make_exception, make_notice, make_time_slot

PASSWORD = "korsbär-och-kanel-7"
PHONE = {"width": 360, "height": 740}


@pytest.fixture
def people(transactional_db):
    with time_machine.travel(EIGHT, tick=True):
        people = make_people()
        for user in (people.teacher, people.nurse, people.coordinator):
            user.set_password(PASSWORD)
            user.save()
        yield people


@pytest.fixture
def phone(browser, browser_context_args, base_url):
    """A phone without JavaScript."""
    context = browser.new_context(
        **{
            **browser_context_args,
            "java_script_enabled": False,
            "base_url": base_url,
            "viewport": PHONE,
            "has_touch": True,
        }
    )
    yield context.new_page()
    context.close()


def test_door_is_closed_in_two_taps_and_opened_again(people, phone):
    public = people.centre.get_absolute_url()
    phone.goto(public)
    expect(phone.get_by_text("Öppnar 9.00").first).to_be_visible()
    sign_in(phone, people.teacher, PASSWORD, people.home)
    start = time.perf_counter()
    taps = [
        phone.get_by_role("link", name="Stäng öppen förskola i dag"),
        phone.get_by_role("button", name="Stäng öppen förskola"),
    ]
    for tap in taps:
        expect(tap).to_be_in_viewport()
        tap.tap()
    expect(phone.get_by_text("Öppen förskola har stängt hela dagen i dag")).to_be_visible()
    seconds = time.perf_counter() - start
    print(f"closed in {len(taps)} taps and {seconds:.1f} s")
    assert seconds < 10

    phone.get_by_role("link", name="Visa sidan som läsarna ser den").tap()
    expect(phone.get_by_text("Stängt – öppnar i morgon 9.00").first).to_be_visible()
    data = phone.locator('script[type="application/ld+json"]').first.text_content()
    days = json.loads(data)["containsPlace"][0]["specialOpeningHoursSpecification"]
    assert (days[0]["validFrom"], days[0]["closes"]) == ("2026-11-23", "00:00")
    phone.goto("/familjecentraler/?plats=angered")
    expect(phone.get_by_text("Stängt – öppnar i morgon 9.00").first).to_be_visible()

    phone.goto(people.home)
    phone.get_by_role("link", name="Visa eller ångra").tap()
    phone.get_by_role("button", name="Ångra").tap()
    expect(phone.get_by_text("Ångrat.")).to_be_visible()
    expect(phone.get_by_text("Läsarna ser: Öppnar 9.00")).to_be_visible()


def test_two_who_close_at_once_choose_between_both_versions(people, phone, page):
    address = f"{people.home}open-preschool/stang/"
    sign_in(phone, people.teacher, PASSWORD, people.home)
    sign_in(page, people.coordinator, PASSWORD, people.home)
    phone.goto(address)
    page.goto(address)
    phone.get_by_label("Sjukdom").check()
    phone.get_by_role("button", name="Stäng öppen förskola").tap()
    page.get_by_label("Utbildning").check()
    page.get_by_role("button", name="Stäng öppen förskola").click()
    alert = page.get_by_role("alert")
    expect(alert).to_contain_text("stängt (sjukdom)")
    expect(alert).to_contain_text("(utbildning)")
    page.get_by_role("link", name="Behåll det som är sparat").click()
    expect(page.get_by_text("Nu gäller: Öppen förskola: stängt (sjukdom).")).to_be_visible()


def test_date_is_cancelled_with_a_reason_in_three_taps_and_put_back(people, phone):
    make_activity(people.preschool, name="Sångstund", when=["mon 10-11"])
    sign_in(phone, people.teacher, PASSWORD, people.home)
    taps = [
        phone.get_by_role("link", name=re.compile("Ställ in.*Sångstund, i dag")),
        phone.get_by_label("Sjukdom"),
        phone.get_by_role("button", name="Ställ in"),
    ]
    for tap in taps:
        tap.tap()
    expect(phone.get_by_text("Inställt. Sjukdom.")).to_be_visible()
    assert len(taps) == 3
    phone.get_by_role("link", name="Klar").tap()
    phone.get_by_role("link", name=re.compile("Visa eller ångra.*Sångstund")).tap()
    phone.get_by_role("button", name="Ångra").tap()
    expect(phone.get_by_text("Ångrat. Det gäller som planerat igen.")).to_be_visible()


def pages_of(people) -> dict[str, str]:
    make_notice(people.preschool, heading="Vagnförrådet är låst")
    row = make_exception(people.clinic, first_day=EIGHT.date(), channel="phone", reason="illness")
    term = people.preschool.schedules.get()
    home = people.home
    activity = make_activity(people.preschool, name="Sångstund", when=["mon 10-11"], room="Salen")
    make_activity(people.preschool, name="Babycafé", when=["mon 10-12"], room="Salen")
    make_time_slot(term, ("tue 9-10", {"label": "Babyöppet"}))
    date = f"{home}tillfalle/{activity.pk}/2026-11-30/1000/"
    return {
        "activities": f"{home}aktiviteter/",
        "activities of a term": f"{home}ny-termin/aktiviteter/",
        "week": f"{home}vecka/",
        "date": date,
        "cancel": f"{date}stall-in/",
        "move": f"{date}flytta/",
        "change of a date": f"{date}andra/",
        "cancel a session": f"{home}open-preschool/pass/oppet/2026-11-24/0900/",
        "choice of house": "/personal/",
        "my centre": home,
        "close": f"{home}open-preschool/stang/",
        "change": f"{home}andring/{row.pk}/",
        "hours": f"{home}open-preschool/i-dag/oppet/",
        "new phone hours": f"{home}child-health-care/nya-tider/telefon/",
        "notice": f"{home}meddelande/",
        "holidays": f"{home}helgdagar/",
        "terms": f"{home}ny-termin/",
        "new term": f"{home}ny-termin/{term.pk}/",
        "paste": f"{home}open-preschool/klistra-in/",
    }


def test_every_task_is_accessible_and_fits_a_phone(people, page, axe):
    found = []
    pages = pages_of(people)
    sign_in(page, people.coordinator, PASSWORD, people.home)
    for name, path in pages.items():
        for width in (1280, 320):
            page.set_viewport_size({"width": width, "height": 800})
            page.goto(path)
            found += [f"{name} at {width}: {fault}" for fault in axe(page)]
            if page.evaluate("document.documentElement.scrollWidth") > width:
                found.append(f"{name} at {width}: scrolls sideways")
            if page.locator("h1").count() != 1:
                found.append(f"{name}: not exactly one h1")
        small = page.eval_on_selector_all(
            ".button, .task, .choice, .staff-bar a",
            "all => all.filter(e => e.checkVisibility() && e.getBoundingClientRect().height < 44)"
            ".map(e => e.outerHTML)",
        )
        found += [f"{name}: too small: {target}" for target in small]
    assert not found, "\n".join(found)


def test_every_task_is_valid_html(people, client):
    client.force_login(people.coordinator)
    pages = {name: client.get(path).content.decode() for name, path in pages_of(people).items()}
    assert vnu.validate(pages) == []
