"""What every page of staff has in common: who gets in, and that nothing is kept of it."""

from collections.abc import Callable
from functools import wraps

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache


def staff_page(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Let signed-in staff in; send others to sign in, and refuse who is no staff.

    The second factor is asked for by a middleware of the site.
    """

    @never_cache
    @login_required
    @wraps(view)
    def only_staff(request: HttpRequest, *args, **kwargs) -> HttpResponse:
        if not request.user.is_staff:
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return only_staff
