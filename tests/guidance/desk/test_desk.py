"""The road from draft to reader on the portal's own pages, for every kind alike."""

from datetime import timedelta

import pytest
import time_machine

from guidance.actions import create_draft, save_draft, take_step
from guidance.desk.changes import changes
from guidance.models import GuideVersion
from guidance.publishing import State, Step
from tests.centres.staff.people import filled, signed_in, words_of
from tests.factories import make_flow, make_guide, make_user, stockholm
from tests.guidance.test_flow_pages import GRAPH

pytestmark = pytest.mark.django_db
AT = stockholm(2026, 11, 23, 9)
DESK = "/personal/publicera/"


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(AT) as traveller:
        yield traveller


@pytest.fixture
def anna():
    return make_user("communicator", first_name="Anna", last_name="Skribent")


@pytest.fixture
def eva():
    return make_user("reviewer", first_name="Eva", last_name="Granskare")


@pytest.fixture
def guide():
    return make_guide(words={}, slug="natten")


@pytest.fixture
def draft(guide, anna):
    return create_draft(owner=guide, by=anna, at=AT)


def page_of(version) -> str:
    return f"{DESK}rad/{version.pk}/"


def take(client, version, step, **fields):
    seen = client.get(page_of(version)).context["seen"]
    response = client.post(page_of(version), {"step": step, "seen": seen, **fields}, follow=True)
    version.refresh_from_db()
    return response


def test_a_guide_is_changed_reviewed_and_published_by_two(guide, anna, eva):
    client, reviewer = signed_in(anna), signed_in(eva)
    shown = guide.versions.get()
    assert page_of(shown) in client.get(DESK).content.decode()
    begun = client.post(page_of(shown), {"step": "restore"})
    draft = guide.versions.get(state="draft")
    assert begun.headers["Location"] == f"{page_of(draft)}skriv/"
    form = client.get(f"{page_of(draft)}skriv/")
    saved = client.post(f"{page_of(draft)}skriv/", filled(form) | {"title": "Natten"})
    assert saved.headers["Location"] == page_of(draft)
    assert [row.version for row in client.get(DESK).context["desk"].my_drafts] == [draft]
    take(client, draft, "submit")
    assert "Godkänn" not in words_of(client.get(page_of(draft)))
    assert [row.version for row in reviewer.get(DESK).context["desk"].to_review] == [draft]
    take(reviewer, draft, "approve", next_review_on="2027-05-01")
    assert [row.version for row in client.get(DESK).context["desk"].approved] == [draft]
    assert "Natten" not in client.get(guide.get_absolute_url()).content.decode()
    take(client, draft, "publish")
    assert "Natten" in client.get(guide.get_absolute_url()).content.decode()


def test_only_a_named_reviewer_takes_away_that_nobody_has_reviewed(anna, eva, clock):
    guide = make_guide(words={}, is_health=True)
    client, reviewer = signed_in(anna), signed_in(eva)
    named = {"reviewed_by_name": "Siv Ström", "reviewed_by_role": "barnsjuksköterska"}

    def published(**review) -> str:
        clock.shift(timedelta(minutes=1))
        draft = create_draft(owner=guide, by=anna, at=AT)
        take(client, draft, "submit")
        take(reviewer, draft, "approve", **review)
        take(client, draft, "publish")
        return words_of(client.get(guide.get_absolute_url()))

    page = words_of(client.get(guide.get_absolute_url()))
    assert "Exempeltext, inte granskad av vårdpersonal" in page
    page = published(reviewed_by_name="Siv Ström")  # without a profession: not approved
    assert "Exempeltext, inte granskad av vårdpersonal" in page
    client.post(page_of(guide.versions.get(state="in_review")), {"step": "take_back"})
    client.post(page_of(guide.versions.get(state="draft")), {"step": "discard"})
    assert "Inte granskad av vårdpersonal" in published()
    page = published(**named, next_review_on="2027-05-01")
    assert "Granskad av Siv Ström, barnsjuksköterska, 23 november 2026." in page
    assert "Ses över senast 1 maj 2027." in page
    assert "nte granskad" not in page
    assert "Inte granskad av vårdpersonal" in published()  # other words, that nobody has reviewed


