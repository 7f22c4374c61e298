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


def test_chosen_district_shows_its_centres_first(client):
    here = make_centre(district=make_district("Angered"), name="Här")
    for name in ("Annan", "Borta", "Där"):
        make_centre(district=make_district("Lundby", make_city_area("Hisingen")), name=name)
    page = text(client.get("/", {"plats": "angered"}))
    assert "Närmast Angered" in page
    nearest = page[page.index("Närmast Angered") : page.index('id="amnen"')]
    assert nearest.index(here.get_absolute_url()) < nearest.index("Annan")
    assert "Där" not in nearest


def test_district_page_without_a_centre_shows_those_of_the_same_city_area(client):
    make_district("Angered")
    near = make_centre(district=make_district("Östra Göteborg"))
    far = make_centre(district=make_district("Lundby", make_city_area("Hisingen")))
    page = text(client.get("/stadsdelar/angered/"))
    assert "Familjecentraler i närheten" in page
    assert near.get_absolute_url() in page
    assert far.get_absolute_url() not in page


def test_nobody_known_to_be_closed_can_be_reached_on_a_sunday_night(client):
    make_line(slug="1177", number="1177")
    make_line(slug="112", number="112")
    make_line(slug="socialjouren", number="031-365 87 00", hours="not_known")
    place = make_service_at_centre(phone="031-390 06 01")
    make_schedule(place, slots=["mon 9-15"])
    make_schedule(place, channel="phone", slots=["mon 8-9"])
    for path in ("/", place.centre.get_absolute_url()):
        with time_machine.travel(stockholm(2026, 11, 22, 23), tick=False):
            page = text(client.get(path))
        now = page[page.index("Vem kan jag nå nu?") :]
        now = now[: now.index("</section>")]
        assert "just nu, så vitt vi vet" in now
        assert place.service.slug not in now
        assert "Vi vet inte när någon svarar" in now
        assert now.index("1177") < now.index("031-365 87 00") < now.index(">112<")


def test_front_page_says_how_many_have_not_answered_for_the_eve(client):
    make_schedule(make_service_at_centre(), slots=["thu 9-12"])
    with time_machine.travel(stockholm(2026, 12, 24, 10), tick=False):
        assert "För 1 hus vet vi inte om det är öppet i dag" in text(client.get("/"))


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


def test_ready_fails_when_styles_are_not_collected(client, settings, tmp_path):
    backend = "whitenoise.storage.CompressedManifestStaticFilesStorage"
    settings.STATIC_ROOT = tmp_path
    settings.STORAGES = {**settings.STORAGES, "staticfiles": {"BACKEND": backend}}
    response = client.get("/health/ready")
    assert (response.status_code, response.content) == (503, b"static files")


def test_server_error_helps_without_database_or_request(rf):
    from familjeportal.home.views import server_error

    response = server_error(rf.get("/"))
    assert response.status_code == 500
    assert "112" in text(response)


def test_an_error_in_a_view_gives_that_page(client, monkeypatch):
    client.raise_request_exception = False

    def broken(*_args, **_kwargs):
        raise RuntimeError("broken on purpose")

    monkeypatch.setattr("familjeportal.home.views.sessions_today", broken)
    response = client.get("/")
    assert response.status_code == 500
    assert "Något gick fel hos oss" in text(response)
    assert "broken on purpose" not in text(response)


def test_box_postcode_promises_nothing_nearest(client):
    page = text(client.get("/?plats=400+10"))
    assert "400 10 är ett postnummer för boxar" in page
    assert "Närmast 400 10" not in page
