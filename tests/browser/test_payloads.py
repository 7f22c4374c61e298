"""Every text that staff write, full of attempts to run a script, on every page: nothing runs.

The rules of this folder fail the test where the policy had to stop anything: what is written is
harmless before it comes to that.
"""

from itertools import cycle

import pytest
from django.apps import apps
from django.db.models import CharField, Field, TextField
from django.utils import timezone

from centres.models import FamilyCentre, Venue
from familjeportal.home.demo import seed
from guidance.actions import create_draft
from guidance.desk.kinds import KINDS
from guidance.desk.preview import preview_url
from guidance.models import FlowVersion, GuideVersion, Version
from guidance.rich_text import clean
from services.models import Organisation
from tests.browser.sign_in import already_signed_in
from tests.browser.test_pages import PAGES
from tests.browser.test_rich_text import assert_nothing_ran, watched
from tests.factories import make_user
from tests.guidance.payloads import STORABLE

ALL = "\n".join(STORABLE)
VERSIONS = Version.__subclasses__()
NAMED = (FamilyCentre, Venue, Organisation)
NEVER = {"language", "slug", "phone", "postcode", "review_comment", "origin", "state", "email"}
STAFF_PAGES = [
    "/personal/",
    "/personal/publicera/",
    "/personal/publicera/lankar/",
    "/personal/publicera/bilder/",
    "/personal/oversikt/",
    "/personal/fragefloden/",
    "/personal/fragefloden/barnet-ar-sjukt/",
    "/personal/central/hjallbo/",
    "/admin/guidance/guide/",
    "/personal/dokument/",
    "/admin/centres/notice/",
    "/admin/centres/activity/",
]


def text_fields(model) -> list[Field]:
    fields = [field for field in model._meta.concrete_fields if field.name not in NEVER]
    kinds = (CharField, TextField)
    return [f for f in fields if type(f) in kinds and not f.choices and not f.unique]


def fill(model) -> None:
    """Long texts get every payload, short ones the next that fits."""
    turns = cycle(STORABLE)
    for row in model.objects.all():
        values = {}
        for field in text_fields(model):
            most = field.max_length
            fits = next(payload for payload in turns if not most or len(payload) <= most)
            values[field.name] = fits if most else ALL
        model.objects.filter(pk=row.pk).update(**values)


def in_graph(value, turns):
    if isinstance(value, dict):
        return {
            name: next(turns) if name in ("parent", "staff") else in_graph(part, turns)
            for name, part in value.items()
        }
    return [in_graph(part, turns) for part in value] if isinstance(value, list) else value


@pytest.fixture
def hostile(transactional_db):
    seed(timezone.localdate())
    models = [
        model
        for label in ("services", "centres", "guidance")
        for model in apps.get_app_config(label).get_models()
        if model.__name__.endswith("Text") and "Historical" not in model.__name__
    ]
    reviewed = {"reviewed_by_name": "x", "reviewed_by_role": "y", "reviewed_on": "2026-11-01"}
    for model in VERSIONS:
        model.objects.update(**reviewed)
    for model in (*models, *NAMED, *VERSIONS):
        fill(model)
        rich = getattr(model, "RICH", ())
        if rich:
            model.objects.update(**dict.fromkeys(rich, clean(ALL)))
    source = {"title": STORABLE[0], "publisher": STORABLE[20], "date": STORABLE[1]}
    GuideVersion.objects.update(sources=[source])
    turns = cycle(STORABLE)
    for version in FlowVersion.objects.all():
        graph = in_graph(version.graph, turns)
        FlowVersion.objects.filter(pk=version.pk).update(graph=graph)
    return models


def test_nothing_runs_on_any_page_of_readers_or_staff(hostile, page, context, base_url, settings):
    """In one go: to lay out the example data takes longer than to open the pages."""
    assert len(hostile) > 5
    settings.PUBLIC_URL = base_url  # where previews lead
    ran = watched(page)
    for path in PAGES.values():
        page.goto(path)
    assert_nothing_ran(page, ran)

    boss = make_user("administrator")
    already_signed_in(context, base_url, boss)
    for path in (*STAFF_PAGES, *pages_of_drafts(boss)):
        assert page.goto(path).ok, path
    assert_nothing_ran(page, ran)


def pages_of_drafts(writer):
    """Of one text of each kind: the draft with its steps, beside what it was, and its form."""
    for kind in KINDS:
        owner = kind.model.objects.filter(language="sv").first().owner
        draft = create_draft(owner=owner, by=writer, at=timezone.now())
        kind.model.objects.filter(pk=draft.pk).update(search_words="nytt")
        text = f"/personal/publicera/{kind.key}/{draft.pk}/"
        yield from (text, f"{text}jamfor/", f"{text}skriv/", preview_url(kind, draft))
