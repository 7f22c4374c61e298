"""Documents as readers meet them: at their addresses for good, and never before their time."""

from datetime import date, timedelta

import pytest
import time_machine

from guidance.example_documents import FILES, add_missing_documents
from guidance.models import Document
from guidance.uploads.gate import inspect
from tests.factories import make_document, make_document_version, stockholm

pytestmark = pytest.mark.django_db
AT = stockholm(2026, 11, 23, 9)
DAY = timedelta(days=1)
FOOTER = 3  # queries of every page


@pytest.fixture(autouse=True)
def now():
    with time_machine.travel(AT, tick=False):
        yield


@pytest.fixture
def document():
    return make_document(slug="lokaler")


def html_of(response) -> str:
    return response.content.decode()


def test_page_says_the_summary_first_then_the_file_and_what_is_not_known(client, document):
    html = html_of(client.get("/dokument/lokaler/"))
    assert html.index("<p>Kort.</p>") < html.index("Hämta PDF")
    assert "1 sida." in html
    assert "Filen är taggad" in html
    assert html.lower().count("inte känt") == 6


def test_page_says_that_a_file_is_not_tagged(client, document):
    file = document.versions.get().file
    file.is_tagged = False
    file.save()
    assert "Filen är inte taggad" in html_of(client.get("/dokument/lokaler/"))


def test_document_that_has_ended_says_so_everywhere(client, document):
    document.valid_to = date(2026, 11, 22)
    document.save()
    assert "gäller inte längre" in html_of(client.get("/dokument/lokaler/"))
    assert "gäller inte längre" in html_of(client.get("/dokument/"))


def test_replaced_document_leads_to_the_new_one_and_back(client, document):
    make_document(slug="nya-lokaler", replaces=document)
    assert 'Ersatt av</strong> <a href="/dokument/nya-lokaler/"' in html_of(
        client.get("/dokument/lokaler/")
    )
    assert 'Ersätter <a href="/dokument/lokaler/"' in html_of(client.get("/dokument/nya-lokaler/"))


def test_replacement_that_is_not_published_is_not_told_of(client, document):
    make_document(published=False, slug="hemligt", replaces=document)
    assert "hemligt" not in html_of(client.get("/dokument/lokaler/"))


def test_earlier_version_stays_at_its_address_and_leads_to_the_one_that_holds(client, document):
    make_document_version(document, AT - DAY, title="Vägledning lokaler, ny", what_changed="Mått")
    assert "Vägledning lokaler, ny" in html_of(client.get("/dokument/lokaler/"))
    earlier = html_of(client.get("/dokument/lokaler/1/"))
    assert "Det finns en senare version" in earlier
    assert "Det finns en senare version" not in html_of(client.get("/dokument/lokaler/2/"))


def test_version_in_easy_swedish_holds_beside_the_swedish_one(client, document):
    make_document_version(document, AT, language="sv-lattlast", number=1)
    html = html_of(client.get("/dokument/lokaler/sv-lattlast/1/"))
    assert "senare version" not in html
    assert "Version 1, publicerad 1 november 2026</a> (svenska)" in html
    make_document_version(document, AT, language="sv-lattlast", number=2)
    html = html_of(client.get("/dokument/lokaler/sv-lattlast/1/"))
    assert 'href="/dokument/lokaler/sv-lattlast/2/">Läs den som gäller' in html


def test_list_is_narrowed_and_junk_is_left_out(client, document):
    make_document(slug="rapport", kind="report", publisher="region")
    assert html_of(client.get("/dokument/?slag=report")).count('class="card document"') == 1
    assert html_of(client.get("/dokument/?utgivare=city&slag=report")).count("card document") == 0
    for junk in ("slag=%00", "ar=99999999999999999999", "utgivare=" + "x" * 10_000, "slag[]=a"):
        response = client.get(f"/dokument/?{junk}")
        assert response.status_code == 200
        assert html_of(response).count('class="card document"') == 2


def test_list_without_documents_does_not_blame_what_was_chosen(client):
    assert "Här finns inga dokument ännu." in html_of(client.get("/dokument/"))


