from datetime import timedelta

import pytest
import time_machine
from django.core.management import call_command
from django.urls import resolve

from centres.models import FamilyCentre
from guidance.models import Edition
from guidance.printed import drawing
from guidance.printed.composing import SUPPORT_PATH
from guidance.printed.shelf import BusyError
from guidance.printed.typesetting import PrintingUnavailableError
from tests.factories import make_exception, make_user

from .houses import MONDAY, make_house, preschool_of

SIGN = "/familjecentraler/hjallbo/tryck/dorrskylt/sv.pdf"

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def monday():
    with time_machine.travel(MONDAY, tick=False):
        yield


def test_lists_lead_to_every_sheet(client, set_sheets):
    make_house()
    for page in ("/tryck/", "/familjecentraler/hjallbo/tryck/"):
        html = client.get(page).content.decode()
        links = [
            part.split('"')[0] for part in html.split('href="') if ".pdf" in part.split('"')[0]
        ]
        assert len(links) == (9 if page == "/tryck/" else 15)
        assert all(client.get(link)["Content-Type"] == "application/pdf" for link in links)
        assert "översättningen är inte granskad" in html


@pytest.mark.parametrize(("houses", "path"), [(1, "/tryck/"), (3, "/tryck/")])
def test_list_takes_as_many_queries_for_many_houses(
    client, houses, path, django_assert_num_queries
):
    for _ in range(houses - 1):
        make_house_of_its_own()
    make_house()
    with django_assert_num_queries(5):
        client.get(path)


def make_house_of_its_own():
    house = make_house()
    number = FamilyCentre.objects.count()
    FamilyCentre.objects.filter(pk=house.pk).update(slug=f"hus-{number}", name=f"Hus {number}")


def test_file_says_what_it_is(client, set_sheets):
    make_house()
    response = client.get(SIGN)
    assert response["Content-Disposition"] == 'inline; filename="dorrskylt-hjallbo-vecka-48-sv.pdf"'
    assert "public" in response["Cache-Control"]
    assert "max-age=60" in response["Cache-Control"]
    assert not response.cookies
    again = client.get(SIGN, headers={"If-None-Match": response["ETag"]})
    assert again.status_code == 304
    assert len(set_sheets) == 1


def test_file_takes_as_many_queries_however_often(
    client, set_sheets, django_assert_max_num_queries
):
    make_house()
    client.get(SIGN)
    with django_assert_max_num_queries(25):
        client.get(SIGN)
    assert Edition.objects.count() == 1
    assert len(set_sheets) == 1


@pytest.mark.parametrize(
    "path",
    [
        "/tryck/dorrskylt/sv.pdf",  # of no house
        "/tryck/kort/xx.pdf",
        "/tryck/finns-inte/sv.pdf",
        "/familjecentraler/finns-inte/tryck/",
        "/familjecentraler/finns-inte/tryck/kort/sv.pdf",
        "/familjecentraler/hjallbo/tryck/kort/ar.pdf",
        f"/tryck/{'a' * 10_000}/sv.pdf",
        "/tryck/kort%00/sv.pdf",
        "/t/finnsinte00/",
        "/t/%00/",
        f"/t/{'a' * 10_000}/",
        "/t/../../etc/passwd",
    ],
)
def test_junk_is_not_found(client, set_sheets, path):
    make_house()
    assert client.get(path).status_code == 404
    assert not set_sheets


def test_house_that_receives_nobody_has_no_sheets(client, set_sheets):
    house = make_house()
    FamilyCentre.objects.filter(pk=house.pk).update(status=FamilyCentre.Status.TEMPORARILY_CLOSED)
    assert client.get(SIGN).status_code == 404
    assert "hjallbo" not in client.get("/tryck/").content.decode()


# --- The code on a sheet --------------------------------------------------------------------------


def edition_of(client, path):
    before = set(Edition.objects.values_list("pk", flat=True))
    assert client.get(path).status_code == 200
    return Edition.objects.exclude(pk__in=before).get()


