"""The rules of the programme: what is held on which dates. Pure, as `opening_hours`.

The rules, in the order the code has them:

1.  *Clock.* As in `opening_hours`: wall time, made into UTC instants date by date. A time in the
    hour that spring skips means the end of the gap; one in the hour that autumn repeats means its
    first occurrence. An end at or before the start is on the next day; something that the clock
    skips whole is unconfirmed.
2.  *Dates.* A rule gives its weekday between its dates, both included; odd and even are the ISO
    week of the day, so that an odd-week session runs twice in a row after a week 53. Two rules that
    give the same date and start are one occurrence, and a confirmed one wins.
3.  *Changes* are about the occurrence planned for their date and start. One that meets none does
    nothing. A cancelled occurrence is cancelled, whatever else is said.
4.  *Where and when it is then.* A moved one stands at its new time, under its old key; where it was
    planned it is moved away. What a change does not name stays as it was.
5.  *What closes.* At the organiser's, whatever closes the room: its exceptions and those of its
    house, as the rules of opening hours weigh them. Hours cut away in part leave what remains of
    it; where other hours replace the day's, what is outside them is unconfirmed. Elsewhere only
    what keeps the staff away: exceptions of the room itself, other than for its premises. One that
    signs up is not stopped by the room being booked for a group. Where a room has no hours for
    groups, those of its drop-in speak for them too.
6.  *Seasons without slots* (the summer) suspend what has longer dates; what was planned for dates
    within the season, or moved to one, is held. A house that is temporarily closed suspends what is
    held in it.
7.  *Holidays.* A public holiday suspends, an eve or squeeze day makes unconfirmed, here and
    elsewhere, until the room has answered: `as_usual` holds, `closed` closes.
8.  *Despite closing.* A change that says so is held whatever 5–7 say. Closing a room or a house
    afterwards takes that back (`actions.exceptions`): the last word is the last said.
9.  *Copied and not confirmed* is unconfirmed where it would have been held as planned.

An open preschool's labelled slots stand in the programme too: `sessions`. What the rules of opening
hours list is held; what they set aside is suspended, or unconfirmed where the day is unknown.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from .hours_values import Day, Holiday, Schedule, ScheduleException, Slot
from .hours_values import State as DayState
from .hours_values import Why as DayWhy
from .opening_hours import OpeningHours
from .programme_values import (
    Activity,
    Change,
    Closures,
    Key,
    Occurrence,
    Rule,
    State,
    Why,
)
from .spans import Span, instant

DROP_IN, GROUP = "drop_in", "group"
PREMISES, BOOKED = "premises", "booked"
_DAY = timedelta(days=1)
_NOON = time(12)


# --- Dates ---------------------------------------------------------------------------------------
def days_of(rule: Rule, from_: date, to: date) -> list[date]:
    """The days of `from_`..`to` on which the rule gives an occurrence."""
    slot = rule.slot
    pattern = slot.weekday, slot.week_parity, slot.nth_in_month
    return days_between(rule.first_day, rule.last_day, *pattern, from_, to)


def days_between(
    first: date,
    last: date,
    weekday: int | None,
    parity: str,
    nth: int | None,
    from_: date,
    to: date,
) -> list[date]:
    """The same of a rule by its parts; without a weekday it is the first day alone."""
    if weekday is None:
        return [first] if from_ <= first <= to else []
    return [day for day in _pattern(weekday, parity, nth, from_, to) if first <= day <= last]


def planned_on(activity: Activity, day: date) -> dict[time, Rule]:
    """What its rules give for a day, by start, whatever has become of it."""
    rules = sorted(activity.rules, key=lambda rule: rule.order)
    found = [(rule.slot.opens_at, rule) for rule in rules if days_of(rule, day, day)]
    return dict(reversed(found))  # of two that begin together the first stays


@lru_cache(maxsize=1024)
def _pattern(weekday: int, parity: str, nth: int | None, from_: date, to: date) -> tuple[date, ...]:
    """The days of `from_`..`to` that are such a weekday: the same for very many rules."""
    any_hour = Slot(_NOON, _NOON, weekday, parity, nth)
    days = (date.fromordinal(n) for n in range(from_.toordinal(), to.toordinal() + 1))
    return tuple(day for day in days if any_hour.occurs_on(day))


def span_of(day: date, slot: Slot, zone: ZoneInfo) -> Span:
    """The instants of hours that start on `day`."""
    last = day if slot.closes_at > slot.opens_at else day + _DAY
    return instant(day, slot.opens_at, zone), instant(last, slot.closes_at, zone)


# --- Activities ----------------------------------------------------------------------------------
def occurrences(
    activity: Activity,
    from_: date,
    to: date,
    *,
    zone: ZoneInfo,
    closures: Closures,
    holidays: Mapping[date, Holiday],
) -> list[Occurrence]:
    """All that is planned for the days `from_`..`to`, or moved there, in order of time.

    `closures` are those of the organiser's room.
    """
    return Plan(activity, zone, closures, holidays).between(from_, to)


class Plan:
    """One activity, asked for its occurrences."""

    def __init__(
        self,
        activity: Activity,
        zone: ZoneInfo,
        closures: Closures,
        holidays: Mapping[date, Holiday],
    ):
        self.activity = activity
        self.zone = zone
        self.closures = closures
        self.holidays = holidays
        self.rules = sorted(activity.rules, key=lambda rule: rule.order)
        self.changes = {(change.day, change.starts_at): change for change in activity.changes}
        self._hours: dict[tuple[Rule, bool], OpeningHours] = {}

    def between(self, from_: date, to: date) -> list[Occurrence]:
        found = [
            occurrence
            for (day, _start), rule in self._planned(from_, to).items()
            for occurrence in self._on(day, rule)
            if from_ <= occurrence.day <= to
        ]
        return sorted(found, key=lambda occurrence: occurrence.order)

    def _planned(self, from_: date, to: date) -> dict[tuple[date, object], Rule]:
        """By date and start the rule that gives it, of those days and of what is moved there."""
        moved_here = {
            change.day for change in self.activity.changes if _is_between(change, from_, to)
        }
        planned: dict[tuple[date, object], Rule] = {}
        for rule in self.rules:
            days = days_of(rule, from_, to)
            days += [day for elsewhere in moved_here for day in days_of(rule, elsewhere, elsewhere)]
            for day in days:
                planned.setdefault((day, rule.slot.opens_at), rule)
        return planned

    def _on(self, day: date, rule: Rule) -> Iterator[Occurrence]:
        """The occurrence planned for a day; for a moved one also where it was to be."""
        change = self.changes.get((day, rule.slot.opens_at))
        planned = self._as_planned(day, rule)
        if change is None:
            yield self._weighed(planned, rule)
        elif change.kind == "cancelled":
            yield replace(planned, state=State.CANCELLED, why=Why.CHANGE, change=change)
        else:
            yield from self._changed(planned, rule, change)

    def _as_planned(self, day: date, rule: Rule) -> Occurrence:
        span = span_of(day, rule.slot, self.zone)
        return Occurrence(
            Key(self.activity.key, day, rule.slot.opens_at),
            State.SCHEDULED,
            Why.PLAN,
            day,
            *span,
            planned=span,
            spans=(span,),
            venue=self.activity.venue,
            room=self.activity.room,
            planned_venue=self.activity.venue,
        )

    def _changed(self, planned: Occurrence, rule: Rule, change: Change) -> Iterator[Occurrence]:
        day = change.new_day or planned.day
        slot = replace(
            rule.slot,
            weekday=None,
            week_parity="every",
            nth_in_month=None,
            opens_at=change.new_starts_at or rule.slot.opens_at,
            closes_at=change.new_ends_at or rule.slot.closes_at,
        )
        span = span_of(day, slot, self.zone)
        is_moved = change.kind == "moved"
        now = replace(
            planned,
            state=State.MOVED if is_moved else State.CHANGED,
            why=Why.CHANGE,
            day=day,
            starts=span[0],
            ends=span[1],
            spans=(span,),
            venue=None if change.at_organiser else change.new_venue or planned.venue,
            room=planned.room if change.new_room is None else change.new_room,
            change=change,
        )
        if is_moved and span[0] != planned.starts:
            yield replace(planned, state=State.MOVED_AWAY, why=Why.CHANGE, change=change)
        # A date that somebody has chosen is its own rule: no longer dates decide over it.
        yield self._weighed(now, Rule(day, day, slot))

    # --- What closes -----------------------------------------------------------------------------

    def _weighed(self, occurrence: Occurrence, rule: Rule) -> Occurrence:
        """With what closures and holidays make of it."""
        if occurrence.starts >= occurrence.ends:
            return replace(occurrence, state=State.UNCONFIRMED, why=Why.CLOCK, spans=())
        if occurrence.change and occurrence.change.despite_closing:
            return occurrence
        is_elsewhere = occurrence.venue is not None
        if not is_elsewhere and self.closures.is_shut_on(occurrence.day):
            return replace(occurrence, state=State.SUSPENDED, why=Why.HOUSE, spans=())
        weighed = occurrence
        if self._is_disturbed(occurrence.day):
            hours = self._hours_of(rule, is_elsewhere)
            weighed = _weigh(occurrence, rule.slot, hours.day(occurrence.day))
        if rule.awaits_confirmation and weighed.why is Why.PLAN:
            return replace(weighed, state=State.UNCONFIRMED, why=Why.AWAITS)
        return weighed

    def _is_disturbed(self, day: date) -> bool:
        """Whether anything at all may close it: most days nothing does, and rules take time."""
        if day in self.holidays or any(season.covers(day) for _c, season in self.closures.seasons):
            return True
        # A part closure of the days beside it cuts what lasts past midnight.
        near = day - _DAY, day, day + _DAY
        return any(e.covers(beside) for e in self.closures.exceptions for beside in near)

    def _hours_of(self, rule: Rule, is_elsewhere: bool) -> OpeningHours:
        """The rule as if it were a room's only hours, so that all rules of hours hold for it."""
        key = rule, is_elsewhere
        if key not in self._hours:
            channel = self._channel
            self._hours[key] = OpeningHours(
                [_as_schedule(rule), *(s for c, s in self.closures.seasons if c == channel)],
                [e for e in self.closures.exceptions if self._concerns(e, is_elsewhere)],
                zone=self.zone,
                holidays=self.holidays,
                channel=channel,
            )
        return self._hours[key]

    @property
    def _channel(self) -> str:
        is_group = not self.activity.is_drop_in and GROUP in self.closures.channels
        return GROUP if is_group else DROP_IN

    def _concerns(self, exception: ScheduleException, is_elsewhere: bool) -> bool:
        if exception.kind == "extra":
            return False
        if exception.cause == BOOKED and not self.activity.is_drop_in:
            return False
        return not is_elsewhere or not (exception.of_centre or exception.cause == PREMISES)


