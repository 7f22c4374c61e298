"""A house at eight in the morning on Monday 23 November 2026, and those who work in it."""

import re
from dataclasses import dataclass

import pytest
import time_machine
from django.test import Client

from centres.models import FamilyCentre, ServiceAtCentre
from familjeportal.accounts.models import User
from tests.factories import (
    make_centre,
    make_organisation,
    make_schedule,
    make_service_at_centre,
    make_user,
    stockholm,
)

EIGHT = stockholm(2026, 11, 23, 8)


@dataclass
class People:
    centre: FamilyCentre
    preschool: ServiceAtCentre
    clinic: ServiceAtCentre
    teacher: User
    nurse: User
    coordinator: User
    stranger: User

    @property
    def home(self) -> str:
        return f"/personal/central/{self.centre.slug}/"


def make_people() -> People:
    """The city's open preschool, 9–15 on weekdays, beside the region's clinic with a phone hour."""
    centre = make_centre(name="Familjecentralen Hjällbo", slug="hjallbo")
    city = make_organisation()
    region = make_organisation("Västra Götalandsregionen", kind="region")
    preschool = make_service_at_centre(
        "open_preschool", centre=centre, organisation=city, phone="031-365 00 00"
    )
    clinic = make_service_at_centre("child_health_care", centre=centre, organisation=region)
    days = ("mon", "tue", "wed", "thu", "fri")
    make_schedule(preschool, slots=[f"{day} 9-15" for day in days])
    make_schedule(clinic, slots=[f"{day} 13-14" for day in days])
    make_schedule(clinic, channel="phone", slots=[f"{day} 8-9" for day in days])
    return People(
        centre,
        preschool,
        clinic,
        make_user(centres=[centre], organisations=[city], first_name="Tove", last_name="Lärare"),
        make_user(centres=[centre], organisations=[region], first_name="Sam", last_name="Syster"),
        make_user("coordinator"),
        make_user(centres=[make_centre()], organisations=[city]),
    )


@pytest.fixture
def people(db) -> People:
    return make_people()


@pytest.fixture
def at_eight():
    with time_machine.travel(EIGHT, tick=False) as traveller:
        yield traveller


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def words_of(response) -> str:
    """What a page says, without its markup."""
    text = re.sub(r"<[^>]+>", " ", response.content.decode())
    return re.sub(r"\s+", " ", text).replace("&amp;", "&")


def filled(response, *forms) -> dict:
    """What the browser would send: the fields of a page's forms as they stand."""
    data = {}
    for form in forms or (response.context["form"],):
        for field in form:
            value = field.value()
            if value is True:
                data[field.html_name] = "on"
            elif value is not None and value is not False:
                widget = field.field.widget
                shown = widget.format_value(value) if hasattr(widget, "format_value") else value
                if isinstance(shown, list) and not field.field.widget.allow_multiple_selected:
                    shown = shown[0]
                data[field.html_name] = "" if shown is None else shown
    return data
