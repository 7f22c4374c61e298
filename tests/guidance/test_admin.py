"""Writing, reviewing and publishing a guide in the admin, as staff do it."""

import pytest
from django.urls import reverse

from guidance.models import GuideVersion
from services.versions import version_of_row
from tests.factories import make_guide, make_topic, make_user

pytestmark = pytest.mark.django_db
WORDS = {
    "title": "Ny rubrik",
    "summary": "Kort.",
    "what_is_common": "<p>Vanligt.</p><script>x</script>",
    "what_to_try": "<p>Prova.</p>",
    "when_to_seek_help": "<p>Sök.</p>",
    "where_to_turn": "<p>Hit.</p>",
    "sources": "En bok | Ett förlag\nEn sida | Staden | https://goteborg.se | 2024",
    "questions": "",
    "search_words": "",
}


@pytest.fixture
def anna(client):
    user = make_user("communicator")
    client.force_login(user)
    return user


def page_of(version):
    return reverse("admin:guidance_guideversion_change", args=[version.pk])


def take(client, version, step, **fields):
    version.refresh_from_db()
    url = reverse("admin:guidance_guideversion_step", args=[version.pk])
    data = {"step": step, "seen": version_of_row(version), **fields}
    response = client.post(url, data, follow=True)
    if version.state != "gone":
        version.refresh_from_db()
    return response.content.decode()


def begin(client, guide, language="sv"):
    url = reverse("admin:guidance_guide_draft", args=[guide.pk])
    client.post(url, {"language": language})
    return guide.versions.get(language=language, state="draft")


def test_a_text_is_written_reviewed_and_published(client, anna):
    guide = make_guide()
    draft = begin(client, guide)
    assert client.post(page_of(draft), WORDS).status_code == 302
    draft.refresh_from_db()
    assert draft.what_is_common == "<p>Vanligt.</p>"
    assert draft.sources == [
        {"title": "En bok", "publisher": "Ett förlag"},
        {"title": "En sida", "publisher": "Staden", "url": "https://goteborg.se", "date": "2024"},
    ]
    take(client, draft, "submit")
    client.force_login(make_user("reviewer"))
    assert "Godkänn" in client.get(page_of(draft)).content.decode()
    who = {"reviewed_by_name": "Eva Exempel", "reviewed_by_role": "barnsjuksköterska"}
    take(client, draft, "approve", next_review_on="2099-01-01", **who)
    take(client, draft, "publish")
    assert (draft.state, draft.reviewed_by_name) == ("published", "Eva Exempel")
    page = client.get(f"/rad-och-stod/{guide.home_topic.slug}/{guide.slug}/").content.decode()
    assert "Ny rubrik" in page


def test_a_reviewer_sends_back_with_a_comment(client, anna):
    draft = begin(client, make_guide(words={}))
    take(client, draft, "submit")
    client.force_login(make_user("reviewer"))
    take(client, draft, "send_back")
    assert draft.state == "in_review"
    take(client, draft, "send_back", comment="Skriv enklare.")
    client.force_login(anna)
    assert "Skriv enklare." in client.get(page_of(draft)).content.decode()


def test_what_the_reviewer_has_not_read_is_not_approved(client, anna):
    draft = begin(client, make_guide(words={}))
    take(client, draft, "submit")
    seen = version_of_row(draft)
    take(client, draft, "take_back")
    client.post(page_of(draft), WORDS)
    take(client, draft, "submit")
    client.force_login(make_user("reviewer"))
    said = take(client, draft, "approve", seen=seen)
    assert "Läs den igen" in said
    assert draft.state == "in_review"


def test_a_draft_saved_by_two_shows_the_second_both(client, anna):
    draft = begin(client, make_guide(words={}))
    made_from = version_of_row(draft)
    client.post(page_of(draft), {**WORDS, "version": made_from})
    late = {**WORDS, "title": "En annan", "version": made_from}
    assert "inget är överskrivet" in client.post(page_of(draft), late).content.decode()
    draft.refresh_from_db()
    assert draft.title == "Ny rubrik"


def test_words_that_have_left_the_drafts_have_no_form(client, anna):
    version = make_guide(words={}).versions.get()
    assert "adminform" in client.get(page_of(version)).context
    assert client.post(page_of(version), WORDS).status_code == 403
    version.refresh_from_db()
    assert version.title != "Ny rubrik"


def test_an_old_version_comes_back_as_a_draft_and_is_thrown_away(client, anna):
    guide = make_guide(words={})
    take(client, guide.versions.get(), "restore")
    draft = guide.versions.latest("number")
    assert (draft.number, draft.state) == (2, "draft")
    url = reverse("admin:guidance_guideversion_step", args=[draft.pk])
    client.post(url, {"step": "discard"})
    assert guide.versions.count() == 1


@pytest.mark.parametrize("step", ["", "junk", "approve", "publish", "withdraw\x00"])
def test_a_step_that_cannot_be_taken_is_refused_in_words(client, anna, step):
    draft = begin(client, make_guide(words={}))
    said = take(client, draft, step)
    assert "errornote" in said or 'class="error"' in said
    assert draft.state == "draft"


@pytest.mark.parametrize(
    "sources",
    ["x", "a | b | javascript:x", "a | b | c | d | e", f"{'a' * 9000} | b", "[" * 9000, "a | \x00"],
)
def test_sources_that_cannot_be_read_are_refused(client, anna, sources):
    draft = begin(client, make_guide(words={}))
    response = client.post(page_of(draft), {**WORDS, "sources": sources})
    assert response.context["adminform"].form.errors["sources"]


def test_a_translator_writes_easy_swedish_and_leaves_the_rest(client):
    client.force_login(make_user("translator"))
    guide = make_guide(words={})
    assert client.post(reverse("admin:guidance_guide_draft", args=[guide.pk])).status_code == 403
    assert begin(client, guide, "sv-lattlast").language == "sv-lattlast"


def test_a_new_guide_is_made_with_its_services(client, anna):
    topic = make_topic()
    data = {
        "slug": "ett-rad",
        "home_topic": topic.pk,
        "position": 0,
        "helped_by-TOTAL_FORMS": 0,
        "helped_by-INITIAL_FORMS": 0,
    }
    assert client.post(reverse("admin:guidance_guide_add"), data).status_code == 302
    assert not GuideVersion.objects.exists()