def test_a_text_comes_back_with_a_comment(draft, anna, eva):
    client, reviewer = signed_in(anna), signed_in(eva)
    take(client, draft, "submit")
    assert "Skriv vad som behöver ändras" in words_of(take(reviewer, draft, "send_back"))
    take(reviewer, draft, "send_back", comment="Skriv enklare.")
    assert draft.state == State.DRAFT
    assert "Skriv enklare." in words_of(client.get(page_of(draft)))


def test_publishing_and_withdrawal_are_scheduled(guide, draft, anna, eva, clock):
    client = signed_in(anna)
    save_draft(version=draft, words={"title": "Natten i jul"}, by=anna)
    take(client, draft, "submit")
    take(signed_in(eva), draft, "approve")
    moments = {
        "publish_at_0": "2026-12-20",
        "publish_at_1": "08:00",
        "unpublish_at_0": "2027-01-07",
        "unpublish_at_1": "08:00",
    }
    take(client, draft, "publish", **moments)
    assert [row.version for row in client.get(DESK).context["desk"].planned] == [draft]
    seen = {}
    for day in (
        stockholm(2026, 12, 20, 7, 59),
        stockholm(2026, 12, 20, 8),
        stockholm(2027, 1, 7, 8),
    ):
        clock.move_to(day)
        response = client.get(guide.get_absolute_url())
        seen[day] = response.status_code, "Natten i jul" in response.content.decode()
    assert list(seen.values()) == [(200, False), (200, True), (404, False)]
    assert [row.version for row in signed_in(anna).get(DESK).context["desk"].gone] == [draft]


@pytest.mark.parametrize(
    "fields",
    [
        {"publish_at_0": "i morgon"},
        {"publish_at_0": "2026-12-20"},
        {"unpublish_at_0": "2020-01-01", "unpublish_at_1": "08:00"},
        {"publish_at_0": "x" * 10_000, "publish_at_1": "\0"},
    ],
)
def test_moments_that_cannot_be_are_refused_in_words(draft, anna, eva, fields):
    client = signed_in(anna)
    take(client, draft, "submit")
    take(signed_in(eva), draft, "approve")
    html = take(client, draft, "publish", **fields).content.decode()
    assert "field__error" in html or 'class="errors"' in html
    assert draft.state == State.APPROVED


@pytest.mark.parametrize("step", ["", "junk", "approve", "withdraw\0", "x" * 10_000])
def test_a_step_that_cannot_be_taken_is_refused_in_words(draft, anna, step):
    assert "message--error" in take(signed_in(anna), draft, step).content.decode()
    assert draft.state == State.DRAFT


def test_a_step_sent_twice_is_taken_once(draft, anna):
    client = signed_in(anna)
    take(client, draft, "submit")
    submitted = draft.submitted_at
    assert "redan gått vidare" in words_of(take(client, draft, "submit"))
    assert draft.submitted_at == submitted


def test_an_earlier_version_is_restored_as_a_draft(guide, draft, anna, eva):
    client = signed_in(anna)
    save_draft(version=draft, words={"title": "Ny rubrik"}, by=anna)
    for step, by in ((Step.SUBMIT, anna), (Step.APPROVE, eva), (Step.PUBLISH, anna)):
        take_step(version=draft, step=step, by=by, at=AT)
    first = guide.versions.get(number=1)
    take(client, first, "restore")
    third = guide.versions.get(number=3)
    assert (third.state, third.title) == (State.DRAFT, first.title)
    again = client.post(page_of(first), {"step": "restore"}, follow=True)
    assert "redan ett utkast" in words_of(again)
    take_away = client.post(page_of(third), {"step": "discard"}, follow=True)
    assert take_away.redirect_chain[-1][0] == DESK
    assert guide.versions.count() == 2


def test_the_second_of_two_writers_is_shown_both(draft, anna):
    other = make_user("communicator", first_name="Bo", last_name="Andersson")
    url = f"{page_of(draft)}skriv/"
    client = signed_in(anna)
    data = filled(client.get(url)) | {"title": "Annas rubrik"}
    save_draft(version=draft, words={"title": "Bos rubrik"}, by=other)
    page = client.post(url, data)
    assert "Någon annan har sparat" in words_of(page)
    assert "Bo Andersson" in words_of(page)
    assert "Bos<span" in page.content.decode()
    draft.refresh_from_db()
    assert draft.title == "Bos rubrik"
    again = data | {"version": page.context["form"]["version"].value()}
    assert client.post(url, again).status_code == 302
    draft.refresh_from_db()
    assert draft.title == "Annas rubrik"


