"""Files that people with bad intentions, or bad programs, might upload as a document."""

import io
import zipfile
import zlib

from pikepdf import Array, Dictionary, Encryption, Name, Pdf, Stream, String

PAGE_WITH_TEXT = b"BT /F1 12 Tf 20 100 Td (Hej alla familjer) Tj ET"


def new_pdf(pages: int = 1) -> Pdf:
    pdf = Pdf.new()
    font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
    for _number in range(pages):
        page = pdf.add_blank_page(page_size=(200, 200))
        page.Resources = Dictionary(Font=Dictionary(F1=font))
        page.Contents = Stream(pdf, PAGE_WITH_TEXT)
    return pdf


def saved(pdf: Pdf, **how) -> bytes:
    file = io.BytesIO()
    pdf.save(file, **how)
    return file.getvalue()


def plain(pages: int = 1) -> bytes:
    return saved(new_pdf(pages))


def with_root(**entries) -> bytes:
    pdf = new_pdf()
    for key, value in entries.items():
        pdf.Root[f"/{key}"] = value
    return saved(pdf)


def action(kind: str, **more) -> Dictionary:
    return Dictionary(S=Name(f"/{kind}"), **more)


def with_link(linked: Dictionary) -> bytes:
    return with_annotation(Subtype=Name.Link, A=linked)


def with_annotation(**entries) -> bytes:
    pdf = new_pdf()
    note = Dictionary(Type=Name.Annot, Rect=[0, 0, 10, 10], **entries)
    pdf.pages[0].Annots = pdf.make_indirect(Array([pdf.make_indirect(note)]))
    return saved(pdf)


def script(code: str = "app.alert(1)") -> Dictionary:
    return action("JavaScript", JS=String(code))


def with_attachment() -> bytes:
    pdf = new_pdf()
    pdf.attachments["virus.exe"] = b"MZ"
    return saved(pdf)


def encrypted(**passwords) -> bytes:
    return saved(new_pdf(), encryption=Encryption(**{"owner": "o", "user": "", **passwords}))


def zip_of(name: str = "index.html", content: str = "<script>alert(1)</script>") -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr(name, content)
    return file.getvalue()


def with_zip_inside() -> bytes:
    """A zip whose comment ends as a PDF does."""
    file = io.BytesIO(plain())
    with zipfile.ZipFile(file, "a") as archive:
        archive.writestr("a.class", "x" * 20)
        archive.comment = b"\n%%EOF\n"
    return file.getvalue()


# --- What is small until it is opened -------------------------------------------------------------


def of_objects(*objects: bytes, root: int = 1, comment: bytes = b"") -> bytes:
    """A PDF written by hand, with a right table of its objects."""
    content, places = b"%PDF-1.7\n%" + comment + b"\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(content))
        content += b"%d 0 obj\n%b\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    head = b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    tail = b"trailer\n<</Size %d/Root %d 0 R>>\nstartxref\n%d\n%%%%EOF\n"
    return content + head + table + tail % (len(objects) + 1, root, len(content))


CATALOG = b"<</Type/Catalog/Pages 2 0 R>>"
PAGES = b"<</Type/Pages/Kids[3 0 R]/Count 1>>"
PAGE = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]/Resources<<>>/Contents 4 0 R>>"


def with_comment(comment: bytes) -> bytes:
    return of_objects(CATALOG, PAGES, PAGE, stream(b"", b""), comment=comment)


def with_hidden_script() -> bytes:
    """In an object that nothing leads to, and with its names spelt in hexadecimal."""
    hidden = b"<</S/Java#53cript/J#53(app.alert\\(1\\))>>"
    return of_objects(CATALOG, PAGES, PAGE, stream(b"", b""), hidden)


def packed(zeros: int, times: int = 1) -> bytes:
    """So many megabytes of nothing, packed so many times over. The sum at the end is wrong."""
    packer = zlib.compressobj(9)
    head = packer.compress(b"") + packer.flush(zlib.Z_FULL_FLUSH)
    block = packer.compress(bytes(1024**2)) + packer.flush(zlib.Z_FULL_FLUSH)
    content = head + block * zeros + packer.flush()
    for _again in range(times - 1):
        content = zlib.compress(content, 9)
    return content


def stream(content: bytes, entries: bytes = b"/Filter/FlateDecode") -> bytes:
    head = b"<<%b/Length %d>>stream\n" % (entries, len(content))
    return head + content + b"\nendstream"


def flate_bomb() -> bytes:
    return of_objects(CATALOG, PAGES, PAGE, stream(packed(1_000)))


