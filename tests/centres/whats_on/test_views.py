"""The programme and the page of an activity, as readers get them."""

import pytest
import time_machine

from tests.factories import (
    make_activity,
    make_centre,
    make_change,
    make_confirmation,
    make_district,
    make_schedule,
    make_service_at_centre,
    make_venue,
    stockholm,
)

pytestmark = pytest.mark.django_db
MONDAY = stockholm(2026, 11, 23, 10)


@pytest.fixture(autouse=True)
def a_monday_morning():
    with time_machine.travel(MONDAY, tick=False):
        yield


def text(response):
    return " ".join(response.content.decode().replace("\N{WORD JOINER}", "").split())


def test_empty_programme_says_so(client):
    page = text(client.get("/det-hander/"))
    assert "Inget är på gång de här dagarna, så vitt vi vet." in page


@pytest.fixture
def hjallbo():
    """An open preschool with a labelled slot and an activity at a library, confirmed."""
    district = make_district("Angered")
    centre = make_centre(name="Familjecentralen Hjällbo", slug="hjallbo", district=district)
    room = make_service_at_centre("open_preschool", centre=centre, phone="031-12 34 56")
    make_schedule(
        room, slots=["mon 9-15", ("tue 9-11", {"label": "Babyöppet", "max_age_months": 8})]
    )
    make_confirmation(room, fact_group="hours", channel="drop_in", confirmed_at=MONDAY)
    make_confirmation(room, fact_group="activities", channel="", confirmed_at=MONDAY)
    return room


@pytest.fixture
def sagor(hjallbo):
    venue = make_venue(name="Hjällbo bibliotek", district=hjallbo.centre.district)
    return make_activity(
        hjallbo,
        name="Sagor",
        venue=venue,
        when=["thu 10-11 odd"],
        languages=["ar", "sv"],
        max_age_months=71,
        siblings="welcome",
        cost=0,
        bring="En filt.",
    )


def test_programme_shows_slots_and_activities_in_one_list(client, hjallbo, sagor):
    page = text(client.get("/det-hander/?nar=2026-v49"))
    assert "Vecka 49, 30 november–6 december" in page
    assert page.index("Tisdag 1 december") < page.index("Babyöppet") < page.index("Torsdag 3")
    assert page.index("Torsdag 3 december") < page.index("Sagor") < page.index("Hjällbo bibliotek")
    assert 'href="/familjecentraler/hjallbo/"' in page
    assert "10.00–11.00" in page
    for fact in ("0–8 månader", "på arabiska och svenska", "syskon är välkomna"):
        assert fact in page
    assert "utan anmälan" in page
    assert "ring före besök" not in page


def test_cancelled_stays_struck_and_explained_until_its_time_has_passed(client, sagor):
    make_change(sagor, "2026-12-03 10", reason="illness", note="Bibliotekarien är sjuk.")
    at = {"nar": "2026-12-03"}
    page = text(client.get("/det-hander/", at))
    assert "<del>10.00–11.00</del>" in page
    assert "Inställt:" in page
    assert "Bibliotekarien är sjuk." in page
    with time_machine.travel(stockholm(2026, 12, 3, 10, 59), tick=False):
        assert "Bibliotekarien är sjuk." in text(client.get("/det-hander/?nar=idag"))
    with time_machine.travel(stockholm(2026, 12, 3, 11), tick=False):
        assert "Bibliotekarien är sjuk." not in text(client.get("/det-hander/?nar=idag"))


def test_moved_says_from_and_to(client, sagor):
    make_change(sagor, "2026-12-03 10", to="2026-12-04 13-14")
    page = text(client.get("/det-hander/?nar=2026-v49"))
    assert "Till fredag 4 december kl. 13.00–14.00." in page
    assert "Flyttat från torsdag 3 december kl. 10.00–11.00." in page


