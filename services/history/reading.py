"""The saves of an object, newest first, with what each of them changed."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from django.core.paginator import Page, Paginator
from django.db.models import F, Model, Value, Window
from django.db.models.functions import Lag
from django.utils.text import capfirst

from .branches import Branch, parents_of, records_of, row_of
from .values import Change, changes_between, names_of_related, same_values

PER_PAGE = 50  # versions of rows
ONE_SAVE = timedelta(seconds=1)  # a form with its rows is written at once, one row after the other
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Line:
    """What became of one row: `name` is empty for the object itself, `kind` is one of + ~ -."""

    name: str
    kind: str
    changes: list[Change]


@dataclass
class Save:
    """What one person changed at one time; `version` names the state that it left."""

    at: datetime
    by: object
    version: int
    reason: str = ""
    lines: list[Line] = field(default_factory=list)
    may_be_put_back: bool = False


@dataclass
class _Version:
    """A row after a change, and the same row before it."""

    record: object
    row: Model
    before: Model | None
    branch: Branch | None


def saves_on_page(obj: Model, branches: tuple[Branch, ...], number) -> tuple[Page, list[Save]]:
    """A page of `PER_PAGE` versions, and the saves that they make up.

    The number of queries depends on the branches alone, not on how much has happened.
    """
    parts = list(records_of(obj, branches))
    first, *others = [_keys(records, index) for index, (_branch, records) in enumerate(parts)]
    every = first.union(*others, all=True) if others else first
    every = every.order_by("-history_date", "-part", "-history_id")
    page = Paginator(every, PER_PAGE).get_page(number)
    # One newer than the page's: the save that it ends may have begun to be listed before.
    newer = 1 if page.number > 1 else 0
    start = (page.number - 1) * PER_PAGE
    versions = _load(list(every[start - newer : start + PER_PAGE]), parts)
    rows = [row for version in versions for row in (version.row, version.before) if row]
    names = names_of_related(rows, parents_of(branches))
    groups = _groups(versions)
    is_split = bool(newer) and len(groups[0]) > 1
    if newer:
        groups = [groups[0][1:], *groups[1:]] if is_split else groups[1:]
    saves = [_save(group, names) for group in groups]
    whole = [save for save, group in zip(saves, groups, strict=True) if _touches_restored(group)]
    if is_split and whole and whole[0] is saves[0]:
        del whole[0]
    for save in whole if newer else whole[1:]:  # the newest of all is how it stands now
        save.may_be_put_back = True
    return page, saves


def _touches_restored(group: list["_Version"]) -> bool:
    return any(v.branch is None or v.branch.restored for v in group)


def _keys(records, index: int):
    """Of each version its moment, its key and the key of the version before it."""
    pk = records.model.instance_type._meta.pk.attname
    before = Window(
        Lag("history_id"),
        partition_by=[F(pk)],
        order_by=[F("history_date").asc(), F("history_id").asc()],
    )
    return records.annotate(part=Value(index), before=before).values_list(
        "history_date", "part", "history_id", "before"
    )


def _load(keys, parts) -> list[_Version]:
    wanted: dict[int, set] = {}
    for _at, part, key, before in keys:
        wanted.setdefault(part, set()).update(k for k in (key, before) if k is not None)
    found = {
        (part, record.history_id): record
        for part, ids in wanted.items()
        for record in parts[part][1]
        .model.objects.filter(history_id__in=ids)
        .select_related("history_user")
    }
    return [
        _Version(
            found[part, key],
            row_of(found[part, key]),
            row_of(found[part, before]) if before is not None else None,
            parts[part][0],
        )
        for _at, part, key, before in keys
    ]


def _groups(versions: list[_Version]) -> list[list[_Version]]:
    groups: list[list[_Version]] = []
    for version in versions:
        if groups and _of_one_save(groups[-1][-1].record, version.record):
            groups[-1].append(version)
        else:
            groups.append([version])
    return groups


def _of_one_save(newer, older) -> bool:
    is_same = newer.history_user_id == older.history_user_id
    return is_same and newer.history_date - older.history_date < ONE_SAVE


def _save(group: list[_Version], names) -> Save:
    newest = group[0].record
    reasons = [v.record.history_change_reason for v in group if v.record.history_change_reason]
    save = Save(
        newest.history_date,
        newest.history_user,
        version_of(newest.history_date),
        reasons[0] if reasons else "",
    )
    save.lines = [line for v in _without_replaced(group[::-1]) if (line := _line(v, names))]
    return save


def _without_replaced(group: list[_Version]) -> list[_Version]:
    """Rows are written anew where a week is: what went and came back is no change."""
    kept: list[_Version] = []
    for version in group:
        twin = next((v for v in kept if _undoes(v, version)), None)
        if twin:
            kept.remove(twin)
        else:
            kept.append(version)
    return kept


def _undoes(one: _Version, other: _Version) -> bool:
    kinds = {one.record.history_type, other.record.history_type}
    return (
        one.branch is not None
        and one.branch is other.branch
        and kinds == {"+", "-"}
        and same_values(one.row, other.row)
    )


def _line(version: _Version, names) -> Line | None:
    kind, branch = version.record.history_type, version.branch
    if branch is None:
        is_first = kind == "+" or version.before is None
        changes = [] if is_first else changes_between(version.before, version.row, names)
        return Line("", "+" if is_first else kind, changes) if is_first or changes else None
    pair = {"+": (None, version.row), "-": (version.row, None)}
    before, after = pair.get(kind, (version.before, version.row))
    line = line_between(branch, before, after, names)
    return line if kind != "~" or line.changes else None


def line_between(branch: Branch, before: Model | None, after: Model | None, names) -> Line:
    """What became of a row of `branch`: it changed, came (nothing before) or went."""
    kind = "~" if before and after else "-" if before else "+"
    said = (branch.parent, *(() if kind == "~" else branch.named_by))
    parts = (capfirst(str(branch.model._meta.verbose_name)), branch.name(after or before))
    name = ": ".join(filter(None, parts))
    return Line(name, kind, changes_between(before, after, names, skip=said))


# --- Versions in addresses -----------------------------------------------------------------------
def version_of(moment: datetime) -> int:
    """A moment as microseconds."""
    return (moment - _EPOCH) // timedelta(microseconds=1)


def moment_of(version: int) -> datetime:
    """OverflowError for what is no moment."""
    return _EPOCH + timedelta(microseconds=version)
