"""Lays the topics and guides that come with the portal as published examples.

The fixed pages are made too, without words: those are for staff to write.

What staff have changed stays as it is. A file that says something new becomes a new version, as
long as nobody but these files has written the guide.
"""

from collections import Counter
from datetime import datetime

from django.db import transaction

from centres.known_facts import FactsError
from services.languages import Language
from services.models import Line, Service

from .guide_files import KnownGuide, KnownGuides
from .models import Guide, GuideService, GuideVersion, Page, Topic, TopicText
from .publishing import State


@transaction.atomic
def lay_guides(known: KnownGuides, at: datetime) -> Counter:
    """Write what is missing, shown from `at`; return how many rows of each model were added."""
    added: Counter = Counter()
    for slug in Page.Slug.values:
        Page.objects.get_or_create(slug=slug)
    lines = {line.slug: line for line in Line.objects.all()}
    services = {service.kind: service for service in Service.objects.all()}
    topics = {}
    for topic in known.topics:
        row, is_new = Topic.objects.get_or_create(slug=topic.fields["slug"], defaults=topic.fields)
        topics[row.slug] = row
        added[Topic] += is_new
        if is_new:
            TopicText.objects.create(topic=row, **topic.text)
            row.lines.set(_found(lines, topic.lines, row.slug))
    for guide in known.guides:
        row, is_new = Guide.objects.get_or_create(
            slug=guide.fields["slug"],
            defaults={**guide.fields, "home_topic": topics[guide.topics[0]]},
        )
        added[Guide] += is_new
        if is_new:
            row.other_topics.set(topics[slug] for slug in guide.topics[1:])
            row.lines.set(_found(lines, guide.lines, row.slug))
            for position, service in enumerate(_found(services, guide.services, row.slug), 1):
                GuideService.objects.create(guide=row, service=service, position=position)
        added[GuideVersion] += _add_version(row, guide, at)
    return added


def _found(rows: dict, keys: list[str], slug: str) -> list:
    """The rows of the keys, in their order."""
    for key in keys:
        if key not in rows:
            raise FactsError(f"{slug}: {key!r} is not in the database")
    return [rows[key] for key in keys]


def _add_version(guide: Guide, known: KnownGuide, at: datetime) -> bool:
    """Whether the words were new."""
    versions = guide.versions.filter(language=Language.SWEDISH).order_by("-number")
    latest = versions.first()
    is_of_staff = versions.exclude(origin=GuideVersion.Origin.EXAMPLE).exists()
    if latest and (is_of_staff or latest.words() == known.words):
        return False
    GuideVersion.objects.create(
        owner=guide,
        number=latest.number + 1 if latest else 1,
        origin=GuideVersion.Origin.EXAMPLE,
        state=State.PUBLISHED.value,
        created_at=at,
        publish_at=at,
        **known.words,
    )
    return True
