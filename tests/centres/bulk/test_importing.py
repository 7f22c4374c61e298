"""Houses and hours as tables, compared with what is there and carried out."""

from datetime import date, time

import pytest
from django.core.exceptions import ValidationError

from centres import bulk
from centres.bulk.sheet import decode
from centres.models import FamilyCentre, Schedule, TimeSlot
from tests.factories import (
    make_centre,
    make_district,
    make_schedule,
    make_service_at_centre,
    make_user,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def coordinator():
    return make_user("coordinator")


@pytest.fixture
def house():
    return make_centre(
        name="Familjecentralen Hjällbo",
        slug="hjallbo",
        street="=Bondegatan 1",
        postcode="424 33",
        latitude="57.77",
        longitude="12.02",
        lift=True,
        nut_free=False,
    )


@pytest.fixture
def room(house):
    return make_service_at_centre(centre=house)


@pytest.fixture
def hours(room):
    more = {"label": "Babyöppet", "max_age_months": 8, "siblings": "not", "language": "so"}
    slots = ["mon 9-15", ("wed 13.30-16 odd", more), "thu 17-24 #-1", "fri 22-2", "sat 9-9"]
    make_schedule(room, kind="season", valid_from=date(2026, 6, 15), valid_to=date(2026, 8, 16))
    make_schedule(room, channel="phone", slots=["tue 8-9"])
    return make_schedule(room, slots=slots)


def read(content: bytes) -> bulk.Sheet:
    return bulk.read_sheet(decode(content))


def changed(kind: str, by, *replacements: tuple[str, str]) -> bulk.Sheet:
    """What is exported now, with some words replaced; each must be there."""
    text = decode(bulk.export(kind, by))
    for old, new in replacements:
        assert old in text
        text = text.replace(old, new, 1)
    return bulk.read_sheet(text)


def told(plan) -> list[tuple[int, str, str]]:
    return [(p.number, p.heading, p.message) for p in plan.problems]


def slots_of(schedule) -> list[str]:
    return [str(slot) for slot in schedule.slots.all()]


# --- Out and in again ----------------------------------------------------------------------------
@pytest.mark.parametrize("kind", ["centres", "hours"])
def test_export_comes_back_without_changes(coordinator, hours, kind):
    make_centre(next_status="open", status="building", next_status_on=date(2027, 1, 1),
                next_status_certainty="expected")  # fmt: skip
    plan = bulk.dry_run(read(bulk.export(kind, coordinator)), coordinator)
    assert (plan.kind, plan.problems, plan.changes) == (kind, [], [])
    assert len(plan.unchanged) == (2 if kind == "centres" else 7)


def test_spreadsheets_own_ways_of_writing_are_no_changes(coordinator, hours):
    sheet = changed("hours", coordinator, ("09:00;15:00", "9.00;15:00:00"), ("måndag", "Måndag"))
    assert bulk.dry_run(sheet, coordinator).changes == []
    sheet = changed("centres", coordinator, ("424 33", "42433"), ("57,770000", "57.77"))
    assert bulk.dry_run(sheet, coordinator).changes == []


def test_longer_file_asks_the_database_hardly_more(
    coordinator, hours, django_assert_max_num_queries
):
    for _ in range(30):
        make_schedule(make_service_at_centre(), slots=["mon 9-15"], valid_from=date(2027, 1, 1))
    with django_assert_max_num_queries(6):
        content = bulk.export("hours", coordinator)
    with django_assert_max_num_queries(12):
        bulk.dry_run(read(content), coordinator)
    with django_assert_max_num_queries(8):
        bulk.dry_run(read(bulk.export("centres", coordinator)), coordinator)


# --- Changes -------------------------------------------------------------------------------------
def test_house_is_changed_and_another_added(coordinator, house):
    new = "ny;Öppna förskolan Ny;fristående öppen förskola;Angered;i drift" + ";" * 26
    row = ("\r\nhjallbo", f"\r\n{new}\r\nhjallbo")
    sheet = changed("centres", coordinator, ("424 33", "424 34"), ("nej", ""), row)
    plan = bulk.dry_run(sheet, coordinator)
    assert plan.problems == []
    assert [(r.number, r.what, r.title) for r in plan.rows] == [
        (2, "new", "Öppna förskolan Ny"),
        (3, "changed", "Familjecentralen Hjällbo"),
    ]
    assert [(c.heading, c.old, c.new) for c in plan.rows[1].changes] == [
        ("Postnummer", "424 33", "424 34"),
        ("Nötfritt hus", "nej", ""),
    ]
    house.refresh_from_db()
    assert (house.postcode, FamilyCentre.objects.count()) == ("424 33", 1)

    assert bulk.carry_out(sheet, coordinator, digest=plan.digest)
    house.refresh_from_db()
    assert (house.postcode, house.nut_free, house.lift) == ("424 34", None, True)
    assert house.street == "=Bondegatan 1"
    assert FamilyCentre.objects.get(slug="ny").kind == "open_preschool"
    assert house.history.first().history_user == coordinator
    assert bulk.carry_out(sheet, coordinator, digest=plan.digest) is None
    assert house.history.count() == 2


def test_named_schedules_are_replaced_wholly_and_others_left(coordinator, hours):
    text = decode(bulk.export("hours", coordinator))
    lines = [
        line for line in text.splitlines() if "telefontid" not in line and "tisdag" not in line
    ]
    lines = [line for line in lines if "lördag" not in line]
    lines = [line.replace("måndag;09:00;15:00", "måndag;09:00;16:00") for line in lines]
    sheet = bulk.read_sheet("\r\n".join(lines))
    plan = bulk.dry_run(sheet, coordinator)
    assert plan.problems == []
    assert [(r.number is None, r.what) for r in plan.changes] == [
        (False, "changed"),
        (True, "removed"),
    ]
    assert plan.changes[1].title.endswith("lördag 09:00–09:00 nästa dag")
    monday = hours.slots.get(weekday=1)

    assert bulk.carry_out(sheet, coordinator, digest=plan.digest)
    assert "måndag 09.00–16.00" in slots_of(hours)
    assert not hours.slots.filter(weekday=6).exists()
    assert hours.slots.get(weekday=1).pk == monday.pk
    assert TimeSlot.objects.filter(schedule__channel="phone").count() == 1
    assert TimeSlot.history.first().history_user == coordinator
    assert hours.slots.get(weekday=5).history.count() == 1, "an unchanged slot is not saved"


def test_term_is_ended_and_the_next_one_laid(coordinator, room):
    old = make_schedule(room, slots=["mon 9-15"])
    row = "hjallbo;öppen förskola;öppet utan tidsbokning;ordinarie"
    new = f"{row};2027-01-11;;tisdag;10;12;;;;;;"
    both = (f"{row};2026-01-01;;", f"{new}\r\n{row};2026-01-01;2027-01-10;")
    sheet = changed("hours", coordinator, both)
    plan = bulk.dry_run(sheet, coordinator)
    assert plan.problems == []
    assert [r.what for r in plan.rows] == ["new", "changed"]
    assert [(c.old, c.new) for c in plan.rows[1].changes] == [("", "2027-01-10")]
    assert Schedule.objects.count() == 1
    assert bulk.carry_out(sheet, coordinator, digest=plan.digest)
    old.refresh_from_db()
    assert old.valid_to == date(2027, 1, 10)
    slot = Schedule.objects.get(valid_from=date(2027, 1, 11)).slots.get()
    assert (slot.weekday, slot.opens_at, slot.closes_at) == (2, time(10), time(12))


# --- What is refused -----------------------------------------------------------------------------
CENTRE_FAULTS = [
    ("Angered", "Atlantis", "Stadsdel", "”Atlantis” går inte att välja. Skriv något av: Angered."),
    ("57,770000", "12,02", "", "utanför Göteborgsområdet"),
    ("57,770000", "", "", "både latitud och longitud"),
    ("57,770000", "femtiosju", "Latitud", "tal"),
    ("424 33", "4243", "Postnummer", "424 33"),
    ("Familjecentralen Hjällbo", "", "Namn", ""),
    ("Familjecentralen Hjällbo", "=HYPERLINK(1)", "Namn", "formel"),
    ("Familjecentralen Hjällbo", "x" * 121, "Namn", "120"),
    ("\nhjallbo", "\n", "Adress på webben", "Fyll i adressen."),
    ("\nhjallbo", "\ninte en adress", "Adress på webben", ""),
    ("i drift;", "öppen;", "Läge", "Skriv något av: idé"),
    ("i drift;", "i drift;31/2 2026", "Läget gäller från", "2026-12-01"),
    ("i drift;;", "i drift;;i drift", "", "Nästa läge"),
    (";ja", ";kanske", "Hiss", "ja"),
]


@pytest.mark.parametrize(("old", "new", "heading", "says"), CENTRE_FAULTS)
def test_fault_of_a_house_is_told_by_row_and_column(coordinator, house, old, new, heading, says):
    plan = bulk.dry_run(changed("centres", coordinator, (old, new)), coordinator)
    assert plan.problems
    assert any(
        (number, where) == (2, heading) and says in message for number, where, message in told(plan)
    ), told(plan)
    house.refresh_from_db()
    assert house.name == "Familjecentralen Hjällbo"


MONDAY = "ordinarie;2026-01-01;;måndag;09:00;15:00"
HOUR_FAULTS = [
    ("\nhjallbo", "\natlantis", "Adress på webben", "inget hus"),
    ("öppen förskola", "simskola", "Verksamhet", "går inte att välja"),
    ("öppen förskola", "bibliotek", "Verksamhet", "finns inte i det huset"),
    ("ordinarie;2026-01-01", "ordinarie;2026-02-30", "Gäller från och med", "2026-12-01"),
    ("ordinarie;2026-01-01", "ordinarie;", "Gäller från och med", "första dagen"),
    ("ordinarie;2026-01-01", "ordinarie;3026-01-01", "Gäller från och med", "Året"),
    ("2026-01-01;;måndag", "2026-01-01;2025-01-01;måndag", "", "före första dagen"),
    ("2026-01-01;;måndag", "2026-01-01;;blåndag", "Veckodag", "måndag"),
    ("09:00;15:00", "25:00;15:00", "Öppnar", "9.30"),
    ("09:00;15:00", "09:00;08:00", "Stänger", "nästa dag"),
    ("09:00;15:00", "09:00;15:00 nästa dag", "Stänger", "24 timmar"),
    ("09:00;15:00", "09:00;", "Stänger", "Fyll i"),
    ("måndag;09:00;15:00;varje vecka;", ";;;;namn", "Veckodag", "Fyll i veckodag"),
    ("varje vecka", "ibland", "Veckor", "udda veckor"),
    ("varje vecka;;;;", "varje vecka;;8;2;", "", "Högsta åldern"),
    ("varje vecka;;;;", "varje vecka;;999;;", "Från (månader)", "252"),
    ("varje vecka;;;;", "varje vecka;;8,5;;", "Från (månader)", "helt antal"),
    (MONDAY, f"{MONDAY};;;;;;\r\nhjallbo;öppen förskola;öppet utan tidsbokning;{MONDAY}",
     "", "står redan på rad 2"),
    (MONDAY, f"{MONDAY};;;;;;\r\nhjallbo;öppen förskola;öppet utan tidsbokning;"
     "ordinarie;2026-01-01;2027-01-01;tisdag;10;11", "Gäller till och med", "annan på rad 2"),
    (MONDAY, f"{MONDAY};;;;;;\r\nhjallbo;öppen förskola;öppet utan tidsbokning;"
     "ordinarie;2026-01-01;;;;", "Veckodag", "utan pass säger emot"),
    (MONDAY, f"{MONDAY};;;;;;\r\nhjallbo;öppen förskola;öppet utan tidsbokning;"
     "ordinarie;2026-03-01;;fredag;10;11", "Gäller från och med", "redan ordinarie tider"),
    (MONDAY, f"{MONDAY};;;;;;\r\nhjallbo;öppen förskola;öppet utan tidsbokning;"
     "säsong;2027-03-01;;fredag;10;11", "", "måste ha en sista dag"),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "heading", "says"), HOUR_FAULTS)
