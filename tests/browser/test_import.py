"""Import and export in a real browser: fetch the file, try it changed, carry it out."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from playwright.sync_api import expect

from tests import vnu
from tests.browser.test_feedback import coordinator, faults  # noqa: F401
from tests.factories import make_activity, make_centre, make_schedule, make_service_at_centre

PAGE = "/personal/import/"


@pytest.fixture
def room(transactional_db):
    room = make_service_at_centre(centre=make_centre(name="Hjällbo", slug="hjallbo"))
    make_schedule(room, slots=["mon 9-15", "tue 9-12"])
    return room


def choose(page, content: bytes) -> None:
    page.get_by_label("Fil").set_input_files(
        {"name": "fil.csv", "mimeType": "text/csv", "buffer": content}
    )
    page.get_by_role("button", name="Provkör").click()


def test_hours_are_fetched_changed_and_taken_in(room, coordinator, page, axe):  # noqa: F811
    assert faults(page, axe, PAGE) == []
    with page.expect_download() as fetched:
        page.get_by_role("link", name="Öppettider (CSV)").click()
    lines = fetched.value.path().read_bytes().splitlines(keepends=True)
    content = b"".join(lines[:2]).replace(b"15:00", b"16:00")

    choose(page, content.replace(b"09:00", b"nio"))
    expect(page.get_by_text("Rad 2, Öppnar:")).to_be_visible()
    assert axe(page) == []
    page.get_by_role("link", name="Välj filen igen").click()
    choose(page, content)
    expect(page.get_by_text("1 ändrad, 1 borttagen. Inget är sparat än.")).to_be_visible()
    assert axe(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    page.get_by_role("button", name="Genomför").click()
    expect(page.get_by_text("Filen är införd: 1 ändrad, 1 borttagen.")).to_be_visible()
    assert str(room.schedules.get().slots.get()) == "måndag 09.00–16.00"


def test_activities_are_fetched_changed_and_taken_in(room, coordinator, page, axe):  # noqa: F811
    activity = make_activity(
        room, name="Babycafé", when=["tue 13-15 odd", "2026-12-13 16-18"], cost=0
    )
    assert faults(page, axe, PAGE) == []
    with page.expect_download() as fetched:
        page.get_by_role("link", name="Aktiviteter (CSV)").click()
    content = fetched.value.path().read_bytes()
    header, *rows = content.splitlines(keepends=True)
    assert len(rows) == 2

    choose(page, content)
    expect(page.get_by_text("Inga ändringar: allt i filen står redan så")).to_be_visible()
    page.get_by_label("Sökväg").get_by_role("link", name="Import och export").click()
    choose(page, content.replace(b"13:00;15:00", b"13:00;12:00"))
    expect(page.get_by_text("Sluttiden måste vara senare än starttiden.")).to_be_visible()
    assert axe(page) == []
    page.get_by_role("link", name="Välj filen igen").click()
    weekly = next(row for row in rows if b"13:00;15:00" in row)
    song = weekly.replace("Babycafé".encode(), "Sångstund".encode())
    choose(page, header + weekly.replace(b"15:00", b"15:30") + song)
    expect(page.get_by_text("1 ny, 1 ändrad, 1 borttagen. Inget är sparat än.")).to_be_visible()
    assert axe(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    page.get_by_role("button", name="Genomför").click()
    expect(page.get_by_text("Filen är införd: 1 ny, 1 ändrad, 1 borttagen.")).to_be_visible()
    assert str(activity.recurrences.get()) == "tisdag 13.00–15.30"
    assert sorted(map(str, room.activities.all())) == ["Babycafé", "Sångstund"]


def test_pages_are_valid_html(room, coordinator, client):  # noqa: F811
    content = client.get("/personal/import/oppettider.csv").content.replace(b"15:00", b"16:00")
    files = {"tried": content, "faulty": content.replace(b"09:00", b"nio"), "junk": b"\0"}
    pages = {"upload": client.get(PAGE).content.decode()}
    for name, data in files.items():
        upload = SimpleUploadedFile("fil.csv", data)
        pages[name] = client.post(PAGE, {"file": upload}).content.decode()
    assert vnu.validate(pages) == []
