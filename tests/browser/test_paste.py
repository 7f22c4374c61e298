"""A programme pasted on a phone, looked through, and saved."""

from pathlib import Path

import pytest
import time_machine
from playwright.sync_api import expect

from centres.models import Activity, TimeSlot
from tests import vnu
from tests.browser.sign_in import already_signed_in
from tests.centres.staff.people import EIGHT, make_people

TEXTS = Path(__file__).parents[1] / "centres" / "pasted" / "texts"
TEXT = (TEXTS / "01.txt").read_text() + "Lunch 11.30 för den som har matsäck\ntisdag 3/12 Lucia\n"


@pytest.fixture
def people(transactional_db):
    with time_machine.travel(EIGHT, tick=True):
        yield make_people()


@pytest.fixture
def address(people, context, base_url) -> str:
    already_signed_in(context, base_url, people.teacher)
    return address_of(people)


def address_of(people) -> str:
    return f"{people.home}{people.preschool.service.slug}/klistra-in/"


def read(page, address):
    page.goto(address)
    page.get_by_label("Texten").fill(TEXT)
    page.get_by_role("button", name="Läs texten").click()


def test_rows_are_accessible_and_fit_a_phone(address, page, axe):
    found = []
    for width in (1280, 320):
        page.set_viewport_size({"width": width, "height": 800})
        read(page, address)
        expect(page.get_by_role("heading", level=1)).to_contain_text("titta igenom raderna")
        found += [f"{width}: {fault}" for fault in axe(page)]
        if page.evaluate("document.documentElement.scrollWidth") > width:
            found.append(f"{width}: scrolls sideways")
    assert not found, "\n".join(found)


def test_rows_are_valid_html(people, client):
    client.force_login(people.teacher)
    address = address_of(people)
    pages = {
        "rows": client.post(address, {"text": TEXT, "do": "read"}),
        "wrong rows": client.post(address, {"text": TEXT, "do": "save"}),
    }
    assert vnu.validate({name: page.content.decode() for name, page in pages.items()}) == []


def test_teacher_pastes_looks_and_saves(address, page):
    page.set_viewport_size({"width": 360, "height": 800})
    read(page, address)
    page.get_by_role("button", name="Spara raderna").click()
    expect(page.get_by_text("rader är sparade")).to_be_visible()
    assert TimeSlot.objects.filter(label="Babyöppet, sång 14.00").exists()
    assert Activity.objects.filter(texts__name="Spädbarnsmassage").exists()
