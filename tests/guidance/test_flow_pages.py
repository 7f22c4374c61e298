"""A flow as readers meet it: its questions, the answers in the address, and whom it leads to."""

import pytest
import time_machine

from services.models import Service
from tests.factories import (
    make_centre,
    make_district,
    make_flow,
    make_guide,
    make_line,
    make_schedule,
    make_service,
    make_service_at_centre,
    make_topic,
    stockholm,
)

pytestmark = pytest.mark.django_db
TUESDAY = stockholm(2026, 11, 24, 10)
WEEK = ["mon 9-15", "tue 9-15", "wed 9-15", "thu 9-15", "fri 9-15"]


def said(text):
    return {"parent": text, "staff": f"{text} (personal)"}


def outcome(key, **names):
    return {"key": key, "heading": said(f"Utfall {key}"), "advice": said("Gör så."), **names}


def question(key, **answers):
    rows = [{"key": name, "text": said(name), "to": to} for name, to in answers.items()]
    return {"key": key, "text": said(f"Fråga {key}?"), "answers": rows}


GRAPH = {
    "questions": [
        question("vem", barnet="alder", jag="alder", annan="ring"),
        question("alder", liten="bvc", stor="ring"),
    ],
    "outcomes": [
        outcome("bvc", services=["child_health_care"], guides=["ett-rad"]),
        outcome("ring", lines=["1177"]),
    ],
}


@pytest.fixture(autouse=True)
def a_tuesday_morning():
    with time_machine.travel(TUESDAY, tick=False):
        yield


@pytest.fixture
def flow():
    make_line(slug="1177", number="1177")
    return make_flow(GRAPH, slug="vem")


def text(response):
    return " ".join(response.content.decode().split())


def room(district, name, kind=Service.Kind.CHILD_HEALTH_CARE, **fields):
    centre = make_centre(name=name, district=make_district(district))
    place = make_service_at_centre(kind, centre=centre, **fields)
    make_schedule(place, slots=WEEK)
    make_schedule(place, channel="phone", slots=["tue 8-9.30", "wed 8-9"])
    return centre


def test_the_first_question_with_its_answers_and_how_many_there_are(client, flow):
    page = client.get("/vagledning/vem/")
    assert "Fråga vem?" in text(page)
    assert "Fråga 1 av högst 2" in text(page)
    assert 'href="?a=vem.barnet"' in text(page)
    assert "public" in page.headers["Cache-Control"]
    assert not page.cookies


def test_an_answer_leads_on_and_can_be_changed(client, flow):
    page = text(client.get("/vagledning/vem/?a=vem.barnet"))
    assert "Fråga 2 av högst 2" in page
    assert 'href="?a=vem.barnet&amp;andra=vem"' in page


def test_changing_an_answer_keeps_the_later_ones_that_still_hold(client, flow):
    page = text(client.get("/vagledning/vem/?a=vem.barnet&a=alder.liten&andra=vem"))
    assert "Förut svarade du ”barnet”" in page
    assert 'href="?a=vem.jag&amp;a=alder.liten"' in page
    assert 'href="?a=vem.annan"' in page


def test_an_outcome_names_the_room_in_the_district_and_what_it_says_now(client, flow):
    room("Askim", "Askims familjecentral")
    room("Angered", "Hjällbo familjecentral", phone="031-365 00 00")
    address = "/vagledning/vem/?a=vem.barnet&a=alder.liten&plats=angered"
    page = text(client.get(address))
    assert page.index("Hjällbo familjecentral") < page.index("Askims familjecentral")
    assert "i stadsdelen" in page
    assert "Öppet nu till 15.00" in page or "Öppet till 15.00" in page
    assert "elefontid" in page
    assert 'href="tel:' in page
    assert 'name="a" value="alder.liten"' in page
    assert "private" in client.get(address).headers["Cache-Control"]


def test_an_outcome_leads_on_to_the_guides_that_are_published(client, flow):
    address = "/vagledning/vem/?a=vem.barnet&a=alder.liten"
    assert "Läs mer" not in text(client.get(address))
    guide = make_guide(slug="ett-rad", words={"title": "Ett råd"})
    assert f'href="{guide.get_absolute_url()}">Ett råd</a>' in text(client.get(address))


