"""Trying a file and carrying it out.

Both compare the file with what is there and write in one transaction; a trial is rolled back. So a
trial meets every check that the real thing will meet, and the real thing is refused unless it would
do exactly what the trial showed.
"""

from django.db import transaction

from . import activity_table, centre_table, hours_table
from .plan import Plan
from .sheet import Sheet, write_sheet

KINDS = {
    centre_table.KIND: (centre_table.table, centre_table.CentreImport),
    hours_table.KIND: (hours_table.table, hours_table.HoursImport),
    activity_table.KIND: (activity_table.table, activity_table.ActivityImport),
}


def export(kind: str, by) -> bytes:
    """A file with all that `by` may change of that kind."""
    table, _import = KINDS[kind]
    return write_sheet(*table(by))


def kind_of(sheet: Sheet) -> str:
    """Activities or hours, by the headings that only they have; else houses."""
    houses = {column.heading.casefold() for column in centre_table.columns([])}
    hours = {column.heading.casefold() for column in hours_table.COLUMNS} - houses
    activities = {column.heading.casefold() for column in activity_table.COLUMNS} - houses - hours
    if activities & set(sheet.headings):
        return activity_table.KIND
    return hours_table.KIND if hours & set(sheet.headings) else centre_table.KIND


@transaction.atomic
def dry_run(sheet: Sheet, by) -> Plan:
    """What the file would do and what is wrong with it. Nothing stays saved."""
    started = _compare(sheet, by)
    if not started.plan.problems:
        started.write(is_trial=True)
    transaction.set_rollback(True)
    return started.plan


@transaction.atomic
def carry_out(sheet: Sheet, by, *, digest: str) -> Plan | None:
    """Do all of it, or nothing and return None if it is no longer what `digest` was made of."""
    started = _compare(sheet, by)
    if started.plan.digest == digest and started.plan.may_be_carried_out:
        started.write(is_trial=False)
        if not started.plan.problems:
            return started.plan
    transaction.set_rollback(True)
    return None


def _compare(sheet: Sheet, by):
    _table, importer = KINDS[kind_of(sheet)]
    return importer(sheet, by)