def test_fault_of_hours_is_told_by_row_and_column(coordinator, room, old, new, heading, says):
    make_schedule(room, slots=["mon 9-15"])
    plan = bulk.dry_run(changed("hours", coordinator, (old, new)), coordinator)
    assert any(
        number in (2, 3) and where == heading and says in message
        for number, where, message in told(plan)
    ), told(plan)
    assert [slots_of(s) for s in Schedule.objects.all()] == [["måndag 09.00–15.00"]]


def test_columns_missing_unknown_or_twice_are_told(coordinator, house):
    sheet = changed("centres", coordinator, ("Postnummer", "Post"), ("Hiss", "Namn"))
    assert told(bulk.dry_run(sheet, coordinator)) == [
        (1, "Postnummer", "Kolumnen saknas."),
        (1, "Hiss", "Kolumnen saknas."),
        (1, "post", "Kolumnen är okänd. Ta bort den, eller rätta rubriken."),
        (1, "Namn", "Kolumnen står två gånger. Ta bort den ena."),
    ]


def test_house_twice_and_name_taken_are_told(coordinator, house):
    text = decode(bulk.export("centres", coordinator))
    row = text.splitlines()[1]
    twice = bulk.read_sheet(text + row)
    assert told(bulk.dry_run(twice, coordinator)) == [
        (3, "Adress på webben", "Samma hus står redan på rad 2.")
    ]
    other = bulk.read_sheet(text + row.replace("hjallbo", "annan", 1))
    (problem,) = told(bulk.dry_run(other, coordinator))
    assert problem[:2] == (3, "Namn")


