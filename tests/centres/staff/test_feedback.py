"""The list of what readers have reported: whose it is, and what became of it."""

import pytest
from django.urls import reverse

from tests.factories import (
    make_centre,
    make_feedback,
    make_organisation,
    make_service_at_centre,
    make_user,
    stockholm,
)

pytestmark = pytest.mark.django_db
LIST = reverse("staff:feedback")


@pytest.fixture(autouse=True)
def clock(time_machine):
    time_machine.move_to(stockholm(2026, 11, 24, 10), tick=False)


@pytest.fixture
def rows():
    """One about each kind of thing, by name."""
    house, city = make_centre(name="Familjecentralen Hjällbo"), make_organisation()
    region = make_organisation("Regionen", kind="region")
    preschool = make_service_at_centre(centre=house, organisation=city)
    clinic = make_service_at_centre("child_health_care", centre=house, organisation=region)
    nobodys = make_service_at_centre("library", centre=house, organisation=None)
    elsewhere = make_service_at_centre(organisation=city)
    return {
        "house": make_feedback(house, text="ord om huset"),
        "preschool": make_feedback(preschool, text="ord om förskolan"),
        "clinic": make_feedback(clinic, text="ord om bvc"),
        "nobody's": make_feedback(nobodys, text="ord om biblioteket"),
        "elsewhere": make_feedback(elsewhere, text="ord om en annan"),
        "other house": make_feedback(elsewhere.centre, text="ord om ett annat hus"),
    }


def person(rows, who):
    house = rows["house"].centre
    return {
        "teacher": lambda: make_user(centres=[house], organisations=[make_organisation()]),
        "nurse": lambda: make_user(centres=[house], organisations=[make_organisation("Regionen")]),
        "house only": lambda: make_user(centres=[house]),
        "stranger": lambda: make_user(organisations=[make_organisation()]),
        "coordinator": lambda: make_user("coordinator"),
        "administrator": lambda: make_user("administrator"),
    }[who]()


SEEN = {
    "teacher": {"house", "preschool"},
    "nurse": {"house", "clinic"},
    "house only": {"house"},
    "stranger": set(),
    "coordinator": {"house", "preschool", "clinic", "nobody's", "elsewhere", "other house"},
    "administrator": {"house", "preschool", "clinic", "nobody's", "elsewhere", "other house"},
}


def detail(row) -> str:
    return reverse("staff:feedback_detail", args=[row.pk])


def answer(client, row, **fields):
    return client.post(detail(row), {"status": "fixed", "seen": row.version, **fields})


@pytest.mark.parametrize("who", SEEN)
def test_each_sees_and_handles_what_they_may_put_right(client, rows, who):
    client.force_login(person(rows, who))
    page = client.get(LIST).content.decode()
    admin = client.get(reverse("admin:centres_feedback_changelist")).content.decode()
    for name, row in rows.items():
        is_seen = name in SEEN[who]
        assert (row.text in page) == is_seen, name
        assert (str(row.pk) in admin) == is_seen, name
        assert (client.get(detail(row)).status_code == 200) == is_seen, name
        assert answer(client, row).status_code == (302 if is_seen else 404), name
        row.refresh_from_db()
        assert (row.status == "fixed") == is_seen, name


@pytest.mark.parametrize("who", SEEN)
def test_admin_neither_shows_nor_changes_what_is_others(client, rows, who):
    client.force_login(person(rows, who))
    for name, row in rows.items():
        url = reverse("admin:centres_feedback_change", args=[row.pk])
        is_seen = name in SEEN[who]
        assert (client.get(url).status_code == 200) == is_seen, name
        client.post(url, {"status": "dismissed", "note": ""})
        row.refresh_from_db()
        assert row.status == "new", name


def test_visitors_and_others_are_kept_out(client, rows):
    for url in (LIST, detail(rows["house"])):
        assert client.get(url)["Location"].startswith("/personal/logga-in/")
    client.force_login(make_user("administrator", is_staff=False))
    for url in (LIST, detail(rows["house"])):
        assert client.get(url).status_code == client.post(url).status_code == 403


def test_form_of_staff_needs_its_token(rows):
    from django.test import Client

    client = Client(enforce_csrf_checks=True)
    client.force_login(make_user("coordinator"))
    assert answer(client, rows["house"]).status_code == 403


def test_list_shows_the_new_ones_newest_first_and_all_on_request(client, rows):
    make_feedback(rows["house"].centre, text="nyss kommet", received_at=stockholm(2026, 11, 24, 9))
    client.force_login(make_user("coordinator"))
    answer(client, rows["clinic"], note="Rättat i går")
    page = client.get(LIST).content.decode()
    assert page.index("nyss kommet") < page.index("ord om huset")
    assert "ord om bvc" not in page
    page = client.get(LIST, {"visa": "alla", "sida": "x"}).content.decode()
    assert "ord om bvc" in page
    assert "Åtgärdad" in page


def test_page_of_one_leads_to_what_it_is_about_and_to_its_form(client, rows):
    client.force_login(make_user("coordinator"))
    room = rows["clinic"].service_at_centre
    page = client.get(detail(rows["clinic"])).content.decode()
    assert f'href="{room.centre.get_absolute_url()}#{room.service.slug}"' in page
    assert reverse("admin:centres_serviceatcentre_change", args=[room.pk]) in page
    page = client.get(detail(rows["house"])).content.decode()
    assert reverse("admin:centres_familycentre_change", args=[room.centre.pk]) in page


def test_second_to_answer_sees_both(client, rows):
    client.force_login(make_user("coordinator"))
    row = rows["house"]
    answer(client, row, note="Skylten är rättad")
    page = answer(client, row, status="dismissed", note="Stämmer redan").content.decode()
    assert "Någon annan har ändrat" in page
    assert "Skylten är rättad" in page
    assert "Stämmer redan" in page
    row.refresh_from_db()
    assert answer(client, row, status="dismissed", note="Stämmer redan").status_code == 302


def test_answer_sent_twice_is_no_conflict_with_oneself(client, rows):
    client.force_login(make_user("coordinator"))
    for more in ({}, {"forget": "on"}):
        page = client.get(detail(rows["house"]))
        seen = page.context["form"]["seen"].value()
        data = {"status": "fixed", "note": "Skylten är rättad", "seen": seen, **more}
        answers = [client.post(detail(rows["house"]), data) for _ in range(2)]
        assert [sent.status_code for sent in answers] == [302, 302]


@pytest.mark.parametrize("junk", ["", "x", "\0", "9" * 600])
def test_junk_is_refused_with_what_to_do(client, rows, junk):
    client.force_login(make_user("coordinator"))
    data = dict.fromkeys(("status", "note", "seen", "forget"), junk)
    assert "Välj ett läge." in client.post(detail(rows["house"]), data).content.decode()
    assert client.get(f"{LIST}?sida={junk}&visa={junk}").status_code == 200


def test_home_says_how_many_are_new(client, rows):
    client.force_login(person(rows, "teacher"))
    assert "2 nya" in client.get(reverse("staff:home"), follow=True).content.decode()
    answer(client, rows["house"])
    assert "1 ny<" in client.get(reverse("staff:home"), follow=True).content.decode()


def test_longer_list_asks_the_database_no_more(client, rows, django_assert_max_num_queries):
    client.force_login(make_user("coordinator"))
    with django_assert_max_num_queries(12) as few:
        client.get(LIST)
    for _ in range(20):
        make_feedback(make_service_at_centre())
    with django_assert_max_num_queries(len(few)):
        client.get(LIST)
