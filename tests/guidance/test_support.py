"""Support for parents near where somebody lives: what stands there, and that it is never empty."""

import pytest
import time_machine

from centres.wish import Wish
from guidance.models import SupportContact
from guidance.next_starts import courses, meetings, next_starts
from guidance.pathways import read
from guidance.proof import problems_of
from tests.factories import (
    make_activity,
    make_centre,
    make_change,
    make_city_area,
    make_district,
    make_flow,
    make_guide,
    make_line,
    make_place,
    make_schedule,
    make_service_at_centre,
    make_support_contact,
    make_topic,
    stockholm,
)

from .test_flow_pages import outcome, question

pytestmark = pytest.mark.django_db
TUESDAY = stockholm(2026, 11, 24, 10)


@pytest.fixture(autouse=True)
def a_tuesday_morning():
    with time_machine.travel(TUESDAY, tick=False):
        yield


@pytest.fixture
def angered():
    """A district with a place in it to ask for."""
    district = make_district("Angered", make_city_area("Nordost"))
    make_place(name="Angered", district=district, latitude=57.79, longitude=12.05)
    return district


@pytest.fixture
def askim():
    """One in another area, without any house."""
    district = make_district("Askim", make_city_area("Sydväst"))
    make_place(name="Askim", district=district, latitude=57.62, longitude=11.94)
    return district


def text(response):
    return " ".join(response.content.decode().split())


def named(name, **fields):
    return make_support_contact(text={"name": name}, **fields)


def graph(*outcomes):
    """One question with an answer to each."""
    answers = {one["key"]: one["key"] for one in outcomes}
    return {"questions": [question("vad", **answers)], "outcomes": list(outcomes)}


def preschool(district, name="Hjällbo", **fields):
    centre = make_centre(district=district, name=name, latitude=57.78, longitude=12.02, **fields)
    room = make_service_at_centre(centre=centre)
    make_schedule(room, slots=["tue 9-15"])
    return room


# --- Contacts ------------------------------------------------------------------------------------
def test_contacts_reach_their_district_their_area_or_the_whole_city(angered, askim):
    named("Staden")
    named("Angered", districts=[angered])
    named("Nordost", city_areas=[angered.city_area])
    named("Sydväst", city_areas=[askim.city_area])
    cases = {
        ("", ""): {"Staden", "Angered", "Nordost", "Sydväst"},
        ("angered", "nordost"): {"Staden", "Angered", "Nordost"},
        ("", "nordost"): {"Staden", "Angered", "Nordost"},
        ("askim", askim.city_area.slug): {"Staden", "Sydväst"},
    }
    for where, expected in cases.items():
        found = SupportContact.objects.reaching(*where).with_texts()
        assert {contact.text.name for contact in found} == expected, where
        loaded = SupportContact.objects.with_texts()
        assert {c.text.name for c in loaded if c.reaches(*where)} == expected, where


@pytest.mark.parametrize(
    ("wish", "found"),
    [
        (Wish(), {"alla", "små", "stora", "gravid"}),
        (Wish(age=5), {"alla", "små"}),
        (Wish(age=180), {"alla", "stora"}),
        (Wish(expecting=True), {"alla", "gravid"}),
    ],
)
def test_an_age_leaves_the_contacts_that_are_for_it(wish, found):
    named("alla")
    named("små", to_months=83)
    named("stora", from_months=144)
    named("gravid", expecting=True, from_months=0, to_months=0)
    contacts = SupportContact.objects.asked_for(wish)
    assert {contact.text.name for contact in contacts} == found


def test_an_unknown_number_leads_to_the_switchboard(client):
    make_line(slug="kontaktcenter", number="031-365 00 00")
    contact = named("Familjerådgivning", slug="familjeradgivning", is_free=True)
    page = text(client.get(contact.get_absolute_url()))
    assert "Direktnumret känner vi inte till." in page
    assert "tel:0313650000" in page
    assert "Vi vet inte om det behövs remiss och om du kan vara anonym." in page
    assert "Ingen har kontrollerat uppgifterna, och källan har inget datum." in page


def test_a_known_number_is_shown_with_the_day_it_was_checked(client):
    known = {"phone": "031-123 45 67", "checked_on": "2026-11-02"}
    page = text(client.get(make_support_contact(**known).get_absolute_url()))
    assert "tel:0311234567" in page
    assert "Direktnumret" not in page
    assert "Kontrollerad 2 november 2026." in page


# --- Courses and meetings ------------------------------------------------------------------------
def test_the_next_time_of_each_passes_over_what_is_cancelled(angered):
    room = preschool(angered)
    course = make_activity(
        room, name="Massage", admission="sign_up", when=["2026-12-01 9-10", "2026-12-08 9-10"]
    )
    make_change(course, "2026-12-01 9")
    make_activity(room, name="Babysång", when=["tue 9-9.30", "wed 10-11"])
    make_activity(room, name="Förbi", admission="sign_up", when=["2026-11-23 9-10"])
    found = [
        (s.happening.name, s.happening.when) for s in next_starts(courses(Wish()), TUESDAY, most=5)
    ]
    assert found == [("Massage", "tisdag 8 december 9.00–10.00")]
    found = [
        (s.happening.name, s.happening.when) for s in next_starts(meetings(Wish()), TUESDAY, most=5)
    ]
    assert found == [("Babysång", "i morgon 10.00–11.00")]


