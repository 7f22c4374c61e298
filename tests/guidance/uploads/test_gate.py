"""Every payload is refused with its reason, in seconds, in bounded memory, and leaves nothing."""

import io
import resource
import sys
import tempfile
import time

import pikepdf
import pytest
from django.core.handlers.wsgi import WSGIRequest
from pikepdf import Array, Dictionary, Name, String
from PIL import Image

from guidance.uploads import gate
from guidance.uploads.gate import Picture, Report, clean, inspect, inspect_picture
from guidance.uploads.reason import Reason
from guidance.uploads.refusals import Refusal, sentence_of

from . import payloads as made

SECONDS = gate.LONGEST_WAIT + 5  # a busy machine spends all the wait on what takes it a second
MEMORY = 640  # megabytes

CLEANED = {
    "script when opened": lambda: made.with_root(OpenAction=made.script()),
    "script on a page": lambda: made.with_link(made.script()),
    "script in a name tree": lambda: made.with_root(
        Names=Dictionary(JavaScript=Dictionary(Names=[String("a"), made.script()]))
    ),
    "script in an object nothing leads to": made.with_hidden_script,
    "script when a page is turned": lambda: made.with_root(AA=Dictionary(WC=made.script())),
    "script after a harmless action": lambda: made.with_link(
        made.action("GoTo", D=Array([0, Name.Fit]), Next=Array([made.script()]))
    ),
    "program started": lambda: made.with_link(made.action("Launch", F=String("cmd.exe"))),
    "program started when opened": lambda: made.with_root(
        OpenAction=made.action("Launch", F=String("cmd.exe"))
    ),
    "form that is sent": lambda: made.with_link(
        made.action("SubmitForm", F=String("https://evil.example/"))
    ),
    "facts fetched": lambda: made.with_link(made.action("ImportData", F=String("x.fdf"))),
    "other document": lambda: made.with_link(made.action("GoToR", F=String("//evil/x.pdf"))),
    "link with script": lambda: made.with_link(
        made.action("URI", URI=String("javascript:alert(1)"))
    ),
    "link with script behind marks that are not seen": lambda: made.with_link(
        made.action("URI", URI=String("\ufeffjava\nscript:alert(1)"))
    ),
    "link to a file": lambda: made.with_link(made.action("URI", URI=String("file:///etc/passwd"))),
    "film": lambda: made.with_annotation(Subtype=Name.RichMedia),
    "3D": lambda: made.with_annotation(Subtype=Name("/3D")),
    "attachment": made.with_attachment,
    "attachment on a page": lambda: made.with_annotation(
        Subtype=Name.FileAttachment, FS=Dictionary(Type=Name.Filespec, F=String("a.exe"))
    ),
    "XFA form": lambda: made.with_root(
        AcroForm=Dictionary(Fields=[], XFA=Array([String("template"), String("<x/>")]))
    ),
    "zip after the end": lambda: made.plain() + made.zip_of(),
    "zip whose comment ends as a PDF": made.with_zip_inside,
    "web page in a comment": lambda: made.with_comment(b"<html><script>alert(1)</script>"),
    "script after the end": lambda: made.plain() + b"<script>alert(1)</script>",
    "table that leads to itself": made.xref_loop,
    "half a file": lambda: made.plain(3)[:-20],
    "deep nesting": made.nested,
}
REASONS = {
    "script when opened": {Reason.JAVASCRIPT, Reason.ON_OPENING},
    "script on a page": {Reason.JAVASCRIPT},
    "script in a name tree": {Reason.JAVASCRIPT},
    "script in an object nothing leads to": {Reason.JAVASCRIPT},
    "script when a page is turned": {Reason.JAVASCRIPT, Reason.AUTOMATIC},
    "script after a harmless action": {Reason.JAVASCRIPT},
    "program started": {Reason.LAUNCH},
    "program started when opened": {Reason.LAUNCH, Reason.ON_OPENING},
    "form that is sent": {Reason.SUBMIT},
    "facts fetched": {Reason.IMPORT},
    "other document": {Reason.OTHER_FILE},
    "link with script": {Reason.LINK},
    "link with script behind marks that are not seen": {Reason.LINK},
    "link to a file": {Reason.LINK},
    "film": {Reason.MEDIA},
    "3D": {Reason.MEDIA},
    "attachment": {Reason.ATTACHMENT},
    "attachment on a page": {Reason.ATTACHMENT},
    "XFA form": {Reason.XFA},
    "zip after the end": {Reason.TRAILING, Reason.TWO_KINDS},
    "zip whose comment ends as a PDF": {Reason.TWO_KINDS},
    "web page in a comment": {Reason.TWO_KINDS},
    "script after the end": {Reason.TRAILING, Reason.TWO_KINDS},
    "table that leads to itself": {Reason.DAMAGED},
    "half a file": {Reason.DAMAGED},
    "deep nesting": {Reason.DAMAGED},
}
# There is no cleaning these.
REFUSED = {
    "nothing": (lambda: b"", {Reason.EMPTY}),
    "web page": (lambda: b"<!doctype html><script>alert(1)</script>", {Reason.NOT_PDF}),
    "drawing with script": (
        lambda: b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>',
        {Reason.NOT_PDF},
    ),
    "script": (lambda: b"#!/bin/sh\nrm -rf /\n", {Reason.NOT_PDF}),
    "zip": (made.zip_of, {Reason.NOT_PDF}),
    "program": (lambda: b"MZ\x90\0" + bytes(60) + b"PE\0\0", {Reason.NOT_PDF}),
    "picture": (lambda: made.png(10, 10), {Reason.NOT_PDF}),
    "script before the PDF": (lambda: b"/*" + made.plain() + b"*/alert(1)", {Reason.NOT_PDF}),
    "web page before the PDF": (
        lambda: b"<script>alert(1)</script>" + made.plain(),
        {Reason.NOT_PDF},
    ),
    "program before the PDF": (lambda: b"MZ\x90\0" + made.plain(), {Reason.NOT_PDF}),
    "only the first line": (lambda: b"%PDF-1.7\n", {Reason.DAMAGED}),
    "first line and noise": (lambda: b"%PDF-1.7\n" + bytes(range(256)) * 40, {Reason.DAMAGED}),
    "encrypted": (made.encrypted, {Reason.ENCRYPTED}),
    "with a password": (lambda: made.encrypted(user="hemligt"), {Reason.ENCRYPTED}),
    "1 GB in 4 MB": (made.flate_bomb, {Reason.EXPLODES}),
    "1 GB in 7 KB": (made.flate_bomb_twice, {Reason.EXPLODES}),
    "1 GB of objects": (
        made.object_stream_bomb,
        {Reason.TOO_HEAVY, Reason.EXPLODES, Reason.DAMAGED},
    ),
    "ten thousand million pixels": (made.huge_picture, {Reason.EXPLODES}),
    "pages in a circle": (made.page_loop, {Reason.DAMAGED}),
    "300,000 pages": (made.million_pages, {Reason.TOO_MANY_PAGES, Reason.TOO_HEAVY}),
    "pages doubling forty times": (
        made.doubling_pages,
        {Reason.TOO_MANY_PAGES, Reason.TOO_HEAVY, Reason.DAMAGED},
    ),
    "drawing that draws itself": (made.drawing_bomb, {Reason.TOO_HEAVY, Reason.DAMAGED}),
}
PICTURES = {
    "nothing": (lambda: b"", {Reason.EMPTY}),
    "drawing with script": (
        lambda: b'<?xml version="1.0"?><svg onload="alert(1)"/>',
        {Reason.SVG},
    ),
    "web page": (lambda: b"<!doctype html><script>alert(1)</script>", {Reason.NOT_PICTURE}),
    "PDF": (made.plain, {Reason.NOT_PICTURE}),
    "half a picture": (lambda: made.png(100, 100)[:-30], {Reason.NOT_PICTURE}),
    "animation of another kind": (lambda: _picture("GIF"), {Reason.NOT_PICTURE}),
    "400 million pixels": (lambda: made.png(20_000, 20_000), {Reason.TOO_MANY_PIXELS}),
}


