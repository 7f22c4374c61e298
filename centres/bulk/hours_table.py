"""Hours as a table: one row per slot (pass) of a week.

A schedule is known by its house, service, way of contact, kind and first day. A file that names one
holds all its slots: those that it leaves out are removed. A schedule without slots (closed all
summer) is one row without weekday and times. Schedules that no row names are left alone.
"""

from dataclasses import dataclass, field
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from services.languages import SpokenLanguage
from services.models import Service
from services.models.line import WEEKDAYS

from ..actions import save_schedule
from ..models import Channel, Schedule, ServiceAtCentre, TimeSlot
from ..permissions import rooms_open_to
from .cells import (
    Column,
    changes_between,
    choice_column,
    day_column,
    heading_problems,
    number_column,
    problems_of,
    read_closing,
    read_opening,
    read_row,
    text_column,
    write_closing,
    write_opening,
)
from .plan import CHANGED, NEW, REMOVED, UNCHANGED, FieldChange, Plan, Problem, RowResult
from .sheet import Sheet
from .there import matches, picked, rooms_held

KIND = "hours"
EVERY_WEEK = (TimeSlot.WeekParity.EVERY.value, None)
WEEKS = [
    *(((value, None), label) for value, label in TimeSlot.WeekParity.choices),
    *(((TimeSlot.WeekParity.EVERY.value, nth), label) for nth, label in TimeSlot.NTH),
]

SCHEDULE_COLUMNS = [
    text_column("Adress på webben", "slug"),
    choice_column("Verksamhet", "service", Service.Kind.choices, required=True),
    choice_column("Sätt att nå verksamheten", "channel", Channel.choices, required=True),
    choice_column("Slag", "kind", Schedule.Kind.choices, required=True),
    day_column("Gäller från och med", "valid_from"),
    day_column("Gäller till och med", "valid_to"),
]
SLOT_COLUMNS = [
    choice_column("Veckodag", "weekday", WEEKDAYS, required=False, empty=None),
    Column("Öppnar", "opens_at", read_opening, write_opening),
    Column("Stänger", "closing", read_closing, write_closing),
    choice_column("Veckor", "weeks", WEEKS, required=False, empty=EVERY_WEEK),
    text_column("Namn på passet", "label"),
    number_column("Från (månader)", "min_age_months"),
    number_column("Till och med (månader)", "max_age_months"),
    choice_column(
        "Syskon",
        "siblings",
        TimeSlot.Siblings.choices,
        required=False,
        empty=TimeSlot.Siblings.UNSTATED.value,
    ),
    choice_column("Språk", "language", SpokenLanguage.choices, required=False),
]
COLUMNS = SCHEDULE_COLUMNS + SLOT_COLUMNS
_SLOT_FIELDS = [column.field for column in SLOT_COLUMNS]
_HEADINGS = {
    "closes_at": "Stänger",
    "week_parity": "Veckor",
    "nth_in_month": "Veckor",
    "service_at_centre": "Verksamhet",
}
_TO = "Gäller till och med"


def table(user) -> tuple[list[str], list[list[str]]]:
    """The headings, and a row of cells for each slot of the rooms that `user` may change."""
    rooms = rooms_open_to(user).order_by("centre__name", "service__position")
    rows = [
        _cells(_schedule_values(room, schedule) | slot)
        for room in rooms.prefetch_related("schedules__slots")
        for schedule in room.schedules.all()
        for slot in [_slot_values(s) for s in schedule.slots.all()] or [_no_slot()]
    ]
    return [column.heading for column in COLUMNS], rows


def _cells(values: dict) -> list[str]:
    return [column.write(values[column.field]) for column in COLUMNS]


def _schedule_values(room: ServiceAtCentre, schedule: Schedule) -> dict:
    return {
        "slug": room.centre.slug,
        "service": room.service.kind,
        "channel": schedule.channel,
        "kind": schedule.kind,
        "valid_from": schedule.valid_from,
        "valid_to": schedule.valid_to,
    }


def _slot_values(slot: TimeSlot) -> dict:
    same = {name: getattr(slot, name) for name in _SLOT_FIELDS if hasattr(slot, name)}
    return same | {
        "closing": (slot.closes_at, slot.ends_next_day),
        "weeks": (slot.week_parity, slot.nth_in_month),
    }


def _no_slot() -> dict:
    empty = {column.field: column.read("") for column in SLOT_COLUMNS}
    return empty | {"weeks": (None, None), "siblings": None}


@dataclass
class _Week:
    """What the file says of one schedule: its last day, and its slots by row."""

    room: ServiceAtCentre
    schedule: Schedule
    first_row: int
    old_to: date | None
    slots: dict[int, dict] = field(default_factory=dict)
    rows_by_slot: dict[tuple, int] = field(default_factory=dict)
    numbers: list[int] = field(default_factory=list)
    to_keep: list[TimeSlot] = field(default_factory=list)
    differs: bool = False

    @property
    def is_new(self) -> bool:
        return self.schedule._state.adding

    @property
    def order(self) -> tuple[int, int]:
        """Shorten before anything else, so that what comes after finds the days free."""
        shortens = (self.schedule.valid_to or date.max) < (self.old_to or date.max)
        return (2 if self.is_new else 0 if shortens else 1), self.first_row