def test_slot_of_a_faulty_row_is_not_told_as_removed(coordinator, hours):
    plan = bulk.dry_run(changed("hours", coordinator, ("måndag;09:00", "måndag;x")), coordinator)
    assert (len(plan.problems), plan.changes) == (1, [])


# --- All or nothing ------------------------------------------------------------------------------
def test_one_fault_keeps_everything_out(coordinator, house):
    make_centre(name="Andra huset", slug="andra")
    text = decode(bulk.export("centres", coordinator)).replace("424 33", "424 34")
    sheet = bulk.read_sheet(text.replace("Andra huset", "Andra huset" * 20))
    plan = bulk.dry_run(sheet, coordinator)
    assert not plan.may_be_carried_out
    assert bulk.carry_out(sheet, coordinator, digest=plan.digest) is None
    house.refresh_from_db()
    assert house.postcode == "424 33"


def test_fault_that_shows_only_when_saved_undoes_the_rest(coordinator, house, monkeypatch):
    other = make_centre(name="Ö-huset", slug="o")
    sheet = changed("centres", coordinator, ("424 33", "424 34"), ("\no;Ö-huset", "\no;Öhuset"))
    plan = bulk.dry_run(sheet, coordinator)
    assert len(plan.changes) == 2
    clean = FamilyCentre.clean

    def refuse(centre):
        clean(centre)
        if centre.slug == "o":
            raise ValidationError("nej")

    monkeypatch.setattr(FamilyCentre, "clean", refuse)
    assert bulk.carry_out(sheet, coordinator, digest=plan.digest) is None
    house.refresh_from_db()
    other.refresh_from_db()
    assert (house.postcode, other.name) == ("424 33", "Ö-huset")


def test_change_since_the_dry_run_is_not_overwritten(coordinator, hours):
    sheet = changed("hours", coordinator, ("måndag;09:00;15:00", "måndag;09:00;16:00"))
    plan = bulk.dry_run(sheet, coordinator)
    hours.slots.filter(weekday=1).update(closes_at=time(14))
    assert bulk.carry_out(sheet, coordinator, digest=plan.digest) is None
    assert "måndag 09.00–14.00" in slots_of(hours)
    now = bulk.dry_run(sheet, coordinator)
    assert [(c.old, c.new) for c in now.changes[0].changes] == [("14:00", "16:00")]


def test_district_of_a_house_is_moved_by_an_administrator_only(coordinator, house):
    """It decides whose accounts a coordinator looks after."""
    make_district("Lundby")
    moved = ("Angered", "Lundby")
    plan = bulk.dry_run(changed("centres", coordinator, moved), coordinator)
    assert told(plan) == [
        (2, "Stadsdel", "Det ändras av en administratör. Skriv det som står där nu.")
    ]
    administrator = make_user("administrator")
    plan = bulk.dry_run(changed("centres", administrator, moved), administrator)
    assert plan.problems == []
