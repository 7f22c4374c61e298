"""How staff publish a document: looked through on the way in, seen with its flaws, never lost."""

import os
import tempfile
from datetime import timedelta
from errno import ENOSPC
from pathlib import Path
from shutil import copyfileobj

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.test import Client

from guidance.actions import create_draft
from guidance.models import Document, DocumentFile
from tests.centres.staff.people import signed_in
from tests.factories import make_document, make_user, stockholm
from tests.guidance.uploads import payloads as made

pytestmark = pytest.mark.django_db
AT = stockholm(2026, 11, 23, 9)
PATH = "/personal/dokument/lokaler/"
WRITE = f"{PATH}skriv/"
WORDS = {"title": "Lokaler", "summary": "Om lokaler.", "about": "Ett.\n\nTvå & tre."}


@pytest.fixture(autouse=True)
def apart(tmp_path, settings, monkeypatch):
    """Temporary and kept files in folders that the test can look into."""
    settings.MEDIA_ROOT = tmp_path / "media"
    (tmp_path / "temporary").mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "temporary"))
    with time_machine.travel(AT, tick=False):
        yield
    assert list((tmp_path / "temporary").iterdir()) == []


@pytest.fixture
def anna():
    return make_user("communicator")


@pytest.fixture
def client(anna):
    return signed_in(anna)


@pytest.fixture
def draft(anna):
    return create_draft(owner=make_document(published=False, slug="lokaler"), by=anna, at=AT)


def sent(client, content=None, name="lokaler.pdf", **more):
    """The form as it is shown, filled in and sent."""
    seen = client.get(WRITE).context["seen"]
    file = {"file": SimpleUploadedFile(name, content)} if content is not None else {}
    return client.post(WRITE, {**WORDS, "seen": seen, **file, **more})


def kept(settings) -> list[str]:
    return sorted(path.suffix for path in Path(settings.MEDIA_ROOT).rglob("*.*"))


def step(client, version, name, **fields):
    """Taken at the desk, as it is shown there."""
    url = f"/personal/publicera/dokument/{version.pk}/"
    seen = client.get(url).context["seen"]
    return client.post(url, {"step": name, "seen": seen, **fields}, follow=True)


def test_document_is_published_from_nothing_by_two(client, settings):
    facts = {"slug": "lokaler", "kind": "guidance", "publisher": "city", "decided_on": "1/12 2025"}
    assert client.post("/personal/nytt-dokument/", facts).url == WRITE
    assert sent(client, made.plain(2)).url == PATH
    version = Document.objects.get(slug="lokaler").versions.get()
    assert f"/personal/publicera/dokument/{version.pk}/" in client.get(PATH).content.decode()
    step(client, version, "submit")
    reviewer = signed_in(make_user("reviewer"))
    at_desk = reviewer.get(f"/personal/publicera/dokument/{version.pk}/").content.decode()
    assert "Den är inte taggad" in at_desk
    step(reviewer, version, "approve")
    assert client.get("/dokument/lokaler/").status_code == 404
    step(client, version, "publish")
    html = client.get("/dokument/lokaler/").content.decode()
    assert "<p>Två &amp; tre.</p>" in html
    assert "2 sidor" in html
    assert kept(settings) == [".pdf", ".webp"]


def test_preview_shows_the_file_that_nobody_can_guess(client, draft):
    sent(client, made.plain(2))
    page = client.get(f"/personal/publicera/dokument/{draft.pk}/").context["preview"]
    stranger = Client()
    html = stranger.get(page).content.decode()
    assert "Två &amp; tre." in html
    assert "Det finns en senare version" not in html
    assert 'href="fil.pdf"' in html
    assert 'src="fil.webp"' in html
    for name in ("fil.pdf", "fil.webp"):
        file = stranger.get(f"{page}{name}")
        assert file.headers["Cache-Control"] == "no-store"
        assert file.headers["X-Content-Type-Options"] == "nosniff"
        assert b"".join(file.streaming_content)
        assert stranger.get(f"/forhandsvisning/fel/{name}").status_code == 404
    draft.refresh_from_db()
    assert stranger.get(draft.file_url()).status_code == 404


def test_earlier_version_is_compared_and_restored(client, draft):
    sent(client, made.plain(2))
    for name, by in (("submit", client), ("approve", signed_in(make_user("reviewer")))):
        step(by, draft, name)
    step(client, draft, "publish")
    step(client, draft, "restore")
    second = draft.owner.versions.get(number=2)
    assert second.file_id == draft.owner.versions.get(number=1).file_id
    sent(client, made.plain(1), title="Lokaler nu")
    html = client.get(f"/personal/publicera/dokument/{second.pk}/jamfor/").content.decode()
    assert "Fil" in html
    assert "<ins>" in html
    shown = client.get(f"/personal/publicera/dokument/{draft.pk}/").content.decode()
    assert f"/personal/dokument/lokaler/{draft.pk}.pdf" in shown  # its own file, not the draft's


def test_bad_file_is_refused_in_words_and_nothing_is_kept(client, draft, settings):
    response = sent(client, made.with_root(OpenAction=made.script()))
    html = response.content.decode()
    assert response.status_code == 200
    assert "Filen innehåller skript (JavaScript)." in html
    assert "Rensa filen om det behövs" in html
    assert "Två &amp; tre." in html  # what was written is still there
    assert kept(settings) == []
    draft.refresh_from_db()
    assert (draft.title, draft.file) == ("", None)


