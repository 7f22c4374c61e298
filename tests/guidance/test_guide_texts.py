"""The guides that come with the portal hold to their format and to what we may say."""

import json
import re
import tomllib
from pathlib import Path

import pytest
from django.conf import settings

from services.models import Service

DATA = settings.BASE_DIR / "guidance" / "data"
SERVICES_DATA = settings.BASE_DIR / "services" / "data"
GUIDES = sorted((DATA / "guides").glob("*.md"))
HEADINGS = ["Det är vanligt", "Det här kan ni prova", "Sök hjälp när", "Hit kan ni vända er"]
WORDS = range(250, 451)
REQUIRED = {"title", "summary", "topics", "services", "lines", "is_health", "search_words"}
OPTIONAL = {"from_months", "to_months", "expecting", "questions", "sources"}

# A measure that belongs to the care of one child, never in a text for all.
MEASURE = re.compile(
    r"°|\bgrader\b|\d\s*(mg|ml|mikrogram|gram|milliliter|droppar|tabletter)\b|\bdos(en|er)?\b",
    re.IGNORECASE,
)
YEAR = re.compile(r"20[012]\d")

NAMES_OF_LINES = {
    "112": r"\b112\b",
    "1177": r"\b1177\b",
    "socialjouren": r"[Ss]ocialjouren",
    "bris": r"\bBris\b",
    "kvinnofridslinjen": r"Kvinnofridslinjen",
    "kontaktcenter": r"kontaktcenter",
    "valj-att-sluta": r"Välj att sluta",
    "polisen": r"ringer du polisen",
}

# The questions of families that no live hours answer: guide and the words that answer.
ANSWERS = [
    (2, "nar-ar-det-oppet", "På husets sida står datumen utskrivna."),
    (3, "nar-ar-det-oppet", "När ett hus har stängt visar sidan andra ställen som har öppet."),
    (4, "vad-galler-pa-oppna-forskolan", "kommer ni utan att anmäla er"),
    (5, "nar-ar-det-oppet", "En planeringsdag syns på husets sida"),
    (6, "vad-galler-pa-oppna-forskolan", "Om storasyster får vara med på babytiden är olika"),
    (7, "vad-galler-pa-oppna-forskolan", "inget med nötter, jordnötter, mandel eller sesam"),
    (7, "vad-galler-pa-oppna-forskolan", "Det är gratis. På en del ställen finns kaffe"),
    (8, "vad-galler-pa-oppna-forskolan", "Är någon av er förkyld eller magsjuk väntar ni"),
    (9, "vad-galler-pa-oppna-forskolan", "Vi känner inte till någon regel om att ni måste gå"),
    (10, "oppen-forskola-eller-forskola", "Du kan inte lämna barnet där."),
    (11, "nyfodd-vem-ringer-du", "När ni har kommit hem ringer ni barnavårdscentralen (BVC)."),
    (11, "nyfodd-vem-ringer-du", "sjuksköterskan gör både hembesök och besök"),
    (12, "nar-du-vill-till-bvc", "En del har öppna tider, andra vill att du bokar."),
    (13, "nar-barnet-ar-sjukt", "Sjukt barn som behöver träffa någon: ring vårdcentralen."),
    (14, "tolk", "På BVC har du rätt till tolk, och det kostar ingenting."),
    (15, "gravid-var-borjar-du", "Du bokar tid själv, du väljer mottagning"),
    (16, "nar-bebisen-inte-sover", "Vill du bara prata med någon den här veckan?"),
    (16, "utbrott-och-trots", "be att få prata med socialarbetaren på familjecentralen"),
    (17, "vi-brakar-hela-tiden", "Göteborgs Stad har familjerådgivning för par och familjer."),
    (17, "vi-brakar-hela-tiden", "man kan ofta vara anonym"),
    (18, "det-du-berattar", "Om det du säger skrivs ner beror på vilket stöd du får."),
    (18, "det-du-berattar", "får bara berätta om dig för varandra om du säger ja"),
    (19, "tider-for-oss", "På en del öppna förskolor finns egna tider för en viss grupp."),
    (20, "lara-svenska-med-barn", "öva svenska på öppna förskolan med barnet i knät"),
    (21, "nar-ar-det-oppet", "är öppna förskolorna öppna dagtid på vardagar"),
    (22, "soka-forskoleplats", "Ni söker plats i Göteborgs Stads e-tjänst."),
    (23, "vem-moter-du-pa-familjecentralen", "Ingen kan lova att det alltid går"),
    (24, "forsta-besoket-pa-oppna-forskolan", "När du kommer hälsar personalen, visar runt"),
]