def test_stale_and_unconfirmed_say_so(client, hjallbo):
    hjallbo.confirmations.update(confirmed_at=stockholm(2026, 1, 1))
    make_activity(hjallbo, name="Julpyssel", when=["2026-12-24 10-11"])
    assert "<strong>ring före besök</strong>" in text(client.get("/det-hander/?nar=2026-12-01"))
    page = text(client.get("/det-hander/?nar=2026-12-24"))
    assert "Ingen har sagt än om det blir av på julafton." in page


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({}, ["Babyöppet", "Sagor"]),
        ({"alder": "5"}, ["Babyöppet", "Sagor"]),
        ({"alder": "20"}, ["Sagor"]),
        ({"alder": "gravid"}, []),
        ({"sprak": "ar"}, ["Sagor"]),
        ({"grupp": "dads"}, []),
        ({"dag": "tisdag"}, ["Babyöppet"]),
        ({"tid": "formiddag"}, ["Babyöppet", "Sagor"]),
        ({"tid": "eftermiddag"}, []),
        ({"dropin": "1"}, ["Babyöppet", "Sagor"]),
        ({"hus": "hjallbo"}, ["Babyöppet", "Sagor"]),
        ({"verksamhet": "child-health-care"}, []),
        ({"plats": "Angered"}, ["Babyöppet", "Sagor"]),
        ({"plats": "Centrum"}, []),
    ],
)
def test_filters_sieve_and_can_be_taken_away(client, hjallbo, sagor, query, found):
    make_service_at_centre(
        "child_health_care", centre=make_centre(district=make_district("Centrum"))
    )
    page = text(client.get("/det-hander/", {"nar": "2026-v49", **query}))
    listed = [name for name in ("Babyöppet", "Sagor") if f">{name}</a>" in page]
    assert listed == found
    if query:
        assert "Ta bort" in page


@pytest.mark.parametrize(
    ("query", "says"),
    [
        ("dag=tisdag&tid=eftermiddag", "Ny tid"),
        ("dag=torsdag&tid=formiddag", "Flyttat"),
        ("dag=tisdag&tid=formiddag", ""),
    ],
)
def test_moved_date_is_found_by_both_its_weekdays_and_hours(client, sagor, query, says):
    make_change(sagor, "2026-12-03 10", to="2026-12-08 13-14")
    page = text(client.get(f"/det-hander/?nar=2026-12&sprak=ar&{query}"))
    assert ("Sagor</" in page) == bool(says)
    assert says in page


def test_nothing_found_says_what_to_loosen_and_what_comes_next(client, sagor):
    page = text(client.get("/det-hander/?nar=2026-v48&sprak=ar"))
    assert "Inget passar det du har valt" in page
    assert "Nästa som passar: Torsdag 3 december" in page
    page = text(client.get("/det-hander/?nar=2026-v49&sprak=ar&grupp=dads&hus=hjallbo"))
    assert "Ta bort ”Särskilt för pappor”" in page.replace("”särskilt", "”Särskilt")
    assert "Ta bort ”på arabiska”" not in page


def test_month_has_a_calendar_of_links(client, sagor):
    page = text(client.get("/det-hander/?nar=2026-12&sprak=ar"))
    assert 'href="?nar=2026-12-03&amp;sprak=ar#resultat"' in page
    assert 'href="?nar=2026-12-04&amp;sprak=ar#resultat"' not in page


def test_more_than_fits_leads_to_the_days(client, hjallbo):
    for hour in range(8, 20):
        make_activity(
            hjallbo,
            when=[f"{day} {hour}-{hour + 1}" for day in ("mon", "tue", "wed", "thu", "fri")],
        )
    page = text(client.get("/det-hander/?nar=2026-v49"))
    assert "Det händer mer än vad som får plats här." in page
    assert 'id="dag-2026-12-01"' in page
    assert 'id="dag-2026-12-02"' not in page, "of which only a part would fit"
    assert 'href="?nar=2026-12-01#resultat"' not in page
    assert 'href="?nar=2026-12-02#resultat"' in page
    assert 'href="?nar=2026-12-04#resultat"' in page
    page = text(client.get("/det-hander/?nar=2026-v49&hus=hjallbo"))
    assert 'id="dag-2026-12-03"' in page
    assert "programme--full" in page, "printed small"
    for _ in range(4):
        make_activity(hjallbo, when=[f"thu {hour}-{hour + 1}" for hour in range(8, 20)])
    page = text(client.get("/det-hander/?nar=2026-12-03"))
    assert "sida=2" in page
    assert "Sida 2" in text(client.get("/det-hander/?nar=2026-12-03&sida=2"))


def test_programme_may_be_kept_to_the_end_of_the_minute(client, sagor):
    assert client.get("/det-hander/")["Cache-Control"] == "public, max-age=60"
    assert "private" in client.get("/det-hander/?alder=5")["Cache-Control"]