def _picture(kind: str, **more) -> bytes:
    file = io.BytesIO()
    Image.new("RGB", (300, 200), "navy").save(file, kind, **more)
    return file.getvalue()


@pytest.fixture
def temporary(tmp_path, monkeypatch):
    """The folder of temporary files, which must be as empty afterwards."""
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    yield folder
    assert list(folder.iterdir()) == []


@pytest.fixture
def path(tmp_path):
    return tmp_path / "upload"


def looked_through(path, content, look=inspect):
    """What the gate answers, in time and in memory."""
    path.write_bytes(content)
    began = time.monotonic()
    answer = look(path)
    assert time.monotonic() - began < SECONDS
    assert resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss < MEMORY * 1024
    assert sorted(one.name for one in path.parent.iterdir()) == ["temporary", "upload"]
    return answer


# --- Documents ------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", REFUSED)
def test_file_is_refused_with_its_reason(name, path, temporary):
    make, reasons = REFUSED[name]
    answer = looked_through(path, make())
    assert isinstance(answer, Refusal)
    assert answer.reasons
    assert set(answer.reasons) <= reasons
    assert all(answer.sentences)


@pytest.mark.parametrize("name", CLEANED)
def test_file_is_refused_and_a_cleaned_copy_let_in(name, path, temporary):
    answer = looked_through(path, CLEANED[name]())
    assert isinstance(answer, Refusal)
    assert set(answer.reasons) == REASONS[name]
    assert answer.is_cleanable
    assert clean(path) is None
    assert isinstance(inspect(path), Report)


