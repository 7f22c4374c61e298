import json
import re
from datetime import date, time

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from simple_history.models import HistoricalChanges

from centres.known_facts import FactsError, read_known_facts
from centres.known_facts.reading import CENTRES_FILE, LINES_FILE, PLACES_FILE, SERVICES_FILE
from centres.models import (
    CityArea,
    Confirmation,
    District,
    FamilyCentre,
    FormerSlug,
    Place,
    Schedule,
    ScheduleException,
    ServiceAtCentre,
)
from services.models import ConfidentialityFact, Line, Organisation, Service

HJALLBO = 1  # its place in the list of centres


@pytest.fixture
def known(db):
    call_command("import_known_facts", verbosity=0)


def every_row():
    """All rows of the two apps with all their values, histories included."""
    models = [m for app in ("centres", "services") for m in apps.get_app_config(app).get_models()]
    return {model: list(model.objects.order_by("pk").values()) for model in models}


def written(folder, content, name="known_facts.json"):
    file = folder / name
    text = content if isinstance(content, str) else json.dumps(content)
    file.write_text(text, encoding="utf-8")
    return file


def centres_file(folder, change):
    content = json.loads(CENTRES_FILE.read_text(encoding="utf-8"))
    change(content)
    return written(folder, content)


# --- What the files say ---------------------------------------------------------------------------


@pytest.fixture(scope="module")
def facts():
    return read_known_facts()


@pytest.fixture(scope="module")
def houses(facts):
    return {centre.fields["slug"]: centre for centre in facts.centres}


def room_of(house, kind):
    return next(room for room in house.services if room.kind == kind)


def test_facts_hold_the_city_its_services_and_its_centres(facts, houses):
    assert (len(facts.areas), len(facts.districts), len(facts.places)) == (4, 10, 168)
    kinds = [house.fields["kind"] for house in houses.values()]
    assert kinds.count("family_centre") == 11
    assert len(kinds) == 20
    assert [service.fields["slug"] for service in facts.services] == [
        "oppen-forskola",
        "barnmorska",
        "bvc",
        "socialtjanst",
        "bibliotek",
        "tandvard",
    ]


def test_facts_have_easy_swedish_beside_swedish(facts):
    texts = facts.services[2].texts
    assert texts["sv-lattlast"]["name"] == texts["sv"]["name"] == "Barnhälsovård (BVC)"
    assert texts["sv-lattlast"]["what_it_is"] != texts["sv"]["what_it_is"]


def test_facts_say_when_lines_answer_only_where_that_is_known(facts):
    lines = {line.fields["slug"]: line for line in facts.lines}
    always = {slug for slug, line in lines.items() if line.fields["hours"] == Line.Hours.ALWAYS}
    assert always == {"112", "1177", "bris", "kvinnofridslinjen"}
    assert all(lines[slug].texts["sv"]["if_no_answer"] for slug in lines.keys() - always)
    assert sum(line.fields["on_every_page"] for line in lines.values()) == 4
    assert lines["bris"].fields["checked_on"] == date(2025, 8, 20)


def test_facts_say_when_a_service_is_only_inferred(houses):
    midwife = room_of(houses["hjallbo"], "maternity_care")
    assert midwife.organisation is None
    assert "i allmänhet" in midwife.confirmation["source"]


def test_facts_give_only_the_two_streets_that_are_sure_enough(houses):
    streets = {
        slug: house.fields["street"]
        for slug, house in houses.items()
        if house.fields["kind"] == "family_centre" and house.fields["street"]
    }
    assert streets == {"glasmastaregatan": "Glasmästaregatan 6", "sandarna": "Varholmsgatan"}
    assert "numret är inte känt" in houses["sandarna"].confirmations["location"]["source"]


def test_facts_say_that_nobody_knows_whether_the_planned_centre_opened(houses):
    assert houses["gamlestaden"].fields["status"] == FamilyCentre.Status.PROPOSED
    assert "inte hittat någon källa" in houses["gamlestaden"].text["status_note"]