def test_what_is_refused_comes_back_beside_what_was_written(draft, anna, eva):
    take(signed_in(anna), draft, "submit")
    reviewer = signed_in(eva)
    page = take(reviewer, draft, "send_back", comment="")
    [form] = [form for value, _label, form in page.context["steps"] if value == "send_back"]
    assert form.non_field_errors() == ["Skriv vad som behöver ändras."]
    draft.refresh_from_db()
    assert draft.state == State.IN_REVIEW
    assert "Skickat tillbaka" in words_of(take(reviewer, draft, "send_back", comment="Kortare"))


def test_what_the_reviewer_has_not_read_is_not_approved(draft, anna, eva):
    client, reviewer = signed_in(anna), signed_in(eva)
    take(client, draft, "submit")
    seen = reviewer.get(page_of(draft)).context["seen"]
    take(client, draft, "take_back")
    save_draft(version=draft, words={"title": "En annan"}, by=anna)
    take(client, draft, "submit")
    sent = {"step": "approve", "seen": seen}
    refused = words_of(reviewer.post(page_of(draft), sent, follow=True))
    assert f"sedan du öppnade sidan: {anna} " in refused
    assert "Läs den igen" in refused
    draft.refresh_from_db()
    assert draft.state == State.IN_REVIEW


def test_who_has_reviewed_the_facts_is_told_by_name_and_profession(draft, anna, eva):
    take(signed_in(anna), draft, "submit")
    half = take(signed_in(eva), draft, "approve", reviewed_by_name="Eva Exempel")
    assert "både sakgranskarens namn och yrke" in words_of(half)
    who = {"reviewed_by_name": "Eva Exempel", "reviewed_by_role": "barnsjuksköterska"}
    take(signed_in(eva), draft, "approve", **who)
    assert (draft.state, draft.reviewed_by_role) == (State.APPROVED, "barnsjuksköterska")


def test_words_that_have_left_the_drafts_have_no_form(guide, anna):
    version = guide.versions.get()
    client, url = signed_in(anna), f"{page_of(version)}skriv/"
    assert client.get(url).headers["Location"] == page_of(version)
    assert client.post(url, {"title": "Ny rubrik"}).headers["Location"] == page_of(version)
    assert guide.versions.get().title == version.title


@pytest.mark.parametrize(
    "junk",
    [
        {"title": ""},
        {"title": "x" * 10_000},
        {"title": "a\0b"},
        {"summary": "x" * 10_000},
        {"what_to_try": ""},
        {"sources": "x"},
        {"sources": "a | b | javascript:x"},
        {"sources": "a | b | c | d | e"},
        {"sources": f"{'a' * 9000} | b"},
        {"sources": "[" * 9000},
        {"sources": "a | \0"},
    ],
)
def test_words_that_cannot_be_are_refused_in_words(draft, anna, junk):
    client, url = signed_in(anna), f"{page_of(draft)}skriv/"
    page = client.post(url, filled(client.get(url)) | junk)
    assert page.status_code == 200
    assert "field__error" in page.content.decode()


def test_what_differs_is_shown_between_any_two(guide, draft, anna):
    save_draft(version=draft, words={"what_to_try": "<p>Turas om att vila.</p>"}, by=anna)
    client = signed_in(anna)
    html = client.get(f"{page_of(draft)}jamfor/").content.decode()
    assert "<ins>" in html
    assert "att vila." in html
    first = guide.versions.get(number=1)
    assert "<del>" in client.get(f"{page_of(first)}jamfor/?med={draft.pk}").content.decode()
    for junk in ("junk", "\0", str(guide.pk)):
        assert client.get(f"{page_of(draft)}jamfor/", {"med": junk}).status_code == 404


def test_flows_take_the_same_road_with_their_own_form(anna):
    flow = make_flow(GRAPH, slug="vem")
    draft = create_draft(owner=flow, by=anna, at=AT)
    client = signed_in(anna)
    page = client.get(f"{DESK}flode/{draft.pk}/")
    assert page.context["edit_url"] == "/personal/fragefloden/vem/skriv/"
    assert client.get(f"{DESK}flode/{draft.pk}/skriv/").status_code == 302
    assert client.get(f"{DESK}flode/{draft.pk}/jamfor/").status_code == 200
    assert client.get(page.context["preview"]).status_code == 200


