"""What is in the files: tags, language, title, typefaces, size, one page, and the text itself."""

import io
import re

import pikepdf
import pypdfium2
import pytest
from PIL import ImageColor

from centres.models import FamilyCentre
from guidance.printed.drawing import room_colour
from guidance.printed.editions import print_of
from guidance.printed.sheets import LANGUAGES, SHEETS
from guidance.printed.typesetting import PrintingUnavailableError, typeset, weasyprint
from services.models import Service
from tests.factories import make_service_at_centre

from .houses import MONDAY, make_house

ARABIC = re.compile(r"[\u0621-\u064a]+")
MILLIMETRES = {"A6": (105, 148), "A4": (210, 297), "A3": (297, 420)}


def pdf_of(sheet, language, centre):
    return print_of(SHEETS[sheet], language, centre, MONDAY).pdf(MONDAY)


def text_of(pdf):
    return pypdfium2.PdfDocument(pdf)[0].get_textpage().get_text_range()


def tags_of(element, found=None):
    """The names of structure elements below `element`, in reading order."""
    found = [] if found is None else found
    if isinstance(element, pikepdf.Array):
        for child in element:
            tags_of(child, found)
    elif isinstance(element, pikepdf.Dictionary):
        if "/S" in element:
            found.append(element)
        if "/K" in element:
            tags_of(element.K, found)
    return found


@pytest.mark.django_db
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("sheet", SHEETS)
def test_every_sheet_is_accessible_by_its_structure(sheet, language):
    pdf = pikepdf.open(io.BytesIO(pdf_of(sheet, language, make_house())))
    width, height = (float(side) * 25.4 / 72 for side in pdf.pages[0].mediabox[2:])
    assert (round(width), round(height)) == MILLIMETRES[SHEETS[sheet].size]
    assert len(pdf.pages) == 1
    assert pdf.Root.MarkInfo.Marked
    assert str(pdf.Root.Lang) == LANGUAGES[language][0]
    assert pdf.Root.ViewerPreferences.DisplayDocTitle
    assert "Hjällbo" in str(pdf.docinfo["/Title"])
    with pdf.open_metadata() as metadata:
        assert metadata["pdfuaid:part"] == "1"
    tags = tags_of(pdf.Root.StructTreeRoot)
    names = [str(tag.S) for tag in tags]
    assert "/H1" in names
    assert all(len(tag.K) for tag in tags if tag.S in ("/LI", "/LBody", "/Span"))
    figures = [tag for tag in tags if tag.S == "/Figure"]
    assert figures
    assert all(str(tag.get("/Alt", "")) for tag in figures)
    if SHEETS[sheet].is_door_sign:
        assert {"/Table", "/TR", "/TH", "/TD"} <= set(names)


@pytest.mark.django_db
@pytest.mark.parametrize("sheet", ["kort", "affisch-a4"])
def test_the_longest_name_covers_no_window(sheet):
    centre = make_house()
    for kind in ("maternity_care", "social_services"):
        make_service_at_centre(kind, centre=centre)
    FamilyCentre.objects.filter(pk=centre.pk).update(
        name=("Familjecentralen " * 8)[:120], street=("Gamla Trädgårdsstigen " * 6)[:120]
    )
    centre.refresh_from_db()
    page = pypdfium2.PdfDocument(pdf_of(sheet, "sv", centre))[0].render(scale=1).to_pil()
    colours = {colour: n for n, colour in page.convert("RGB").getcolors(1 << 20)}
    rooms = [ImageColor.getrgb(room_colour(str(kind))) for kind in Service.CORE_KINDS]
    seen = [colours.get(room, 0) for room in rooms]
    assert min(seen) > 0.9 * max(seen)


@pytest.mark.django_db
@pytest.mark.parametrize("language", LANGUAGES)
def test_typefaces_are_ours_and_embedded(language):
    pdf = pikepdf.open(io.BytesIO(pdf_of("dorrskylt", language, make_house())))
    fonts = [found for found in pdf.objects if isinstance(found, pikepdf.Dictionary)]
    described = [font for font in fonts if font.get("/Type") == "/FontDescriptor"]
    names = {re.sub(r"^/[A-Z]{6}\+", "", str(font.FontName)) for font in described}
    assert described
    assert all({"/FontFile2", "/FontFile3"} & set(font.keys()) for font in described)
    ours = ("Familjen", "Atkinson", "IBM-Plex", "IBMPlex")
    assert all(name.startswith(ours) for name in names), names


@pytest.mark.django_db
def test_words_of_another_language_say_so():
    pdf = pikepdf.open(io.BytesIO(pdf_of("affisch-a4", "ar-sv", make_house())))
    languages = {
        str(tag.get("/Lang")) for tag in tags_of(pdf.Root.StructTreeRoot) if "/Lang" in tag
    }
    assert {"ar", "sv"} <= languages


@pytest.mark.django_db
def test_door_sign_reads_back():
    text = text_of(pdf_of("dorrskylt", "sv", make_house()))
    for said in (
        "Familjecentralen Hjällbo",
        "Vecka 48",
        "23/11–29/11 2026",
        "9.00–12.00",
        "13.00–15.30",
        "Babyöppet",
        "8.00–9.30",
        "031-390 06 04",
        "Exempelgatan 3",
        "Utskrivet 2026-11-23",
    ):
        assert said in text, said


@pytest.mark.django_db
@pytest.mark.parametrize("sheet", ["affisch-a4", "dorrskylt"])
def test_arabic_reads_back(sheet):
    """Word for word: on a line with both directions each reader orders the words its own way."""
    centre = make_house()
    asked = print_of(SHEETS[sheet], "ar-sv", centre, MONDAY)
    seen = asked.html(asked.edition(MONDAY)).split("<body")[1]
    found = set(ARABIC.findall(text_of(asked.pdf(MONDAY))))
    assert set(ARABIC.findall(seen)) <= found


@pytest.mark.django_db
def test_card_of_the_city_names_the_address():
    text = text_of(pdf_of("kort", "sv", None))
    assert "Ni har kommit rätt." in text
    assert "familj.example/foraldrastod" in text.replace("\r\n", "")


@pytest.mark.django_db
def test_letters_that_our_typefaces_lack_do_no_harm():
    centre = make_house()
    centre.name = "Hjällbo ☺ 漢字 🏠 ਪੰਜਾਬੀ ትግርኛ \u202e\u0000"[:-1]
    centre.save()
    assert "Hjällbo" in text_of(pdf_of("dorrskylt", "sv", centre))


def test_nothing_is_fetched():
    """Neither from the disk nor from the network; the sheet comes out without it."""
    face = '@font-face { font-family: F; src: url("static:fonts/familjen-grotesk.woff2") }'
    pictures = '<img src="file:///etc/passwd" alt="a"><img src="http://127.0.0.1:1/" alt="b">'
    style = f"<style>{face} body {{ font-family: F }}</style>"
    pdf = typeset(f'<html lang="sv"><title>x</title>{style}<body>Hej {pictures}')
    assert "Hej" in text_of(pdf)


def test_without_the_system_library(monkeypatch):
    monkeypatch.setattr("guidance.printed.typesetting.weasyprint", lambda: None)
    with pytest.raises(PrintingUnavailableError):
        typeset("<title>x</title>")


def test_this_machine_can_print():
    assert weasyprint() is not None
