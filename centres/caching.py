"""How long readers' browsers and caches may keep a page."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.http import HttpResponse
from django.utils.cache import patch_cache_control

from .house import House


def keep_while_true(
    response: HttpResponse, houses: Iterable[House], *, at: datetime, asked: bool = False
) -> HttpResponse:
    """Let a page be kept to the end of the minute, or until something on it may change before.

    Where something was `asked` in its address only the reader's own browser keeps it.

    Hours, notices and lines begin and end on whole minutes, so nothing outlives its truth, and
    what staff close is seen within a minute.
    """
    next_minute = at.replace(second=0, microsecond=0) + timedelta(minutes=1)
    until = min([next_minute, *(instant for house in houses for instant in house.holds_until)])
    seconds = int((until - at).total_seconds())
    patch_cache_control(response, **{"private" if asked else "public": True}, max_age=seconds)
    return response