def test_a_first_draft_is_begun_in_a_language(anna):
    guide = make_guide()
    client, url = signed_in(anna), f"{DESK}rad/borja/{guide.pk}/"
    assert guide.slug in words_of(client.get(DESK))
    assert client.post(url, {"language": "sv"}).status_code == 302
    assert client.post(url, {"language": "sv"}).status_code == 302
    assert client.post(url, {"language": "xx"}).status_code == 403
    assert guide.versions.get().state == State.DRAFT


def test_a_text_is_begun_in_another_language_by_who_may_write_it(guide):
    version = guide.versions.get()
    client, url = signed_in(make_user("translator")), f"{DESK}rad/borja/{guide.pk}/"
    assert "Skriv på lättläst svenska" in words_of(client.get(page_of(version)))
    assert client.post(url, {"language": "sv"}).status_code == 403
    assert client.post(url, {"language": "sv-lattlast"}).status_code == 302
    draft = guide.versions.get(language="sv-lattlast")
    assert page_of(draft) in client.get(page_of(version)).content.decode()
    assert "Skriv på" not in words_of(signed_in(make_user("editor")).get(page_of(draft)))


def test_the_end_of_what_readers_see_is_moved_and_taken_away(guide, anna, clock):
    version, client = guide.versions.get(), signed_in(anna)
    end = {"unpublish_at_0": "2026-12-24", "unpublish_at_1": "12:00"}
    take(client, version, "move_end", **end)
    assert version.unpublish_at == stockholm(2026, 12, 24, 12)
    form = client.get(page_of(version)).content.decode()
    assert 'value="2026-12-24"' in form
    assert [row.version for row in client.get(DESK).context["desk"].planned] == [version]
    assert client.get(guide.get_absolute_url()).status_code == 200
    past = {"unpublish_at_0": "2026-11-22", "unpublish_at_1": "12:00"}
    assert "senare än nu" in words_of(take(client, version, "move_end", **past))
    take(client, version, "move_end")
    assert version.unpublish_at is None
    take(client, version, "move_end", **end)
    clock.move_to(stockholm(2026, 12, 24, 12))
    assert client.get(guide.get_absolute_url()).status_code == 404
    late = {"step": "move_end", "unpublish_at_0": "2027-01-01", "unpublish_at_1": "12:00"}
    answer = signed_in(anna).post(page_of(version), late, follow=True)
    assert "syns inte längre" in words_of(answer)


def test_who_may_only_read_is_refused(draft, eva):
    for person in (make_user("editor"), make_user("translator")):
        client = signed_in(person)
        assert client.get(DESK).status_code == 200
        assert client.get(page_of(draft)).status_code == 200
        assert client.post(page_of(draft), {"step": "submit"}).status_code == 403
        assert client.get(f"{page_of(draft)}skriv/").status_code == 403
    assert signed_in(eva).get(f"{page_of(draft)}skriv/").status_code == 403
    assert signed_in(eva).get(f"{DESK}finns-inte/{draft.pk}/").status_code == 404
    assert signed_in(eva).get(f"{DESK}flode/{draft.pk}/").status_code == 404


def test_what_is_due_to_be_looked_over_is_listed_by_its_day(guide, anna):
    GuideVersion.objects.filter(owner=guide).update(next_review_on=AT.date() + timedelta(days=20))
    make_guide(words={"next_review_on": AT.date() + timedelta(days=200)})
    desk = signed_in(anna).get(DESK).context["desk"]
    assert [row.version.owner for row in desk.to_look_over] == [guide]


def test_the_list_asks_as_little_of_many(
    draft, anna, django_assert_num_queries, django_assert_max_num_queries
):
    client = signed_in(anna)
    client.get(DESK)
    with django_assert_max_num_queries(50) as few:
        client.get(DESK)
    for _n in range(3):
        create_draft(owner=make_guide(words={}), by=anna, at=AT)
        make_flow(GRAPH)
        make_guide()
    with django_assert_num_queries(len(few)):
        client.get(DESK)


def test_what_only_changes_the_form_is_shown():
    version = GuideVersion(what_to_try="<table><tbody><tr><td>Dag</td></tr></tbody></table>")
    words = version.words() | {"what_to_try": version.what_to_try.replace("td", "th")}
    (found,) = changes(version, words)
    assert "".join(piece.text for piece in found.change.new) == words["what_to_try"]