@pytest.mark.parametrize(
    "query", ["", "?nar=idag", "?nar=2026-12", "?plats=Angered&alder=5&tid=formiddag"]
)
def test_programme_asks_as_little_for_many_as_for_few(
    client, django_assert_num_queries, django_assert_max_num_queries, hjallbo, sagor, query
):
    make_change(sagor, "2026-12-03 10")
    nurse = make_service_at_centre("child_health_care", centre=hjallbo.centre)
    make_activity(hjallbo, when=["mon 11-12", "tue 9-10"], with_rooms=[nurse])
    with django_assert_max_num_queries(45) as few:
        client.get(f"/det-hander/{query}")
    for _ in range(5):
        room = make_service_at_centre(
            "open_preschool", centre=make_centre(district=hjallbo.centre.district)
        )
        make_schedule(room, slots=[("tue 9-11", {"label": "Babyöppet", "max_age_months": 8})])
        make_activity(room, when=["mon 11-12", "thu 10-11"], with_rooms=[hjallbo])
        make_change(make_activity(room, when=["tue 9-10"]), "2026-11-24 9")
    with django_assert_num_queries(len(few)):
        client.get(f"/det-hander/{query}")


# --- An activity -------------------------------------------------------------------------------
def test_activity_spells_out_its_dates_place_and_facts(client, sagor):
    make_change(sagor, "2026-12-03 10", reason="illness")
    page = text(client.get(f"/det-hander/{sagor.pk}/"))
    assert "Torsdagar 10–11, udda veckor, till och med 31 december 2026." in page
    for said in (
        "<del>Torsdag 3 december kl. 10.00–11.00</del>",
        "Torsdag 17 december kl. 10.00–11.00",
        "Hjällbo bibliotek",
        "En filt.",
        "På arabiska och svenska",
        "Gratis",
        "Du behöver inte anmäla dig.",
    ):
        assert said in page


@pytest.mark.parametrize(
    ("change", "status"),
    [
        ({}, "EventScheduled"),
        ({"reason": "illness"}, "EventCancelled"),
        ({"to": "2026-11-27 13-14"}, "EventRescheduled"),
    ],
)
def test_activity_as_schema_org(client, sagor, change, status):
    if change:
        make_change(sagor, "2026-12-03 10", **change)
    page = client.get(f"/det-hander/{sagor.pk}/").content.decode()
    assert f'"eventStatus": "https://schema.org/{status}"' in page
    assert '"isAccessibleForFree": true' in page
    assert '"price": 0' in page


def test_drafts_and_houses_without_a_page_have_no_activity_page(client, sagor, hjallbo):
    draft = make_activity(hjallbo, status="draft")
    assert client.get(f"/det-hander/{draft.pk}/").status_code == 404
    hjallbo.centre.status = "idea"
    hjallbo.centre.save()
    assert client.get(f"/det-hander/{sagor.pk}/").status_code == 404
    assert client.get("/det-hander/inte-en-aktivitet/").status_code == 404


def test_activity_over_says_that_nothing_is_planned(client, hjallbo):
    over = make_activity(hjallbo, when=["2026-01-08 10-11"])
    assert "Inga kommande datum är bestämda." in text(client.get(f"/det-hander/{over.pk}/"))


def test_activity_asks_as_little_for_many_dates_as_for_few(
    client, django_assert_num_queries, django_assert_max_num_queries, hjallbo, sagor
):
    with django_assert_max_num_queries(40) as few:
        client.get(f"/det-hander/{sagor.pk}/")
    busy = make_activity(
        hjallbo, venue=sagor.venue, when=[f"{day} 9-10" for day in ("mon", "tue", "wed")]
    )
    with django_assert_num_queries(len(few)):
        client.get(f"/det-hander/{busy.pk}/")


def test_activity_at_home_asks_as_little_for_many_dates_as_for_one(
    client, django_assert_num_queries, django_assert_max_num_queries, hjallbo
):
    once = make_activity(hjallbo, when=["2026-12-03 10-11"])
    often = make_activity(hjallbo, when=["mon 9-10", "tue 9-10", "wed 9-10"])
    with django_assert_max_num_queries(40) as few:
        client.get(f"/det-hander/{once.pk}/")
    with django_assert_num_queries(len(few)):
        client.get(f"/det-hander/{often.pk}/")
