"""The rules of the goal: what a district is, what it rests on, what it lacks and why."""

from datetime import date

import pytest

from centres.coverage import Coverage, CoveringHouse
from centres.models import District, FamilyCentre
from services.models import Service
from tests.factories import (
    make_centre,
    make_centre_text,
    make_city_area,
    make_confirmation,
    make_district,
    make_service_at_centre,
    stockholm,
)

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 23)
CORE = Service.CORE_KINDS
PRESCHOOL, MIDWIFE, NURSE, SOCIAL = CORE


def coverage(day=TODAY):
    """As the view loads it."""
    centres = FamilyCentre.objects.filter(kind=FamilyCentre.Kind.FAMILY_CENTRE).with_knowledge()
    houses = [CoveringHouse(centre, day) for centre in centres]
    return Coverage(District.objects.select_related("city_area"), houses)


def row(day=TODAY, name="Angered"):
    return next(row for row in coverage(day).districts if row.name == name)


def full_centre(*lacking, **fields):
    """A family centre with the four core services but those named."""
    centre = make_centre(**fields)
    for kind in CORE:
        if kind not in lacking:
            make_service_at_centre(kind, centre=centre)
    return centre


def known_from(centre, when, **fields):
    page = {"origin": "public_page", "confirmed_at": None, "source": "goteborg.se"}
    return make_confirmation(centre, **{**page, "source_date": when, **fields})


# --- How far a district has come ------------------------------------------------------------------


@pytest.mark.parametrize(
    ("statuses", "look", "words"),
    [
        ([], "none", "Ingen vi vet om"),
        (["open"], "open", "1 familjecentral"),
        (["open", "open", "decided"], "open", "2 familjecentraler"),
        (["idea", "open"], "open", "1 familjecentral"),
        (["temporarily_closed", "building"], "planned", "Tillfälligt stängd"),
        (["building", "decided"], "planned", "Byggs"),
        (["decided", "idea"], "planned", "Beslutad"),
        (["idea"], "planned", "Bara en idé"),
        (["moved"], "none", "Ingen vi vet om"),
        (["closed"], "none", "Ingen vi vet om"),
    ],
)
def test_district_is_what_its_furthest_house_is(statuses, look, words):
    make_district()
    for status in statuses:
        make_centre(status=status)
    assert (row().look, row().status_words) == (look, words)


@pytest.mark.parametrize("kind", ["open_preschool", "meeting_place", "mobile"])
def test_other_kinds_do_not_count(kind):
    full_centre(kind=kind)
    assert row().look == "none"
    assert row().houses == []
    assert coverage().reached == []


def test_invented_house_is_shown_and_counts_for_nothing():
    centre = full_centre()
    make_confirmation(centre, origin="example")
    assert [house.is_example for house in row().houses] == [True]
    assert row().look == "none"
    assert coverage().oldest is None


def test_house_that_staff_answer_for_counts_though_it_began_as_an_example():
    centre = full_centre()
    make_confirmation(centre, origin="example")
    make_confirmation(centre.services_here.first())
    assert row().look == "open"


@pytest.mark.parametrize(
    ("day", "angered", "lundby"),
    [
        (date(2027, 2, 28), "open", "planned"),
        (date(2027, 3, 1), "none", "open"),
        (date(2027, 3, 2), "none", "open"),
    ],
)
def test_house_that_moves_takes_the_goal_with_it_on_its_day(day, angered, lundby):
    on_the_day = {"next_status_on": date(2027, 3, 1), "next_status_certainty": "decided"}
    new = make_centre(
        district=make_district("Lundby"), status="building", next_status="open", **on_the_day
    )
    make_centre(next_status="moved", moved_to=new, **on_the_day)
    assert (row(day).look, row(day, "Lundby").look) == (angered, lundby)


def test_expected_day_changes_nothing_by_itself():
    make_centre(
        status="building",
        next_status="open",
        next_status_on=date(2026, 3, 1),
        next_status_certainty="expected",
    )
    assert row().look == "planned"


def test_houses_that_have_come_furthest_stand_first():
    for status in ("idea", "open", "building"):
        make_centre(status=status)
    assert [house.status for house in row().houses] == ["open", "building", "idea"]


# --- The areas ------------------------------------------------------------------------------------


def test_area_gathers_its_districts_and_says_how_many_have_one():
    north = make_city_area("Nordost")
    make_centre(district=make_district("Angered", north))
    make_district("Östra Göteborg", north)
    make_district("Lundby", make_city_area("Hisingen"))
    areas = {area.name: area for area in coverage().areas}
    assert (areas["Nordost"].look, areas["Nordost"].districts_words) == (
        "open",
        "i 1 av 2 stadsdelar",
    )
    assert areas["Hisingen"].look == "none"


def test_area_without_districts_has_no_row():
    make_city_area("Sydväst")
    make_district()
    assert [area.name for area in coverage().areas] == ["Nordost"]


# --- What is known, and since when ----------------------------------------------------------------


