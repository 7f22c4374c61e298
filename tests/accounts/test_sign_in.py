"""Signing in with password and second step, and what is refused."""

import re
from threading import Event, Thread

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from familjeportal.accounts import second_factor
from familjeportal.accounts.adapter import SentAside
from familjeportal.accounts.models import User
from tests.factories import make_user
from tests.second_factor import code_of

pytestmark = pytest.mark.django_db

LOGIN, CODE, ACCOUNT = "/personal/logga-in/", "/personal/logga-in/kod/", "/personal/konto/"
PASSWORD = "korsbär-och-kanel-7"


@pytest.fixture
def teacher():
    return make_user(email="larare@goteborg.example", password=PASSWORD)


def type_password(client, user, path=LOGIN, **fields):
    return client.post(path, {"login": user.email, "password": PASSWORD, **fields})


def sign_in(client, user, **fields):
    type_password(client, user, **fields)
    return client.post(CODE, {"code": code_of(user), **fields})


# --- The way in -----------------------------------------------------------------------------------
def test_password_and_code_lead_to_ones_own_centre(client, teacher):
    assert type_password(client, teacher).url == CODE
    assert client.get("/personal/").status_code == 302  # not yet
    assert client.post(CODE, {"code": code_of(teacher)}).url == "/personal/"
    assert client.get("/personal/").status_code == 200


def test_sign_in_leads_on_to_the_page_that_was_asked_for(client, teacher):
    page = client.get("/admin/centres/", follow=True)
    assert 'name="next" value="/admin/centres/"' in page.content.decode()
    assert sign_in(client, teacher, next="/admin/centres/").url == "/admin/centres/"


def test_recovery_code_passes_the_second_step_once(client, teacher):
    code, *_others = second_factor.renew_recovery_codes(teacher)
    type_password(client, teacher)
    assert client.post(CODE, {"code": f"{code[:4]} {code[4:]}"}).url == "/personal/"
    client.post("/personal/logga-ut/")
    type_password(client, teacher)
    assert "stämmer inte" in client.post(CODE, {"code": code}).content.decode()
    assert client.get("/personal/").status_code == 302


def test_code_of_the_app_passes_once(client, teacher):
    code = code_of(teacher)
    type_password(client, teacher)
    client.post(CODE, {"code": code})
    other = Client()
    type_password(other, teacher)
    assert "stämmer inte" in other.post(CODE, {"code": code}).content.decode()
    assert other.get("/personal/").status_code == 302


def test_code_is_refused_long_after_one_period_too(client, teacher, time_machine):
    time_machine.move_to("2026-11-23T08:00:01Z", tick=False)
    code = code_of(teacher)
    type_password(client, teacher)
    assert client.post(CODE, {"code": code}).status_code == 302
    time_machine.move_to("2026-11-23T08:00:45Z", tick=False)  # the period after still counts
    other = Client()
    type_password(other, teacher)
    assert other.post(CODE, {"code": code}).status_code == 200


# --- What is refused ------------------------------------------------------------------------------
@pytest.mark.parametrize("where", ["https://other.example/", "//other.example/", "javascript:x"])
def test_sign_in_leads_to_no_other_site(client, teacher, where):
    answer = sign_in(client, teacher, next=where)
    assert answer.url == "/personal/"


@pytest.mark.parametrize(
    ("path", "data"),
    [
        (LOGIN, {"login": "a@b.example", "password": "x"}),
        ("/personal/logga-in/passnyckel/", {"credential": "{}"}),
        ("/personal/nytt-losenord/", {"email": "a@b.example"}),
    ],
)
def test_form_without_its_token_is_refused(path, data):
    assert Client(enforce_csrf_checks=True).post(path, data).status_code == 403


@pytest.mark.parametrize(
    "path",
    ["app/", "app/ta-bort/", "losenord/", "reservkoder/nya/", "enheter/", "passnycklar/ny/"],
)
def test_change_of_ones_account_without_the_forms_token_is_refused(teacher, path):
    client = Client(enforce_csrf_checks=True)
    client.force_login(teacher)
    assert client.post(ACCOUNT + path, {}).status_code == 403


def test_session_from_before_the_sign_in_is_not_the_one_after(client, teacher):
    client.get(LOGIN)
    type_password(client, teacher)
    planted = client.session.session_key
    client.post(CODE, {"code": code_of(teacher)})
    assert client.session.session_key != planted
    thief = Client()
    thief.cookies["sessionid"] = planted
    assert thief.get("/personal/").status_code == 302


def test_deactivated_account_gets_no_further(client):
    user = make_user(password=PASSWORD, is_active=False)
    assert type_password(client, user).url == "/personal/logga-in/ej-i-bruk/"
    assert "inte i bruk" in client.get("/personal/logga-in/ej-i-bruk/").content.decode()


def test_second_step_without_the_first_is_sent_back(client, teacher):
    assert client.get(CODE).url == LOGIN
    assert client.post(CODE, {"code": code_of(teacher)}).url == LOGIN


@pytest.mark.parametrize(
    "path", ["", "losenord/", "app/", "reservkoder/", "passnycklar/", "enheter/"]
)
def test_visitor_is_sent_to_the_sign_in(client, path):
    assert client.get(ACCOUNT + path).url.startswith(LOGIN)


@pytest.mark.parametrize(
    "path", ["/personal/konto/e-post/", "/accounts/signup/", "/accounts/email/"]
)
def test_what_the_portal_does_not_use_has_no_address(client, path):
    assert client.get(path).status_code == 404


