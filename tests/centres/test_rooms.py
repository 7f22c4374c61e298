from datetime import UTC, date, timedelta

import pytest
from django.http import HttpResponse

from centres.caching import keep_while_true
from centres.house import House, days_needed
from centres.models import FamilyCentre
from services.models import Service
from tests.factories import (
    make_centre,
    make_confirmation,
    make_contact_person,
    make_exception,
    make_schedule,
    make_service_at_centre,
    stockholm,
)

pytestmark = pytest.mark.django_db
WEEK = ["mon 9-15", "tue 9-15", "wed 9-15", "thu 9-15", "fri 9-15"]
TUESDAY = stockholm(2026, 11, 24, 10)


def house(centre, at=TUESDAY):
    loaded = FamilyCentre.objects.with_place().with_everything(*days_needed(at), at=at)
    return House(loaded.get(pk=centre.pk), at)


def room(place, at=TUESDAY):
    return house(place.centre, at).rooms[0]


def sign(place, at=TUESDAY):
    return room(place, at).signs[0]


def test_every_way_of_contact_has_its_own_sign_the_door_first():
    place = make_service_at_centre(Service.Kind.CHILD_HEALTH_CARE)
    make_schedule(place, channel="phone", slots=WEEK)
    make_schedule(place, slots=["tue 13-14"])
    found = room(place)
    assert [s.text for s in found.signs] == ["Öppnar 13.00", "Telefontid nu, till 15.00"]
    assert found.sentence.endswith("öppnar 13.00")


def test_lists_show_the_phone_only_while_it_is_answered():
    place = make_service_at_centre(Service.Kind.CHILD_HEALTH_CARE)
    make_schedule(place, channel="phone", slots=["tue 9-11"])
    make_schedule(place, slots=["tue 9-15"])
    assert [s.text for s in room(place).short_signs] == [
        "Öppet till 15.00",
        "Telefontid nu, till 11.00",
    ]
    later = room(place, stockholm(2026, 11, 24, 12))
    assert [s.text for s in later.short_signs] == ["Öppet till 15.00"]


def test_lists_show_a_phone_hour_that_comes_before_the_door_opens():
    place = make_service_at_centre(Service.Kind.CHILD_HEALTH_CARE)
    make_schedule(place, channel="phone", slots=["tue 11-12"])
    make_schedule(place, slots=["wed 9-15"])
    assert [s.text for s in room(place).short_signs] == [
        "Stängt – öppnar i morgon 9.00",
        "Telefontid i dag från 11.00",
    ]


def test_unanswered_eve_is_not_confirmed_and_names_the_next_certain_time():
    place = make_service_at_centre()
    make_schedule(place, slots=WEEK)
    found = sign(place, stockholm(2026, 12, 24, 10))
    assert (found.text, found.look) == ("Inte bekräftat (julafton)", "unknown")
    assert "Nästa bekräftade tid: måndag 9.00" in found.notes


def test_staff_without_a_name_are_told_by_role_once():
    place = make_service_at_centre()
    for _ in range(2):
        make_contact_person(place, role="barnskötare")
    make_contact_person(place, role="socionom")
    make_contact_person(place, role="socionom", name="Alva", approved_on=date(2026, 11, 1))
    assert [(p.role, p.name) for p in room(place).people] == [
        ("socionom", "Alva"),
        ("barnskötare", ""),
    ]


def test_group_room_says_so_and_its_hours_are_not_called_unknown():
    place = make_service_at_centre()
    make_schedule(place, channel="group", slots=WEEK)
    assert sign(place).text == "Bara grupper"
    assert not room(place).hours_unknown


def test_room_closed_all_season_is_closed_not_unknown():
    place = make_service_at_centre()
    make_schedule(place, kind="season", valid_to=date(2026, 12, 31))
    found = room(place)
    assert found.signs[0].look == "closed"
    assert not found.hours_unknown


def test_closed_season_is_told_with_its_weeks_half_a_year_before():
    place = make_service_at_centre()
    make_schedule(place, slots=WEEK)
    summer = {"kind": "season", "valid_from": date(2027, 7, 12), "valid_to": date(2027, 8, 15)}
    season = make_schedule(place, **summer)
    assert room(place).drop_in.closed_seasons == []
    in_spring = stockholm(2027, 3, 1, 10)
    assert room(place, in_spring).drop_in.closed_seasons == ["12 juli–15 augusti (vecka 28–32)"]
    season.awaits_confirmation = True
    season.save()
    told = room(place, in_spring).drop_in.closed_seasons
    assert told == ["12 juli–15 augusti (vecka 28–32), inte bekräftat än"]
    assert room(place, stockholm(2027, 8, 16, 10)).drop_in.closed_seasons == []


