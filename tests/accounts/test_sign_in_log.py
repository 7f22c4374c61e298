"""What is written down of signing in, and what never is."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from familjeportal.accounts import second_factor, sign_in_log
from familjeportal.accounts.models import SignInEvent
from tests.factories import make_user
from tests.second_factor import code_of

pytestmark = pytest.mark.django_db

LOGIN, CODE = "/personal/logga-in/", "/personal/logga-in/kod/"
PASSWORD = "korsbär-och-kanel-7"


@pytest.fixture
def teacher():
    return make_user(password=PASSWORD)


def written() -> list[tuple]:
    return [(e.user, e.what, e.how) for e in SignInEvent.objects.order_by("pk")]


def test_sign_in_is_written_down_with_its_steps(client, teacher):
    client.post(LOGIN, {"login": teacher.email, "password": PASSWORD})
    assert written() == []
    client.post(CODE, {"code": code_of(teacher)})
    assert written() == [(teacher, "signed_in", "password+totp")]
    assert SignInEvent.objects.get().how_text == "lösenord och kod ur appen"


def test_refused_sign_ins_name_the_account_but_never_what_was_typed(client, teacher):
    client.post(LOGIN, {"login": teacher.email.upper(), "password": "fel"})
    client.post(LOGIN, {"login": "hemlig@goteborg.example", "password": "fel"})
    client.post(LOGIN, {"login": teacher.email, "password": PASSWORD})
    client.post(CODE, {"code": "000000"})
    assert written() == [
        (teacher, "password_refused", ""),
        (None, "password_refused", ""),
        (teacher, "code_refused", ""),
    ]
    assert "hemlig" not in str(SignInEvent.objects.values())
    assert "127.0.0.1" not in str(SignInEvent.objects.values())


@pytest.mark.django_db(transaction=True)
def test_changes_of_the_second_factor_are_written_down(client, teacher):
    client.post(LOGIN, {"login": teacher.email, "password": PASSWORD})
    client.post(CODE, {"code": code_of(teacher)})
    client.post("/personal/konto/reservkoder/nya/")
    second_factor.take_away(teacher)
    assert [what for _user, what, _how in written()] == [
        "signed_in",
        "codes_renewed",
        "step_taken_away",
    ]


def test_log_is_shown_to_administrators_only_with_how_long_it_is_kept(client, teacher):
    SignInEvent.objects.create(user=teacher, what="signed_in", how="password+recovery_codes")
    url = reverse("admin:accounts_signinevent_changelist")
    client.force_login(make_user("coordinator"))
    assert client.get(url).status_code == 403
    client.force_login(make_user("administrator"))
    html = client.get(url).content.decode()
    assert "lösenord och reservkod" in html
    assert "sparas i ett år" in html


def test_old_events_are_forgotten(teacher):
    now = timezone.now()
    for age in (SignInEvent.KEPT_FOR + timedelta(days=1), timedelta(days=1)):
        SignInEvent.objects.create(user=teacher, what="signed_in", at=now - age)
    assert sign_in_log.delete_before(now - SignInEvent.KEPT_FOR) == 1
    assert SignInEvent.objects.count() == 1


def test_erased_account_leaves_events_of_nobody(teacher):
    SignInEvent.objects.create(user=teacher, what="signed_in")
    teacher.delete()
    assert written() == [(None, "signed_in", "")]
