"""What a guide is about, in the admin; its words are written and published at the desk."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from guidance.models import GuideVersion
from guidance.publishing import State
from tests.factories import make_guide, make_support_contact, make_topic, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def anna(client):
    user = make_user("communicator")
    client.force_login(user)
    return user


def test_a_new_guide_leads_straight_to_its_words(client, anna):
    topic = make_topic()
    data = {
        "slug": "ett-rad",
        "home_topic": topic.pk,
        "position": 0,
        "helped_by-TOTAL_FORMS": 0,
        "helped_by-INITIAL_FORMS": 0,
    }
    add = reverse("admin:guidance_guide_add")
    written = client.post(add, {**data, "_save": ""})
    draft = GuideVersion.objects.get()
    assert written.headers["Location"] == f"/personal/publicera/rad/{draft.pk}/skriv/"
    assert (draft.state, draft.author) == (State.DRAFT, anna)
    client.post(add, {**data, "slug": "ett-till", "_addanother": ""})
    assert GuideVersion.objects.count() == 1


def test_the_page_of_a_guide_leads_to_its_words_at_the_desk(client, anna):
    guide = make_guide(words={})
    version = guide.versions.get()
    html = client.get(reverse("admin:guidance_guide_change", args=[guide.pk])).content.decode()
    assert f"/personal/publicera/rad/{version.pk}/" in html
    assert f"/personal/publicera/rad/borja/{guide.pk}/" in html


def test_a_form_asks_no_more_where_there_is_more_to_choose_from(
    client, anna, django_assert_num_queries
):
    make_support_contact()
    url = reverse("admin:guidance_guide_change", args=[make_guide(words={}).pk])
    client.get(url)
    with CaptureQueriesContext(connection) as few:
        client.get(url)
    for name in ("Mat", "Språk", "Vänner"):
        make_support_contact(topics=[make_topic(name)])
    with django_assert_num_queries(len(few)):
        client.get(url)
