"""The look-up with the real data: what people write, and what they must get."""

import csv
from datetime import date
from pathlib import Path

import pytest
from django.db import transaction

from centres.gazetteer import gazetteer, outside, postcodes
from centres.known_facts import read_known_facts
from centres.models import FamilyCentre, Place
from centres.nearest import Found, Kind, Point, distance
from familjeportal.home.demo import seed
from tests.factories import make_centre, make_city_area, make_district, make_place

# Each way of writing with what it must find: FOUND and MEANT that very spot, the others offer it.
# Written before the look-up was, and added to since.
LOOKUPS_FILE = Path(__file__).parent / "lookups.csv"
FEWEST_LOOKUPS = 60
KINDS = FamilyCentre.Kind
KILOMETRE = 1_000


@pytest.fixture
def demo(db):
    seed(date(2026, 11, 23))


@pytest.fixture(scope="module")
def city(django_db_setup, django_db_blocker):
    """The real places with the example's houses, read once: they need no database afterwards."""
    with django_db_blocker.unblock(), transaction.atomic():
        seed(date(2026, 11, 23))
        found = (
            gazetteer(FamilyCentre.objects.listed(date(2026, 11, 23))),
            list(FamilyCentre.objects.listed(date(2026, 11, 23))),
        )
        transaction.set_rollback(True)
    return found


@pytest.fixture(scope="module")
def real(city):
    return city[0]


@pytest.fixture(scope="module")
def houses(city):
    return city[1]


def read(path):
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


# --- What people write ----------------------------------------------------------------------------


def is_right(answer, row):
    if answer.found != row["found"]:
        return False
    if answer.found is Found.OUTSIDE:
        return answer.outside == row["expected"]
    spots = [answer.spot] if answer.spot else answer.choices
    offered = [(name, spot.kind) for spot in spots for name in (spot.name, spot.label)]
    return (row["expected"], row["kind"]) in offered if row["expected"] else not spots


def test_lookups_find_what_is_meant(real):
    rows = read(LOOKUPS_FILE)
    answers = [(row, real.look_up(row["query"])) for row in rows]
    assert len(rows) >= FEWEST_LOOKUPS
    assert [(row, answer) for row, answer in answers if not is_right(answer, row)] == []


def one_mistake_in(name):
    """Each letter once left out, doubled, or changed with the next."""
    for n in range(len(name)):
        yield name[:n] + name[n + 1 :]
        yield name[: n + 1] + name[n:]
        yield name[:n] + name[n + 1 : n + 2] + name[n] + name[n + 2 :]


def test_one_mistake_in_a_name_hardly_ever_leads_astray(real):
    names = [spot for spot in real.spots if spot.kind in (Kind.PLACE, Kind.DISTRICT)]
    asked = [(spot, real.look_up(text)) for spot in names for text in one_mistake_in(spot.name)]
    found = [distance(answer.spot.point, spot.point) for spot, answer in asked if answer.spot]
    right = sum(metres < KILOMETRE for metres in found)
    outside = sum(answer.found is Found.OUTSIDE for _, answer in asked)
    assert right / len(asked) > 0.97
    assert (len(found) - right + outside) / len(asked) < 0.001


def test_every_label_leads_back_to_its_spot(real):
    assert len(real.spots) > 1_000
    assert all(real.look_up(spot.label).spot == spot for spot in real.spots)


def test_every_name_without_accents_is_found_or_a_choice(real):
    accents = str.maketrans("åäöÅÄÖé", "aaoAAOe")
    for spot in real.spots:
        answer = real.look_up(spot.name.translate(accents).lower())
        points = [s.point for s in (answer.spot, *answer.choices) if s]
        assert answer.found in (Found.FOUND, Found.CHOICES), spot
        assert spot.point in points, spot


def test_no_name_outside_hides_one_inside(real):
    for place in outside():
        assert real.look_up(place.name).found is Found.OUTSIDE
        assert real.look_up(place.name).outside == place.words


# --- What the spots are ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "kind", "district", "city_area"),
    [
        ("Hjällbo", Kind.PLACE, "angered", "nordost"),
        ("Tuve", Kind.PLACE, "norra-hisingen", "hisingen"),
        ("Hisingen", Kind.CITY_AREA, "", "hisingen"),
        ("Västra Göteborg", Kind.DISTRICT, "vastra-goteborg", "sydvast"),
        ("424 33", Kind.POSTCODE, "angered", "nordost"),
        ("400 10", Kind.BOX_POSTCODE, "centrum", "centrum"),
        ("Draken", Kind.CENTRE, "centrum", "centrum"),
        ("Glasmästaregatan 6", Kind.STREET, "centrum", "centrum"),
    ],
)
def test_spots_know_where_they_are(real, text, kind, district, city_area):
    spot = real.look_up(text).spot
    assert (spot.kind, spot.district, spot.city_area) == (kind, district, city_area)
    assert (spot.point is None) == (kind is Kind.BOX_POSTCODE)


