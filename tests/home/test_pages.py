import pytest
import time_machine
from django.urls import reverse

from tests.factories import (
    make_centre,
    make_city_area,
    make_confirmation,
    make_district,
    make_line,
    make_schedule,
    make_service_at_centre,
    stockholm,
)

pytestmark = pytest.mark.django_db


def text(response):
    return " ".join(response.content.decode().split())


@pytest.fixture(autouse=True)
def a_tuesday_morning():
    with time_machine.travel(stockholm(2026, 11, 24, 10), tick=False):
        yield


def test_front_page_promises_asks_and_shows_today(client):
    place = make_service_at_centre()
    make_schedule(place, slots=[("tue 9-12", {"label": "Babyöppet"}), "tue 13-15"])
    page = text(client.get("/"))
    assert "Du har kommit rätt." in page
    assert "Vad undrar du över?</label>" in page
    assert page.index("9.00–12.00") < page.index("13.00–15.00")
    assert "Babyöppet" in page
    assert "Öppet nu" in page


def test_front_page_no_longer_shows_what_is_over(client):
    make_schedule(make_service_at_centre(), slots=["tue 8-10"])
    assert "8.00–10.00" not in text(client.get("/"))


def test_chosen_district_shows_its_centres_and_only_theirs(client):
    here = make_centre(district=make_district("Angered"), name="Här")
    there = make_centre(district=make_district("Lundby"), name="Där borta")
    page = text(client.get("/", {"stadsdel": "angered"}))
    assert here.get_absolute_url() in page
    assert there.get_absolute_url() not in page


def test_district_without_a_centre_shows_those_of_the_same_city_area(client):
    make_district("Angered")
    near = make_centre(district=make_district("Östra Göteborg"))
    far = make_centre(district=make_district("Lundby", make_city_area("Hisingen")))
    for path in ("/?stadsdel=angered", "/stadsdelar/angered/"):
        page = text(client.get(path))
        assert "Familjecentraler i närheten" in page
        assert near.get_absolute_url() in page
        assert far.get_absolute_url() not in page


def test_front_page_says_how_many_have_not_answered_for_the_eve(client):
    make_schedule(make_service_at_centre(), slots=["thu 9-12"])
    with time_machine.travel(stockholm(2026, 12, 24, 10), tick=False):
        assert "1 hus har inte bekräftat sina tider i dag" in text(client.get("/"))


def test_line_with_unknown_hours_never_says_that_it_answers(client):
    make_line(
        number="031-365 87 00",
        hours="not_known",
        text={"hours_note": "främst kvällar", "if_no_answer": "Ring 112 vid fara."},
    )
    page = text(client.get("/"))
    assert "Främst kvällar. Ring 112 vid fara." in page
    assert 'href="tel:0313658700"' in page
    assert "Svarar" not in page


def test_urgent_lines_stand_on_every_page_and_others_do_not(client):
    make_line(number="112", on_every_page=True)
    make_line(number="114 14")
    page = text(client.get(reverse("centres:list")))
    assert 'href="tel:112"' in page
    assert "114 14" not in page


def test_robots_stay_out_of_a_demonstration(client):
    assert "Disallow: /admin/" in text(client.get("/robots.txt"))
    make_confirmation(make_service_at_centre(), origin="example")
    assert "Disallow: / " in text(client.get("/robots.txt")) + " "


def test_health_answers_without_being_cached(client):
    for path in ("/health/live", "/health/ready"):
        response = client.get(path)
        assert (response.status_code, response.content) == (200, b"ok")
        assert "no-store" in response["Cache-Control"]


def test_ready_fails_when_a_migration_is_missing(client, monkeypatch):
    monkeypatch.setattr(
        "familjeportal.home.views.MigrationExecutor.migration_plan", lambda *_: ["0002"]
    )
    response = client.get("/health/ready")
    assert (response.status_code, response.content) == (503, b"migrations")


def test_server_error_helps_without_database_or_request(rf):
    from familjeportal.home.views import server_error

    response = server_error(rf.get("/"))
    assert response.status_code == 500
    assert "112" in text(response)


def test_an_error_in_a_view_gives_that_page(client, monkeypatch):
    client.raise_request_exception = False

    def broken(*_args, **_kwargs):
        raise RuntimeError("broken on purpose")

    monkeypatch.setattr("familjeportal.home.views.houses_of", broken)
    response = client.get("/")
    assert response.status_code == 500
    assert "Något gick fel hos oss" in text(response)
    assert "broken on purpose" not in text(response)
