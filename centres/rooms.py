"""A centre as readers meet it: its rooms, what each says now, its week and what will differ.

Gathers what the rules of opening hours answer into the words that pages, cards and the admin's
preview show. The moment is an argument; nothing here reads the clock or the database beyond what
`with_hours` has loaded.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property
from zoneinfo import ZoneInfo

from django.conf import settings

from services.models import Service

from . import hours_text as words
from .holiday_calendar import holidays_around
from .house_sign import HouseSign, house_sign
from .models import Channel, Confirmation, ContactPerson, FamilyCentre, ServiceAtCentre
from .models.facts import FirstVisitFacts, PlaceAccessibilityFacts, fields_of
from .opening_hours import Day, OpeningHours, ScheduleException, State, Status, Why

CHANGES_AHEAD = timedelta(days=35)
FEW_DAYS = 2
WITH_STATUS = (Channel.DROP_IN, Channel.PHONE, Channel.DIGITAL)


FACT_LABELS = {
    "existence": "att verksamheten finns här",
    "location": "adress och väg hit",
    "first_visit": "första besöket och tillgänglighet",
    "contact": "kontaktuppgifterna",
    "hours": "tiderna",
}


def zone() -> ZoneInfo:
    return ZoneInfo(settings.TIME_ZONE)


def local_date(at: datetime) -> date:
    return at.astimezone(zone()).date()


@dataclass(frozen=True)
class Sign:
    """A short status in words, and the look it has: open, soon, closed, unknown or booked."""

    text: str
    look: str
    note: str = ""


@dataclass(frozen=True)
class WeekRow:
    """A day in the table of a week: what to call it and what it says, a line for each slot."""

    day: Day
    name: str
    is_today: bool
    is_past: bool
    lines: list["WeekLine"]


@dataclass(frozen=True)
class WeekLine:
    hours: str
    what: str = ""
    state: str = "open"


@dataclass(frozen=True)
class Change:
    """Something that differs from the usual: when, what, and whether it is today."""

    when: str
    what: str
    is_today: bool
    state: str
    of_centre: bool = False


class ChannelHours:
    """One way to reach a room, at a moment."""

    def __init__(self, channel: str, hours: OpeningHours, at: datetime):
        self.channel = channel
        self.hours = hours
        self.at = at
        self.today = local_date(at)

    @property
    def label(self) -> str:
        return Channel(self.channel).label

    @property
    def is_drop_in(self) -> bool:
        return self.channel == Channel.DROP_IN

    @property
    def has_status(self) -> bool:
        """Booked visits and groups never say open or closed."""
        return self.channel in WITH_STATUS

    @cached_property
    def status(self) -> Status:
        return self.hours.status(self.at)

    @cached_property
    def sign(self) -> Sign:
        status = self.status
        text = words.status_words(status, self.hours.zone, self.channel)
        note = words.unconfirmed_words(status) if status.next_opening else ""
        return Sign(text, self._look, note)

    @property
    def _look(self) -> str:
        status = self.status
        if status.state is not State.CLOSED:
            return str(status.state)
        opening = status.next_opening
        return "soon" if opening and local_date(opening) == self.today else "closed"

    @cached_property
    def usual(self) -> str:
        """The week of the schedule in force today, in a sentence, or ""."""
        schedule = self.hours.schedule_on(self.today)
        return words.week_sentence(schedule) if schedule else ""

    @property
    def is_known(self) -> bool:
        """Whether anything is known of any day of the week shown."""
        return any(row.day.why is not Why.NO_SCHEDULE or row.day.entries for row in self.week)

    @property
    def ends_on(self) -> date | None:
        """The last day of the schedule in force today, if it has one."""
        schedule = self.hours.schedule_on(self.today)
        return schedule.valid_to if schedule else None

    @cached_property
    def last_known(self) -> tuple[str, str] | None:
        """Where hours are unknown: the last known week in a sentence, and until when it held."""
        last = self.hours.last_known
        if self.usual or last is None or not last.slots or last.valid_to >= self.today:
            return None
        return words.week_sentence(
            last
        ), f"{words.day_and_month(last.valid_to)} {last.valid_to.year}"

    @cached_property
    def week(self) -> list[WeekRow]:
        """This week from Monday; on a Saturday or Sunday the seven days from today.

        Where only a day or two have hours, the days that are always closed are left out.
        """
        weekday = self.today.weekday()
        first = self.today - timedelta(days=weekday if weekday < 5 else 0)
        days = self.hours.days(first, 7)
        if sum(bool(day.entries) for day in days) <= FEW_DAYS:
            days = [day for day in days if day.date == self.today or not _is_plainly_closed(day)]
        return [self._row(day) for day in days]

    def _row(self, day: Day) -> WeekRow:
        is_today = day.date == self.today
        name = words.weekday(day.date)
        return WeekRow(
            day,
            f"I dag, {name}" if is_today else words.capitalised(name),
            is_today,
            day.date < self.today,
            self._lines(day),
        )

    def _lines(self, day: Day) -> list[WeekLine]:
        if day.state is State.UNKNOWN and not day.entries:
            return [WeekLine(words.unknown_words(day), _usually(day), "unknown")]
        lines = [
            WeekLine(words.span_words(*span, self.hours.zone), _about(entry.slot))
            for entry in day.entries
            for span in entry.spans
        ]
        if day.state is State.UNKNOWN:
            lines.append(WeekLine(words.unknown_words(day), _usually(day), "unknown"))
        return lines or [WeekLine(words.closed_words(day), state="closed")]

    @cached_property
    def sessions(self) -> list[tuple[str, list[str]]]:
        return words.recurring_sessions(self.hours, self.today)


class Room:
    """A service at a centre, at a moment."""

    def __init__(self, service_at_centre: ServiceAtCentre, at: datetime):
        self.place = service_at_centre
        self.service = service_at_centre.service
        self.at = at
        self.today = local_date(at)
        order = list(Channel)
        hours = service_at_centre.hours(holidays_around(self.today))
        self.channels = [
            ChannelHours(channel, hours[channel], at) for channel in sorted(hours, key=order.index)
        ]

    @property
    def name(self) -> str:
        text = self.service.text
        return text.name if text else str(self.service)

    @property
    def definite_name(self) -> str:
        text = self.service.text
        return text.definite_name if text else str(self.service)

    @property
    def name_in_sentence(self) -> str:
        return words.lowered(self.definite_name)

    @property
    def people(self) -> list[ContactPerson]:
        return list(self.place.contact_people.all())

    @property
    def short_facts(self) -> list[str]:
        """For whom, who runs it, cost and interpreter, as far as they are stated."""
        service, organisation = self.service, self.place.organisation
        facts = [
            (service.text.age_words if service.text else "")
            or words.ages(service.min_age_months, service.max_age_months),
            "gratis" if service.is_free else "",
            "tolk finns" if service.interpreter else "",
            f"drivs av {organisation.name}" if organisation else "",
        ]
        return [fact for fact in facts if fact]

    @property
    def check_words(self) -> str:
        """What to do where hours are old: call where there is a number."""
        if self.place.phone:
            return f"Ingen har bekräftat tiderna på länge. Ring före besök: {self.place.phone}."
        return "Ingen har bekräftat tiderna på länge. Kontrollera före besök."

    @property
    def today_lines(self) -> list[str]:
        """What today holds, slot by slot, where the slots say more than their hours."""
        return [
            f"{session['hours']} {session['about']}"
            for _start, session in self.sessions_left_today
            if session["about"]
        ]

    @cached_property
    def headline(self) -> ChannelHours | None:
        """The channel that answers best whether one can reach the room now."""
        shown = [channel for channel in self.channels if channel.has_status]
        known = [channel for channel in shown if channel.status.state is not State.UNKNOWN]
        return next((c for c in shown if c.status.is_open), next(iter([*known, *shown]), None))

    @cached_property
    def sign(self) -> Sign:
        if self.headline:
            return self.headline.sign
        if self.is_booked_only:
            return Sign("Tid bokas", "booked")
        return Sign("Tiderna är inte kända", "unknown")

    @property
    def is_booked_only(self) -> bool:
        return any(c.channel == Channel.BOOKED for c in self.channels) or bool(
            self.place.booking_url and not self.channels
        )

    @property
    def sentence(self) -> str:
        """The sign as a sentence that names the service."""
        channel = self.headline
        if channel is None:
            return f"{self.definite_name}: {words.lowered(self.sign.text)}"
        return words.status_sentence(
            channel.status, channel.hours.zone, channel.channel, self.definite_name
        )

    @property
    def is_open(self) -> bool:
        return bool(self.headline and self.headline.status.is_open)

    @property
    def drop_in(self) -> ChannelHours | None:
        return next((c for c in self.channels if c.is_drop_in), None)

    @property
    def sessions_left_today(self) -> list[tuple[datetime, dict[str, str]]]:
        """Each drop-in slot that is not over: when it starts, its hours and what it is."""
        if self.drop_in is None:
            return []
        hours = self.drop_in.hours
        return [
            (
                span[0],
                {
                    "hours": words.span_words(*span, hours.zone),
                    "about": _about(entry.slot),
                    "is_now": span[0] <= self.at,
                },
            )
            for entry in hours.day(self.today).entries
            for span in entry.spans
            if span[1] > self.at
        ]

    @property
    def other_channels(self) -> list[ChannelHours]:
        return [c for c in self.channels if not c.is_drop_in]

    @property
    def needs_check(self) -> bool:
        """Whether some hours shown here were confirmed 180 days ago or never."""
        return any(c.usual and c.hours.needs_check(self.at) for c in self.channels)

    @property
    def shows_hours(self) -> bool:
        return bool(self.changes) or any(c.usual or c.is_known for c in self.channels)

    @property
    def hours_unknown(self) -> bool:
        return not any(c.usual for c in self.channels)

    @cached_property
    def changes(self) -> list[Change]:
        """What differs in the coming five weeks: exceptions in force, holidays, unanswered eves."""
        found: dict[object, tuple[date, Change]] = {}
        for channel in self.channels:
            for day in channel.hours.days(self.today, CHANGES_AHEAD.days):
                if day.why in (Why.HOLIDAY, Why.HOLIDAY_UNANSWERED):
                    found.setdefault(day.date, (day.date, self._holiday_change(day)))
                for exception in filter(None, (day.exception, *day.adjustments)):
                    found.setdefault(exception, (day.date, self._change(exception)))
        return [change for _day, change in sorted(found.values(), key=lambda pair: pair[0])]

    def _change(self, exception: ScheduleException) -> Change:
        channel = Channel(exception.channel or Channel.DROP_IN)
        prefix = "" if channel == Channel.DROP_IN else f"{channel.label}: "
        return Change(
            words.date_range(exception.first_day, exception.last_day),
            prefix + words.exception_words(exception),
            exception.covers(self.today),
            "closed" if exception.kind in ("closed", "part_closed") else "open",
            exception.of_centre,
        )

    def _holiday_change(self, day: Day) -> Change:
        unanswered = day.why is Why.HOLIDAY_UNANSWERED
        what = "inte bekräftat om det är öppet" if unanswered else "stängt"
        return Change(
            words.full_date(day.date),
            f"{what} ({day.holiday.name})" if day.holiday else what,
            day.date == self.today,
            "unknown" if unanswered else "closed",
        )

    @property
    def provenance(self) -> list[tuple[str, Confirmation]]:
        """Which facts each confirmation vouches for, those with the same source told together."""
        labels: dict[tuple, list[str]] = {}
        first: dict[tuple, Confirmation] = {}
        for confirmation in self.place.confirmations.all():
            label = FACT_LABELS[confirmation.fact_group]
            if label not in labels.setdefault(confirmation.provenance_key, []):
                labels[confirmation.provenance_key].append(label)
            first.setdefault(confirmation.provenance_key, confirmation)
        return [(words.capitalised(words.listed(labels[key])), first[key]) for key in first]


class House:
    """A centre and its rooms, at a moment; load the centre with `with_hours` around it."""

    def __init__(self, centre: FamilyCentre, at: datetime):
        self.centre = centre
        self.at = at
        self.rooms = [Room(place, at) for place in self._places()]

    def _places(self) -> list[ServiceAtCentre]:
        places = list(self.centre.services_here.all())
        for place in places:
            place.centre = self.centre  # its exceptions are loaded with the centre
        return places

    @cached_property
    def sign(self) -> HouseSign:
        kinds = [room.service.kind for room in self.rooms]
        return house_sign(kinds, [str(kind) for kind in Service.CORE_KINDS], self.names_of_services)

    @property
    def names_of_services(self) -> str:
        """ "Öppen förskola, barnmorska och socialtjänst", for the sign's text alternative."""
        names = [room.name for room in self.rooms]
        return words.listed([*names[:1], *(words.lowered(name) for name in names[1:])])

    @property
    def is_family_centre(self) -> bool:
        return self.centre.kind == FamilyCentre.Kind.FAMILY_CENTRE

    def room_for(self, service: Service) -> Room:
        return next(room for room in self.rooms if room.service == service)

    @property
    def notices(self) -> list:
        """Those of the house, then those of its rooms."""
        own = list(self.centre.notices.all())
        return own + [notice for room in self.rooms for notice in room.place.notices.all()]

    @property
    def provenance(self) -> list[tuple[str, Confirmation | None]]:
        """Each group of facts of the house itself, and its confirmation if it has one."""
        said = {c.fact_group: c for c in self.centre.confirmations.all()}
        labels = FACT_LABELS | {"existence": "att huset finns"}
        groups = ("existence", "location", "first_visit")
        return [(words.capitalised(labels[group]), said.get(group)) for group in groups]

    @property
    def first_visit(self) -> list[tuple[str, bool]]:
        return self._stated(FirstVisitFacts)

    @property
    def accessibility(self) -> list[tuple[str, bool]]:
        return self._stated(PlaceAccessibilityFacts)

    def _stated(self, facts) -> list[tuple[str, bool]]:
        """Label and answer of those facts that someone has stated; the rest are not shown as no."""
        fields = (self.centre._meta.get_field(name) for name in fields_of(facts))
        answers = ((str(field.verbose_name), getattr(self.centre, field.name)) for field in fields)
        return [
            (words.capitalised(label), answer) for label, answer in answers if answer is not None
        ]

    @property
    def phone(self) -> str:
        """The number to call first: that of the room that answers, else the first there is."""
        rooms = [room for room in (self.front_room, *self.rooms) if room]
        return next((room.place.phone for room in rooms if room.place.phone), "")

    @property
    def status_words(self) -> str:
        """What a house that receives nobody says instead of hours."""
        centre, status = self.centre, FamilyCentre.Status
        said = {
            status.DECIDED: "Planeras – inte öppen ännu, så vitt vi vet",
            status.BUILDING: "Byggs – inte öppen ännu",
            status.TEMPORARILY_CLOSED: "Tillfälligt stängd",
            status.MOVED: "Har flyttat",
            status.CLOSED: "Nedlagd",
        }.get(centre.status, "")
        if centre.status_until is None:
            return said
        day = f"{words.day_and_month(centre.status_until)} {centre.status_until.year}"
        if centre.status == status.BUILDING:
            return f"Byggs – väntas vara klar efter {day}"
        if centre.status == status.TEMPORARILY_CLOSED:
            return f"{said}, troligen till och med {day}"
        return said

    @property
    def front_room(self) -> Room | None:
        """The room that answers "can I go there now?": an open door, else the open preschool."""
        if not self.centre.receives_visitors:
            return None
        doors = [room for room in self.rooms if room.drop_in]
        is_open = [room for room in doors if room.drop_in.status.is_open]
        return next(iter([*is_open, *doors, *self.rooms]), None)

    @property
    def changes_today(self) -> list[tuple[str, Change]]:
        """Whom each of today's changes concerns, those of the whole house once."""
        found = {
            ("Hela huset" if c.of_centre else room.definite_name, c): None
            for room in self.rooms
            for c in room.changes
            if c.is_today
        }
        return list(found)

    @property
    def holds_until(self) -> datetime | None:
        """The first instant at which anything said here may change."""
        return min(
            (c.status.holds_until for r in self.rooms for c in r.channels if c.has_status),
            default=None,
        )


def load_window(at: datetime) -> tuple[date, date]:
    """The days that pages need for a moment: yesterday's night to the end of the horizon."""
    today = local_date(at)
    return today - timedelta(days=7), today + timedelta(days=402)


def _is_plainly_closed(day: Day) -> bool:
    return day.why is Why.SCHEDULE and not day.entries


def _about(slot) -> str:
    ages = words.ages(slot.min_age_months, slot.max_age_months)
    parts = [slot.label, ages, slot.language]
    if slot.siblings == "welcome":
        parts.append("syskon välkomna")
    elif slot.siblings == "not":
        parts.append("inte för syskon")
    return ", ".join(part for part in parts if part)


def _usually(day: Day) -> str:
    hours = " och ".join(words.short_span(slot) for slot in day.usual)
    return f"annars {hours}" if hours else ""