def test_code_leads_to_its_edition(client, set_sheets):
    make_house()
    edition = edition_of(client, SIGN)
    assert drawing.square(f"https://familj.example/t/{edition.code}/") in set_sheets[0]


def test_code_of_a_sheet_that_holds_leads_on(client, set_sheets):
    make_house()
    sign = client.get(edition_of(client, SIGN).get_absolute_url())
    assert sign["Location"] == "/familjecentraler/hjallbo/"
    card = client.get(
        edition_of(client, "/familjecentraler/hjallbo/tryck/kort/sv.pdf").get_absolute_url()
    )
    assert card["Location"] == "/foraldrastod/?plats=Familjecentralen+Hj%C3%A4llbo"
    of_city = client.get(edition_of(client, "/tryck/kort/ar-sv.pdf").get_absolute_url())
    assert of_city["Location"] == "/foraldrastod/"
    assert not sign.cookies
    assert not card.cookies


def test_closing_today_changes_the_sign_and_outdates_the_old(client, set_sheets):
    house = make_house()
    old = edition_of(client, SIGN)
    make_exception(preschool_of(house), reason="illness", first_day=MONDAY.date())
    new = edition_of(client, SIGN)
    assert "Stängt (" in set_sheets[1]
    assert "Stängt (" not in set_sheets[0]
    page = client.get(old.get_absolute_url())
    html = page.content.decode()
    assert page.status_code == 200
    assert "Tiderna på skylten gäller inte längre." in html
    assert "måndag 23 november: stängt" in html
    assert client.get(new.get_absolute_url()).status_code == 302


def test_sign_of_a_week_that_is_over_says_so(client, set_sheets):
    make_house()
    old = edition_of(client, SIGN)
    with time_machine.travel(MONDAY + timedelta(days=7), tick=False):
        html = client.get(old.get_absolute_url()).content.decode()
        assert "Skylten gällde vecka 48." in html
        assert edition_of(client, SIGN).facts["week"] == "2026-11-30"


def test_poster_is_not_outdated_by_hours(client, set_sheets):
    house = make_house()
    poster = edition_of(client, "/familjecentraler/hjallbo/tryck/affisch-a4/sv.pdf")
    make_exception(preschool_of(house), first_day=MONDAY.date())
    assert client.get(poster.get_absolute_url()).status_code == 302


def test_sign_of_a_house_that_is_gone(client, set_sheets):
    house = make_house()
    old = edition_of(client, SIGN)
    house.delete()
    html = client.get(old.get_absolute_url()).content.decode()
    assert "Huset tar inte emot besök längre." in html
    assert "/familjecentraler/" in html


def test_day_nobody_has_answered_for_is_told(client, set_sheets):
    """Lucia week has none; the eve of Epiphany is a day that staff answer."""
    make_house()
    with time_machine.travel(MONDAY.replace(month=12, day=21), tick=False):
        client.get(SIGN)
    assert "Några av veckans tider är inte bekräftade" in set_sheets[0]


def test_support_address_is_there():
    assert resolve(SUPPORT_PATH).view_name != "centres:service"


# --- When it cannot be printed --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("error", "said"),
    [(PrintingUnavailableError, "libpango-1.0-0"), (BusyError, "Många skriver ut just nu")],
)
def test_says_why_there_is_no_file(client, monkeypatch, error, said):
    def refuse(*args, **kwargs):
        raise error

    monkeypatch.setattr("guidance.printed.editions.kept_or_made", refuse)
    make_house()
    response = client.get(SIGN)
    assert response.status_code == 503
    assert said in response.content.decode()


def test_check_names_the_packages(monkeypatch, capsys):
    monkeypatch.setattr("guidance.printed.checks.weasyprint", lambda: None)
    call_command("check")
    assert "libpango-1.0-0" in capsys.readouterr().err


# --- Staff ----------------------------------------------------------------------------------------


def test_staff_find_all_material(client):
    make_house()
    assert client.get("/personal/tryck/").status_code == 302
    client.force_login(make_user("communicator"))
    html = client.get("/personal/tryck/").content.decode()
    assert "/familjecentraler/hjallbo/tryck/" in html
    assert "inte granskad" in html
