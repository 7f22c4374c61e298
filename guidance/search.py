"""What can be found of this app: topics, supports, and what has versions."""

from collections.abc import Callable, Iterator
from datetime import datetime
from itertools import pairwise

from django.db.models import Model
from django.urls import reverse
from django.utils.html import strip_tags
from django.utils.translation import gettext as _

from services.searchable import Document, Found, Ids, Source

from .models import (
    Article,
    ArticleVersion,
    DocumentVersion,
    Film,
    FilmVersion,
    Flow,
    FlowVersion,
    Guide,
    GuideVersion,
    Page,
    PageVersion,
    SupportContact,
    SupportContactText,
    Topic,
    TopicText,
)
from .models import Document as OfficialDocument
from .models.version import PUBLISHED_STATES, Version


def topics(ids: Ids | None) -> Iterator[Document]:
    rows = Topic.objects.prefetch_related("texts")
    for topic in rows if ids is None else rows.filter(pk__in=ids):
        for text in topic.texts.all():
            yield Document(
                id=topic.pk,
                kind=Found.TOPIC,
                key=topic.slug,
                title=text.name,
                url=topic.get_absolute_url(),
                summary=text.description,
                words=text.search_words,
                language=text.language,
            )


def ids_of_topics(row: Model) -> Ids | None:
    match row:
        case Topic():
            return [row.pk]
        case TopicText():
            return [row.topic_id]
    return []


def supports(ids: Ids | None) -> Iterator[Document]:
    rows = SupportContact.objects.prefetch_related("texts")
    for contact in rows if ids is None else rows.filter(pk__in=ids):
        for text in contact.texts.all():
            yield Document(
                id=contact.pk,
                kind=Found.SUPPORT,
                key=contact.slug,
                title=text.name,
                url=contact.get_absolute_url(),
                summary=text.summary,
                words=text.search_words,
                text="\n".join((text.age_words, text.what_it_is, text.how_to_come)),
                language=text.language,
            )


def ids_of_supports(row: Model) -> Ids | None:
    match row:
        case SupportContact():
            return [row.pk]
        case SupportContactText():
            return [row.contact_id]
    return []


def pages(ids: Ids | None) -> Iterator[Document]:
    if ids is None:
        yield Document(
            id="",
            kind=Found.SUPPORT,
            key="foraldrastod",
            title=_("Föräldrastöd där du bor"),
            url=reverse("support:near"),
            summary=_("Kurser, grupper, samtal och öppna hus i ditt område."),
            also=(_("Stöd för föräldrar"),),
            words=_("föräldrakurs föräldragrupp föräldrautbildning anmälan kurser"),
        )


def ids_of_pages(row: Model) -> Ids | None:
    return []


# --- What has versions ----------------------------------------------------------------------------


def guides(ids: Ids | None) -> Iterator[Document]:
    rows = GuideVersion.objects.select_related("owner__home_topic")
    for version, until in _published(rows, ids):
        yield _document(
            version,
            until,
            Found.GUIDE,
            key=f"{version.owner.home_topic.slug}/{version.owner.slug}",
            also=tuple(version.questions.splitlines()),
            text="\n".join(strip_tags(getattr(version, name)) for name in GuideVersion.RICH),
        )


def flows(ids: Ids | None) -> Iterator[Document]:
    for version, until in _published(FlowVersion.objects.select_related("owner"), ids):
        yield _document(version, until, Found.FLOW)


def documents(ids: Ids | None) -> Iterator[Document]:
    """With the words of their files."""
    for version, until in _published(DocumentVersion.objects.select_related("owner", "file"), ids):
        yield _document(
            version,
            until,
            Found.DOCUMENT,
            words=f"{version.search_words}\n{version.owner.get_kind_display()}",
            text="\n".join([strip_tags(version.about), version.file.text if version.file else ""]),
        )


def news(ids: Ids | None) -> Iterator[Document]:
    return _texts(ArticleVersion, Found.NEWS, "body", ids)


def films(ids: Ids | None) -> Iterator[Document]:
    return _texts(FilmVersion, Found.FILM, "transcript", ids)


def fixed_pages(ids: Ids | None) -> Iterator[Document]:
    return _texts(PageVersion, Found.PAGE, "body", ids)


def _texts(model: type[Version], kind: Found, body: str, ids: Ids | None) -> Iterator[Document]:
    """What is no more than its words, of which `body` are most."""
    for version, until in _published(model.objects.select_related("owner"), ids):
        yield _document(version, until, kind, text=strip_tags(getattr(version, body)))


def _document(version: Version, until: datetime | None, kind: Found, **own) -> Document:
    """What is found of any version, with what its kind says in its `own` way."""
    said = {"key": version.owner.slug, "words": version.search_words, **own}
    return Document(
        id=version.owner.pk,
        kind=kind,
        title=version.title,
        url=version.owner.get_absolute_url(),
        summary=version.summary,
        language=version.language,
        shown_from=version.publish_at,
        shown_until=until,
        **said,
    )


def _published(rows, ids: Ids | None) -> Iterator[tuple[Version, datetime | None]]:
    """Each published version and until when it is shown: its end, or the next one's beginning."""
    rows = rows.filter(state__in=PUBLISHED_STATES).order_by(
        "owner", "language", "publish_at", "number"
    )
    versions = list(rows if ids is None else rows.filter(owner__in=ids))
    for version, following in pairwise([*versions, None]):
        is_replaced = following is not None and _text_of(following) == _text_of(version)
        ends = [version.unpublish_at, following.publish_at if is_replaced else None]
        yield version, min(filter(None, ends), default=None)


def _text_of(version: Version) -> tuple:
    return version.owner_id, version.language


def ids_of_guides(row: Model) -> Ids | None:
    match row:
        case Guide():
            return [row.pk]
        case GuideVersion():
            return [row.owner_id]
        case Topic():
            return set(Guide.objects.filter(home_topic=row.pk).values_list("pk", flat=True))
    return []


def _ids_of(owner: type[Model], versions: type[Version]) -> Callable[[Model], Ids | None]:
    """The objects that a row is part of: itself, or what it is a version of."""

    def ids_of(row: Model) -> Ids | None:
        if isinstance(row, owner):
            return [row.pk]
        return [row.owner_id] if isinstance(row, versions) else []

    return ids_of


SOURCES = (
    Source("topic", topics, ids_of_topics),
    Source("support", supports, ids_of_supports),
    Source("support_page", pages, ids_of_pages),
    Source("guide", guides, ids_of_guides),
    Source("flow", flows, _ids_of(Flow, FlowVersion)),
    Source("document", documents, _ids_of(OfficialDocument, DocumentVersion)),
    Source("news", news, _ids_of(Article, ArticleVersion)),
    Source("film", films, _ids_of(Film, FilmVersion)),
    Source("fixed_page", fixed_pages, _ids_of(Page, PageVersion)),
)