def test_queries_do_not_grow_with_the_documents(client, django_assert_num_queries):
    for _number in range(3):
        make_document()
    with django_assert_num_queries(3 + FOOTER):
        client.get("/dokument/")
    make_document()
    with django_assert_num_queries(3 + FOOTER):
        client.get("/dokument/")


# --- Files ----------------------------------------------------------------------------------------


def test_file_is_to_be_saved_and_never_run(client, document):
    version = document.versions.get()
    response = client.get(version.file_url())
    assert b"".join(response.streaming_content).startswith(b"%PDF-")
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"] == 'attachment; filename="lokaler-1.pdf"'
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Security-Policy"].startswith("sandbox; default-src 'none'")
    assert "immutable" in response["Cache-Control"]
    assert "private" in response["Cache-Control"]
    assert not response.cookies
    kept = client.get(version.file_url(), headers={"If-None-Match": response["ETag"]})
    assert kept.status_code == 304


def test_log_says_which_file_is_missing(client, document, settings, tmp_path, caplog):
    settings.MEDIA_ROOT = tmp_path
    version = document.versions.get()
    assert client.get(version.file_url()).status_code == 404
    assert client.get("/dokument/lokaler/").status_code == 200
    assert f"{version.file_id}.pdf" in caplog.text


def test_first_page_is_a_picture(client, document):
    response = client.get(document.versions.get().picture_url())
    assert response["Content-Type"] == "image/webp"
    assert b"".join(response.streaming_content)[8:12] == b"WEBP"


@pytest.mark.parametrize(
    "fields",
    [
        {"state": "draft", "publish_at": None},
        {"publish_at": AT + DAY},
    ],
    ids=["draft", "scheduled"],
)
def test_unpublished_version_is_not_reached_by_guessing(client, fields):
    document = make_document(published=False, slug="hemligt")
    version = make_document_version(document, AT, **fields)
    for path in (
        *("/dokument/hemligt/", "/dokument/hemligt/1/", "/dokument/hemligt/sv/1/"),
        *(version.file_url(), version.picture_url()),
    ):
        assert client.get(path).status_code == 404
    assert "hemligt" not in html_of(client.get("/dokument/"))


def test_draft_beside_a_published_version_is_not_reached(client, document):
    draft = {"state": "draft", "publish_at": None, "file": "samverkansavtal"}
    version = make_document_version(document, AT, **draft)
    assert client.get("/dokument/lokaler/2/").status_code == 404
    assert client.get(version.file_url()).status_code == 404
    stolen = version.file_url().replace("/2/", "/1/")
    assert client.get(stolen).status_code == 404


def test_withdrawn_version_is_gone_with_its_file(client, document):
    version = document.versions.get()
    version.unpublish_at = AT - DAY
    version.state = "archived"
    version.save()
    for path in ("/dokument/lokaler/", "/dokument/lokaler/1/"):
        assert client.get(path).status_code == 410
    assert client.get(version.file_url()).status_code == 404
    assert "lokaler" not in html_of(client.get("/dokument/"))


@pytest.mark.parametrize(
    "path",
    [
        "/dokument/lokaler/99999999999999999999/",
        "/dokument/lokaler/1/..%2f..%2fdb.pdf",
        "/dokument/lokaler/1/" + "0" * 5_000 + ".pdf",
        "/dokument/lokaler/1/0123456789abcdef.pdf",
        "/dokument/lokaler/xx/1/",
        "/dokument/%00/",
    ],
)
def test_forged_address_is_not_found(client, document, path):
    assert client.get(path).status_code == 404


def test_examples_say_what_the_gate_says_of_their_files():
    add_missing_documents(AT)
    add_missing_documents(AT)
    assert Document.objects.count() == 7
    assert all(d.versions.get().file.is_tagged for d in Document.objects.all())
    report = inspect(FILES / "samverkansavtal.pdf")
    row = Document.objects.get(slug="samverkansavtal").versions.get().file
    assert (report.size, report.pages, report.text) == (row.size, row.pages, row.text)
    assert "EXEMPEL" in report.text
