import pytest
from django.urls import reverse

from tests.factories import make_centre, make_user

pytestmark = pytest.mark.django_db


def test_visitor_is_sent_to_sign_in(client):
    response = client.get(reverse("staff:home"))
    assert response.status_code == 302
    assert response["Location"].startswith("/personal/logga-in/")


def test_account_that_is_no_staff_is_refused(client):
    client.force_login(make_user(is_staff=False))
    assert client.get(reverse("staff:home")).status_code == 403


def test_own_houses_are_listed_and_others_are_not(client):
    mine, other = make_centre(name="Min"), make_centre(name="Annan")
    client.force_login(make_user(centres=[mine]))
    page = client.get(reverse("staff:home")).content.decode()
    assert mine.name in page
    assert other.name not in page