# --- What to do when it cannot wait ---------------------------------------------------------------
def urgent_numbers(page) -> list[str]:
    box = page.partition('id="bradskande"')[2].partition("</section>")[0]
    return [number for number in ("112", "1177", "bris") if f'href="tel:{number}"' in box]


@pytest.mark.parametrize(
    ("topic", "answer", "numbers"),
    [
        ({"is_health": True}, "liten", ["112", "1177"]),
        ({"is_health": True}, "stor", ["112"]),  # the outcome has 1177 at its top
        ({"is_health": False}, "stor", ["112"]),
        ({"is_health": False}, "liten", []),
    ],
)
def test_an_outcome_about_health_says_what_to_do_when_it_is_urgent(client, topic, answer, numbers):
    make_line(slug="112", number="112")
    make_line(slug="1177", number="1177")
    make_flow(GRAPH, slug="vem", home_topic=make_topic("Sömn", **topic))
    page = text(client.get(f"/vagledning/vem/?a=vem.barnet&a=alder.{answer}"))
    assert urgent_numbers(page) == numbers
    assert ("Är det bråttom?" in page) == bool(numbers)


def test_a_sensitive_flow_ends_with_the_lines_of_its_topic(client):
    topic = make_topic("Trygg hemma")
    topic.lines.add(make_line(slug="112", number="112"))
    make_flow(GRAPH, slug="vem", is_sensitive=True, home_topic=topic)
    assert urgent_numbers(text(client.get("/vagledning/vem/"))) == ["112"]


@pytest.mark.parametrize("is_sensitive", [False, True])
def test_a_flow_says_that_nobody_has_reviewed_it_until_somebody_has(client, is_sensitive):
    make_service(Service.Kind.CHILD_HEALTH_CARE)
    flow = make_flow(GRAPH, slug="vem", is_sensitive=is_sensitive)
    assert "Exempeltext, inte granskad av vårdpersonal" in text(client.get("/vagledning/vem/"))
    reviewed = {
        "reviewed_by_name": "Eva Ek",
        "reviewed_by_role": "barnsjuksköterska",
        "reviewed_on": TUESDAY.date(),
    }
    flow.versions.update(**reviewed)
    page = text(client.get("/vagledning/vem/"))
    assert "Granskad av Eva Ek, barnsjuksköterska, 24 november 2026." in page
    assert "inte granskad" not in page


def test_a_district_without_the_service_gets_the_nearest(client, flow):
    make_district("Lundby")
    room("Askim", "Askims familjecentral")
    page = text(client.get("/vagledning/vem/?a=vem.barnet&a=alder.liten&plats=lundby"))
    assert "Det finns inte i din stadsdel" in page
    assert "Askims familjecentral" in page


def test_a_service_that_no_house_has_tells_how_one_comes_to_it(client, flow):
    make_service(Service.Kind.CHILD_HEALTH_CARE)
    page = text(client.get("/vagledning/vem/?a=vem.barnet&a=alder.liten"))
    assert "Vi känner inte till någon familjecentral där det finns" in page
    assert "De här svarar när inget hus gör det" in page
    assert "1177" in page


def test_without_a_place_those_who_answer_now(client, flow):
    room("Askim", "Askims familjecentral")
    make_centre(name="Utan tider")
    page = text(client.get("/vagledning/vem/?a=vem.barnet&a=alder.liten"))
    assert "De här når du nu:" in page
    with time_machine.travel(stockholm(2026, 11, 24, 20), tick=False):
        page = text(client.get("/vagledning/vem/?a=vem.barnet&a=alder.liten"))
    assert "Ingen har öppet eller telefontid just nu" in page


def test_the_same_questions_in_words_for_staff(client, flow):
    page = text(client.get("/vagledning/vem/for-personal/?a=vem.barnet"))
    assert "Fråga alder? (personal)" in page
    assert "För dig som vägleder en familj" in page
    assert 'href="/vagledning/vem/?a=vem.barnet"' in page


