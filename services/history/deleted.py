"""What has been deleted, newest first: what it was, and the rows that went with it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.core.paginator import Page, Paginator
from django.db.models import Exists, Model, OuterRef, QuerySet

from .branches import Branch, parents_of, row_of
from .reading import PER_PAGE, Line, line_between
from .values import changes_between, names_of_related

# A row goes with what it belongs to in one transaction; no person deletes twice so quickly.
WITH_IT = timedelta(seconds=5)


@dataclass(frozen=True)
class Deleted:
    """An object that is gone: `key` is that of its last version, `lines` say what it was."""

    key: int
    at: datetime
    by: object
    lines: list[Line]


def deleted_records(model: type[Model]) -> QuerySet:
    """The last versions of those objects that are gone and not put back, newest first."""
    pk = model._meta.pk.attname
    later = model.history.filter(**{pk: OuterRef(pk), "history_id__gt": OuterRef("history_id")})
    there = model._base_manager.filter(pk=OuterRef(pk))
    gone = model.history.filter(~Exists(later), ~Exists(there), history_type="-")
    return gone.select_related("history_user")


def deleted_on_page(
    model: type[Model], branches: Iterable[Branch], number
) -> tuple[Page, list[Deleted]]:
    """A page of `PER_PAGE` objects; the number of queries depends on the branches alone."""
    page = Paginator(deleted_records(model), PER_PAGE).get_page(number)
    return page, describe(list(page), branches)


def describe(records: list, branches: Iterable[Branch]) -> list[Deleted]:
    """What each was, with the rows of those branches that would be put back with it."""
    restored = [branch for branch in branches if branch.restored]
    rows = {branch: rows_gone_with(records, branch) for branch in restored}
    every = [row_of(record) for record in records]
    every += [row for of_branch in rows.values() for found in of_branch.values() for row in found]
    names = names_of_related(every, parents_of(tuple(restored)))
    return [
        Deleted(
            record.history_id,
            record.history_date,
            record.history_user,
            list(_lines(record, rows, names)),
        )
        for record in records
    ]


def rows_gone_with(records: list, branch: Branch) -> dict[int, list[Model]]:
    """Of each deletion, by its key, the rows of `branch` that went together with the object."""
    found: dict[int, list[Model]] = {record.history_id: [] for record in records}
    if not records:
        return found
    pk = records[0].instance_type._meta.pk.attname
    by_object = {getattr(record, pk): record for record in records}
    parent = branch.model._meta.get_field(branch.parent).attname
    for row in deleted_records(branch.model).filter(**{f"{branch.parent}__in": list(by_object)}):
        record = by_object[getattr(row, parent)]
        if went_together(row, record):
            found[record.history_id].append(row_of(row))
    return found


def went_together(row, record) -> bool:
    return abs(record.history_date - row.history_date) < WITH_IT


def _lines(record, rows, names) -> Iterable[Line]:
    """Without a word for what became of each: all of it is gone."""
    yield Line("", "", changes_between(row_of(record), None, names))
    for branch, of_each in rows.items():
        for row in of_each[record.history_id]:
            line = line_between(branch, row, None, names)
            yield Line(line.name, "", line.changes)
