"""Who may change what: every rule with the person it lets through and the one it refuses."""

import pytest
from django.contrib.auth.models import AnonymousUser

from centres.models import (
    ActivityText,
    CentreMembership,
    CityArea,
    Confirmation,
    ContactPerson,
    CoOrganiser,
    District,
    ExceptionSlot,
    FamilyCentre,
    FamilyCentreText,
    FormerSlug,
    Notice,
    OrganisationMembership,
    Place,
    Schedule,
    ScheduleException,
    ServiceAtCentre,
    ServiceAtCentreText,
    TimeSlot,
    Venue,
)
from centres.permissions import (
    activities_open_to,
    centres_open_to,
    may_add_or_remove,
    may_change,
    rooms_open_to,
)
from tests.factories import (
    make_activity,
    make_centre,
    make_change,
    make_confirmation,
    make_contact_person,
    make_district,
    make_exception,
    make_notice,
    make_organisation,
    make_schedule,
    make_service_at_centre,
    make_user,
    make_venue,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def house():
    return make_centre()


@pytest.fixture
def city():
    return make_organisation("Göteborgs Stad")


@pytest.fixture
def region():
    return make_organisation("Västra Götalandsregionen", kind="region")


@pytest.fixture
def open_preschool(house, city):
    return make_service_at_centre("open_preschool", centre=house, organisation=city)


@pytest.fixture
def clinic(house, region):
    return make_service_at_centre("child_health_care", centre=house, organisation=region)


@pytest.fixture
def teacher(house, city):
    return make_user(centres=[house], organisations=[city])


@pytest.fixture
def nurse(house, region):
    return make_user(centres=[house], organisations=[region])


def everything_about_a_room(room):
    schedule = make_schedule(room, slots=["mon 9-15"])
    exception = make_exception(room, kind="extra", slots=["16-18"])
    notice = make_notice(room)
    return [
        room,
        ServiceAtCentreText.objects.create(service_at_centre=room),
        make_contact_person(room),
        schedule,
        schedule.slots.get(),
        exception,
        exception.slots.get(),
        notice,
        notice.texts.get(),
        make_confirmation(room),
    ]


def everything_about_a_house(house):
    notice = make_notice(house)
    text = FamilyCentreText.objects.create(centre=house)
    return [house, text, notice, notice.texts.get(), make_confirmation(house)]


def test_editor_changes_everything_about_the_own_room(teacher, open_preschool):
    refused = [o for o in everything_about_a_room(open_preschool) if not may_change(teacher, o)]
    assert refused == []


def test_editor_of_another_organisation_changes_nothing_about_the_room(nurse, open_preschool):
    allowed = [o for o in everything_about_a_room(open_preschool) if may_change(nurse, o)]
    assert allowed == []


def test_nobody_of_the_city_changes_the_clinic(teacher, clinic):
    assert [o for o in everything_about_a_room(clinic) if may_change(teacher, o)] == []


def test_editor_of_another_house_changes_nothing_about_the_room(city, open_preschool):
    elsewhere = make_user(centres=[make_centre()], organisations=[city])
    assert [o for o in everything_about_a_room(open_preschool) if may_change(elsewhere, o)] == []


def test_facts_of_the_house_are_changed_by_either_organisation(house, teacher, nurse):
    rows = everything_about_a_house(house)
    assert all(may_change(teacher, row) and may_change(nurse, row) for row in rows)


def test_facts_of_the_house_are_not_changed_from_another_house(house, city):
    elsewhere = make_user(centres=[make_centre()], organisations=[city])
    assert not any(may_change(elsewhere, row) for row in everything_about_a_house(house))


def test_editor_without_a_house_changes_nothing(house, city, open_preschool):
    employed = make_user(organisations=[city])
    assert not may_change(employed)
    assert not may_change(employed, house)
    assert not may_change(employed, open_preschool)


def test_service_of_unknown_organisation_is_left_to_coordinators(house, teacher):
    room = make_service_at_centre("library", centre=house, organisation=None)
    assert not may_change(teacher, room)
    assert may_change(make_user("coordinator"), room)


def test_closing_the_whole_house_is_left_to_coordinators(house, teacher):
    closing = make_exception(house)
    assert not may_change(teacher, closing)
    assert not may_change(teacher, ScheduleException(centre=house, kind="closed"))
    assert may_change(make_user("coordinator"), closing)


@pytest.mark.parametrize("role", ["coordinator", "administrator"])
def test_coordinator_and_administrator_change_every_house_and_room(role, house, clinic):
    user = make_user(role)
    rows = everything_about_a_house(house) + everything_about_a_room(clinic)
    assert all(may_change(user, row) for row in rows)


def test_places_and_former_addresses_are_left_to_coordinators(house, teacher):
    rows = [make_district(), make_district().city_area, FormerSlug(centre=house, slug="gammal")]
    assert not any(may_change(teacher, row) for row in rows)
    assert all(may_change(make_user("coordinator"), row) for row in rows)


def test_who_works_where_is_a_matter_of_accounts(house, teacher):
    membership = teacher.centre_memberships.get()
    for user in (teacher, make_user("coordinator"), make_user("administrator")):
        assert not may_change(user, membership)


@pytest.mark.parametrize("role", ["editor", "coordinator", "administrator"])
def test_deactivated_account_changes_nothing(role, house, city, open_preschool):
    user = make_user(role, centres=[house], organisations=[city], is_active=False)
    assert not may_change(user)
    assert not may_change(user, house)
    assert not may_add_or_remove(user, house)
    assert not centres_open_to(user).exists()
    assert not rooms_open_to(user).exists()


def test_visitor_changes_nothing(house, open_preschool):
    visitor = AnonymousUser()
    assert not any(may_change(visitor, obj) for obj in (None, FamilyCentre, house, open_preschool))
    assert not may_add_or_remove(visitor, FamilyCentre)


def test_row_about_nothing_yet_is_refused_to_an_editor(teacher):
    assert not may_change(teacher, Notice())
    assert not may_change(teacher, Confirmation())
    assert not may_change(teacher, ScheduleException())


@pytest.mark.parametrize(
    "model",
    [
        FamilyCentre,
        FamilyCentreText,
        Notice,
        Confirmation,
        ServiceAtCentre,
        ContactPerson,
        Schedule,
        TimeSlot,
        ScheduleException,
        ExceptionSlot,
    ],
)
def test_editor_changes_some_rows_of_the_kinds_of_the_own_room(teacher, open_preschool, model):
    assert may_change(teacher, model)


@pytest.mark.parametrize("model", [Schedule, ScheduleException, ContactPerson, ServiceAtCentre])
def test_editor_without_a_room_of_their_own_changes_no_hours(house, city, clinic, model):
    """Works in the house, but only the clinic is there."""
    assert not may_change(make_user(centres=[house], organisations=[city]), model)


@pytest.mark.parametrize(
    "model", [CityArea, District, Place, FormerSlug, CentreMembership, OrganisationMembership]
)
def test_editor_changes_no_rows_of_the_kinds_of_others(teacher, open_preschool, model):
    assert not may_change(teacher, model)


def test_editor_neither_makes_nor_removes_houses_and_rooms(teacher, house, open_preschool):
    for obj in (FamilyCentre, ServiceAtCentre, open_preschool):
        assert not may_add_or_remove(teacher, obj)
        assert may_add_or_remove(make_user("coordinator"), obj)
    assert not may_add_or_remove(teacher, house)


def test_house_that_is_there_is_removed_by_an_administrator_only(house):
    """People's places of work go with it, and so whose accounts a coordinator looks after."""
    assert not may_add_or_remove(make_user("coordinator"), house)
    assert may_add_or_remove(make_user("administrator"), house)


def test_editor_makes_and_removes_hours_of_the_own_room_only(teacher, open_preschool, clinic):
    assert may_add_or_remove(teacher, Schedule)
    assert may_add_or_remove(teacher, make_schedule(open_preschool))
    assert not may_add_or_remove(teacher, make_schedule(clinic))


def test_rooms_open_to_a_person_are_those_they_may_change(house, open_preschool, clinic, region):
    unknown = make_service_at_centre("library", centre=house, organisation=None)
    elsewhere = make_service_at_centre("child_health_care", organisation=region)
    rooms = [open_preschool, clinic, unknown, elsewhere]
    people = [
        make_user(centres=[house], organisations=[region]),
        make_user(centres=[house, elsewhere.centre], organisations=[region]),
        make_user(centres=[house]),
        make_user("coordinator"),
    ]
    for person in people:
        assert set(rooms_open_to(person)) == {room for room in rooms if may_change(person, room)}


def test_centres_open_to_a_person_are_those_they_may_change(house, teacher):
    elsewhere = make_centre()
    assert list(centres_open_to(teacher)) == [house]
    assert set(centres_open_to(make_user("coordinator"))) == {house, elsewhere}


# --- Activities ------------------------------------------------------------------------------
def test_activity_changed_by_those_who_hold_it(teacher, nurse, open_preschool, clinic):
    activity = make_activity(open_preschool)
    time = activity.recurrences.get()
    changed = make_change(activity, "2026-11-24 13")
    rows = [activity, activity.texts.get(), time, changed]
    assert all(may_change(teacher, row) for row in rows)
    assert not any(may_change(nurse, row) for row in rows)
    assert list(activities_open_to(nurse)) == []
    CoOrganiser.objects.create(activity=activity, service_at_centre=clinic)
    assert all(may_change(nurse, row) for row in rows)
    assert list(activities_open_to(nurse)) == list(activities_open_to(teacher)) == [activity]


def test_place_changed_while_nobody_else_uses_it(teacher, open_preschool):
    place = make_venue(directions="Vid gungorna.")
    assert may_add_or_remove(teacher, Venue)
    assert may_change(teacher, place)
    make_activity(open_preschool, venue=place)
    assert may_change(teacher, place)
    assert may_change(teacher, place.texts.get())
    make_change(make_activity(), "2026-11-24 13", kind="changed", new_venue=place)
    assert not may_change(teacher, place)
    assert may_change(make_user(role="coordinator"), place)
    assert not may_change(make_user(), Venue)


def test_translator_writes_an_activity_in_other_languages():
    translator = make_user(role="translator")
    activity = make_activity()
    assert not may_change(translator, activity)
    assert not may_change(translator, activity.texts.get())
    assert may_change(translator, ActivityText(activity=activity, language="sv-lattlast"))
