"""Whatever stands in an address: an answer, and nothing of it unescaped on the page."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from centres.finder_form import FinderForm
from tests.factories import make_district, make_place, make_schedule, make_service_at_centre

pytestmark = pytest.mark.django_db

PARAMETERS = [*FinderForm.base_fields, "fraga", "okand"]
JUNK = {
    "empty": "",
    "spaces": "   \t ",
    "very long": "å" * 10_000,
    "null bytes": "\0hjällbo\0",
    "right to left": "\u202ehjällbo\u202c",
    "SQL": "' OR 1=1; DROP TABLE centres_familycentre; --",
    "HTML": "<script>alert(1)</script>",
    "attribute": '"><img src=x onerror=alert(1)>',
    "template": "{{ request }}{% load i18n %}",
    "negative": "-1",
    "huge": "9" * 400,
    "fraction": "1.5",
    "not a number": "NaN",
    "other digits": "٤٢٤ ٣٣",
    "lone surrogate": "\ud800",
    "percent": "%",
    "backslash": "\\",
    "emoji": "👶🏽🍼",
    "path": "../../etc/passwd",
    "a known value": "oppen-forskola",
}


@pytest.fixture
def house():
    make_place(name="Hjällbo", latitude="57.77", longitude="12.02")
    place = make_service_at_centre(languages=["sv", "ar"])
    make_schedule(place, slots=["mon 9-15", "sat 10-12"])
    make_district("Angered")
    return place.centre


@pytest.mark.parametrize("name", PARAMETERS)
@pytest.mark.parametrize("junk", JUNK.values(), ids=JUNK)
def test_junk_in_any_field_is_answered_and_escaped(client, house, name, junk):
    paths = ["/familjecentraler/"]
    paths += ["/"] if name in ("plats", "verksamhet", "okand") else []
    paths += [house.get_absolute_url()] if name in ("alder", "sprak", "okand") else []
    for path in paths:
        sent = junk.encode("utf-8", "surrogatepass").decode("utf-8", "replace")
        response = client.get(path, {name: sent})
        assert response.status_code == 200, (path, name)
        page = response.content.decode()
        assert "<script>alert" not in page
        assert "onerror=alert(1)>" not in page
        assert "request }}" not in page or "{{" in junk
        assert len(page) < 100_000


@pytest.mark.parametrize(
    "query", ["%ff%fe", "plats=%ff", "sida=%00", "plats=%ED%A0%80", "a" * 9000]
)
def test_malformed_addresses_are_answered(client, house, query):
    for path in ("/familjecentraler/", "/"):
        assert client.get(f"{path}?{query}").status_code == 200


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(fields=st.dictionaries(st.sampled_from(PARAMETERS), st.text(max_size=60), max_size=5))
def test_any_text_in_any_fields_is_answered(client, house, fields):
    fields = {name: text.encode("utf-8", "replace").decode() for name, text in fields.items()}
    assert client.get("/familjecentraler/", fields).status_code == 200


def test_what_cannot_be_read_is_named_and_passed_over(client, house):
    page = client.get("/familjecentraler/", {"alder": "-3", "sprak": "klingon"}).content.decode()
    assert "Vi förstod inte åldern och språket i länken" in " ".join(page.split())
    assert house.name in page


@pytest.mark.parametrize("number", ["0", "-1", "99", "1000000", "9" * 30])
def test_page_that_is_not_there_shows_one_that_is(client, house, number):
    page = client.get("/familjecentraler/", {"sida": number}).content.decode()
    assert house.name in page
