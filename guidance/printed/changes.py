"""What of a printed sheet holds no longer, in words. Pure: facts in, sentences out."""

from datetime import date, timedelta
from typing import Any

from django.utils.translation import gettext as _

from centres import hours_text as words

Facts = dict[str, Any]  # of a sheet, see `facts`, or a part of them


def what_changed(then: Facts, now: Facts | None, today: date) -> list[str]:
    """Sentences, the first of them the gist; [] where the sheet still holds.

    `now` are the facts of the same sheet and week, None where there is no such house any more.
    """
    week = date.fromisoformat(then["week"]) if "week" in then else None
    if week and week + timedelta(days=6) < today:
        gist = _("Skylten gällde vecka %(week)s. Den veckan är slut.")
        return [gist % {"week": week.isocalendar().week}]
    if now is None:
        return [_("Huset tar inte emot besök längre.")]
    if then == now:
        return []
    found = [*_of_house(then, now), *(_of_hours(then, now, week) if week else [])]
    return found or [_("Uppgifterna har ändrats.")]


def _of_house(then: Facts, now: Facts) -> list[str]:
    found = []
    if then["kinds"] != now["kinds"]:
        found.append(_("Det som finns i huset har ändrats."))
    if then["name"] != now["name"]:
        found.append(_("Huset heter nu %(name)s.") % {"name": now["name"]})
    if then["address"] != now["address"]:
        found.append(_("Adressen är nu %(address)s.") % {"address": now["address"]})
    return found


def _of_hours(then: Facts, now: Facts, week: date) -> list[str]:
    before = {room["kind"]: room for room in then["rooms"]}
    hours, others = [], []
    for room in now["rooms"]:
        old = before.get(room["kind"])
        if old is None or old == room:
            continue
        if room["phone"] and room["phone"] != old["phone"]:
            said = {"name": room["name"], "phone": room["phone"]}
            others.append(_("%(name)s har nytt telefonnummer: %(phone)s.") % said)
        hours += _of_room(old, room, week)
    gist = [_("Tiderna på skylten gäller inte längre.")] if hours else []
    return [*gist, *hours, *others]


def _of_room(old: Facts, new: Facts, week: date) -> list[str]:
    """A sentence for each day and way of contact that differs, with what holds now."""
    before = {channel["channel"]: channel["days"] for channel in old["channels"]}
    unknown = [[{"state": "unknown", "hours": "", "what": ""}]] * 7
    found = []
    for channel in new["channels"]:
        was = before.get(channel["channel"], unknown)
        for number, lines in enumerate(channel["days"]):
            if lines != was[number]:
                day = words.full_date(week + timedelta(days=number))
                found.append(f"{new['name']}, {_named(channel)}{day}: {_said(lines)}.")
    if old["channels"] != new["channels"] and not found:
        found.append(_("%(name)s: tiderna är inte kända.") % {"name": new["name"]})
    return found


def _named(channel: Facts) -> str:
    return {"phone": _("telefontid "), "digital": _("digital kontakt ")}.get(channel["channel"], "")


def _said(lines: list[Facts]) -> str:
    """ "stängt (planeringsdag)", "9.00–12.00 och 13.00–15.00"."""
    each = (" ".join(filter(None, (words.lowered(x["hours"]), x["what"]))) for x in lines)
    return words.listed(list(each))
