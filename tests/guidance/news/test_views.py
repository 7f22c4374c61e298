from datetime import date

import pytest
import time_machine
from django.db import IntegrityError, transaction

from guidance.models import ArticleVersion
from tests.factories import make_article, make_centre, make_guide, make_picture, stockholm

pytestmark = pytest.mark.django_db
NOON = stockholm(2026, 11, 23, 12)


@pytest.fixture(autouse=True)
def noon():
    with time_machine.travel(NOON, tick=False):
        yield


def test_news_the_newest_first(client, django_assert_max_num_queries):
    for day in range(1, 6):
        make_article({"title": f"Nytt {day}"}, day=date(2026, 11, day))
    client.get("/nyheter/")
    with django_assert_max_num_queries(12) as few:
        page = client.get("/nyheter/").content.decode()
    assert page.index("Nytt 5") < page.index("Nytt 1")
    for day in range(6, 12):
        make_article({"picture": make_picture(bytes([day])), "picture_text": "Hus"}, slug=f"n{day}")
    with django_assert_max_num_queries(len(few) + 1):  # the pictures
        client.get("/nyheter/")


@pytest.mark.parametrize("page", ["0", "-1", "abc", "99", "\0", "9" * 5000])
def test_a_page_of_the_list_that_does_not_exist(client, page):
    make_article()
    assert client.get("/nyheter/", {"sida": page}).status_code == 200


def test_news_with_its_picture_houses_and_guides(client):
    picture = make_picture()
    article = make_article({"picture": picture, "picture_text": "Ett rött hus"}, slug="nytt")
    article.centres.add(make_centre(name="Familjecentralen Hjällbo"))
    article.guides.add(make_guide(words={"title": "När barnet inte sover"}))
    page = client.get("/nyheter/nytt/").content.decode()
    assert 'alt="Ett rött hus"' in page
    assert "Familjecentralen Hjällbo" in page
    assert "När barnet inte sover" in page
    assert "Exempeltext" in page
    file = client.get(picture.get_absolute_url())
    assert b"".join(file.streaming_content) == b"a picture"
    assert file["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize("words", [{"publish_at": stockholm(2026, 11, 24)}, {"state": "draft"}])
def test_news_that_nobody_reads_yet(client, words):
    if "state" in words:
        words |= {"publish_at": None}
    make_article(words, slug="nytt")
    assert client.get("/nyheter/nytt/").status_code == 404
    assert "Nytt i huset" not in client.get("/nyheter/").content.decode()
    assert "Nytt i huset" not in client.get("/nyheter/flode.atom").content.decode()
    assert "Nytt i huset" not in client.get("/").content.decode()


def test_picture_of_withdrawn_news_is_gone(client):
    words = {"state": "archived", "unpublish_at": stockholm(2026, 11, 20)}
    picture = make_picture()
    make_article({**words, "picture": picture, "picture_text": "Hus"}, slug="nytt")
    assert client.get("/nyheter/nytt/").status_code == 404
    assert client.get(picture.get_absolute_url()).status_code == 404


def test_picture_that_is_used_nowhere_is_not_served(client):
    assert client.get(make_picture(b"another").get_absolute_url()).status_code == 404
    assert client.get(f"/media/bild/{'0' * 64}.webp").status_code == 404


def test_picture_must_have_words():
    article = make_article()
    with transaction.atomic(), pytest.raises(IntegrityError, match="picture_has_words"):
        ArticleVersion.objects.filter(owner=article).update(picture=make_picture())


def test_front_page_shows_the_two_latest(client):
    for day in range(1, 4):
        make_article({"title": f"Nytt {day}"}, day=date(2026, 11, day))
    page = client.get("/").content.decode()
    assert "Nytt 3" in page
    assert "Nytt 2" in page
    assert "Nytt 1" not in page


def test_feed_names_each_once_and_for_good(client):
    article = make_article({"title": "Nytt & gammalt"}, slug="nytt")
    feed = client.get("/nyheter/flode.atom")
    assert feed["Content-Type"].startswith("application/atom+xml")
    assert "public" in feed["Cache-Control"]
    text = feed.content.decode()
    assert f"urn:uuid:{article.pk}" in text
    assert "Nytt &amp; gammalt" in text
    assert "/nyheter/nytt/" in text