def read(path: Path) -> tuple[dict, str]:
    """The facts and the words of a guide's file."""
    before, facts, words = path.read_text().split("+++\n", 2)
    assert before == ""
    return tomllib.loads(facts), words


def plain(words: str) -> str:
    """The words as they are read: no marks, and links without where they lead."""
    return re.sub(r"\[([^]]*)\]\([^)]*\)", r"\1", words).replace("**", "")


def links(words: str) -> list[str]:
    return re.findall(r"\]\(([^)]*)\)", words)


def slugs(path: Path, key: str) -> set[str]:
    data = json.loads(path.read_text())
    return {row["slug"] for row in (data[key] if key else data)}


def line_numbers() -> set[str]:
    lines = json.loads((SERVICES_DATA / "lines.json").read_text())["lines"]
    return {line["number"] for line in lines}


TOPICS = slugs(DATA / "topics.json", "")
LINES = slugs(SERVICES_DATA / "lines.json", "lines")


def addresses() -> set[str]:
    """The pages of the portal that a guide may lead to."""
    of_guides = {f"/rad-och-stod/{read(path)[0]['topics'][0]}/{path.stem}/" for path in GUIDES}
    of_services = {f"/{slug}/" for slug in slugs(SERVICES_DATA / "services.json", "services")}
    return of_guides | of_services | {"/familjecentraler/"}


@pytest.fixture(params=GUIDES, ids=lambda path: path.stem)
def guide(request):
    return read(request.param)


def test_facts_of_a_guide(guide):
    facts, _ = guide
    assert REQUIRED <= set(facts) <= REQUIRED | OPTIONAL
    assert facts["topics"]
    assert set(facts["topics"]) <= TOPICS
    assert facts["services"]
    assert set(facts["services"]) <= set(Service.Kind.values)
    assert set(facts["lines"]) <= LINES
    from_months = facts.get("from_months", 0)
    assert 0 <= from_months <= facts.get("to_months", from_months)
    assert facts["questions"]
    assert facts["sources"]
    for source in facts["sources"]:
        assert {"title", "publisher"} <= set(source) <= {"title", "publisher", "url", "date"}


def test_health_guide_has_a_line_to_call(guide):
    facts, _ = guide
    assert not facts["is_health"] or {"112", "1177"} & set(facts["lines"])


def test_guide_carries_the_lines_it_names(guide):
    facts, words = guide
    named = {slug for slug, name in NAMES_OF_LINES.items() if re.search(name, words)}
    assert set(facts["lines"]) == named


def test_words_of_a_guide(guide):
    _, words = guide
    assert re.findall(r"^#+ (.*)$", words, re.MULTILINE) == HEADINGS
    assert len(plain(words).split()) in WORDS


def test_links_of_a_guide(guide):
    _, words = guide
    assert set(links(words)) <= addresses()


def test_numbers_of_a_guide(guide):
    """No telephone number that the portal's table of lines does not hold, and no measure."""
    facts, words = guide
    text = f"{facts['title']} {facts['summary']} {plain(words)}"
    long_numbers = set(re.findall(r"\d[\d \-]{1,}\d", text))
    assert {n for n in long_numbers if not YEAR.fullmatch(n)} <= line_numbers()
    assert not MEASURE.search(text)


@pytest.mark.parametrize(("number", "slug", "words"), ANSWERS)
def test_question_of_families_is_answered(number, slug, words):
    assert words in plain(read(DATA / "guides" / f"{slug}.md")[1])


def test_every_topic_is_home_to_a_guide():
    assert {read(path)[0]["topics"][0] for path in GUIDES} == TOPICS


def test_topics():
    for topic in json.loads((DATA / "topics.json").read_text()):
        assert set(topic) == {
            *("slug", "name", "description", "search_words", "is_health", "lines")
        }
        assert set(topic["lines"]) <= LINES
