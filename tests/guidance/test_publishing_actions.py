"""The road in the database: who is refused, what is kept, and what no query can get past."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError

from guidance.actions import create_draft, discard_draft, restore, save_draft, take_step
from guidance.models import Guide, GuideVersion
from guidance.publishing import NotAllowedError, State, Step
from tests.factories import make_guide, make_user, make_version, stockholm

pytestmark = pytest.mark.django_db
AT = stockholm(2026, 11, 23, 9)
HOUR = timedelta(hours=1)
WORDS = {
    "title": "Ny rubrik",
    "summary": "Kort.",
    "what_is_common": "<p>Vanligt.</p>",
    "what_to_try": "<p>Prova.</p>",
    "when_to_seek_help": "<p>Sök.</p>",
    "where_to_turn": "<p>Hit.</p>",
}


@pytest.fixture
def anna():
    return make_user("communicator")


@pytest.fixture
def bo():
    return make_user("reviewer")


def published(guide, writer, reviewer, at=AT, **times):
    draft = create_draft(owner=guide, by=writer, at=at)
    save_draft(version=draft, words=WORDS, by=writer)
    take_step(version=draft, step=Step.SUBMIT, by=writer, at=at)
    take_step(version=draft, step=Step.APPROVE, by=reviewer, at=at)
    return take_step(version=draft, step=Step.PUBLISH, by=writer, at=at, **times)


def test_readers_keep_the_old_words_until_the_new_are_published(anna, bo):
    guide = make_guide(words={"title": "Gammal rubrik"})
    draft = create_draft(owner=guide, by=anna, at=AT)
    assert (draft.number, draft.title) == (2, "Gammal rubrik")
    save_draft(version=draft, words=WORDS, by=anna)
    take_step(version=draft, step=Step.SUBMIT, by=anna, at=AT)
    assert guide.shown(AT).version.title == "Gammal rubrik"
    take_step(version=draft, step=Step.APPROVE, by=bo, at=AT)
    take_step(version=draft, step=Step.PUBLISH, by=anna, at=AT, publish_at=AT + HOUR)
    now = guide.shown(AT)
    assert (now.version.title, now.until) == ("Gammal rubrik", AT + HOUR)
    assert guide.shown(AT + HOUR).version.title == "Ny rubrik"


def test_what_is_withdrawn_is_gone_and_nothing_older_comes_back(anna, bo):
    guide = make_guide(words={})
    version = published(guide, anna, bo)
    take_step(version=version, step=Step.WITHDRAW, by=bo, at=AT + HOUR)
    assert guide.shown(AT + HOUR).version is None
    assert list(Guide.objects.shown(AT + HOUR)) == []
    assert list(Guide.objects.shown(AT)) == [guide]


def test_an_earlier_version_comes_back_as_a_draft_that_must_be_approved(anna, bo):
    guide = make_guide(words={"title": "Gammal rubrik"})
    old = guide.versions.get()
    published(guide, anna, bo)
    draft = restore(version=old, by=anna, at=AT + HOUR)
    assert (draft.title, draft.state, draft.origin) == ("Gammal rubrik", State.DRAFT, "staff")
    assert guide.shown(AT + HOUR).version.title == "Ny rubrik"


def test_who_may_not_write_makes_no_draft(bo):
    guide = make_guide(words={})
    for person in (bo, make_user("editor"), make_user("translator")):
        with pytest.raises(NotAllowedError):
            create_draft(owner=guide, by=person, at=AT)
    easy = create_draft(owner=guide, by=make_user("translator"), at=AT, language="sv-lattlast")
    assert easy.language == "sv-lattlast"


def test_two_who_begin_at_once_share_one_draft(anna):
    guide = make_guide(words={})
    create_draft(owner=guide, by=anna, at=AT)
    with pytest.raises(NotAllowedError, match="redan ett utkast"):
        create_draft(owner=guide, by=make_user("communicator"), at=AT)


def test_a_step_that_is_sent_twice_is_taken_once(anna):
    draft = create_draft(owner=make_guide(words={}), by=anna, at=AT)
    take_step(version=draft, step=Step.SUBMIT, by=anna, at=AT)
    with pytest.raises(NotAllowedError, match="redan gått vidare"):
        take_step(version=draft, step=Step.SUBMIT, by=anna, at=AT + HOUR)


def test_whoever_has_ever_written_in_it_does_not_approve_it(anna):
    chief = make_user("coordinator")
    draft = create_draft(owner=make_guide(), by=chief, at=AT)
    save_draft(version=draft, words=WORDS, by=anna)
    take_step(version=draft, step=Step.SUBMIT, by=anna, at=AT)
    with pytest.raises(NotAllowedError, match="Någon annan"):
        take_step(version=draft, step=Step.APPROVE, by=chief, at=AT)


def test_an_unfinished_text_does_not_leave_the_drafts(anna):
    draft = create_draft(owner=make_guide(), by=anna, at=AT)
    with pytest.raises(ValidationError):
        take_step(version=draft, step=Step.SUBMIT, by=anna, at=AT)


def test_a_version_behind_a_scheduled_one_is_refused(anna, bo):
    guide = make_guide(words={})
    published(guide, anna, bo, publish_at=AT + 9 * HOUR)
    with pytest.raises(NotAllowedError, match="ska publiceras senare"):
        published(guide, anna, bo, at=AT + HOUR)


def test_the_professional_who_reviewed_is_named_with_the_version_only(anna, bo):
    guide = make_guide(words={})
    draft = create_draft(owner=guide, by=anna, at=AT)
    take_step(version=draft, step=Step.SUBMIT, by=anna, at=AT)
    who = ("Eva Exempel", "barnsjuksköterska")
    take_step(version=draft, step=Step.APPROVE, by=bo, at=AT, reviewed_by=who)
    version = take_step(version=draft, step=Step.PUBLISH, by=bo, at=AT)
    assert (version.reviewed_by_name, str(version.reviewed_on)) == ("Eva Exempel", "2026-11-23")
    assert create_draft(owner=guide, by=anna, at=AT).reviewed_by_name == ""


def test_words_are_cleaned_and_fixed_once_they_have_left_the_drafts(anna):
    draft = create_draft(owner=make_guide(words={}), by=anna, at=AT)
    dirty = {**WORDS, "what_to_try": "<p onclick=x>Hej<script>x</script></p>"}
    draft = save_draft(version=draft, words=dirty, by=anna)
    assert draft.what_to_try == "<p>Hej</p>"
    sent = take_step(version=draft, step=Step.SUBMIT, by=anna, at=AT)
    with pytest.raises(NotAllowedError):
        save_draft(version=draft, words=WORDS, by=anna)
    sent.what_to_try = "<p>Något annat</p>"
    with pytest.raises(ValidationError):
        sent.save()


def test_only_drafts_are_thrown_away(anna):
    guide = make_guide(words={})
    with pytest.raises(NotAllowedError):
        discard_draft(version=guide.versions.get(), by=anna)
    with pytest.raises(ValidationError):
        guide.versions.get().delete()
    with pytest.raises(ProtectedError):
        guide.delete()
    discard_draft(version=create_draft(owner=guide, by=anna, at=AT), by=anna)
    assert guide.versions.count() == 1


def test_steps_are_kept_in_the_history_without_the_words(anna, bo):
    version = published(make_guide(words={}), anna, bo)
    states = list(version.history.order_by("history_id").values_list("state", "history_user"))
    assert states[-3:] == [("in_review", anna.pk), ("approved", bo.pk), ("published", anna.pk)]
    assert not hasattr(version.history.first(), "what_to_try")


@pytest.mark.parametrize(
    "fields",
    [
        {"state": "published", "publish_at": AT},
        {"state": "approved"},
        {"publish_at": AT},
        {"state": "approved", "approved_by": "author", "approved_at": AT},
        {"state": "approved", "approved_by": "other"},
        {"state": "published", "approved_by": "other", "approved_at": AT},
        {"state": "archived", "publish_at": AT, "approved_by": "other", "approved_at": AT},
        {"origin": "example", "state": "published", "publish_at": AT},
        {"author": None},
        {"state": "shown"},
        {"reviewed_by_name": "Eva"},
        {
            "state": "published",
            "approved_by": "other",
            "approved_at": AT,
            "publish_at": AT,
            "unpublish_at": AT,
        },
    ],
)
def test_no_query_publishes_what_nobody_else_approved(anna, bo, fields):
    draft = create_draft(owner=make_guide(), by=anna, at=AT)
    people = {"author": anna, "other": bo}
    fields = {name: people.get(v, v) if isinstance(v, str) else v for name, v in fields.items()}
    with pytest.raises(IntegrityError), transaction.atomic():
        GuideVersion.objects.filter(pk=draft.pk).update(**fields)


def test_what_is_shown_is_the_same_asked_of_the_database_and_of_the_rules():
    """Every pair of publications around a moment."""
    times = [None, AT - 2 * HOUR, AT - HOUR, AT, AT + HOUR]
    for begins in times[1:]:
        for ends in times:
            for others_end in (None, AT + HOUR):
                guide = make_guide(words={"publish_at": AT - HOUR, "unpublish_at": others_end})
                if ends is None or ends > begins:
                    make_version(guide, publish_at=begins, unpublish_at=ends)
    for guide in Guide.objects.all():
        asked = list(guide.versions.shown(AT))
        assert asked == list(filter(None, [guide.shown(AT).version]))
    seen = set(Guide.objects.shown(AT))
    assert seen == {guide for guide in Guide.objects.all() if guide.shown(AT).version}


def test_many_guides_are_asked_as_little_as_one(django_assert_num_queries):
    for _ in range(5):
        make_guide(words={})
    with django_assert_num_queries(2):
        guides = list(Guide.objects.shown(AT))
        assert all(guide.shown(AT).version for guide in guides)