class HoursImport:
    """A file of hours, compared with what is there when it is made."""

    def __init__(self, sheet: Sheet, by):
        self.by = by
        self.plan = Plan(KIND)
        self._weeks: dict[tuple, _Week] = {}
        self._slot_errors: dict[tuple, ValidationError | None] = {}
        self.plan.problems = heading_problems(sheet, COLUMNS)
        if not self.plan.problems:
            self._read(sheet)
            self._is_whole = not self.plan.problems
            for week in self._weeks.values():
                self._compare(week)
            self.plan.rows.sort(key=lambda row: (row.number is None, row.number or 0))

    # --- Reading ---------------------------------------------------------------------------------
    def _read(self, sheet: Sheet) -> None:
        read = {number: read_row(sheet, number, COLUMNS) for number in sheet.rows}
        slugs = {values.get("slug", "") for values, _problems in read.values()}
        rooms = rooms_held(self.by, slugs, "schedules__slots")
        houses = {slug for slug, _service in rooms}
        for number, (values, problems) in read.items():
            problems += [Problem(number, *p) for p in _missing(values, rooms, houses)]
            problems += [Problem(number, *p) for p in _half_a_slot(values)]
            self.plan.problems += problems
            if not problems:
                self._place(number, values, rooms[values["slug"], values["service"]])

    def _place(self, number: int, values: dict, room: ServiceAtCentre) -> None:
        """Put the row into its schedule, unless it contradicts a row above."""
        key = (room.pk, *(values[name] for name in ("channel", "kind", "valid_from")))
        week = self._weeks.get(key)
        if week is None:
            week = self._weeks[key] = _week(number, values, room)
        week.numbers.append(number)
        slot = {name: values[name] for name in _SLOT_FIELDS}
        twin = week.rows_by_slot.setdefault(picked(slot, _SLOT_FIELDS), number)
        if values["valid_to"] != week.schedule.valid_to:
            self._refuse(number, _TO, _("Sista dagen är en annan på rad %(row)s."), week.first_row)
        elif twin != number and slot["weekday"]:
            self._refuse(number, "", _("Samma pass står redan på rad %(row)s."), twin)
        elif slot["weekday"] is None:
            if len(week.numbers) > 1:
                message = _("Tiderna har pass på rad %(row)s, så en rad utan pass säger emot dem.")
                self._refuse(number, "Veckodag", message, week.first_row)
        elif len(week.numbers) - 1 > len(week.slots):
            message = _("Rad %(row)s säger att tiderna är helt utan pass. Ta bort den ena raden.")
            self._refuse(number, "Veckodag", message, week.first_row)
        else:
            week.slots[number] = slot

    def _refuse(self, number: int, heading: str, message: str, row: int) -> None:
        self.plan.problems.append(Problem(number, heading, message % {"row": row}))

    # --- Comparing -------------------------------------------------------------------------------
    def _compare(self, week: _Week) -> None:
        there = [] if week.is_new else list(week.schedule.slots.all())
        match_of = matches(week.slots, there, _slot_values, _SLOT_FIELDS)
        for number, new in week.slots.items():
            self._compare_slot(week, number, new, match_of.get(number))
        if not week.slots:
            self._tell(week, week.first_row, None, (), is_new=week.is_new)
        used = {slot.pk for slot in match_of.values()}
        for slot in there:
            # The row of a slot that seems to be left out may be one of those with an error.
            if slot.pk not in used and self._is_whole:
                title = _title(week, _slot_values(slot))
                self.plan.rows.append(RowResult(None, REMOVED, title))
                week.differs = True

    def _compare_slot(self, week: _Week, number: int, new: dict, slot: TimeSlot | None) -> None:
        changes = changes_between(SLOT_COLUMNS, _slot_values(slot) if slot else None, new)
        is_new = slot is None
        slot = slot or TimeSlot()
        for name, value in _model_fields(new).items():
            setattr(slot, name, value)
        week.to_keep.append(slot)
        if changes:
            self._check_slot(slot, number, picked(new, _SLOT_FIELDS))
        self._tell(week, number, new, changes, is_new=is_new)

    def _tell(self, week: _Week, number: int, slot, changes: tuple, *, is_new: bool) -> None:
        """A last day that moves is told once, in the schedule's first row."""
        to = next(column for column in SCHEDULE_COLUMNS if column.field == "valid_to")
        old, new = to.write(week.old_to), to.write(week.schedule.valid_to)
        if number == week.first_row and old != new:
            changes = (FieldChange(to.heading, old, new), *changes)
        what = NEW if is_new else CHANGED if changes else UNCHANGED
        week.differs |= what != UNCHANGED
        self.plan.rows.append(RowResult(number, what, _title(week, slot), changes))

    def _check_slot(self, slot: TimeSlot, number: int, values: tuple) -> None:
        """Terms are full of slots alike: each sort is checked once, since the database is asked."""
        if values not in self._slot_errors:
            self._slot_errors[values] = _error_of(slot)
        error = self._slot_errors[values]
        if error:
            self.plan.problems += problems_of(error, number, COLUMNS, _HEADINGS)

    # --- Writing ---------------------------------------------------------------------------------
    def write(self, *, is_trial: bool) -> None:
        """Save what differs, in the transaction of the caller; errors become problems.

        A trial saves the schedules, whose days may clash; their slots have been checked one by one.
        """
        for week in sorted(self._weeks.values(), key=lambda week: week.order):
            if not week.differs:
                continue
            slots = None if is_trial else week.to_keep
            try:
                with transaction.atomic():
                    save_schedule(
                        schedule=week.schedule, by=self.by, slots=slots, slots_checked=True
                    )
            except ValidationError as error:
                self.plan.problems += problems_of(error, week.first_row, COLUMNS, _HEADINGS)


