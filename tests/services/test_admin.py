"""What staff do with services, organisations and lines in the admin."""

import re
from datetime import time, timedelta

import pytest
import time_machine
from django.core.validators import slug_re
from django.urls import get_resolver, reverse

from services.models import ConfidentialityFact, Line, LineHours, Organisation
from services.permissions import may_change
from services.validators import RESERVED_PATHS
from tests.factories import (
    make_centre,
    make_line,
    make_organisation,
    make_service,
    make_user,
    stockholm,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def coordinator(client):
    user = make_user("coordinator")
    client.force_login(user)
    return user


def inline(prefix, *rows) -> dict:
    data = {f"{prefix}-TOTAL_FORMS": len(rows), f"{prefix}-INITIAL_FORMS": 0}
    for number, row in enumerate(rows):
        data |= {f"{prefix}-{number}-{field}": value for field, value in row.items()}
    return data


def line_data(*week, **fields) -> dict:
    text = {"language": "sv", "name": "Jourlinjen", "for_whom": "Alla"}
    return {
        "number": "031-365 87 00",
        "slug": "jourlinjen",
        "hours": "weekly",
        "anonymous": "",
        "position": 0,
        "source": "goteborg.se",
        "checked_on": "2026-11-20",
        **inline("texts", text),
        **inline("week", *week),
        **fields,
    }


MORNING = {"weekday": 1, "opens_at": "8.30", "closes_at": "12"}


@pytest.mark.parametrize(
    ("role", "allowed"), [("editor", False), ("coordinator", True), ("administrator", True)]
)
def test_shared_texts_are_left_to_coordinators(role, allowed):
    user = make_user(role, centres=[make_centre()], organisations=[make_organisation()])
    assert may_change(user) is allowed
    assert may_change(user, make_service()) is allowed


def test_editor_is_refused_when_posting(client):
    client.force_login(make_user(organisations=[make_organisation()]))
    line = make_line()
    url = reverse("admin:services_line_change", args=[line.pk])
    assert client.post(url, line_data(MORNING)).status_code == 403
    assert client.post(reverse("admin:services_line_add"), line_data(MORNING)).status_code == 403


@pytest.mark.parametrize("number", ["112", "1177", "116 111", "031-365 87 00"])
def test_line_is_added_with_its_hours(client, coordinator, number):
    response = client.post(reverse("admin:services_line_add"), line_data(MORNING, number=number))
    assert response.status_code == 302
    line = Line.objects.get()
    assert line.number == number
    assert str(line.week.get()) == "måndag 08.30–12.00"
    assert line.history.get().history_user == coordinator


@pytest.mark.parametrize(
    ("week", "fields", "says"),
    [
        ([], {}, "Fyll i när någon svarar"),
        ([MORNING], {"hours": "always"}, "Raderna visas bara"),
        ([MORNING], {"number": "ring så får du veta"}, "är inget telefonnummer"),
        ([MORNING | {"opens_at": "halv nio"}], {}, "Skriv klockslaget så här"),
        ([MORNING], {"source": ""}, "måste fyllas i"),
        ([MORNING], {"position": 99999999}, "999"),
        ([MORNING], {"checked_on": "9999-12-31"}, "Kontrollera årtalet."),
    ],
)
def test_line_that_cannot_be_is_refused(client, coordinator, week, fields, says):
    response = client.post(reverse("admin:services_line_add"), line_data(*week, **fields))
    assert says in " ".join(str(error) for error in response.context["errors"])
    assert not Line.objects.exists()


def test_review_needs_both_a_name_and_a_day(client, coordinator):
    data = {
        "service": make_service().pk,
        "question": "record",
        "source": "OSL 25 kap. 1 §",
        "reviewed_by": "Jurist",
        "reviewed_on": "",
        **inline("texts", {"language": "sv", "answer": "Ja, i en journal."}),
    }
    url = reverse("admin:services_confidentialityfact_add")
    response = client.post(url, data)
    assert "Ange både vem som har granskat och när" in str(response.context["errors"])
    assert client.post(url, data | {"reviewed_on": "2026-11-20"}).status_code == 302
    assert ConfidentialityFact.objects.get().text.answer == "Ja, i en journal."


def test_website_without_a_scheme_is_https(client, coordinator):
    data = {"name": "Kyrkan", "slug": "kyrkan", "kind": "church", "website": "kyrkan.example"}
    client.post(reverse("admin:services_organisation_add"), data)
    assert Organisation.objects.get().website == "https://kyrkan.example"


def test_website_that_no_browser_opens_is_refused(client, coordinator):
    data = {"name": "Kyrkan", "slug": "kyrkan", "kind": "church", "website": "ftp://a.example"}
    response = client.post(reverse("admin:services_organisation_add"), data)
    assert "https:// eller http://" in str(response.context["errors"])


def service_data(**fields) -> dict:
    return {
        "kind": "library",
        "slug": "bibliotek",
        "position": 1,
        **inline("texts"),
        **inline("confidentiality_facts"),
        **fields,
    }


def test_service_is_added(client, coordinator):
    assert client.post(reverse("admin:services_service_add"), service_data()).status_code == 302


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({"max_age_months": 40000}, "252"),
        ({"min_age_months": 99999999999}, "252"),
        ({"position": 99999999}, "999"),
        ({"slug": "familjecentraler"}, "leder till en annan del av webbplatsen"),
        ({"slug": "admin"}, "leder till en annan del av webbplatsen"),
    ],
)
def test_service_that_cannot_be_is_refused(client, coordinator, fields, says):
    response = client.post(reverse("admin:services_service_add"), service_data(**fields))
    assert says in str(response.context["errors"])


def test_reserved_paths_are_those_that_the_site_uses(settings):
    patterns = _paths(get_resolver().url_patterns)
    first = {path.partition("/")[0] for path in patterns} | {settings.STATIC_URL.strip("/")}
    assert {part for part in first if slug_re.fullmatch(part)} == RESERVED_PATHS


def _paths(patterns, prefix=""):
    """Every path of the site; an include at the top is looked into."""
    for pattern in patterns:
        path = prefix + str(pattern.pattern)
        if hasattr(pattern, "url_patterns") and not path:
            yield from _paths(pattern.url_patterns)
        else:
            yield path


def test_address_of_a_service_is_fixed_once_saved(client, coordinator):
    service = make_service()
    page = client.get(reverse("admin:services_service_change", args=[service.pk]))
    assert 'name="slug"' not in page.content.decode()
    assert service.slug in page.content.decode()


def test_line_is_put_back_with_its_week(client, coordinator):
    """And not without: a line with weekly hours has some."""
    client.force_login(coordinator)
    with time_machine.travel(stockholm(2026, 11, 2, 8), tick=True) as clock:
        line = make_line(hours="weekly", number="031-365 00 00")
        hours = LineHours.objects.create(line=line, weekday=1, opens_at=time(9), closes_at=time(12))
        clock.shift(timedelta(hours=1))
        line.hours = "always"
        line.save()
        hours.delete()
        clock.shift(timedelta(hours=1))
        page = client.get(reverse("admin:services_line_history", args=[line.pk])).content.decode()
        (url,) = re.findall(r'href="([^"]+/restore/)"', page)
        seen = client.get(url).context["restoration"].seen
        assert client.post(url, {"seen": seen}).status_code == 302
    line.refresh_from_db()
    assert (line.hours, line.week.get().closes_at) == ("weekly", time(12))