def test_last_day_of_a_term_says_that_what_follows_is_unknown():
    place = make_service_at_centre()
    make_schedule(place, slots=WEEK, valid_to=date(2026, 11, 24))
    found = sign(place, stockholm(2026, 11, 24, 16))
    assert found.text == "Stängt"
    assert "Tiderna från 25 november är inte kända" in found.notes


def test_slot_cut_away_whole_is_listed_with_the_reason():
    place = make_service_at_centre()
    make_schedule(place, slots=["tue 9-12", "tue 13-15", "wed 9-12", "thu 9-12"])
    make_exception(
        place, kind="part_closed", first_day=date(2026, 11, 24), slots=["13-15"], reason="training"
    )
    today = next(row for row in room(place).drop_in.week if row.is_today)
    assert [(line.hours, line.what) for line in today.lines] == [
        ("9.00–12.00", ""),
        ("13.00–15.00", "inställt (utbildning)"),
    ]


def test_slot_that_the_clock_skips_is_listed_and_marked():
    place = make_service_at_centre()
    make_schedule(place, slots=["sun 2-3"])
    row = room(place, stockholm(2026, 3, 29, 10)).drop_in.week[0]
    assert [(line.hours, line.what) for line in row.lines] == [
        ("2.00–3.00", "utgår: klockan ställs om")
    ]


def test_booked_visits_never_say_open_or_closed():
    place = make_service_at_centre(Service.Kind.MATERNITY_CARE)
    make_schedule(place, channel="booked", slots=WEEK)
    assert (sign(place).text, sign(place).look) == ("Tid bokas", "booked")


def test_room_without_any_hours_is_unknown():
    unknown = sign(make_service_at_centre())
    assert (unknown.text, unknown.look) == ("Tiderna är inte kända", "unknown")


def test_ended_schedule_is_unknown_and_tells_when_hours_were_last_known():
    place = make_service_at_centre()
    make_schedule(
        place, slots=["mon 9-12"], valid_from=date(2024, 1, 1), valid_to=date(2024, 6, 30)
    )
    found = room(place)
    assert found.hours_unknown
    assert found.signs[0].look == "unknown"
    assert found.drop_in.last_known == ("Måndag 9–12", "30 juni 2024")


def test_week_is_the_seven_days_from_today():
    place = make_service_at_centre()
    make_schedule(place, slots=WEEK)
    week = room(place).drop_in.week
    assert [(row.name, row.is_today) for row in week] == [
        ("I dag, tisdag", True),
        ("Onsdag", False),
        ("Torsdag", False),
        ("Fredag", False),
        ("Lördag", False),
        ("Söndag", False),
        ("Måndag", False),
    ]
    assert [line.hours for line in week[0].lines] == ["9.00–15.00"]
    assert [line.hours for line in week[4].lines] == ["Stängt"]


def test_week_of_one_open_day_leaves_out_the_others_but_today():
    place = make_service_at_centre()
    make_schedule(place, slots=["thu 13-14"])
    assert [row.name for row in room(place).drop_in.week] == ["I dag, tisdag", "Torsdag"]


def test_part_closure_splits_the_day_in_the_week():
    place = make_service_at_centre()
    make_schedule(place, slots=WEEK)
    make_exception(place, kind="part_closed", first_day=date(2026, 11, 24), slots=["12-13"])
    today = room(place).drop_in.week[0]
    assert [line.hours for line in today.lines] == ["9.00–12.00", "13.00–15.00"]


def test_changes_tell_of_exceptions_holidays_and_unanswered_eves():
    place = make_service_at_centre()
    make_schedule(place, slots=WEEK)
    make_exception(place, first_day=date(2026, 11, 27), reason="planning")
    found = [(c.when, c.what) for c in room(place).changes]
    assert found == [
        ("fredag 27 november", "stängt (planeringsdag)"),
        ("torsdag 24 december", "inte bekräftat om det är öppet (julafton)"),
        ("fredag 25 december", "stängt (juldagen)"),
    ]


def test_exempted_service_does_not_announce_the_houses_closure():
    place = make_service_at_centre()
    make_schedule(place, slots=WEEK)
    make_exception(place.centre, first_day=date(2026, 11, 24))
    make_exception(place, kind="as_usual", first_day=date(2026, 11, 24))
    assert sign(place).text == "Öppet till 15.00"
    assert [c.what for c in room(place).changes if c.is_today] == ["öppet som vanligt"]


def test_closure_of_the_house_is_told_once():
    centre = make_centre()
    for kind in (Service.Kind.OPEN_PRESCHOOL, Service.Kind.SOCIAL_SERVICES):
        make_schedule(make_service_at_centre(kind, centre=centre), slots=WEEK)
    make_exception(centre, first_day=date(2026, 11, 24), note="strömavbrott")
    assert house(centre).changes_today == [("Hela huset", "stängt (strömavbrott)")]


