"""The steps of a version from draft to reader. Each holds the owner until it is saved.

What the person may not do, and what does not hold any more, raises ValidationError with a sentence
that says so (`NotAllowedError` of the rules is one).
"""

from datetime import date, datetime

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from services import content
from services.languages import Language
from services.versions import hold, last_saved, version_of_row

from ..models import Version, Versioned
from ..models.version import ON_THE_WAY
from ..permissions import may_write, person_for
from ..publishing import NotAllowedError, State, Step, after, may_save


def _held(version: Version) -> Version:
    """The version as it is now, with its owner held."""
    hold(version.owner)
    return type(version).objects.select_related("owner").get(pk=version.pk)


def _save(version: Version, by) -> Version:
    version._history_user = by
    version.save()
    content.changed(version)
    return version


@transaction.atomic
def create_draft(
    *,
    owner: Versioned,
    by,
    at: datetime,
    language: str = Language.SWEDISH,
    words: dict | None = None,
) -> Version:
    """A draft with `words`, else with those of the latest version in the language, else empty.

    What has been reviewed by a professional is so no longer: the words may change.
    """
    if not may_write(by, language):
        raise NotAllowedError(_("Din roll får inte skriva texter på det språket."))
    hold(owner)
    versions = owner.versions.filter(language=language)
    if versions.filter(state__in=ON_THE_WAY).exists():
        raise NotAllowedError(_("Det finns redan ett utkast på det språket. Fortsätt på det."))
    latest = versions.order_by("-number").first()
    if words is None:
        words = latest.words() if latest else {}
    highest = versions.aggregate(highest=Max("number"))["highest"] or 0
    draft = owner.versions.model(
        owner=owner,
        language=language,
        number=highest + 1,
        created_at=at,
        author=by,
        writers=[by.pk],
        next_review_on=latest.next_review_on if latest else None,
        **words,
    )
    return _save(draft, by)


@transaction.atomic
def save_draft(*, version: Version, words: dict, by) -> Version:
    """Write other words in a draft."""
    draft = _held(version)
    if not may_save(draft.progress, person_for(by, draft.language)):
        raise NotAllowedError(
            _("Texten är inte längre ett utkast, eller så får du inte ändra den.")
        )
    for name, value in words.items():
        if name not in draft.WORDS:
            raise ValueError(f"{name} is none of the words")
        setattr(draft, name, value)
    draft.author = by
    draft.writers = sorted({*draft.writers, by.pk})
    draft.full_clean()
    return _save(draft, by)


@transaction.atomic
def discard_draft(*, version: Version, by) -> None:
    """Throw away a draft."""
    draft = _held(version)
    if not may_save(draft.progress, person_for(by, draft.language)):
        raise NotAllowedError(
            _("Bara utkast kan kastas, och bara av den som får skriva på det språket.")
        )
    draft._history_user = by
    content.remove(draft)


@transaction.atomic
def restore(*, version: Version, by, at: datetime) -> Version:
    """A new draft with the words of an earlier version."""
    return create_draft(
        owner=version.owner, by=by, at=at, language=version.language, words=version.words()
    )


@transaction.atomic
def take_step(
    *,
    version: Version,
    step: Step,
    by,
    at: datetime,
    comment: str = "",
    publish_at: datetime | None = None,
    unpublish_at: datetime | None = None,
    reviewed_by: tuple[str, str] | None = None,
    next_review_on: date | None = None,
    seen: str = "",
) -> Version:
    """Move a version along the road.

    `comment` says what to change when it is sent back. `publish_at` and `unpublish_at` are when
    readers see it: at once and without end unless told; the end can be moved later. `reviewed_by`,
    the name and profession of who has reviewed the facts, and `next_review_on` can be given when it
    is approved. `seen` is the version of the row that the person had before them: what they have
    not read is not approved.
    """
    held = _held(version)
    if seen and seen != version_of_row(held):
        raise NotAllowedError(
            _("Texten har ändrats sedan du öppnade sidan: %(who)s. Läs den igen.")
            % {"who": last_saved(held)}
        )
    person = person_for(by, held.language)
    held.take(
        after(
            held.progress,
            step,
            person,
            at=at,
            comment=comment,
            publish_at=publish_at,
            unpublish_at=unpublish_at,
        )
    )
    if step is Step.APPROVE:
        _note_review(held, reviewed_by, next_review_on, at)
    if step in (Step.SEND_BACK, Step.TAKE_BACK):
        held.reviewed_by_name, held.reviewed_by_role, held.reviewed_on = "", "", None
    if step is Step.PUBLISH:
        _refuse_another_scheduled(held)
    if step in (Step.SUBMIT, Step.PUBLISH):
        held.check_ready(at)
    return _save(held, by)


def _note_review(
    version: Version, by: tuple[str, str] | None, next_on: date | None, at: datetime
) -> None:
    if by is not None:
        version.reviewed_by_name, version.reviewed_by_role = by
        version.reviewed_on = timezone.localdate(at)
    version.next_review_on = next_on or version.next_review_on


def _refuse_another_scheduled(version: Version) -> None:
    """One that is scheduled for later would replace this one, with older words."""
    others = version.owner.versions.filter(language=version.language, state=State.PUBLISHED)
    if others.exclude(pk=version.pk).filter(publish_at__gte=version.publish_at).exists():
        raise NotAllowedError(
            _("En annan version ska publiceras senare. Avbryt den publiceringen först.")
        )
