"""How staff write a flow: looked at by all, written by communicators, never lost, never broken."""

import pytest
from django.core.exceptions import ValidationError

from guidance.actions import create_draft, save_draft, take_step
from guidance.models import Flow, FlowVersion
from guidance.publishing import Step
from tests.centres.staff.people import signed_in
from tests.factories import (
    make_district,
    make_flow,
    make_guide,
    make_line,
    make_service,
    make_topic,
    make_user,
    stockholm,
)
from tests.guidance.test_flow_pages import GRAPH, outcome, question

pytestmark = pytest.mark.django_db
AT = stockholm(2026, 11, 23, 9)
PATH = "/personal/fragefloden/vem/"
EDIT = f"{PATH}skriv/"


@pytest.fixture
def flow():
    make_line(slug="1177", number="1177")
    make_service("child_health_care")
    return make_flow(GRAPH, slug="vem")


@pytest.fixture
def anna():
    return make_user("communicator")


@pytest.fixture
def draft(flow, anna):
    return create_draft(owner=flow, by=anna, at=AT)


def sent(form) -> dict:
    """What a browser sends of the form as it was shown."""
    parts = [form, form.questions.management_form, form.outcomes.management_form]
    parts += [*form.questions, *form.outcomes]
    for one in form.questions:
        parts += [one.answers.management_form, *one.answers]
    data = {}
    for part in parts:
        for field in part:
            value = field.value()
            if value is not None and value is not False:
                data[field.html_name] = value
    return data


def shown(client):
    return client.get(EDIT).context["form"]


def test_the_form_that_is_sent_as_it_stands_changes_nothing(client, draft, anna):
    client = signed_in(anna)
    response = client.post(EDIT, sent(shown(client)))
    assert response.status_code == 302, response.context["form"].errors
    assert FlowVersion.objects.get(pk=draft.pk).as_graph() == draft.as_graph()


def test_a_new_question_answer_and_outcome_are_written(client, draft, anna):
    client = signed_in(anna)
    data = sent(shown(client)) | {
        "q-2-parent": "Hur bråttom är det?",
        "q-2-staff": "Hur bråttom är det för familjen?",
        "q-2-a-0-parent": "Mycket",
        "q-2-a-0-staff": "Mycket",
        "q-2-a-0-to": "ring",
        "q-0-a-2-to": "hur-brattom-ar-det",
        "o-2-heading_parent": "Vänta",
        "o-2-heading_staff": "Vänta",
        "o-2-lines1": "1177",
    }
    client.post(EDIT, data)
    graph = FlowVersion.objects.get(pk=draft.pk).as_graph()
    assert [q.key for q in graph.questions] == ["vem", "alder", "hur-brattom-ar-det"]
    assert graph.questions[2].answers[0].to == "ring"
    assert graph.outcomes[2].lines == ("1177",)
    page = client.get(PATH).content.decode()
    assert "Besked 3 (”Vänta”) kan ingen komma till" in page
    assert "Besked 3, rådet saknar text till föräldern" in page


def test_guides_are_chosen_by_their_titles(client, draft, anna):
    make_guide(slug="ett-rad", words={"title": "När bebisen inte sover"})
    make_guide(slug="utan-ord")
    outcome = shown(signed_in(anna)).outcomes[0]
    choices = dict(outcome.fields["guides1"].choices)
    assert choices["ett-rad"] == "När bebisen inte sover"
    assert choices["utan-ord"] == "utan-ord"


# --- What a flow is about -------------------------------------------------------------------------
NEW = "/personal/fragefloden/ny/"


