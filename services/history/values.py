"""Values of fields as people read them, and what differs between two states of a row."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal

from django.db.models import ForeignKey, Model
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from ..languages import SpokenLanguage
from .branches import tracked_fields

Names = Mapping[tuple[type[Model], object], str]  # of the rows that foreign keys lead to
_SPOKEN = dict(SpokenLanguage.choices)


@dataclass(frozen=True)
class Change:
    """One field: None where there was no row before, or is none any more."""

    field: str
    old: str | None
    new: str | None


def changes_between(
    before: Model | None, after: Model | None, names: Names, skip=()
) -> list[Change]:
    """What differs, field by field; of a row that came or went, what stands in it."""
    row = after or before
    skipped = {row._meta.pk.name, *skip}
    fields = [field for field in tracked_fields(type(row)) if field.name not in skipped]
    return [
        Change(
            capfirst(str(field.verbose_name)),
            before and _in_words(field, before, names),
            after and _in_words(field, after, names),
        )
        for field in fields
        if _differs(field, before, after)
    ]


def same_values(one: Model, other: Model) -> bool:
    """Whether two rows say the same; their keys may differ."""
    fields = [field for field in tracked_fields(type(one)) if not field.primary_key]
    return not any(_differs(field, one, other) for field in fields)


def _differs(field, before, after) -> bool:
    if before and after:
        return getattr(before, field.attname) != getattr(after, field.attname)
    value = getattr(before or after, field.attname)
    return value not in (None, "", []) and value != field.get_default()


def names_of_related(
    rows: Iterable[Model], skip: set[tuple[type[Model], str]]
) -> dict[tuple[type[Model], object], str]:
    """The names of all that the rows' foreign keys lead to: one query for each model.

    `skip` holds the fields, with their model, that are not read.
    """
    keys: dict[type[Model], set] = {}
    for row in rows:
        for field in tracked_fields(type(row)):
            if not isinstance(field, ForeignKey) or (type(row), field.name) in skip:
                continue
            if getattr(row, field.attname) is not None:
                keys.setdefault(field.related_model, set()).add(getattr(row, field.attname))
    return {
        (model, key): str(found)
        for model, wanted in keys.items()
        for key, found in model._base_manager.select_related().in_bulk(wanted).items()
    }


def moment_in_words(moment: datetime) -> str:
    """ "1 mars 2027 kl. 09.30", by the clock on the wall."""
    local = timezone.localtime(moment)
    return _("%(day)s kl. %(clock)s") % {
        "day": date_format(local, "j F Y"),
        "clock": date_format(local, "H.i"),
    }


def _in_words(field, row: Model, names: Names) -> str:
    value = getattr(row, field.attname)
    if isinstance(field, ForeignKey) and value is not None:
        return names.get((field.related_model, value), _("något som är borttaget"))
    match value:
        case True:
            return _("ja")
        case False:
            return _("nej")
        case None:
            return _("inte angivet")
        case datetime():
            return moment_in_words(value)
        case date():
            return date_format(value, "j F Y")
        case time():
            return date_format(value, "H.i")
        case Decimal():
            return str(value).replace(".", ",")
        case list():
            return ", ".join(str(_SPOKEN.get(code, code)) for code in value) or _("inte angivet")
    label = dict(field.flatchoices).get(value, value)
    return str(label) if str(label) else _("inte angivet")
