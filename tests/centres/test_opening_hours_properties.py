"""What holds for any opening hours that staff can enter, in any zone, at any moment.

Each example is a handful of rows around a day on which something happens: clocks that change, the
turn of a year with 53 weeks, an ordinary Monday.
"""

from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st

from centres.hours_values import Holiday, Schedule, ScheduleException, Slot, State, Why
from centres.opening_hours import OpeningHours
from centres.spans import instant, merge

DAY = timedelta(days=1)
SECOND = timedelta(seconds=1)
STALE_AFTER = timedelta(days=180)
HORIZON = 400

PLACES = [
    ("Europe/Stockholm", date(2026, 11, 23)),
    ("Europe/Stockholm", date(2027, 3, 28)),  # one hour less
    ("Europe/Stockholm", date(2026, 10, 25)),  # one hour more
    ("Europe/Stockholm", date(2026, 12, 31)),  # week 53
    ("America/New_York", date(2026, 11, 1)),
    ("Australia/Lord_Howe", date(2026, 10, 4)),  # half an hour less
    ("Asia/Beirut", date(2026, 3, 29)),  # midnight does not exist
    ("Asia/Beirut", date(2026, 10, 24)),  # the hour before midnight comes twice
    ("Pacific/Apia", date(2011, 12, 30)),  # the day does not exist
]

many = settings(max_examples=60)


# --- Strategies -------------------------------------------------------------------------------


@dataclass(frozen=True)
class Rows:
    """What staff entered, and the place: enough to ask for opening hours."""

    zone: ZoneInfo
    today: date
    schedules: tuple[Schedule, ...]
    exceptions: tuple[ScheduleException, ...]
    holidays: dict[date, Holiday] = field(default_factory=dict)
    confirmed_at: datetime | None = None

    def asked(self):
        return OpeningHours(
            self.schedules,
            self.exceptions,
            zone=self.zone,
            holidays=self.holidays,
            confirmed_at=self.confirmed_at,
        )

    def adding(self, exception):
        return replace(self, exceptions=(*self.exceptions, exception))

    def window(self):
        """The instants between which rows differ from day to day."""
        return tuple(instant(self.today + n * DAY, time(0), self.zone) for n in (-4, 9))


half_hours = [time(hour, minute) for hour in range(24) for minute in (0, 30)]
# Often hours that clocks skip or repeat, and edges that touch.
clock_times = st.sampled_from(half_hours) | st.sampled_from(
    [time(0), time(1), time(2), time(2, 30), time(3), time(9), time(12), time(23, 30)]
)
labels = st.sampled_from(["", "Babyöppet"])
ages = st.sampled_from([None, 8])


@st.composite
def slots_of_a_day(draw):
    return Slot(draw(clock_times), draw(clock_times), label=draw(labels), max_age_months=draw(ages))


@st.composite
def slots_of_a_week(draw):
    recurrence = draw(
        st.sampled_from([{}] * 4 + [{"week_parity": parity} for parity in ("odd", "even")])
        | st.sampled_from([{"nth_in_month": n} for n in (1, 4, 5, -1, -5)])
    )
    slot = draw(slots_of_a_day())
    weekdays = draw(st.sets(st.integers(1, 7), min_size=1))
    return [replace(slot, weekday=weekday, **recurrence) for weekday in sorted(weekdays)]


@st.composite
def weeks(draw):
    return tuple(slot for some in draw(st.lists(slots_of_a_week(), max_size=3)) for slot in some)


@st.composite
def regular_schedules(draw, today):
    """None, one, or two that follow each other with or without a gap."""
    first = today + draw(st.integers(-20, 3)) * DAY
    last = first + draw(st.integers(0, 30)) * DAY
    again = last + draw(st.integers(1, 8) | st.integers(360, 420)) * DAY
    spans = [(first, last), (again, draw(st.sampled_from([None, again + 9 * DAY])))]
    spans = draw(st.sampled_from([[], [(first, None)], spans[:1], spans]))
    return [Schedule(*span, draw(weeks())) for span in spans]


@st.composite
def seasons(draw, today):
    """Any that do not overlap at equal length."""
    found = []
    for _ in range(draw(st.integers(0, 3))):
        first = today + draw(st.integers(-5, 5)) * DAY
        season = Schedule(first, first + draw(st.integers(0, 6)) * DAY, draw(weeks()), "season")
        if not any(_are_twins(season, other) for other in found):
            found.append(season)
    return found


def _are_twins(a, b):
    alike = a.valid_to - a.valid_from == b.valid_to - b.valid_from
    return alike and a.valid_from <= b.valid_to and b.valid_from <= a.valid_to