def _missing(values: dict, rooms: dict, houses: set[str]) -> list[tuple[str, str]]:
    """What makes it unclear which schedule the row belongs to."""
    slug, service = values.get("slug", ""), values.get("service")
    found = []
    if slug not in houses:
        message = _("Det finns inget hus med adressen ”%(slug)s” där du kan ändra tider.")
        found.append(("Adress på webben", message % {"slug": slug[:80]}))
    elif service and (slug, service) not in rooms:
        message = _("Verksamheten finns inte i det huset. Lägg till den på personalsidorna först.")
        found.append(("Verksamhet", message))
    if "valid_from" in values and values["valid_from"] is None:
        found.append(("Gäller från och med", _("Fyll i första dagen.")))
    return found


def _half_a_slot(values: dict) -> list[tuple[str, str]]:
    """A slot has a weekday and both times; a row without a slot has nothing at all of one."""
    if not all(name in values for name in _SLOT_FIELDS):
        return []
    needed = {"weekday": "Veckodag", "opens_at": "Öppnar", "closing": "Stänger"}
    empty = [heading for name, heading in needed.items() if values[name] is None]
    if len(empty) == len(needed):
        is_bare = all(values[name] in ("", None, "unstated", EVERY_WEEK) for name in _SLOT_FIELDS)
        return [] if is_bare else [("Veckodag", _("Fyll i veckodag och tider för passet."))]
    if empty:
        return [(heading, _("Fyll i det här för passet.")) for heading in empty]
    closes_at, is_next_day = values["closing"]
    if closes_at <= values["opens_at"] and not is_next_day:
        message = _(
            "Stängningstiden måste vara senare än öppningstiden. Är det öppet över midnatt, skriv "
            "till exempel ”02:00 nästa dag”."
        )
        return [("Stänger", message)]
    if closes_at > values["opens_at"] and is_next_day:
        return [("Stänger", _("Ett pass kan vara högst 24 timmar."))]
    return []


def _week(number: int, values: dict, room: ServiceAtCentre) -> _Week:
    names = ("channel", "kind", "valid_from")
    wanted = [values[name] for name in names]
    schedule = next(
        (s for s in room.schedules.all() if [getattr(s, name) for name in names] == wanted), None
    )
    if schedule is None:
        schedule = Schedule(service_at_centre=room, **{name: values[name] for name in names})
    old_to = schedule.valid_to
    schedule.valid_to = values["valid_to"]
    return _Week(room, schedule, number, old_to)


def _error_of(slot: TimeSlot) -> ValidationError | None:
    try:
        slot.clean_fields(exclude=["schedule"])
        slot.validate_constraints(exclude={"schedule"})
    except ValidationError as error:
        return error
    return None


def _model_fields(values: dict) -> dict:
    closes_at, _is_next_day = values["closing"]
    week_parity, nth_in_month = values["weeks"]
    same = {name: value for name, value in values.items() if name not in ("closing", "weeks")}
    return same | {
        "closes_at": closes_at,
        "week_parity": week_parity,
        "nth_in_month": nth_in_month,
    }


def _title(week: _Week, slot: dict | None) -> str:
    schedule = week.schedule
    whose = f"{week.room.centre.name}, {week.room.service}"
    which = f"{schedule.get_channel_display()} från {schedule.valid_from}"
    if slot is None:
        return f"{whose}, {which}: " + _("inga pass")
    day = dict(WEEKDAYS)[slot["weekday"]]
    hours = f"{write_opening(slot['opens_at'])}–{write_closing(slot['closing'])}"
    return f"{whose}, {which}: {day} {hours}"
