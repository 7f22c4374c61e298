"""Each page: what a visitor notices, and how many questions it asks the database."""

from datetime import date

import pytest
import time_machine
from django.urls import reverse

from centres.models import FormerSlug
from services.models import ConfidentialityFact, ConfidentialityFactText, Service
from tests.factories import (
    make_centre,
    make_centre_text,
    make_confirmation,
    make_contact_person,
    make_district,
    make_exception,
    make_line,
    make_notice,
    make_place,
    make_schedule,
    make_service,
    make_service_at_centre,
    stockholm,
)

pytestmark = pytest.mark.django_db
WEEK = ["mon 9-15", "tue 9-15", "wed 9-15", "thu 9-15", "fri 9-15"]
TUESDAY = stockholm(2026, 11, 24, 10)


@pytest.fixture(autouse=True)
def a_tuesday_morning():
    with time_machine.travel(TUESDAY, tick=False):
        yield


def furnished_centre(**fields):
    """A centre with the four core services, hours, an exception each and confirmations."""
    centre = make_centre(**fields)
    make_centre_text(centre, summary="Ett hus.")
    for kind in Service.CORE_KINDS:
        place = make_service_at_centre(kind, centre=centre, languages=["sv"])
        make_schedule(place, slots=WEEK)
        make_schedule(place, channel="phone", slots=["mon 8-9"])
        make_exception(place, first_day=date(2026, 12, 1), kind="closed")
        make_confirmation(place)
    return centre


def text(response):
    return " ".join(response.content.decode().split())


@pytest.mark.parametrize(
    "address",
    [
        "/familjecentraler/",
        "/familjecentraler/?nu=oppet&dag=onsdag&alder=5&sprak=sv&trappfritt=1",
        "/familjecentraler/?plats=angered",
        "/",
        "/?plats=angered",
    ],
)
def test_pages_of_many_centres_ask_as_little_as_of_few(
    client, django_assert_num_queries, django_assert_max_num_queries, address
):
    for _ in range(2):
        furnished_centre(step_free_entrance=True)
    make_line(on_every_page=True)
    with django_assert_max_num_queries(60) as few:
        client.get(address)
    for number in range(6):
        furnished_centre(district=make_district(f"Stadsdel {number}"), step_free_entrance=True)
    make_line(on_every_page=True)
    with django_assert_num_queries(len(few)):
        client.get(address)


def test_list_of_200_centres_asks_as_little_as_of_5(
    client, django_assert_num_queries, django_assert_max_num_queries
):
    for _ in range(5):
        make_schedule(make_service_at_centre(), slots=WEEK)
    with django_assert_max_num_queries(22) as few:
        client.get(reverse("centres:list"))
    for _ in range(195):
        make_schedule(make_service_at_centre(), slots=WEEK)
    with django_assert_num_queries(len(few)):
        response = client.get(reverse("centres:list"))
    assert text(response).count("Öppet till 15.00") == 24
    assert "Sida 1 av 9" in text(response)


def test_centre_page_asks_the_same_however_much_it_shows(client, django_assert_max_num_queries):
    small = make_service_at_centre().centre
    large = furnished_centre()
    for place in large.services_here.all():
        make_contact_person(place)
        make_notice(place)
        make_exception(place, kind="part_closed", first_day=date(2026, 12, 2), slots=["12-13"])
    make_schedule(make_service_at_centre(Service.Kind.LIBRARY, centre=small), slots=WEEK)
    make_notice(small)
    make_contact_person(small.services_here.first())
    make_exception(small, kind="part_closed", first_day=date(2026, 12, 2), slots=["12-13"])
    with django_assert_max_num_queries(40) as few:
        client.get(small.get_absolute_url())
    with django_assert_max_num_queries(len(few)):  # one more where another house is named
        client.get(large.get_absolute_url())


def test_centre_page_answers_whether_one_can_go_there_now(client):
    centre = furnished_centre(name="Familjecentralen Hjällbo")
    page = text(client.get(centre.get_absolute_url()))
    assert "Öppen förskola har öppet till 15.00" in page
    assert page.index("har öppet till 15.00") < page.index("Här finns")
    jump = f'<a href="#{centre.services_here.first().service.slug}">'
    assert page.index(jump) < page.index("har öppet till 15.00")
    assert page.index("I dag, tisdag") < page.index("Mer om")
    assert "I dag, tisdag" in page
    assert "Tisdag 1 december: stängt" in page


def test_todays_closure_stands_first_and_nothing_says_open(client):
    centre = make_centre()
    place = make_service_at_centre(centre=centre)
    make_schedule(place, slots=WEEK)
    make_exception(place, first_day=TUESDAY.date(), reason="illness")
    page = text(client.get(centre.get_absolute_url()))
    assert "stängt (sjukdom)" in page
    assert "Öppet till" not in page
    assert "Stängt – öppnar i morgon 9.00" in page


def test_unknown_hours_are_said_plainly_with_another_way(client):
    place = make_service_at_centre(phone="031-390 06 02")
    page = text(client.get(place.centre.get_absolute_url()))
    assert "Det betyder inte att det är stängt" in page
    assert "Ring och fråga" in page
    assert 'href="tel:' in page


def test_personal_details_of_staff_are_shown_with_their_role(client):
    place = make_service_at_centre()
    make_contact_person(place, role="barnskötare")
    make_contact_person(
        place, role="socionom", name="Alva Exempelsson", approved_on=date(2026, 11, 1)
    )
    page = text(client.get(place.centre.get_absolute_url()))
    assert "Barnskötare" in page
    assert "Socionom: Alva Exempelsson" in page