def test_a_flow_is_begun_with_address_and_topic(client, anna):
    client, topic = signed_in(anna), make_topic("Sömn")
    assert NEW in client.get("/personal/fragefloden/").content.decode()
    sent = {"slug": "trott", "home_topic": topic.pk, "is_sensitive": "on", "position": 3}
    assert client.post(NEW, sent).url == "/personal/fragefloden/trott/skriv/"
    flow = Flow.objects.get(slug="trott")
    assert (flow.home_topic, flow.is_sensitive, flow.position) == (topic, True, 3)
    assert flow.versions.get().is_draft
    assert client.get("/personal/fragefloden/trott/skriv/").status_code == 200
    page = client.get("/personal/fragefloden/trott/").content.decode()
    assert "<h1>trott</h1>" in page  # it has no title yet
    assert flow.get_absolute_url() not in page  # nor a page that readers see
    assert ">trott</a>" in client.get("/personal/fragefloden/").content.decode()
    assert flow.history.get().history_user == anna


@pytest.mark.parametrize("slug", ["", "vem", "Ny!", "!!!", "\0", "a" * 10_000])
def test_a_flow_is_not_begun_with_an_address_that_cannot_be(client, flow, anna, slug):
    response = signed_in(anna).post(NEW, {"slug": slug, "position": 0})
    assert response.context["form"].errors["slug"]
    assert Flow.objects.count() == 1


def test_what_a_flow_is_about_is_changed_by_one_at_a_time(client, flow, anna):
    client, path = signed_in(anna), f"{PATH}om/"
    version = client.get(path).context["form"]["version"].value()
    sent = {"is_sensitive": "on", "position": 1, "version": version}
    assert client.post(path, sent).status_code == 302
    flow.refresh_from_db()
    assert flow.is_sensitive
    late = client.post(path, {"position": 2, "version": version})
    assert late.context["form"].errors
    assert Flow.objects.get().position == 1


def test_questions_are_removed_and_moved(client, draft, anna):
    client = signed_in(anna)
    client.post(EDIT, sent(shown(client)) | {"q-0-ORDER": "9", "q-0-a-1-DELETE": "on"})
    graph = FlowVersion.objects.get(pk=draft.pk).as_graph()
    assert [q.key for q in graph.questions] == ["alder", "vem"]
    assert [a.key for a in graph.questions[1].answers] == ["barnet", "annan"]
    client.post(EDIT, sent(shown(client)) | {"q-1-DELETE": "on"})
    assert len(FlowVersion.objects.get(pk=draft.pk).as_graph().questions) == 1


def test_the_second_of_two_writers_is_shown_both(client, draft, anna):
    client = signed_in(anna)
    data = sent(shown(client)) | {"title": "Annas rubrik"}
    other = make_user("communicator")
    save_draft(version=draft, words={"title": "Bos rubrik"}, by=other)
    page = client.post(EDIT, data)
    html = page.content.decode()
    assert "Någon annan har sparat" in html
    assert "Bos rubrik" in html
    assert "Annas rubrik" in html
    assert FlowVersion.objects.get(pk=draft.pk).title == "Bos rubrik"
    again = data | {"seen": page.context["seen"]}
    assert client.post(EDIT, again).status_code == 302
    assert FlowVersion.objects.get(pk=draft.pk).title == "Annas rubrik"


@pytest.mark.parametrize(
    "junk",
    [
        {"q-TOTAL_FORMS": "x"},
        {"q-TOTAL_FORMS": "10000"},
        {"q-0-a-TOTAL_FORMS": ""},
        {"q-0-key": "<b>"},
        {"q-0-key": "alder"},
        {"q-0-parent": "a\0b"},
        {"q-0-parent": "x" * 10_000},
        {"q-0-a-0-to": "x" * 100},
        {"o-0-services1": "finns-inte"},
        {"title": ""},
        {"q-0-ORDER": "många"},
    ],
)
def test_what_no_form_sends_is_refused_in_words(client, draft, anna, junk):
    client = signed_in(anna)
    page = client.post(EDIT, sent(shown(client)) | junk)
    assert page.status_code == 200
    assert 'class="errors"' in page.content.decode() or "field__error" in page.content.decode()
    assert FlowVersion.objects.get(pk=draft.pk).as_graph() == draft.as_graph()


def test_who_may_not_write_looks_only(client, draft):
    for role in ("editor", "reviewer", "translator"):
        client = signed_in(make_user(role))
        assert client.get(EDIT).status_code == 403
        assert client.post(EDIT, {}).status_code == 403
        assert client.get(PATH).status_code == 200
        assert client.get("/personal/fragefloden/").status_code == 200
        assert client.post(PATH, {"step": "draft"}).status_code == 405


