"""How often what the portal knows is asked for, week by week; never the words somebody wrote.

What is recognised is counted: words that mean the same, the service or topic that fits best, and
what is urgent. A word that nobody has listed leaves no trace. Of question flows the outcome is
counted where a district is known, never the answers that led there.
"""

import logging
from collections.abc import Iterator
from datetime import date, datetime, timedelta

from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from guidance.models import Flow
from guidance.outcomes import Ending
from services.searchable import Found

from .models import SearchCount
from .results import Results

logger = logging.getLogger(__name__)

SHOWN_FROM = 5  # so many in a week, or nobody is told of them
_Kind = SearchCount.Kind
_ANSWERS = (Found.GUIDE, Found.TOPIC, Found.FLOW, Found.SERVICE, Found.SUPPORT, Found.ACTIVITY)


def count(results: Results, *, at: datetime) -> None:
    """A search; one write."""
    week = monday_of(timezone.localdate(at))
    district = results.spot.district if results.spot else ""
    unmet = int(is_unmet(results))
    _keep([(week, kind, key, district, 1, unmet) for kind, key in recognised(results)])


def count_outcome(flow: Flow, ending: Ending, district: str, at: datetime) -> None:
    """An outcome that names services, come to from a district (a slug); of no sensitive flow."""
    if flow.is_sensitive or not district or not ending.help:
        return
    week = monday_of(timezone.localdate(at))
    unmet = int(not any(help_.is_in_district for help_ in ending.help))
    key = f"{flow.slug}/{ending.outcome.key}"
    _keep([(week, _Kind.OUTCOME.value, key, district, 1, unmet)])


def monday_of(day: date) -> date:
    return day - timedelta(days=day.weekday())


def recognised(results: Results) -> Iterator[tuple[str, str]]:
    """Kind and key of what was asked for, each once."""
    reading = results.search.reading
    yield from ((_Kind.SYNONYM, means) for means in reading.means)
    yield from ((_Kind.URGENT, urgent) for urgent in reading.urgent)
    if not (reading.means and results.best):
        return
    best = results.best[0]
    if best.kind == Found.SERVICE:
        yield _Kind.SERVICE, best.key
    elif best.kind in (Found.TOPIC, Found.GUIDE):
        yield _Kind.TOPIC, best.key.partition("/")[0]


def is_unmet(results: Results) -> bool:
    """Nothing answers, or no house in the district asked for has the service asked for."""
    if results.spot and results.spot.district and results.service_asked:
        return not results.is_in_district
    return not any(hit.kind in _ANSWERS for hit in results.best)


def _keep(rows: list[tuple]) -> None:
    """A page that cannot be counted is shown all the same."""
    if not rows:
        return
    try:
        with transaction.atomic():
            _add(rows)
    except DatabaseError as error:
        logger.warning("What was asked could not be counted: %s", type(error).__name__)


def _add(rows: list[tuple]) -> None:
    """Insert or add to what is there, in one statement that both databases understand."""
    table = connection.ops.quote_name(SearchCount._meta.db_table)
    values = ", ".join(["(%s, %s, %s, %s, %s, %s)"] * len(rows))
    names = "week, kind, key, district, asked, unmet"
    sql = (
        f"INSERT INTO {table} ({names}) VALUES {values} "  # noqa: S608 - only names of ours
        "ON CONFLICT (week, kind, key, district) DO UPDATE "
        f"SET asked = {table}.asked + excluded.asked, unmet = {table}.unmet + excluded.unmet"
    )
    with connection.cursor() as cursor:
        cursor.execute(sql, [value for row in rows for value in row])
