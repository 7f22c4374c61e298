"""Opening hours in Swedish words. Pure: values of the rules in, text out.

Times are written the Swedish way: "9–15" in sentences, "9.00–15.00" in tables and on signs.
"""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from .hours_values import Day, Schedule, ScheduleException, Slot, State, Status, Why
from .opening_hours import OpeningHours

WEEKDAYS = ["måndag", "tisdag", "onsdag", "torsdag", "fredag", "lördag", "söndag"]
MONTHS = [
    "januari",
    "februari",
    "mars",
    "april",
    "maj",
    "juni",
    "juli",
    "augusti",
    "september",
    "oktober",
    "november",
    "december",
]
PARITIES = {"odd": "udda veckor", "even": "jämna veckor"}
NTH = {1: "första", 2: "andra", 3: "tredje", 4: "fjärde", 5: "femte"}
NTH_FROM_END = {-1: "sista {}", -2: "näst sista {}", -3: "tredje {} från slutet av"}
NTH_FROM_END |= {-4: "fjärde {} från slutet av", -5: "femte {} från slutet av"}


# --- Times and dates -------------------------------------------------------------------------


def clock(at: time | datetime) -> str:
    """ "9.00", for tables and signs."""
    return f"{at.hour}.{at.minute:02}"


def short_clock(at: time | datetime) -> str:
    """ "9" or "9.30", for sentences."""
    return clock(at) if at.minute else str(at.hour)


def short_span(slot: Slot) -> str:
    """ "9–15"; a whole day is "dygnet runt"."""
    if slot.opens_at == slot.closes_at == time(0):
        return "dygnet runt"
    return f"{short_clock(slot.opens_at)}–{short_clock(slot.closes_at)}"


def capitalised(text: str) -> str:
    """The first letter large, the rest as it is."""
    return text[:1].upper() + text[1:]


def lowered(text: str) -> str:
    """The first letter small, the rest as it is."""
    return text[:1].lower() + text[1:]


def listed(items: list[str]) -> str:
    """ "a, b och c"."""
    return " och ".join(part for part in (", ".join(items[:-1]), *items[-1:]) if part)


def weekday(day: date) -> str:
    return WEEKDAYS[day.weekday()]


def day_and_month(day: date) -> str:
    """ "24 december"."""
    return f"{day.day} {MONTHS[day.month - 1]}"


def day_with_year(day: date) -> str:
    """ "1 mars 2027"."""
    return f"{day_and_month(day)} {day.year}"


def full_date(day: date) -> str:
    """ "torsdag 24 december"."""
    return f"{weekday(day)} {day_and_month(day)}"


def relative_day(day: date, today: date) -> str:
    """ "i dag", "i morgon", "onsdag" within the week, else "onsdag 9 december"."""
    days = (day - today).days
    if days in (0, 1):
        return ("i dag", "i morgon")[days]
    return weekday(day) if 0 < days < 7 else full_date(day)


def date_range(first: date, last: date | None) -> str:
    """ "måndag 1 juli", "1–14 juli", "28 juni–9 augusti" or "från 1 juli tills vidare"."""
    if last is None:
        return f"från {day_and_month(first)} tills vidare"
    if first == last:
        return full_date(first)
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}–{day_and_month(last)}"
    return f"{day_and_month(first)}–{day_and_month(last)}"


def season_words(first: date, last: date) -> str:
    """ "6 juli–9 augusti (vecka 28–32)"; the weeks only where they are whole ones."""
    days = date_range(first, last)
    if first.isoweekday() != 1 or last.isoweekday() != 7:
        return days
    weeks = [day.isocalendar().week for day in (first, last)]
    if weeks[0] == weeks[1]:
        return f"{days} (vecka {weeks[0]})"
    return f"{days} (vecka {weeks[0]}–{weeks[1]})"


# --- Ages ------------------------------------------------------------------------------------


