from dataclasses import replace
from time import perf_counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from centres.nearest import (
    Answer,
    Crossing,
    Found,
    Gazetteer,
    Kind,
    Outside,
    Point,
    Spot,
    crossing,
    distance,
    distance_words,
    rounded,
)

HJALLBO = Point(57.770, 12.020)
TUVE = Point(57.753, 11.927)
CITY = Point(57.705, 11.961)


def place(name, point=HJALLBO, **fields):
    return Spot(name, Kind.PLACE, point, "angered", "nordost", **fields)


def house(name, slug, point=HJALLBO, **fields):
    return Spot(name, Kind.CENTRE, point, "angered", "nordost", centre=slug, **fields)


def street(name, slug, point=HJALLBO):
    return Spot(name, Kind.STREET, point, "angered", "nordost", centre=slug)


def code(name, district, point=HJALLBO):
    kind = Kind.POSTCODE if point else Kind.BOX_POSTCODE
    return Spot(name, kind, point, district)


SPOTS = [
    Spot("Nordost", Kind.CITY_AREA, HJALLBO, city_area="nordost"),
    Spot("Centrum", Kind.CITY_AREA, Point(57.70, 11.97), city_area="centrum"),
    Spot("Centrum", Kind.DISTRICT, Point(57.69, 11.98), "centrum", "centrum"),
    Spot("Angered", Kind.DISTRICT, Point(57.794, 12.052), "angered", "nordost"),
    Spot("Lundby", Kind.DISTRICT, Point(57.717, 11.927), "lundby", "hisingen"),
    place("Hjällbo"),
    place("Hjällbo centrum"),
    place("Angereds centrum", Point(57.799, 12.054)),
    place("Vasa", Point(57.698, 11.969)),
    place("Hisings Kärra", Point(57.800, 11.987)),
    house("Familjecentralen Hjällbo", "hjallbo", also=("Öppna förskolan Hjällbo",)),
    house("Familjecentralen Berget", "berget", None),
    house("Öppna förskolan Ängen", "angen", TUVE),
    street("Bergsgårdsgatan 3", "hjallbo"),
    street("Ängsgatan", "berget", CITY),
    street("Ängsgatan", "angen", TUVE),
    code("424 33", "angered"),
    code("424 34", "angered"),
    code("417 01", "lundby"),
    code("417 02", "angered"),
    code("442 90", "lundby"),
    code("400 10", "centrum", None),
]
OUTSIDE = [
    Outside("Mölndal", "Mölndal", ("431",)),
    Outside("Kungälv", "Kungälv", ("442",)),
    Outside("Mölnlycke", "Härryda"),
    Outside("Vara", "Vara"),
]


@pytest.fixture(scope="module")
def gazetteer():
    return Gazetteer(SPOTS, OUTSIDE)


def told(answer: Answer):
    """What a reader would notice of it."""
    if answer.spot:
        return answer.spot.label
    return answer.outside or [spot.label for spot in answer.choices]


# --- Look-up --------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", ["", "   ", "\0\0", "\u202e\u200b", "\n\t"])
def test_nothing_asked(gazetteer, text):
    assert gazetteer.look_up(text) == Answer(Found.NOTHING_ASKED)


