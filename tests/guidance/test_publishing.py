"""Whatever people try, in whatever order: what readers see was approved by another."""

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guidance.publishing import (
    TRANSITIONS,
    NotAllowedError,
    Person,
    Progress,
    State,
    Step,
    after,
    may_save,
    open_steps,
    shown,
)

START = datetime(2026, 11, 23, 9, tzinfo=UTC)
HOUR = timedelta(hours=1)
ANNA = Person(1, writes=True)
BO = Person(2, reviews=True)
CILLA = Person(3, writes=True, reviews=True)
OUTSIDER = Person(4)


@dataclass(frozen=True)
class Text:
    """A version as the rules meet it."""

    number: int = 1
    language: str = "sv"
    progress: Progress = field(default_factory=Progress)

    @property
    def state(self):
        return self.progress.state

    @property
    def publish_at(self):
        return self.progress.publish_at

    @property
    def unpublish_at(self):
        return self.progress.unpublish_at


def published(begins, ends=None, *, number=1, language="sv", state=State.PUBLISHED):
    return Text(number, language, Progress(state=state, publish_at=begins, unpublish_at=ends))


# --- The road -------------------------------------------------------------------------------------
def test_a_text_goes_from_draft_to_reader_through_another():
    text = Progress(writers=(ANNA.key,))
    text = after(text, Step.SUBMIT, ANNA, at=START)
    text = after(text, Step.APPROVE, BO, at=START + HOUR)
    text = after(text, Step.PUBLISH, ANNA, at=START + 2 * HOUR)
    assert (text.state, text.approved_by, text.publish_at) == (
        State.PUBLISHED,
        BO.key,
        START + 2 * HOUR,
    )
    text = after(text, Step.WITHDRAW, BO, at=START + 3 * HOUR)
    assert (text.state, text.unpublish_at) == (State.ARCHIVED, START + 3 * HOUR)


@pytest.mark.parametrize(
    ("state", "step", "person"),
    [
        (State.DRAFT, Step.SUBMIT, BO),
        (State.DRAFT, Step.SUBMIT, OUTSIDER),
        (State.DRAFT, Step.APPROVE, BO),
        (State.DRAFT, Step.PUBLISH, CILLA),
        (State.IN_REVIEW, Step.APPROVE, ANNA),
        (State.IN_REVIEW, Step.APPROVE, CILLA),
        (State.IN_REVIEW, Step.PUBLISH, BO),
        (State.APPROVED, Step.PUBLISH, OUTSIDER),
        (State.PUBLISHED, Step.SUBMIT, ANNA),
        (State.ARCHIVED, Step.PUBLISH, BO),
        (State.ARCHIVED, Step.SUBMIT, ANNA),
        (State.ARCHIVED, Step.MOVE_END, ANNA),
        (State.APPROVED, Step.MOVE_END, ANNA),
        (State.PUBLISHED, Step.MOVE_END, OUTSIDER),
    ],
)
def test_a_step_out_of_turn_is_refused(state, step, person):
    text = Progress(state=state, writers=(ANNA.key, CILLA.key), publish_at=START - HOUR)
    with pytest.raises(NotAllowedError):
        after(text, step, person, at=START)


def test_nobody_approves_what_they_have_once_written_in():
    text = Progress(state=State.IN_REVIEW, writers=(CILLA.key, ANNA.key))
    with pytest.raises(NotAllowedError, match="Någon annan"):
        after(text, Step.APPROVE, CILLA, at=START)


def test_sending_back_needs_words_and_takes_the_approval_away():
    text = Progress(state=State.APPROVED, writers=(ANNA.key,), approved_by=BO.key)
    with pytest.raises(NotAllowedError, match="vad som behöver ändras"):
        after(text, Step.SEND_BACK, BO, at=START, comment="  ")
    back = after(text, Step.SEND_BACK, BO, at=START, comment="Skriv enklare.")
    assert (back.state, back.approved_by, back.review_comment) == (
        State.DRAFT,
        None,
        "Skriv enklare.",
    )


@pytest.mark.parametrize(
    ("begins", "ends"), [(START - HOUR, None), (START + HOUR, START + HOUR), (None, START)]
)
def test_times_that_are_past_or_out_of_order_are_refused(begins, ends):
    text = Progress(state=State.APPROVED, approved_by=BO.key)
    with pytest.raises(NotAllowedError):
        after(text, Step.PUBLISH, ANNA, at=START, publish_at=begins, unpublish_at=ends)


def test_a_scheduled_publication_is_cancelled_and_a_begun_one_withdrawn():
    text = Progress(state=State.PUBLISHED, approved_by=BO.key, publish_at=START + HOUR)
    assert open_steps(text, ANNA, START) == [Step.CANCEL, Step.MOVE_END]
    assert open_steps(text, ANNA, START + 2 * HOUR) == [Step.MOVE_END, Step.WITHDRAW]
    assert after(text, Step.CANCEL, ANNA, at=START).state is State.APPROVED


@pytest.mark.parametrize("begins", [START - HOUR, START + HOUR])
def test_the_end_of_a_publication_is_set_moved_and_taken_away(begins):
    text = Progress(state=State.PUBLISHED, approved_by=BO.key, publish_at=begins)
    for ends in (START + 5 * HOUR, START + 3 * HOUR, None):
        text = after(text, Step.MOVE_END, ANNA, at=START, unpublish_at=ends)
        assert (text.state, text.publish_at, text.unpublish_at) == (State.PUBLISHED, begins, ends)


