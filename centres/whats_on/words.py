"""An occurrence of the programme in Swedish words. Pure: values of the rules in, text out."""

from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from .. import hours_text as words
from ..programme_values import Change, Occurrence, Rule, State, Why


def hours_words(occurrence: Occurrence, zone: ZoneInfo) -> str:
    """ "9.00–11.00": when it is held, with what a part closure leaves, or was to be held."""
    spans = occurrence.spans or ((occurrence.starts, occurrence.ends),)
    return words.listed([words.span_words(*span, zone) for span in spans])


def status_word(occurrence: Occurrence) -> str:
    """One word where it is not as planned, else ""."""
    match occurrence.state:
        case State.CANCELLED | State.SUSPENDED:
            return _("Inställt")
        case State.MOVED_AWAY:
            return _("Flyttat")
        case State.MOVED:
            return _("Ny tid")
        case State.CHANGED:
            return _("Ändrat")
        case State.UNCONFIRMED:
            return _("Inte bekräftat")
    return ""


def explanation(occurrence: Occurrence, zone: ZoneInfo, place: str = "") -> str:
    """What differs and why, in whole sentences; `place` is a new place by name, or ""."""
    said = [_what(occurrence, zone, place), *_cause(occurrence)]
    return " ".join(_sentence(part) for part in said if part)


def _what(occurrence: Occurrence, zone: ZoneInfo, place: str) -> str:
    match occurrence.state:
        case State.MOVED_AWAY if occurrence.change:
            return _("till %(when)s") % {"when": _new_time(occurrence.change)}
        case State.MOVED | State.CHANGED:
            return _differing(occurrence, zone, place)
        case State.SUSPENDED:
            return _suspended(occurrence)
        case State.UNCONFIRMED:
            return _unconfirmed(occurrence)
    return ""


def _new_time(change: Change) -> str:
    """ "onsdag 25 november kl. 13.00–13.45"."""
    day = change.new_day or change.day
    starts, ends = change.new_starts_at or change.starts_at, change.new_ends_at
    until = f"–{words.clock(ends)}" if ends else ""
    return _("%(day)s kl. %(hours)s") % {
        "day": words.full_date(day),
        "hours": f"{words.clock(starts)}{until}",
    }


def _differing(occurrence: Occurrence, zone: ZoneInfo, place: str) -> str:
    """From when it is moved, what hours it had, and where it is now."""
    parts = []
    start, end = (moment.astimezone(zone) for moment in occurrence.planned)
    hours = f"{words.clock(start)}–{words.clock(end)}"
    if start.date() != occurrence.day:
        day = words.full_date(start.date())
        parts.append(_("flyttat från %(day)s kl. %(hours)s") % {"day": day, "hours": hours})
    elif occurrence.planned != (occurrence.starts, occurrence.ends):
        parts.append(_("skulle ha varit %(hours)s") % {"hours": hours})
    elif len(occurrence.spans) > 1:
        parts.append(_("med uppehåll"))
    if place:
        parts.append(_("nu på en annan plats: %(place)s") % {"place": place})
    elif occurrence.change and occurrence.change.new_room:
        parts.append(_("rum: %(room)s") % {"room": occurrence.change.new_room})
    return ", ".join(parts)


def _suspended(occurrence: Occurrence) -> str:
    match occurrence.why:
        case Why.HOUSE:
            return _("Huset är inte öppet")
        case Why.SEASON:
            return _("Uppehåll under den här tiden")
        case Why.HOLIDAY if occurrence.holiday:
            return _("Stängt %(holiday)s") % {"holiday": occurrence.holiday.name}
    return ""


def _unconfirmed(occurrence: Occurrence) -> str:
    match occurrence.why:
        case Why.HOLIDAY_UNANSWERED if occurrence.holiday:
            name = occurrence.holiday.name
            return _("Ingen har sagt än om det blir av på %(holiday)s") % {"holiday": name}
        case Why.AWAITS:
            return _("Personalen har inte bekräftat tiden för terminen än")
        case Why.CLOCK:
            return _("Klockan ställs om den natten, så tiden är oklar")
    return _("Andra tider gäller den dagen, så det är oklart om det blir av")


def _cause(occurrence: Occurrence) -> list[str]:
    """Staff's own words, else the reason they chose."""
    return [cause] if (cause := occurrence.note or occurrence.reason) else []


def _sentence(text: str) -> str:
    text = words.capitalised(text.strip())
    return text if text.endswith((".", "!", "?")) else f"{text}."


# --- Dates ---------------------------------------------------------------------------------------


def spelled_out(occurrence: Occurrence, zone: ZoneInfo) -> str:
    """ "torsdag 3 december kl. 9.00–11.00"."""
    starts = occurrence.starts.astimezone(zone)
    return _("%(day)s kl. %(hours)s") % {
        "day": words.full_date(starts.date()),
        "hours": hours_words(occurrence, zone),
    }


def recurring_words(rule: Rule) -> str:
    """ "Torsdagar 9–11, jämna veckor"; "första torsdagen i månaden 9–11"; "" for a single date."""
    slot = rule.slot
    if slot.weekday is None:
        return ""
    hours = words.short_span(slot)
    if slot.nth_in_month is not None:
        return words.capitalised(f"{words.nth_weekday(slot)} {hours}")
    weekdays = f"{words.WEEKDAYS[slot.weekday - 1]}ar"
    parity = words.PARITIES.get(slot.week_parity, "")
    return words.capitalised(", ".join(filter(None, [f"{weekdays} {hours}", parity])))
