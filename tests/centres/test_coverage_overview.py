"""The page of the goal: what a visitor notices, and how many questions it asks the database."""

from datetime import date

import pytest
import time_machine
from django.core.management import call_command
from django.urls import reverse

from services.models import Service
from tests.factories import (
    make_centre,
    make_centre_text,
    make_city_area,
    make_confirmation,
    make_district,
    make_line,
    make_service_at_centre,
    stockholm,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def a_tuesday_morning():
    with time_machine.travel(stockholm(2026, 11, 24, 10), tick=False):
        yield


@pytest.fixture
def page(client):
    """Ask for the page and give its words, one space between."""
    return lambda: " ".join(client.get(reverse("centres:coverage")).content.decode().split())


def furnished_centre(**fields):
    centre = make_centre(**fields)
    make_centre_text(centre, status_note="Något om läget.", interim_note="Under tiden här.")
    make_confirmation(centre)
    for kind in Service.CORE_KINDS:
        make_confirmation(make_service_at_centre(kind, centre=centre))
    return centre


def test_page_of_many_houses_asks_as_little_as_of_few(
    client, django_assert_num_queries, django_assert_max_num_queries
):
    furnished_centre()
    make_line(on_every_page=True)
    with django_assert_max_num_queries(17) as few:
        client.get(reverse("centres:coverage"))
    for number in range(8):
        area = make_city_area(f"Område {number}")
        district = make_district(f"Stadsdel {number}", area)
        stand_in = furnished_centre(district=district)
        furnished_centre(district=district, status="building", interim_centre=stand_in)
        furnished_centre(district=district, status="moved", moved_to=stand_in)
    with django_assert_num_queries(len(few)):
        client.get(reverse("centres:coverage"))


def test_page_tells_the_sum_and_what_it_rests_on(page):
    call_command("import_known_facts", verbosity=0)
    words = page()
    assert "I 8 av 10 stadsdelar finns minst en familjecentral, så vitt vi vet." in words
    assert "Den äldsta uppgiften är från 2017–2020 (Tuve familjecentral)" in words
    assert "den nyaste från våren 2024" in words
    assert "För 1 stadsdel saknar källan datum." in words
    assert "4 av dagens 4 stadsområden har minst en" in words
    assert words.count("<caption") == 2


def test_page_tells_what_became_of_the_plan(page):
    call_command("import_known_facts", verbosity=0)
    words = page()
    assert "fanns det sju familjecentraler i Göteborg, och staden planerade åtta till" in words
    assert words.count("Vilka de andra fem var vet vi inte") == 2
    assert "goteborgs-stad-satsar-pa-fler-familjecentraler" in words


def test_every_page_leads_to_the_goal(client):
    assert f'href="{reverse("centres:coverage")}"' in client.get("/").content.decode()


def test_empty_portal_knows_of_no_house(page):
    make_district()
    words = page()
    assert "I 0 av 1 stadsdelar" in words
    assert "Så gamla är uppgifterna" not in words
    assert "Vi vet inte om någon familjecentral som planeras" in words


def test_idea_is_named_but_has_no_page_to_lead_to(page):
    idea = make_centre(status="idea", name="Familjecentralen Kanske")
    words = page()
    assert "Familjecentralen Kanske" in words
    assert idea.get_absolute_url() not in words


def test_example_is_marked_and_no_knowledge(page):
    make_confirmation(make_centre(), origin="example")
    words = page()
    assert "påhittat exempel" in words
    assert "I 0 av 1 stadsdelar" in words


def test_open_preschool_of_its_own_is_not_on_the_page(page):
    make_centre(kind="open_preschool", name="Öppna förskolan Backa")
    assert "Öppna förskolan Backa" not in page()


def test_words_that_staff_write_are_escaped(page):
    centre = make_centre(status="decided", name="<script>alert(1)</script>")
    make_centre_text(centre, status_note="<b>fet</b>", interim_note="<i>lutad</i>")
    words = page()
    assert "<script>alert" not in words
    assert "<b>fet" not in words
    assert "<i>lutad" not in words


def test_house_that_moves_switches_at_midnight_and_the_page_is_kept_until_then(client, page):
    on_the_day = {"next_status_on": date(2027, 3, 1), "next_status_certainty": "decided"}
    new = make_centre(
        name="Nya",
        district=make_district("Lundby"),
        status="building",
        next_status="open",
        **on_the_day,
    )
    make_centre(name="Gamla", next_status="moved", moved_to=new, **on_the_day)
    with time_machine.travel(stockholm(2027, 2, 28, 23, 59, 40), tick=False):
        assert "Flyttar 1 mars 2027 (bestämd dag)" in page()
        response = client.get(reverse("centres:coverage"))
        assert response["Cache-Control"] == "public, max-age=20"
    with time_machine.travel(stockholm(2027, 3, 1), tick=False):
        words = page()
    assert "Flyttad</span> 1 mars 2027" in words
    assert "Tas över av" in words
    assert "I 1 av 2 stadsdelar" in words
