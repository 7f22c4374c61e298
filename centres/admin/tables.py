"""Lists to read on the page of a house or a room; each row leads to where it is changed."""

from datetime import date

from django.db.models import Q
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from .. import hours_text
from ..models import FamilyCentre, ServiceAtCentre
from ..staff_words import days_in_words

House = FamilyCentre | ServiceAtCentre


def schedules_table(room: ServiceAtCentre) -> str:
    return _table(
        (_("Tider"), _("Gäller"), _("Slag"), _("Veckan")),
        [
            (
                schedule,
                (
                    schedule.get_channel_display(),
                    days_in_words(schedule.valid_from, schedule.valid_to),
                    schedule.get_kind_display(),
                    hours_text.week_sentence(schedule.as_value()) or _("inga pass, stängt"),
                ),
            )
            for schedule in room.schedules.prefetch_related("slots")
        ],
        _("Inga öppettider än. För läsarna är tiderna okända."),
    )


def exceptions_table(target: House, today: date) -> str:
    """Those of today and later."""
    still_ahead = Q(last_day__isnull=True) | Q(last_day__gte=today)
    return _table(
        (_("Dagar"), _("Vad som gäller"), _("Bara"), _("Orsak")),
        [
            (
                exception,
                (
                    days_in_words(exception.first_day, exception.last_day),
                    exception.get_kind_display(),
                    exception.get_channel_display(),
                    exception.note or (exception.reason and exception.get_reason_display()),
                ),
            )
            for exception in target.exceptions.filter(still_ahead)
        ],
        _("Inga avvikande dagar i dag eller framöver."),
    )


def confirmations_table(target: House) -> str:
    return _table(
        (_("Uppgifter"), _("Bekräftade"), _("Av"), _("Kommer från")),
        [
            (
                confirmation,
                (
                    _with_channel(confirmation),
                    confirmation.confirmed_at,
                    confirmation.confirmed_by,
                    confirmation.source or confirmation.get_origin_display(),
                ),
            )
            for confirmation in target.confirmations.select_related("confirmed_by")
        ],
        _("Inget är bekräftat än."),
    )


def _with_channel(confirmation) -> str:
    parts = (confirmation.get_fact_group_display(), confirmation.get_channel_display())
    return ", ".join(part for part in parts if part)


def _table(headings, rows, when_empty) -> str:
    """`rows` are pairs of an object and its cells; the first cell carries the link."""
    linked = [
        (
            reverse(f"admin:{row._meta.app_label}_{row._meta.model_name}_change", args=[row.pk]),
            capfirst(first),
            cells,
        )
        for row, (first, *cells) in rows
    ]
    return render_to_string(
        "admin/centres/table.html",
        {"headings": headings, "rows": linked, "when_empty": when_empty},
    )