@pytest.mark.parametrize(
    "query",
    [
        "a=finns.inte",
        "a=vem.%00",
        "a=" + "x" * 10_000,
        "a=vem.barnet&a=alder",
        "&".join(["a=vem.x"] * 200),
        "a=<script>alert(1)</script>",
        "andra=%00",
        "andra=finns-inte",
        "a=vem.annan&plats=%00" + "y" * 10_000,
        "plats=<b>",
    ],
)
def test_junk_in_the_address_is_passed_over(client, flow, query):
    page = client.get(f"/vagledning/vem/?{query}")
    assert page.status_code == 200
    assert "<script>alert" not in text(page)
    if query.startswith("a=") and "annan" not in query:
        assert "En del av länken gick inte att läsa" in text(page)


def test_a_flow_that_is_not_published_has_no_page(client):
    make_flow(None, slug="utkast")
    for path in (
        "/vagledning/utkast/",
        "/vagledning/finns-inte/",
        "/vagledning/utkast/for-personal/",
    ):
        assert client.get(path).status_code == 404


def test_the_list_names_every_published_flow(client, flow, django_assert_num_queries):
    make_flow(None)
    page = text(client.get("/vagledning/"))
    assert page.count("Vem hjälper?") == 1


def test_many_houses_and_flows_ask_as_little_as_few(
    client, flow, django_assert_num_queries, django_assert_max_num_queries
):
    address = "/vagledning/vem/?a=vem.barnet&a=alder.liten&plats=angered"
    for number in range(4):
        room("Angered", f"Hus {number}")
    with django_assert_max_num_queries(40) as few:
        client.get(address)
    for number in range(6):
        room(f"Stadsdel {number}", f"Hus till {number}")
    with django_assert_num_queries(len(few)):
        client.get(address)
    with django_assert_max_num_queries(10) as few:
        client.get("/vagledning/")
    make_flow(GRAPH)
    with django_assert_num_queries(len(few)):
        client.get("/vagledning/")


# --- Sensitive flows -----------------------------------------------------------------------------
@pytest.fixture
def sensitive():
    make_line(slug="1177", number="1177")
    room("Angered", "Hjällbo familjecentral")
    return make_flow(GRAPH, slug="hemma", is_sensitive=True)


@pytest.mark.parametrize("path", ["/vagledning/hemma/", "/vagledning/hemma/for-personal/"])
def test_a_sensitive_flow_is_one_page_that_nothing_keeps(client, sensitive, path):
    page = client.get(path)
    assert page.headers["Cache-Control"] == "no-store"
    assert page.headers["Referrer-Policy"] == "no-referrer"
    assert not page.cookies
    assert text(page).count("<details") == 7
    assert "Utfall bvc" in text(page)
    assert "Hjällbo familjecentral" in text(page)
    assert "<form" not in text(page)


@pytest.mark.parametrize("has_own_lines", [False, True])
def test_a_sensitive_flow_shows_its_numbers_once(client, sensitive, has_own_lines):
    if has_own_lines:
        sensitive.home_topic = make_topic("Trygg hemma")
        sensitive.home_topic.lines.add(make_line(slug="112", number="112"))
        sensitive.save()
    make_line(number="020-50 50 50", on_every_page=True)
    page = text(client.get("/vagledning/hemma/"))
    assert page.count("020-50 50 50") == (0 if has_own_lines else 1)


def test_a_sensitive_flow_reads_and_makes_no_query(client, sensitive):
    plain = text(client.get("/vagledning/hemma/"))
    asked = text(client.get("/vagledning/hemma/?a=vem.annan&plats=angered"))
    assert asked == plain
    main = plain[plain.index("<main") : plain.index("</main>")]
    assert '="?' not in main
    assert "plats=" not in main


def test_a_sensitive_page_can_be_left_without_script_and_tells_of_the_history(client, sensitive):
    page = text(client.get("/vagledning/hemma/"))
    assert 'href="https://www.smhi.se/" rel="noreferrer" data-module="leave"' in page
    assert "Webbläsaren kommer ihåg" in page or "webbläsaren kommer ihåg" in page


def test_a_sensitive_flow_asks_as_little_of_many_houses(
    client, sensitive, django_assert_num_queries, django_assert_max_num_queries
):
    with django_assert_max_num_queries(40) as few:
        client.get("/vagledning/hemma/")
    for number in range(2):
        room(f"Stadsdel {number}", f"Hus {number}")
    with django_assert_num_queries(len(few)):
        client.get("/vagledning/hemma/")