@pytest.mark.parametrize(
    ("text", "found", "expected"),
    [
        # exactly, but for how it is written
        ("Hjällbo", Found.FOUND, "Hjällbo"),
        ("  hjallbo ", Found.FOUND, "Hjällbo"),
        ("HJÄLLBO", Found.FOUND, "Hjällbo"),
        ("Hja\u0308llbo", Found.FOUND, "Hjällbo"),
        ("\u202eHj\0ällbo", Found.FOUND, "Hjällbo"),
        ("Hisings-Kärra", Found.FOUND, "Hisings Kärra"),
        ("hisingskarra", Found.FOUND, "Hisings Kärra"),
        ("Öppna förskolan Hjällbo", Found.FOUND, "Familjecentralen Hjällbo"),
        ("familjecentral hjällbo", Found.FOUND, "Familjecentralen Hjällbo"),
        ("Nordost", Found.FOUND, "Nordost"),
        # the town
        ("Hjällbo, Göteborg", Found.FOUND, "Hjällbo"),
        ("i Hjällbo", Found.FOUND, "Hjällbo"),
        ("Göteborg", Found.CHOICES, ["Nordost", "Centrum (stadsområde)"]),
        ("Göteborgs stad", Found.CHOICES, ["Nordost", "Centrum (stadsområde)"]),
        # a choice, and what is none
        ("Centrum", Found.CHOICES, ["Centrum (stadsområde)", "Centrum (stadsdel)"]),
        ("hjällb", Found.FOUND, "Hjällbo"),
        ("anger", Found.FOUND, "Angered"),
        ("Angered centrum", Found.FOUND, "Angereds centrum"),
        ("centrum angered", Found.FOUND, "Angereds centrum"),
        ("h", Found.UNKNOWN, []),
        # houses and streets
        ("Berget", Found.FOUND, "Familjecentralen Berget"),
        ("hjällbos familjecentral", Found.FOUND, "Familjecentralen Hjällbo"),
        ("Bergsgårdsgatan", Found.FOUND, "Bergsgårdsgatan 3"),
        ("Bergsgårdsgatan 3, 424 33 Angered", Found.FOUND, "Bergsgårdsgatan 3"),
        ("Bergsgårdsgatan 5", Found.MEANT, "Bergsgårdsgatan 3"),
        (
            "Ängsgatan",
            Found.CHOICES,
            ["Ängsgatan (Familjecentralen Berget)", "Ängsgatan (Öppna förskolan Ängen)"],
        ),
        # guesses
        ("jag bor i Hjällbo", Found.MEANT, "Hjällbo"),
        ("Hjälbo", Found.MEANT, "Hjällbo"),
        ("jelbo", Found.MEANT, "Hjällbo"),
        ("Hjällbi", Found.MEANT, "Hjällbo"),
        ("Vassa", Found.MEANT, "Vasa"),
        ("Bergsgordsgatan 3", Found.MEANT, "Bergsgårdsgatan 3"),
        ("Hjällgatan", Found.UNKNOWN, []),  # a street is no misspelt place
        ("Hjällbovägen", Found.UNKNOWN, ["Hjällbo"]),
        # postcodes
        ("424 33", Found.FOUND, "424 33"),
        ("42433", Found.FOUND, "424 33"),
        ("SE-424 33 Angered", Found.FOUND, "424 33"),
        ("Storgatan 1, 424 33", Found.FOUND, "424 33"),
        ("400 10", Found.FOUND, "400 10"),
        ("424 99", Found.UNKNOWN, ["Angered"]),
        ("424 99 Hjällbo", Found.FOUND, "Hjällbo"),
        ("424", Found.FOUND, "Angered"),
        ("417", Found.CHOICES, ["Lundby", "Angered"]),
        ("4", Found.UNKNOWN, []),
        ("442 90", Found.FOUND, "442 90"),
        ("442", Found.UNKNOWN, ["Lundby"]),
        ("442 30", Found.OUTSIDE, "Kungälv"),
        ("431 33", Found.OUTSIDE, "Mölndal"),
        ("431", Found.OUTSIDE, "Mölndal"),
        ("111 22", Found.OUTSIDE, []),
        ("000 00", Found.UNKNOWN, []),
        ("031-390 06 00", Found.UNKNOWN, []),
        # outside
        ("molndal", Found.OUTSIDE, "Mölndal"),
        ("Möldal", Found.OUTSIDE, "Mölndal"),
        ("mölnl", Found.OUTSIDE, "Mölnlycke i Härryda kommun"),
        ("Storgatan 4, Mölnlycke", Found.OUTSIDE, "Mölnlycke i Härryda kommun"),
        ("Kungälvs sjukhus", Found.OUTSIDE, "Kungälv"),
        ("Mölndal centrum", Found.OUTSIDE, "Mölndal"),
        ("Vara", Found.OUTSIDE, "Vara"),  # not a misspelt Vasa
        ("Vaka", Found.UNKNOWN, ["Vasa"]),  # as near to Vara as to Vasa
        # junk
        ("' OR 1=1 --", Found.UNKNOWN, []),
        ("<script>alert(1)</script>", Found.UNKNOWN, []),
        ("\N{GRINNING FACE}", Found.UNKNOWN, []),
        ("\ud800", Found.NOTHING_ASKED, []),
    ],
)
def test_look_up(gazetteer, text, found, expected):
    answer = gazetteer.look_up(text)
    assert (answer.found, told(answer)) == (found, expected)


def test_a_name_inside_the_city_wins_over_one_outside():
    both = Gazetteer([place("Björkö")], [Outside("Björkö", "Öckerö")])
    assert both.look_up("björkö").found is Found.FOUND


def test_a_guess_offers_what_else_it_may_be():
    names = Gazetteer([place("Haga", CITY), place("Hagen", TUVE)])
    answer = names.look_up("Haggga")
    assert (answer.found, told(answer)) == (Found.MEANT, "Haga")
    assert [spot.name for spot in answer.choices] == ["Hagen"]


def test_a_choice_has_at_most_eight():
    many = Gazetteer(place(f"Norra {n}", Point(57.7, 11.9 + n / 100)) for n in range(20))
    assert len(many.look_up("norra").choices) == 8


def test_a_box_and_a_house_without_a_point_are_found_without_distance(gazetteer):
    box, berget = gazetteer.look_up("40010").spot, gazetteer.look_up("Berget").spot
    assert (box.kind, box.point, box.district) == (Kind.BOX_POSTCODE, None, "centrum")
    assert (berget.kind, berget.point, berget.centre) == (Kind.CENTRE, None, "berget")


