"""Who gave whom which rights, as those read it who may see the account."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import update_last_login
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from centres.models import CentreMembership
from tests.accounts.test_coordinators import as_they_are, change, rows
from tests.centres.test_history import read
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
def alva(house):
    return make_user(centres=[house], organisations=[make_organisation()], first_name="Alva")


@pytest.fixture
def coordinator(client, north):
    user = make_user("coordinator", areas=[north], first_name="Sam", last_name="Ordnare")
    client.force_login(user)
    return user


def history(user) -> str:
    return reverse("admin:accounts_user_history", args=[user.pk])


def test_changed_rights_are_told_with_who_changed_them(client, coordinator, house, alva):
    other = make_centre(name="Familjecentralen Gårdsten", district=house.district)
    moved = rows(
        "centre_memberships",
        {"id": alva.centre_memberships.get().pk, "user": alva.pk, "DELETE": "on"}
        | {"centre": house.pk},
        {"user": alva.pk, "centre": other.pk},
        initial=1,
    )
    data = as_they_are(alva, moved, role="translator")
    del data["is_active"]
    assert client.post(change(alva), data).status_code == 302
    text = read(client, history(alva))
    for words in (
        "Sam Ordnare",
        "Roll: redaktör för sin familjecentral → översättare",
        "ja → nej",
        "Arbetar på – borttaget Familjecentral: Familjecentralen Hjällbo",
        "Arbetar på – tillagt Familjecentral: Familjecentralen Gårdsten",
        "Anställd av – tillagt Huvudman: Göteborgs Stad",
    ):
        assert words in text
    assert "Återställ" not in text


def test_places_elsewhere_and_areas_are_told_to_administrators_alone(
    client, coordinator, house, north
):
    elsewhere = make_centre(
        name="Familjecentralen Högsbo", district=make_district("Högsbo", make_city_area("Sydväst"))
    )
    bo = make_user(centres=[house, elsewhere], areas=[north])
    CentreMembership.history.update(history_date=timezone.now() - timedelta(days=1))
    bo.centre_memberships.get(centre=elsewhere).delete()
    text = read(client, history(bo))
    assert "Hjällbo" in text
    assert "Högsbo" not in text
    assert "Samordnar" not in text
    client.force_login(make_user("administrator"))
    text = read(client, history(bo))
    assert "Arbetar på – borttaget Familjecentral: Familjecentralen Högsbo" in text
    assert "Samordnar – tillagt Stadsområde: Nordost" in text


def test_account_out_of_reach_has_no_history_to_read(client, coordinator):
    for person in (make_user("administrator"), make_user(centres=[make_centre()])):
        person.centre_memberships.all().delete()
        assert client.get(history(person)).status_code == 404


def test_signing_in_is_no_change_of_the_account(client, alva):
    count = alva.history.count()
    update_last_login(None, alva)
    assert alva.history.count() == count
    alva.first_name = "Alma"
    alva.save(update_fields=["first_name"])
    assert alva.history.count() == count + 1


def test_longer_history_asks_the_database_no_more(client, coordinator, alva, house):
    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            assert client.get(history(alva)).status_code == 200
        return len(asked)

    few = queries()
    for _ in range(20):
        alva.centre_memberships.all().delete()
        alva.centre_memberships.create(centre=house)
    assert queries() <= few + 1
