"""Accounts in the admin, by administrators: nobody locks themselves out."""

import pytest
from allauth.account.models import EmailAddress
from django.contrib import admin
from django.contrib.auth.models import AnonymousUser, Group
from django.urls import reverse

from familjeportal.accounts.models import User
from familjeportal.accounts.permissions import may_change
from tests.factories import make_centre, make_organisation, make_user

pytestmark = pytest.mark.django_db

ADD = "admin:accounts_user_add"
PASSWORD = "Hjällbo-torg-2026"  # noqa: S105


@pytest.fixture
def administrator(client):
    user = make_user("administrator")
    client.force_login(user)
    return user


def inlines(centre=None, organisation=None, area=None) -> dict:
    data = {}
    for prefix, field, chosen in (
        ("centre_memberships", "centre", centre),
        ("organisation_memberships", "organisation", organisation),
        ("area_memberships", "city_area", area),
    ):
        data |= {f"{prefix}-TOTAL_FORMS": int(bool(chosen)), f"{prefix}-INITIAL_FORMS": 0}
        if chosen:
            data[f"{prefix}-0-{field}"] = chosen.pk
    return data


def new_account(**fields) -> dict:
    return {
        "email": "Eva.Ek@goteborg.example",
        "first_name": "Eva",
        "last_name": "Ek",
        "role": "editor",
        "password1": PASSWORD,
        "password2": PASSWORD,
        **inlines(),
        **fields,
    }


def account_data(user, **fields) -> dict:
    return {
        "email": user.email,
        "first_name": user.first_name,
        "last_name": user.last_name,
        "role": user.role,
        "is_active": "on",
        "is_staff": "on",
        **inlines(),
        **fields,
    }


def change(user) -> str:
    return reverse("admin:accounts_user_change", args=[user.pk])


def test_visitor_and_deactivated_administrator_change_no_accounts():
    assert not may_change(AnonymousUser())
    assert not may_change(make_user("administrator", is_active=False))


def test_account_is_made_with_where_the_person_works(client, administrator):
    centre, organisation = make_centre(), make_organisation()
    data = new_account(**inlines(centre, organisation))
    assert client.post(reverse(ADD), data).status_code == 302
    user = User.objects.get(email="eva.ek@goteborg.example")
    assert user.is_staff
    assert user.check_password(PASSWORD)
    assert user.centre_memberships.get().centre == centre
    assert user.organisation_memberships.get().organisation == organisation


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({"email": ""}, "måste fyllas i"),
        ({"email": "eva"}, "giltig e-postadress"),
        ({"password2": "något annat"}, "lösenord"),
        ({"password1": "12345678", "password2": "12345678"}, "ösenord"),
        ({"role": "kung"}, "giltigt"),
    ],
)
def test_account_that_cannot_be_is_refused(client, administrator, fields, says):
    response = client.post(reverse(ADD), new_account(**fields))
    assert says in str(response.context["errors"])
    assert User.objects.count() == 1


def test_address_that_is_taken_is_refused_whatever_its_case(client, administrator):
    make_user(email="eva.ek@goteborg.example")
    response = client.post(reverse(ADD), new_account(email="EVA.EK@goteborg.example"))
    assert "redan ett konto" in str(response.context["errors"])
    assert User.objects.count() == 2


def test_person_who_leaves_is_deactivated(client, administrator):
    user = make_user()
    data = account_data(user)
    del data["is_active"]
    assert client.post(change(user), data).status_code == 302
    user.refresh_from_db()
    assert not user.is_active


def test_nobody_takes_away_their_own_role_or_account(client, administrator):
    """Fields slipped in are not read."""
    data = account_data(administrator, role="editor", first_name="Ada")
    del data["is_active"]
    assert client.post(change(administrator), data).status_code == 302
    administrator.refresh_from_db()
    assert administrator.first_name == "Ada"
    assert (administrator.role, administrator.is_active) == ("administrator", True)
    delete = reverse("admin:accounts_user_delete", args=[administrator.pk])
    assert client.post(delete, {"post": "yes"}).status_code == 403


def test_fields_that_no_form_has_are_not_taken(client, administrator):
    user = make_user()
    client.post(change(user), account_data(user, is_superuser="on", password="x"))  # noqa: S106
    before = user.password
    user.refresh_from_db()
    assert not user.is_superuser
    assert user.password == before


def test_changed_address_stops_the_old_one_from_signing_in(client, administrator):
    user = make_user(email="gammal@goteborg.example")
    EmailAddress.objects.create(user=user, email=user.email, primary=True, verified=True)
    client.post(change(user), account_data(user, email="ny@goteborg.example"))
    user.refresh_from_db()
    assert user.email == "ny@goteborg.example"
    assert not EmailAddress.objects.filter(email="gammal@goteborg.example").exists()


def test_password_is_set_for_a_person(client, administrator):
    user = make_user()
    url = reverse("admin:auth_user_password_change", args=[user.pk])
    assert url in client.get(change(user)).content.decode()
    assert client.get(url).status_code == 200
    data = {"password1": PASSWORD, "password2": PASSWORD, "usable_password": "true"}
    assert client.post(url, data).status_code == 302
    user.refresh_from_db()
    assert user.check_password(PASSWORD)


def test_groups_and_second_homes_of_addresses_have_no_pages():
    assert Group not in admin.site._registry
    assert EmailAddress not in admin.site._registry