def flate_bomb_twice() -> bytes:
    twice = b"/Filter[/FlateDecode/FlateDecode]"
    return of_objects(CATALOG, PAGES, PAGE, stream(packed(1_000, times=2), twice))


def object_stream_bomb() -> bytes:
    """The objects themselves are packed: reading the table of contents unpacks them."""
    entries = b"/Type/ObjStm/N 1/First 4/Filter/FlateDecode"
    body = of_objects(CATALOG, PAGES, PAGE, stream(packed(1_000), entries))
    start = body.index(b"xref\n0 ")
    places = [body.index(b"%d 0 obj" % number) for number in range(1, 5)]
    rows = b"\0\0\0\0\0\0" + b"".join(b"\1" + p.to_bytes(4, "big") + b"\0" for p in places)
    rows += b"\2" + (4).to_bytes(4, "big") + b"\0"  # object 5 is in object 4
    rows += b"\1" + start.to_bytes(4, "big") + b"\0"
    entries = b"/Type/XRef/Size 7/W[1 4 1]/Root 1 0 R/Info 5 0 R"
    table = b"6 0 obj\n" + stream(rows, entries) + b"\nendobj\n"
    return body[:start] + table + b"startxref\n%d\n%%%%EOF\n" % start


def huge_picture() -> bytes:
    drawing = b"/Type/XObject/Subtype/Image/Width 100000/Height 100000/BitsPerComponent 1"
    picture = stream(b"", drawing + b"/ColorSpace/DeviceGray/Filter/CCITTFaxDecode")
    return of_objects(CATALOG, PAGES, PAGE, stream(b"", b""), picture)


def nested(depth: int = 200_000) -> bytes:
    return of_objects(CATALOG, PAGES, PAGE, stream(b"", b""), b"[" * depth + b"]" * depth)


def nested_content(depth: int = 3_000_000) -> bytes:
    return of_objects(CATALOG, PAGES, PAGE, stream(b"[" * depth, b""))


def xref_loop() -> bytes:
    """A table whose earlier edition is itself."""
    body = of_objects(CATALOG, PAGES, PAGE, stream(b"", b""))
    start = body.index(b"xref\n0 ")
    return body.replace(b"/Root 1 0 R", b"/Root 1 0 R/Prev %d" % start)


def page_loop() -> bytes:
    return of_objects(
        CATALOG, b"<</Type/Pages/Kids[3 0 R]/Count 1>>", b"<</Type/Pages/Kids[2 0 R]/Count 1>>"
    )


def million_pages(pages: int = 300_000) -> bytes:
    """The same page again and again."""
    kids = b"<</Type/Pages/Kids[%b]/Count %d>>" % (b"3 0 R " * pages, pages)
    return of_objects(CATALOG, kids, PAGE, stream(b"", b""))


def doubling_pages(levels: int = 40) -> bytes:
    """Each level holds the next one twice: a million million pages in a few lines."""
    both = [
        b"<</Type/Pages/Count %d/Kids[%d 0 R %d 0 R]>>" % (2 ** (levels - n), n + 3, n + 3)
        for n in range(levels)
    ]
    last = b"<</Type/Page/MediaBox[0 0 200 200]>>"
    return of_objects(CATALOG, *both, last)


def drawing_bomb(levels: int = 12) -> bytes:
    """A drawing that draws another ten times, which draws another ten times …"""
    forms = []
    for level in range(levels):
        entries = b"/Type/XObject/Subtype/Form/BBox[0 0 200 200]"
        if level < levels - 1:
            entries += b"/Resources<</XObject<</X %d 0 R>>>>" % (level + 6)
        forms.append(stream(b"/X Do\n" * 10 if level < levels - 1 else b"0 0 9 9 re f", entries))
    page = PAGE.replace(b"<<>>", b"<</XObject<</X 5 0 R>>>>")
    return of_objects(CATALOG, PAGES, page, stream(b"/X Do", b""), *forms)


# --- Pictures -------------------------------------------------------------------------------------


def png(width: int, height: int) -> bytes:
    """Black, one bit a pixel."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        check = zlib.crc32(kind + content).to_bytes(4, "big")
        return len(content).to_bytes(4, "big") + kind + content + check

    head = width.to_bytes(4, "big") + height.to_bytes(4, "big") + b"\x01\0\0\0\0"
    packer = zlib.compressobj(9)
    row = bytes(1 + (width + 7) // 8)
    rows = b"".join(packer.compress(row) for _ in range(height)) + packer.flush()
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")