def test_report_tells_what_the_file_says_of_itself(path, temporary):
    pdf = made.new_pdf(pages=2)
    pdf.pages[1].Contents = pikepdf.Stream(pdf, b"")
    figures = Array([Dictionary(S=Name.Figure), Dictionary(S=Name.Figure, Alt=String("Ett hus"))])
    pdf.Root.StructTreeRoot = Dictionary(Type=Name.StructTreeRoot, K=figures)
    pdf.Root.MarkInfo = Dictionary(Marked=True)
    pdf.Root.Lang = String("sv-SE")
    pdf.trailer.Info = Dictionary(Title=String("Vägledning \x00\u202efdp"))
    report = looked_through(path, made.saved(pdf))
    assert (report.pages, report.title, report.language) == (2, "Vägledning fdp", "sv-SE")
    assert report.is_tagged
    assert (report.figures, report.figures_without_text) == (2, 1)
    assert (report.pages_read, report.pages_without_text) == (2, 1)
    assert "Hej alla familjer" in report.text
    with Image.open(io.BytesIO(report.first_page)) as picture:
        assert (picture.format, picture.size) == ("WEBP", (640, 640))


def test_page_to_begin_at_and_links_to_the_web_are_let_in(path, temporary):
    opening = made.action("GoTo", D=Array([0, Name.Fit]))
    assert isinstance(looked_through(path, made.with_root(OpenAction=opening)), Report)
    link = made.action("URI", URI=String("https://goteborg.se/"))
    assert isinstance(looked_through(path, made.with_link(link)), Report)


def test_font_called_as_a_script_is_is_no_script(path, temporary):
    pdf = made.new_pdf()
    pdf.pages[0].Resources.Font.JS = pdf.pages[0].Resources.Font.F1
    pdf.pages[0].Resources.Font.AA = pdf.pages[0].Resources.Font.F1
    assert isinstance(looked_through(path, made.saved(pdf)), Report)


def test_drawing_that_opens_three_million_lists_is_survived(path, temporary):
    assert isinstance(looked_through(path, made.nested_content()), Report)


def test_file_over_the_limit_is_not_opened(path, temporary, settings, monkeypatch):
    settings.UPLOAD_MOST_BYTES = 1000
    monkeypatch.setattr(gate.subprocess, "run", None)
    answer = looked_through(path, made.plain(9))
    assert answer.reasons == (Reason.TOO_LARGE,)


@pytest.mark.parametrize("code", ["import time; time.sleep(9)", "import os; os.abort()"])
def test_process_that_hangs_or_breaks_is_a_refusal(path, temporary, monkeypatch, code):
    monkeypatch.setattr(gate, "_command", lambda *args: [sys.executable, "-c", code])
    monkeypatch.setattr(gate, "LONGEST_WAIT", 0.5)
    assert looked_through(path, made.plain()).reasons == (Reason.TOO_HEAVY,)


def test_every_reason_has_a_sentence():
    assert all(sentence_of(reason).endswith(".") for reason in Reason)


# --- Pictures -------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", PICTURES)
def test_picture_is_refused_with_its_reason(name, path, temporary):
    make, reasons = PICTURES[name]
    answer = looked_through(path, make(), inspect_picture)
    assert isinstance(answer, Refusal)
    assert set(answer.reasons) == reasons


def test_picture_is_drawn_anew_without_what_the_camera_wrote(path, temporary):
    exif = Image.Exif()
    exif[0x010E], exif[0x0112] = "Hemma hos familjen", 6  # a description; lying on its side
    answer = looked_through(path, _picture("JPEG", exif=exif), inspect_picture)
    assert isinstance(answer, Picture)
    assert (answer.width, answer.height) == (200, 300)
    assert b"Hemma" not in answer.content
    with Image.open(io.BytesIO(answer.content)) as picture:
        assert picture.format == "WEBP"
        assert dict(picture.getexif()) == {}


# --- Receiving ------------------------------------------------------------------------------------


class Endless(io.RawIOBase):
    """A form with one file of so many bytes, made up as it is read."""

    def __init__(self, size: int):
        head = b'--x\r\nContent-Disposition: form-data; name="file"; filename="%b"\r\n\r\n'
        self.parts = [head % b"../../etc/a.pdf", size, b"\r\n--x--\r\n"]
        self.length = len(self.parts[0]) + size + len(self.parts[2])

    def read(self, size=-1):
        while self.parts:
            part = self.parts[0]
            if part:
                piece = bytes(min(size, part)) if isinstance(part, int) else part[:size]
                self.parts[0] = part - len(piece) if isinstance(part, int) else part[size:]
                return piece
            self.parts.pop(0)
        return b""


def received(size: int):
    body = Endless(size)
    return WSGIRequest(
        {
            "REQUEST_METHOD": "POST",
            "CONTENT_TYPE": "multipart/form-data; boundary=x",
            "CONTENT_LENGTH": str(body.length),
            "wsgi.input": body,
        }
    )


def test_200_megabytes_never_reach_the_disk(temporary):
    request = received(200 * 1024**2)
    file = request.FILES["file"]
    assert file.size == 200 * 1024**2
    assert file.read() == b""
    assert sum(one.stat().st_size for one in temporary.iterdir()) == 0
    request.close()


def test_thousands_of_megabytes_are_not_even_listened_to(temporary):
    request = received(4 * 1024**3)
    assert "file" not in request.FILES
    request.close()
