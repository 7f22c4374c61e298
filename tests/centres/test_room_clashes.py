from datetime import UTC, date, datetime, time, timedelta

import pytest

from centres.programme_values import Key, Occurrence, State, Why
from centres.room_clashes import clashes

NINE = datetime(2026, 11, 24, 9, tzinfo=UTC)


def held(name: str, hours: str, room="stora rummet", state=State.SCHEDULED, venue=None):
    first, last = (NINE.replace(hour=int(hour)) for hour in hours.split("-"))
    key = Key(name, date(2026, 11, 24), time(9))
    return Occurrence(
        key, state, Why.PLAN, key.day, first, last, (first, last), venue=venue, room=room
    )


@pytest.mark.parametrize(
    ("occurrences", "pairs"),
    [
        ([held("a", "9-11"), held("b", "10-12")], ["ab"]),
        ([held("b", "10-12"), held("a", "9-11")], ["ab"]),
        ([held("a", "9-11"), held("b", "11-12")], []),
        ([held("a", "9-11"), held("b", "10-12", room=" Stora  Rummet ")], ["ab"]),
        ([held("a", "9-11"), held("b", "10-12", room="köket")], []),
        ([held("a", "9-11", room=""), held("b", "10-12", room="")], []),
        ([held("a", "9-11", venue="park"), held("b", "10-12", venue="park")], []),
        ([held("a", "9-11", state=State.CANCELLED), held("b", "10-12")], []),
        ([held("a", "9-11", state=State.SUSPENDED), held("b", "10-12")], []),
        ([held("a", "9-11", state=State.MOVED_AWAY), held("b", "10-12")], []),
        ([held("a", "9-11", state=State.UNCONFIRMED), held("b", "10-12")], ["ab"]),
        ([held("a", "9-15"), held("b", "10-11"), held("c", "14-16")], ["ab", "ac"]),
        ([held("a", "9-12"), held("b", "10-13"), held("c", "11-14")], ["ab", "ac", "bc"]),
    ],
)
def test_pairs_that_need_the_room_at_once(occurrences, pairs):
    assert [one.key.owner + other.key.owner for one, other in clashes(occurrences)] == pairs


def test_same_hours_on_another_day_do_not_clash():
    one = held("a", "9-11")
    later = held("b", "9-11")
    later = Occurrence(
        later.key,
        later.state,
        later.why,
        later.day,
        one.starts + timedelta(days=1),
        one.ends + timedelta(days=1),
        later.planned,
        room=one.room,
    )
    assert clashes([one, later]) == []
