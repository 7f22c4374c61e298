"""The pages of import and export: who gets in, and from the file to what is saved."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from centres.models import FamilyCentre
from tests.factories import make_centre, make_organisation, make_service_at_centre, make_user

pytestmark = pytest.mark.django_db
PAGE = reverse("staff:import")
CARRY_OUT = reverse("staff:import_carry_out")
CENTRES = reverse("staff:export_centres")
PROBLEMS = reverse("staff:export_problems")
ONLY_SENT = ("import_carry_out", "export_problems")


@pytest.fixture
def house():
    return make_centre(name="Familjecentralen Hjällbo", slug="hjallbo", postcode="424 33")


@pytest.fixture
def coordinator(client):
    user = make_user("coordinator")
    client.force_login(user)
    return user


def upload(client, content: bytes) -> str:
    file = SimpleUploadedFile("fil.csv", content, content_type="text/csv")
    response = client.post(PAGE, {"file": file})
    assert response.status_code == 200
    return response.content.decode()


def edited(client, old="424 33", new="424 34") -> bytes:
    return client.get(CENTRES).content.replace(old.encode(), new.encode())


def token_in(page: str) -> str:
    return re.search(r'name="file" value="([^"]+)"', page)[1]


@pytest.mark.parametrize(
    "name",
    [
        "import",
        "import_carry_out",
        "export_problems",
        "export_activities",
        "export_centres",
        "export_hours",
    ],
)
def test_only_coordinators_and_administrators_get_in(client, house, name):
    city = make_organisation()
    make_service_at_centre(centre=house, organisation=city)
    url = reverse(f"staff:{name}")
    assert client.get(url).status_code == 302
    client.force_login(make_user("editor", centres=[house], organisations=[city]))
    assert client.get(url).status_code == 403
    assert client.post(url, {"file": "x"}).status_code == 403
    for role in ("coordinator", "administrator"):
        client.force_login(make_user(role))
        assert client.get(url).status_code == (405 if name in ONLY_SENT else 200)


def test_export_is_a_download(client, coordinator, house):
    response = client.get(CENTRES)
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert "attachment" in response["Content-Disposition"]
    assert "no-store" in response["Cache-Control"]
    assert response.content.startswith("\ufeffAdress på webben;Namn;".encode())


def test_file_is_tried_then_carried_out_once(client, coordinator, house):
    page = upload(client, edited(client))
    assert "1 ändrad" in page
    assert "<del>424 33</del> → <ins>424 34</ins>" in page
    house.refresh_from_db()
    assert house.postcode == "424 33"
    token = token_in(page)
    response = client.post(CARRY_OUT, {"file": token}, follow=True)
    assert "Filen är införd: 1 ändrad." in response.content.decode()
    house.refresh_from_db()
    assert house.postcode == "424 34"
    again = client.post(CARRY_OUT, {"file": token}).content.decode()
    assert "Allt i filen är redan infört." in again
    assert house.history.count() == 2


def test_changed_facts_are_shown_again_before_they_are_overwritten(client, coordinator, house):
    token = token_in(upload(client, edited(client)))
    house.postcode = "424 99"
    house.save()
    page = client.post(CARRY_OUT, {"file": token}).content.decode()
    assert "ändrats sedan provkörningen" in page
    assert "<del>424 99</del> → <ins>424 34</ins>" in page
    house.refresh_from_db()
    assert house.postcode == "424 99"
    client.post(CARRY_OUT, {"file": token_in(page)})
    house.refresh_from_db()
    assert house.postcode == "424 34"


@pytest.mark.parametrize("forge", ["", "x", "\0", "{}x", "others", "old"])
def test_forged_or_old_dry_run_is_refused(client, coordinator, house, forge, time_machine):
    page = upload(client, edited(client))
    token = token_in(page)
    if forge == "others":
        client.force_login(make_user("coordinator"))
    elif forge == "old":
        time_machine.move_to(datetime.now(UTC) + timedelta(seconds=3601))
    else:
        token = forge.format(token)
    response = client.post(CARRY_OUT, {"file": token}, follow=True)
    assert "Provkörningen är för gammal" in response.content.decode()
    house.refresh_from_db()
    assert house.postcode == "424 33"


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "Filen är tom."),
        (b"\x00\x01", "ingen text"),
        (b"x" * 2_000_001, "för stor"),
        (b"a;b\r\n1;2\r\n", "Kolumnen saknas."),
    ],
)
def test_bad_file_is_explained(client, coordinator, content, says):
    page = upload(client, content)
    assert says in page
    assert "Genomför<" not in page
    assert "Välj en fil." in client.post(PAGE).content.decode()


def test_file_without_changes_and_file_with_faults_offer_nothing_to_carry_out(
    client, coordinator, house
):
    page = upload(client, client.get(CENTRES).content)
    assert "Inga ändringar" in page
    assert 'name="file"' not in page
    page = upload(client, edited(client, new="424"))
    assert "Rad 2, Postnummer:" in page
    assert 'name="file"' not in page
    assert "<script>" not in upload(client, edited(client, new="<script>"))


def many_faults(client, count: int) -> bytes:
    headings, row = edited(client, new="fel").splitlines()
    return b"\r\n".join([headings, *[row] * count])


def test_more_faults_than_the_page_shows_are_fetched_as_a_file(client, coordinator, house):
    """Each by its row, to the last: all rows but the first name a house a second time."""
    page = upload(client, many_faults(client, 5_000))
    assert page.count("<strong>Rad ") == 200
    response = client.post(PROBLEMS, {"file": token_in(page)})
    assert "fel-" in response["Content-Disposition"]
    lines = response.content.decode("utf-8-sig").splitlines()
    assert lines[0] == "Rad;Kolumn;Fel"
    assert {line.split(";")[0] for line in lines[1:]} == {str(n) for n in range(3, 5_002)}
    assert client.post(CARRY_OUT, {"file": token_in(page)}).status_code == 200
    assert not FamilyCentre.objects.exclude(pk=house.pk).exists()


def test_few_faults_stand_on_the_page_alone(client, coordinator, house):
    assert PROBLEMS not in upload(client, edited(client, new="424"))
    assert client.post(PROBLEMS, {"file": "x"}).status_code == 302


def test_without_csrf_token_nothing_is_done(house):
    client = Client(enforce_csrf_checks=True)
    client.force_login(make_user("coordinator"))
    assert client.post(PAGE, {"file": "x"}).status_code == 403
    assert client.post(CARRY_OUT, {"file": "x"}).status_code == 403