@st.composite
def exceptions(draw, today):
    kind = draw(st.sampled_from(["closed", "as_usual", "replaced", "part_closed", "extra"]))
    one_day = kind in ("replaced", "extra")
    first = today + draw(st.integers(-4, 4)) * DAY
    last = first + draw(st.sampled_from([0, 0, 0, 1, 2, 5])) * DAY
    last = first if one_day else draw(st.sampled_from([last] * 9 + [None]))
    has_slots = kind in ("replaced", "part_closed", "extra")
    slots = draw(st.lists(slots_of_a_day(), min_size=1, max_size=2)) if has_slots else ()
    of_centre = kind in ("closed", "part_closed") and draw(st.booleans())
    channels = ["drop_in", "phone"] if one_day else ["", "", "drop_in", "phone"]
    channel = "" if of_centre else draw(st.sampled_from(channels))
    reason = draw(st.sampled_from(["", "illness"]))
    return ScheduleException(kind, first, last, tuple(slots), of_centre, channel, reason)


def _without_twins(rows):
    """Two deciding ones of one scope, channel, range and kind are refused."""
    kept = {}
    for row in rows:
        same = (row.of_centre, row.channel, row.first_day, row.last_day, row.kind)
        adds_up = row.kind in ("extra", "part_closed")
        kept.setdefault((len(kept),) if adds_up else same, row)
    return tuple(kept.values())


@st.composite
def entered_rows(draw):
    zone, day = draw(st.sampled_from(PLACES))
    zone = ZoneInfo(zone)
    days = st.integers(-4, 4).map(lambda n: day + n * DAY)
    holidays = draw(st.dictionaries(days, st.booleans(), max_size=3))
    # Often 180 days before one of the hours asked about.
    confirmed = st.integers(-48, 48).map(
        lambda half: instant(day, time(12), zone) - STALE_AFTER + half * timedelta(minutes=30)
    )
    return Rows(
        zone,
        day,
        (*draw(regular_schedules(day)), *draw(seasons(day))),
        _without_twins(draw(st.lists(exceptions(day), max_size=5))),
        {when: Holiday("helg", public) for when, public in holidays.items()},
        draw(st.none() | confirmed),
    )


# Minutes around the middle of the rows; on the half-hour edges and beside them.
moments_away = st.integers(-4 * 48, 4 * 48).flatmap(
    lambda half: st.sampled_from([half * 30 * 60, half * 30 * 60 - 1, half * 30 * 60 + 900])
)


def moment(rows, seconds):
    return instant(rows.today, time(12), rows.zone) + seconds * SECOND


def timeline(rows):
    """The states between two midnights, each from its instant on; relies on `holds_until`."""
    asked = rows.asked()
    at, end = rows.window()
    found = {}
    while at < end:
        now = asked.status(at)
        found[at], at = now.state, now.holds_until
    return found


def side_by_side(rows, others):
    """The states of two at every instant at which either may change."""
    one, other = timeline(rows), timeline(others)
    was = becomes = None
    for at in sorted(one.keys() | other.keys()):
        was, becomes = one.get(at, was), other.get(at, becomes)
        yield was, becomes


# --- Spans ------------------------------------------------------------------------------------


@many
@given(entered_rows())
def test_spans_never_overlap_or_touch_and_stand_in_order(rows):
    asked = rows.asked()

    for spans in [asked.intervals(*rows.window())] + [
        day.spans for day in asked.days(rows.today - 4 * DAY, 12)
    ]:
        assert all(start < end for start, end in spans)
        assert all(before[1] < after[0] for before, after in pairwise(spans))


@many
@given(entered_rows())
def test_spans_of_the_days_together_are_the_intervals(rows):
    asked = rows.asked()
    start, end = rows.window()
    first = rows.today - 5 * DAY

    merged = merge(span for day in asked.days(first, 14) for span in day.spans)
    clipped = [(max(a, start), min(b, end)) for a, b in merged if a < end and b > start]

    assert asked.intervals(start, end) == clipped


@many
@given(entered_rows())
def test_a_day_is_open_exactly_if_known_and_some_span_starts_there(rows):
    for day in rows.asked().days(rows.today - 4 * DAY, 12):
        if day.state is not State.UNKNOWN:
            assert (day.state is State.OPEN) == bool(day.spans)


# --- Moments ----------------------------------------------------------------------------------


@many
@given(entered_rows(), moments_away)
def test_the_moment_agrees_with_the_list(rows, seconds):
    asked, at = rows.asked(), moment(rows, seconds)
    now = asked.status(at)

    assert now.is_open == bool(asked.intervals(at, at + timedelta(microseconds=1)))
    if now.until:
        assert asked.intervals(at, now.until + SECOND) == [(at, now.until)]
    if now.next_opening:
        assert asked.intervals(at, now.next_opening) == []
    if now.is_open:
        assert (now.next_opening, now.unconfirmed) == (None, None)
    elif not now.next_opening:
        assert asked.intervals(at, at + (HORIZON - 1) * DAY) == []


