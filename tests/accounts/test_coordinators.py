"""What a coordinator does with the accounts of an area, and what is tried and refused."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.urls import reverse

from centres.models import CentreMembership
from familjeportal.accounts import permissions
from familjeportal.accounts.models import AreaMembership, User
from tests.factories import (
    make_centre,
    make_city_area,
    make_district,
    make_organisation,
    make_user,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def north():
    return make_city_area("Nordost")


@pytest.fixture
def house(north):
    return make_centre(name="Familjecentralen Hjällbo", district=make_district("Angered", north))


@pytest.fixture
def elsewhere():
    west = make_city_area("Sydväst")
    return make_centre(name="Familjecentralen Högsbo", district=make_district("Högsbo", west))


@pytest.fixture
def coordinator(client, north):
    user = make_user("coordinator", areas=[north])
    client.force_login(user)
    return user


@pytest.fixture
def own(house):
    return make_user(centres=[house], organisations=[make_organisation()], first_name="Alva")


@pytest.fixture
def shared(house, elsewhere):
    return make_user(centres=[house, elsewhere], first_name="Bo")


def change(user) -> str:
    return reverse("admin:accounts_user_change", args=[user.pk])


def rows(prefix, *fields, initial=0) -> dict:
    data = {f"{prefix}-TOTAL_FORMS": len(fields), f"{prefix}-INITIAL_FORMS": initial}
    for number, row in enumerate(fields):
        data |= {f"{prefix}-{number}-{name}": value for name, value in row.items()}
    return data


def as_they_are(user, centres=None, **fields) -> dict:
    """The form of a person, with the rows of their places in the area as they stand."""
    places = user.centre_memberships.filter(centre__district__city_area__name="Nordost")
    employers = user.organisation_memberships.all()
    stand = [{"id": m.pk, "user": user.pk, "centre": m.centre_id} for m in places]
    employed = [{"id": m.pk, "user": user.pk, "organisation": m.organisation_id} for m in employers]
    return {
        "first_name": user.first_name,
        "last_name": user.last_name,
        "role": user.role,
        "is_active": "on",
        **(centres or rows("centre_memberships", *stand, initial=len(stand))),
        **rows("organisation_memberships", *employed, initial=len(employed)),
        **fields,
    }


def errors_of(response) -> str:
    assert response.status_code == 200
    return str(response.context["errors"])


# --- What is theirs to do -------------------------------------------------------------------------
def test_own_person_is_given_another_role_and_employer(client, coordinator, own):
    region = make_organisation("Västra Götalandsregionen", kind="region")
    data = as_they_are(own, role="translator")
    data |= rows("organisation_memberships", {"user": own.pk, "organisation": region.pk})
    assert client.post(change(own), data).status_code == 302
    own.refresh_from_db()
    assert own.role == "translator"
    assert own.organisation_memberships.filter(organisation=region).exists()
    assert own.history.first().history_user == coordinator


def test_person_who_leaves_is_deactivated_and_signed_out(client, coordinator, own):
    theirs = client.__class__()
    theirs.force_login(own)
    assert theirs.get(reverse("staff:home"), follow=True).status_code == 200
    data = as_they_are(own)
    del data["is_active"]
    assert client.post(change(own), data).status_code == 302
    own.refresh_from_db()
    assert not own.is_active
    assert theirs.get(reverse("staff:home")).status_code == 302


def test_person_is_moved_between_houses_of_the_area(client, coordinator, own, house, north):
    other = make_centre(district=house.district)
    theirs = client.__class__()
    theirs.force_login(own)
    membership = own.centre_memberships.get()
    moved = rows(
        "centre_memberships",
        {"id": membership.pk, "user": own.pk, "centre": house.pk, "DELETE": "on"},
        {"user": own.pk, "centre": other.pk},
        initial=1,
    )
    assert client.post(change(own), as_they_are(own, moved)).status_code == 302
    assert own.centre_memberships.get().centre == other
    authors = {row.history_user for row in CentreMembership.history.filter(user_id=own.pk)}
    assert coordinator in authors
    assert theirs.get(reverse("staff:home")).status_code == 302, "signed out: new rights"


def test_shared_person_keeps_what_they_have_elsewhere(client, coordinator, shared, elsewhere):
    """The rows of the other area are neither shown nor touched."""
    page = client.get(change(shared)).content.decode()
    assert elsewhere.name not in page
    data = as_they_are(shared, role="translator", first_name="Ingen")
    data.pop("is_active")
    assert client.post(change(shared), data).status_code == 302
    shared.refresh_from_db()
    assert (shared.role, shared.is_active, shared.first_name) == ("editor", True, "Bo")
    assert shared.centre_memberships.count() == 2


# --- What is tried and refused --------------------------------------------------------------------
@pytest.mark.parametrize("role", ["coordinator", "administrator", "kung"])
def test_no_role_above_is_given(client, coordinator, own, role, caplog):
    response = client.post(change(own), as_they_are(own, role=role))
    assert "giltigt alternativ" in errors_of(response)
    own.refresh_from_db()
    assert own.role == "editor"
    assert f"Account {coordinator.pk} sent what was not offered" in caplog.text


def test_fields_of_administrators_are_not_read(client, coordinator, own, north):
    before = (own.email, own.password)
    data = as_they_are(
        own, email="ny@goteborg.example", is_superuser="on", is_staff="", password="x", pk=1, id=1
    )
    data |= rows("area_memberships", {"user": own.pk, "city_area": north.pk})
    client.post(change(own), data)
    own.refresh_from_db()
    assert (own.email, own.password) == before
    assert (own.is_superuser, own.is_staff) == (False, True)
    assert not AreaMembership.objects.filter(user=own).exists()


def test_nobody_is_placed_in_a_foreign_house(client, coordinator, own, house, elsewhere, caplog):
    membership = own.centre_memberships.get()
    stands = {"id": membership.pk, "user": own.pk, "centre": house.pk}
    for forged in (
        rows("centre_memberships", stands, {"user": own.pk, "centre": elsewhere.pk}, initial=1),
        rows("centre_memberships", {**stands, "centre": elsewhere.pk}, initial=1),
    ):
        assert "giltigt" in errors_of(client.post(change(own), as_they_are(own, forged)))
    assert own.centre_memberships.get().centre == house
    assert "sent what was not offered" in caplog.text


def test_row_of_another_person_or_area_is_not_taken_by_its_key(
    client, coordinator, own, shared, house, elsewhere
):
    foreign = shared.centre_memberships.get(centre=elsewhere)
    forged = {"id": foreign.pk, "user": own.pk, "centre": house.pk, "DELETE": "on"}
    for person in (own, shared):
        data = as_they_are(person, rows("centre_memberships", forged, initial=1))
        client.post(change(person), data)
    assert CentreMembership.objects.filter(pk=foreign.pk, user=shared).exists()
    assert own.centre_memberships.get().centre == house


def test_last_house_is_kept(client, coordinator, own, house):
    membership = own.centre_memberships.get()
    row = {"id": membership.pk, "user": own.pk, "centre": house.pk, "DELETE": "on"}
    response = client.post(
        change(own), as_they_are(own, rows("centre_memberships", row, initial=1))
    )
    assert "Behåll minst en familjecentral" in errors_of(response)


@pytest.mark.parametrize("role", ["coordinator", "administrator"])
def test_colleagues_and_administrators_are_out_of_reach(client, coordinator, house, role):
    other = make_user(role, centres=[house])
    for method in (client.get, client.post):
        response = method(change(other))
        assert response.status_code in (302, 403)
    assert other.email not in client.get(reverse("admin:accounts_user_changelist")).content.decode()
    password = reverse("admin:auth_user_password_change", args=[other.pk])
    assert client.post(password, {"password1": "x", "password2": "x"}).status_code == 403


def test_own_rights_are_out_of_reach(client, coordinator, house):
    """Not even when the coordinator works at a centre of the own area."""
    CentreMembership.objects.create(user=coordinator, centre=house)
    response = client.post(change(coordinator), as_they_are(coordinator, role="administrator"))
    assert response.status_code in (302, 403)
    coordinator.refresh_from_db()
    assert coordinator.role == "coordinator"


def test_passwords_are_out_of_reach(client, coordinator, own):
    url = reverse("admin:auth_user_password_change", args=[own.pk])
    before = own.password
    assert client.get(url).status_code == 403
    assert client.post(url, {"password1": "x" * 12, "password2": "x" * 12}).status_code == 403
    own.refresh_from_db()
    assert own.password == before
    assert url not in client.get(change(own)).content.decode()


def test_houses_are_not_pulled_into_the_own_area(client, coordinator, elsewhere, north):
    """With them would come the accounts of those who work there."""
    district = elsewhere.district
    url = reverse("admin:centres_district_change", args=[district.pk])
    client.post(url, {"name": "Högsbo", "city_area": north.pk})
    district.refresh_from_db()
    assert district.city_area.name == "Sydväst"
    page = client.get(reverse("admin:centres_familycentre_change", args=[elsewhere.pk]))
    assert "district" not in page.context["adminform"].form.fields
    assert "status" in page.context["adminform"].form.fields


def test_rights_are_asked_of_the_database_at_each_request(client, coordinator, own):
    assert client.get(change(own)).status_code == 200
    coordinator.area_memberships.all().delete()
    assert client.get(change(own)).status_code in (302, 403)
    User.objects.filter(pk=coordinator.pk).update(role="editor")
    page = reverse("admin:centres_district_add")
    assert client.get(page).status_code == 302  # another role is another session
    client.force_login(User.objects.get(pk=coordinator.pk))
    assert client.get(page).status_code == 403


# --- The rules ------------------------------------------------------------------------------------
def test_coordinator_without_an_area_sees_no_accounts(own):
    nobody = make_user("coordinator")
    assert not permissions.may_change(nobody)
    assert not permissions.accounts_open_to(nobody).exists()
    assert permissions.roles_open_to(nobody) == ()


@pytest.mark.parametrize("role", ["editor", "communicator", "reviewer", "translator"])
def test_other_roles_get_nothing_from_an_area(role, north, own):
    user = make_user(role, areas=[north])
    assert not permissions.may_change(user)
    assert not permissions.accounts_open_to(user).exists()


def test_visitor_and_deactivated_coordinator_change_no_accounts(north, own):
    assert not permissions.may_change(AnonymousUser(), own)
    assert not permissions.may_change(make_user("coordinator", areas=[north], is_active=False), own)
