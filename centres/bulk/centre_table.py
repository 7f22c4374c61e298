"""Houses as a table: one row per house, known by its address (slug)."""

import re
from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from ..actions import save_centre
from ..models import District, FamilyCentre
from ..models.facts import FirstVisitFacts, PlaceAccessibilityFacts, fields_of
from ..permissions import centres_open_to, fields_closed_to, may_add_or_remove
from .cells import (
    Column,
    answer_column,
    changes_between,
    choice_column,
    day_column,
    degrees_column,
    heading_problems,
    problems_of,
    read_row,
    text_column,
)
from .plan import CHANGED, NEW, UNCHANGED, Plan, Problem, RowResult
from .sheet import Sheet

KIND = "centres"
_FIELD = FamilyCentre._meta.get_field


def _with_space(postcode: str) -> str:
    """Spreadsheets take "42433" for a number; the portal writes 424 33."""
    return re.sub(r"^([0-9]{3})([0-9]{2})$", r"\1 \2", postcode)


def columns(districts: Iterable[District]) -> list[Column]:
    """The columns, with the choices that there are."""
    status = FamilyCentre.Status.choices
    facts = [*fields_of(FirstVisitFacts), *fields_of(PlaceAccessibilityFacts)]
    return [
        text_column("Adress på webben", "slug"),
        text_column("Namn", "name"),
        choice_column("Slag", "kind", FamilyCentre.Kind.choices, required=True),
        choice_column(
            "Stadsdel", "district_id", [(d.pk, d.name) for d in districts], required=True
        ),
        choice_column("Läge", "status", status, required=True),
        day_column("Läget gäller från", "status_since"),
        choice_column("Nästa läge", "next_status", status, required=False),
        day_column("Nästa läge från", "next_status_on"),
        choice_column(
            "Hur säker dagen är",
            "next_status_certainty",
            FamilyCentre.Certainty.choices,
            required=False,
        ),
        text_column("Gata och nummer", "street"),
        text_column("Postnummer", "postcode", _with_space),
        text_column("Postort", "postal_town"),
        degrees_column("Latitud", "latitude"),
        degrees_column("Longitud", "longitude"),
        text_column("Hållplats", "stop_name"),
        choice_column("Slags hållplats", "stop_kind", _FIELD("stop_kind").choices, required=False),
        *(answer_column(str(_FIELD(name).verbose_name).capitalize(), name) for name in facts),
    ]


def table(user) -> tuple[list[str], list[list[str]]]:
    """The headings, and a row of cells for each house that `user` may change."""
    shown = columns(District.objects.all())
    rows = [
        [column.write(getattr(centre, column.field)) for column in shown]
        for centre in centres_open_to(user)
    ]
    return [column.heading for column in shown], rows


class CentreImport:
    """A file of houses, compared with what is there when it is made."""

    def __init__(self, sheet: Sheet, by):
        self.by = by
        self.plan = Plan(KIND)
        self._columns = columns(District.objects.all())
        self._to_save: list[tuple[int, FamilyCentre]] = []
        self.plan.problems = heading_problems(sheet, self._columns)
        if not self.plan.problems:
            self._compare(sheet)

    def _compare(self, sheet: Sheet) -> None:
        known = centres_open_to(self.by).select_for_update(no_key=True).order_by("pk")
        centres = {centre.slug: centre for centre in known}
        seen: dict[str, int] = {}
        for number in sheet.rows:
            values, problems = read_row(sheet, number, self._columns)
            slug = values.get("slug", "")
            if not slug:
                problems.append(Problem(number, "Adress på webben", _("Fyll i adressen.")))
            elif slug in seen:
                message = _("Samma hus står redan på rad %(row)s.") % {"row": seen[slug]}
                problems.append(Problem(number, "Adress på webben", message))
            seen.setdefault(slug, number)
            self.plan.problems += problems
            if not problems:
                self._compare_one(number, values, centres.get(slug))

    def _compare_one(self, number: int, values: dict, centre: FamilyCentre | None) -> None:
        if centre is None and not may_add_or_remove(self.by, FamilyCentre):
            message = _("Huset finns inte, och du kan inte lägga till hus.")
            self.plan.problems.append(Problem(number, "Adress på webben", message))
            return
        old = {c.field: getattr(centre, c.field) for c in self._columns} if centre else None
        changes = changes_between(self._columns, old, values)
        what = NEW if centre is None else CHANGED if changes else UNCHANGED
        self.plan.rows.append(RowResult(number, what, values["name"] or values["slug"], changes))
        if what == UNCHANGED:
            return
        if centre:
            self.plan.problems += self._closed_to_person(number, centre, values, old)
        centre = centre or FamilyCentre()
        for name, value in values.items():
            setattr(centre, name, value)
        self._to_save.append((number, centre))

    def _closed_to_person(self, number: int, centre: FamilyCentre, values, old) -> list[Problem]:
        """Changes of fields that the person may not change in the form of the house either."""
        closed = fields_closed_to(self.by, centre)
        message = _("Det ändras av en administratör. Skriv det som står där nu.")
        return [
            Problem(number, column.heading, message)
            for column in self._columns
            if column.field.removesuffix("_id") in closed
            and values[column.field] != old[column.field]
        ]

    def write(self, *, is_trial: bool) -> None:
        """Save what differs, in the transaction of the caller; errors become problems."""
        for number, centre in self._to_save:
            try:
                with transaction.atomic():
                    centre.full_clean()
                    save_centre(centre=centre, by=self.by)
            except ValidationError as error:
                self.plan.problems += problems_of(
                    error, number, self._columns, {"district": "Stadsdel"}
                )