def _is_between(change: Change, from_: date, to: date) -> bool:
    return change.new_day is not None and from_ <= change.new_day <= to


def _as_schedule(rule: Rule) -> Schedule:
    """A season, since of those the shorter wins: dates within a closed summer outdo it."""
    weekday = rule.slot.weekday or rule.first_day.isoweekday()
    slot = replace(rule.slot, weekday=weekday)
    return Schedule(rule.first_day, rule.last_day, (slot,), "season")


def _weigh(occurrence: Occurrence, slot: Slot, day: Day) -> Occurrence:
    """What a day's answer makes of an occurrence that is the only slot of its hours."""
    entries = [entry for entry in day.entries if entry.slot.opens_at == slot.opens_at]
    if day.exception and day.exception.kind == "replaced":
        return _beside_other_hours(occurrence, day)
    if day.why is DayWhy.HOLIDAY_UNANSWERED:
        why, state = Why.HOLIDAY_UNANSWERED, State.UNCONFIRMED
        return replace(occurrence, state=state, why=why, holiday=day.holiday)
    if entries:
        return _cut(occurrence, entries[0].spans, day)
    return _set_aside(occurrence, day)


def _beside_other_hours(occurrence: Occurrence, day: Day) -> Occurrence:
    """Held where it is within the hours that replace the day's."""
    if any(a <= occurrence.starts and occurrence.ends <= b for a, b in day.spans):
        return occurrence
    return replace(occurrence, state=State.UNCONFIRMED, why=Why.EXCEPTION, closure=day.exception)


