import uuid
from collections.abc import Iterable
from datetime import datetime

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Prefetch, Q
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from services.languages import Language

from ..publishing import Progress, Shown, State, shown
from ..rich_text import clean, with_headings_from

PUBLISHED_STATES = ("published", "archived")
ON_THE_WAY = ("draft", "in_review", "approved")
_APPROVED_STATES = ("approved", *PUBLISHED_STATES)


class VersionedQuerySet(models.QuerySet):
    """Of what has versions: a guide, a flow, a document."""

    def shown(self, at: datetime):
        """Those that have Swedish words to show at `at`, with them; one query more."""
        version = self.model._meta.get_field("versions").related_model
        seen = version.objects.shown(at).filter(language=Language.SWEDISH)
        return self.filter(pk__in=seen.values("owner")).with_versions(at)

    def with_versions(self, at: datetime):
        """With what is published or scheduled: `shown(at)` asks the database nothing then."""
        version = self.model._meta.get_field("versions").related_model
        published = version.objects.filter(state__in=PUBLISHED_STATES)
        return self.prefetch_related(
            Prefetch("versions", published.not_replaced(at), to_attr="published_versions")
        )


class Versioned(models.Model):
    """What readers meet by its published words. Its versions stand under the name `versions`."""

    objects = VersionedQuerySet.as_manager()

    class Meta:
        abstract = True

    def shown(self, at: datetime, language: str = Language.SWEDISH) -> Shown:
        """What readers of a language see at `at`, else in Swedish, and until when that holds."""
        versions = getattr(self, "published_versions", None)
        if versions is None:
            versions = list(self.versions.filter(state__in=PUBLISHED_STATES))
        own = shown(versions, at, language)
        if own.version or language == Language.SWEDISH:
            return own
        swedish = shown(versions, at, Language.SWEDISH)
        return Shown(swedish.version, _first(own.until, swedish.until))

    def latest(self, language: str = Language.SWEDISH) -> "Version | None":
        """The version written last in a language. Of versions that are loaded asks nothing."""
        in_language = (v for v in self.versions.all() if v.language == language)
        return max(in_language, key=lambda version: version.number, default=None)


def _first(*instants: datetime | None) -> datetime | None:
    return min(filter(None, instants), default=None)


class VersionQuerySet(models.QuerySet):
    def shown(self, at: datetime):
        """Those that readers see at `at`: begun, not ended, and replaced by none that has begun."""
        return self.begun(at).not_ended(at).not_replaced(at)

    def begun(self, at: datetime):
        """Those whose publication had begun at `at`, ended or not."""
        return self.filter(state__in=PUBLISHED_STATES, publish_at__lte=at)

    def not_ended(self, at: datetime):
        """Drafts too: those that had not been withdrawn at `at`."""
        return self.filter(Q(unpublish_at=None) | Q(unpublish_at__gt=at))

    def not_replaced(self, at: datetime):
        """Without those that a later publication had replaced at `at`."""
        others = self.model.objects.begun(at).filter(
            owner=models.OuterRef("owner"), language=models.OuterRef("language")
        )
        later = others.filter(
            Q(publish_at__gt=models.OuterRef("publish_at"))
            | Q(publish_at=models.OuterRef("publish_at"), number__gt=models.OuterRef("number"))
        )
        return self.filter(~models.Exists(later))


