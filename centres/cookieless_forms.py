"""Forms for readers, who have no cookie: what stands in for a session and its CSRF token.

1. The form carries a token that this site has signed: for which page, when, and a key of its own.
   It is good from three seconds (no person is quicker) to two hours after.
2. What is sent with the key and the words of another is the same form sent twice.
3. The browser must not say that the form was sent from another site: Sec-Fetch-Site is
   "same-origin" and Origin is ours. An old browser that sends neither is judged by Referer, and let
   in if it sends none: its token is good.

Nothing is done in anybody's name with such a form, so a stranger who fetches a token of their own
and sends it has only written to us.
"""

from datetime import datetime, timedelta
from urllib.parse import urlsplit
from uuid import UUID, uuid4

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.http import HttpRequest

YOUNGEST, OLDEST = timedelta(seconds=3), timedelta(hours=2)
_signer = Signer(salt="centres.cookieless_forms")


class TokenError(Exception):
    """The token is not ours, or not for this page."""


class TokenTooYoungError(TokenError):
    """Sent quicker than a person can, but good in a moment."""


class TokenTooOldError(TokenError):
    """It was good once."""


def make_token(page: str, *, at: datetime) -> str:
    """A token for the form of `page`, made at the moment `at`."""
    return _signer.sign_object({"page": page, "at": at.timestamp(), "key": uuid4().hex})


def key_of(token: str, page: str, *, at: datetime) -> UUID:
    """The form's own key; TokenError unless `token` is good for `page` at the moment `at`."""
    try:
        signed = _signer.unsign_object(token)
    except BadSignature as error:
        raise TokenError from error
    if signed["page"] != page:
        raise TokenError
    age = at.timestamp() - signed["at"]
    if age < YOUNGEST.total_seconds():
        raise TokenTooYoungError
    if age > OLDEST.total_seconds():
        raise TokenTooOldError
    return UUID(signed["key"])


def is_sent_from_here(request: HttpRequest) -> bool:
    """Whether nothing that the browser says speaks against it."""
    site, origin = request.headers.get("Sec-Fetch-Site"), request.headers.get("Origin")
    if site not in (None, "same-origin"):
        return False
    if origin is not None:
        return origin in _our_origins(request)
    referer = request.headers.get("Referer")
    return site is not None or referer is None or _origin_of(referer) in _our_origins(request)


def _our_origins(request: HttpRequest) -> set[str]:
    return {f"{request.scheme}://{request.get_host()}", *settings.CSRF_TRUSTED_ORIGINS}


def _origin_of(address: str) -> str:
    try:
        parts = urlsplit(address)
    except ValueError:
        return ""
    return f"{parts.scheme}://{parts.netloc}"
