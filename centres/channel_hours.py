"""One way to reach a service, at a moment, in the words that pages and staff's previews show."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property

from django.utils import timezone
from django.utils.translation import gettext as _

from services.languages import spoken

from . import hours_text as words
from .hours_values import Day, Entry, Slot, State, Status, Why
from .models import Channel
from .opening_hours import OpeningHours

FEW_DAYS = 2
SEASONS_AHEAD = timedelta(days=200)  # in spring the summer is asked for
WITH_STATUS = (Channel.DROP_IN, Channel.PHONE, Channel.DIGITAL)


@dataclass(frozen=True)
class Sign:
    """A short status in words, its look (open, soon, closed, unknown or booked) and what to add."""

    text: str
    look: str
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class WeekLine:
    """What stands on one line of a day: hours and what they are for, or why there are none."""

    hours: str
    what: str = ""
    state: str = "open"


@dataclass(frozen=True)
class WeekRow:
    """A day in the table of a week: what to call it and its lines, one for each slot."""

    day: Day
    name: str
    is_today: bool
    lines: list[WeekLine]


@dataclass(frozen=True)
class Session:
    """A slot that is not over today: when it starts, its hours and what it is."""

    starts: datetime
    hours: str
    about: str
    is_now: bool
    slot: Slot


class ChannelHours:
    """The hours of one channel; `phone` is where to ask when they have not been confirmed."""

    def __init__(self, channel: str, hours: OpeningHours, at: datetime, *, phone: str = ""):
        self.channel = channel
        self.hours = hours
        self.at = at
        self.today = timezone.localdate(at)
        self.phone = phone

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

    # --- Now ---------------------------------------------------------------------------------

    @cached_property
    def sign(self) -> Sign:
        text = words.status_words(self.status, self.hours.zone, self.channel)
        notes = [
            words.unconfirmed_words(self.status),
            words.next_certain_words(self.status, self.hours.zone),
            self.check_words,
        ]
        return Sign(text, self._look, tuple(words.capitalised(note) for note in notes if note))

    @property
    def _look(self) -> str:
        if self.status.state is not State.CLOSED:
            return str(self.status.state)
        opening = self.status.next_opening
        return "soon" if opening and timezone.localdate(opening) == self.today else "closed"

    @property
    def check_words(self) -> str:
        """What to do where known hours were confirmed 180 days ago or never."""
        if not self.hours.needs_check(self.at) or not self.is_known:
            return ""
        return words.check_words(self.phone)

    def is_sooner_than(self, other: "ChannelHours") -> bool:
        """Whether someone is known to be reached here sooner than there, or as soon."""
        mine, theirs = self.status, other.status
        if mine.is_open or theirs.is_open:
            return mine.is_open
        if mine.next_opening is None or theirs.next_opening is None:
            return mine.next_opening is not None
        return mine.next_opening < theirs.next_opening

    # --- Usually -----------------------------------------------------------------------------

    @cached_property
    def usual(self) -> str:
        """The week of the schedule in force today, in a sentence, or ""."""
        schedule = self.hours.schedule_on(self.today)
        return words.week_sentence(schedule) if schedule else ""

    @property
    def is_known(self) -> bool:
        """Whether anything is known of any day of the week shown."""
        days = self.hours.days(self.today, 7)
        return any(day.why is not Why.NO_SCHEDULE or day.entries for day in days)

    @cached_property
    def last_known(self) -> tuple[str, str] | None:
        """Where hours are unknown: the last known week in a sentence, and until when it held."""
        last = self.hours.last_known
        if self.is_known or last is None or not last.slots or last.valid_to >= self.today:
            return None
        until = f"{words.day_and_month(last.valid_to)} {last.valid_to.year}"
        return words.week_sentence(last), until

    @cached_property
    def recurring(self) -> list[tuple[str, list[str]]]:
        """Sessions that are not weekly, each with its next four dates."""
        return words.recurring_sessions(self.hours, self.today)

    @property
    def sessions_left_today(self) -> list[Session]:
        """Those that are not over, the night of yesterday included."""
        return [
            Session(
                start,
                words.span_words(start, end, self.hours.zone),
                about(entry.slot),
                start <= self.at,
                entry.slot,
            )
            for day in self.hours.days(self.today - timedelta(days=1), 2)
            for entry in day.entries
            for start, end in entry.spans
            if end > self.at
        ]

    # --- The week ----------------------------------------------------------------------------

    @cached_property
    def week(self) -> list[WeekRow]:
        """The seven days from today: nobody asks about yesterday, whose changes would mislead.

        Where only a day or two have hours, the days that are always closed are left out.
        """
        days = self.hours.days(self.today, 7)
        if sum(bool(day.entries) for day in days) <= FEW_DAYS:
            days = [day for day in days if day.date == self.today or not _is_plainly_closed(day)]
        return [self._row(day) for day in days]

    @property
    def closed_seasons(self) -> list[str]:
        """The summers and other seasons without hours that are on or near, in words.

        One that awaits confirmation is said to.
        """
        return [
            words.season_words(season.valid_from, season.valid_to)
            + (_(", inte bekräftat än") if season.awaits_confirmation else "")
            for season in sorted(self.hours.schedules, key=lambda season: season.valid_from)
            if season.kind == "season"
            and not season.slots
            and season.valid_to
            and season.valid_to >= self.today
            and season.valid_from <= self.today + SEASONS_AHEAD
        ]

    def _row(self, day: Day) -> WeekRow:
        is_today = day.date == self.today
        name = words.weekday(day.date)
        return WeekRow(
            day,
            _("I dag, %(weekday)s") % {"weekday": name} if is_today else words.capitalised(name),
            is_today,
            self._lines(day),
        )

    def _lines(self, day: Day) -> list[WeekLine]:
        lines = [line for entry in day.entries for line in self._lines_of(entry, day)]
        if day.state is State.UNKNOWN:
            lines.append(WeekLine(words.unknown_words(day), _usually(day), "unknown"))
        return lines or [WeekLine(words.closed_words(day), state="closed")]

    def _lines_of(self, entry: Entry, day: Day) -> list[WeekLine]:
        """A line for each piece of a slot; one left without minutes is listed with the reason."""
        if not entry.spans:
            hours = f"{words.clock(entry.slot.opens_at)}–{words.clock(entry.slot.closes_at)}"
            return [WeekLine(hours, words.cancelled_words(day), "closed")]
        pieces = (words.span_words(*span, self.hours.zone) for span in entry.spans)
        return [WeekLine(hours, about(entry.slot)) for hours in pieces]


def about(slot: Slot) -> str:
    """What a slot is and for whom, as far as it says."""
    siblings = {"welcome": _("syskon välkomna"), "not": _("inte för syskon")}
    ages = words.ages(slot.min_age_months, slot.max_age_months)
    language = _("på %(language)s") % {"language": spoken(slot.language)} if slot.language else ""
    parts = [slot.label, ages, language, siblings.get(slot.siblings, "")]
    return ", ".join(part for part in parts if part)


def _is_plainly_closed(day: Day) -> bool:
    return day.why is Why.SCHEDULE and not day.entries


def _usually(day: Day) -> str:
    hours = " och ".join(words.short_span(slot) for slot in day.usual)
    return _("annars %(hours)s") % {"hours": hours} if hours else ""