@pytest.mark.parametrize(
    "credential",
    [
        "x",
        "[]",
        "{}",
        '"text"',
        '{"id": "AA", "rawId": "AA", "type": "public-key", "response": {}}',
        '{"id": "AA", "rawId": "AA", "type": "public-key", "response": {"clientDataJSON": "e30",'
        ' "authenticatorData": "AA", "signature": "AA",'
        ' "userHandle": "OTk5OTk5OTk5OTk5OTk5OTk5OTk5"}}',
    ],
)
def test_junk_for_a_passkey_opens_nothing(client, teacher, credential):
    client.get("/personal/logga-in/passnyckel/", headers={"Accept": "application/json"})
    answer = client.post("/personal/logga-in/passnyckel/", {"credential": credential})
    assert answer.url == LOGIN
    type_password(client, teacher)
    answer = client.post(CODE, {"credential": credential})
    assert answer.status_code == 200
    assert client.get("/personal/").status_code == 302


# --- Limits ---------------------------------------------------------------------------------------
def test_guessing_the_code_is_stopped(client, teacher):
    type_password(client, teacher)
    for _ in range(5):
        client.post(CODE, {"code": "000000"})
    answer = client.post(CODE, {"code": code_of(teacher)})
    assert "För många försök" in answer.content.decode()
    assert client.get("/personal/").status_code == 302


def test_guessing_the_password_of_one_account_is_stopped(client, teacher):
    for _ in range(5):
        client.post(LOGIN, {"login": teacher.email, "password": "fel"})
    assert "För många försök" in type_password(client, teacher).content.decode()


def test_asking_for_many_new_passwords_is_stopped(client, teacher, mailoutbox):
    answers = [
        client.post("/personal/nytt-losenord/", {"email": teacher.email}).status_code
        for _ in range(6)
    ]
    assert answers[-1] == 429
    assert len(mailoutbox) == 5


# --- Passwords ------------------------------------------------------------------------------------
def test_forgotten_password_is_replaced_by_mail_and_ends_every_session(client, teacher, mailoutbox):
    elsewhere = Client()
    elsewhere.force_login(teacher)
    client.post("/personal/nytt-losenord/", {"email": teacher.email}, headers={"Host": "127.0.0.1"})
    link = re.search(r"http://localhost/\S+", mailoutbox[0].body).group()
    form = client.get(link.removeprefix("http://localhost"), follow=True)
    new = {"password1": "plommon-och-peppar-8", "password2": "plommon-och-peppar-8"}
    assert client.post(form.redirect_chain[-1][0], new).url == "/personal/nytt-losenord/klart/"
    assert User.objects.get(pk=teacher.pk).check_password("plommon-och-peppar-8")
    assert elsewhere.get("/personal/").status_code == 302
    assert client.get("/personal/").status_code == 302  # the second step is still asked for
    assert "gäller inte" in client.get(link.removeprefix("http://localhost")).content.decode()
    assert mailoutbox[1].subject == "Familjeportalen: Ditt lösenord är bytt"
    assert "127.0.0.1" not in mailoutbox[1].body


def test_address_without_account_is_answered_the_same_and_gets_no_mail(client, teacher):
    known = client.post("/personal/nytt-losenord/", {"email": teacher.email})
    mail.outbox.clear()
    unknown = client.post("/personal/nytt-losenord/", {"email": "ingen@goteborg.example"})
    assert (known.status_code, known.url) == (unknown.status_code, unknown.url)
    assert mail.outbox == []


def test_own_password_is_changed_and_other_devices_signed_out(client, teacher):
    sign_in(client, teacher)
    elsewhere = Client()
    elsewhere.force_login(teacher)
    new = {"password1": "plommon-och-peppar-8", "password2": "plommon-och-peppar-8"}
    path = ACCOUNT + "losenord/"
    refused = client.post(path, {"oldpassword": "fel", **new})
    assert "stämmer inte" in refused.content.decode()
    assert client.post(path, {"oldpassword": PASSWORD, **new}).status_code == 302
    assert client.get("/personal/").status_code == 200
    assert elsewhere.get("/personal/").status_code == 302


def test_admins_own_page_for_passwords_leads_to_ours(client, teacher):
    client.force_login(teacher)
    assert client.get("/admin/password_change/").url == ACCOUNT + "losenord/"


def test_mail_server_that_does_not_answer_tells_no_address(client, monkeypatch):
    def silent(*_args, **_kwargs):
        raise OSError("no answer")

    monkeypatch.setattr("django.core.mail.message.EmailMessage.send", silent)
    known = make_user(email="finns@goteborg.example")
    answers = [
        client.post(reverse("account_reset_password"), {"email": address})
        for address in (known.email, "finns.inte@goteborg.example")
    ]
    assert [answer.status_code for answer in answers] == [302, 302]
    assert answers[0].url == answers[1].url


def test_slow_mail_server_keeps_nobody_waiting(client, monkeypatch):
    """Else the seconds would tell which addresses have an account."""
    begun, may_end = Event(), Event()

    def slow(*_args, **_kwargs):
        begun.set()
        may_end.wait(10)

    monkeypatch.setattr("django.core.mail.message.EmailMessage.send", slow)
    monkeypatch.setattr(SentAside, "start", Thread.start)
    known = make_user(email="finns@goteborg.example")
    answer = client.post(reverse("account_reset_password"), {"email": known.email})
    assert answer.status_code == 302
    assert begun.wait(10)
    may_end.set()
