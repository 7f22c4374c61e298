"""The topics and guides that come with the portal, and files that are wrong."""

import json

import pytest
from django.core.management import CommandError, call_command

from centres.known_facts import FactsError, add_missing, read_known_facts
from guidance.actions import create_draft, save_draft
from guidance.guide_files import read_guides
from guidance.models import Guide, GuideVersion, Topic
from guidance.seeding import lay_guides
from tests.factories import make_line, make_service, make_user, stockholm

AT = stockholm(2026, 11, 23)
LATER = stockholm(2026, 12, 1)
TOPICS = [{"slug": "somn", "name": "Sömn", "description": "Om nätter."}]
GUIDE = """+++
title = "När bebisen inte sover"
summary = "Om nätter."
topics = ["somn"]
from_months = 0
to_months = 12
services = ["child_health_care", "open_preschool"]
lines = ["1177"]
is_health = true
questions = ["bebisen sover inte"]

[[sources]]
title = "En bok"
publisher = "Ett förlag"
+++
## Det är vanligt
Många **vaknar**.
## Det här kan ni prova
- Turas om.
## Sök hjälp när
Ni inte orkar.
## Hit kan ni vända er
Till [BVC](/bvc/).
"""


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "topics.json").write_text(json.dumps(TOPICS), encoding="utf-8")
    (tmp_path / "guides").mkdir()
    (tmp_path / "guides" / "bebisen-sover-inte.md").write_text(GUIDE, encoding="utf-8")
    return tmp_path


@pytest.fixture
def facts(db):
    make_line(slug="1177")
    make_service("child_health_care")
    make_service("open_preschool")


def written(folder, old, new):
    path = folder / "guides" / "bebisen-sover-inte.md"
    path.write_text(path.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
    return read_guides(folder)


def test_a_file_becomes_a_published_example(folder, facts):
    lay_guides(read_guides(folder), AT)
    guide = Guide.objects.shown(AT).get()
    version = guide.shown(AT).version
    assert (version.title, version.is_example) == ("När bebisen inte sover", True)
    assert version.what_is_common == "<p>Många <strong>vaknar</strong>.</p>"
    assert version.where_to_turn == '<p>Till <a href="/bvc/" rel="noopener">BVC</a>.</p>'
    kinds = [helper.service.kind for helper in guide.helped_by.all()]
    assert kinds == ["child_health_care", "open_preschool"]
    assert [line.slug for line in guide.lines.all()] == ["1177"]
    assert str(guide.home_topic) == "Sömn"


def test_loading_twice_adds_nothing_and_other_words_a_version(folder, facts):
    lay_guides(read_guides(folder), AT)
    assert not any(lay_guides(read_guides(folder), LATER).values())
    lay_guides(written(folder, "Turas om.", "Vila."), LATER)
    guide = Guide.objects.get()
    assert guide.shown(AT).version.number == 1
    assert guide.shown(LATER).version.what_to_try == "<ul>\n<li>Vila.</li>\n</ul>"


def test_what_staff_write_in_is_left_alone(folder, facts):
    lay_guides(read_guides(folder), AT)
    anna = make_user("communicator")
    draft = create_draft(owner=Guide.objects.get(), by=anna, at=AT)
    save_draft(version=draft, words={"title": "Ny"}, by=anna)
    lay_guides(written(folder, "Turas om.", "Vila."), LATER)
    assert GuideVersion.objects.count() == 2


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('"somn"', '"sömn"', "unknown topic"),
        ("topics =", "topic =", "missing key 'topics'"),
        ('topics = ["somn"]', "topics = []", "has no topic"),
        ("child_health_care", "bvc", "unknown service"),
        ("from_months = 0", "from_months = 999", "from_months"),
        ("is_health = true", 'is_health = "yes"', "is_health"),
        ("is_health", "health", "unknown key 'health'"),
        ("## Sök hjälp när", "## Sök hjälp", "must have the headings"),
        ("Ni inte orkar.", "", "nothing stands under"),
        ('publisher = "Ett förlag"', "", "bad source"),
        ('publisher = "Ett förlag"', 'publisher = "F"\nurl = "javascript:x"', "bad source"),
        ("+++\n## Det", "## Det", "cannot be read"),
        ('title = "När', "title = När", "cannot be read"),
        ("summary =", 'summery = "x"\nsummary =', "unknown key 'summery'"),
    ],
)
def test_a_file_that_is_wrong_is_named(folder, old, new, said):
    with pytest.raises(FactsError, match=f"bebisen-sover-inte.md.*{said}"):
        written(folder, old, new)


def test_a_line_that_is_not_there_stops_it_all(folder, facts):
    (folder / "guides" / "annan.md").write_text(GUIDE.replace("1177", "1178"), encoding="utf-8")
    with pytest.raises(CommandError, match="annan: '1178' is not in the database"):
        call_command("import_guides", folder=folder)
    assert not Topic.objects.exists()


@pytest.mark.parametrize("topics", ["", "{", "[1]", '[{"slug": "å å"}]'])
def test_topics_that_are_wrong_are_named(folder, topics):
    (folder / "topics.json").write_text(topics, encoding="utf-8")
    with pytest.raises(FactsError, match=r"topics\.json"):
        read_guides(folder)


@pytest.mark.django_db
def test_the_files_that_come_with_the_portal_can_be_laid(capsys):
    add_missing(read_known_facts())
    call_command("import_guides")
    assert Guide.objects.count() == len(read_guides().guides) > 0
    call_command("import_guides")
    assert "nothing" in capsys.readouterr().out
