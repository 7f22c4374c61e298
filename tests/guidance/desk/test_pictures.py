"""Pictures for running text: uploaded at the desk, seen by readers where a text shows them."""

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from guidance.actions import create_draft, save_draft
from guidance.actions.unused_files import forget_unused_files
from guidance.models import Picture
from tests.centres.staff.people import signed_in
from tests.factories import make_article, make_guide, make_picture, make_user, stockholm
from tests.guidance.news.test_staff import photograph

pytestmark = pytest.mark.django_db
PATH = "/personal/publicera/bilder/"
AT = stockholm(2026, 11, 23, 9)


@pytest.fixture(autouse=True)
def now():
    with time_machine.travel(AT, tick=False):
        yield


def test_uploaded_picture_stands_first_with_its_address():
    make_picture()
    writer = signed_in(make_user("communicator"))
    assert writer.post(PATH, {"picture": photograph()}).status_code == 302
    newest = Picture.objects.get(width=40)
    html = writer.get(PATH).content.decode()
    assert html.index(f"<code>{newest.get_absolute_url()}</code>") < html.index(make_picture().pk)


@pytest.mark.parametrize("content", [None, b"", b"<svg onload=alert(1)>", b"x" * 1000])
def test_what_is_no_picture_is_refused_with_its_reason(content):
    sent = {"picture": SimpleUploadedFile("a.png", content)} if content is not None else {}
    response = signed_in(make_user("communicator")).post(PATH, sent)
    assert response.context["form"].errors["picture"]
    assert not Picture.objects.exists()


def test_readers_see_a_picture_once_a_text_shows_it():
    picture, anna = make_picture(), make_user("communicator")
    address = picture.get_absolute_url()
    assert Client().get(address).status_code == 404
    assert signed_in(anna).get(address).status_code == 200
    draft = create_draft(owner=make_guide(words={}), by=anna, at=AT)
    words = draft.words() | {"where_to_turn": f'<img src="{address}" alt="En gunga">'}
    save_draft(version=draft, words=words, by=anna)
    assert Client().get(address).status_code == 200


def test_a_picture_in_a_text_is_not_forgotten():
    used, unused = make_picture(b"used"), make_picture(b"unused")
    make_article({"body": f'<p>Se.</p><img src="{used.get_absolute_url()}" alt="En gunga">'})
    assert forget_unused_files(stockholm(2026, 11, 9)) == 1
    assert list(Picture.objects.all()) == [used]
    assert unused != used


def test_the_list_asks_the_same_of_many(django_assert_num_queries):
    client = signed_in(make_user("communicator"))
    make_picture(b"0")
    client.get(PATH)
    with django_assert_num_queries(6):
        client.get(PATH)
    for n in range(5):
        make_picture(b"%d" % n)
    with django_assert_num_queries(6):
        client.get(PATH)