@pytest.mark.parametrize(
    ("begins", "ends"),
    [(START - HOUR, START), (START - HOUR, START - HOUR), (START + HOUR, START + HOUR)],
)
def test_an_end_that_has_been_or_comes_before_the_beginning_is_refused(begins, ends):
    text = Progress(state=State.PUBLISHED, approved_by=BO.key, publish_at=begins)
    with pytest.raises(NotAllowedError, match="senare"):
        after(text, Step.MOVE_END, ANNA, at=START, unpublish_at=ends)


def test_what_has_ended_is_not_begun_again_by_moving_its_end():
    text = Progress(
        state=State.PUBLISHED, approved_by=BO.key, publish_at=START, unpublish_at=START + HOUR
    )
    with pytest.raises(NotAllowedError, match="syns inte längre"):
        after(text, Step.MOVE_END, ANNA, at=START + HOUR, unpublish_at=None)


def test_what_is_offered_is_what_is_allowed():
    for state in State:
        text = Progress(state=state, writers=(ANNA.key,), publish_at=START - HOUR)
        for person in (ANNA, BO, CILLA, OUTSIDER):
            for step in open_steps(text, person, START):
                after(text, step, person, at=START, comment="Ändra.")


# --- What readers see -----------------------------------------------------------------------------
def test_the_latest_publication_that_has_begun_is_shown_until_the_next():
    first, second = published(START), published(START + 2 * HOUR, number=2)
    assert shown([first, second], START - HOUR, "sv").version is None
    assert shown([first, second], START - HOUR, "sv").until == START
    now = shown([first, second], START + HOUR, "sv")
    assert (now.version, now.until) == (first, START + 2 * HOUR)
    later = shown([second, first], START + 3 * HOUR, "sv")
    assert (later.version, later.until) == (second, None)


def test_what_was_replaced_does_not_come_back():
    first = published(START)
    second = published(START + HOUR, START + 2 * HOUR, number=2)
    assert shown([first, second], START + 2 * HOUR, "sv").version is None


def test_each_language_has_its_own():
    swedish, easy = published(START), published(START, language="sv-lattlast")
    assert shown([swedish, easy], START, "sv").version is swedish
    assert shown([swedish, easy], START, "sv-lattlast").version is easy
    assert shown([swedish], START, "sv-lattlast").version is None


moments = st.integers(0, 40).map(lambda hours: START + hours * HOUR)
people = st.builds(Person, st.integers(1, 3), st.booleans(), st.booleans())
attempts = st.tuples(
    st.sampled_from(["save", *Step]),
    people,
    st.none() | st.integers(-5, 20),
    st.none() | st.integers(-5, 20),
)


def try_it(text, what, person, at, begins, ends):
    """The version after an attempt, unchanged where it is refused; and who has seen its words."""
    if what == "save":
        if not may_save(text, person):
            return text
        return replace(text, writers=(*text.writers, person.key))
    try:
        return after(
            text,
            what,
            person,
            at=at,
            comment="Ändra.",
            publish_at=None if begins is None else at + begins * HOUR,
            unpublish_at=None if ends is None else at + ends * HOUR,
        )
    except NotAllowedError:
        return text


@given(st.lists(attempts, max_size=30), st.lists(st.integers(0, 2), max_size=30))
def test_no_sequence_of_steps_shows_what_nobody_else_approved(tries, pauses):
    text, at = Progress(writers=(1,)), START
    for number, (what, person, begins, ends) in enumerate(tries):
        at += HOUR * (pauses[number] if number < len(pauses) else 1)
        before, text = text, try_it(text, what, person, at, begins, ends)
        if text.writers != before.writers:
            assert before.state is State.DRAFT
        seen = shown([Text(progress=text)], at, "sv").version
        if seen is not None:
            assert text.approved_by is not None
            assert text.approved_by not in text.writers
            assert text.state in (State.PUBLISHED, State.ARCHIVED)
        had_ended = before.unpublish_at is not None and before.unpublish_at <= at
        if had_ended and before.state is State.PUBLISHED:
            assert text.unpublish_at == before.unpublish_at
        if text.state in (State.DRAFT, State.IN_REVIEW):
            assert text.approved_by is None
            assert text.publish_at is None


texts = st.lists(
    st.builds(
        lambda begins, length, number, state: published(
            begins, None if length is None else begins + length * HOUR, number=number, state=state
        ),
        moments,
        st.none() | st.integers(1, 20),
        st.integers(1, 9),
        st.sampled_from(State),
    ),
    max_size=6,
    unique_by=lambda text: text.number,
)


@given(texts, moments)
def test_readers_see_at_most_one_and_never_a_draft(versions, at):
    seen = shown(versions, at, "sv")
    if seen.version is not None:
        assert seen.version.state in (State.PUBLISHED, State.ARCHIVED)
        assert seen.version.publish_at <= at
        assert seen.version.unpublish_at is None or at < seen.version.unpublish_at
    assert shown(list(reversed(versions)), at, "sv") == seen


@given(texts, moments, moments)
def test_what_is_said_to_hold_holds_until_then(versions, at, later):
    seen = shown(versions, at, "sv")
    if at <= later and (seen.until is None or later < seen.until):
        assert shown(versions, later, "sv") == seen


def test_every_step_has_its_line_in_the_table():
    assert set(TRANSITIONS) == set(Step)