@pytest.mark.parametrize(
    ("existence", "hours", "when"),
    [
        ("våren 2024", None, "våren 2024"),
        ("2020-10-23", None, "23 oktober 2020"),
        ("våren 2024", stockholm(2026, 11, 20, 9), "20 november 2026"),
        ("december 2026", stockholm(2026, 11, 20, 9), "december 2026"),
        ("odaterad", None, "odaterad"),
        ("odaterad", stockholm(2020, 1, 1, 9), "1 januari 2020"),
    ],
)
def test_newest_of_source_and_confirmed_hours_is_told(existence, hours, when):
    centre = full_centre()
    known_from(centre, existence)
    if hours:
        make_confirmation(centre.services_here.first(), confirmed_at=hours)
    assert row().newest.known.when == when


def test_day_on_which_staff_confirmed_the_house_is_told_on_its_local_date():
    make_confirmation(make_centre(), confirmed_at=stockholm(2026, 11, 20, 0, 30))
    known = row().newest.known
    assert (known.when, known.by_staff) == ("20 november 2026", True)


@pytest.mark.parametrize("origin", ["example", "public_page"])
def test_hours_that_staff_have_not_confirmed_tell_nothing_of_the_house(origin):
    centre = full_centre()
    known_from(centre, "2017–2020")
    make_confirmation(centre.services_here.first(), origin=origin)
    assert row().newest.known.when == "2017–2020"


def test_house_that_nobody_has_confirmed_counts_and_says_so():
    make_centre()
    assert row().houses[0].known is None
    assert (len(coverage().reached), coverage().undated) == (1, 1)


def test_sum_rests_on_the_newest_of_each_district():
    for name, days in {
        "Angered": ["2016", "oktober 2020"],
        "Lundby": ["våren 2024"],
        "Centrum": ["odaterad"],
        "Västra Göteborg": [],
    }.items():
        district = make_district(name)
        for day in days:
            known_from(make_centre(district=district), day)
    found = coverage()
    assert (len(found.reached), len(found.districts)) == (3, 4)
    assert found.oldest.known.when == "oktober 2020"
    assert found.newest.known.when == "våren 2024"
    assert found.undated == 1


def test_sum_of_nothing_rests_on_nothing():
    make_district()
    assert (coverage().reached, coverage().oldest, coverage().newest) == ([], None, None)
    assert coverage().undated == 0


# --- What is missing, and why ---------------------------------------------------------------------


def missing(**place):
    return [(m.services, m.house, m.why) for m in row(**place).missing]


def test_nothing_is_missing_where_houses_have_all_four_together():
    full_centre(name="A")
    assert missing() == []


def test_district_without_any_house_lacks_all_four():
    make_district()
    assert missing() == [("Alla fyra", "", "ingen öppen familjecentral, så vitt vi vet")]


def test_reason_is_not_guessed():
    full_centre(MIDWIFE, SOCIAL)
    assert missing() == [("Barnmorskemottagning och socialtjänst", "", "vi vet inte varför")]


def test_reason_is_what_the_house_has_written():
    centre = full_centre(MIDWIFE)
    make_centre_text(centre, status_note="Barnmorskan flyttade till Hjällbo 2025.")
    assert missing()[0][2] == "huset skriver ”Barnmorskan flyttade till Hjällbo 2025”"


def test_service_of_a_planned_house_is_planned_and_the_rest_not():
    full_centre(MIDWIFE, status="building", name="Nya huset")
    assert missing() == [
        ("Öppen förskola, barnhälsovård (BVC) och socialtjänst", "", "planeras i Nya huset"),
        ("Barnmorskemottagning", "", "ingen öppen familjecentral, så vitt vi vet"),
    ]


def test_house_closed_for_a_time_says_why_in_its_own_words():
    centre = full_centre(status="temporarily_closed", name="Huset")
    make_centre_text(centre, status_note="Vattenskada.")
    assert missing() == [("Alla fyra", "", "Huset är tillfälligt stängd och skriver ”Vattenskada”")]


def test_what_one_house_lacks_and_another_has_is_said_of_that_house():
    full_centre(name="Hela huset")
    full_centre(NURSE, name="Halva huset")
    assert missing() == [("Barnhälsovård (BVC)", "Halva huset", "vi vet inte varför")]


# --- For how many children ------------------------------------------------------------------------


def count_children(district, count):
    district.children_under_six = count
    district.children_counted_on = date(2025, 12, 31)
    district.children_source = "SCB"
    district.save()


def test_children_stand_with_day_and_source():
    count_children(make_district(), 4812)
    assert (row().children.count, row().children.note) == (4812, "SCB, 31 december 2025")


def test_children_of_an_area_are_summed_only_when_every_district_has_a_figure():
    first, second = make_district("Angered"), make_district("Östra Göteborg")
    assert coverage().areas[0].children.note == "ingen siffra inlagd"
    count_children(first, 4000)
    area = coverage().areas[0].children
    assert (area.count, area.note) == (None, "siffra finns för 1 av 2 stadsdelar, ingen summa")
    count_children(second, 0)
    area = coverage().areas[0].children
    assert (area.count, area.note) == (4000, "SCB, 31 december 2025")