def _cut(occurrence: Occurrence, spans: tuple[Span, ...], day: Day) -> Occurrence:
    """With what part closures leave of it."""
    if spans == occurrence.spans:
        return occurrence
    closure = next((e for e in day.adjustments if e.kind == "part_closed"), None)
    cut = replace(occurrence, why=Why.EXCEPTION, closure=closure, spans=spans)
    if not spans:
        return replace(cut, state=State.SUSPENDED)
    state = State.MOVED if occurrence.state is State.MOVED else State.CHANGED
    return replace(cut, state=state, starts=spans[0][0], ends=spans[-1][1])


def _set_aside(occurrence: Occurrence, day: Day) -> Occurrence:
    gone = replace(occurrence, state=State.SUSPENDED, spans=())
    if day.why is DayWhy.HOLIDAY:
        return replace(gone, why=Why.HOLIDAY, holiday=day.holiday)
    if day.exception:
        return replace(gone, why=Why.EXCEPTION, closure=day.exception, holiday=day.holiday)
    return replace(gone, why=Why.SEASON)


# --- Labelled slots ------------------------------------------------------------------------------
def sessions(
    room: str, channel: str, hours: OpeningHours, from_: date, to: date, *, closures: Closures
) -> list[Occurrence]:
    """The labelled slots of a room's hours on the days `from_`..`to`, in order of time.

    Of `closures` only the days are read on which the house is shut: `hours` knows the rest.
    """
    count = (to - from_).days + 1
    found = [
        replace(session, state=State.SUSPENDED, why=Why.HOUSE, spans=())
        if closures.is_shut_on(day.date)
        else session
        for day in hours.days(from_, count)
        for session in sessions_on(room, channel, hours, day)
    ]
    return sorted(found, key=lambda occurrence: occurrence.order)


