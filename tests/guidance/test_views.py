"""Each page of guides: what a parent notices, and how many questions it asks the database."""

import pytest
import time_machine

from guidance.models import GuideVersion
from tests.factories import (
    make_centre,
    make_district,
    make_guide,
    make_line,
    make_place,
    make_schedule,
    make_service,
    make_service_at_centre,
    make_topic,
    make_version,
    stockholm,
)

pytestmark = pytest.mark.django_db
WEEK = ["mon 9-15", "tue 9-15", "wed 9-15", "thu 9-15", "fri 9-15"]
TUESDAY = stockholm(2026, 11, 24, 10)


@pytest.fixture(autouse=True)
def a_tuesday_morning():
    with time_machine.travel(TUESDAY, tick=False):
        yield


def text(response):
    return " ".join(response.content.decode().split())


def address(guide, query=""):
    return f"/rad-och-stod/{guide.home_topic.slug}/{guide.slug}/{query}"


def house(name, kind="child_health_care", *, latitude=57.7, slots=WEEK, channel="phone", **fields):
    centre = make_centre(name=name, latitude=latitude, longitude=11.97, **fields)
    place = make_service_at_centre(kind, centre=centre, phone="031-390 06 01")
    if slots:
        make_schedule(place, channel=channel, slots=slots)
    return centre


# --- Topics ---------------------------------------------------------------------------------------
def test_topics_show_the_guides_that_readers_may_see(client):
    make_guide(words={"title": "Att sova"})
    make_guide(words={"title": "Kommer sedan", "publish_at": stockholm(2026, 11, 25)})
    make_guide(words={"title": "Utkast", "state": "draft", "publish_at": None})
    make_topic("Utan råd")
    page = text(client.get("/rad-och-stod/"))
    assert "Vad undrar du över?" in page
    assert "Att sova" in page
    assert not any(hidden in page for hidden in ("Kommer sedan", "Utkast", "Utan råd"))


AGES = {
    "bebis": {"from_months": 0, "to_months": 12},
    "skolbarn": {"from_months": 72},
    "gravid": {"expecting": True},
    "båda": {"expecting": True, "from_months": 0, "to_months": 2},
    "alla": {},
}


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("", {"bebis", "skolbarn", "gravid", "båda", "alla"}),
        ("?alder=0", {"bebis", "båda", "alla"}),
        ("?alder=12", {"bebis", "alla"}),
        ("?alder=13", {"alla"}),
        ("?alder=72", {"skolbarn", "alla"}),
        ("?alder=gravid", {"gravid", "båda", "alla"}),
        ("?alder=999", {"bebis", "skolbarn", "gravid", "båda", "alla"}),
    ],
)
def test_an_age_leaves_the_guides_that_are_for_it(client, asked, found):
    for name, fields in AGES.items():
        make_guide(words={"title": f"Råd {name}"}, **fields)
    for path in ("/rad-och-stod/", "/rad-och-stod/somn/"):
        page = text(client.get(path + asked))
        assert {name for name in AGES if f"Råd {name}<" in page} == found, path


def test_an_age_that_cannot_be_read_is_named(client):
    page = text(client.get("/rad-och-stod/?alder=tre"))
    assert "Vi kunde inte läsa åldern" in page


def test_the_age_goes_along_to_the_guide(client):
    guide = make_guide(words={})
    assert f'"{address(guide, "?alder=5")}"' in text(client.get("/rad-och-stod/?alder=5"))
    page = text(client.get(address(guide, "?alder=5")))
    assert '"/rad-och-stod/somn/?alder=5"' in page


def test_a_topic_holds_its_guests_too(client):
    guest = make_guide(words={"title": "En gäst"}, home_topic=make_topic("Mat"))
    guest.other_topics.add(make_topic("Sömn"))
    make_guide(words={"title": "Hemma"})
    page = text(client.get("/rad-och-stod/somn/"))
    assert "En gäst" in page
    assert '"/rad-och-stod/mat/' in page
    assert "Hemma" in page


# --- A guide --------------------------------------------------------------------------------------
def test_a_guide_says_that_nobody_has_reviewed_it(client):
    guide = make_guide(words={}, is_health=True)
    assert "Exempeltext, inte granskad av vårdpersonal" in text(client.get(address(guide)))


def test_a_guide_names_who_reviewed_it_and_when_it_will_be_again(client):
    reviewed = {"reviewed_by_name": "Eva Exempel", "reviewed_by_role": "barnsjuksköterska"}
    days = {"reviewed_on": "2026-11-01", "next_review_on": "2027-11-01"}
    guide = make_guide(words={**reviewed, **days}, is_health=True)
    page = text(client.get(address(guide)))
    assert "Granskad av Eva Exempel, barnsjuksköterska, 1 november 2026." in page
    assert "Ses över senast 1 november 2027." in page
    assert "inte granskad" not in page.lower()


def test_the_numbers_come_from_the_lines_and_health_always_has_two(client):
    bris = make_line(number="116 111", slug="bris")
    make_line(number="112", slug="112")
    make_line(number="1177", slug="1177")
    plain = text(client.get(address(make_guide(words={}, lines=[bris]))))
    assert "116 111" in plain
    assert "Är det bråttom?" not in plain
    assert "tel:112" not in plain
    health = text(client.get(address(make_guide(words={}, lines=[bris], is_health=True))))
    assert "Är det bråttom?" in health
    assert all(f"tel:{number}" in health for number in ("112", "1177", "116111"))