class Version(models.Model):
    """The words of something in one language, as they were written at one time (version).

    The words of a version that has left the drafts never change: what readers have seen can always
    be shown again. A subclass has a foreign key `owner` to something `Versioned`, with the related
    name `versions`; it names its own words in `WORDS` and those of them that are HTML in `RICH`,
    and inherits this `Meta`. Steps are taken by `actions.publishing`.
    """

    WORDS: tuple[str, ...] = ("title", "summary", "search_words")
    RICH: tuple[str, ...] = ()  # those of the words that are HTML
    FIRST_HEADING = 3  # its level in them: most stand under a heading of the page

    class Origin(models.TextChoices):
        STAFF = "staff", _("personalen")
        EXAMPLE = "example", _("exempeltext")

    class States(models.TextChoices):
        DRAFT = State.DRAFT.value, _("utkast")
        IN_REVIEW = State.IN_REVIEW.value, _("väntar på granskning")
        APPROVED = State.APPROVED.value, _("godkänd")
        PUBLISHED = State.PUBLISHED.value, _("publicerad")
        ARCHIVED = State.ARCHIVED.value, _("arkiverad")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    language = models.CharField(
        _("språk"), max_length=20, choices=Language, default=Language.SWEDISH
    )
    number = models.PositiveIntegerField(_("version"), validators=[MinValueValidator(1)])
    title = models.CharField(_("rubrik"), max_length=120)
    summary = models.CharField(
        _("kort beskrivning"), max_length=300, help_text=_("En eller två meningar, för listor.")
    )
    search_words = models.TextField(
        _("sökord"),
        blank=True,
        help_text=_("Ord som någon kan söka på och som inte står i texten."),
    )
    origin = models.CharField(
        _("varifrån den kommer"), max_length=10, choices=Origin, default=Origin.STAFF
    )
    state = models.CharField(_("läge"), max_length=10, choices=States, default=States.DRAFT)
    created_at = models.DateTimeField(_("skapad"))
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("senast skriven av"),
    )
    writers = models.JSONField(_("alla som har skrivit i den"), default=list, blank=True)
    submitted_at = models.DateTimeField(_("skickad till granskning"), null=True, blank=True)
    review_comment = models.TextField(_("granskarens kommentar"), blank=True)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("godkänd av"),
    )
    approved_at = models.DateTimeField(_("godkänd"), null=True, blank=True)
    publish_at = models.DateTimeField(_("syns från"), null=True, blank=True)
    unpublish_at = models.DateTimeField(_("syns till"), null=True, blank=True)
    next_review_on = models.DateField(_("ska ses över"), null=True, blank=True)
    reviewed_by_name = models.CharField(_("sakgranskad av"), max_length=120, blank=True)
    reviewed_by_role = models.CharField(
        _("sakgranskarens yrke"),
        max_length=120,
        blank=True,
        help_text=_("Till exempel barnmorska."),
    )
    reviewed_on = models.DateField(_("sakgranskad den"), null=True, blank=True)

    objects = VersionQuerySet.as_manager()

    class Meta:
        abstract = True
        ordering = ["owner", "language", "-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["owner", "language", "number"], name="%(class)s_number_once"
            ),
            models.UniqueConstraint(
                fields=["owner", "language"],
                condition=Q(state__in=ON_THE_WAY),
                name="%(class)s_one_on_the_way",
                violation_error_message=_("Det finns redan ett utkast på det språket."),
            ),
            models.CheckConstraint(
                name="%(class)s_known_state",
                condition=Q(state__in=(*ON_THE_WAY, *PUBLISHED_STATES)),
            ),
            models.CheckConstraint(
                name="%(class)s_author_unless_example",
                condition=Q(origin="staff", author__isnull=False)
                | Q(origin="example", author__isnull=True, approved_by__isnull=True),
            ),
            models.CheckConstraint(
                name="%(class)s_approved_by_another",
                condition=Q(
                    state__in=("draft", "in_review"),
                    approved_by__isnull=True,
                    approved_at__isnull=True,
                )
                | Q(state__in=_APPROVED_STATES, origin="example")
                | (
                    Q(
                        state__in=_APPROVED_STATES,
                        author__isnull=False,
                        approved_by__isnull=False,
                        approved_at__isnull=False,
                    )
                    & ~Q(approved_by=F("author"))
                ),
                violation_error_message=_(
                    "En text behöver godkännas av någon annan än den som har skrivit den."
                ),
            ),
            models.CheckConstraint(
                name="%(class)s_times_of_the_published",
                condition=Q(
                    state__in=ON_THE_WAY, publish_at__isnull=True, unpublish_at__isnull=True
                )
                | Q(state="published", publish_at__isnull=False)
                | Q(state="archived", publish_at__isnull=False, unpublish_at__isnull=False),
            ),
            models.CheckConstraint(
                name="%(class)s_times_in_order",
                condition=(Q(unpublish_at__isnull=True) | Q(unpublish_at__gt=F("publish_at")))
                & (Q(approved_at__isnull=True) | Q(approved_at__gte=F("submitted_at")))
                & (
                    Q(approved_at__isnull=True)
                    | Q(publish_at__isnull=True)
                    | Q(publish_at__gte=F("approved_at"))
                ),
                violation_error_message=_("Texten måste tas bort senare än den publiceras."),
            ),
            models.CheckConstraint(
                name="%(class)s_reviewer_whole",
                condition=Q(reviewed_by_name="", reviewed_by_role="", reviewed_on__isnull=True)
                | (
                    ~Q(reviewed_by_name="") & ~Q(reviewed_by_role="") & Q(reviewed_on__isnull=False)
                ),
                violation_error_message=_("Ange sakgranskarens namn och yrke och dagen."),
            ),
        ]

    def __str__(self):
        return self.title

    def save(self, *args, **kwargs):
        """Clean the words of a draft, and refuse other words in what has left the drafts."""
        fixed = ("owner_id", "language", "number", *self.WORDS)
        saved = type(self).objects.filter(pk=self.pk).values("state", *fixed).first()
        if saved is None or saved["state"] == State.DRAFT:
            for name in self.RICH:
                html = with_headings_from(clean(getattr(self, name)), self.FIRST_HEADING)
                setattr(self, name, html)
        elif any(saved[name] != getattr(self, name) for name in fixed):
            raise ValidationError(
                _now("Texten är inte längre ett utkast. Gör ett nytt utkast för att ändra den."),
                code="words_are_fixed",
            )
        super().save(*args, **kwargs)

    def delete(self, *args, **kwargs):
        """Only a draft can be thrown away: nothing that was published is ever lost."""
        if not self.is_draft:
            raise ValidationError(_now("Bara utkast kan kastas."), code="not_a_draft")
        return super().delete(*args, **kwargs)

    def check_ready(self, at: datetime) -> None:
        """Raise ValidationError if the words cannot be published; asked at review and publishing.

        Subclasses add what only they know, such as that a flow has no dead end.
        """
        self.full_clean()

    # --- The road -----------------------------------------------------------------------------
    @property
    def is_example(self) -> bool:
        return self.origin == self.Origin.EXAMPLE

    def has_ended(self, at: datetime) -> bool:
        return self.unpublish_at is not None and self.unpublish_at <= at

    @property
    def is_draft(self) -> bool:
        return self.state == State.DRAFT

    @property
    def is_on_the_way(self) -> bool:
        return self.state in ON_THE_WAY

    @property
    def progress(self) -> Progress:
        """How far it has come, for the rules."""
        return Progress(
            state=State(self.state),
            writers=tuple(self.writers),
            submitted_at=self.submitted_at,
            approved_by=self.approved_by_id,
            approved_at=self.approved_at,
            publish_at=self.publish_at,
            unpublish_at=self.unpublish_at,
            review_comment=self.review_comment,
        )

    def take(self, progress: Progress) -> None:
        """Write down how far it has come now, without saving it."""
        self.state = progress.state.value
        self.submitted_at = progress.submitted_at
        self.approved_by_id = progress.approved_by
        self.approved_at = progress.approved_at
        self.publish_at = progress.publish_at
        self.unpublish_at = progress.unpublish_at
        self.review_comment = progress.review_comment

    @property
    def place(self) -> dict[str, str]:
        """What addresses of the text take: the owner's slug, and the language unless Swedish."""
        place = {"slug": self.owner.slug}
        is_swedish = self.language == Language.SWEDISH
        return place if is_swedish else place | {"language": self.language}

    def words(self) -> dict:
        """All that readers read, by field."""
        return {name: getattr(self, name) for name in self.WORDS}


def shown_of(owners: Iterable[Versioned], at: datetime, language: str = Language.SWEDISH) -> list:
    """What is shown of each, with the owner; those with nothing to show are left out."""
    found = ((owner, owner.shown(at, language).version) for owner in owners)
    return [(owner, version) for owner, version in found if version is not None]