def test_the_page_of_a_flow_leads_to_its_steps_at_the_desk(client, flow, anna):
    client = signed_in(anna)
    assert f"/personal/publicera/flode/borja/{flow.pk}/" in client.get(PATH).content.decode()
    begun = client.post(f"/personal/publicera/flode/borja/{flow.pk}/", {"language": "sv"})
    assert begun.headers["Location"] == EDIT
    draft = flow.versions.get(number=2)
    html = client.get(PATH).content.decode()
    assert f"/personal/publicera/flode/{draft.pk}/" in html
    assert "Skicka till granskning" not in html


def test_a_flow_is_written_in_each_language_by_itself(client, flow):
    client = signed_in(make_user("translator"))
    begun = client.post(
        f"/personal/publicera/flode/borja/{flow.pk}/", {"language": "sv-lattlast"}, follow=True
    )
    assert begun.redirect_chain[-1][0] == f"{PATH}sv-lattlast/skriv/"
    draft = flow.versions.get(language="sv-lattlast")
    sent_back = client.post(
        f"{PATH}sv-lattlast/skriv/", sent(begun.context["form"]) | {"title": "Vem?", "look": "1"}
    )
    draft.refresh_from_db()
    assert sent_back.status_code in (200, 302)
    assert client.get(f"{PATH}sv-lattlast/").context["version"] == draft
    assert client.get(f"{PATH}finns-inte/").context["version"] is None
    assert client.get(EDIT).status_code == 403


BROKEN = [
    ({"questions": [], "outcomes": []}, "ingen fråga"),
    (
        {"questions": [question("vem", barnet="")], "outcomes": []},
        "Fråga 1, svar ”barnet” leder ingenstans.",
    ),
    (
        {"questions": [question("a", ja="b"), question("b", nej="a")], "outcomes": []},
        "Fråga 2, svar ”nej” går runt: det leder tillbaka till fråga 1.",
    ),
    (
        {"questions": [question("a", ja="slut")], "outcomes": [outcome("slut")]},
        "Besked 1 (”Utfall slut”) har ingen att vända sig till",
    ),
    (
        {"questions": [question("a", ja="slut")], "outcomes": [outcome("slut", lines=["999"])]},
        "Besked 1 (”Utfall slut”) nämner ”999”, som inte finns.",
    ),
    (
        {
            "questions": [question("a", ja="slut")],
            "outcomes": [outcome("slut", services=["library"])],
        },
        "Besked 1 (”Utfall slut”) har ingen att vända sig till i Angered. Vägen dit: ja.",
    ),
]


@pytest.mark.parametrize(("graph", "sentence"), BROKEN)
def test_a_broken_flow_is_not_published_and_says_where(
    service_library, draft, anna, graph, sentence
):
    make_district("Angered")
    save_draft(version=draft, words={"graph": graph}, by=anna)
    with pytest.raises(ValidationError) as refused:
        take_step(version=draft, step=Step.SUBMIT, by=anna, at=AT)
    assert any(sentence in said for said in refused.value.messages), refused.value.messages
    client = signed_in(anna)
    client.post(f"/personal/publicera/flode/{draft.pk}/", {"step": "submit"})
    assert FlowVersion.objects.get(pk=draft.pk).is_draft
    page = client.get(PATH)
    assert any(sentence in problem for problem in page.context["problems"])


@pytest.fixture
def service_library():
    return make_service("library")


def test_the_drawing_and_the_list_ask_as_little_of_many(
    client, draft, anna, django_assert_num_queries, django_assert_max_num_queries
):
    client = signed_in(anna)
    for path in (PATH, EDIT, "/personal/fragefloden/"):
        client.get(path)
        with django_assert_max_num_queries(40) as few:
            client.get(path)
        make_flow(GRAPH)
        make_line()
        with django_assert_num_queries(len(few)):
            client.get(path)
