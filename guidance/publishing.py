"""The road of a text from draft to reader: states, steps, who may take them. Pure.

draft → in review → approved → published → archived, and back to draft from review. Words are
changed in drafts only. Whoever approves has written none of the words. What readers see is decided
when they look: of the publications that have begun the latest, unless it has ended. So a scheduled
text needs nobody and nothing to wake up, and what it replaced never comes back by itself. The end
of a publication can be moved until it has come.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Generic, Protocol, TypeVar

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy


class State(StrEnum):
    DRAFT = "draft"
    IN_REVIEW = "in_review"
    APPROVED = "approved"
    PUBLISHED = "published"
    ARCHIVED = "archived"


class Step(StrEnum):
    SUBMIT = "submit"
    TAKE_BACK = "take_back"
    SEND_BACK = "send_back"
    APPROVE = "approve"
    PUBLISH = "publish"
    CANCEL = "cancel"  # a publication that has not begun
    MOVE_END = "move_end"  # of a publication that has not ended
    WITHDRAW = "withdraw"


LABELS = {
    Step.SUBMIT: _lazy("Skicka till granskning"),
    Step.TAKE_BACK: _lazy("Ta tillbaka till utkast"),
    Step.SEND_BACK: _lazy("Skicka tillbaka med en kommentar"),
    Step.APPROVE: _lazy("Godkänn"),
    Step.PUBLISH: _lazy("Publicera"),
    Step.CANCEL: _lazy("Avbryt publiceringen"),
    Step.MOVE_END: _lazy("Ändra hur länge den syns"),
    Step.WITHDRAW: _lazy("Ta bort från webbplatsen"),
}


@dataclass(frozen=True, slots=True)
class Person:
    """Who takes a step: the account's key, and what they may do with texts in that language."""

    key: int
    writes: bool = False
    reviews: bool = False


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a version has come. `writers`: the keys of all who have saved its words."""

    state: State = State.DRAFT
    writers: tuple[int, ...] = ()
    submitted_at: datetime | None = None
    approved_by: int | None = None
    approved_at: datetime | None = None
    publish_at: datetime | None = None
    unpublish_at: datetime | None = None
    review_comment: str = ""


class NotAllowedError(ValidationError):
    """A step that cannot be taken; says why in a sentence for the person."""


# --- Steps ----------------------------------------------------------------------------------------
# From which states a step leads where.
_WAITING = (State.IN_REVIEW, State.APPROVED)
TRANSITIONS: dict[Step, tuple[tuple[State, ...], State]] = {
    Step.SUBMIT: ((State.DRAFT,), State.IN_REVIEW),
    Step.TAKE_BACK: (_WAITING, State.DRAFT),
    Step.SEND_BACK: (_WAITING, State.DRAFT),
    Step.APPROVE: ((State.IN_REVIEW,), State.APPROVED),
    Step.PUBLISH: ((State.APPROVED,), State.PUBLISHED),
    Step.CANCEL: ((State.PUBLISHED,), State.APPROVED),
    Step.MOVE_END: ((State.PUBLISHED,), State.PUBLISHED),
    Step.WITHDRAW: ((State.PUBLISHED,), State.ARCHIVED),
}
_OF_WRITERS = {Step.SUBMIT, Step.TAKE_BACK}
_OF_REVIEWERS = {Step.SEND_BACK, Step.APPROVE}


def may_save(progress: Progress, person: Person) -> bool:
    """Whether the person may change the words now."""
    return person.writes and progress.state is State.DRAFT


def why_not(progress: Progress, step: Step, person: Person, at: datetime) -> str:
    """Why the person cannot take the step at the moment `at`, or "" if they can."""
    if not _has_role(step, person):
        return _("Din roll får inte göra det här med texten.")
    if progress.state not in TRANSITIONS[step][0]:
        return _("Texten har redan gått vidare. Ladda om sidan och se var den är nu.")
    if step is Step.APPROVE and person.key in progress.writers:
        return _("Du har skrivit i texten. Någon annan behöver läsa och godkänna den.")
    has_begun = progress.publish_at is not None and progress.publish_at < at
    if step is Step.CANCEL and has_begun:
        return _("Texten syns redan för läsarna. Ta bort den från webbplatsen i stället.")
    if step is Step.WITHDRAW and not has_begun:
        return _("Texten syns inte för läsarna än. Avbryt publiceringen i stället.")
    has_ended = progress.unpublish_at is not None and progress.unpublish_at <= at
    if step is Step.MOVE_END and has_ended:
        return _("Texten syns inte längre för läsarna. Gör ett nytt utkast av den i stället.")
    return ""


def _has_role(step: Step, person: Person) -> bool:
    if step in _OF_WRITERS:
        return person.writes
    if step in _OF_REVIEWERS:
        return person.reviews
    return person.writes or person.reviews


def open_steps(progress: Progress, person: Person, at: datetime) -> list[Step]:
    """What the person can do now, in the order of the road."""
    return [step for step in Step if not why_not(progress, step, person, at)]


def after(
    progress: Progress,
    step: Step,
    person: Person,
    *,
    at: datetime,
    comment: str = "",
    publish_at: datetime | None = None,
    unpublish_at: datetime | None = None,
) -> Progress:
    """How far the version has come once the step is taken. NotAllowedError says why it cannot be.

    Without `publish_at` a publication begins at once, without `unpublish_at` it has no end.
    """
    if reason := why_not(progress, step, person, at):
        raise NotAllowedError(reason)
    moved = replace(progress, state=TRANSITIONS[step][1])
    match step:
        case Step.SUBMIT:
            return replace(moved, submitted_at=at, review_comment="")
        case Step.TAKE_BACK | Step.SEND_BACK:
            if step is Step.SEND_BACK and not comment.strip():
                raise NotAllowedError(_("Skriv vad som behöver ändras."))
            return replace(
                moved, submitted_at=None, approved_by=None, approved_at=None, review_comment=comment
            )
        case Step.APPROVE:
            return replace(moved, approved_by=person.key, approved_at=at)
        case Step.PUBLISH:
            begins = publish_at or at
            _check_times(begins, unpublish_at, at)
            return replace(moved, publish_at=begins, unpublish_at=unpublish_at)
        case Step.CANCEL:
            return replace(moved, publish_at=None, unpublish_at=None)
        case Step.MOVE_END:
            begins = progress.publish_at or at
            _check_end(max(begins, at), unpublish_at)
            return replace(moved, unpublish_at=unpublish_at)
        case Step.WITHDRAW:
            return replace(moved, unpublish_at=min(filter(None, (progress.unpublish_at, at))))


def _check_times(begins: datetime, ends: datetime | None, at: datetime) -> None:
    if begins < at:
        raise NotAllowedError(_("Tiden för publicering har redan varit. Välj en senare tid."))
    _check_end(begins, ends)


def _check_end(after_this: datetime, ends: datetime | None) -> None:
    if ends is not None and ends <= after_this:
        raise NotAllowedError(
            _("Texten måste tas bort senare än den publiceras, och senare än nu.")
        )


# --- What readers see -----------------------------------------------------------------------------
class HasPublication(Protocol):
    """What must be known of a version to say whether readers see it."""

    @property
    def state(self) -> str: ...
    @property
    def language(self) -> str: ...
    @property
    def number(self) -> int: ...
    @property
    def publish_at(self) -> datetime | None: ...
    @property
    def unpublish_at(self) -> datetime | None: ...


V = TypeVar("V", bound=HasPublication)


@dataclass(frozen=True, slots=True)
class Shown(Generic[V]):
    """The version that readers see, if any, and the first instant at which that may change."""

    version: V | None
    until: datetime | None


def shown(versions: Iterable[V], at: datetime, language: str) -> Shown[V]:
    """Of the versions of one text: which one readers of a language see at the moment `at`."""
    published = [
        (version.publish_at, version.number, version)
        for version in versions
        if version.language == language
        and version.state in (State.PUBLISHED, State.ARCHIVED)
        and version.publish_at is not None
    ]
    begun = [one for one in published if one[0] <= at]
    coming = [begins for begins, _number, _version in published if begins > at]
    latest = max(begun, key=lambda one: one[:2])[2] if begun else None
    if latest is None or (latest.unpublish_at is not None and latest.unpublish_at <= at):
        return Shown(None, min(coming, default=None))
    ends = [*coming, *([latest.unpublish_at] if latest.unpublish_at else [])]
    return Shown(latest, min(ends, default=None))
