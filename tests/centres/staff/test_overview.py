"""The overview of what is unconfirmed, unanswered and missing: whose, where to, and as CSV."""

import csv
from datetime import timedelta

import pytest
from django.urls import reverse

from tests.factories import (
    make_centre,
    make_confirmation,
    make_district,
    make_organisation,
    make_schedule,
    make_service_at_centre,
    make_user,
    stockholm,
)

pytestmark = pytest.mark.django_db
PAGE, CSV = reverse("staff:overview"), reverse("staff:overview_csv")
AT = stockholm(2026, 11, 24, 10)


@pytest.fixture(autouse=True)
def clock(time_machine):
    time_machine.move_to(AT, tick=False)


@pytest.fixture
def house():
    return make_centre(name="Familjecentralen Hjällbo", district=make_district("Angered"))


@pytest.fixture
def rooms(house):
    """The city's and the region's in one house, and the city's in another district."""
    region = make_organisation("Regionen", kind="region")
    other = make_centre(name="Familjecentralen Tynnered", district=make_district("Askim"))
    rooms = {
        "preschool": make_service_at_centre(centre=house),
        "clinic": make_service_at_centre("child_health_care", centre=house, organisation=region),
        "elsewhere": make_service_at_centre(centre=other),
    }
    for room in rooms.values():
        make_schedule(room, slots=["thu 9-12"])
        make_schedule(room, channel="phone", slots=["mon 8-9"])
    return rooms


def lines(client, **query) -> list[dict]:
    content = client.get(CSV, query).content.decode("utf-8-sig")
    return list(csv.DictReader(content.splitlines(), delimiter=";"))


def places(rows) -> set[tuple]:
    return {(row["Hus"].split()[-1], row["Verksamhet"]) for row in rows}


def test_visitor_is_sent_to_sign_in(client):
    for path in (PAGE, CSV):
        assert client.get(path).status_code == 302


@pytest.mark.parametrize(
    ("role", "employer", "expected"),
    [
        ("editor", "Göteborgs Stad", {("Hjällbo", ""), ("Hjällbo", "Öppen förskola")}),
        ("editor", "Regionen", {("Hjällbo", ""), ("Hjällbo", "Barnhälsovård (BVC)")}),
        ("editor", None, {("Hjällbo", "")}),
        (
            "coordinator",
            None,
            {
                ("Hjällbo", ""),
                ("Hjällbo", "Öppen förskola"),
                ("Hjällbo", "Barnhälsovård (BVC)"),
                ("Tynnered", ""),
                ("Tynnered", "Öppen förskola"),
            },
        ),
    ],
)
def test_each_sees_what_they_may_confirm(client, house, rooms, role, employer, expected):
    organisations = [make_organisation(employer)] if employer else []
    user = make_user(role, centres=[house], organisations=organisations)
    client.force_login(user)
    assert places(lines(client)) == expected
    page = client.get(PAGE).content.decode()
    assert ("Tynnered" in page) == (role == "coordinator")


def test_person_without_a_house_is_told_what_to_do(client, rooms):
    client.force_login(make_user())
    assert "Be din samordnare" in client.get(PAGE).content.decode()
    assert lines(client) == []


def test_lines_say_what_how_old_and_where(client, house, rooms):
    make_confirmation(house, fact_group="location", confirmed_at=AT - timedelta(days=100))
    make_confirmation(rooms["preschool"], confirmed_at=AT - timedelta(days=200))
    make_confirmation(house, fact_group="existence", confirmed_at=AT)
    city = make_organisation()
    client.force_login(make_user(centres=[house], organisations=[city]))
    found = {(row["Vad"], row["Verksamhet"], row["Uppgift"]): row for row in lines(client)}
    location = found["obekräftat", "", "adress och väg dit"]
    assert (location["Läge"], location["Dagar sedan"]) == ("över 90 dagar", "100")
    assert location["Dag"] == "2026-08-16"
    hours = found["obekräftat", "Öppen förskola", "öppettider, öppet utan tidsbokning"]
    assert hours["Läge"] == "över 180 dagar"
    phone = found["obekräftat", "Öppen förskola", "öppettider, telefontid"]
    assert (phone["Läge"], phone["Dagar sedan"]) == ("aldrig bekräftat", "")
    assert ("obekräftat", "", "att den finns") not in found
    assert found["obesvarad helgdag", "Öppen förskola", "julafton"]["Dag"] == "2026-12-24"
    assert ("saknas", "Öppen förskola", "telefon") in found


def test_every_link_leads_to_a_page_that_the_person_may_use(client, house, rooms):
    make_confirmation(house, fact_group="location", origin="public_page")
    client.force_login(make_user(centres=[house], organisations=[make_organisation()]))
    for link in {row["Länk"] for row in lines(client)}:
        assert client.get(link.removeprefix("http://testserver")).status_code == 200, link


def test_sheet_opens_in_a_spreadsheet_and_runs_nothing(client, house, rooms):
    house.name = '=HYPERLINK("http://example.com")'
    house.save()
    client.force_login(make_user("coordinator"))
    response = client.get(PAGE, {"format": "csv"})
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert response["Content-Disposition"] == 'attachment; filename="oversikt-2026-11-24.csv"'
    assert response.content.startswith(b"\xef\xbb\xbfStadsdel;Hus;")
    assert {row["Hus"][0] for row in lines(client, stadsdel="angered")} == {"'"}


def test_one_district_by_itself(client, rooms):
    client.force_login(make_user("coordinator"))
    assert {row["Stadsdel"] for row in lines(client)} == {"Angered", "Askim"}
    assert {row["Stadsdel"] for row in lines(client, stadsdel="askim")} == {"Askim"}
    page = client.get(PAGE, {"stadsdel": "askim"}).content.decode()
    assert "Tynnered" in page
    assert "Hjällbo" not in page


@pytest.mark.parametrize("slug", ["finns-inte", "askim", "'--"])
def test_foreign_or_unknown_district_is_not_found(client, house, rooms, slug):
    client.force_login(make_user(centres=[house]))
    assert client.get(PAGE, {"stadsdel": slug}).status_code == 404
    assert client.get(CSV, {"stadsdel": slug}).status_code == 404


def test_front_page_of_staff_names_the_most_urgent(client, house, rooms):
    houses = [house, make_centre(status="closed")]  # with one house one is sent on to it
    client.force_login(make_user(centres=houses, organisations=[make_organisation()]))
    page = client.get(reverse("staff:home")).content.decode()
    assert "Att bekräfta" in page
    assert "Öppen förskola: julafton, torsdag 24 december" in page
    assert "7 uppgifter är obekräftade" in page


def test_queries_do_not_grow_with_the_houses(client, house, rooms, django_assert_max_num_queries):
    client.force_login(make_user("coordinator"))
    for number in range(5):
        room = make_service_at_centre(
            centre=make_centre(district=make_district(f"Stadsdel {number}"))
        )
        make_schedule(room, slots=["thu 9-12"])
        make_confirmation(room)
    for path in (PAGE, CSV):
        with django_assert_max_num_queries(18):
            client.get(path)
