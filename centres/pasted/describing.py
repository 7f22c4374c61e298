"""What rows get from words said after them or beside them: ages, weeks, names. Pure."""

from datetime import date, timedelta
from itertools import pairwise

from .clauses import Clause
from .days import Days
from .found import What
from .values import Kind, Row


def describe(rows: list[Row], clause: Clause, days: Days) -> None:
    """Give rows what a later clause says of them, where they have nothing yet."""
    for row in rows:
        if row.kind in (Kind.WEEKLY, Kind.SINGLE):
            if has_no_ages(row) and (ages := clause.first(What.AGES)):
                row.min_age_months, row.max_age_months = ages
            if row.sign_up is None:
                row.sign_up = clause.first(What.SIGN_UP)
            row.language = row.language or clause.first(What.LANGUAGE)
        if row.kind is Kind.WEEKLY and not days.weekdays:
            row.from_ = days.from_ or days.begins or row.from_
            row.until = row.until or days.until or _after(row, clause.first(What.COUNT))
        parity = clause.first(What.PARITY)
        if row.parity == "every" and parity in ("odd", "even") and row.weekday:
            row.parity = parity


def may_take(rows: list[Row], clause: Clause) -> bool:
    return clause.has(What.AGES) and all(map(has_no_ages, rows))


def share(rows: list[Row]) -> None:
    """ "måndagar 13–16 och onsdagar 9–12, upp till 10 månader": one name and age for both."""
    for before, after in pairwise(rows):
        alike = before.kind is after.kind and before.line == after.line
        if not alike or before.kind not in (Kind.WEEKLY, Kind.SINGLE):
            continue
        nameless = not after.name or not before.name
        if nameless and has_no_ages(before) and not has_no_ages(after):
            before.min_age_months, before.max_age_months = ages_of(after)
        elif nameless and has_no_ages(after) and not after.name:
            after.min_age_months, after.max_age_months = ages_of(before)
        after.name = after.name or before.name


def ages_of(row: Row) -> tuple[int | None, int | None]:
    return row.min_age_months, row.max_age_months


def has_no_ages(row: Row) -> bool:
    return ages_of(row) == (None, None)


def _after(row: Row, count: int | None) -> date | None:
    """The last of so many weeks, as in "vi träffas åtta gånger"."""
    return row.from_ + timedelta(weeks=count - 1) if row.from_ and count else None