@pytest.mark.parametrize("text", ["x" * 10_000, "å " * 5_000, "a, " * 3_000, "1" * 10_000])
def test_a_long_question_is_cut_and_answered_at_once(gazetteer, text):
    start = perf_counter()
    answer = gazetteer.look_up(text)
    assert perf_counter() - start < 0.05
    assert answer.found is Found.UNKNOWN
    assert 0 < len(answer.asked) <= 100


def test_an_empty_gazetteer_knows_nothing():
    for text in ("Hjällbo", "424 33", "424", "Göteborg", "Hjällbo, Göteborg"):
        assert Gazetteer([]).look_up(text).spot is None


@given(st.text() | st.text(alphabet="hjälbogt ,0123456789-iå", max_size=40))
def test_any_text_has_an_answer_that_may_be_shown(text):
    answer = Gazetteer(SPOTS, OUTSIDE).look_up(text)
    assert len(answer.asked) <= 100
    assert answer.asked.isprintable()
    assert (answer.spot is not None) == (answer.found in (Found.FOUND, Found.MEANT))
    assert len(answer.choices) <= 8
    if answer.found is Found.CHOICES:
        assert len(answer.choices) >= 2


# --- Labels ---------------------------------------------------------------------------------------

names = st.text(alphabet="aäbÅ 12()-", max_size=6) | st.sampled_from(["Haga (plats)", "Haga"])


@given(st.lists(st.builds(Spot, names, st.sampled_from(Kind), st.just(CITY), centre=names)))
def test_a_label_leads_back_to_its_spot(spots):
    gazetteer = Gazetteer(spots, [Outside("ab", "ab"), Outside("12", "12")])
    for spot in gazetteer.spots:
        answer = gazetteer.look_up(spot.label)
        assert (answer.found, answer.spot) == (Found.FOUND, spot)


def test_only_spots_that_share_a_name_are_told_apart(gazetteer):
    labels = {spot.label for spot in gazetteer.spots}
    assert {"Hjällbo", "Centrum (stadsdel)", "Centrum (stadsområde)"} <= labels


# --- Distance -------------------------------------------------------------------------------------


def test_distance_is_the_great_circle():
    degree = distance(Point(57, 12), Point(58, 12))
    assert degree == pytest.approx(111_195, abs=1)
    assert distance(HJALLBO, HJALLBO) == 0
    assert distance(HJALLBO, TUVE) == distance(TUVE, HJALLBO) == pytest.approx(5_832, abs=5)


@pytest.mark.parametrize(
    ("metres", "near", "words"),
    [
        (0, 500, "mindre än 500 m"),
        (499.9, 500, "mindre än 500 m"),
        (500, 500, "ungefär 500 m"),
        (749, 500, "ungefär 500 m"),
        (750, 1_000, "ungefär 1 km"),
        (1_400, 1_500, "ungefär 1,5 km"),
        (2_100, 2_000, "ungefär 2 km"),
        (9_700, 9_500, "ungefär 9,5 km"),
        (9_760, 10_000, "ungefär 10 km"),
        (10_400, 10_500, "ungefär 10 km"),
        (12_500, 12_500, "ungefär 13 km"),
    ],
)
def test_distances_promise_no_more_than_is_known(metres, near, words):
    number, unit = words.rsplit(" ", 1)
    assert rounded(metres) == near
    assert distance_words(metres) == f"{number}\N{NO-BREAK SPACE}{unit}"


ISLAND = place("Styrsö", is_island=True)


@pytest.mark.parametrize(
    ("spot", "house", "water"),
    [
        (place("Hjällbo"), {"city_area": "nordost", "by_ferry": False}, Crossing.NONE),
        (place("Hjällbo"), {"city_area": "hisingen", "by_ferry": False}, Crossing.RIVER),
        (
            replace(place("Tuve"), city_area="hisingen"),
            {"city_area": "hisingen", "by_ferry": False},
            Crossing.NONE,
        ),
        (
            replace(place("Tuve"), city_area="hisingen"),
            {"city_area": "centrum", "by_ferry": False},
            Crossing.RIVER,
        ),
        (replace(place("Ö"), city_area=""), {"city_area": "hisingen", "by_ferry": False}, "none"),
        (place("Hjällbo"), {"city_area": "sydvast", "by_ferry": True}, Crossing.BOAT),
        (ISLAND, {"city_area": "sydvast", "by_ferry": False}, Crossing.BOAT),
        (ISLAND, {"city_area": "hisingen", "by_ferry": False}, Crossing.BOAT),
        (ISLAND, {"city_area": "sydvast", "by_ferry": True}, Crossing.NONE),
        (ISLAND, {"city_area": "sydvast", "by_ferry": True, "metres": 900}, Crossing.NONE),
        (ISLAND, {"city_area": "sydvast", "by_ferry": True, "metres": 2_500}, Crossing.BOAT),
    ],
)
def test_crossing_says_what_water_lies_between(spot, house, water):
    assert crossing(spot, **house) == water
