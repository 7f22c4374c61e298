"""Which rows belong to an object, and their change history."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import Model, Q, QuerySet


@dataclass(frozen=True)
class Branch:
    """Rows of `model` that belong to the object to which their `parent` leads.

    `name` tells one row from the next without asking the database, or is empty where the values of
    the row tell; `named_by` are the fields that it already says. `restored` are put back together
    with the object, `branches` are the rows that belong to these in turn. `only` leaves out what
    the reader may not see.
    """

    model: type[Model]
    parent: str
    name: Callable[[Model], str] = str
    named_by: tuple[str, ...] = ()
    restored: bool = False
    branches: tuple["Branch", ...] = ()
    only: Q = field(default_factory=Q, compare=False)


def words(model: type[Model], parent: str) -> Branch:
    """The texts of an object, one for each language."""
    return Branch(
        model, parent, lambda text: text.get_language_display(), ("language",), restored=True
    )


def parents_of(branches: tuple[Branch, ...]) -> set[tuple[type[Model], str]]:
    """The fields that lead from the rows to what they belong to: nobody needs to read them."""
    own = {(branch.model, branch.parent) for branch in branches}
    return own.union(*(parents_of(branch.branches) for branch in branches))


def tracked_fields(model: type[Model]) -> list:
    """The fields that the change history keeps: personal ones are not among them."""
    return list(model.history.model.tracked_fields)


def row_of(record) -> Model:
    """The row as it was, with nothing in what the history leaves out; asks no database."""
    model = record.instance_type
    values = {field.attname: getattr(record, field.attname) for field in tracked_fields(model)}
    return model(**values)


def records_of(
    obj: Model, branches: tuple[Branch, ...]
) -> Iterator[tuple[Branch | None, QuerySet]]:
    """The history of `obj` (with None), then that of each branch."""
    own = type(obj).history.filter(**{obj._meta.pk.attname: obj.pk}).order_by()
    yield None, own
    yield from _below(own, type(obj), branches)


def _below(parents: QuerySet, model: type[Model], branches):
    """Rows that are gone still lead to theirs, so their history is asked and not they."""
    for branch in branches:
        keys = parents.values(model._meta.pk.attname)
        of_parents = branch.model.history.filter(**{f"{branch.parent}__in": keys})
        records = of_parents.filter(branch.only).order_by()
        yield branch, records
        yield from _below(records, branch.model, branch.branches)


def rows_at(moment: datetime, branch: Branch, obj: Model) -> list[Model]:
    """The rows of `branch` that `obj` had at `moment`."""
    records = branch.model.history.filter(
        **{branch.parent: obj.pk, "history_date__lte": moment}
    ).latest_of_each()
    return [row_of(record) for record in records.exclude(history_type="-")]