@many
@given(entered_rows(), moments_away)
def test_open_until_is_not_open_then_and_opens_is_open_then(rows, seconds):
    asked = rows.asked()
    now = asked.status(moment(rows, seconds))

    if now.until:
        assert not asked.status(now.until).is_open
        assert asked.status(now.until - SECOND).is_open
    if now.next_opening:
        assert asked.status(now.next_opening).is_open
        assert not asked.status(now.next_opening - SECOND).is_open


@many
@given(entered_rows(), moments_away)
def test_unconfirmed_is_the_first_unknown_day_before_the_next_opening(rows, seconds):
    asked = rows.asked()
    now = asked.status(moment(rows, seconds))
    today = now.at.astimezone(rows.zone).date()

    if not now.is_open and now.unconfirmed is None:
        opening = now.next_opening or now.at + 30 * DAY
        count = (opening.astimezone(rows.zone).date() - today).days
        assert State.UNKNOWN not in [day.state for day in asked.days(today, count)]
    if now.unconfirmed and now.unconfirmed.date >= today:
        count = (now.unconfirmed.date - today).days
        assert now.unconfirmed.state is State.UNKNOWN
        assert State.UNKNOWN not in [day.state for day in asked.days(today, count)]
        assert (
            not now.next_opening
            or now.unconfirmed.date <= now.next_opening.astimezone(rows.zone).date()
        )


@many
@given(entered_rows(), moments_away, st.lists(st.floats(0, 1), min_size=2, max_size=4))
def test_an_answer_holds_until_its_instant(rows, seconds, parts):
    asked = rows.asked()
    now = asked.status(moment(rows, seconds))
    midnight = instant(now.at.astimezone(rows.zone).date() + DAY, time(0), rows.zone)

    assert now.at < now.holds_until <= midnight
    lasts = now.holds_until - now.at
    for later in [now.at + lasts * part for part in parts] + [now.holds_until - SECOND / 1000]:
        if later < now.holds_until:
            assert said(asked.status(later)) == said(now)


def said(now):
    unconfirmed = now.unconfirmed and now.unconfirmed.date
    return now.state, now.until, now.next_opening, unconfirmed, now.needs_check


@many
@given(entered_rows(), moments_away)
def test_needs_check_from_180_days_on(rows, seconds):
    at = moment(rows, seconds)
    fresh = rows.confirmed_at is not None and at < rows.confirmed_at + STALE_AFTER

    assert rows.asked().status(at.astimezone(rows.zone)).needs_check is not fresh


# --- Unknown never becomes closed -------------------------------------------------------------


@many
@given(entered_rows())
def test_without_schedules_only_an_exception_closes(rows):
    """A day without schedules is unknown, so what is closed there was closed by someone."""
    rows = replace(rows, schedules=())
    asked = rows.asked()
    closing = [e for e in rows.exceptions if e.kind in ("closed", "replaced")]
    cutting = [e for e in rows.exceptions if e.kind == "part_closed"]

    for day in asked.days(rows.today - 4 * DAY, 12):
        decided = [e for e in closing if e.covers(day.date) and e.channel in ("", "drop_in")]
        assert day.state is State.UNKNOWN or decided
        assert day.why in (Why.NO_SCHEDULE, Why.EXCEPTION)
    for at, state in timeline(rows).items():
        today = at.astimezone(rows.zone).date()
        near = [e for e in cutting if e.covers(today) or e.covers(today - DAY)]
        if state is State.CLOSED:
            assert near or any(e.covers(today) for e in closing)


@many
@given(entered_rows(), st.integers(-4, 4))
def test_an_unanswered_eve_never_gives_closed_nor_open(rows, days):
    eve = rows.today + days * DAY
    plain = replace(rows, holidays={d: h for d, h in rows.holidays.items() if d != eve})
    with_eve = replace(rows, holidays={**plain.holidays, eve: Holiday("afton", public=False)})

    before, after = plain.asked().day(eve).state, with_eve.asked().day(eve).state
    assert after is before or after is State.UNKNOWN
    for was, becomes in side_by_side(plain, with_eve):
        assert becomes is was or becomes is State.UNKNOWN


