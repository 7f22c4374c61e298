import pytest
from django.urls import reverse

from tests.factories import make_centre, make_exception, make_notice, make_user

from .people import signed_in, words_of

pytestmark = pytest.mark.django_db


def test_visitor_is_sent_to_sign_in(client):
    response = client.get(reverse("staff:home"))
    assert response.status_code == 302
    assert response["Location"].startswith("/personal/logga-in/")


def test_account_that_is_no_staff_is_refused(client):
    client.force_login(make_user(is_staff=False))
    assert client.get(reverse("staff:home")).status_code == 403


def test_person_with_one_house_lands_on_it(client):
    mine = make_centre(name="Min")
    client.force_login(make_user(centres=[mine]))
    assert client.get(reverse("staff:home"))["Location"] == f"/personal/central/{mine.slug}/"


def test_person_with_several_houses_chooses_among_them(client):
    mine, also, other = make_centre(name="Min"), make_centre(name="Med"), make_centre(name="Annan")
    client.force_login(make_user(centres=[mine, also]))
    page = client.get(reverse("staff:home")).content.decode()
    assert mine.name in page
    assert also.name in page
    assert other.name not in page


def test_coordinator_chooses_among_all_with_the_own_first(client):
    make_centre(name="Backa")
    mine = make_centre(name="Torslanda")
    client.force_login(make_user("coordinator", centres=[mine]))
    page = client.get(reverse("staff:home")).content.decode()
    assert page.index("Torslanda") < page.index("Backa")


def test_person_without_a_house_is_told_what_to_do(client):
    client.force_login(make_user())
    assert "Be din samordnare" in client.get(reverse("staff:home")).content.decode()


@pytest.mark.parametrize(
    ("role", "told", "listed", "not_listed"),
    [
        ("communicator", "Du arbetar med texterna", ["service", "line"], ["familycentre"]),
        (
            "translator",
            "Du arbetar med texterna",
            ["service", "line", "confidentialityfact", "familycentre", "serviceatcentre"],
            [],
        ),
        ("reviewer", "Du granskar det som andra", [], ["service", "familycentre"]),
        ("coordinator", "Det finns ingen familjecentral ännu", [], ["service"]),
    ],
)
def test_role_without_a_house_is_led_to_its_work(client, role, told, listed, not_listed):
    client.force_login(make_user(role))
    page = client.get(reverse("staff:home")).content.decode()
    assert told in page
    assert "Be din samordnare" not in page
    assert [m for m in (*listed, *not_listed) if f'/{m}/"' in page] == listed


# --- My centre -----------------------------------------------------------------------------------
@pytest.mark.usefixtures("at_eight")
def test_each_person_meets_buttons_for_their_own_services(people, django_assert_max_num_queries):
    make_notice(people.centre, heading="Hissen är trasig")
    buttons = {
        "teacher": ["Stäng öppen förskola i dag"],
        "nurse": ["Stäng barnhälsovård (bvc) i dag", "Ändra dagens telefontid"],
        "coordinator": [
            "Stäng öppen förskola i dag",
            "Stäng barnhälsovård (bvc) i dag",
            "Ändra dagens telefontid",
            "Stäng hela huset i dag",
        ],
    }
    every = buttons["coordinator"]
    for who, expected in buttons.items():
        client = signed_in(getattr(people, who))
        with django_assert_max_num_queries(32):
            page = words_of(client.get(people.home))
        assert [button for button in every if button in page] == expected
        assert "Läsarna ser: Öppnar 9.00" in page or who == "nurse"
        assert "Hissen är trasig" in page


@pytest.mark.usefixtures("at_eight")
def test_change_of_the_house_is_shown_to_all(people):
    make_exception(people.centre, reason="premises")
    page = words_of(signed_in(people.teacher).get(people.home))
    assert "Hela huset: Stängt (problem i lokalen)" in page


def test_house_of_others_is_refused(people):
    assert signed_in(people.stranger).get(people.home).status_code == 403


def test_house_that_does_not_exist_is_not_found(people):
    assert signed_in(people.teacher).get("/personal/central/finns-inte/").status_code == 404
