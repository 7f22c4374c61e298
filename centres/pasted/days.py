"""Which days a clause speaks of, and what each date is to it. Pure."""

from dataclasses import dataclass, field
from datetime import date, timedelta

from django.utils.translation import gettext as _

from ..hours_text import WEEKDAYS, day_and_month
from .clauses import Clause
from .dates import Span
from .found import Find, What

_ROLES = (
    What.FROM,
    What.UNTIL,
    What.REOPENS,
    What.LAST_DAY,
    What.BEGINS,
    What.EXCEPT,
    What.DEADLINE,
)
_ONE_DAY = timedelta(days=1)


@dataclass(slots=True)
class Days:
    """Dates without a part of their own are `plain`; `weekdays` those that belong to no date."""

    weekdays: tuple[int, ...] = ()
    plain: list[Span] = field(default_factory=list)
    from_: date | None = None
    until: date | None = None
    reopens: date | None = None
    last_day: date | None = None
    begins: date | None = None
    except_: list[Span] = field(default_factory=list)
    doubts: list[str] = field(default_factory=list)

    @property
    def closed(self) -> list[tuple[date | None, date | None]]:
        """The spans that a closing holds; a week gives way to a date within it."""
        first = self.from_ or (self.last_day + _ONE_DAY if self.last_day else None)
        last = self.until or (self.reopens - _ONE_DAY if self.reopens else None)
        if first or last:
            plain = [span for span in self.plain if not (last and not first)]
            if last and not first and self.plain:
                first = self.plain[0][0]
            return [(first, last), *plain] if first else []
        return [*_narrowest(self.plain)]


def days_of(clause: Clause) -> Days:
    days = Days()
    taken: list[Find] = []
    for find in clause.of(What.DATE, What.WEEKS):
        _place(clause, days, find)
        taken += _weekday_before(clause, days, find)
    weekdays = [find for find in clause.of(What.WEEKDAYS) if find not in taken]
    but = [find for find in weekdays if _is_excepted(clause, find)]
    excepted = {day for find in but for day in find.value}
    named = (day for find in weekdays if find not in but for day in find.value)
    days.weekdays = tuple(day for day in dict.fromkeys(named) if day not in excepted)
    return days


def _is_excepted(clause: Clause, weekdays: Find) -> bool:
    """ "alla vardagar utom onsdagar"."""
    excepts = [find for find in clause.of(What.EXCEPT) if find.end <= weekdays.start]
    return any(not clause.between(find, weekdays) for find in excepts)


def _place(clause: Clause, days: Days, find: Find) -> None:
    spans: list[Span] = find.value if find.what is What.WEEKS else [find.value]
    role = _role(clause, find)
    first, last = spans[0][0], spans[-1][1]
    if role is What.FROM:
        days.from_ = first
        if find.what is What.DATE and last != first:
            days.until = last
    elif role is What.UNTIL:
        days.until = last
    elif role is What.REOPENS:
        days.reopens = first
    elif role is What.LAST_DAY and not days.last_day:
        days.last_day = last
    elif role is What.EXCEPT:
        days.except_ += spans
    elif role is What.BEGINS:
        days.begins = first
    elif role is not What.DEADLINE:
        days.plain += spans


def _role(clause: Clause, find: Find) -> What | None:
    """The nearest word before the date that says what it is, with little between."""
    before = [each for each in clause.of(*_ROLES) if each.end <= find.start]
    if not before or clause.has(What.MOVED):
        return None
    role = before[-1]
    others = [each for each in clause.of(What.DATE, What.WEEKS) if role.end <= each.start]
    letters = sum(map(str.isalpha, clause.between(role, find)))
    farthest = (
        30 if role.what in (What.LAST_DAY, What.EXCEPT) else 12 if role.what is What.BEGINS else 6
    )
    is_first = others[0] is find or role.what is What.EXCEPT
    return role.what if is_first and letters <= farthest else None


def _weekday_before(clause: Clause, days: Days, find: Find) -> list[Find]:
    """The weekday that is said with a date, which should be that date's own."""
    for weekday in clause.of(What.WEEKDAYS):
        between = clause.between(weekday, find) if weekday.end <= find.start else "no"
        others = any(weekday.end <= each.start < find.start for each in clause.finds)
        if between.lower() not in ("", "den", "d") or others or find.what is What.WEEKS:
            continue
        if _is_every_week(weekday, find):
            return []
        day: date = find.value[0]
        if len(weekday.value) == 1 and weekday.value[0] != day.isoweekday():
            said = WEEKDAYS[weekday.value[0] - 1]
            days.doubts.append(
                _("%(date)s är en %(is)s, men i texten står det %(said)s.")
                % {"date": day_and_month(day), "is": WEEKDAYS[day.weekday()], "said": said}
            )
        return [weekday]
    return []


def _is_every_week(weekday: Find, find: Find) -> bool:
    """ "tisdagar 12/1–16/2" begins and ends with such a day."""
    first, last = find.value
    ends = {first.isoweekday(), last.isoweekday()}
    return last - first > _ONE_DAY * 6 and ends == set(weekday.value)


def _narrowest(spans: list[Span]) -> list[Span]:
    def holds_another(span: Span) -> bool:
        return any(span[0] <= other[0] and other[1] <= span[1] and other != span for other in spans)

    return [span for span in dict.fromkeys(spans) if not holds_another(span)]