def test_facts_lay_the_two_known_schedules_over_their_half_years(houses):
    schedules = {
        (slug, schedule.channel): schedule
        for slug, house in houses.items()
        for room in house.services
        for schedule in room.schedules
    }
    assert {key: (s.valid_from, s.valid_to) for key, s in schedules.items()} == {
        ("opaltorget", "drop_in"): (date(2023, 7, 1), date(2023, 12, 31)),
        ("opaltorget", "group"): (date(2023, 7, 1), date(2023, 12, 31)),
        ("glasmastaregatan", "drop_in"): (date(2024, 1, 1), date(2024, 6, 30)),
    }
    babies = schedules["glasmastaregatan", "drop_in"].slots[1]
    assert (babies["opens_at"], babies["closes_at"]) == (time(13), time(16))
    assert babies["label"] == "Babyöppet, sång 13.30"
    assert (babies["min_age_months"], babies["max_age_months"]) == (0, 9)


def test_facts_hold_the_closures_of_those_terms(houses):
    closures = [c for house in houses.values() for room in house.services for c in room.closures]
    assert sorted((c["first_day"], c["last_day"]) for c in closures) == [
        (date(2023, 12, 8), date(2023, 12, 8)),
        (date(2023, 12, 18), date(2023, 12, 18)),
        (date(2024, 7, 8), date(2024, 8, 11)),
    ]


def test_facts_hold_no_private_numbers():
    assert not re.search(r"07\d[\d -]{6}", CENTRES_FILE.read_text(encoding="utf-8"))


# --- What is loaded -------------------------------------------------------------------------------


def test_import_writes_all_there_is(known, facts):
    assert CityArea.objects.count() == 4
    assert District.objects.count() == 10
    assert Place.objects.count() == 168
    assert Place.objects.get(name="Selma Lagerlöfs torg").district.name == "Norra Hisingen"
    assert Service.objects.count() == 6
    assert Line.objects.count() == 8
    assert FamilyCentre.objects.count() == 20
    assert ServiceAtCentre.objects.count() == sum(len(c.services) for c in facts.centres)
    assert Schedule.objects.count() == ScheduleException.objects.count() == 3
    assert ConfidentialityFact.objects.filter(reviewed_by="").count() == 15


def test_import_writes_only_rows_that_the_admin_would_accept(known):
    for model in every_row():
        if not issubclass(model, HistoricalChanges):
            for row in model.objects.all():
                row.full_clean(validate_unique=False, validate_constraints=False)


def test_import_says_where_every_house_and_room_is_known_from(known):
    existence = Confirmation.objects.filter(fact_group="existence")
    assert existence.filter(centre__isnull=False).count() == FamilyCentre.objects.count()
    assert existence.filter(service_at_centre__isnull=False).count() == (
        ServiceAtCentre.objects.count()
    )
    assert not Confirmation.objects.exclude(origin="public_page").exists()
    assert not Confirmation.objects.filter(confirmed_at__isnull=False).exists()
    assert not Confirmation.objects.filter(source_date="").exists()


# --- Again ----------------------------------------------------------------------------------------


def test_import_twice_changes_nothing(known):
    before = every_row()
    call_command("import_known_facts", verbosity=0)
    assert every_row() == before


def test_import_leaves_what_staff_have_edited(known):
    room = ServiceAtCentre.objects.get(centre__slug="glasmastaregatan", service__slug="bvc")
    ServiceAtCentre.objects.filter(pk=room.pk).update(phone="031-390 06 49", organisation=None)
    slot = Schedule.objects.get(valid_from=date(2024, 1, 1)).slots.first()
    slot.delete()
    Schedule.objects.filter(valid_from=date(2024, 1, 1)).update(valid_from=date(2024, 1, 8))
    before = every_row()
    call_command("import_known_facts", verbosity=0)
    assert every_row() == before


def test_import_finds_a_house_that_has_a_new_name_and_address(known):
    centre = FamilyCentre.objects.get(slug="hjallbo")
    FormerSlug.objects.create(centre=centre, slug="hjallbo")
    centre.slug, centre.name = "hjallbo-torg", "Familjecentralen Hjällbo torg"
    centre.save()
    call_command("import_known_facts", verbosity=0)
    assert FamilyCentre.objects.count() == 20


