from copy import deepcopy
from datetime import date

from guidance.printed.changes import what_changed

TODAY = date(2026, 11, 25)


def line(hours, state="open", what=""):
    return {"state": state, "hours": hours, "what": what}


def facts(**changed):
    days = [[line("9.00–12.00")] if day < 5 else [line("Stängt", "closed")] for day in range(7)]
    room = {
        "kind": "open_preschool",
        "name": "Öppen förskola",
        "phone": "031-390 06 04",
        "is_booked": False,
        "is_unknown": False,
        "needs_check": False,
        "channels": [{"channel": "drop_in", "days": days}],
    }
    return {
        "name": "Hjällbo",
        "address": "Exempelgatan 3",
        "place": "Angered",
        "kinds": ["open_preschool"],
        "example": False,
        "week": "2026-11-23",
        "rooms": [room],
        **changed,
    }


def test_nothing_changed():
    assert what_changed(facts(), facts(), TODAY) == []


def test_closed_day_is_named():
    now = facts()
    now["rooms"][0]["channels"][0]["days"][3] = [line("Stängt (sjukdom)", "closed")]
    assert what_changed(facts(), now, TODAY) == [
        "Tiderna på skylten gäller inte längre.",
        "Öppen förskola, torsdag 26 november: stängt (sjukdom).",
    ]


def test_week_that_is_over():
    said = what_changed(facts(), facts(), date(2026, 11, 30))
    assert said == ["Skylten gällde vecka 48. Den veckan är slut."]


def test_sunday_still_belongs_to_the_week():
    assert what_changed(facts(), facts(), date(2026, 11, 29)) == []


def test_house_that_receives_nobody():
    assert what_changed(facts(), None, TODAY) == ["Huset tar inte emot besök längre."]


def test_house_that_has_moved_and_got_more():
    now = facts(address="Nygatan 1", kinds=["open_preschool", "library"])
    assert what_changed(facts(), now, TODAY) == [
        "Det som finns i huset har ändrats.",
        "Adressen är nu Nygatan 1.",
    ]


def test_new_number():
    now = deepcopy(facts())
    now["rooms"][0]["phone"] = "031-390 06 05"
    assert what_changed(facts(), now, TODAY) == [
        "Öppen förskola har nytt telefonnummer: 031-390 06 05."
    ]


def test_hours_that_nobody_knows_any_more():
    now = facts()
    now["rooms"][0] |= {"channels": [], "is_unknown": True}
    assert what_changed(facts(), now, TODAY) == [
        "Tiderna på skylten gäller inte längre.",
        "Öppen förskola: tiderna är inte kända.",
    ]
