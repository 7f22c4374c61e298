import pytest

from guidance.models import Page
from tests.factories import make_flow, make_page, make_service

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("slug", ["webbplatsen", "tillganglighet", "uppgifter"])
def test_page_about_the_site_before_and_after_it_is_written(client, slug):
    before = client.get(f"/om/{slug}/")
    assert str(Page.Slug(slug).label) in before.content.decode()
    assert "inte skriven ännu" in before.content.decode()
    page = make_page(slug, {"title": "Så här är det"})
    after = client.get(page.get_absolute_url()).content.decode()
    assert "Så här är det" in after
    assert "inte skriven ännu" not in after


@pytest.mark.parametrize("path", ["/om/", "/om/finns-inte/", "/om/moter-familjer/"])
def test_no_other_pages(client, path):
    assert client.get(path).status_code == 404


def test_professionals_find_the_flows_in_their_voice(client, django_assert_max_num_queries):
    make_page("moter-familjer", {"body": "<p>Sänk tröskeln.</p>"})
    make_flow({}, slug="vem")
    make_flow({}, slug="hemma", is_sensitive=True)
    with django_assert_max_num_queries(20):
        page = client.get("/moter-familjer/").content.decode()
    assert "Sänk tröskeln." in page
    assert "Barnet i fokus" in page
    assert "/vagledning/vem/for-personal/" in page
    assert "/vagledning/hemma/" not in page


def test_room_list_says_what_is_missing(client):
    for kind in ("open_preschool", "maternity_care", "child_health_care", "social_services"):
        make_service(kind)
    page = client.get("/moter-familjer/rumslista/?verksamhet=open_preschool&rum=lekrum")
    answer = page.content.decode().split("<form")[0]
    assert "Kök eller pentry" in answer
    assert "Stort rum för lek" not in answer
    assert "private" in page["Cache-Control"]


@pytest.mark.parametrize("value", ["\0", "x" * 10_000, "<script>", "lekrum'--"])
def test_room_list_leaves_junk_out(client, value):
    page = client.get("/moter-familjer/rumslista/", {"verksamhet": value, "rum": value})
    assert page.status_code == 200
    assert "<script>" not in page.content.decode()
