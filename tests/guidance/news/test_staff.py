import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from guidance.example_texts import FILMS
from guidance.models import Article, Film, FilmVersion
from tests.centres.staff.people import signed_in
from tests.factories import make_user

pytestmark = pytest.mark.django_db
FILM = (FILMS / "allt-i-samma-hus.mp4").read_bytes()


@pytest.fixture
def writer(client):
    return signed_in(make_user("communicator"))


def photograph() -> SimpleUploadedFile:
    made = io.BytesIO()
    exif = Image.Exif()
    exif[0x010E] = "Taken by somebody"
    Image.new("RGB", (40, 30), "red").save(made, "JPEG", exif=exif)
    return SimpleUploadedFile("../../hus.jpg", made.getvalue())


def begun(writer, facts) -> str:
    response = writer.post("/personal/nyheter/ny/", facts)
    assert response.status_code == 302, response.context["form"].errors
    return response.url


def save(writer, edit, words):
    """Sent as the page that was opened would send it."""
    version = writer.get(edit).context["form"]["version"].value()
    return writer.post(edit, {**words, "version": version})


WORDS = {"title": "Ny gunga", "summary": "Gården har fått en gunga.", "body": "<p>Kom!</p>"}


def test_news_with_a_picture_that_is_drawn_anew(writer):
    edit = begun(writer, {"slug": "ny-gunga", "day": "2026-11-23"})
    sent = {**WORDS, "new_picture": photograph()}
    refused = save(writer, edit, sent)
    assert set(refused.context["form"].errors) == {"picture_text", "new_picture"}
    assert "Skriv vad bilden visar" in refused.content.decode()
    assert "Välj filen en gång till" in refused.content.decode()
    saved = save(writer, edit, {**WORDS, "new_picture": photograph(), "picture_text": "En gunga"})
    assert saved.status_code == 302
    version = Article.objects.get(slug="ny-gunga").versions.get()
    assert version.is_draft
    file = b"".join(writer.get(version.picture.get_absolute_url()).streaming_content)
    assert b"Taken by somebody" not in file
    assert Image.open(io.BytesIO(file)).format == "WEBP"
    kept = save(writer, edit, {**WORDS, "picture_text": "En gunga"})
    assert kept.status_code == 302
    version.refresh_from_db()
    assert version.picture is not None
    save(writer, edit, {**WORDS, "without_picture": "on"})
    version.refresh_from_db()
    assert version.picture is None


@pytest.mark.parametrize("content", [b"", b"<svg onload=alert(1)>", b"GIF89a", b"x" * 1000])
def test_what_is_no_picture_is_refused(writer, content):
    edit = begun(writer, {"slug": "nytt", "day": "2026-11-23"})
    upload = SimpleUploadedFile("hus.png", content, content_type="image/png")
    response = save(writer, edit, {**WORDS, "new_picture": upload, "picture_text": "Hus"})
    assert response.context["form"].errors["new_picture"]


def test_film_needs_its_file_its_captions_and_its_text(writer):
    edit = writer.post("/personal/film/ny/", {"slug": "huset"}).url
    words = {"title": "Huset", "summary": "En film."}
    errors = save(writer, edit, words).context["form"].errors
    assert set(errors) == {"new_film", "captions", "transcript"}
    text = {"captions": "WEBVTT\n\n00:00.000 --> 00:01.000\nHej", "transcript": "<p>Hej</p>"}
    bad = SimpleUploadedFile("film.mp4", b"<html>" * 10, content_type="video/mp4")
    assert (
        "new_film" in save(writer, edit, {**words, **text, "new_film": bad}).context["form"].errors
    )
    good = SimpleUploadedFile("film.exe", FILM)
    assert save(writer, edit, {**words, **text, "new_film": good}).status_code == 302
    assert FilmVersion.objects.get().file.kind == "mp4"


def test_a_film_has_a_limit_of_its_own_said_in_words(writer, settings):
    settings.UPLOAD_MOST_BYTES, settings.FILM_MOST_BYTES = 1000, 2 * 1024**2
    settings.FILE_UPLOAD_HANDLERS = ["guidance.uploads.receiving.LimitedUploadHandler"]
    edit = writer.post("/personal/film/ny/", {"slug": "huset"}).url
    assert "Högst 2 MB." in writer.get(edit).content.decode()
    text = {"captions": "WEBVTT\n\n00:00.000 --> 00:01.000\nHej", "transcript": "<p>Hej</p>"}
    words = {"title": "Huset", "summary": "En film.", **text}
    much = SimpleUploadedFile("film.mp4", FILM + b"\0" * 3 * 1024**2)
    said = save(writer, edit, {**words, "new_film": much}).context["form"].errors["new_film"]
    assert "högst 2 MB" in said[0]
    assert len(FILM) > settings.UPLOAD_MOST_BYTES
    film = SimpleUploadedFile("film.mp4", FILM)
    assert save(writer, edit, {**words, "new_film": film}).status_code == 302


@pytest.mark.parametrize("slug", ["", "!!!", "x" * 10_000, "\0"])
def test_address_that_cannot_be(writer, slug):
    assert writer.post("/personal/film/ny/", {"slug": slug}).context["form"].errors["slug"]
    assert not Film.objects.exists()


def test_address_is_made_of_the_words_that_one_writes(writer):
    writer.post("/personal/film/ny/", {"slug": "Så går det till!"})
    assert Film.objects.get().slug == "sa-gar-det-till"