def test_islands_are_reached_by_boat(real):
    islands = {spot.name for spot in real.spots if spot.is_island and spot.kind is Kind.PLACE}
    assert islands == {"Asperö", "Brännö", "Donsö", "Köpstadsö", "Styrsö", "Vrångö"} | {
        "Södra Skärgården"
    }
    assert [real.look_up(f"430 8{n}").spot.is_island for n in range(6)] == [True] * 6


def test_a_house_brings_its_names_its_street_and_its_slug(db):
    make_centre(name="Huset", slug="huset", also_known_as="Gula villan\n\n", street="Gatan 1")
    make_centre(
        name="Båthuset", slug="bathuset", latitude="57.6", longitude="11.8", stop_kind="ferry"
    )
    found = gazetteer(FamilyCentre.objects.all())
    villa, gatan = found.look_up("gula villan").spot, found.look_up("gatan").spot
    assert (villa.name, villa.kind, villa.centre) == ("Huset", Kind.CENTRE, "huset")
    assert (gatan.name, gatan.kind, gatan.centre) == ("Gatan 1", Kind.STREET, "huset")
    assert villa.point is None
    assert found.look_up("båthuset").spot.point == Point(57.6, 11.8)
    assert found.look_up("båthuset").spot.is_island


def test_only_the_given_houses_are_found(db):
    make_centre(name="Huset", slug="huset")
    assert gazetteer(FamilyCentre.objects.none()).look_up("Huset").spot is None


def test_areas_lie_in_the_middle_of_what_they_hold(db):
    area = make_city_area("Nordost")
    for name, latitude in (("Angered", "57.80"), ("Östra Göteborg", "57.70")):
        district = make_district(name, area)
        make_place(name=f"{name} norra", district=district, latitude=latitude, longitude="12.00")
        make_place(name=f"{name} södra", district=district, latitude=latitude, longitude="12.10")
    make_place(name="Angered", kind="stadsdel", district=make_district("Angered"), latitude="57.79")
    found = gazetteer(FamilyCentre.objects.none())
    points = {name: found.look_up(name).spot.point for name in ("Angered", "Östra Göteborg")}
    assert points["Angered"] == Point(57.79, 12.03)
    assert points["Östra Göteborg"].longitude == pytest.approx(12.05)
    assert found.look_up("Nordost").spot.point.latitude == pytest.approx(57.745)


def test_staffs_changes_count_at_once(db):
    place = make_place(name="Berget")
    assert gazetteer(FamilyCentre.objects.all()).look_up("Berget").spot
    Place.objects.filter(pk=place.pk).update(name="Dalen")
    found = gazetteer(FamilyCentre.objects.all())
    assert (found.look_up("Berget").spot, found.look_up("Dalen").spot.name) == (None, "Dalen")


def test_it_takes_three_queries_and_is_built_once(demo, django_assert_num_queries):
    with django_assert_num_queries(3):
        first = gazetteer(FamilyCentre.objects.listed(date(2026, 11, 23)))
    with django_assert_num_queries(3):
        assert gazetteer(FamilyCentre.objects.listed(date(2026, 11, 23))) is first


def test_an_empty_portal_has_an_answer(db):
    empty = gazetteer(FamilyCentre.objects.all())
    assert empty.look_up("Hjällbo").found is Found.UNKNOWN
    assert empty.look_up("424 33").spot.district == ""


# --- The files ------------------------------------------------------------------------------------


def test_postcodes_are_whole_and_lie_in_known_districts(real):
    codes = postcodes()
    districts = {spot.name for spot in real.spots if spot.kind is Kind.DISTRICT}
    assert len({row.code for row in codes}) == len(codes) == 799
    assert {row.district for row in codes} == districts
    assert {row.precision for row in codes} == {"område", "grannkod", "grov", "ö", "box"}
    assert all(
        57.4 < row.point.latitude < 58 and 11.5 < row.point.longitude < 12.4 for row in codes
    )


# --- From where people live to the houses ---------------------------------------------------------


def nearest(point, houses):
    def metres(house):
        return distance(point, Point(float(house.latitude), float(house.longitude)))

    return sorted(houses, key=metres)


def test_each_house_is_among_the_three_nearest_to_its_own_area(real, houses):
    places = {known.fields["slug"]: known.place for known in read_known_facts().centres}
    chosen = [h for h in houses if h.kind in (KINDS.FAMILY_CENTRE, KINDS.OPEN_PRESCHOOL)]
    assert len(places) == len(houses) == 20
    for house in houses:
        others = [*(other for other in chosen if other != house), house]  # last among equals
        point = real.look_up(places[house.slug]).spot.point
        assert house in nearest(point, others)[:3], house


@pytest.mark.parametrize(
    ("postcode", "slug"),
    [
        ("424 33", "hjallbo"),
        ("424 46", "lovgardet"),
        ("415 24", "gamlestaden"),
        ("418 30", "biskopsgarden"),
        ("423 33", "oppna-forskolan-torslanda"),
        ("425 65", "oppna-forskolan-karra"),
    ],
)
def test_a_postcode_leads_to_the_house_of_its_area(real, houses, postcode, slug):
    assert slug in [house.slug for house in nearest(real.look_up(postcode).spot.point, houses)[:3]]