def test_import_finds_an_organisation_and_a_district_whose_address_is_new(known):
    Organisation.objects.filter(slug="goteborgs-stad").update(slug="staden")
    District.objects.filter(slug="angered").update(slug="angered-stadsdel")
    FamilyCentre.objects.filter(slug="hjallbo").delete()
    call_command("import_known_facts", verbosity=0)
    hjallbo = FamilyCentre.objects.get(slug="hjallbo")
    assert hjallbo.district.slug == "angered-stadsdel"
    assert hjallbo.services_here.filter(organisation__slug="staden").exists()


def test_import_adds_what_somebody_has_removed(known):
    FamilyCentre.objects.get(slug="tuve").delete()
    call_command("import_known_facts", verbosity=0)
    assert FamilyCentre.objects.get(slug="tuve").services_here.count() == 4


# --- Malformed files ------------------------------------------------------------------------------


def remove(row, key):
    del row[key]


def centre(content, number=HJALLBO):
    return content["centres"][number]


def opaltorget_schedule(content):
    house = next(c for c in content["centres"] if c["slug"] == "opaltorget")
    return house["services"][0]["schedules"][0]


MISTAKES = {
    "unknown service kind": (
        lambda c: centre(c)["services"][1].update(kind="bvcc"),
        "known_facts.json, centres[1] (hjallbo), services[1]: unknown service kind 'bvcc'",
    ),
    "missing key": (
        lambda c: remove(centre(c), "name"),
        "known_facts.json, centres[1] (hjallbo): missing key 'name'",
    ),
    "unknown key": (
        lambda c: centre(c).update(adress="Hjällbo"),
        "known_facts.json, centres[1] (hjallbo): unknown key 'adress'",
    ),
    "wrong type": (
        lambda c: centre(c).update(services="all"),
        "known_facts.json, centres[1] (hjallbo): 'services' must be a list, not 'all'",
    ),
    "a row that is none": (
        lambda c: centre(c)["services"].append("bvc"),
        "known_facts.json, centres[1] (hjallbo), services[4]: must be an object with keys",
    ),
    "unknown district": (
        lambda c: centre(c).update(district="hjallbo"),
        "known_facts.json, centres[1] (hjallbo): unknown district 'hjallbo'",
    ),
    "unknown city area": (
        lambda c: c["districts"][0].update(city_area="norr"),
        "known_facts.json, districts[0] (angered): unknown city area 'norr'",
    ),
    "unknown organisation": (
        lambda c: centre(c)["services"][0].update(organisation="staden"),
        "centres[1] (hjallbo), services[0]: unknown organisation 'staden'",
    ),
    "unknown source": (
        lambda c: centre(c)["services"][0]["existence"].update(source="hörsägen"),
        "centres[1] (hjallbo), services[0], existence: unknown source 'hörsägen'",
    ),
    "duplicate slug": (
        lambda c: centre(c).update(slug="lovgardet"),
        "known_facts.json, centres[2] (lovgardet): duplicate slug 'lovgardet'",
    ),
    "duplicate name": (
        lambda c: centre(c).update(name="Familjecentralen Lövgärdet"),
        "centres[2] (lovgardet): duplicate name 'Familjecentralen Lövgärdet'",
    ),
    "a service twice": (
        lambda c: centre(c)["services"][0].update(kind="maternity_care"),
        "centres[1] (hjallbo), services[1]: duplicate kind 'maternity_care'",
    ),
    "NUL": (
        lambda c: centre(c).update(name="Hjällbo\0"),
        r"centres[1] (hjallbo): bad name 'Hjällbo\x00': holds what is no character",
    ),
    "half a character": (
        lambda c: centre(c).update(also_known_as=["Hjällbo", "\ud800"]),
        r"centres[1] (hjallbo): bad also_known_as '\ud800': holds what is no character",
    ),
    "half a character in a slug": (
        lambda c: centre(c).update(slug="\ud800"),
        r"known_facts.json, centres[1]: bad slug '\ud800': holds what is no character",
    ),
    "too long an address of an area": (
        lambda c: c["city_areas"][0].update(slug="n" * 51),
        "known_facts.json, city_areas[0] (nnn",
    ),
    "too long an address of a house": (
        lambda c: centre(c).update(slug="h" * 81),
        f"): bad slug {'h' * 81!r}",
    ),
    "bad slug": (
        lambda c: centre(c).update(slug="hjällbo!"),
        "centres[1] (hjällbo!): bad slug 'hjällbo!'",
    ),
    "empty name": (
        lambda c: centre(c).update(name=" "),
        "known_facts.json, centres[1] (hjallbo): 'name' is empty",
    ),
    "too long": (
        lambda c: centre(c).update(stop_name="Hjällbo " * 20),
        "centres[1] (hjallbo): bad stop_name",
    ),
    "no source for the house": (
        lambda c: centre(c).update(confirmations=[]),
        "known_facts.json, centres[1] (hjallbo): no confirmation of its existence",
    ),
    "bad link": (
        lambda c: c["sources"]["vart-buss"].update(url="vartgoteborg"),
        "known_facts.json, sources['vart-buss']: bad url 'vartgoteborg'",
    ),
    "bad date": (
        lambda c: opaltorget_schedule(c).update(valid_to="2023-12-32"),
        "(opaltorget), services[0], schedules[0]: bad date in 'valid_to': '2023-12-32'",
    ),
    "an impossible year": (
        lambda c: opaltorget_schedule(c).update(valid_to="9999-12-30"),
        "schedules[0]: bad date in 'valid_to': 9999-12-30 is not between 1900-01-01 and 2100",
    ),
    "dates in the wrong order": (
        lambda c: opaltorget_schedule(c).update(valid_to="2022-12-31"),
        "schedules[0]: 'valid_to' 2022-12-31 is before 'valid_from' 2023-07-01",
    ),
    "overlapping schedules": (
        lambda c: opaltorget_schedule(c).update(channel="group"),
        "(opaltorget), services[0], schedules[1]: overlaps another schedule",
    ),
    "bad time": (
        lambda c: opaltorget_schedule(c)["slots"][0].update(opens_at="9"),
        "schedules[0], slots[0]: bad time in 'opens_at': '9' is not like 09:30",
    ),
    "closes before it opens": (
        lambda c: opaltorget_schedule(c)["slots"][0].update(closes_at="08:00"),
        "schedules[0], slots[0]: closes before it opens",
    ),
    "bad number": (
        lambda c: opaltorget_schedule(c)["slots"][0].update(weekday=8),
        "schedules[0], slots[0]: bad number in 'weekday': 8 is not between 1 and 7",
    ),
    "a number that is none": (
        lambda c: opaltorget_schedule(c)["slots"][0].update(weekday=True),
        "schedules[0], slots[0]: 'weekday' must be a whole number, not True",
    ),
    "ages in the wrong order": (
        lambda c: opaltorget_schedule(c)["slots"][0].update(min_age_months=84),
        "schedules[0], slots[0]: the highest age, 83 months, is under the lowest",
    ),
    "odd weeks once a month": (
        lambda c: opaltorget_schedule(c)["slots"][0].update(week_parity="odd", nth_in_month=1),
        "schedules[0], slots[0]: odd or even weeks and once a month do not go together",
    ),
}