def test_notice_is_shown_only_in_its_time(client):
    centre = make_centre()
    make_notice(centre, heading="Ny entré")
    make_notice(centre, heading="Förbi", ends_at=stockholm(2026, 11, 24, 9))
    make_notice(centre, heading="Sedan", starts_at=stockholm(2026, 11, 25))
    page = text(client.get(centre.get_absolute_url()))
    assert "Ny entré" in page
    assert "Förbi" not in page
    assert "Sedan" not in page


def test_example_facts_are_marked_as_such(client):
    place = make_service_at_centre()
    make_confirmation(place, origin="example")
    response = client.get(place.centre.get_absolute_url())
    assert "påhittat exempel" in text(response)
    assert "Demonstration – inte Göteborgs Stads webbplats" in text(response)
    assert 'name="robots" content="noindex' in text(response)


def test_without_example_data_there_is_no_banner(client):
    make_confirmation(make_service_at_centre())
    page = text(client.get("/"))
    assert "Demonstration" not in page
    assert "noindex" not in page


def test_renamed_centre_redirects_from_its_former_address(client):
    centre = make_centre(slug="ny")
    FormerSlug.objects.create(centre=centre, slug="gammal")
    response = client.get("/familjecentraler/gammal/")
    assert (response.status_code, response["Location"]) == (301, "/familjecentraler/ny/")


def test_idea_has_no_page_and_closed_house_says_so(client):
    idea, closed = make_centre(status="idea"), make_centre(status="closed")
    assert client.get(idea.get_absolute_url()).status_code == 404
    assert "Nedlagd" in text(client.get(closed.get_absolute_url()))
    assert closed.name not in text(client.get(reverse("centres:list")))


def test_moved_house_leads_to_the_one_that_took_over(client):
    new = make_centre(name="Nya huset")
    old = make_centre(status="moved", moved_to=new)
    page = text(client.get(old.get_absolute_url()))
    assert "Har flyttat" in page
    assert new.get_absolute_url() in page


def test_district_page_shows_its_houses_and_places(client):
    district = make_district("Angered")
    centre = make_centre(district=district)
    make_centre(district=make_district("Lundby"), name="Långt borta")
    make_place(name="Eriksbo", district=district)
    page = text(client.get(reverse("centres:district", args=["angered"])))
    assert centre.name in page
    assert "Långt borta" not in page
    assert "Eriksbo" in page


def test_service_page_tells_of_confidentiality_and_where(client, django_assert_max_num_queries):
    place = make_service_at_centre(Service.Kind.SOCIAL_SERVICES)
    fact = ConfidentialityFact.objects.create(
        service=place.service, question="record", source="OSL 26 kap. 1 §"
    )
    ConfidentialityFactText.objects.create(fact=fact, answer="Fråga innan du berättar.")
    with django_assert_max_num_queries(24):
        page = text(client.get(reverse("centres:service", args=[place.service.slug])))
    assert "Fråga innan du berättar." in page
    assert "Inte granskad" in page
    assert place.centre.name in page
    nearest = f'href="/familjecentraler/?verksamhet={place.service.slug}"'
    assert page.index(nearest) < page.index("För vem?")


def test_reviewed_fact_names_its_reviewer(client):
    service = make_service()
    ConfidentialityFact.objects.create(
        service=service,
        question="record",
        source="OSL",
        reviewed_by="Kim Jurist",
        reviewed_on=date(2026, 11, 1),
    )
    page = text(client.get(reverse("centres:service", args=[service.slug])))
    assert "Granskad av Kim Jurist 1 november 2026" in page
    assert "Inte granskad" not in page


@pytest.mark.parametrize(
    "path",
    [
        "/familjecentraler/finns-inte/",
        "/stadsdelar/finns-inte/",
        "/finns-inte/",
        "/familjecentraler/%00/",
        "/familjecentraler/" + "a" * 3000 + "/",
        "/%F0%9F%8F%A0/",
        "/bvc/..%2f..%2f/",
    ],
)
def test_unknown_address_is_a_helpful_404(client, path):
    response = client.get(path)
    assert response.status_code == 404
    assert "Hitta familjecentral" in text(response)
    assert 'role="search"' in text(response)


JUNK = ["", "'", "<script>", "\x00", "9" * 400, "å" * 400, "-1", "%", "a&b=c", "{{7*7}}"]


@pytest.mark.parametrize("junk", JUNK)
@pytest.mark.parametrize("path", ["/", "/familjecentraler/", "/oppen-forskola/"])
def test_junk_in_a_query_gives_the_plain_page(client, path, junk):
    make_service(slug="oppen-forskola")
    furnished_centre()
    response = client.get(path, {"fraga": junk, "stadsdel": junk, "x": junk, "page": junk})
    assert response.status_code == 200
    assert "<script>" not in text(response)


def test_page_is_kept_a_minute_but_never_past_a_change(client):
    place = make_service_at_centre()
    make_schedule(place, slots=["tue 9-15"])
    assert client.get("/familjecentraler/")["Cache-Control"] == "public, max-age=60"
    with time_machine.travel(stockholm(2026, 11, 24, 14, 59, 30), tick=False):
        assert client.get("/familjecentraler/")["Cache-Control"] == "public, max-age=30"
