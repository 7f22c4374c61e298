"""Support for parents near where somebody lives: what stands there, and that it is never empty."""

import pytest
import time_machine

from tests.factories import (
    stockholm,
)

pytestmark = pytest.mark.django_db
TUESDAY = stockholm(2026, 11, 24, 10)


@pytest.fixture(autouse=True)
def a_tuesday_morning():
    with time_machine.travel(TUESDAY, tick=False):
        yield


def text(response):
    return " ".join(response.content.decode().split())


def names(contacts):
    return {contact.text.name for contact in contacts}


def test_page_with_nothing_in_the_database_still_promises(client):
    page = text(client.get("/foraldrastod/"))
    assert "Du har kommit rätt." in page
