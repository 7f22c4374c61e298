"""What readers search for, week by week, for those who plan and write."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from centres.models import District
from guidance.models import Flow
from guidance.models.version import shown_of
from services.searchable import Found
from services.staff_pages import staff_page

from .counting import SHOWN_FROM, monday_of
from .models import SearchCount, SearchEntry, Synonym, UrgentWord
from .permissions import may_see_counts

WEEKS = 12
_Kind = SearchCount.Kind


@dataclass(frozen=True)
class Row:
    """`unmet` is None where it is too few to tell of."""

    week: str
    kind: str
    name: str
    district: str
    asked: int
    unmet: int | None


@staff_page
def search_counts(request: HttpRequest) -> HttpResponse:
    if not may_see_counts(request.user):
        raise PermissionDenied
    rows = rows_shown(timezone.now())
    context = {
        "unmet": [row for row in rows if row.unmet],
        "rows": rows,
        "weeks": WEEKS,
        "shown_from": SHOWN_FROM,
    }
    return render(request, "staff/search_counts.html", context)


def rows_shown(at: datetime) -> list[Row]:
    """Those of the last weeks asked for often enough, the newest week first; seven queries."""
    since = monday_of(timezone.localdate(at)) - timedelta(weeks=WEEKS)
    counts = SearchCount.objects.filter(week__gte=since, asked__gte=SHOWN_FROM)
    names = _names() | _names_of_outcomes(at)
    districts = dict(District.objects.values_list("slug", "name"))
    return [
        Row(
            week=_("vecka %(n)d") % {"n": count.week.isocalendar().week},
            kind=count.get_kind_display(),
            name=names.get((count.kind, count.key), count.key),
            district=districts.get(count.district, ""),
            asked=count.asked,
            unmet=count.unmet if count.unmet >= SHOWN_FROM else None,
        )
        for count in counts.order_by("-week", "-asked", "kind", "key")
    ]


def _names() -> dict[tuple[str, str], str]:
    names = {(_Kind.SYNONYM.value, row.slug): str(row) for row in Synonym.objects.all()}
    names |= {(_Kind.URGENT.value, row.slug): str(row) for row in UrgentWord.objects.all()}
    kinds = {Found.SERVICE: _Kind.SERVICE.value, Found.TOPIC: _Kind.TOPIC.value}
    entries = SearchEntry.objects.filter(kind__in=kinds).order_by("-id")
    return names | {(kinds[entry.kind], entry.key): entry.title for entry in entries}


def _names_of_outcomes(at: datetime) -> dict[tuple[str, str], str]:
    """As readers see them now; what is gone keeps its key."""
    return {
        (_Kind.OUTCOME.value, f"{flow.slug}/{outcome.key}"): (
            f"{version.title}: {outcome.heading.parent}"
        )
        for flow, version in shown_of(Flow.objects.shown(at), at)
        for outcome in version.as_graph().outcomes
    }
