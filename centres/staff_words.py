"""Days and exceptions in the sentences that staff read: with their year, unlike on pages."""

from collections.abc import Iterable
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from . import hours_text
from .models import Schedule, ScheduleException
from .opening_hours import long_iso_years

LONG_YEARS_NAMED = 2


def days_in_words(first: date, last: date | None) -> str:
    """”1 juni 2026”, ”1 juni 2026 – 15 augusti 2026”, ”1 juni 2026 tills vidare”."""
    start = date_format(first, "j F Y")
    if last is None:
        return _("%(day)s tills vidare") % {"day": start}
    return start if last == first else f"{start} – {date_format(last, 'j F Y')}"


def schedule_in_words(schedule: Schedule) -> str:
    """ "Telefontid, 1 juni 2026 tills vidare: Måndag–fredag 8–9"."""
    channel = hours_text.capitalised(str(schedule.get_channel_display()))
    week = hours_text.week_sentence(schedule.as_value()) or _("stängt hela tiden")
    return f"{channel}, {days_in_words(schedule.valid_from, schedule.valid_to)}: {week}"


def exception_in_words(exception: ScheduleException) -> str:
    """ "24 december 2026: stängt (planeringsdag)"."""
    days = days_in_words(exception.first_day, exception.last_day)
    return f"{days}: {hours_text.exception_words(exception.as_value())}"


def exceptions_in_words(exceptions: Iterable[ScheduleException]) -> str:
    return "; ".join(
        _("%(service)s, %(kind)s %(days)s")
        % {
            "service": exception.service_at_centre.service,
            "kind": exception.get_kind_display(),
            "days": days_in_words(exception.first_day, exception.last_day),
        }
        for exception in exceptions
    )


def long_year_warnings(first: date, last: date) -> list[str]:
    """Odd and even weeks lose their rhythm where a year has 53 weeks."""
    text = _(
        "%(year)s har 53 veckor. Vid årsskiftet kommer därför pass på udda veckor två "
        "veckor i rad (vecka 53 och vecka 1), och pass på jämna veckor får tre veckor "
        "emellan. Lägg in avvikande dagar om det inte stämmer hos er."
    )
    return [text % {"year": year} for year in long_iso_years(first, last)[:LONG_YEARS_NAMED]]
