from hypothesis import given
from hypothesis import strategies as st

from guidance.pages.room_check import BASE_SERVICES, ROOMS, check

ALL = [room.key for room in ROOMS]
KNOWN = [*BASE_SERVICES, "library"]


def test_a_house_with_all_of_it_lacks_nothing():
    found = check(BASE_SERVICES, ALL, KNOWN)
    assert found.is_family_centre
    assert found.missing_rooms == ()
    assert found.rooms_there == found.needed == len(ROOMS)


def test_rooms_of_a_service_that_is_not_there_are_not_asked_for():
    found = check(["open_preschool"], ["entre"], KNOWN)
    assert found.missing_services == ("maternity_care", "child_health_care", "social_services")
    missing = {room.key for room in found.missing_rooms}
    assert "lekrum" in missing
    assert "bvc" not in missing
    assert found.rooms_there == 1


@given(st.lists(st.sampled_from([*KNOWN, "skräp", ""])), st.lists(st.sampled_from([*ALL, "x"])))
def test_what_is_ticked_is_never_missing(services, rooms):
    found = check(services, rooms, KNOWN)
    assert not set(services) & set(found.missing_services)
    assert not set(rooms) & {room.key for room in found.missing_rooms}
    assert 0 <= found.rooms_there <= found.needed
    assert found.services <= set(KNOWN)
