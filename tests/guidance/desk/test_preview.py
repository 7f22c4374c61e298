"""A page before it is published, for whoever has the link."""

from datetime import timedelta

import pytest
import time_machine
from django.core import signing
from django.test import Client
from django.urls import reverse

from guidance.actions import create_draft, discard_draft, save_draft, take_step
from guidance.desk.kinds import KINDS
from guidance.desk.preview import HOLDS_FOR, preview_url
from guidance.publishing import Step
from tests.centres.staff.people import signed_in
from tests.factories import make_document, make_guide, make_user, stockholm

pytestmark = pytest.mark.django_db
AT = stockholm(2026, 11, 23, 9)


@pytest.fixture
def clock():
    with time_machine.travel(AT, tick=False) as traveller:
        yield traveller


@pytest.fixture
def draft():
    anna = make_user("communicator")
    draft = create_draft(owner=make_guide(words={}), by=anna, at=AT)
    save_draft(version=draft, words={"title": "Bara ett utkast"}, by=anna)
    return draft


def test_the_page_is_shown_without_cookie_and_kept_nowhere(clock, draft):
    response = Client().get(preview_url(KINDS[0], draft))
    html = response.content.decode()
    assert response.status_code == 200
    assert "Bara ett utkast" in html
    assert "Förhandsvisning" in html
    assert 'content="noindex, nofollow"' in html
    assert response.templates[0].name == "guidance/guide_detail.html"
    assert not response.cookies
    assert response.headers["Cache-Control"] == "no-store"
    assert response.headers["X-Robots-Tag"] == "noindex, nofollow"
    assert response.headers["Referrer-Policy"] == "no-referrer"
    readers = Client().get(draft.owner.get_absolute_url()).content.decode()
    assert "Bara ett utkast" not in readers
    assert "Förhandsvisning" not in readers


def test_the_link_holds_for_a_week(clock, draft):
    url = preview_url(KINDS[0], draft)
    clock.move_to(AT + HOLDS_FOR - timedelta(seconds=1))
    assert Client().get(url).status_code == 200
    clock.move_to(AT + HOLDS_FOR + timedelta(seconds=1))
    over = Client().get(url)
    assert over.status_code == 410
    assert "gäller inte längre" in over.content.decode()
    assert over.headers["Cache-Control"] == "no-store"


def test_a_link_that_is_not_ours_opens_nothing(draft):
    url = preview_url(KINDS[0], draft)
    forged = signing.dumps([KINDS[0].key, str(draft.pk)], salt="another")
    junk = signing.dumps(["finns-inte", "x"], salt="guidance.desk.preview")
    for bad in (f"{url[:-3]}x/", f"/forhandsvisning/{forged}/", f"/forhandsvisning/{junk}/"):
        assert Client().get(bad).status_code == 410
    assert Client().post(url).status_code == 405
    discard_draft(version=draft, by=draft.author)
    assert Client().get(url).status_code == 410


def test_what_has_been_withdrawn_is_shown_to_staff_only(clock):
    anna = make_user("communicator")
    shown = make_guide(words={"title": "Ska bort"}).versions.get()
    url = preview_url(KINDS[0], shown)
    page = f"/personal/publicera/rad/{shown.pk}/"
    assert Client().get(url).status_code == 200
    assert "Länk att skicka" in signed_in(anna).get(page).content.decode()
    take_step(version=shown, step=Step.WITHDRAW, by=anna, at=AT)
    over = Client().get(url)
    assert over.status_code == 410
    assert "Ska bort" not in over.content.decode()
    assert not over.cookies
    assert "Ska bort" in signed_in(anna).get(url).content.decode()
    with_a_password_alone = signed_in(make_user("communicator", second_factor=False))
    assert with_a_password_alone.get(url).url == reverse("account_protect")
    assert "Länk att skicka" not in signed_in(anna).get(page).content.decode()


def test_the_file_of_what_has_been_withdrawn_is_over_too(clock):
    anna = make_user("communicator")
    shown = make_document().versions.get()
    url = preview_url(next(kind for kind in KINDS if kind.key == "dokument"), shown)
    take_step(version=shown, step=Step.WITHDRAW, by=anna, at=AT)
    assert Client().get(f"{url}fil.pdf").status_code == 404
    file = signed_in(anna).get(f"{url}fil.pdf")
    assert file.getvalue().startswith(b"%PDF-")
