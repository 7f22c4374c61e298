import io

import pytest
from django.core.exceptions import ValidationError

from guidance.actions.media import keep_film
from guidance.actions.unused_files import forget_unused_files
from guidance.models import FilmFile, Picture
from tests.factories import make_film, make_picture, stockholm

pytestmark = pytest.mark.django_db
CONTENT = bytes(range(250)) * 1000


@pytest.fixture
def file():
    return keep_film(io.BytesIO(CONTENT), "mp4", at=stockholm(2026, 11, 1))


def taken(response) -> bytes:
    return b"".join(response.streaming_content)


def test_film_with_captions_and_text(client, file):
    film = make_film(file, {"title": "Första besöket", "poster": make_picture()})
    page = client.get(film.get_absolute_url()).content.decode()
    assert "<video" in page
    assert 'kind="captions" srclang="sv"' in page
    assert "<p>Hej.</p>" in page
    captions = client.get(film.versions.get().captions_url())
    assert captions["Content-Type"].startswith("text/vtt")
    assert captions.content.startswith(b"WEBVTT")
    assert "Första besöket" in client.get("/film/").content.decode()


def test_film_can_be_wound(client, file):
    make_film(file)
    whole = client.get(file.get_absolute_url())
    assert whole["Accept-Ranges"] == "bytes"
    assert taken(whole) == CONTENT
    part = client.get(file.get_absolute_url(), headers={"range": "bytes=100000-100099"})
    assert part.status_code == 206
    assert part["Content-Range"] == f"bytes 100000-100099/{len(CONTENT)}"
    assert part["Content-Length"] == "100"
    assert taken(part) == CONTENT[100000:100100]
    after = client.get(file.get_absolute_url(), headers={"range": "bytes=250000-"})
    assert (after.status_code, after["Content-Range"]) == (416, "bytes */250000")


def test_film_is_never_packed(client, file):
    make_film(file)
    part = client.get(
        file.get_absolute_url(), headers={"range": "bytes=0-999", "accept-encoding": "gzip"}
    )
    assert taken(part) == CONTENT[:1000]


def test_film_that_the_browser_has_already(client, file):
    make_film(file)
    first = client.get(file.get_absolute_url())
    again = client.get(file.get_absolute_url(), headers={"if-none-match": first["ETag"]})
    assert again.status_code == 304
    other = {"range": "bytes=0-9", "if-range": '"another"'}
    assert client.get(file.get_absolute_url(), headers=other).status_code == 200


@pytest.mark.parametrize("kind", ["webm", "html"])
def test_film_under_another_kind(client, file, kind):
    make_film(file)
    assert client.get(f"/media/film/{file.pk}.{kind}").status_code == 404


def test_withdrawn_film_is_gone(client, file):
    film = make_film(file, {"state": "archived", "unpublish_at": stockholm(2026, 11, 2)})
    assert client.get(film.get_absolute_url()).status_code == 404
    assert client.get(file.get_absolute_url()).status_code == 404
    assert client.get(film.versions.get().captions_url()).status_code == 404


@pytest.mark.parametrize("lacks", [{"captions": ""}, {"transcript": ""}, {"file": None}])
def test_film_without_captions_text_or_file_is_never_ready(file, lacks):
    version = make_film(file, lacks).versions.get()
    with pytest.raises(ValidationError):
        version.check_ready(stockholm(2026, 11, 2))


def test_files_that_nothing_uses_are_thrown_away(file):
    make_film(file)
    unused = keep_film(io.BytesIO(b"another"), "webm", at=stockholm(2026, 11, 1))
    picture = make_picture(b"unused")
    assert forget_unused_files(stockholm(2026, 11, 7)) == 0
    assert forget_unused_files(stockholm(2026, 11, 9)) == 2
    assert not FilmFile.objects.filter(pk=unused.pk).exists()
    assert not Picture.objects.filter(pk=picture.pk).exists()
    assert FilmFile.objects.filter(pk=file.pk).exists()
