"""Activities as a table: one row per time at which an activity is held.

An activity is known by its house, service and Swedish name. A file that names one holds all its
times: those that it leaves out are removed. Activities that no row names are left alone, and so is
what a table has no room for: other languages, other places, how one signs up, and single dates
that are cancelled, moved or changed.
"""

from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from services.languages import Language
from services.models import Service
from services.models.line import WEEKDAYS

from ..actions import save_activity
from ..models import Activity, ActivityText, Recurrence, ServiceAtCentre, TimeSlot
from ..permissions import rooms_open_to
from .cells import (
    Column,
    answer_column,
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
from .hours_table import EVERY_WEEK, WEEKS
from .plan import CHANGED, NEW, REMOVED, UNCHANGED, Plan, Problem, RowResult
from .sheet import Sheet
from .there import matches, rooms_held

KIND = "activities"
KEY_COLUMNS = [
    text_column("Adress på webben", "slug"),
    choice_column("Verksamhet", "service", Service.Kind.choices, required=True),
    text_column("Aktivitet", "name"),
]
ABOUT_COLUMNS = [
    choice_column("Slag av aktivitet", "kind", Activity.Kind.choices, required=True),
    choice_column("Läge", "status", Activity.Status.choices, required=True),
    text_column("Vad vi gör", "description"),
    text_column("Rum i huset", "room"),
    number_column("Från (månader)", "min_age_months"),
    number_column("Till och med (månader)", "max_age_months"),
    choice_column(
        "Syskon",
        "siblings",
        TimeSlot.Siblings.choices,
        required=False,
        empty=TimeSlot.Siblings.UNSTATED.value,
    ),
    answer_column("För den som väntar barn", "for_expectant_parents"),
    choice_column("Anmälan", "admission", Activity.Admission.choices, required=True),
    number_column("Kostnad (kronor)", "cost"),
]
TIME_COLUMNS = [
    day_column("Första dagen", "first_day"),
    day_column("Sista dagen", "last_day"),
    choice_column("Veckodag", "weekday", WEEKDAYS, required=False, empty=None),
    Column("Börjar", "starts_at", read_opening, write_opening),
    Column("Slutar", "ending", read_closing, write_closing),
    choice_column("Veckor", "weeks", WEEKS, required=False, empty=EVERY_WEEK),
]
COLUMNS = KEY_COLUMNS + ABOUT_COLUMNS + TIME_COLUMNS
_ABOUT = [column.field for column in ABOUT_COLUMNS]
_TIME = [column.field for column in TIME_COLUMNS]
_NEEDED = ("first_day", "starts_at", "ending")
_HEADINGS = {"ends_at": "Slutar", "week_parity": "Veckor", "nth_in_month": "Veckor"}


def table(user) -> tuple[list[str], list[list[str]]]:
    """The headings, and a row of cells for each time of the activities of the user's rooms."""
    rooms = rooms_open_to(user).order_by("centre__name", "service__position")
    rows = [
        _cells(_key_values(room, activity) | _about_values(activity) | _time_values(time))
        for room in rooms.prefetch_related("activities__texts", "activities__recurrences")
        for activity in sorted(room.activities.all(), key=str)
        for time in activity.recurrences.all()
    ]
    return [column.heading for column in COLUMNS], rows


def _cells(values: dict) -> list[str]:
    return [column.write(values[column.field]) for column in COLUMNS]


def _key_values(room: ServiceAtCentre, activity: Activity) -> dict:
    return {"slug": room.centre.slug, "service": room.service.kind, "name": str(activity)}


def _about_values(activity: Activity) -> dict:
    words = {"description": activity.text.description if activity.text else ""}
    return {name: getattr(activity, name) for name in _ABOUT if name not in words} | words


def _time_values(time: Recurrence) -> dict:
    same = {name: getattr(time, name) for name in _TIME if hasattr(time, name)}
    return same | {
        "ending": (time.ends_at, time.ends_next_day),
        "weeks": (time.week_parity, time.nth_in_month),
    }


@dataclass
class _Held:
    """What the file says of one activity: itself, and its times by row."""

    activity: Activity
    text: ActivityText
    first_row: int
    about: dict
    times: dict[int, dict] = field(default_factory=dict)
    to_keep: list[Recurrence] = field(default_factory=list)
    differs: bool = False

    @property
    def is_new(self) -> bool:
        return self.activity._state.adding


class ActivityImport:
    """A file of activities, compared with what is there when it is made."""

    def __init__(self, sheet: Sheet, by):
        self.by = by
        self.plan = Plan(KIND)
        self._held: dict[tuple, _Held] = {}
        self.plan.problems = heading_problems(sheet, COLUMNS)
        if not self.plan.problems:
            self._read(sheet)
            for held in self._held.values():
                self._compare(held)
            self.plan.rows.sort(key=lambda row: (row.number is None, row.number or 0))

    # --- Reading ---------------------------------------------------------------------------------
    def _read(self, sheet: Sheet) -> None:
        read = {number: read_row(sheet, number, COLUMNS) for number in sheet.rows}
        slugs = {values.get("slug", "") for values, _problems in read.values()}
        rooms = rooms_held(self.by, slugs, "activities__texts", "activities__recurrences")
        for number, (values, problems) in read.items():
            problems += [Problem(number, *problem) for problem in _missing(values, rooms)]
            self.plan.problems += problems
            if not problems:
                self._place(number, values, rooms[values["slug"], values["service"]])

    def _place(self, number: int, values: dict, room: ServiceAtCentre) -> None:
        """Put the row with its activity, unless it contradicts a row above."""
        about = {name: values[name] for name in _ABOUT}
        key = room.pk, values["name"].casefold()
        if key not in self._held:
            same = [a for a in room.activities.all() if str(a).casefold() == key[1]]
            if len(same) > 1:
                message = _("Flera aktiviteter heter så. Ge dem olika namn på personalsidorna.")
                self.plan.problems.append(Problem(number, "Aktivitet", message))
                return
            self._held[key] = _begun(number, values, about, room, same)
        held = self._held[key]
        differing = [c.heading for c in ABOUT_COLUMNS if about[c.field] != held.about[c.field]]
        for heading in differing:
            message = _("Det står något annat om samma aktivitet på rad %(row)s.")
            self.plan.problems.append(Problem(number, heading, message % {"row": held.first_row}))
        held.times[number] = {name: values[name] for name in _TIME}

    # --- Comparing -------------------------------------------------------------------------------
    def _compare(self, held: _Held) -> None:
        old = None if held.is_new else _about_values(held.activity)
        about = changes_between(ABOUT_COLUMNS, old, held.about)
        there = [] if held.is_new else list(held.activity.recurrences.all())
        match_of = matches(held.times, there, _time_values, _TIME)
        for number, new in held.times.items():
            time = match_of.get(number)
            changes = changes_between(TIME_COLUMNS, _time_values(time) if time else None, new)
            held.to_keep.append(_filled(time or Recurrence(), new))
            also = about if number == held.first_row else ()
            what = NEW if time is None else CHANGED if changes or also else UNCHANGED
            held.differs |= what != UNCHANGED
            self.plan.rows.append(RowResult(number, what, _title(held, new), (*also, *changes)))
        used = {time.pk for time in match_of.values()}
        for time in there:
            # The row of a time that seems to be left out may be one of those with an error.
            if time.pk not in used and not self.plan.problems:
                title = _title(held, _time_values(time))
                self.plan.rows.append(RowResult(None, REMOVED, title))
                held.differs = True

    # --- Writing ---------------------------------------------------------------------------------
    def write(self, *, is_trial: bool) -> None:
        """Save what differs, in the transaction of the caller; errors become problems."""
        for held in self._held.values():
            if not held.differs:
                continue
            for name, value in held.about.items():
                setattr(held.text if name == "description" else held.activity, name, value)
            try:
                with transaction.atomic():
                    save_activity(
                        activity=held.activity,
                        by=self.by,
                        texts=_texts(held),
                        recurrences=held.to_keep,
                    )
            except ValidationError as error:
                self.plan.problems += problems_of(error, held.first_row, COLUMNS, _HEADINGS)


def _texts(held: _Held) -> list[ActivityText]:
    """All its words, the Swedish ones as the file has them."""
    there = [] if held.is_new else held.activity.texts.all()
    return [held.text, *(text for text in there if text.language != Language.SWEDISH)]


def _missing(values: dict, rooms: dict) -> list[tuple[str, str]]:
    """What makes it unclear whose row it is, and what a time cannot do without."""
    found = []
    slug, service = values.get("slug", ""), values.get("service")
    if service and (slug, service) not in rooms:
        message = _("Det finns ingen sådan verksamhet i huset ”%(slug)s” som du kan ändra.")
        found.append(("Adress på webben", message % {"slug": slug[:80]}))
    if not values.get("name", "x"):
        found.append(("Aktivitet", _("Fyll i vad aktiviteten heter.")))
    if "for_expectant_parents" in values and values["for_expectant_parents"] is None:
        found.append(("För den som väntar barn", _("Skriv ”ja” eller ”nej”.")))
    headings = {column.field: column.heading for column in TIME_COLUMNS}
    empty = [name for name in _NEEDED if name in values and values[name] is None]
    found += [(headings[name], _("Fyll i det här för tiden.")) for name in empty]
    first, last = values.get("first_day"), values.get("last_day")
    if first and last and last < first:
        found.append(("Sista dagen", _("Sista dagen ligger före första dagen.")))
    return found or _wrong_end(values)


def _wrong_end(values: dict) -> list[tuple[str, str]]:
    if "starts_at" not in values or "ending" not in values:
        return []
    ends_at, is_next_day = values["ending"]
    if ends_at <= values["starts_at"] and not is_next_day:
        message = _(
            "Sluttiden måste vara senare än starttiden. Håller det på över midnatt, skriv till "
            "exempel ”02:00 nästa dag”."
        )
        return [("Slutar", message)]
    if ends_at > values["starts_at"] and is_next_day:
        return [("Slutar", _("Ett tillfälle kan vara högst 24 timmar."))]
    return []


def _begun(number: int, values: dict, about: dict, room: ServiceAtCentre, same: list) -> _Held:
    activity = same[0] if same else Activity(organiser=room)
    text = activity.text if same else None
    return _Held(activity, text or ActivityText(name=values["name"]), number, about)


def _filled(time: Recurrence, values: dict) -> Recurrence:
    """An empty last day means a single date."""
    time.first_day = values["first_day"]
    time.last_day = values["last_day"] or values["first_day"]
    time.weekday = values["weekday"]
    time.starts_at = values["starts_at"]
    time.ends_at, _is_next_day = values["ending"]
    time.week_parity, time.nth_in_month = values["weeks"]
    return time


def _title(held: _Held, time: dict) -> str:
    room = held.activity.organiser
    day = dict(WEEKDAYS)[time["weekday"]] if time["weekday"] else time["first_day"].isoformat()
    hours = f"{write_opening(time['starts_at'])}–{write_closing(time['ending'])}"
    return f"{room.centre.name}, {room.service}, {held.text.name}: {day} {hours}"