def ages(lowest: int | None, highest: int | None) -> str:
    """Completed months, both ends included: (0, 8) is "0–8 månader", (0, 83) is "0–6 år".

    They stay on one line: a line that begins with "6 år" says another age.
    """
    if lowest is None and highest is None:
        return ""
    low = lowest or 0
    if highest is None:
        return _from(low)
    if low % 12 == 0 and (highest + 1) % 12 == 0 and highest >= 23:
        return _range(low // 12, (highest + 1) // 12 - 1, "år")
    return _range(low, highest, "månader")


def _from(low: int) -> str:
    if low == 0:
        return "från födseln"
    return f"från {low // 12} år" if low % 12 == 0 else f"från {_range(low, low, 'månader')}"


def _range(low: int, high: int, unit: str) -> str:
    if low == high == 1 and unit == "månader":
        return "1 månad"
    span = f"{low}" if low == high else f"{low}–\N{WORD JOINER}{high}"
    return f"{span}\N{NO-BREAK SPACE}{unit}"


# --- A week in a sentence --------------------------------------------------------------------


def week_sentence(schedule: Schedule) -> str:
    """ "Måndag–torsdag 9–15, udda veckor även onsdag 13–16"; "" for a week without slots."""
    weekly = [s for s in schedule.slots if s.week_parity == "every" and s.nth_in_month is None]
    parts = [", ".join(_days_with_hours(weekly))] if weekly else []
    also = " även" if weekly else ""
    for parity, words in PARITIES.items():
        slots = [s for s in schedule.slots if s.week_parity == parity]
        if slots:
            parts.append(f"{words}{also} {', '.join(_days_with_hours(slots))}")
    for slot in schedule.slots:
        if slot.nth_in_month is not None:
            parts.append(f"{nth_weekday(slot)} {short_span(slot)}")
    return capitalised(", ".join(parts))


def _days_with_hours(slots: Iterable[Slot]) -> list[str]:
    """One phrase for each run of weekdays with the same hours: "måndag–torsdag 9–15"."""
    hours: dict[int, list[str]] = {}
    for slot in sorted(slots, key=lambda s: (s.weekday or 0, s.opens_at, s.closes_at)):
        spans = hours.setdefault(slot.weekday or 1, [])
        if short_span(slot) not in spans:
            spans.append(short_span(slot))
    runs: list[list[int]] = []
    for day in hours:
        if runs and runs[-1][-1] == day - 1 and hours[runs[-1][0]] == hours[day]:
            runs[-1].append(day)
        else:
            runs.append([day])
    return [f"{_run_of(days)} {' och '.join(hours[days[0]])}" for days in runs]


def _run_of(days: list[int]) -> str:
    first, last = WEEKDAYS[days[0] - 1], WEEKDAYS[days[-1] - 1]
    if len(days) == 7:
        return "alla dagar"
    if len(days) == 2:
        return f"{first} och {last}"
    return first if len(days) == 1 else f"{first}–{last}"


def nth_weekday(slot: Slot) -> str:
    """ "första torsdagen i månaden", "tredje måndagen från slutet av månaden"."""
    nth, day = slot.nth_in_month or 1, f"{WEEKDAYS[(slot.weekday or 1) - 1]}en"
    if nth > 0:
        return f"{NTH[nth]} {day} i månaden"
    words = NTH_FROM_END[nth].format(day)
    return f"{words} månaden" if words.endswith("av") else f"{words} i månaden"


# --- Now -------------------------------------------------------------------------------------


def status_words(status: Status, zone: ZoneInfo, channel: str) -> str:
    """What stands on the sign beside the service's name, such as "Öppet till 15.00"."""
    if channel == "drop_in":
        return _drop_in_words(status, zone)
    return _contact_words(status, zone, "Telefontid" if channel == "phone" else "Digital kontakt")


def status_sentence(status: Status, zone: ZoneInfo, channel: str, name: str) -> str:
    """A sentence that names the service by its definite name: "Öppna förskolan har öppet …"."""
    words = lowered(status_words(status, zone, channel))
    if channel != "drop_in" or status.state is State.UNKNOWN:
        return f"{name}: {words}"
    if words.startswith("öppnar"):
        return f"{name} {words}"
    return f"{name} har {words.replace(' – ', ' och ')}"


def _drop_in_words(status: Status, zone: ZoneInfo) -> str:
    today = status.at.astimezone(zone).date()
    if status.is_open:
        return (
            f"Öppet till {_moment(status.until, today, zone)}"
            if status.until
            else "Öppet dygnet runt"
        )
    if status.state is State.UNKNOWN:
        return unknown_words(status.unconfirmed or status.day)
    opening = status.next_opening
    if opening is None:
        return "Stängt"
    if opening.astimezone(zone).date() == today:
        return f"Öppnar {clock(opening.astimezone(zone))}"
    return f"Stängt – öppnar {_moment(opening, today, zone)}"


def _contact_words(status: Status, zone: ZoneInfo, name: str) -> str:
    today = status.at.astimezone(zone).date()
    if status.is_open:
        return (
            f"{name} nu, till {_moment(status.until, today, zone)}"
            if status.until
            else f"{name} dygnet runt"
        )
    if status.state is State.UNKNOWN:
        return unknown_words(status.unconfirmed or status.day)
    if status.next_opening is None:
        return f"Ingen {name.lower()}"
    return f"{name} {_moment(status.next_opening, today, zone, before_clock=' från')}"


def unknown_words(day: Day) -> str:
    """Why nobody can say: a holiday that staff have not answered, or no hours at all."""
    if day.why is Why.HOLIDAY_UNANSWERED and day.holiday:
        return f"Inte bekräftat ({day.holiday.name})"
    return "Tiderna är inte kända"


def check_words(phone: str) -> str:
    """What to do before going by hours that were confirmed 180 days ago or never."""
    return "ring före besök" if phone else "kontrollera före besök"


def unconfirmed_words(status: Status) -> str:
    """What may open before the next confirmed opening: "julafton är inte bekräftad", or ""."""
    day = status.unconfirmed
    if day is None or status.state is State.UNKNOWN:
        return ""
    if day.why is Why.HOLIDAY_UNANSWERED and day.holiday:
        return f"{day.holiday.name} är inte bekräftad"
    return f"tiderna från {day_and_month(day.date)} är inte kända"


def next_certain_words(status: Status, zone: ZoneInfo) -> str:
    """Where now is unknown, the next confirmed opening: "nästa bekräftade tid: måndag 9.00"."""
    if status.state is not State.UNKNOWN or status.next_opening is None:
        return ""
    today = status.at.astimezone(zone).date()
    return f"nästa bekräftade tid: {_moment(status.next_opening, today, zone)}"


def _moment(instant: datetime, today: date, zone: ZoneInfo, *, before_clock: str = "") -> str:
    """ "15.00" today, else "onsdag 9.00" or "onsdag 9 december kl. 9.00"; "midnatt" ends today.

    With `before_clock` " från": "i dag från 15.00", "onsdag från 9.00".
    """
    local = instant.astimezone(zone)
    day = relative_day(local.date(), today)
    if local.date() == today and not before_clock:
        return clock(local)
    if local.time() == time(0) and local.date() == today + timedelta(days=1):
        return "midnatt"
    is_full_date = (local.date() - today).days >= 7
    return f"{day}{before_clock or (' kl.' if is_full_date else '')} {clock(local)}"


# --- A day -----------------------------------------------------------------------------------


def span_words(start: datetime, end: datetime, zone: ZoneInfo) -> str:
    first, last = start.astimezone(zone), end.astimezone(zone)
    if first.time() == last.time() == time(0):
        return "dygnet runt"
    return f"{clock(first)}–{clock(last)}"


def closed_words(day: Day) -> str:
    """Why a day is closed: "Stängt", "Stängt (planeringsdag)", "Stängt (juldagen)"."""
    if day.why is Why.HOLIDAY and day.holiday:
        return f"Stängt ({day.holiday.name})"
    causes = [*filter(None, [day.exception]), *day.adjustments]
    cause = next((words for e in causes if (words := cause_words(e))), "")
    return f"Stängt ({cause})" if cause else "Stängt"


def cancelled_words(day: Day) -> str:
    """Why a slot of a day has no minutes: cut away by a part closure, or by the clock."""
    cuts = [e for e in day.adjustments if e.kind == "part_closed"]
    cause = next((words for e in cuts if (words := cause_words(e))), "")
    if not cuts:
        return "utgår: klockan ställs om"
    return f"inställt ({cause})" if cause else "inställt"


def cause_words(exception: ScheduleException) -> str:
    """Staff's own words, else the reason they chose, else ""."""
    return exception.note.rstrip(".") or exception.reason


def exception_words(exception: ScheduleException) -> str:
    """What an exception changes, without its date: "stängt 12–14 (utbildning)"."""
    hours = " och ".join(short_span(slot) for slot in exception.slots)
    cut = " och ".join(cut_words(slot) for slot in exception.slots)
    what = {
        "closed": "stängt",
        "as_usual": "öppet som vanligt",
        "replaced": f"öppet {hours}",
        "part_closed": f"stängt {cut}",
        "extra": f"extra öppet {hours}",
    }[exception.kind]
    cause = cause_words(exception)
    return f"{what} ({cause})" if cause else what


def cut_words(slot: Slot) -> str:
    """ "12–14", and "från 13.20" for the rest of a day."""
    lasts_the_day = slot.closes_at == time(0) != slot.opens_at
    return f"från {short_clock(slot.opens_at)}" if lasts_the_day else short_span(slot)


def recurring_sessions(hours: OpeningHours, today: date) -> list[tuple[str, list[str]]]:
    """Sessions that are not weekly, each with its next four dates spelled out."""
    schedule = hours.schedule_on(today)
    sessions = []
    for slot in schedule.slots if schedule else ():
        if slot.week_parity == "every" and slot.nth_in_month is None:
            continue
        dates = [day_and_month(day) for day in hours.next_dates(slot, today)]
        sessions.append((_session_name(slot), dates))
    return sessions


def _session_name(slot: Slot) -> str:
    if slot.nth_in_month is not None:
        when = nth_weekday(slot)
    else:
        when = f"{WEEKDAYS[(slot.weekday or 1) - 1]} {PARITIES[slot.week_parity]}"
    name = f"{slot.label}, {when}" if slot.label else capitalised(when)
    return f"{name} {short_span(slot)}"