@pytest.mark.parametrize(("change", "message"), MISTAKES.values(), ids=MISTAKES.keys())
def test_a_malformed_row_is_named(tmp_path, change, message):
    with pytest.raises(FactsError, match=re.escape(message)):
        read_known_facts(centres_file(tmp_path, change))


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("", "known_facts.json: is not JSON (Expecting value, line 1, column 1)"),
        ('{"centres": [}', "known_facts.json: is not JSON"),
        ("[]", "known_facts.json: must be an object with keys"),
        ("{}", "known_facts.json: missing key 'city_areas'"),
        ("[" * 100_000, "known_facts.json: has lists within lists too deep to read"),
    ],
)
def test_a_file_that_is_no_facts_file_is_named(tmp_path, content, message):
    with pytest.raises(FactsError, match=re.escape(message)):
        read_known_facts(written(tmp_path, content))


def test_a_number_of_thousands_of_digits_is_named_with_its_row(tmp_path):
    text = CENTRES_FILE.read_text(encoding="utf-8")
    long = re.sub(r'"weekday": 1\b', f'"weekday": {"9" * 5000}', text, count=1)
    message = r"services\[0\], schedules\[0\], slots\[\d\]: 'weekday' must be a whole number"
    with pytest.raises(FactsError, match=message):
        read_known_facts(written(tmp_path, long))