@many
@given(entered_rows(), st.integers(-4, 4), weeks())
def test_while_an_eve_is_unanswered_only_extra_opens_it(rows, days, week):
    eve = rows.today + days * DAY
    slot = Slot(time(9), time(15), weekday=eve.isoweekday())
    rows = replace(
        rows,
        schedules=(Schedule(eve, eve, (*week, slot), "season"),),
        exceptions=tuple(e for e in rows.exceptions if e.kind in ("extra", "part_closed")),
        holidays={eve: Holiday("afton", public=False)},
    )
    day = rows.asked().day(eve)

    assert (day.state, day.why) == (State.UNKNOWN, Why.HOLIDAY_UNANSWERED)
    assert slot in day.usual
    assert all(entry.is_extra for entry in day.entries)


# --- Adding rows ------------------------------------------------------------------------------


@st.composite
def rows_and_part_closure(draw):
    rows = draw(entered_rows())
    closure = draw(exceptions(rows.today).filter(lambda e: e.kind == "part_closed"))
    return rows, replace(closure, channel="")


@many
@given(rows_and_part_closure())
def test_adding_a_part_closure_only_ever_closes(rows_and_closure):
    rows, closure = rows_and_closure
    for was, becomes in side_by_side(rows, rows.adding(closure)):
        assert becomes is was or becomes is State.CLOSED
    for day in rows.asked().days(rows.today - 4 * DAY, 12):
        cut = rows.adding(closure).asked().day(day.date)
        unknown = day.state is State.UNKNOWN
        assert cut.state is day.state or (not unknown and cut.state is State.CLOSED)


@many
@given(entered_rows(), st.integers(-4, 4), st.sampled_from(["", "drop_in"]))
def test_after_closing_today_nothing_that_starts_today_is_open(rows, days, channel):
    today = rows.today + days * DAY
    closed = rows.adding(ScheduleException("closed", today, today, channel=channel)).asked()
    midnight, next_midnight = (instant(today + n * DAY, time(0), rows.zone) for n in (0, 1))

    assert (closed.day(today).state, closed.day(today).spans) == (State.CLOSED, [])
    tail = [(max(a, midnight), b) for a, b in closed.day(today - DAY).spans if b > midnight]
    assert closed.intervals(midnight, next_midnight) == [
        (a, min(b, next_midnight)) for a, b in tail if a < next_midnight
    ]


@many
@given(entered_rows(), st.integers(-4, 4))
def test_closing_one_day_leaves_every_other_day_alone(rows, days):
    today = rows.today + days * DAY
    closed = rows.adding(ScheduleException("closed", today, today)).asked()
    before = rows.asked()

    for day in before.days(rows.today - 6 * DAY, 14):
        assert day.date == today or closed.day(day.date) == day


@many
@given(entered_rows(), st.integers(-4, 4))
def test_answering_as_usual_gives_the_hours_of_the_schedule(rows, days):
    """With no narrower or equally narrow row in its way."""
    today = rows.today + days * DAY
    others = [e for e in rows.exceptions if e.of_centre or not e.covers(today)]
    usual = ScheduleException("as_usual", today, today)
    day = replace(rows, exceptions=(*others, usual)).asked().day(today)
    plain = replace(rows, exceptions=(), holidays={}).asked().day(today)

    assert [entry.slot for entry in day.entries] == [entry.slot for entry in plain.entries]
    assert (day.state is State.UNKNOWN) == (plain.state is State.UNKNOWN)


# --- Order ------------------------------------------------------------------------------------


@st.composite
def rows_in_two_orders(draw):
    rows = draw(entered_rows())
    schedules = [
        replace(schedule, slots=tuple(draw(st.permutations(schedule.slots))))
        for schedule in rows.schedules
    ]
    shuffled = replace(
        rows,
        schedules=tuple(draw(st.permutations(schedules))),
        exceptions=tuple(draw(st.permutations(rows.exceptions))),
    )
    return rows, shuffled


@many
@given(rows_in_two_orders(), moments_away)
def test_the_result_does_not_depend_on_the_order_of_rows(orders, seconds):
    one, other = (rows.asked() for rows in orders)
    rows = orders[0]

    first = rows.today - 5 * DAY
    assert one.days(first, 14) == other.days(first, 14)
    assert one.intervals(*rows.window()) == other.intervals(*rows.window())
    assert one.status(moment(rows, seconds)) == other.status(moment(rows, seconds))


@many
@given(rows_in_two_orders())
def test_when_it_is_open_does_not_depend_on_the_order_of_rows(orders):
    """The part of the above that is about time alone, whatever is told beside it."""
    one, other = (timeline(rows) for rows in orders)

    assert one == other


@many
@given(entered_rows(), moments_away)
def test_any_zone_of_the_moment_gives_the_same_answer(rows, seconds):
    asked, at = rows.asked(), moment(rows, seconds).astimezone(UTC)

    for zone in (rows.zone, ZoneInfo("America/New_York")):
        assert asked.status(at.astimezone(zone)) == asked.status(at)