def test_cleaned_copy_is_kept_when_asked_for(client, draft, settings):
    assert sent(client, made.with_attachment(), may_clean="on").url == PATH
    draft.refresh_from_db()
    content = Path(settings.MEDIA_ROOT).rglob("*.pdf")
    assert b"virus.exe" not in next(content).read_bytes()
    assert draft.file.pages == 1


def test_file_over_the_limit_is_refused_in_words(client, draft, settings):
    settings.UPLOAD_MOST_BYTES = 3 * 1024**2
    response = sent(client, bytes(3 * 1024**2 + 1))
    assert "Filen är för stor. Den får vara högst 3 MB." in response.content.decode()


def test_full_disk_is_said_and_leaves_nothing(client, draft, settings, monkeypatch):
    def fill(file, copy):
        if copy.name.endswith(".new"):
            copy.write(b"half of it")
            raise OSError(ENOSPC, "No space left on device")
        copyfileobj(file, copy)

    with monkeypatch.context() as full:
        full.setattr("shutil.copyfileobj", fill)
        response = sent(client, made.plain())
    assert "Troligen är utrymmet slut." in response.content.decode()
    assert kept(settings) == []
    assert sent(client, made.plain()).status_code == 302


@pytest.mark.parametrize(
    "name",
    [
        "../../../etc/passwd.pdf",
        "C:\\windows\\x.pdf",
        "a\x00.pdf",
        "\u202efdp.exe",
        "x" * 10_000 + ".pdf",
        "<script>alert(1)</script>.pdf",
        "lokaler.pdf.exe",
    ],
)
def test_name_of_the_file_is_never_used(client, draft, settings, name):
    assert sent(client, made.plain(), name=name).status_code == 302
    draft.refresh_from_db()
    names = {path.name for path in Path(settings.MEDIA_ROOT).rglob("*.*")}
    assert names == {f"{draft.file.sha256}.pdf", f"{draft.file.sha256}.webp"}
    download = client.get(f"{PATH}{draft.pk}.pdf")
    assert download["Content-Disposition"] == 'attachment; filename="lokaler-1.pdf"'
    download.close()


def test_form_sent_twice_saves_once(client, draft):
    seen = client.get(WRITE).context["seen"]
    for _time in range(2):
        assert client.post(WRITE, {**WORDS, "seen": seen}).status_code == 302
    assert draft.history.count() == 2  # made, saved


def test_second_who_saves_is_shown_both(client, draft):
    seen = client.get(WRITE).context["seen"]
    sent(signed_in(make_user("communicator")), title="Lokaler för alla")
    response = client.post(WRITE, {**WORDS, "seen": seen})
    html = response.content.decode()
    assert "Inget är överskrivet" in html
    assert "Lokaler för alla" in html
    assert 'value="Lokaler"' in html
    again = {**WORDS, "seen": response.context["seen"]}
    assert client.post(WRITE, again).status_code == 302
    draft.refresh_from_db()
    assert draft.title == "Lokaler"


def test_words_that_readers_see_cannot_be_written_over(client):
    make_document(slug="lokaler")
    assert client.get(WRITE).url == PATH
    assert client.post(WRITE, WORDS).url == PATH


@pytest.mark.parametrize(
    "data",
    [
        {"year": "9" * 40},
        {"year": "\x00"},
        {"title": "x" * 10_000},
        {"title": "a\x00b"},
        {"summary": ""},
        {"file": "ingen fil"},
    ],
)
def test_junk_gets_a_sentence(client, draft, data):
    response = sent(client, **data)
    assert response.status_code in (200, 302)


def test_scripts_in_the_summary_are_cleaned_away(client, draft):
    sent(client, about='<p onclick="x()">Hej</p><script>alert(1)</script>')
    draft.refresh_from_db()
    assert draft.about == "<p>Hej</p>"


def test_facts_of_a_document_that_replaces_itself_in_a_circle_are_refused(client):
    first = make_document(slug="lokaler")
    second = make_document(replaces=first)
    facts = {"kind": "guidance", "replaces": second.pk}
    response = client.post(f"{PATH}uppgifter/", facts)
    assert "ersätta varandra" in response.content.decode()
    assert not Document.objects.filter(slug="lokaler", replaces=second).exists()


def test_what_a_killed_process_left_goes_after_a_week(client, draft, settings):
    sent(client, made.plain())
    own = kept(settings)
    folder = Path(settings.MEDIA_ROOT) / "documents" / "00"
    folder.mkdir(exist_ok=True)
    for name, days in (("tmpold.new", 8), (f"{'0' * 64}.pdf", 8), ("tmpyoung.new", 1)):
        (folder / name).touch()
        moment = (AT - timedelta(days=days)).timestamp()
        os.utime(folder / name, (moment, moment))
    call_command("forget_unused_files", verbosity=0)
    assert kept(settings) == sorted([*own, ".new"])
    assert (folder / "tmpyoung.new").exists()


def test_unused_files_are_thrown_away_after_a_week(client, draft, settings):
    sent(client, made.plain(1))
    sent(client, made.plain(2))
    call_command("forget_unused_files", verbosity=0)
    assert DocumentFile.objects.count() == 2
    with time_machine.travel(AT + timedelta(days=8)):
        call_command("forget_unused_files", verbosity=0)
    assert DocumentFile.objects.get().pages == 2
    assert kept(settings) == [".pdf", ".webp"]