@pytest.mark.django_db
def test_import_of_a_malformed_file_gives_one_error_and_loads_nothing(tmp_path):
    change, message = MISTAKES["unknown service kind"]
    with pytest.raises(CommandError, match=re.escape(f"{message}. Nothing was loaded.")):
        call_command("import_known_facts", file=centres_file(tmp_path, change))
    assert not any(every_row().values())


@pytest.mark.django_db
def test_import_of_another_file_loads_that_one(tmp_path):
    file = centres_file(tmp_path, lambda content: content.update(centres=[centre(content)]))
    call_command("import_known_facts", file=file, verbosity=0)
    assert FamilyCentre.objects.get().slug == "hjallbo"


def test_a_file_that_is_not_there_is_named(tmp_path):
    with pytest.raises(FactsError, match="none.json: cannot be read"):
        read_known_facts(tmp_path / "none.json")


def test_a_file_of_another_encoding_is_refused(tmp_path):
    file = tmp_path / "known_facts.json"
    file.write_bytes(CENTRES_FILE.read_text(encoding="utf-8").encode("latin-1", "replace"))
    with pytest.raises(FactsError, match="is not UTF-8"):
        read_known_facts(file)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("Angered,primärområde", "Angred,primärområde", "line 2: unknown district 'Angred'"),
        ("57.791", "57,791", "places.csv, line 2"),
        ("57.791", "north", "places.csv, line 2: bad number in 'lat': 'north'"),
        ("57.791", "nan", "places.csv, line 2: bad number in 'lat': 'nan'"),
        ("Agnesberg", "A" * 61, "places.csv, line 2: bad name"),
        ("Agnesberg", "A" * 140_000, "places.csv: cannot be read (field larger"),
        ("57.791", "12.031", "'lat': 12.031 is not between 57.4 and 58.0"),
        ("Amhult", "Agnesberg", "places.csv, line 3: duplicate name 'Agnesberg'"),
        ("lat,lon", "latitude,longitude", "places.csv: the columns must be"),
    ],
)
def test_a_malformed_place_is_named(tmp_path, old, new, message):
    text = PLACES_FILE.read_text(encoding="utf-8").replace(old, new, 1)
    with pytest.raises(FactsError, match=re.escape(message)):
        read_known_facts(places_file=written(tmp_path, text, "places.csv"))


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('"sv-lattlast"', '"sv-latt"', "services[0] (oppen-forskola), texts: unknown language"),
        ('"record"', '"records"', "confidentiality[0]: unknown question 'records'"),
        ('"min_age_months": 0', '"min_age_months": -1', "bad number in 'min_age_months'"),
        ('"is_free": true', '"is_free": "ja"', "'is_free' must be true, false or null, not 'ja'"),
    ],
)
def test_a_malformed_service_is_named(tmp_path, old, new, message):
    text = SERVICES_FILE.read_text(encoding="utf-8").replace(old, new, 1)
    with pytest.raises(FactsError, match=re.escape(message)):
        read_known_facts(services_file=written(tmp_path, text, "services.json"))


def test_a_line_with_a_number_that_is_none_is_named(tmp_path):
    text = LINES_FILE.read_text(encoding="utf-8").replace('"116 111"', '"ett ett sex"')
    with pytest.raises(FactsError, match=re.escape("lines.json, lines[4] (bris): bad number")):
        read_known_facts(lines_file=written(tmp_path, text, "lines.json"))


@pytest.mark.django_db
def test_import_again_leaves_a_closure_that_staff_have_given_a_reason():
    call_command("import_known_facts", verbosity=0)
    closure = ScheduleException.objects.first()
    closure.reason = "training"
    closure.save()
    count = ScheduleException.objects.count()
    call_command("import_known_facts", verbosity=0)
    assert ScheduleException.objects.count() == count