def test_a_course_says_whether_it_begins_or_goes_on(client, angered):
    room = preschool(angered)
    make_activity(room, name="Ny", kind="series", when=["2026-12-01 9-10", "2026-12-08 9-10"])
    make_activity(room, name="Pågår", admission="sign_up", when=["2026-11-17 9-10", "thu 9-10"])
    starts = {s.happening.name: s for s in next_starts(courses(Wish()), TUESDAY, most=5)}
    assert starts["Ny"].begins
    assert not starts["Pågår"].begins


def test_courses_of_hidden_houses_and_drafts_are_not_shown(angered):
    make_activity(preschool(angered, status="closed"), admission="sign_up")
    make_activity(preschool(angered, name="Öppen"), admission="sign_up", status="draft")
    assert next_starts(courses(Wish()), TUESDAY, most=5) == []


# --- The page ------------------------------------------------------------------------------------
def test_the_page_of_an_area_shows_what_is_there(client, angered, askim):
    room = preschool(angered)
    make_activity(room, name="Babymassage", admission="sign_up", sign_up_phone="031-390 06 04")
    make_activity(room, name="Sångstund", when=["wed 10-11"])
    named("Bara Askim", districts=[askim])
    named("Samtal för alla")
    page = text(client.get("/foraldrastod/?plats=angered"))
    for shown in (
        "Du har kommit rätt.",
        "Nära Angered",
        "Hjällbo",
        "9.00–15.00",
        "Babymassage",
        "i dag 13.00–15.00",
        "031-390 06 04",
        "Sångstund",
        "Samtal för alla",
    ):
        assert shown in page, shown
    assert "Bara Askim" not in page


def test_courses_come_before_counselling_and_houses(client, angered):
    preschool(angered)
    named("ABC", kind="course", from_months=36)
    named("Samtal för alla")
    page = text(client.get("/foraldrastod/?plats=angered&alder=36"))
    parts = ("Kurser och grupper</h2>", "ABC", "Samtal för alla", "Närmaste husen</h2>")
    places = [page.index(part) for part in parts]
    assert places == sorted(places)
    assert page.count("ABC") == 1
    assert "vi vet inte när nästa börjar" in page
    assert "Just nu känner vi inte till någon grupp" not in page


def test_the_courses_on_a_topic_come_before_the_others(client, angered):
    make_activity(preschool(angered), name="Babymassage", admission="sign_up")
    named("ABC", kind="course", topics=[make_topic("Gränser")])
    about = text(client.get("/foraldrastod/?plats=angered&amne=granser"))
    assert about.index("ABC") < about.index("Babymassage")
    every = text(client.get("/foraldrastod/?plats=angered"))
    assert every.index("Babymassage") < every.index("ABC")


def test_a_district_without_a_centre_is_not_left_empty(client, angered, askim):
    room = preschool(angered)
    make_activity(room, name="Babymassage", admission="sign_up")
    make_line(slug="1177", number="1177", on_every_page=True)
    page = text(client.get("/foraldrastod/?plats=askim"))
    assert "I Askim finns ingen familjecentral ännu." in page
    assert "Hjällbo" in page
    assert "Det här startar eller fortsätter i hela Göteborg." in page
    assert "Babymassage" in page
    assert "tel:1177" in page


def test_nothing_known_at_all_still_leads_on(client):
    page = text(client.get("/foraldrastod/"))
    assert "Du har kommit rätt." in page
    assert "Fråga på en öppen förskola vad som startar härnäst." in page
    assert "De hjälper dig vidare." in page


def test_age_and_topic_are_chosen_and_taken_away_one_by_one(client, angered):
    separation, sleep = make_topic("Separation"), make_topic("Sömn")
    named("Familjerätten", topics=[separation])
    named("Sömnsamtal", topics=[sleep])
    make_guide(words={"title": "När ni ska separera"}, home_topic=separation)
    page = text(client.get("/foraldrastod/?plats=angered&alder=5&amne=separation"))
    assert "Familjerätten" in page
    assert "När ni ska separera" in page
    assert "Sömnsamtal" not in page
    assert 'href="?plats=angered&amp;alder=5#har"' in page
    assert 'href="?plats=angered&amp;amne=separation#har"' in page


