"""The list's address: what can be read of it, and the addresses that add or remove one filter."""

from urllib.parse import parse_qs

import pytest
from django.http import QueryDict

from centres.finder_form import DAYS, FIELDS, NOW, PARTS, Asked, FinderForm, age_words
from centres.finder_page import FinderPage, services_with_texts
from centres.wish import TODAY, Part, Wish
from services.languages import SpokenLanguage
from services.models import Service
from tests.factories import make_centre, stockholm

SERVICES = [
    Service(slug="oppen-forskola", kind="open_preschool"),
    Service(slug="bvc", kind="child_health_care"),
]
EVERYTHING = {
    "plats": "Hjällbo",
    "verksamhet": "bvc",
    "nu": "telefon",
    "dag": "onsdag",
    "tid": "kvall",
    "kvallhelg": "1",
    "alder": "8",
    "sprak": "so",
    "trappfritt": "1",
}


@pytest.fixture(autouse=True)
def services_have_texts(monkeypatch):
    """A name for each service, without a database."""
    monkeypatch.setattr(Service, "text", property(lambda service: None))


def asked(query=""):
    values = QueryDict(mutable=True)
    if isinstance(query, dict):
        values.update(query)
    else:
        values = QueryDict(query)
    return Asked(values, SERVICES)


def fields(href):
    """What an address asks for."""
    assert href.startswith("?")
    return {name: value for name, [value] in parse_qs(href[1:], keep_blank_values=True).items()}


# --- What can be read -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("query", "wish"),
    [
        ("", Wish()),
        ("verksamhet=bvc", Wish(service="bvc")),
        ("nu=oppet", Wish(now=True)),
        ("nu=telefon", Wish(now=True, channel="phone")),
        ("dag=idag", Wish(weekday=TODAY)),
        ("dag=mandag", Wish(weekday=1)),
        ("dag=sondag", Wish(weekday=7)),
        ("tid=formiddag", Wish(part=Part.MORNING)),
        ("tid=eftermiddag", Wish(part=Part.AFTERNOON)),
        ("tid=kvall", Wish(part=Part.EVENING)),
        ("kvallhelg=1", Wish(evenings_and_weekends=True)),
        ("alder=0", Wish(age=0)),
        ("alder=008", Wish(age=8)),
        ("alder=252", Wish(age=252)),
        ("alder=+8+", Wish(age=8)),
        ("alder=gravid", Wish(expecting=True)),
        ("alder=Gravid", Wish(expecting=True)),
        ("sprak=so", Wish(language="so")),
        # Swedish is spoken everywhere.
        ("sprak=sv", Wish()),
        ("trappfritt=1", Wish(step_free=True)),
        ("sida=2", Wish()),
        ("plats=Hj%C3%A4llbo", Wish()),
        ("okand=1", Wish()),
        ("alder=3&alder=4", Wish(age=4)),
    ],
)
def test_what_can_be_read_is_asked_for(query, wish):
    found = asked(query)
    assert found.wish == wish
    assert found.unread == []


JUNK = [
    "-1",
    "1e9",
    "0x1",
    "٣",
    "²",
    "9" * 10_000,
    "a" * 10_000,
    "\0",
    "1\0",
    "\u202e1",
    "' OR 1=1 --",
    "<script>alert(1)</script>",
    "%00",
    "../../etc/passwd",
    "{{ 7*7 }}",
    "å" * 500,
    "None",
    "253",
    "0",
]


@pytest.mark.parametrize("value", JUNK)
@pytest.mark.parametrize("name", [name for name in FIELDS if name != "alder"])
def test_what_cannot_be_read_is_passed_over_and_named(name, value):
    found = asked({name: value, "plats": "Hjällbo"})
    assert found.wish == Wish()
    assert found.unread == [str(FinderForm.base_fields[name].label)]
    assert fields(found.href()) == {"plats": "Hjällbo"}
    assert found.chosen == []


@pytest.mark.parametrize("value", [junk for junk in JUNK if junk != "0"])
def test_age_that_cannot_be_read_is_passed_over_and_named(value):
    found = asked({"alder": value, "verksamhet": "bvc"})
    assert found.wish == Wish(service="bvc")
    assert found.unread == ["åldern"]


BLANK = [(name, " \t\u00a0") for name in ("plats", "verksamhet", "alder")]


@pytest.mark.parametrize(("name", "value"), [*((name, "") for name in EVERYTHING), *BLANK])
def test_empty_field_asks_for_nothing(name, value):
    found = asked({name: value})
    assert (found.wish, found.unread, found.page, found.href()) == (Wish(), [], 1, "?")


@pytest.mark.parametrize(
    ("value", "page"), [("1", 1), ("7", 7), ("9999", 9999), ("0", 1), ("-2", 1), ("x", 1)]
)
def test_page_that_cannot_be_read_is_the_first(value, page):
    assert asked({"sida": value}).page == page


@pytest.mark.parametrize("value", JUNK)
def test_any_text_may_stand_for_a_place(value):
    found = asked({"plats": value})
    assert found.unread == []
    assert "\0" not in found.place
    assert len(found.place) <= 100
    assert fields(found.href()).get("plats", "") == found.place


