"""The week of a house in the words of a door sign: facts in, words in each language out. Pure."""

from datetime import date, timedelta
from typing import Any

from centres import hours_text

Facts = dict[str, Any]
Words = dict[str, Any]  # of one language
FEW_DAYS = 2  # a door that opens no oftener is told in a line


def door_sign(facts: Facts, languages: list[Words]) -> Facts:
    """What the template shows: which week, and the rooms, those with a week of their own apart.

    A door that is open on more than a day or two has its seven days, and so has the only room.
    """
    monday = date.fromisoformat(facts["week"])
    rooms = [_room(room, monday, languages, len(facts["rooms"])) for room in facts["rooms"]]
    return {
        "week": monday.isocalendar().week,
        "dates": _dates(monday),
        "doors": [room for room in rooms if room["week"]],
        "others": [room for room in rooms if not room["week"]],
        "is_unsure": any(room["is_unsure"] for room in rooms),
    }


def _dates(monday: date) -> str:
    """ "23/11–29/11 2026", the same in every language."""
    sunday = monday + timedelta(days=6)
    return f"{monday.day}/{monday.month}–{sunday.day}/{sunday.month} {sunday.year}"


def _room(room: Facts, monday: date, languages: list[Words], rooms: int) -> Facts:
    weeks = [_week(channel, monday, languages) for channel in room["channels"]]
    door = next((week for week in weeks if week["channel"] == "drop_in"), None)
    told = sum(day["is_told"] for day in door["days"]) if door else 0
    own_week = door if told > FEW_DAYS or rooms == 1 else None
    states = [line["state"] for week in weeks for day in week["days"] for line in day["lines"]]
    return {
        "kind": room["kind"],
        "names": [(words, _name(room, words)) for words in languages],
        "phone": room["phone"],
        "is_booked": room["is_booked"],
        "is_unknown": room["is_unknown"],
        "is_unsure": room["is_unknown"] or room["needs_check"] or "unknown" in states,
        "week": own_week,
        "contacts": [week for week in weeks if week is not own_week],
    }


def _name(room: Facts, words: Words) -> str:
    """Swedish has the name that the house's page has."""
    return str(room["name"] if words["code"] == "sv" else words["services"][room["kind"]])


def _week(channel: Facts, monday: date, languages: list[Words]) -> Facts:
    """Its days; `runs` puts together days next to each other that say the same."""
    days = []
    for number, lines in enumerate(channel["days"]):
        day = monday + timedelta(days=number)
        days.append(
            {
                "names": [(words, words["weekdays"][number]) for words in languages],
                "date": f"{day.day}/{day.month}",
                "lines": [_line(line, languages) for line in lines],
                "is_told": any(not _is_plainly_closed(line) for line in lines),
            }
        )
    return {
        "channel": channel["channel"],
        "labels": [(words, words[channel["channel"]]) for words in languages],
        "days": days,
        "runs": _runs(days),
    }


def _runs(days: list[Facts]) -> list[Facts]:
    """Days that are plainly closed are left out, unless all are."""
    runs: list[Facts] = []
    for day in days:
        if runs and runs[-1]["lines"] == day["lines"]:
            runs[-1]["last"] = day
        else:
            runs.append({"first": day, "last": None, "lines": day["lines"]})
    return [run for run in runs if run["first"]["is_told"]] or runs


def _is_plainly_closed(line: Facts) -> bool:
    return bool(line["state"] == "closed" and line["hours"] == "Stängt")


def _line(line: Facts, languages: list[Words]) -> Facts:
    """Hours as they are, and the state in words where they do not say it; Swedish says why."""
    if line["state"] == "open":
        return {**line, "said": []}
    is_cancelled = line["state"] == "cancelled"
    why = hours_text.capitalised(line["what"] if is_cancelled else line["hours"])
    return {
        "state": line["state"],
        "hours": line["hours"] if is_cancelled else "",
        "what": line["what"] if line["state"] == "unknown" else "",
        "said": [
            (words, why if words["code"] == "sv" else words[line["state"]]) for words in languages
        ],
    }
