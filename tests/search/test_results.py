"""The page of a search, as a reader meets it."""

import pytest

from centres.known_facts import add_missing, read_known_facts
from familjeportal.search.index import rebuild
from familjeportal.search.models import SearchCount
from familjeportal.search.words import add_missing_words
from tests.factories import make_centre, make_line, make_place, make_service, make_urgent_word

pytestmark = pytest.mark.django_db


@pytest.fixture
def portal():
    """The known facts, without example hours, and the words that the portal brings along."""
    add_missing(read_known_facts())
    add_missing_words()


@pytest.fixture
def small_portal():
    make_service("child_health_care", slug="bvc")
    make_line(slug="1177")
    rebuild()


def ask(client, text: str):
    return client.get("/sok/", {"q": text})


def test_a_service_is_found_with_how_many_houses_have_it_open(portal, client):
    page = ask(client, "öppis").content.decode()
    assert 'href="/oppen-forskola/"' in page
    assert "Det här passar bäst" in page


def test_a_postcode_leads_to_what_is_near(portal, client):
    page = ask(client, "424 65").content.decode()
    assert "Närmast 424 65" in page
    assert "Alla hus, med karta" in page


def test_a_service_at_a_place_is_shown_where_it_is_nearest(portal, client):
    results = ask(client, "öppen förskola kortedala").context["results"]
    assert results.service_asked == "oppen-forskola"
    assert results.place_name == "Kortedala"
    assert len(results.nearest) == 3


def test_whether_it_is_open_near_a_place_is_answered_by_its_houses(portal, client):
    response = ask(client, "är det öppet i eftermiddag nära Hjällbo")
    page = response.content.decode()
    assert response.context["results"].asks_for_nearest
    assert page.index("Närmast Hjällbo") < page.index("Det här passar också")
    near = {hit.house.centre.slug for hit in response.context["results"].nearest}
    assert {house.centre.slug for house in response.context["results"].houses_shown} == near


def test_a_misspelling_is_said_and_searched_for(portal, client):
    page = ask(client, "familjesentral").content.decode()
    assert "Menade du <strong>familjecentral</strong>?" in page


def test_urgent_words_put_their_line_on_top_and_keep_nothing(portal, client):
    response = ask(client, "han slår mig")
    page = response.content.decode()
    assert page.index("Är det bråttom?") < page.index("tel:112")
    assert "no-store" in response.headers["Cache-Control"]


@pytest.mark.parametrize("text", ["xyzzyqqq", "????!!", "الطقس غدا"])
def test_a_search_that_finds_nothing_leads_on(small_portal, client, text):
    page = ask(client, text).content.decode()
    assert "du har ändå kommit rätt" in page
    assert "Prata med någon" in page
    assert 'href="/bvc/"' in page
    assert "inga träffar" not in page.lower()


@pytest.mark.parametrize(
    "text",
    ["", " ", "\0", "'\"<script>alert(1)</script>", "%00%", "\ud83d\ude00", "a " * 5000, "§bvc =x"],
)
def test_whatever_is_asked_has_an_answer(small_portal, client, text):
    response = client.get("/sok/", {"q": text.encode("utf-8", "replace").decode()})
    assert response.status_code == 200
    assert b"<script>alert" not in response.content
    assert client.get("/sok/forslag/", {"q": text.encode("utf-8", "replace").decode()}).json()


def test_a_long_question_is_cut_with_a_word_about_it(small_portal, client):
    page = ask(client, "x" * 10_000).content.decode()
    assert "Vi sökte på de första 200 tecknen" in page
    assert "x" * 201 not in page


def test_only_the_readers_own_browser_keeps_an_answer(portal, client):
    response = ask(client, "bvc")
    assert "private" in response.headers["Cache-Control"]
    assert not response.cookies


def test_nothing_a_reader_wrote_is_kept_or_logged(portal, client, caplog):
    ask(client, "fjällvandraren på bvc")
    assert "fjällvandraren" not in caplog.text
    kept = SearchCount.objects.values_list("key", flat=True)
    assert set(kept) == {"bvc"}