@pytest.mark.parametrize("language", SpokenLanguage.values)
def test_every_language_can_be_asked_for(language):
    assert asked({"sprak": language}).unread == []


# --- One filter more or less ------------------------------------------------------------------


def test_everything_can_be_asked_at_once():
    found = asked(EVERYTHING)
    assert found.unread == []
    assert fields(found.href()) == EVERYTHING
    assert [chosen.fields for chosen in found.chosen] == list(FIELDS.values())
    assert all(chosen.label for chosen in found.chosen)


@pytest.mark.parametrize("name", FIELDS)
def test_removing_one_filter_keeps_the_others_and_leaves_the_page(name):
    found = asked({**EVERYTHING, "sida": "3"})
    [chosen] = [chosen for chosen in found.chosen if chosen.fields == FIELDS[name]]
    left = {key: value for key, value in EVERYTHING.items() if key != name}
    assert fields(chosen.href_without) == left
    assert asked(left).wish == found.wish.without(*chosen.fields)


@pytest.mark.parametrize("name", FIELDS)
def test_adding_one_filter_keeps_the_others_and_leaves_the_page(name):
    others = {key: value for key, value in EVERYTHING.items() if key != name}
    option = asked({**others, "sida": "3"}).toggle(name, EVERYTHING[name], "val")
    assert not option.is_chosen
    assert fields(option.href) == EVERYTHING


@pytest.mark.parametrize("name", FIELDS)
def test_chosen_option_takes_itself_away(name):
    option = asked(EVERYTHING).toggle(name, EVERYTHING[name], "val")
    assert option.is_chosen
    assert fields(option.href) == {key: v for key, v in EVERYTHING.items() if key != name}


def test_other_value_replaces_the_chosen_one():
    option = asked(EVERYTHING).toggle("nu", "oppet", "val")
    assert not option.is_chosen
    assert fields(option.href) == {**EVERYTHING, "nu": "oppet"}


def test_page_keeps_the_filters():
    assert fields(asked(EVERYTHING).href(sida="2")) == {**EVERYTHING, "sida": "2"}


def test_form_sends_along_what_it_does_not_show():
    hidden = dict(asked({**EVERYTHING, "sida": "3"}).hidden("plats", "dag"))
    assert hidden == {k: v for k, v in EVERYTHING.items() if k not in ("plats", "dag")}


def test_address_is_escaped():
    found = asked({"plats": 'Hjällbo & "Angered" <b>', "nu": "oppet"})
    assert not set(found.href()) & set('<>" ')
    assert fields(found.href())["plats"] == 'Hjällbo & "Angered" <b>'


def test_options_are_those_of_the_address():
    found = asked("dag=onsdag&tid=kvall")
    assert [option.value for option in found.days] == list(DAYS)
    assert [option.value for option in found.parts] == list(PARTS)
    assert [option.label for option in found.days if option.is_chosen] == ["onsdag"]
    assert [option.label for option in found.parts if option.is_chosen] == ["kväll"]
    for options in (found.days, found.parts, found.ages):
        for option in options:
            assert asked(option.href[1:]).unread == []


@pytest.mark.parametrize(
    ("query", "labels"),
    [
        ("nu=oppet", ["öppet nu"]),
        ("nu=telefon", ["telefontid nu"]),
        ("dag=idag&tid=formiddag", ["i dag", "förmiddag"]),
        ("alder=gravid", ["väntar barn"]),
        ("alder=0", ["nyfödd"]),
        ("verksamhet=bvc", ["Barnhälsovård (BVC)"]),
        ("sprak=prs&kvallhelg=1", ["kväll eller helg", "dari"]),
        ("trappfritt=1", ["utan trappsteg"]),
    ],
)
def test_chips_say_what_is_chosen(query, labels):
    assert [chosen.label for chosen in asked(query).chosen] == labels


# --- Ages -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("months", "words"),
    [
        (0, "nyfödd"),
        (1, "1 månad"),
        (8, "8 månader"),
        (18, "18 månader"),
        (23, "23 månader"),
        (24, "2 år"),
        (25, "25 månader"),
        (30, "2,5 år"),
        (36, "3 år"),
        (72, "6 år"),
        (120, "10 år"),
        (252, "21 år"),
    ],
)
def test_age_in_words(months, words):
    assert age_words(months) == words


@pytest.mark.parametrize("age", [0, 8, 24, 27, 100])
def test_chosen_age_stands_among_the_options_once_in_order(age):
    options = asked(f"alder={age}").ages
    assert [option.value for option in options if option.is_chosen] == [str(age)]
    months = [int(option.value) for option in options[1:]]
    assert months == sorted(set(months))


def test_now_has_a_word_for_each_way_of_contact_that_says_open():
    assert set(NOW.values()) == {"drop_in", "phone"}


# --- The page ---------------------------------------------------------------------------------


@pytest.mark.django_db
def test_service_without_texts_can_be_chosen():
    service = Service.objects.create(
        slug="bvc", kind="child_health_care", for_expectant_parents=False
    )
    make_centre().services_here.create(service=service)
    assert len(services_with_texts()) == 1
    [option] = FinderPage(QueryDict(), stockholm(2026, 11, 23, 10)).services
    assert (option.label, option.count) == ("Barnhälsovård (BVC)", 1)
