"""How much may come from one connection, without keeping who it was.

The address is mixed with a salt that lives for one day and with the site's secret: what is counted
can be led back to nobody once the day is over, and before that only by this site itself. Neither
the address nor what it became is logged or reaches a model. The count lies in the cache, which the
workers share; two at the same instant may be counted as one.
"""

import secrets
from datetime import datetime
from ipaddress import ip_address, ip_network

from allauth.account.adapter import get_adapter
from django.core.cache import cache
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import salted_hmac

MOST_AN_HOUR = 10
_SALT = "visitor-limits-salt"
_HOUR, _DAY = 3_600, 86_400


def may_send_more(request: HttpRequest, what: str, *, at: datetime) -> bool:
    """Count one more of `what` from the visitor's connection; False beyond `MOST_AN_HOUR`."""
    visitor = salted_hmac(_salt_of_the_day(at), _network_of(request), algorithm="sha256")
    key = f"visitor-limits:{what}:{at:%Y%m%d%H}:{visitor.hexdigest()}"
    sent = cache.get(key, 0)
    if sent >= MOST_AN_HOUR:
        return False
    cache.set(key, sent + 1, timeout=_HOUR)
    return True


def _salt_of_the_day(at: datetime) -> str:
    """One entry, written over each day: yesterday's salt is nowhere."""
    today = timezone.localdate(at).isoformat()
    day, salt = cache.get(_SALT) or ("", "")
    if day == today:
        return salt
    fresh = (today, secrets.token_hex(32))
    cache.set(_SALT, fresh, timeout=_DAY)
    return (cache.get(_SALT) or fresh)[1]  # that of the last worker, should there be two


def _network_of(request: HttpRequest) -> str:
    """The address, or the household's whole network where each device changes its own at will."""
    try:
        address = ip_address(get_adapter(request).get_client_ip(request))
    except (ValueError, PermissionDenied):
        return ""
    return str(ip_network((address, 64), strict=False)) if address.version == 6 else str(address)