def sessions_on(room: str, channel: str, hours: OpeningHours, day: Day) -> Iterator[Occurrence]:
    """Those of one day: what is listed, then what is set aside."""
    spans = {entry.slot: entry.spans for entry in day.entries}
    listed = _keyed(room, channel, day.date, spans)
    schedule = hours.schedule_on(day.date)
    awaits = bool(schedule and schedule.awaits_confirmation)
    for key, slot in listed.items():
        cut = _cut(_session(key, hours, slot), spans[slot], day)
        if awaits and cut.why is Why.PLAN and day.why is DayWhy.SCHEDULE:
            cut = replace(cut, state=State.UNCONFIRMED, why=Why.AWAITS)
        yield cut
    for key, slot in _keyed(room, channel, day.date, day.usual).items():
        if key not in listed:
            session = _session(key, hours, slot)
            yield _unanswered(session, day) if _is_unknown(day) else _set_aside(session, day)


def _keyed(room: str, channel: str, day: date, slots: Iterable[Slot]) -> dict[Key, Slot]:
    """The labelled ones, by key. Of those of one label and start all but the first are numbered."""
    found: dict[Key, Slot] = {}
    so_far: Counter[tuple[str, time]] = Counter()
    labelled = (slot for slot in slots if slot.label)
    for slot in sorted(labelled, key=lambda slot: slot.order):
        so_far[slot.label, slot.opens_at] += 1
        nth = so_far[slot.label, slot.opens_at]
        what = f"{channel}/{slot.label}" + (f"/{nth}" if nth > 1 else "")
        found[Key(room, day, slot.opens_at, what)] = slot
    return found


def _session(key: Key, hours: OpeningHours, slot: Slot) -> Occurrence:
    span = hours.span(key.day, slot)
    return Occurrence(
        key, State.SCHEDULED, Why.PLAN, key.day, *span, planned=span, spans=(span,), slot=slot
    )


def _is_unknown(day: Day) -> bool:
    return day.state is DayState.UNKNOWN


def _unanswered(session: Occurrence, day: Day) -> Occurrence:
    return replace(
        session, state=State.UNCONFIRMED, why=Why.HOLIDAY_UNANSWERED, holiday=day.holiday
    )