def test_same_change_of_several_rooms_is_told_once():
    centre = make_centre()
    kinds = Service.Kind.OPEN_PRESCHOOL, Service.Kind.SOCIAL_SERVICES, Service.Kind.MATERNITY_CARE
    *closed, open_room = [make_service_at_centre(kind, centre=centre) for kind in kinds]
    for place in (*closed, open_room):
        make_schedule(place, slots=WEEK)
    for place in closed:
        make_exception(place, first_day=date(2026, 11, 24), note="utbildning")
    assert house(centre).changes_today == [
        ("Öppen förskola och socialtjänst", "stängt (utbildning)")
    ]
    make_exception(open_room, first_day=date(2026, 11, 24), note="utbildning")
    assert house(centre).changes_today == [("Hela huset", "stängt (utbildning)")]


def test_old_confirmation_asks_to_call_first():
    place = make_service_at_centre(phone="031-390 06 01")
    make_schedule(place, slots=WEEK)
    make_confirmation(
        place, fact_group="hours", channel="drop_in", confirmed_at=TUESDAY - timedelta(days=180)
    )
    found = room(place)
    assert "Ring före besök: 031-390 06 01" in found.check_words
    assert found.short_signs[0].notes == ("Ring före besök",)


def test_fresh_confirmation_asks_nothing():
    place = make_service_at_centre()
    make_schedule(place, slots=WEEK)
    make_confirmation(
        place, fact_group="hours", channel="drop_in", confirmed_at=TUESDAY - timedelta(days=179)
    )
    assert room(place).check_words == ""
    assert sign(place).notes == ()


def test_facts_nobody_has_stated_are_not_shown_as_no():
    centre = make_centre(lift=True, hearing_loop=False)
    found = dict(house(centre).accessibility)
    assert found == {"Hiss": True, "Hörslinga": False}


def test_page_is_kept_to_the_end_of_the_minute_at_most():
    def kept(at):
        return keep_while_true(HttpResponse(), [], at=at).headers["Cache-Control"]

    assert kept(stockholm(2026, 11, 24, 10, 0, 0)) == "public, max-age=60"
    assert kept(stockholm(2026, 11, 24, 14, 59, 30)) == "public, max-age=30"


def test_page_is_not_kept_past_a_confirmation_that_grows_old_within_the_minute():
    place = make_service_at_centre()
    make_schedule(place, slots=WEEK)
    confirmed = TUESDAY.astimezone(UTC) - timedelta(days=180) + timedelta(seconds=20)
    make_confirmation(place, fact_group="hours", channel="drop_in", confirmed_at=confirmed)
    kept = keep_while_true(HttpResponse(), [house(place.centre)], at=TUESDAY)
    assert kept.headers["Cache-Control"] == "public, max-age=20"


def test_temporarily_closed_house_announces_no_hours():
    place = make_service_at_centre(
        centre=make_centre(
            status="temporarily_closed",
            next_status="open",
            next_status_on=date(2027, 1, 1),
            next_status_certainty="expected",
        ),
        phone="031-390 06 01",
    )
    make_schedule(place, slots=WEEK)
    make_exception(place, kind="extra", first_day=TUESDAY.date(), slots=["17-18"])
    found = house(place.centre)
    assert found.changes_today == []
    assert found.phone == ""
    assert found.status_words == "Tillfälligt stängd – väntas öppna igen 1 januari 2027"
    later = house(place.centre, stockholm(2027, 2, 1, 10))
    assert later.status_words == (
        "Tillfälligt stängd – väntades öppna igen 1 januari 2027, men vi vet inte om det blev så"
    )


def test_house_in_use_without_rooms_says_that_nobody_knows():
    assert house(make_centre()).status_words == "Vi vet inte vilka verksamheter som finns här"


def test_house_that_moved_to_a_mere_idea_links_nowhere():
    new = make_centre(status="idea")
    assert house(make_centre(status="moved", moved_to=new)).moves_to is None


def test_planned_house_has_no_status():
    place = make_service_at_centre(centre=make_centre(status="building"))
    make_schedule(place, slots=WEEK)
    assert house(place.centre).front_room is None
    assert house(place.centre).status_words == "Byggs och har inte öppnat ännu"


@pytest.mark.parametrize(
    ("at", "expected"),
    [
        ((24, 1, 59), ["22.00–2.00", "9.00–15.00"]),
        ((24, 2), ["9.00–15.00"]),
        ((24, 14, 59), ["9.00–15.00"]),
        ((24, 15), []),
    ],
)
def test_sessions_left_today_hold_the_night_that_is_not_over(at, expected):
    place = make_service_at_centre()
    make_schedule(place, slots=["mon 22-2", "tue 9-15"])
    found = room(place, stockholm(2026, 11, *at)).sessions_left_today
    assert [session.hours for session in found] == expected