def test_queries_do_not_grow_with_what_is_found(client, django_assert_max_num_queries):
    make_line(slug="1177")
    make_place(name="Solbacken")
    make_centre(name="Solhuset 0")
    rebuild()
    ask(client, "solhuset")  # the words are read, the gazetteer is built
    with django_assert_max_num_queries(40) as few:
        ask(client, "solhuset")
    for number in range(1, 9):
        make_centre(name=f"Solhuset {number}")
    rebuild()
    ask(client, "solhuset")
    with django_assert_max_num_queries(40) as many:
        ask(client, "solhuset")
    assert len(many) == len(few)


def test_a_house_that_is_gone_since_it_was_found_is_left_out(client):
    centre = make_centre(name="Solhuset")
    rebuild()
    type(centre).objects.all().update(status="closed")
    assert ask(client, "solhuset").status_code == 200


def test_suggestions_begin_as_what_is_written(portal, client):
    response = client.get("/sok/forslag/", {"q": "öppen f"})
    first = response.json()["suggestions"][0]
    assert first["title"] == "Öppen förskola"
    assert first["url"] == "/oppen-forskola/"
    assert response.headers["Cache-Control"] == "private, no-store"


def test_too_little_is_no_beginning(client):
    assert client.get("/sok/forslag/", {"q": "ö"}).json() == {"suggestions": []}


def test_the_front_page_asks_the_search(portal, client):
    page = client.get("/").content.decode()
    assert 'action="/sok/"' in page
    assert 'name="q"' in page


URGENT = [
    ("mitt barn är sjukt i natt", "1177"),
    ("bebisen har 40 graders feber", "1177"),
    ("vem ringer jag i natt", "1177"),
    ("child ill who to call", "1177"),
    ("lapsi on kipeä", "1177"),
    ("çocuğum hasta", "1177"),
    ("jag vill inte finnas längre", "112"),
    ("pappa slår mamma", "112"),
    ("jag är rädd för honom", "112"),
    ("barnet är rädd för pappa", "112"),
    ("min granne slår sitt barn", "112"),
    ("ambulans", "112"),
]
CALM = ["mitt barn slår andra barn", "får vi komma om vi är förkylda", "rädd för att föda"]


def test_what_cannot_wait_has_its_line_on_top(portal, client):
    lines = {text: ask(client, text).context["results"].urgent_lines for text, _slug in URGENT}
    assert [(text, found[0].line.slug) for text, found in lines.items() if found] == URGENT
    assert [text for text in CALM if ask(client, text).context["results"].urgent_lines] == []


def test_an_urgent_phrase_is_read_with_words_between(client):
    make_urgent_word("vald", "slår mig", line=make_line(slug="112", number="112"))
    rebuild()
    assert ask(client, "han slår ofta mig").context["results"].urgent_lines
    assert not ask(client, "mig slår ingen").context["results"].urgent_lines


@pytest.mark.parametrize("text", ["köpa begagnad bil", "recept på pannkakor", "väder imorgon"])
def test_a_word_by_chance_is_no_answer(portal, client, text):
    results = ask(client, text).context["results"]
    assert results.best_results == []


@pytest.mark.parametrize(
    ("text", "outside"),
    [
        ("stockholm", "Stockholm"),
        ("öppna förskolor i Mölndal", "Mölndal"),
        ("mölnlycke", "Mölnlycke i Härryda kommun"),
        ("boll", ""),
        ("kortedala", ""),
    ],
)
def test_a_place_beyond_the_city_is_said_to_be(portal, client, text, outside):
    response = ask(client, text)
    assert response.context["results"].outside == outside
    assert ("ligger utanför Göteborg" in response.content.decode()) == bool(outside)


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("backa", "Backa"),
        ("öppen förskola backa", "Backa"),
        ("öppis i Kortedalas centrum", "Kortedala"),
        ("linnestan", "Linnéstaden"),
        ("cykla i backen", ""),
        ("har ni en gård", ""),
        ("barnet vill backa", ""),
        ("min dotter skär sig", ""),
        ("skar", "Skår"),
    ],
)
def test_a_word_that_is_like_a_place_is_no_place(portal, client, text, place):
    assert ask(client, text).context["results"].place_name == place
