"""Sessions: listed, ended, and ended by themselves when the account changes."""

import pytest
from allauth.usersessions.models import UserSession
from django.test import Client

from familjeportal.accounts.sessions import end_sessions
from familjeportal.accounts.templatetags.sign_in import browser, in_fours
from tests.factories import make_user
from tests.second_factor import code_of

pytestmark = pytest.mark.django_db

LIST = "/personal/konto/enheter/"
PASSWORD = "korsbär-och-kanel-7"
PHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) Version/19.0 Safari/604.1"
LAPTOP = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0"


def signed_in(user, agent=LAPTOP) -> Client:
    client = Client(headers={"User-Agent": agent})
    client.post("/personal/logga-in/", {"login": user.email, "password": PASSWORD})
    client.post("/personal/logga-in/kod/", {"code": code_of(user)})
    return client


@pytest.fixture
def user():
    return make_user(password=PASSWORD)


def is_in(client) -> bool:
    return client.get("/personal/").status_code == 200


def test_devices_are_listed_and_the_others_signed_out(user):
    laptop, phone = signed_in(user), signed_in(user, PHONE)
    html = laptop.get(LIST).content.decode()
    assert "Firefox på Windows" in html
    assert "Safari på iPhone" in html
    assert "127.0.0.1" not in html
    laptop.post(LIST)
    assert is_in(laptop)
    assert not is_in(phone)
    assert UserSession.objects.filter(user=user).count() == 1


def test_nobody_sees_or_ends_the_devices_of_others(user):
    theirs, mine = signed_in(make_user(password=PASSWORD), PHONE), signed_in(user)
    assert "iPhone" not in mine.get(LIST).content.decode()
    mine.post(LIST)
    assert is_in(theirs)


def test_one_device_is_signed_out_by_itself(user):
    laptop, phone, tablet = signed_in(user), signed_in(user, PHONE), signed_in(user, "iPad")
    lost = UserSession.objects.get(user_agent=PHONE)
    page = laptop.get(LIST).content.decode()
    assert page.count("/logga-ut/") == 2 + page.count('"/personal/logga-ut/"'), "not the own one"
    for said in ("Enheten är utloggad.", "Enheten var redan utloggad."):
        answer = laptop.post(f"{LIST}{lost.pk}/logga-ut/", follow=True)
        assert said in answer.content.decode()
    assert [is_in(client) for client in (laptop, phone, tablet)] == [True, False, True]


def test_one_device_of_others_or_the_own_is_not_ended_so(user):
    other = make_user(password=PASSWORD)
    theirs, mine = signed_in(other, PHONE), signed_in(user)
    for session in UserSession.objects.all():
        assert mine.post(f"{LIST}{session.pk}/logga-ut/").status_code == 302
    assert mine.get(f"{LIST}1/logga-ut/").status_code == 405
    assert is_in(theirs)
    assert is_in(mine)


def test_no_network_address_is_kept(user):
    signed_in(user)
    assert {session.ip for session in UserSession.objects.all()} == {"0.0.0.0"}  # noqa: S104


@pytest.mark.parametrize("listed", [True, False])
def test_sessions_are_ended_everywhere(user, listed):
    client = signed_in(user)
    if not listed:
        UserSession.objects.all().delete()
    end_sessions(user)
    assert not is_in(client)
    assert is_in(signed_in(user))


@pytest.mark.parametrize(
    "change",
    [{"role": "coordinator"}, {"is_active": False}, {"is_staff": False}, {"is_superuser": True}],
)
def test_session_ends_when_what_the_account_may_do_changes(user, change):
    client = signed_in(user)
    type(user).objects.filter(pk=user.pk).update(**change)
    assert not is_in(client)


def test_session_outlives_a_new_name(user):
    client = signed_in(user)
    type(user).objects.filter(pk=user.pk).update(first_name="Alva")
    assert is_in(client)


@pytest.mark.parametrize(
    ("agent", "words"),
    [
        (PHONE, "Safari på iPhone"),
        (LAPTOP, "Firefox på Windows"),
        ("Mozilla/5.0 (Linux; Android 16) Chrome/150.0 Mobile Safari/537.36", "Chrome på Android"),
        ("Mozilla/5.0 (Windows NT 10.0) Chrome/150.0 Safari/537.36 Edg/150.0", "Edge på Windows"),
        ("", "Okänd webbläsare"),
    ],
)
def test_browser_is_named_in_words(agent, words):
    assert browser(agent) == words


def test_code_is_shown_in_fours():
    assert in_fours("12345678") == "1234 5678"
