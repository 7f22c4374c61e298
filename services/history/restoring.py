"""An object as it would be after being put back to an earlier version, or after being deleted."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db.models import SET_NULL, ForeignKey, Model
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from .branches import Branch, parents_of, row_of, rows_at, tracked_fields
from .deleted import rows_gone_with
from .reading import Line, line_between
from .values import changes_between, moment_in_words, names_of_related, same_values


@dataclass
class Restoration:
    """`row` already holds the earlier values; nothing is saved yet."""

    row: Model
    rows: dict[Branch, list[Model]]  # what each branch will be
    changed: set[str]  # the names of the object's own fields that differ
    lines: list[Line]  # what it will change
    left_out: list[str]  # the labels of what differs but is not put back by this person
    seen: str  # another one for each state that the object has now
    reason: str

    def rows_of(self, model: type[Model]) -> list[Model]:
        return next(rows for branch, rows in self.rows.items() if branch.model is model)

    def check_seen(self, seen: str) -> None:
        if seen != self.seen:
            raise ValidationError(
                _(
                    "Det här har ändrats sedan du öppnade sidan, så inget är återställt. Se vad "
                    "som står nu och återställ igen om det fortfarande är rätt."
                ),
                code="changed",
            )

    def write_rows(self, by) -> None:
        """Make the rows of each branch what they were, once `row` has been saved."""
        for branch, rows in self.rows.items():
            now = {row.pk: row for row in _rows_now(branch, self.row)}
            for row in now.values():
                if row.pk not in {wanted.pk for wanted in rows}:
                    row._history_user = by
                    row.delete()
            for row in rows:
                if row.pk in now and same_values(row, now[row.pk]):
                    continue
                row._state.adding = row.pk not in now
                setattr(row, branch.parent, self.row)
                row.full_clean()
                row._history_user = by
                row.save()


def restoration_to(
    obj: Model, moment: datetime, *, fields: Iterable[str], branches: Iterable[Branch]
) -> Restoration | None:
    """Put the `fields` of `obj` back to what they were at `moment`, unsaved.

    `obj` is a fresh row, and is changed. None where no version is of that very moment.
    """
    restored = [branch for branch in branches if branch.restored]
    own = type(obj).history.filter(**{obj._meta.pk.attname: obj.pk})
    record = own.filter(history_date__lte=moment).order_by("-history_date", "-history_id").first()
    if record is None or record.history_type == "-" or not _is_version(own, obj, moment, restored):
        return None
    past, now = row_of(record), _copy(obj)
    rows = {branch: rows_at(moment, branch, obj) for branch in restored}
    rows_now = {branch: _rows_now(branch, obj) for branch in restored}
    seen = _fingerprint(now, rows_now)
    differing = [
        field
        for field in tracked_fields(type(obj))
        if getattr(past, field.attname) != getattr(now, field.attname)
    ]
    taken = [field for field in differing if field.name in set(fields)]
    for field in taken:
        setattr(obj, field.attname, getattr(past, field.attname))
    return Restoration(
        row=obj,
        rows=rows,
        changed={field.name for field in taken},
        lines=_lines(now, obj, rows_now, rows),
        left_out=[str(field.verbose_name) for field in differing if field not in taken],
        seen=seen,
        reason=_("Återställt till hur det var %(moment)s") % {"moment": moment_in_words(moment)},
    )


def restoration_of_deleted(record, branches: Iterable[Branch]) -> Restoration:
    """What is gone as its last version `record` has it, unsaved, with the rows that went with it.

    What else it led to and is gone too is left empty where the database would have emptied it.
    """
    row = row_of(record)
    for field in _fields_that_lead_nowhere(row):
        if field.remote_field.on_delete is SET_NULL:
            setattr(row, field.attname, None)
    return Restoration(
        row=row,
        rows={
            branch: rows_gone_with([record], branch)[record.history_id]
            for branch in branches
            if branch.restored
        },
        changed={
            field.name
            for field in tracked_fields(type(row))
            if getattr(row, field.attname) != field.get_default()
        },
        lines=[],
        left_out=[],
        seen="",
        reason=_("Återställt efter att ha tagits bort %(moment)s")
        % {"moment": moment_in_words(record.history_date)},
    )


def missing_around(row: Model) -> list[str]:
    """The labels of what `row` cannot be without and that is gone."""
    return [str(field.verbose_name) for field in _fields_that_lead_nowhere(row)]


def _fields_that_lead_nowhere(row: Model) -> list[ForeignKey]:
    return [
        field
        for field in tracked_fields(type(row))
        if isinstance(field, ForeignKey)
        and (key := getattr(row, field.attname)) is not None
        and not field.related_model._base_manager.filter(pk=key).exists()
    ]


def _is_version(own, obj, moment, branches) -> bool:
    histories = [own, *(b.model.history.filter(**{b.parent: obj.pk}) for b in branches)]
    return any(records.filter(history_date=moment).exists() for records in histories)


def _copy(obj: Model) -> Model:
    values = {field.attname: getattr(obj, field.attname) for field in tracked_fields(type(obj))}
    return type(obj)(**values)


def _rows_now(branch: Branch, obj: Model) -> list[Model]:
    return list(branch.model._base_manager.filter(**{branch.parent: obj.pk}))


def _fingerprint(now: Model, rows: dict[Branch, list[Model]]) -> str:
    """Of all that the history keeps."""
    every = [now, *(row for of_branch in rows.values() for row in of_branch)]
    state = sorted(
        str([(f.attname, str(getattr(row, f.attname))) for f in tracked_fields(type(row))])
        for row in every
    )
    return salted_hmac("services.history", "\n".join(state), algorithm="sha256").hexdigest()[:32]


def _lines(now: Model, obj: Model, rows_now, rows) -> list[Line]:
    every = [row for of in (rows_now, rows) for found in of.values() for row in found]
    names = names_of_related([now, obj, *every], parents_of(tuple(rows)))
    changes = changes_between(now, obj, names)
    own = [Line("", "~", changes)] if changes else []
    return own + [
        line for branch in rows for line in _lines_of(branch, rows_now[branch], rows[branch], names)
    ]


def _lines_of(branch: Branch, now: list[Model], then: list[Model], names) -> list[Line]:
    """Rows that say the same are the same, whatever their keys."""
    gone, coming = [], list(then)
    for row in now:
        twin = next((other for other in coming if same_values(row, other)), None)
        coming.remove(twin) if twin else gone.append(row)
    before = {row.pk: row for row in gone}
    after = {row.pk: row for row in coming}
    return [
        line_between(branch, before.get(key), after.get(key), names)
        for key in dict.fromkeys([*before, *after])
    ]