def test_sources_are_told_with_their_date(client):
    source = {"title": "En bok", "publisher": "Ett förlag", "date": "2024"}
    guide = make_guide(words={"sources": [source, {**source, "url": "https://example.se/a"}]})
    page = text(client.get(address(guide)))
    assert "En bok, Ett förlag, 2024" in page
    assert 'href="https://example.se/a"' in page


def test_near_a_place_the_nearest_houses_stand_with_what_they_say_now(client):
    district = make_district("Angered")
    make_place(name="Angered", district=district, latitude=57.70, longitude=11.97)
    house("Nära", slots=["tue 13-14"], district=district)
    house("Längre bort", latitude=57.71, slots=None, district=district)
    house("Öppet långt bort", latitude=57.75, district=district)
    house("Längst bort", latitude=57.8, district=district)
    guide = make_guide(words={}, services=["child_health_care"])
    page = text(client.get(address(guide, "?plats=angered")))
    assert "nära Angered" in page
    assert page.index(">Nära<") < page.index(">Längre bort<") < page.index(">Öppet långt bort<")
    assert "Längst bort" not in page
    assert "Ring och fråga innan du går dit." in page


def test_without_a_place_it_says_how_many_answer_now(client):
    house("Ett")
    house("Två", slots=None)
    guide = make_guide(words={}, services=["child_health_care", "library"])
    page = text(client.get(address(guide)))
    assert "Telefontid nu på 1 ställe" in page
    assert "Alla ställen (2)" in page
    assert "Vi känner inte till något ställe" in page


def test_the_best_service_stands_first(client):
    guide = make_guide(words={}, services=["social_services", "child_health_care"])
    page = text(client.get(address(guide)))
    assert page.index('id="hjalp-social') < page.index('id="hjalp-child')


def test_a_guide_under_another_topic_leads_home_and_unknown_ones_nowhere(client):
    guide = make_guide(words={})
    make_topic("Mat")
    assert client.get(f"/rad-och-stod/mat/{guide.slug}/").url == address(guide)
    hidden = make_guide(words={"publish_at": stockholm(2027, 1, 1)})
    for path in (address(hidden), "/rad-och-stod/somn/finns-inte/", "/rad-och-stod/finns-inte/"):
        assert client.get(path).status_code == 404


@pytest.mark.parametrize("junk", ["%00", "x" * 10_000, "<script>alert(1)</script>", "☃", "&plats="])
def test_junk_gives_a_page(client, junk):
    guide = make_guide(words={}, services=["child_health_care"])
    house("Ett")
    for path in ("/rad-och-stod/", "/rad-och-stod/somn/", address(guide)):
        for name in ("plats", "alder", "sprak"):
            response = client.get(f"{path}?{name}={junk}")
            assert response.status_code == 200
            assert "<script>alert" not in response.content.decode()


def test_pages_hold_for_a_minute_and_set_no_cookie(client):
    guide = make_guide(words={})
    for path in ("/rad-och-stod/", "/rad-och-stod/somn/", address(guide)):
        response = client.get(path)
        assert response["Cache-Control"] == "public, max-age=60"
        assert not response.cookies
        assert "private" in client.get(f"{path}?alder=5")["Cache-Control"]


@pytest.mark.parametrize("query", ["", "?plats=angered&alder=5"])
def test_pages_of_much_ask_as_little_as_of_few(
    client, django_assert_num_queries, django_assert_max_num_queries, query
):
    make_place(name="Angered", latitude=57.7, longitude=11.97)
    guide = make_guide(words={}, services=["child_health_care"], lines=[make_line()])
    house("Ett")
    paths = ["/rad-och-stod/", "/rad-och-stod/somn/", address(guide)]
    counts = []
    for path in paths:
        with django_assert_max_num_queries(40) as few:
            client.get(path + query)
        counts.append(len(few))
    for number in range(6):
        other = make_guide(
            words={}, services=["open_preschool"], home_topic=make_topic(f"Ä{number}")
        )
        make_version(other, publish_at=stockholm(2026, 11, 20))
        guide.helped_by.create(service=make_service("social_services")) if number == 0 else None
        guide.lines.add(make_line())
        house(f"Hus {number}")
        house(f"Socialt {number}", "social_services")
    for path, count in zip(paths, counts, strict=True):
        with django_assert_num_queries(count):
            client.get(path + query)


# --- On other pages -------------------------------------------------------------------------------
def test_a_service_tells_what_one_can_ask_it(client):
    second = make_guide(words={"title": "Tvåa"}, services=["library", "child_health_care"])
    make_guide(words={"title": "Etta"}, services=["child_health_care"])
    GuideVersion.objects.create(
        owner=second, number=9, created_at=TUESDAY, author=None, origin="example"
    )
    page = text(client.get(f"/{make_service('child_health_care').slug}/"))
    assert page.index("Etta") < page.index("Tvåa")


def test_the_front_page_leads_to_the_topics(client):
    make_topic("Sömn")
    assert '"/rad-och-stod/somn/"' in text(client.get("/"))