def test_an_age_leaves_the_courses_and_sessions_for_it(client, angered):
    room = make_service_at_centre(centre=make_centre(district=angered, name="Hjällbo"))
    ages = {"min_age_months": 0, "max_age_months": 8, "siblings": "welcome"}
    make_schedule(room, slots=[("tue 11-12", {"label": "Babyöppet", **ages}), "tue 13-14"])
    make_activity(room, name="Massage", admission="sign_up", **ages)
    baby = text(client.get("/foraldrastod/?plats=angered&alder=5"))
    assert "Babyöppet" in baby
    assert "Massage" in baby
    toddler = text(client.get("/foraldrastod/?plats=angered&alder=24"))
    assert "11.00–12.00" not in toddler
    assert "13.00–14.00" in toddler
    assert "Massage" not in toddler


@pytest.mark.parametrize("junk", ["%00", "x" * 10_000, "<script>alert(1)</script>", "☃", "&plats="])
@pytest.mark.parametrize("name", ["plats", "alder", "amne"])
def test_junk_gives_a_page(client, angered, name, junk):
    named("Familjerätten", topics=[make_topic()])
    response = client.get(f"/foraldrastod/?{name}={junk}")
    assert response.status_code == 200
    assert "<script>alert" not in response.content.decode()


def test_an_unread_topic_and_age_are_named(client):
    page = text(client.get("/foraldrastod/?amne=finns-inte&alder=tre"))
    assert "Vi kunde inte läsa åldern och ämnet i adressen" in page


def test_pages_hold_for_a_minute_and_set_no_cookie(client):
    for path in ("/foraldrastod/", make_support_contact().get_absolute_url()):
        response = client.get(path)
        assert response["Cache-Control"] == "public, max-age=60"
        assert not response.cookies
    assert "private" in client.get("/foraldrastod/?alder=5")["Cache-Control"]
    assert client.get("/foraldrastod/finns-inte/").status_code == 404


@pytest.mark.parametrize("query", ["", "?plats=angered&alder=5&amne=somn"])
def test_a_page_of_much_asks_as_little_as_of_few(
    client, django_assert_num_queries, django_assert_max_num_queries, angered, query
):
    topic = make_topic("Sömn")

    def add(number):
        room = preschool(angered, name=f"Hus {number}")
        make_activity(room, admission="sign_up")
        make_activity(room, when=["wed 10-11"])
        make_support_contact(topics=[topic], districts=[angered] if number % 2 else [])
        make_guide(words={}, home_topic=topic)
        make_line(on_every_page=True)

    add(0)
    add(1)
    with django_assert_max_num_queries(80) as few:
        client.get(f"/foraldrastod/{query}")
    for number in range(2, 6):
        add(number)
    with django_assert_num_queries(len(few)):
        client.get(f"/foraldrastod/{query}")


# --- On other pages ------------------------------------------------------------------------------
def test_a_guide_shows_who_helps_outside_the_houses(client, angered, askim):
    guide = make_guide(words={})
    guide.contacts.set([named("Familjerådgivning"), named("I Askim", districts=[askim])])
    assert "Familjerådgivning" in text(client.get(guide.get_absolute_url()))
    near = text(client.get(f"{guide.get_absolute_url()}?plats=angered"))
    assert "Familjerådgivning" in near
    assert "I Askim" not in near


def test_a_topic_leads_to_its_flows_and_to_support(client):
    topic = make_topic("Parrelation")
    make_flow(graph(outcome("slut")), home_topic=topic)
    named("Familjerådgivning", topics=[topic])
    page = text(client.get(topic.get_absolute_url()))
    assert "Vem hjälper?" in page
    assert 'href="/foraldrastod/?amne=parrelation"' in page


def test_an_outcome_may_end_with_somebody_outside_the_houses(client, angered, askim):
    make_line(slug="kontaktcenter", number="031-365 00 00")
    named("Familjerådgivning", slug="familjeradgivning")
    named("I Askim", slug="i-askim", districts=[askim])
    ends = graph(outcome("slut", contacts=["familjeradgivning", "i-askim"]))
    flow = make_flow(ends, slug="vi-brakar")
    page = text(client.get("/vagledning/vi-brakar/?a=vad.slut&plats=angered"))
    assert "Familjerådgivning" in page
    assert "tel:0313650000" in page
    assert "I Askim" not in page
    assert problems_of(read(flow.versions.get().graph), TUESDAY) == []


def test_an_outcome_with_a_support_that_does_not_reach_every_district_is_no_help(angered, askim):
    named("I Askim", slug="i-askim", districts=[askim], phone="031-123 45 67")
    found = problems_of(read(graph(outcome("slut", contacts=["i-askim", "borta"]))), TUESDAY)
    assert "”borta”, som inte finns" in found[0]
    found = problems_of(read(graph(outcome("slut", contacts=["i-askim"]))), TUESDAY)
    assert "ingen att vända sig till i Angered" in found[0]


def test_a_sensitive_page_names_a_support_without_a_link(client):
    make_line(slug="kontaktcenter", number="031-365 00 00")
    crisis = named("Kriscentrum", slug="kriscentrum")
    make_flow(graph(outcome("slut", contacts=["kriscentrum"])), slug="hemma", is_sensitive=True)
    page = text(client.get("/vagledning/hemma/"))
    assert "Kriscentrum" in page
    assert crisis.get_absolute_url() not in page
