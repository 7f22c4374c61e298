"""A service at a centre as readers meet it, at a moment: what it says now and what will differ."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property

from django.utils import timezone
from django.utils.translation import gettext as _

from . import hours_text as words
from .channel_hours import ChannelHours, Session, Sign
from .holiday_calendar import holidays_around
from .hours_values import Day, ScheduleException, Why
from .models import Channel, Confirmation, ContactPerson, ServiceAtCentre
from .provenance import told_together

CHANGES_AHEAD = timedelta(days=35)


@dataclass(frozen=True)
class Change:
    """Something that differs from the usual: when, what, and whether it is today."""

    when: str
    what: str
    is_today: bool
    of_centre: bool = False


class Room:
    """A service at a centre, at a moment. Reads what `with_hours` has loaded."""

    def __init__(self, service_at_centre: ServiceAtCentre, at: datetime):
        self.place = service_at_centre
        self.service = service_at_centre.service
        self.at = at
        self.today = timezone.localdate(at)
        hours = service_at_centre.hours(holidays_around(self.today))
        self.channels = [
            ChannelHours(channel, hours[channel], at, phone=self.place.phone)
            for channel in sorted(hours, key=list(Channel).index)
        ]

    # --- What it is --------------------------------------------------------------------------

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
    def short_facts(self) -> list[str]:
        """For whom, cost, interpreter and who runs it, as far as they are stated."""
        service, organisation = self.service, self.place.organisation
        facts = [
            (service.text.age_words if service.text else "")
            or words.ages(service.min_age_months, service.max_age_months),
            _("gratis") if service.is_free else "",
            _("tolk finns") if service.interpreter else "",
            _("drivs av %(name)s") % {"name": organisation.name} if organisation else "",
        ]
        return [fact for fact in facts if fact]

    @property
    def people(self) -> list[ContactPerson]:
        """Those with a name, then each other role once."""
        people = list(self.place.contact_people.all())
        named = [person for person in people if person.name]
        roles = {person.role: person for person in people}
        shown = {person.role for person in named}
        return named + [person for role, person in roles.items() if role not in shown]

    @property
    def booking_words(self) -> str:
        return _("Boka på 1177") if "1177.se" in self.place.booking_url else _("Boka tid")

    @property
    def other_way(self) -> str:
        """How else to reach a room whose hours are unknown."""
        if self.place.phone:
            return _("Ring och fråga innan du går dit.")
        if self.service.text and self.service.text.how_to_come:
            return self.service.text.how_to_come.splitlines()[0]
        return _("Ring något av numren längst ner på sidan, så hjälper de dig vidare.")

    @property
    def provenance(self) -> list[tuple[str, Confirmation]]:
        return told_together(self.place.confirmations.all())

    # --- Now ---------------------------------------------------------------------------------

    @property
    def drop_in(self) -> ChannelHours | None:
        return next((c for c in self.channels if c.is_drop_in), None)

    @property
    def other_channels(self) -> list[ChannelHours]:
        return [c for c in self.channels if not c.is_drop_in]

    @property
    def contacts(self) -> list[ChannelHours]:
        """The channels that say open or closed, the door first."""
        return [channel for channel in self.channels if channel.has_status]

    @cached_property
    def signs(self) -> list[Sign]:
        """A sign for each way of contact, and for those that have none what the room is."""
        return [channel.sign for channel in self.contacts] or [self._sign_without_status]

    @cached_property
    def short_signs(self) -> list[Sign]:
        """For lists: the door, and the first other way in which someone is reached sooner."""
        first, *others = self.contacts or [None]
        if first is None:
            return self.signs
        more = [c for c in others if c.is_sooner_than(first)]
        return [first.sign, *(channel.sign for channel in more[:1])]

    @property
    def _sign_without_status(self) -> Sign:
        if self.is_booked_only:
            return Sign(_("Tid bokas"), "booked")
        if self.channels:
            return Sign(_("Bara grupper"), "booked")
        return Sign(_("Tiderna är inte kända"), "unknown")

    @property
    def is_booked_only(self) -> bool:
        booked = any(c.channel == Channel.BOOKED for c in self.channels)
        return not self.contacts and (booked or bool(self.place.booking_url and not self.channels))

    @property
    def sentence(self) -> str:
        """The first sign as a sentence that names the service."""
        if not self.contacts:
            return f"{self.definite_name}: {words.lowered(self.signs[0].text)}"
        first = self.contacts[0]
        return words.status_sentence(
            first.status, first.hours.zone, first.channel, self.definite_name
        )

    @property
    def sessions_left_today(self) -> list[Session]:
        return self.drop_in.sessions_left_today if self.drop_in else []

    @property
    def today_lines(self) -> list[str]:
        """What today holds, slot by slot, where the slots say more than their hours."""
        sessions = (session for session in self.sessions_left_today if session.about)
        return [f"{session.hours} {session.about}" for session in sessions]

    # --- Its hours ---------------------------------------------------------------------------

    @property
    def has_known_hours(self) -> bool:
        return any(channel.is_known for channel in self.channels)

    @property
    def hours_unknown(self) -> bool:
        return not self.has_known_hours and not self.is_booked_only

    @property
    def check_words(self) -> str:
        """What to do where some hours shown were confirmed 180 days ago or never, or ""."""
        advice = next((c.check_words for c in self.channels if c.check_words), "")
        if not advice:
            return ""
        number = f": {self.place.phone}" if self.place.phone else ""
        said = {"advice": words.capitalised(advice), "number": number}
        return _("Ingen har bekräftat tiderna på länge. %(advice)s%(number)s.") % said

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
        """Of another channel than the door it says which."""
        told = exception.channel in ("", Channel.DROP_IN)
        prefix = "" if told else f"{Channel(exception.channel).label}: "
        return Change(
            words.date_range(exception.first_day, exception.last_day),
            prefix + words.exception_words(exception),
            exception.covers(self.today),
            exception.of_centre,
        )

    def _holiday_change(self, day: Day) -> Change:
        unanswered = day.why is Why.HOLIDAY_UNANSWERED
        what = _("inte bekräftat om det är öppet") if unanswered else _("stängt")
        name = f" ({day.holiday.name})" if day.holiday else ""
        return Change(words.full_date(day.date), what + name, day.date == self.today)
